// Kleene's logic (M5, M6) over every small tree, against a second way of reckoning: the least and the most a tree can
// be once its unknown leaves are known.
#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "kb/match/evaluate.h"

namespace treff::match {
namespace {

using model::Criterion;
using model::CriterionKind;

constexpr int kLeaves = 6;

// Six conditions that a case can meet, miss or leave open, each by itself.
Criterion leaf(int i) {
  model::ClinicalCondition condition;
  switch (i) {
    case 0: condition.ecog = model::Range<int>{{}, 1}; break;
    case 1: condition.age_years = model::Range<int>{18, {}}; break;
    case 2: condition.sex = model::Sex::Female; break;
    case 3: condition.measurable_disease = true; break;
    case 4: condition.standard_treatment_exhausted = true; break;
    default: condition.regions = {"north"}; break;
  }
  Criterion out;
  out.kind = CriterionKind::Clinical;
  out.leaf = std::move(condition);
  return out;
}

using Values = std::array<Verdict, kLeaves>;

CaseFacts facts_with(const Values& values) {
  CaseFacts out;
  const auto set = [&](int i, auto met, auto not_met, auto& member) {
    const Verdict value = values[static_cast<std::size_t>(i)];
    if (value == Verdict::Met) member = met;
    if (value == Verdict::NotMet) member = not_met;
  };
  set(0, 1, 2, out.ecog);
  set(1, 18, 17, out.age_years);
  set(2, model::Sex::Female, model::Sex::Male, out.sex);
  set(3, true, false, out.measurable_disease);
  set(4, true, false, out.standard_treatment_exhausted);
  set(5, "north", "west", out.region);
  return out;
}

Criterion gate(CriterionKind kind, std::vector<Criterion> parts, int n = 0) {
  Criterion out;
  out.kind = kind;
  out.parts = std::move(parts);
  out.n = n;
  return out;
}

// Whether the tree can be false and whether it can be true, each leaf standing once.
struct Bounds {
  bool least = false;
  bool most = false;
};

int leaf_number(const Criterion& criterion) {
  const auto& c = std::get<model::ClinicalCondition>(criterion.leaf);
  if (c.ecog) return 0;
  if (c.age_years) return 1;
  if (c.sex) return 2;
  if (c.measurable_disease) return 3;
  return c.standard_treatment_exhausted ? 4 : 5;
}

Bounds bounds_of(const Criterion& criterion, const Values& values) {
  if (criterion.kind == CriterionKind::Clinical) {
    const Verdict value = values[static_cast<std::size_t>(leaf_number(criterion))];
    return {value == Verdict::Met, value != Verdict::NotMet};
  }
  int least = 0, most = 0;
  for (const Criterion& part : criterion.parts) {
    const Bounds bounds = bounds_of(part, values);
    least += bounds.least ? 1 : 0;
    most += bounds.most ? 1 : 0;
  }
  const int parts = static_cast<int>(criterion.parts.size());
  if (criterion.kind == CriterionKind::Not) return {most == 0, least == 0};
  const int needed = criterion.kind == CriterionKind::All   ? parts
                     : criterion.kind == CriterionKind::Any ? 1
                                                            : criterion.n;
  return {least >= needed, most >= needed};
}

Verdict verdict_of(const Bounds& bounds) {
  if (bounds.least) return Verdict::Met;
  return bounds.most ? Verdict::Unknown : Verdict::NotMet;
}

// Every tree of at most `depth` gates one in another over the leaves first .. first + count - 1, in that order.
std::vector<Criterion> trees(int depth, int first, int count);

// Every list of two or more trees that together hold the leaves.
std::vector<std::vector<Criterion>> lists(int depth, int first, int count, bool whole) {
  std::vector<std::vector<Criterion>> out;
  for (int head = 1; head <= count - (whole ? 1 : 0); ++head) {
    for (const Criterion& tree : trees(depth, first, head)) {
      if (head == count) {
        out.push_back({tree});
        continue;
      }
      for (const auto& rest : lists(depth, first + head, count - head, false)) {
        std::vector<Criterion> list = {tree};
        list.insert(list.end(), rest.begin(), rest.end());
        out.push_back(std::move(list));
      }
    }
  }
  return out;
}

std::vector<Criterion> trees(int depth, int first, int count) {
  std::vector<Criterion> out;
  if (count == 1) out.push_back(leaf(first));
  if (depth == 0) return out;
  for (const Criterion& inner : trees(depth - 1, first, count)) {
    if (inner.kind != CriterionKind::Not) out.push_back(gate(CriterionKind::Not, {inner}));
  }
  if (count < 2) return out;
  for (const auto& list : lists(depth - 1, first, count, true)) {
    out.push_back(gate(CriterionKind::All, list));
    out.push_back(gate(CriterionKind::Any, list));
    const int parts = static_cast<int>(list.size());
    for (int n = 2; n < parts; ++n) out.push_back(gate(CriterionKind::AtLeast, list, n));
  }
  return out;
}

std::string text_of(const Criterion& criterion) {
  if (criterion.kind == CriterionKind::Clinical) return std::string(1, static_cast<char>('A' + leaf_number(criterion)));
  std::string out = criterion.kind == CriterionKind::Not   ? "not("
                    : criterion.kind == CriterionKind::All ? "all("
                    : criterion.kind == CriterionKind::Any ? "any("
                                                           : std::to_string(criterion.n) + " of(";
  for (const Criterion& part : criterion.parts) out += text_of(part) + " ";
  out.back() = ')';
  return out;
}

Values assignment(int number) {
  Values out;
  for (Verdict& value : out) {
    value = static_cast<Verdict>(number % 3);
    number /= 3;
  }
  return out;
}

int power_of_three(int n) { return n == 0 ? 1 : 3 * power_of_three(n - 1); }

// Number of comparisons; stops at the first that fails.
int compare_all(const std::vector<Criterion>& criteria, int leaves) {
  const auto knowledge = Knowledge::build({});
  REQUIRE(knowledge);
  CriterionPool pool(**knowledge);
  std::vector<NodeId> roots;
  for (const Criterion& criterion : criteria) {
    const auto compiled = pool.add(criterion);
    REQUIRE(compiled);
    roots.push_back(compiled->root);
  }
  int compared = 0;
  for (int number = 0; number < power_of_three(leaves); ++number) {
    const Values values = assignment(number);
    const CaseFacts facts = facts_with(values);
    CaseEvaluation evaluation(pool, facts, (*knowledge)->vocabulary());
    for (std::size_t i = 0; i < criteria.size(); ++i, ++compared) {
      if (evaluation.verdict(roots[i]) == verdict_of(bounds_of(criteria[i], values))) continue;
      FAIL(text_of(criteria[i]) << " of assignment " << number);
    }
  }
  return compared;
}

}  // namespace

TEST_CASE("truth tables: every tree of three levels over up to five leaves") {
  for (int leaves = 1; leaves <= 5; ++leaves) {
    const std::vector<Criterion> criteria = trees(3, 0, leaves);
    CHECK(compare_all(criteria, leaves) == static_cast<int>(criteria.size()) * power_of_three(leaves));
  }
}

TEST_CASE("truth tables: (A or (B and (C or D))) and (E or F)") {
  using K = CriterionKind;
  const Criterion tree =
      gate(K::All, {gate(K::Any, {leaf(0), gate(K::All, {leaf(1), gate(K::Any, {leaf(2), leaf(3)})})}),
                    gate(K::Any, {leaf(4), leaf(5)})});
  CHECK(text_of(tree) == "all(any(A all(B any(C D))) any(E F))");
  CHECK(compare_all({tree}, 6) == 729);
  // The two branches of the AND must both hold: an engine that lists paths lets A alone pass.
  const auto knowledge = Knowledge::build({});
  REQUIRE(knowledge);
  CriterionPool pool(**knowledge);
  const auto compiled = pool.add(tree);
  REQUIRE(compiled);
  struct Row {
    const char* name;
    Values values;
    Verdict want;
  };
  constexpr Verdict T = Verdict::Met, F = Verdict::NotMet, U = Verdict::Unknown;
  const Row rows[] = {
      {"A alone", {T, F, F, F, F, F}, F},           {"A and E", {T, F, F, F, T, F}, T},
      {"B alone with E", {F, T, F, F, T, F}, F},    {"B, D and F", {F, T, F, T, F, T}, T},
      {"A, nothing of E F", {T, F, F, F, U, F}, U}, {"B with C open", {F, T, U, F, T, F}, U},
      {"all open", {U, U, U, U, U, U}, U},          {"E and F absent", {U, U, U, U, F, F}, F},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const CaseFacts facts = facts_with(row.values);
    CaseEvaluation evaluation(pool, facts, (*knowledge)->vocabulary());
    CHECK(evaluation.verdict(compiled->root) == row.want);
  }
}

}  // namespace treff::match
