#include <algorithm>

#include "kb/base/text.h"
#include "kb/match/option_builder.h"
#include "kb/match/reversion.h"

namespace treff::match {
namespace {

std::string relation_to_tumour(const OptionContext& context, const CompiledEvidence& evidence) {
  if (evidence.diagnosis == kNoNode) return "unknown";
  switch (context.evaluation.verdict(evidence.diagnosis)) {
    case Verdict::Met: return "same";
    case Verdict::Unknown: return "unknown";
    case Verdict::NotMet: return "other";
  }
  return "unknown";
}

// B5: progression on one of the drugs, or on another drug of its class.
void caution_prior_treatment(const OptionContext& context, Option& option) {
  if (!context.facts.prior_treatments) return;
  const auto& drugs = context.index.knowledge().vocabulary().drugs;
  for (const PriorFacts& prior : *context.facts.prior_treatments) {
    if (prior.outcome != model::TreatmentOutcome::Progression) continue;
    for (const std::string& id : option.drugs) {
      if (prior.drug_id == id) {
        option.cautions.push_back({"B5", MessageId::ProgressedOnDrug, id, {}});
        continue;
      }
      const auto* offered = drugs.by_id(id);
      if (offered == nullptr) continue;
      std::vector<std::string> classes;
      if (const auto* had = prior.drug_id.empty() ? nullptr : drugs.by_id(prior.drug_id)) classes = had->classes;
      if (!prior.drug_class.empty()) classes.push_back(prior.drug_class);
      for (const std::string& name : classes) {
        const bool shared =
            std::any_of(offered->classes.begin(), offered->classes.end(),
                        [&](const std::string& other) { return base::fold_name(other) == base::fold_name(name); });
        if (shared) {
          option.cautions.push_back({"B5", MessageId::ProgressedOnClass, name, {}});
          break;
        }
      }
    }
  }
}

bool speaks_of_a_lost_gene(const nomenclature::VariantClass& cls) {
  using nomenclature::FunctionClass;
  if (cls.kind == nomenclature::ClassKind::Biallelic) return true;
  const bool lost = cls.function == FunctionClass::LossOfFunction || cls.function == FunctionClass::Truncating;
  return cls.kind == nomenclature::ClassKind::Functional && lost;
}

bool may_speak_of_a_lost_gene(const nomenclature::VariantClass& cls) {
  using nomenclature::ClassKind;
  const bool activating = cls.kind == ClassKind::Functional && cls.function == nomenclature::FunctionClass::Activating;
  const bool other = cls.kind == ClassKind::CopyNumber || cls.kind == ClassKind::Fusion ||
                     cls.kind == ClassKind::Expression || cls.kind == ClassKind::WildType;
  return !activating && !other;
}

// M12: where the option rests on a lost gene, a second change may have brought it back.
void caution_reversion(const OptionContext& context, const CompiledOption& compiled, Option& option) {
  for (const auto& signed_leaf : compiled.molecular) {
    if (!signed_leaf.positive) continue;
    const auto* cls = std::get_if<nomenclature::VariantClass>(&context.index.pool().leaves()[signed_leaf.leaf].what);
    if (cls == nullptr) continue;
    // What the laboratory calls a reversion counts for "BRCA2 mutation" too; what only may be one does not.
    auto found = may_speak_of_a_lost_gene(*cls) ? stated_reversion(cls->genes, context.facts) : std::nullopt;
    if (!found && speaks_of_a_lost_gene(*cls)) found = possible_reversion(cls->genes, context.facts);
    if (found) {
      option.cautions.push_back({"M12", MessageId::PossibleReversion, *found, {}});
      return;
    }
  }
}

}  // namespace

void add_evidence(const OptionContext& context, const CompiledOption& compiled, Option& option) {
  // Exactly these drugs: evidence for a combination never speaks for one of its parts (B5).
  for (const std::size_t i : context.index.evidence_for(compiled.drugs)) {
    const CompiledEvidence& evidence = context.index.evidence()[i];
    if (context.evaluation.verdict(evidence.root) != Verdict::Met) continue;
    const std::string relation = relation_to_tumour(context, evidence);
    option.evidence.push_back({evidence.record, relation});
    const bool against = evidence.record->direction != model::EvidenceDirection::Sensitive;
    if (against && relation == "same" && is_established(*evidence.record)) {
      option.cautions.push_back({"B5", MessageId::EvidenceAgainst, evidence.record->id, evidence.record->sources});
    }
  }
  caution_prior_treatment(context, option);
  caution_reversion(context, compiled, option);
}

}  // namespace treff::match
