#include "indexer/importers/ctml_export.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "indexer/importers/ctml_criterion.h"
#include "kb/base/text.h"
#include "kb/match/compiled.h"
#include "kb/match/status.h"
#include "kb/model/codec.h"

namespace treff::indexer {
namespace {

using Json = nlohmann::ordered_json;
using model::Comparison;
using model::Criterion;
using model::CriterionKind;
using nomenclature::ClassKind;
using nomenclature::Consequence;
using nomenclature::CopyCall;
using nomenclature::VariantClass;

// The words of one consequence; a frameshift has two.
std::vector<std::string> classifications_of(Consequence consequence) {
  switch (consequence) {
    case Consequence::Missense: return {"Missense_Mutation"};
    case Consequence::Nonsense: return {"Nonsense_Mutation"};
    case Consequence::InframeDeletion: return {"In_Frame_Del"};
    case Consequence::InframeInsertion: return {"In_Frame_Ins"};
    case Consequence::Frameshift: return {"Frame_Shift_Del", "Frame_Shift_Ins"};
    case Consequence::Splice: return {"Splice_Site"};
    case Consequence::StartLost: return {"Translation_Start_Site"};
    case Consequence::Extension: return {"Nonstop_Mutation"};
    case Consequence::Synonymous:
    case Consequence::Promoter:
    case Consequence::Noncoding:
    case Consequence::Unknown: break;
  }
  return {};
}

std::string bound(Comparison op, double value) {
  const std::string word = op == Comparison::Equal ? "==" : std::string(base::name_of(op));
  return word + base::to_text(value);
}

std::optional<Comparison> turned(Comparison op) {
  switch (op) {
    case Comparison::Less: return Comparison::GreaterEqual;
    case Comparison::LessEqual: return Comparison::Greater;
    case Comparison::Greater: return Comparison::LessEqual;
    case Comparison::GreaterEqual: return Comparison::Less;
    case Comparison::Equal: break;
  }
  return std::nullopt;
}

// One cohort's criteria; errors gather with the words of the leaf.
class Writer {
 public:
  Writer(const match::Knowledge& knowledge, std::string place, std::vector<Error>& errors)
      : knowledge_(knowledge), place_(std::move(place)), errors_(errors) {}

  // `positive`: false below a negation, which is moved to the leaves.
  Json write(const Criterion& criterion, bool positive) {
    switch (criterion.kind) {
      case CriterionKind::All: return parts(criterion, positive ? "and" : "or", positive);
      case CriterionKind::Any:
        if (const auto word = repair_word(criterion)) return genomic({{"ms_status", negated(*word, positive)}});
        if (const auto block = any_variation(criterion, positive)) return genomic(*block);
        return parts(criterion, positive ? "or" : "and", positive);
      case CriterionKind::Not: return write(criterion.parts.front(), !positive);
      case CriterionKind::AtLeast: return refuse("at least " + std::to_string(criterion.n) + " of several conditions");
      case CriterionKind::Target: {
        const auto* target = knowledge_.find_as<model::Target>(model::RecordKind::Target, criterion.target);
        if (target == nullptr) return refuse("target " + criterion.target);
        return write(target->criterion, positive);
      }
      case CriterionKind::Variant: return variant(std::get<VariantClass>(criterion.leaf), positive);
      case CriterionKind::Biomarker: return biomarker(std::get<model::BiomarkerCondition>(criterion.leaf), positive);
      case CriterionKind::Diagnosis: return diagnosis(std::get<model::DiagnosisCondition>(criterion.leaf), positive);
      case CriterionKind::Clinical: return clinical(std::get<model::ClinicalCondition>(criterion.leaf), positive);
      case CriterionKind::Text: return text(std::get<model::TextRule>(criterion.leaf), positive);
    }
    return {};
  }

 private:
  Json refuse(const std::string& leaf) {
    errors_.push_back(Error{ErrorCode::UnsupportedFormat, "CTML cannot say: " + leaf, place_, leaf, std::nullopt,
                            "leave the cohort out, or word its criteria otherwise"});
    return {};
  }

  static std::string negated(const std::string& word, bool positive) { return positive ? word : "!" + word; }
  static Json genomic(Json keys) { return {{"genomic", std::move(keys)}}; }
  static Json clinical_of(const char* key, const std::string& value) { return {{"clinical", {{key, value}}}}; }

  static Json join(const char* gate, std::vector<Json> list) {
    if (list.size() == 1) return list.front();
    return {{gate, list}};
  }

