// The clinical blocks of CTML: tumour, age, sex, tumour mutational burden, and what is only asked (C1, C2, D1, M16).
#include <array>
#include <cmath>
#include <utility>

#include "indexer/importers/ctml_criterion.h"
#include "kb/base/text.h"

namespace treff::indexer {
namespace {

using model::Comparison;
using model::Criterion;
using model::CriterionKind;

// Keys that the format has but no engine evaluates: kept as questions.
struct AskedRow {
  std::string_view key;
  std::string_view question;
};
constexpr std::array kAsked = {
    AskedRow{"her2_status", "HER2 status "},
    AskedRow{"er_status", "Oestrogen receptor status "},
    AskedRow{"pr_status", "Progesterone receptor status "},
    AskedRow{"disease_status", "Disease status "},
};

const std::vector<std::string>& known_keys() {
  static const std::vector<std::string> keys = {"oncotree_primary_diagnosis",
                                                "age_numerical",
                                                "gender",
                                                "tmb_numerical",
                                                "tmb",
                                                "her2_status",
                                                "er_status",
                                                "pr_status",
                                                "disease_status"};
  return keys;
}

std::optional<Criterion> read_diagnosis(const CtmlValue& value, const CtmlContext& context) {
  std::string code;
  if (value.text == "_SOLID_") {
    code = "solid";
  } else if (value.text == "_LIQUID_") {
    code = "haematological";
  } else {
    const auto node = context.words.diagnoses.by_text(value.text);
    if (!node) {
      Error error = node.error();
      error.where = ctml_place(value.line);
      error.piece = value.text;
      context.errors.push_back(std::move(error));
      return std::nullopt;
    }
    code = context.words.diagnoses.facts(*node).code;
  }
  model::DiagnosisCondition condition;
  (value.negated ? condition.none_of : condition.any_of).push_back(std::move(code));
  return leaf_criterion(CriterionKind::Diagnosis, std::move(condition));
}

// ">=18" and "<18" are completed years; the other bounds and decimals need the age to the day.
std::optional<Criterion> read_age(const CtmlValue& value, const CtmlContext& context) {
  const auto bound = read_ctml_bound("age_numerical", value, context);
  if (!bound) return std::nullopt;
  if (bound->op == Comparison::Equal) {
    context.fail(ErrorCode::InvalidValue, value.line, "'==' compares the day of birth: it holds on one day only",
                 value.text, "write two conditions, >= and <");
    return std::nullopt;
  }
  const bool nobody = bound->value > model::kMaxAgeYears || (bound->value == 0 && bound->op == Comparison::Less);
  if (nobody) {
    context.fail(ErrorCode::InvalidValue, value.line, "not an age in years", value.text,
                 "0 to " + std::to_string(model::kMaxAgeYears));
    return std::nullopt;
  }
  model::ClinicalCondition condition;
  const bool whole = std::floor(bound->value) == bound->value;
  const int years = static_cast<int>(bound->value);
  if (whole && bound->op == Comparison::GreaterEqual) {
    condition.age_years = model::Range<int>{years, std::nullopt};
  } else if (whole && bound->op == Comparison::Less) {
    condition.age_years = model::Range<int>{std::nullopt, years - 1};
  } else {
    condition.age_exact = model::AgeCondition{bound->op, bound->value};
  }
  return leaf_criterion(CriterionKind::Clinical, std::move(condition));
}

std::optional<Criterion> read_sex(const CtmlValue& value, const CtmlContext& context) {
  model::ClinicalCondition condition;
  if (base::equals_ignoring_case(value.text, "female")) {
    condition.sex = model::Sex::Female;
  } else if (base::equals_ignoring_case(value.text, "male")) {
    condition.sex = model::Sex::Male;
  } else {
    refuse_ctml_value("gender", value, {"Female", "Male"}, context);
    return std::nullopt;
  }
  Criterion leaf = leaf_criterion(CriterionKind::Clinical, std::move(condition));
  return value.negated ? negated_criterion(std::move(leaf)) : leaf;
}

std::optional<Criterion> read_tmb(std::string_view key, const CtmlValue& value, const CtmlContext& context) {
  const auto bound = read_ctml_bound(key, value, context);
  if (!bound) return std::nullopt;
  model::BiomarkerCondition condition;
  condition.name = nomenclature::BiomarkerName::Tmb;
  condition.op = bound->op;
  condition.value = bound->value;
  condition.unit = nomenclature::unit_of(condition.name);
  return leaf_criterion(CriterionKind::Biomarker, std::move(condition));
}

// The words of one value or of a list, as the file has them.
std::optional<std::string> words_of(std::string_view key, const CtmlNode& node, const CtmlContext& context) {
  if (!node.is_list()) {
    const auto value = read_ctml_value(key, node, context);
    return value ? std::optional((value->negated ? "not " : "") + value->text) : std::nullopt;
  }
  std::vector<std::string> words;
  for (const CtmlNode& part : node.parts) {
    if (const auto value = read_ctml_value(key, part, context)) words.push_back(value->text);
  }
  if (words.size() != node.parts.size()) return std::nullopt;
  if (!words.empty()) return base::join(words, " or ");
  context.fail(ErrorCode::InvalidValue, node.line, "'" + std::string(key) + "' is empty", {}, "state it");
  return std::nullopt;
}

std::optional<Criterion> read_asked(const AskedRow& row, const CtmlNode& node, bool in_choice,
                                    const CtmlContext& context) {
  const auto words = words_of(row.key, node, context);
  if (!words) return std::nullopt;
  if (in_choice) {
    context.fail(ErrorCode::UnsupportedFormat, node.line,
                 "'" + std::string(row.key) + "' cannot be decided from a case, so it cannot stand below an 'or'",
                 *words, "move it out of the choice: it is asked at the bedside");
    return std::nullopt;
  }
  return leaf_criterion(CriterionKind::Text, model::TextRule{std::string(row.question) + *words + "?", {}});
}

std::optional<Criterion> read_one(const CtmlNode& block, std::size_t i, bool in_choice, const CtmlContext& context) {
  const std::string& key = block.keys[i];
  const CtmlNode& node = block.parts[i];
  for (const AskedRow& row : kAsked) {
    if (row.key == key) return read_asked(row, node, in_choice, context);
  }
  const bool known = std::find(known_keys().begin(), known_keys().end(), key) != known_keys().end();
  if (!known) {
    refuse_ctml_key(block, i, known_keys(), context);
    return std::nullopt;
  }
  const auto value = read_ctml_value(key, node, context);
  if (!value) return std::nullopt;
  if (key == "oncotree_primary_diagnosis") return read_diagnosis(*value, context);
  if (key == "age_numerical") return read_age(*value, context);
  if (key == "gender") return read_sex(*value, context);
  return read_tmb(key, *value, context);
}

}  // namespace

std::optional<Criterion> read_ctml_clinical(const CtmlNode& block, bool in_choice, const CtmlContext& context) {
  if (!block.is_map() || block.keys.empty()) {
    context.fail(ErrorCode::WrongType, block.line, "a clinical block has at least one key", {},
                 "one of: " + base::join(known_keys(), ", "));
    return std::nullopt;
  }
  std::vector<Criterion> parts;
  for (std::size_t i = 0; i < block.keys.size(); ++i) {
    if (auto part = read_one(block, i, in_choice, context)) parts.push_back(std::move(*part));
  }
  if (parts.size() != block.keys.size()) return std::nullopt;
  return join_criteria(CriterionKind::All, std::move(parts));
}

}  // namespace treff::indexer
