// Near misses (B2): the engine's smallest set of obstacles against trying out every set of one and of two.
#include "kb/match/evaluate.h"

#include <array>
#include <catch2/catch.hpp>
#include <set>

#include "tests/kb/match/random_world.h"

namespace treff::match {
namespace {

using model::Criterion;
using model::CriterionKind;
using random_world::Dice;

// Conditions over few values, so that one leaf stands in several places of a tree, under both signs.
Criterion random_condition(Dice& dice) {
  model::ClinicalCondition condition;
  switch (dice.below(6)) {
    case 0: condition.ecog = model::Range<int>{{}, dice.below(3)}; break;
    case 1: condition.age_years = model::Range<int>{17 + dice.below(3), {}}; break;
    case 2: condition.prior_lines = model::Range<int>{1 + dice.below(2), {}}; break;
    case 3: condition.sex = model::Sex::Female; break;
    case 4: condition.disease_extent = {"metastatic"}; break;
    default: condition.regions = {"north"}; break;
  }
  Criterion out;
  out.kind = CriterionKind::Clinical;
  out.leaf = std::move(condition);
  return out;
}

Criterion random_tree(Dice& dice, int depth) {
  if (depth == 0 || dice.chance(20)) return random_condition(dice);
  static const std::vector<CriterionKind> kinds = {CriterionKind::All, CriterionKind::All, CriterionKind::Any,
                                                   CriterionKind::Not, CriterionKind::AtLeast};
  Criterion out;
  out.kind = dice.of(kinds);
  const int parts = out.kind == CriterionKind::Not ? 1 : 1 + dice.below(4);
  for (int i = 0; i < parts; ++i) out.parts.push_back(random_tree(dice, depth - 1));
  if (out.kind == CriterionKind::AtLeast) out.n = 1 + dice.below(parts);
  return out;
}

CaseFacts random_facts(Dice& dice) {
  CaseFacts out;
  if (dice.chance(80)) out.ecog = dice.below(4);
  if (dice.chance(80)) out.age_years = 16 + dice.below(4);
  if (dice.chance(80)) out.prior_lines = dice.below(3);
  if (dice.chance(80)) out.sex = dice.chance(50) ? model::Sex::Female : model::Sex::Male;
  if (dice.chance(80)) out.disease_extent = dice.chance(50) ? "metastatic" : "localised";
  if (dice.chance(80)) out.region = dice.chance(50) ? "north" : "west";
  return out;
}

class BruteForce {
 public:
  BruteForce(const CriterionPool& pool, CaseEvaluation& evaluation, const CaseFacts& facts)
      : pool_(pool), evaluation_(evaluation), facts_(facts) {}

  Verdict verdict_if_open(NodeId id, const std::set<LeafId>& open) {
    const Node& node = pool_.nodes()[id];
    if (node.kind == Node::Kind::Leaf) {
      return open.count(node.leaf) == 1 ? Verdict::Unknown : evaluation_.leaf(node.leaf).verdict;
    }
    int met = 0, unknown = 0;
    for (const NodeId child : node.children) {
      const Verdict verdict = verdict_if_open(child, open);
      met += verdict == Verdict::Met ? 1 : 0;
      unknown += verdict == Verdict::Unknown ? 1 : 0;
    }
    const int parts = static_cast<int>(node.children.size());
    if (node.kind == Node::Kind::Not) return base::negate(base::at_least(1, met, unknown));
    const int needed = node.kind == Node::Kind::All ? parts : node.kind == Node::Kind::Any ? 1 : node.n;
    return base::at_least(needed, met, unknown);
  }

  std::set<LeafId> changeable(NodeId root) {
    std::set<LeafId> out;
    for (const auto& [leaf, positive] : pool_.leaves_below(root)) {
      const LeafResult& result = evaluation_.leaf(leaf);
      const bool in_the_way = result.verdict == (positive ? Verdict::NotMet : Verdict::Met);
      if (in_the_way && is_changeable(pool_.leaves()[leaf], result, facts_, positive)) out.insert(leaf);
    }
    return out;
  }