  Json parts(const Criterion& criterion, const char* gate, bool positive) {
    std::vector<Json> list;
    for (const Criterion& part : criterion.parts) list.push_back(write(part, positive));
    return join(gate, std::move(list));
  }

  // MSI-H and MSS mean both kinds of test in this format.
  static std::optional<std::string> repair_word(const Criterion& any) {
    using nomenclature::BiomarkerName;
    using nomenclature::BiomarkerState;
    std::vector<std::pair<BiomarkerName, BiomarkerState>> states;
    for (const Criterion& part : any.parts) {
      const auto* condition = std::get_if<model::BiomarkerCondition>(&part.leaf);
      if (condition == nullptr || !condition->is || !condition->assay.empty()) return std::nullopt;
      states.emplace_back(condition->name, *condition->is);
    }
    std::sort(states.begin(), states.end());
    const auto is = [&](std::vector<std::pair<BiomarkerName, BiomarkerState>> wanted) {
      std::sort(wanted.begin(), wanted.end());
      return states == wanted;
    };
    if (is({{BiomarkerName::Mmr, BiomarkerState::Deficient}, {BiomarkerName::Msi, BiomarkerState::High}}))
      return "MSI-H";
    const bool proficient = is({{BiomarkerName::Mmr, BiomarkerState::Proficient},
                                {BiomarkerName::Msi, BiomarkerState::Stable},
                                {BiomarkerName::Msi, BiomarkerState::Low}});
    return proficient ? std::optional<std::string>("MSS") : std::nullopt;
  }

  // The choices that an import makes of a wide category are one block again.
  static std::optional<Json> any_variation(const Criterion& any, bool positive) {
    bool mutation = false, gain = false, loss = false, fusion = false;
    std::string gene;
    for (const Criterion& part : any.parts) {
      const auto* cls = std::get_if<VariantClass>(&part.leaf);
      if (cls == nullptr || cls->genes.size() != 1 || (!gene.empty() && gene != cls->genes.front()))
        return std::nullopt;
      gene = cls->genes.front();
      VariantClass plain;
      plain.kind = cls->kind;
      plain.genes = cls->genes;
      plain.copy = cls->copy;
      plain.function_policy = nomenclature::FunctionPolicy::Any;
      if (model::encode_criterion(part) != model::encode_criterion(leaf_criterion(CriterionKind::Variant, plain)))
        return std::nullopt;
      mutation = mutation || cls->kind == ClassKind::AnyMutation;
      gain = gain || cls->copy == CopyCall::Gain;
      loss = loss || cls->copy == CopyCall::Loss;
      fusion = fusion || cls->kind == ClassKind::Fusion;
    }
    const std::size_t wanted = std::size_t{mutation} + std::size_t{gain} + std::size_t{loss} + std::size_t{fusion};
    if (!gain || !loss || (fusion && !mutation) || any.parts.size() != wanted) return std::nullopt;
    if (fusion) return Json{{"hugo_symbol", negated(gene, positive)}};
    const char* category = mutation ? "Any Variation" : "Copy Number Variation";
    return Json{{"hugo_symbol", gene}, {"variant_category", negated(category, positive)}};
  }

  // Every gene a block of its own: any of them, or none of them.
  template <class Keys>
  Json per_gene(const VariantClass& cls, const char* category, bool positive, Keys keys) {
    std::vector<Json> list;
    for (const std::string& gene : cls.genes) {
      for (Json& more : keys()) {
        Json block = {{"hugo_symbol", gene}, {"variant_category", negated(category, positive)}};
        block.update(more);
        list.push_back(genomic(std::move(block)));
      }
    }
    return join(positive ? "or" : "and", std::move(list));
  }

