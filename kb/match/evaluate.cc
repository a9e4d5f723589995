#include "kb/match/evaluate.h"

#include <algorithm>
#include <utility>

namespace treff::match {
namespace {

constexpr std::size_t kFewLeaves = 8;  // that most criteria have no more of

template <class T>
bool holds(const std::vector<T>& sorted, const T& value) {
  return std::binary_search(sorted.begin(), sorted.end(), value);
}

template <class T>
void sort_out(std::vector<T>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

// Drops every set that holds another one.
Ways minimal(Ways ways) {
  if (ways.nothing) return Ways::free();
  sort_out(ways.one);
  std::erase_if(ways.two,
                [&](const auto& pair) { return holds(ways.one, pair.first) || holds(ways.one, pair.second); });
  sort_out(ways.two);
  return ways;
}

// The unions of one set of each that have at most two members.
Ways combine(const Ways& a, const Ways& b) {
  if (a.nothing) return b;
  if (b.nothing) return a;
  Ways out;
  for (const LeafId x : a.one) {
    for (const LeafId y : b.one) {
      if (x == y) out.one.push_back(x);
      if (x != y) out.two.emplace_back(std::min(x, y), std::max(x, y));
    }
  }
  const auto keep = [&out](const Ways& pairs, const Ways& other) {
    for (const auto& pair : pairs.two) {
      const bool inside = holds(other.one, pair.first) || holds(other.one, pair.second) || holds(other.two, pair);
      if (inside) out.two.push_back(pair);
    }
  };
  keep(a, b);
  keep(b, a);
  return minimal(std::move(out));
}

Ways either(Ways a, const Ways& b) {
  a.nothing = a.nothing || b.nothing;
  a.one.insert(a.one.end(), b.one.begin(), b.one.end());
  a.two.insert(a.two.end(), b.two.begin(), b.two.end());
  return minimal(std::move(a));
}

}  // namespace

CaseEvaluation::CaseEvaluation(const CriterionPool& pool, const CaseFacts& facts, const Vocabulary& words)
    : pool_(pool), facts_(facts), words_(words), slots_(pool.leaves().size()) {}

const LeafResult& CaseEvaluation::leaf(LeafId id) {
  std::uint32_t& slot = slots_[id];
  if (slot == 0) {
    if (results_.empty() || results_.back().size() == kChunk) results_.emplace_back().reserve(kChunk);
    results_.back().push_back(evaluate_leaf(pool_.leaves()[id], facts_, words_));
    slot = static_cast<std::uint32_t>((results_.size() - 1) * kChunk + results_.back().size());
  }
  return results_[(slot - 1) / kChunk][(slot - 1) % kChunk];
}

// Kleene's logic over one node; `of` gives the verdict of a child, `leaf` that of a leaf.
template <class Of, class LeafOf>
Verdict CaseEvaluation::fold(const Node& node, Of of, LeafOf leaf_of) {
  switch (node.kind) {
    case Node::Kind::Leaf: return leaf_of(node.leaf);
    case Node::Kind::Not: return base::negate(of(node.children.front()));
    case Node::Kind::All: {
      Verdict out = Verdict::Met;
      for (const NodeId child : node.children) {
        out = base::all_of(out, of(child));
        if (out == Verdict::NotMet) break;
      }
      return out;
    }
    case Node::Kind::Any: {
      Verdict out = Verdict::NotMet;
      for (const NodeId child : node.children) {
        out = base::any_of(out, of(child));
        if (out == Verdict::Met) break;
      }
      return out;
    }
    case Node::Kind::AtLeast: {
      int met = 0;
      int unknown = 0;
      for (const NodeId child : node.children) {
        const Verdict part = of(child);
        met += part == Verdict::Met ? 1 : 0;
        unknown += part == Verdict::Unknown ? 1 : 0;
      }
      return base::at_least(node.n, met, unknown);
    }
  }
  return Verdict::Unknown;
}

Verdict CaseEvaluation::verdict(NodeId root) {
  if (root == kNoNode) return Verdict::Met;
  return fold(
      pool_.nodes()[root], [this](NodeId child) { return verdict(child); },
      [this](LeafId id) { return leaf(id).verdict; });
}

Verdict CaseEvaluation::verdict_of_marker_and_diagnosis(NodeId root, bool positive) {
  if (root == kNoNode) return Verdict::Met;
  const Node& node = pool_.nodes()[root];
  const bool child_sign = node.kind == Node::Kind::Not ? !positive : positive;
  return fold(
      node, [&](NodeId child) { return verdict_of_marker_and_diagnosis(child, child_sign); },
      [&](LeafId id) {
        if (pool_.leaves()[id].is_clinical()) return positive ? Verdict::Met : Verdict::NotMet;
        return leaf(id).verdict;
      });
}

std::vector<TreeLeaf> CaseEvaluation::explaining_leaves(NodeId root) {
  std::vector<TreeLeaf> out;
  std::vector<std::pair<LeafId, bool>> seen;
  out.reserve(kFewLeaves);
  seen.reserve(kFewLeaves);
  if (root != kNoNode) explain(root, true, out, seen);
  return out;
}

void CaseEvaluation::explain(NodeId id, bool positive, std::vector<TreeLeaf>& out,
                             std::vector<std::pair<LeafId, bool>>& seen) {
  const Node& node = pool_.nodes()[id];
  if (node.kind == Node::Kind::Leaf) {
    const std::pair<LeafId, bool> one{node.leaf, positive};
    const auto at = std::lower_bound(seen.begin(), seen.end(), one);
    if (at != seen.end() && *at == one) return;
    seen.insert(at, one);
    out.push_back({node.leaf, positive});
    return;
  }
  const bool child_sign = node.kind == Node::Kind::Not ? !positive : positive;
  const bool choice = node.kind == Node::Kind::Any || node.kind == Node::Kind::AtLeast;
  const bool only_met = choice && verdict(id) == Verdict::Met;
  for (const NodeId child : node.children) {
    if (only_met && verdict(child) != Verdict::Met) continue;
    explain(child, child_sign, out, seen);
  }
}

std::optional<Obstacles> CaseEvaluation::smallest_obstacles(NodeId root) {
  if (root == kNoNode) return Obstacles{};
  const Ways found = ways(root, true);
  if (found.nothing) return Obstacles{};
  if (!found.one.empty()) return Obstacles{found.one.front()};
  if (!found.two.empty()) return Obstacles{found.two.front().first, found.two.front().second};
  return std::nullopt;
}

Ways CaseEvaluation::ways(NodeId id, bool wanted) {
  const Verdict now = verdict(id);
  if (now != (wanted ? Verdict::NotMet : Verdict::Met)) return Ways::free();
  const Node& node = pool_.nodes()[id];
  switch (node.kind) {
    case Node::Kind::Leaf: {
      if (pool_.leaves()[node.leaf].is_diagnosis() && !diagnosis_changeable_) return {};
      if (!is_changeable(pool_.leaves()[node.leaf], leaf(node.leaf), facts_, wanted)) return {};
      Ways out;
      out.one = {node.leaf};
      return out;
    }
    case Node::Kind::Not: return ways(node.children.front(), !wanted);
    case Node::Kind::All: return wanted ? ways_of_all(node.children, true) : ways_of_some(node.children, false, 1);
    case Node::Kind::Any: return wanted ? ways_of_some(node.children, true, 1) : ways_of_all(node.children, false);
    case Node::Kind::AtLeast: {
      const int total = static_cast<int>(node.children.size());
      return ways_of_some(node.children, wanted, wanted ? node.n : total - node.n + 1);
    }
  }
  return {};
}

Ways CaseEvaluation::ways_of_all(const std::vector<NodeId>& parts, bool wanted) {
  Ways out = Ways::free();
  for (const NodeId part : parts) {
    if (verdict(part) != (wanted ? Verdict::NotMet : Verdict::Met)) continue;  // nothing to lift
    out = combine(out, ways(part, wanted));
    if (out.none()) break;
  }
  return out;
}

// Lifts at least `needed` of the parts. by_count[k]: the sets that lift k of the parts seen so far.
Ways CaseEvaluation::ways_of_some(const std::vector<NodeId>& parts, bool wanted, int needed) {
  std::vector<Ways> by_count(static_cast<std::size_t>(needed) + 1);
  by_count[0] = Ways::free();
  for (const NodeId part : parts) {
    const Ways lifted = ways(part, wanted);
    if (lifted.none()) continue;
    for (std::size_t k = by_count.size() - 1; k > 0; --k) {
      if (by_count[k - 1].none()) continue;
      by_count[k] = either(std::move(by_count[k]), combine(by_count[k - 1], lifted));
    }
  }
  return by_count.back();
}

}  // namespace treff::match
