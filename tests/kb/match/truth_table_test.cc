// Kleene's logic (M5, M6) over every small tree, against a second way of reckoning: the least and the most a tree can
// be once its unknown leaves are known.
#include <array>
#include <catch2/catch.hpp>
#include <memory>

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

// A tree without its leaves' names: they are numbered from left to right.
struct Shape {
  CriterionKind kind = CriterionKind::Clinical;  // Clinical: a leaf
  int n = 0;                                     // AtLeast
  int leaves = 1;
  std::vector<const Shape*> parts;
};

// Whether the tree must be true and whether it can be, each leaf standing once.
struct Bounds {
  bool least = false;
  bool most = false;
};

Bounds bounds_of(const Shape& shape, const Values& values, int first = 0) {
  if (shape.kind == CriterionKind::Clinical) {
    const Verdict value = values[static_cast<std::size_t>(first)];
    return {value == Verdict::Met, value != Verdict::NotMet};
  }
  int least = 0, most = 0;
  for (const Shape* part : shape.parts) {
    const Bounds bounds = bounds_of(*part, values, first);
    first += part->leaves;
    least += bounds.least ? 1 : 0;
    most += bounds.most ? 1 : 0;
  }
  const int parts = static_cast<int>(shape.parts.size());
  if (shape.kind == CriterionKind::Not) return {most == 0, least == 0};
  const int needed = shape.kind == CriterionKind::All ? parts : shape.kind == CriterionKind::Any ? 1 : shape.n;
  return {least >= needed, most >= needed};
}

Verdict verdict_of(const Bounds& bounds) {
  if (bounds.least) return Verdict::Met;
  return bounds.most ? Verdict::Unknown : Verdict::NotMet;
}

Criterion criterion_of(const Shape& shape, int first = 0) {
  if (shape.kind == CriterionKind::Clinical) return leaf(first);
  Criterion out;
  out.kind = shape.kind;
  out.n = shape.n;
  for (const Shape* part : shape.parts) {
    out.parts.push_back(criterion_of(*part, first));
    first += part->leaves;
  }
  return out;
}

std::string text_of(const Shape& shape, int first = 0) {
  if (shape.kind == CriterionKind::Clinical) return std::string(1, static_cast<char>('A' + first));
  std::string out = shape.kind == CriterionKind::Not   ? "not("
                    : shape.kind == CriterionKind::All ? "all("
                    : shape.kind == CriterionKind::Any ? "any("
                                                       : std::to_string(shape.n) + " of(";
  for (const Shape* part : shape.parts) {
    out += text_of(*part, first) + " ";
    first += part->leaves;
  }
  out.back() = ')';
  return out;
}

// Every tree of at most `depth` nodes above a leaf, by number of leaves, one of each kind: the order of parts and the
// names of leaves, which no rule looks at, are not told apart. With `free_signs` a negation is no level of its own:
// any node may be negated. Not in it: a negation of a negation, and gates of one part.
class Shapes {
 public:
  Shapes(int depth, int most_leaves, bool free_signs) : most_leaves_(most_leaves), free_signs_(free_signs) {
    levels_.emplace_back(static_cast<std::size_t>(most_leaves) + 1);
    Shape single;
    levels_[0][1].push_back(keep(single));
    if (free_signs) negate(levels_[0], levels_[0]);
    for (int d = 1; d <= depth; ++d) deepen();
  }
  const std::vector<const Shape*>& of(int leaves) const { return levels_.back()[static_cast<std::size_t>(leaves)]; }

 private:
  using Level = std::vector<std::vector<const Shape*>>;  // by number of leaves

  const Shape* keep(Shape shape) {
    shapes_.push_back(std::make_unique<Shape>(std::move(shape)));
    return shapes_.back().get();
  }

  // Adds the negation of everything in `of` that is not one itself.
  void negate(const Level of, Level& into) {
    for (std::size_t k = 1; k < of.size(); ++k) {
      for (const Shape* inner : of[k]) {
        if (inner->kind == CriterionKind::Not) continue;
        Shape out;
        out.kind = CriterionKind::Not;
        out.leaves = inner->leaves;
        out.parts = {inner};
        into[k].push_back(keep(std::move(out)));
      }
    }
  }

  void deepen() {
    const Level& below = levels_.back();
    Level level(below.size());
    level[1].push_back(levels_[0][1].front());
    std::vector<const Shape*> all;
    for (const auto& list : below) all.insert(all.end(), list.begin(), list.end());
    std::vector<const Shape*> chosen;
    gather(all, 0, 0, chosen, level);
    negate(free_signs_ ? level : below, level);
    levels_.push_back(std::move(level));
  }