  Json variant(const VariantClass& cls, bool positive) {
    const std::string words = nomenclature::to_text(cls);
    const bool by_function = nomenclature::policy_of(cls) == nomenclature::FunctionPolicy::Oncogenic;
    if (by_function) return refuse(words + " (only if oncogenic)");
    if (cls.origin) return refuse(words + " (" + std::string(base::name_of(*cls.origin)) + ")");
    if (!cls.transcript.empty()) return refuse(words + " (on " + cls.transcript + ")");
    if (!cls.excludes.empty() && cls.kind != ClassKind::CopyNumber) return refuse(words);
    switch (cls.kind) {
      case ClassKind::AnyMutation:
        return per_gene(cls, "Mutation", positive, [] { return std::vector<Json>{Json::object()}; });
      case ClassKind::Protein:
        return per_gene(cls, "Mutation", positive, [&] {
          return std::vector<Json>{{{"protein_change", "p." + cls.change}}};
        });
      case ClassKind::Codon:
        if (cls.consequences != std::vector{Consequence::Missense}) break;  // a wildcard holds no delins
        return per_gene(cls, "Mutation", positive, [&] {
          return std::vector<Json>{{{"wildcard_protein_change", "p." + cls.at}}};
        });
      case ClassKind::Range:
        if (cls.start != 0) break;
        return by_consequence(cls, {}, positive, words);
      case ClassKind::Exon:
        if (cls.exon_end != 0 && cls.exon_end != cls.exon) break;
        return by_consequence(cls, cls.exon, positive, words);
      case ClassKind::CopyNumber: return copies(cls, positive, words);
      case ClassKind::Fusion: return fusion(cls, positive, words);
      case ClassKind::WildType:
        if (!cls.exons.empty() || cls.genes.size() != 1) break;
        return genomic({{"hugo_symbol", negated(cls.genes.front(), positive)}, {"wildtype", true}});
      case ClassKind::Coding:
      case ClassKind::Genomic:
      case ClassKind::Functional:
      case ClassKind::Splice:
      case ClassKind::NamedStructural:
      case ClassKind::Biallelic:
      case ClassKind::Expression: break;
    }
    return refuse(words);
  }

  Json by_consequence(const VariantClass& cls, std::optional<int> exon, bool positive, const std::string& words) {
    std::vector<Json> keys;
    for (const Consequence consequence : cls.consequences) {
      const auto terms = classifications_of(consequence);
      if (terms.empty()) return refuse(words);
      for (const std::string& term : terms) keys.push_back({{"variant_classification", term}});
    }
    if (keys.empty()) keys.push_back(Json::object());
    if (exon) {
      for (Json& one : keys) one["exon"] = *exon;
    }
    return per_gene(cls, "Mutation", positive, [&] { return keys; });
  }

  Json copies(const VariantClass& cls, bool positive, const std::string& words) {
    if (cls.min_copies || cls.min_fold_change) return refuse(words);
    const bool without = cls.excludes.size() == 1 && cls.excludes.front().kind == ClassKind::CopyNumber;
    const CopyCall except = without ? cls.excludes.front().copy : CopyCall::Unstated;
    if (!cls.excludes.empty() && !without) return refuse(words);
    std::vector<std::string> calls;
    const bool low = cls.copy == CopyCall::Gain, some_loss = cls.copy == CopyCall::Loss;
    if (low) calls.push_back("Low Amplification");
    if (some_loss) calls.push_back("Heterozygous Deletion");
    if (cls.copy == CopyCall::Amplification || (low && except == CopyCall::Unstated))
      calls.push_back("High Amplification");
    if (cls.copy == CopyCall::HomozygousDeletion || (some_loss && except == CopyCall::Unstated))
      calls.push_back("Homozygous Deletion");
    const bool fits = except == CopyCall::Unstated || (low && except == CopyCall::Amplification) ||
                      (some_loss && except == CopyCall::HomozygousDeletion);
    if (calls.empty() || !fits) return refuse(words);
    return per_gene(cls, "Copy Number Variation", positive, [&] {
      std::vector<Json> keys;
      for (const std::string& call : calls) keys.push_back({{"cnv_call", call}});
      return keys;
    });
  }

  Json fusion(const VariantClass& cls, bool positive, const std::string& words) {
    Json keys = Json::object();
    if (cls.role != nomenclature::FusionRole::Either) return refuse(words);
    if (!cls.partner.empty()) keys["fusion_partner_hugo_symbol"] = cls.partner;
    if (cls.excluded_partners == std::vector<std::string>{std::string(nomenclature::kIntergenic)}) {
      keys["fusion_partner_hugo_symbol"] = "any_gene";
    } else if (!cls.excluded_partners.empty()) {
      return refuse(words);
    }
    return per_gene(cls, "Structural Variation", positive, [&] { return std::vector<Json>{keys}; });
  }