  // Size of the smallest set, 0 if none of one or two lifts the tree.
  std::size_t smallest(NodeId root) {
    const std::set<LeafId> leaves = changeable(root);
    for (const LeafId one : leaves) {
      if (verdict_if_open(root, {one}) != Verdict::NotMet) return 1;
    }
    for (const LeafId one : leaves) {
      for (const LeafId other : leaves) {
        if (one < other && verdict_if_open(root, {one, other}) != Verdict::NotMet) return 2;
      }
    }
    return 0;
  }

 private:
  const CriterionPool& pool_;
  CaseEvaluation& evaluation_;
  const CaseFacts& facts_;
};

}  // namespace

TEST_CASE("B2: the smallest obstacles are those that trying out finds") {
  const auto knowledge = Knowledge::build({});
  REQUIRE(knowledge);
  constexpr std::uint64_t kSeed = 2026;
  INFO("seed " << kSeed);
  Dice dice(kSeed);
  std::array<int, 3> sizes = {0, 0, 0};
  for (int round = 0; round < 20000; ++round) {
    CriterionPool pool(**knowledge);
    const auto compiled = pool.add(random_tree(dice, 4));
    REQUIRE(compiled);
    const CaseFacts facts = random_facts(dice);
    CaseEvaluation evaluation(pool, facts, (*knowledge)->vocabulary());
    if (evaluation.verdict(compiled->root) != Verdict::NotMet) continue;
    BruteForce brute(pool, evaluation, facts);
    const std::size_t wanted = brute.smallest(compiled->root);
    const auto found = evaluation.smallest_obstacles(compiled->root);
    INFO("round " << round);
    REQUIRE((found ? found->size() : 0) == wanted);
    ++sizes[wanted];
    if (!found) continue;
    const std::set<LeafId> open(found->begin(), found->end());
    REQUIRE(brute.verdict_if_open(compiled->root, open) != Verdict::NotMet);
  }
  for (const int count : sizes) CHECK(count > 200);
}

namespace {

Criterion lines_condition(int at_least) {
  Criterion out;
  out.kind = CriterionKind::Clinical;
  model::ClinicalCondition condition;
  condition.prior_lines = model::Range<int>{at_least, {}};
  out.leaf = std::move(condition);
  return out;
}

// `leaves` different conditions that all fail and all may change, parted at random into nested all, any and at least.
Criterion wide_tree(Dice& dice, int first, int leaves, int depth) {
  if (leaves == 1) return lines_condition(first);
  Criterion out;
  static const std::vector<CriterionKind> kinds = {CriterionKind::All, CriterionKind::Any, CriterionKind::Any,
                                                   CriterionKind::AtLeast};
  out.kind = dice.of(kinds);
  for (int done = 0; done < leaves;) {
    const int part = depth == 1 ? 1 : std::min(leaves - done, 1 + dice.below(leaves / 2 + 1));
    out.parts.push_back(wide_tree(dice, first + done, part, depth - 1));
    done += part;
  }
  if (out.kind == CriterionKind::AtLeast) out.n = 1 + dice.below(std::min<int>(4, static_cast<int>(out.parts.size())));
  return out;
}

}  // namespace

TEST_CASE("B2: forty conditions nested deeply have the obstacles that trying out every pair finds") {
  const auto knowledge = Knowledge::build({});
  REQUIRE(knowledge);
  constexpr std::uint64_t kSeed = 40;
  INFO("seed " << kSeed);
  Dice dice(kSeed);
  CaseFacts facts;
  facts.prior_lines = 0;
  std::array<int, 3> sizes = {0, 0, 0};
  for (int round = 0; round < 400; ++round) {
    CriterionPool pool(**knowledge);
    const auto compiled = pool.add(wide_tree(dice, 1, 40, 2 + dice.below(6)));
    REQUIRE(compiled);
    REQUIRE(compiled->leaves == 40);
    CaseEvaluation evaluation(pool, facts, (*knowledge)->vocabulary());
    REQUIRE(evaluation.verdict(compiled->root) == Verdict::NotMet);
    const std::size_t wanted = BruteForce(pool, evaluation, facts).smallest(compiled->root);
    const auto found = evaluation.smallest_obstacles(compiled->root);
    INFO("round " << round);
    REQUIRE((found ? found->size() : 0) == wanted);
    ++sizes[wanted];
  }
  for (const int count : sizes) CHECK(count > 20);
}

TEST_CASE("section 9: the bounds of a criterion hold with its targets written out, and are refused before matching") {
  const auto target = [](const std::string& id, Criterion rule) {
    model::Target out;
    out.id = id;
    out.criterion = std::move(rule);
    return model::Record(out);
  };
  const auto ref = [](const std::string& id) {
    Criterion out;
    out.kind = CriterionKind::Target;
    out.target = id;
    return out;
  };
  const auto gate = [](CriterionKind kind, std::vector<Criterion> parts) {
    Criterion out;
    out.kind = kind;
    out.parts = std::move(parts);
    return out;
  };
  // t0 has one condition, every further target twice the one before: t8 has 256, t9 has 512.
  std::vector<model::Record> records = {target("t0", lines_condition(1))};
  for (int i = 1; i <= 40; ++i) {
    const std::string before = "t" + std::to_string(i - 1);
    records.push_back(target("t" + std::to_string(i), gate(CriterionKind::All, {ref(before), ref(before)})));
  }
  // d0 has one level, every further target one more.
  records.push_back(target("d0", lines_condition(1)));
  for (int i = 1; i <= 16; ++i)
    records.push_back(target("d" + std::to_string(i), gate(CriterionKind::Not, {ref("d" + std::to_string(i - 1))})));
  records.push_back(target("round-a", gate(CriterionKind::Any, {ref("round-b"), lines_condition(1)})));
  records.push_back(target("round-b", gate(CriterionKind::Not, {ref("round-a")})));
  const auto knowledge = Knowledge::build(std::move(records));
  REQUIRE(knowledge);
  struct Row {
    const char* target;
    std::optional<ErrorCode> refused;
  };
  const Row rows[] = {{"t8", {}},
                      {"t9", ErrorCode::TooLarge},
                      {"t40", ErrorCode::TooDeep},
                      {"d15", {}},
                      {"d16", ErrorCode::TooDeep},
                      {"round-a", ErrorCode::Cycle},
                      {"nowhere", ErrorCode::DanglingId}};
  for (const Row& row : rows) {
    INFO(row.target);
    CriterionPool pool(**knowledge);
    const auto compiled = pool.add(ref(row.target));
    REQUIRE(compiled.has_value() == !row.refused.has_value());
    if (!compiled) CHECK(compiled.error().code == *row.refused);
    CHECK(pool.nodes().size() < 2000);
  }
}

TEST_CASE("what explains a verdict: all parts of an `all`, the met parts of a met `any`") {
  const auto knowledge = Knowledge::build({});
  REQUIRE(knowledge);
  CriterionPool pool(**knowledge);
  const auto clinical = [](auto set) {
    Criterion out;
    out.kind = CriterionKind::Clinical;
    model::ClinicalCondition condition;
    set(condition);
    out.leaf = condition;
    return out;
  };
  Criterion any;
  any.kind = CriterionKind::Any;
  any.parts = {clinical([](auto& c) {
                 c.ecog = model::Range<int>{{}, 1};
               }),
               clinical([](auto& c) { c.sex = model::Sex::Female; })};
  Criterion not_region;
  not_region.kind = CriterionKind::Not;
  not_region.parts = {clinical([](auto& c) { c.regions = {"north"}; })};
  Criterion all;
  all.kind = CriterionKind::All;
  all.parts = {any, not_region};
  const auto compiled = pool.add(all);
  REQUIRE(compiled);
  CaseFacts facts;
  facts.ecog = 1;
  facts.sex = model::Sex::Male;
  CaseEvaluation evaluation(pool, facts, (*knowledge)->vocabulary());
  const auto leaves = evaluation.explaining_leaves(compiled->root);
  REQUIRE(leaves.size() == 2);
  CHECK(pool.leaves()[leaves[0].leaf].text == "ECOG <= 1");
  CHECK(leaves[0].positive);
  CHECK(pool.leaves()[leaves[1].leaf].text == "region north");
  CHECK_FALSE(leaves[1].positive);
}

}  // namespace treff::match
