// Evaluates compiled trees for one case: verdict, the leaves that explain it, and what stands in the way.
//
// Kleene's logic over the tree itself (M6), never over enumerated paths. One CaseEvaluation belongs to one request
// and one thread; it caches each leaf.
#pragma once

#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "kb/match/compiled.h"

namespace treff::match {

// One leaf as it counts in a tree.
struct TreeLeaf {
  LeafId leaf = 0;
  bool positive = true;  // stands under an even number of negations
};

// Leaves that, if they changed, would open the way; at most two (B2). Ascending ids.
using Obstacles = std::vector<LeafId>;

// Every minimal set of at most two leaves that lifts a node, by size. Sets of more than two are never made, so the work
// is bounded by the square of the number of leaves, however the tree is nested.
struct Ways {
  bool nothing = false;  // it stands already: the empty set, and then no other
  std::vector<LeafId> one;
  std::vector<std::pair<LeafId, LeafId>> two;  // the smaller id first

  static Ways free() {
    Ways out;
    out.nothing = true;
    return out;
  }
  bool none() const { return !nothing && one.empty() && two.empty(); }
};

class CaseEvaluation {
 public:
  CaseEvaluation(const CriterionPool& pool, const CaseFacts& facts, const Vocabulary& words);

  const LeafResult& leaf(LeafId id);
  Verdict verdict(NodeId root);
  // The verdict if every clinical leaf were satisfied: what marker and diagnosis alone say (B8).
  Verdict verdict_of_marker_and_diagnosis(NodeId root, bool positive = true);
  // Whether a diagnosis outside counts as changeable: only where the trial may open a new cohort (B2).
  void set_diagnosis_changeable(bool changeable) { diagnosis_changeable_ = changeable; }
  // The leaves a person needs to see to understand the verdict, in tree order, each once: every part of an `all`,
  // the met parts of a met `any`, all parts of an open or failed one.
  std::vector<TreeLeaf> explaining_leaves(NodeId root);
  // The smallest set of at most two changeable leaves that would make the tree not fail; nullopt if there is none.
  // Of several sets of one size the one with the smallest ids.
  std::optional<Obstacles> smallest_obstacles(NodeId root);

 private:
  template <class Of, class LeafOf>
  Verdict fold(const Node& node, Of of, LeafOf leaf_of);
  // What lifts the node out of NotMet (`wanted` true) or out of Met (false).
  Ways ways(NodeId id, bool wanted);
  Ways ways_of_all(const std::vector<NodeId>& parts, bool wanted);
  Ways ways_of_some(const std::vector<NodeId>& parts, bool wanted, int needed);
  void explain(NodeId id, bool positive, std::vector<TreeLeaf>& out, std::vector<std::pair<LeafId, bool>>& seen);

  const CriterionPool& pool_;
  const CaseFacts& facts_;
  const Vocabulary& words_;
  bool diagnosis_changeable_ = false;
  // Results in the order of first use, and where each leaf's result is (0: not yet asked). The leaves of a revision
  // are many and a case asks few of them, so a leaf costs four bytes until it is asked.
  static constexpr std::size_t kChunk = 64;
  std::vector<std::uint32_t> slots_;
  std::vector<std::vector<LeafResult>> results_;  // kChunk each, reserved: a result never moves
};

}  // namespace treff::match