  // Every multiset of two or more shapes, in the order of `all`.
  void gather(const std::vector<const Shape*>& all, std::size_t from, int leaves, std::vector<const Shape*>& chosen,
              Level& level) {
    for (std::size_t i = from; i < all.size() && leaves + all[i]->leaves <= most_leaves_; ++i) {
      chosen.push_back(all[i]);
      const int now = leaves + all[i]->leaves;
      const int parts = static_cast<int>(chosen.size());
      if (parts > 1) {
        Shape out;
        out.leaves = now;
        out.parts = chosen;
        auto& list = level[static_cast<std::size_t>(now)];
        for (const CriterionKind kind : {CriterionKind::All, CriterionKind::Any}) {
          out.kind = kind;
          list.push_back(keep(out));
        }
        out.kind = CriterionKind::AtLeast;
        for (out.n = 2; out.n < parts; ++out.n) list.push_back(keep(out));
      }
      gather(all, i, now, chosen, level);
      chosen.pop_back();
    }
  }

  int most_leaves_;
  bool free_signs_;
  std::vector<Level> levels_;
  std::vector<std::unique_ptr<Shape>> shapes_;
};

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
long compare_all(const std::vector<const Shape*>& shapes, int leaves) {
  const auto knowledge = Knowledge::build({});
  REQUIRE(knowledge);
  CriterionPool pool(**knowledge);
  std::vector<NodeId> roots;
  for (const Shape* shape : shapes) {
    const auto compiled = pool.add(criterion_of(*shape));
    REQUIRE(compiled);
    roots.push_back(compiled->root);
  }
  long compared = 0;
  for (int number = 0; number < power_of_three(leaves); ++number) {
    const Values values = assignment(number);
    const CaseFacts facts = facts_with(values);
    CaseEvaluation evaluation(pool, facts, (*knowledge)->vocabulary());
    for (std::size_t i = 0; i < shapes.size(); ++i, ++compared) {
      if (evaluation.verdict(roots[i]) == verdict_of(bounds_of(*shapes[i], values))) continue;
      FAIL(text_of(*shapes[i]) << " of assignment " << number);
    }
  }
  return compared;
}

void compare_every(const Shapes& shapes, const std::vector<std::size_t>& counts) {
  for (std::size_t leaves = 1; leaves <= counts.size(); ++leaves) {
    const auto& list = shapes.of(static_cast<int>(leaves));
    INFO(leaves << " leaves");
    CHECK(list.size() == counts[leaves - 1]);
    const int assignments = power_of_three(static_cast<int>(leaves));
    CHECK(compare_all(list, static_cast<int>(leaves)) == static_cast<long>(list.size()) * assignments);
  }
}

Shape part_of(CriterionKind kind, std::vector<const Shape*> parts) {
  Shape out;
  out.kind = kind;
  out.leaves = 0;
  for (const Shape* part : parts) out.leaves += part->leaves;
  out.parts = std::move(parts);
  return out;
}

}  // namespace

// The counts are those of a reckoning of their own, by multisets, not by listing.
TEST_CASE("truth tables: every tree of four levels over up to six leaves, a negation being a level") {
  compare_every(Shapes(4, kLeaves, false), {2, 12, 104, 796, 5239, 32872});
}

TEST_CASE("truth tables: every tree of three gates over up to five leaves, any node of it negated or not") {
  compare_every(Shapes(3, 5, true), {2, 12, 120, 1528, 15380});
}

TEST_CASE("truth tables: (A or (B and (C or D))) and (E or F)") {
  using K = CriterionKind;
  const Shape one;
  const Shape c_or_d = part_of(K::Any, {&one, &one});
  const Shape b_and = part_of(K::All, {&one, &c_or_d});
  const Shape a_or = part_of(K::Any, {&one, &b_and});
  const Shape e_or_f = part_of(K::Any, {&one, &one});
  const Shape tree = part_of(K::All, {&a_or, &e_or_f});
  CHECK(text_of(tree) == "all(any(A all(B any(C D))) any(E F))");
  CHECK(compare_all({&tree}, 6) == 729);
  // The two branches of the AND must both hold: an engine that lists paths lets A alone pass.
  const auto knowledge = Knowledge::build({});
  REQUIRE(knowledge);
  CriterionPool pool(**knowledge);
  const auto compiled = pool.add(criterion_of(tree));
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
