#include "kb/match/coverage.h"

#include <algorithm>

#include "kb/base/text.h"

namespace treff::match {
namespace {

const TestedKind* tested_kind(ChangeKind kind, const TestedFacts& tested) {
  switch (kind) {
    case ChangeKind::Small: return &tested.small;
    case ChangeKind::CopyGain: return &tested.copy_number;
    case ChangeKind::CopyLoss: return &tested.losses;
    case ChangeKind::Fusion: return &tested.fusion;
    case ChangeKind::Splice: return &tested.splice;
    case ChangeKind::Expression: return nullptr;  // staining is never part of a panel (M14)
  }
  return nullptr;
}

TestKind test_for(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::Small: return TestKind::SmallVariants;
    case ChangeKind::CopyGain: return TestKind::CopyNumber;
    case ChangeKind::CopyLoss: return TestKind::Deletions;
    case ChangeKind::Fusion: return TestKind::RnaFusion;
    case ChangeKind::Splice: return TestKind::RnaSplice;
    case ChangeKind::Expression: return TestKind::Staining;
  }
  return TestKind::None;
}

Coverage not_counting(MessageId why, std::string rule, std::string detail, TestKind test) {
  return Coverage{false, why, std::move(rule), std::move(detail), test};
}

// The largest tumour fraction that any of the case's panels asks for; 0 if none states a limit.
double tumour_fraction_needed(const TestedFacts& tested) {
  double needed = 0;
  for (const model::Panel* panel : tested.panels) {
    if (panel->limits && panel->limits->tumour_fraction_min)
      needed = std::max(needed, *panel->limits->tumour_fraction_min);
  }
  return needed;
}

// Whether the treatment was one of these drugs; where only its class is known, whether one of them is of that class.
bool acts_on(const PriorFacts& prior, const std::vector<std::string>& drugs, const Vocabulary& words) {
  if (!prior.drug_id.empty()) return std::find(drugs.begin(), drugs.end(), prior.drug_id) != drugs.end();
  // Neither drug nor class is known to us: it may have acted on this target.
  if (prior.drug_class.empty()) return true;
  const std::string wanted = base::fold_name(prior.drug_class);
  return std::any_of(drugs.begin(), drugs.end(), [&](const std::string& id) {
    const auto* drug = words.drugs.by_id(id);
    return drug != nullptr && std::any_of(drug->classes.begin(), drug->classes.end(),
                                          [&](const std::string& name) { return base::fold_name(name) == wanted; });
  });
}

// Only some exons of the gene were examined, and the class speaks of no others.
bool examined_in_part(const nomenclature::VariantClass& cls, const std::string& gene, const CaseFacts& facts,
                      const Vocabulary& words) {
  const auto exons = facts.tested.small_exons.find(gene);
  return exons != facts.tested.small_exons.end() && nomenclature::lies_in_exons(cls, gene, exons->second, words.genes);
}

}  // namespace

ChangeKind change_kind_of(const nomenclature::VariantClass& cls) {
  using nomenclature::ClassKind;
  using nomenclature::CopyCall;
  switch (cls.kind) {
    case ClassKind::CopyNumber:
      return cls.copy == CopyCall::Loss || cls.copy == CopyCall::HomozygousDeletion ? ChangeKind::CopyLoss
                                                                                    : ChangeKind::CopyGain;
    case ClassKind::Fusion: return ChangeKind::Fusion;
    case ClassKind::Splice: return ChangeKind::Splice;
    case ClassKind::NamedStructural:
      // An internal tandem duplication is read from DNA; deletions of whole exons are seen in RNA (M15).
      return cls.name == "ITD" ? ChangeKind::Small : ChangeKind::Splice;
    case ClassKind::Expression: return ChangeKind::Expression;
    case ClassKind::Protein:
    case ClassKind::Coding:
    case ClassKind::Genomic:
    case ClassKind::Codon:
    case ClassKind::Range:
    case ClassKind::Exon:
    case ClassKind::AnyMutation:
    case ClassKind::Functional:
    case ClassKind::Biallelic:
    case ClassKind::WildType: return ChangeKind::Small;
  }
  return ChangeKind::Small;
}

bool deletion_meets(const nomenclature::VariantClass& cls) {
  return cls.kind == nomenclature::ClassKind::Functional && cls.function == nomenclature::FunctionClass::LossOfFunction;
}

Coverage specimen_limits(const std::string& gene, const CaseFacts& facts, const Vocabulary& words) {
  if (facts.specimen.kind == "plasma") return not_counting(MessageId::NegativeFromPlasma, "M3", gene, TestKind::None);
  const double needed = tumour_fraction_needed(facts.tested);
  if (facts.specimen.tumour_fraction && *facts.specimen.tumour_fraction < needed) {
    return not_counting(MessageId::NegativeLowTumour, "M3", base::to_text(*facts.specimen.tumour_fraction),
                        TestKind::None);
  }
  const auto against = words.drugs_against_gene.find(gene);
  if (facts.prior_treatments && against != words.drugs_against_gene.end()) {
    for (const PriorFacts& prior : *facts.prior_treatments) {
      if (!acts_on(prior, against->second, words)) continue;
      const bool sampled_after =
          facts.specimen.taken_on && prior.last_day && *facts.specimen.taken_on > *prior.last_day;
      if (!sampled_after) return not_counting(MessageId::NegativeBeforeTreatment, "M3", prior.drug_id, TestKind::None);
    }
  }
  return Coverage{true, MessageId::NotFoundTested, "M3", {}, TestKind::None};
}

Coverage coverage_of(ChangeKind kind, const std::vector<std::string>& genes, const CaseFacts& facts,
                     const Vocabulary& words, const nomenclature::VariantClass* cls) {
  if (facts.closed_world) return Coverage{true, MessageId::NotFoundTested, "M8", {}, TestKind::None};
  return silence_proves(kind, genes, facts, words, cls);
}

Coverage silence_proves(ChangeKind kind, const std::vector<std::string>& genes, const CaseFacts& facts,
                        const Vocabulary& words, const nomenclature::VariantClass* cls) {
  const TestedKind* tested = tested_kind(kind, facts.tested);
  const TestKind test = test_for(kind);
  if (facts.unread_without_gene) return not_counting(MessageId::UnreadText, "N8", {}, TestKind::None);
  for (const std::string& gene : genes) {
    if (facts.unread_genes.count(gene) != 0) return not_counting(MessageId::UnreadText, "N8", gene, TestKind::None);
  }
  // A report of amplifications only says nothing of deletions (M3).
  if (kind == ChangeKind::CopyLoss && facts.tested.copy_number.stated && !tested->stated) {
    return not_counting(facts.tested.copy_number.failed ? MessageId::TestFailed : MessageId::NotCoveredByPanel, "M3",
                        {}, test);
  }
  if (tested == nullptr || !tested->stated) return not_counting(MessageId::NotTested, "M4", {}, test);
  if (tested->failed) return not_counting(MessageId::TestFailed, "M3", {}, test);
  for (const std::string& gene : genes) {
    const bool in_part = kind == ChangeKind::Small && cls != nullptr && examined_in_part(*cls, gene, facts, words);
    if (tested->genes.count(gene) == 0 && !in_part) return not_counting(MessageId::NotCoveredByPanel, "M4", gene, test);
    Coverage limits = specimen_limits(gene, facts, words);
    if (limits.negative_counts) continue;
    limits.test = test;  // the same test of a better sample
    return limits;
  }
  return Coverage{true, MessageId::NotFoundTested, "M3", {}, TestKind::None};
}

}  // namespace treff::match
