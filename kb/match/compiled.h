// Every criterion of a revision, flattened, with each distinct leaf held once.
//
// A case evaluates each distinct leaf at most once, however many cohorts ask for it. Text rules (C2) are taken out of
// the trees here, so that nothing a person must check can ever enter a verdict. Immutable after build; thread-safe.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <unordered_map>
#include <vector>

#include "kb/base/result.h"
#include "kb/match/knowledge.h"
#include "kb/match/leaf.h"
#include "kb/model/criterion.h"

namespace treff::match {

using LeafId = std::uint32_t;
using NodeId = std::uint32_t;

// Always met: the tree of a criterion that holds text rules only.
inline constexpr NodeId kNoNode = std::numeric_limits<NodeId>::max();

struct Node {
  enum class Kind : std::uint8_t { All, Any, Not, AtLeast, Leaf } kind = Kind::Leaf;
  int n = 0;                     // AtLeast
  LeafId leaf = 0;               // Leaf
  std::vector<NodeId> children;  // All, Any, AtLeast, Not (one)
};

// One criterion of the pool and the questions that were taken out of it.
struct CompiledCriterion {
  NodeId root = kNoNode;
  std::vector<model::TextRule> asks;
  bool inferred = false;  // a target it refers to is only inferred (B2)
  model::Confidence weakest_target = model::Confidence::Quoted;
  int leaves = 0;  // with every target written out, as often as it stands
};

class CriterionPool {
 public:
  explicit CriterionPool(const Knowledge& knowledge) : knowledge_(knowledge) {}

  // Expands targets, splits clinical conditions, resolves diagnosis codes. Errors: a target that holds itself (Cycle),
  // and a tree that with its targets written out is over the bounds of the language (TooDeep, TooLarge), so that
  // matching never meets one.
  Result<CompiledCriterion> add(const model::Criterion& criterion);
  // "The patient has not said no to this trial" (C1).
  NodeId add_consent(const std::string& trial);
  // All of the given trees; kNoNode members are skipped.
  NodeId add_all(const std::vector<NodeId>& parts);

  const std::vector<Node>& nodes() const { return nodes_; }
  const std::vector<Leaf>& leaves() const { return leaves_; }
  // Distinct leaves below `root`, with the sign under which they stand (a leaf may stand under both).
  struct SignedLeaf {
    LeafId leaf = 0;
    bool positive = true;
  };
  std::vector<SignedLeaf> leaves_below(NodeId root) const;

 private:
  // Where the walk is, and what it gathers that is not a node: questions and the targets' confidence.
  struct Walk {
    CompiledCriterion& into;
    std::vector<std::string> inside;  // targets around, outermost first
  };
  Result<NodeId> add_node(const model::Criterion& criterion, int depth, Walk& walk);
  Result<NodeId> add_target(const std::string& id, int depth, Walk& walk);
  Result<NodeId> add_parts(const model::Criterion& criterion, int depth, Walk& walk);
  Result<NodeId> add_diagnosis(const model::DiagnosisCondition& condition);
  NodeId add_clinical(const model::ClinicalCondition& condition);
  NodeId add_clinical_leaf(ClinicalLeaf leaf, std::string text);
  NodeId add_leaf(Leaf leaf);
  NodeId push(Node node);

  const Knowledge& knowledge_;
  std::vector<Node> nodes_;
  std::vector<Leaf> leaves_;
  std::unordered_map<std::string, NodeId> leaf_nodes_;  // canonical text of a leaf -> its node
};

// English words of a leaf as shown in reasons.
std::string to_text(const model::BiomarkerCondition& condition);

}  // namespace treff::match
