// Formulas and truth values that stand beside the repository, as criteria of ours (M6). Skipped in words without them.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "kb/match/evaluate.h"

namespace treff::match {
namespace {

using model::Criterion;
using model::CriterionKind;
using nlohmann::json;

const std::string kFile = TREFF_SOURCE_DIR "/../shared/acceptance/matchminer/boolean_cases.json";

// A leaf is "had a drug of the class of this name".
Criterion leaf(const std::string& name) {
  model::ClinicalCondition condition;
  condition.prior_treatments = {model::PriorTreatmentCondition{{}, name, model::PriorUse::Had}};
  Criterion out;
  out.kind = CriterionKind::Clinical;
  out.leaf = std::move(condition);
  return out;
}

Criterion all_or_one(CriterionKind kind, std::vector<Criterion> parts) {
  Criterion out;
  out.kind = kind;
  out.parts = std::move(parts);
  return out.parts.size() == 1 ? Criterion(out.parts.front()) : out;
}

// Several keys of one object hold together.
Criterion criterion_of(const json& formula) {
  std::vector<Criterion> parts;
  for (const auto& [key, value] : formula.items()) {
    if (key != "and" && key != "or") {
      parts.push_back(leaf(key));
      continue;
    }
    std::vector<Criterion> list;
    for (const json& part : value) list.push_back(criterion_of(part));
    parts.push_back(all_or_one(key == "and" ? CriterionKind::All : CriterionKind::Any, std::move(list)));
  }
  return all_or_one(CriterionKind::All, std::move(parts));
}

CaseFacts facts_with(const std::vector<std::string>& names) {
  CaseFacts out;
  out.prior_treatments.emplace();
  for (const std::string& name : names) {
    PriorFacts prior;
    prior.drug_class = name;
    out.prior_treatments->push_back(std::move(prior));
  }
  return out;
}

}  // namespace

TEST_CASE("formulas of another engine: the tree itself decides, never its listed paths") {
  if (!std::filesystem::exists(kFile)) {
    WARN("skipped: the acceptance suite is not beside the repository");
    return;
  }
  std::ifstream file(kFile);
  const json cases = json::parse(file);
  CHECK(cases.size() == 9);
  const auto knowledge = Knowledge::build({});
  REQUIRE(knowledge);
  for (const json& row : cases) {
    INFO(row.at("case").get<std::string>());
    CriterionPool pool(**knowledge);
    const auto compiled = pool.add(criterion_of(row.at("formula")));
    REQUIRE(compiled);
    CHECK(pool.leaves().size() == row.at("leaves").size());
    const auto value = [&](const std::vector<std::string>& names) {
      const CaseFacts facts = facts_with(names);
      CaseEvaluation evaluation(pool, facts, (*knowledge)->vocabulary());
      return evaluation.verdict(compiled->root);
    };
    REQUIRE_FALSE(row.at("assignments").empty());
    for (const json& assignment : row.at("assignments")) {
      const auto names = assignment.at("true").get<std::vector<std::string>>();
      INFO(assignment.dump());
      CHECK(value(names) == (assignment.at("value").get<bool>() ? Verdict::Met : Verdict::NotMet));
    }
    // Each path of the true normal form satisfies the formula.
    for (const json& path : row.at("paths")) CHECK(value(path.get<std::vector<std::string>>()) == Verdict::Met);
  }
}

}  // namespace treff::match
