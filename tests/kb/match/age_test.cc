// C1, age to the day: whole years leave open when the birthday was; decimals do not.
#include <catch2/catch.hpp>

#include "kb/match/leaf.h"
#include "kb/match/reference_leaf.h"

namespace treff::match {

TEST_CASE("C1: an exact bound on the age of a person whose completed years are known") {
  using enum model::Comparison;
  constexpr Verdict T = Verdict::Met, F = Verdict::NotMet, U = Verdict::Unknown;
  struct Row {
    std::optional<double> age;
    model::Comparison op;
    double years;
    Verdict want;
  };
  const Row rows[] = {
      // 18 completed years: from the birthday to the day before the next.
      {18, Greater, 18, U},
      {18, GreaterEqual, 18, T},
      {18, Less, 18, F},
      {18, LessEqual, 18, U},
      {18, Equal, 18, U},
      {18, Greater, 17.5, T},
      {18, Greater, 18.5, U},
      {18, GreaterEqual, 18.5, U},
      {18, Less, 18.5, U},
      {18, LessEqual, 18.5, U},
      {18, Greater, 19, F},
      {18, GreaterEqual, 19, F},
      {18, Less, 19, T},
      {18, LessEqual, 19, T},
      {18, Equal, 19, F},
      {18, Equal, 18.5, U},
      {0, Less, 0.5, U},
      {0, Less, 1, T},
      // The age itself.
      {18.25, Greater, 18, T},
      {18.25, LessEqual, 18, F},
      {18.25, Less, 18.5, T},
      {18.25, GreaterEqual, 18.5, F},
      {18.25, Equal, 18.25, T},
      {18.25, Equal, 18, F},
      {0.25, Less, 0.5, T},
      {18.5, LessEqual, 18.5, T},
      {18.5, Greater, 18.5, F},
      {std::nullopt, Greater, 18, U},
  };
  for (const Row& row : rows) {
    CAPTURE(row.age.value_or(-1), base::name_of(row.op), row.years);
    CaseFacts facts;
    facts.age_years = row.age;
    ClinicalLeaf leaf;
    leaf.kind = ClinicalKind::AgeExact;
    leaf.age = {row.op, row.years};
    CHECK(evaluate_clinical(leaf, facts, {}).verdict == row.want);
    model::ClinicalCondition condition;
    condition.age_exact = leaf.age;
    CHECK(reference::clinical(condition, {ClinicalKind::AgeExact}, facts, {}).verdict == row.want);
  }
}

TEST_CASE("C1: completed years of an age with decimals") {
  struct Row {
    double age;
    model::Range<int> range;
    Verdict want;
  };
  const Row rows[] = {{17.99, {18, {}}, Verdict::NotMet},
                      {18.01, {18, {}}, Verdict::Met},
                      {75.5, {{}, 75}, Verdict::Met},
                      {76, {{}, 75}, Verdict::NotMet}};
  for (const Row& row : rows) {
    CAPTURE(row.age);
    CaseFacts facts;
    facts.age_years = row.age;
    ClinicalLeaf leaf;
    leaf.range = row.range;
    CHECK(evaluate_clinical(leaf, facts, {}).verdict == row.want);
  }
}

}  // namespace treff::match