  Json biomarker(const model::BiomarkerCondition& condition, bool positive) {
    using nomenclature::BiomarkerName;
    using nomenclature::BiomarkerState;
    const std::string words = match::to_text(condition);
    if (!condition.assay.empty()) return refuse(words);
    if (condition.name == BiomarkerName::Tmb && condition.op && condition.value) {
      const auto op = positive ? condition.op : turned(*condition.op);
      return op ? clinical_of("tmb_numerical", bound(*op, *condition.value)) : refuse("not " + words);
    }
    constexpr std::array kSignatures = {std::pair{BiomarkerName::SignaturePole, "pole_signature"},
                                        std::pair{BiomarkerName::SignatureTobacco, "tobacco_signature"},
                                        std::pair{BiomarkerName::SignatureApobec, "apobec_signature"},
                                        std::pair{BiomarkerName::SignatureUv, "uva_signature"},
                                        std::pair{BiomarkerName::SignatureTemozolomide, "temozolomide_signature"}};
    for (const auto& [name, key] : kSignatures) {
      if (condition.name != name || !condition.is) continue;
      return genomic({{key, negated(*condition.is == BiomarkerState::Positive ? "Yes" : "No", positive)}});
    }
    return refuse(words);  // MSI or MMR alone: the format knows them only as one
  }

  // nullopt where a code has no name.
  std::optional<std::vector<std::string>> names_of(const std::vector<std::string>& codes) {
    std::vector<std::string> out;
    for (const std::string& code : codes) {
      if (code == "solid" || code == "any") out.push_back("_SOLID_");
      if (code == "haematological" || code == "any") out.push_back("_LIQUID_");
      if (code == "solid" || code == "haematological" || code == "any") continue;
      const auto node = knowledge_.vocabulary().diagnoses.by_oncotree(code);
      if (!node) return std::nullopt;
      out.push_back(knowledge_.vocabulary().diagnoses.facts(*node).name);
    }
    return out;
  }

  Json diagnosis(const model::DiagnosisCondition& condition, bool positive) {
    const auto in = names_of(condition.any_of), out = names_of(condition.none_of);
    if (!in || !out) return refuse("diagnosis " + base::join(condition.any_of, ", "));
    const auto list = [&](const std::vector<std::string>& names, bool wanted) {
      std::vector<Json> all;
      for (const std::string& name : names)
        all.push_back(clinical_of("oncotree_primary_diagnosis", negated(name, wanted)));
      return join(wanted ? "or" : "and", std::move(all));
    };
    std::vector<Json> both;
    if (!in->empty()) both.push_back(list(*in, positive));
    if (!out->empty()) both.push_back(list(*out, !positive));
    return join(positive ? "and" : "or", std::move(both));
  }

  Json clinical(const model::ClinicalCondition& c, bool positive) {
    std::vector<Json> all;
    const auto age = [&](Comparison op, double years) {
      const auto used = positive ? std::optional(op) : turned(op);
      all.push_back(used ? clinical_of("age_numerical", bound(*used, years)) : refuse("not age"));
    };
    if (c.age_years && c.age_years->min) age(Comparison::GreaterEqual, *c.age_years->min);
    if (c.age_years && c.age_years->max) age(Comparison::Less, *c.age_years->max + 1);  // completed years
    if (c.age_exact) age(c.age_exact->op, c.age_exact->years);
    if (c.sex)
      all.push_back(clinical_of("gender", negated(*c.sex == model::Sex::Female ? "Female" : "Male", positive)));
    const std::pair<bool, const char*> others[] = {{c.ecog.has_value(), "ECOG"},
                                                   {!c.disease_extent.empty(), "disease extent"},
                                                   {c.measurable_disease.has_value(), "measurable disease"},
                                                   {c.prior_lines.has_value(), "prior lines"},
                                                   {!c.prior_treatments.empty(), "prior treatments"},
                                                   {c.standard_treatment_exhausted.has_value(), "standard treatment"},
                                                   {!c.regions.empty(), "region"}};
    for (const auto& [present, words] : others) {
      if (present) all.push_back(refuse(words));
    }
    return join(positive ? "and" : "or", std::move(all));
  }

  // The questions that an import made of receptor and disease status go back; no other has a key.
  Json text(const model::TextRule& rule, bool positive) {
    constexpr std::array kAsked = {std::pair{std::string_view("HER2 status "), "her2_status"},
                                   std::pair{std::string_view("Oestrogen receptor status "), "er_status"},
                                   std::pair{std::string_view("Progesterone receptor status "), "pr_status"}};
    for (const auto& [words, key] : kAsked) {
      const std::string_view ask = rule.ask;
      if (!positive || ask.substr(0, words.size()) != words || ask.back() != '?') continue;
      return clinical_of(key, std::string(ask.substr(words.size(), ask.size() - words.size() - 1)));
    }
    return refuse("the question '" + rule.ask + "'");
  }

  const match::Knowledge& knowledge_;
  std::string place_;
  std::vector<Error>& errors_;
};

std::optional<std::string> word_of(const std::optional<model::EntryState>& state) {
  if (!state) return std::nullopt;
  switch (*state) {
    case model::EntryState::Open: return "Open to Accrual";
    case model::EntryState::Planned: return "Not yet open";
    case model::EntryState::Suspended: return "Suspended";
    case model::EntryState::Full:
    case model::EntryState::Closed: return "Closed to Accrual";
  }
  return std::nullopt;
}

std::string protocol_of(const model::Trial& trial) {
  for (const model::RegistryId& id : trial.registry_ids) {
    if (id.registry == "protocol_no") return id.id;
  }
  return trial.id;
}

Json document_of(const model::Trial& trial, const match::Knowledge& knowledge, const base::Date& today,
                 std::vector<Error>& errors) {
  Json arms = Json::array();
  for (const model::Record* record : knowledge.all(model::RecordKind::Cohort)) {
    const auto& cohort = std::get<model::Cohort>(*record);
    if (cohort.trial != trial.id || !cohort.criteria) continue;
    Writer writer(knowledge, "cohort/" + cohort.id + "/criteria", errors);
    Json match = Json::array();
    if (trial.common_criteria) {
      match.push_back(
          Writer(knowledge, "trial/" + trial.id + "/common_criteria", errors).write(trial.common_criteria->rule, true));
    }
    match.push_back(writer.write(cohort.criteria->rule, true));
    const auto state = match::status_on(cohort.status, cohort, today).state;
    const bool suspended = state && *state != model::EntryState::Open;
    arms.push_back({{"arm_internal_id", cohort.id},
                    {"arm_code", cohort.id},
                    {"arm_description", cohort.names.en},
                    {"arm_suspended", suspended ? "Y" : "N"},
                    {"match", std::move(match)}});
  }
  Json out = {{"protocol_no", protocol_of(trial)}, {"short_title", trial.names.en}};
  for (const model::RegistryId& id : trial.registry_ids) {
    if (id.registry == "nct") out["nct_id"] = id.id;
  }
  if (!trial.phase.empty()) out["phase"] = trial.phase;
  if (const auto word = word_of(match::status_on(trial.status, trial, today).state))
    out["_summary"] = {{"status", Json::array({{{"value", *word}}})}};
  out["treatment_list"] = {{"step", Json::array({{{"step_internal_id", 1}, {"step_code", "1"}, {"arm", arms}}})}};
  return out;
}

bool has_criteria(const model::Trial& trial, const match::Knowledge& knowledge) {
  const auto cohorts = knowledge.all(model::RecordKind::Cohort);
  return std::any_of(cohorts.begin(), cohorts.end(), [&](const model::Record* record) {
    const auto& cohort = std::get<model::Cohort>(*record);
    return cohort.trial == trial.id && cohort.criteria.has_value();
  });
}

}  // namespace

Checked<std::vector<CtmlFile>> export_ctml(const match::Knowledge& knowledge, const std::vector<std::string>& trials,
                                           const base::Date& today) {
  std::vector<CtmlFile> out;
  std::vector<Error> errors;
  std::vector<std::string> ids = trials;
  if (ids.empty()) {
    for (const model::Record* record : knowledge.all(model::RecordKind::Trial)) {
      const auto& trial = std::get<model::Trial>(*record);
      if (has_criteria(trial, knowledge)) ids.push_back(trial.id);
    }
  }
  for (const std::string& id : ids) {
    const auto* trial = knowledge.find_as<model::Trial>(model::RecordKind::Trial, id);
    if (trial == nullptr || !has_criteria(*trial, knowledge)) {
      errors.push_back(
          Error{ErrorCode::NotFound,
                trial == nullptr ? "there is no trial '" + id + "'" : "the trial has no cohort with criteria",
                "trial/" + id,
                id,
                std::nullopt,
                {}});
      continue;
    }
    out.push_back({id + ".json", document_of(*trial, knowledge, today, errors).dump(2) + "\n"});
  }
  if (!errors.empty()) return fail_all(std::move(errors));
  return out;
}

}  // namespace treff::indexer
