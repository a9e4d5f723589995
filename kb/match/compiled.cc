#include "kb/match/compiled.h"

#include <algorithm>
#include <set>
#include <utility>

#include "kb/base/text.h"
#include "kb/model/codec.h"
#include "kb/model/references.h"

namespace treff::match {
namespace {

using model::CriterionKind;

// A key that is equal exactly for leaves that ask the same, whatever record they stand in.
std::string key_of(const model::Criterion& leaf) { return model::encode_criterion(leaf); }

std::string range_text(const std::string& name, const model::Range<int>& range) {
  if (range.min && range.max) return name + " " + std::to_string(*range.min) + "-" + std::to_string(*range.max);
  if (range.min) return name + " >= " + std::to_string(*range.min);
  return name + " <= " + std::to_string(range.max.value_or(0));
}

}  // namespace

std::string to_text(const model::BiomarkerCondition& condition) {
  std::string text(base::name_of(condition.name));
  for (char& c : text) {
    if (c == '_') c = ' ';
  }
  text = base::to_upper_ascii(text);
  if (condition.is) return text + " " + std::string(base::name_of(*condition.is));
  if (condition.op && condition.value) {
    text += " " + std::string(base::name_of(*condition.op)) + " " + base::to_text(*condition.value);
    if (condition.unit == "per_mb") text += " per Mb";
    if (condition.unit == "pct") text += " %";
  }
  if (!condition.assay.empty()) text += " on " + condition.assay;
  return text;
}

NodeId CriterionPool::push(Node node) {
  nodes_.push_back(std::move(node));
  return static_cast<NodeId>(nodes_.size() - 1);
}

NodeId CriterionPool::add_leaf(Leaf leaf) {
  leaves_.push_back(std::move(leaf));
  Node node;
  node.leaf = static_cast<LeafId>(leaves_.size() - 1);
  return push(std::move(node));
}

NodeId CriterionPool::add_all(const std::vector<NodeId>& parts) {
  Node node;
  node.kind = Node::Kind::All;
  for (const NodeId part : parts) {
    if (part != kNoNode) node.children.push_back(part);
  }
  if (node.children.empty()) return kNoNode;
  if (node.children.size() == 1) return node.children.front();
  return push(std::move(node));
}

Result<CompiledCriterion> CriterionPool::add(const model::Criterion& criterion) {
  CompiledCriterion out;
  Walk walk{out, {}};
  Result<NodeId> root = add_node(criterion, 1, walk);
  if (!root) return fail(root.error());
  out.root = *root;
  return out;
}

Result<NodeId> CriterionPool::add_target(const std::string& id, int depth, Walk& walk) {
  const auto* target = knowledge_.find_as<model::Target>(model::RecordKind::Target, id);
  if (target == nullptr) return fail(ErrorCode::DanglingId, "there is no target '" + id + "'");
  if (std::find(walk.inside.begin(), walk.inside.end(), id) != walk.inside.end()) {
    return fail(ErrorCode::Cycle, "the target '" + id + "' holds itself: " + base::join(walk.inside, " > "), id);
  }
  walk.into.inferred = walk.into.inferred || target->confidence == model::Confidence::Inferred;
  walk.into.weakest_target = std::max(walk.into.weakest_target, target->confidence);
  walk.inside.push_back(id);
  Result<NodeId> root = add_node(target->criterion, depth, walk);  // its tree takes its place
  walk.inside.pop_back();
  return root;
}

Result<NodeId> CriterionPool::add_node(const model::Criterion& criterion, int depth, Walk& walk) {
  if (depth > model::kMaxCriterionDepth) {
    return fail(ErrorCode::TooDeep, "with its targets written out the criterion is nested too deeply", {},
                "at most " + std::to_string(model::kMaxCriterionDepth) + " levels");
  }
  const bool leaf_here = model::kCriterionKinds[static_cast<std::size_t>(criterion.kind)].leaf;
  if (leaf_here) walk.into.leaves += model::size_of(criterion).leaves;
  if (walk.into.leaves > model::kMaxCriterionLeaves) {
    return fail(ErrorCode::TooLarge, "with its targets written out the criterion has too many conditions", {},
                "at most " + std::to_string(model::kMaxCriterionLeaves));
  }
  switch (criterion.kind) {
    case CriterionKind::All:
    case CriterionKind::Any:
    case CriterionKind::Not:
    case CriterionKind::AtLeast: return add_parts(criterion, depth, walk);
    case CriterionKind::Target: return add_target(criterion.target, depth, walk);
    case CriterionKind::Diagnosis: return add_diagnosis(std::get<model::DiagnosisCondition>(criterion.leaf));
    case CriterionKind::Clinical: return add_clinical(std::get<model::ClinicalCondition>(criterion.leaf));
    case CriterionKind::Text: walk.into.asks.push_back(std::get<model::TextRule>(criterion.leaf)); return kNoNode;
    case CriterionKind::Variant:
    case CriterionKind::Biomarker: break;
  }
  const auto [it, inserted] = leaf_nodes_.try_emplace(key_of(criterion), kNoNode);
  if (inserted) {
    Leaf leaf;
    if (const auto* variant = std::get_if<nomenclature::VariantClass>(&criterion.leaf)) {
      leaf.text = nomenclature::to_text(*variant);
      leaf.what = *variant;
    } else {
      const auto& biomarker = std::get<model::BiomarkerCondition>(criterion.leaf);
      leaf.text = to_text(biomarker);
      leaf.what = biomarker;
    }
    it->second = add_leaf(std::move(leaf));
  }
  return it->second;
}

Result<NodeId> CriterionPool::add_parts(const model::Criterion& criterion, int depth, Walk& walk) {
  Node node;
  node.n = criterion.n;
  for (const model::Criterion& part : criterion.parts) {
    Result<NodeId> child = add_node(part, depth + 1, walk);
    if (!child) return child;
    if (*child != kNoNode) node.children.push_back(*child);
  }
  if (node.children.empty()) return kNoNode;
  switch (criterion.kind) {
    case CriterionKind::Any: node.kind = Node::Kind::Any; break;
    case CriterionKind::Not: node.kind = Node::Kind::Not; break;
    case CriterionKind::AtLeast:
      // A text rule among the parts is asked, not counted.
      node.kind = Node::Kind::AtLeast;
      node.n = std::min(node.n, static_cast<int>(node.children.size()));
      break;
    case CriterionKind::All:
    case CriterionKind::Target:
    case CriterionKind::Variant:
    case CriterionKind::Biomarker:
    case CriterionKind::Diagnosis:
    case CriterionKind::Clinical:
    case CriterionKind::Text: node.kind = Node::Kind::All; break;
  }
  return push(std::move(node));
}

Result<NodeId> CriterionPool::add_diagnosis(const model::DiagnosisCondition& condition) {
  model::Criterion as_criterion;
  as_criterion.kind = CriterionKind::Diagnosis;
  as_criterion.leaf = condition;
  const auto [it, inserted] = leaf_nodes_.try_emplace(key_of(as_criterion), kNoNode);
  if (!inserted) return it->second;
  DiagnosisLeaf leaf;
  const auto resolve = [&](const std::vector<std::string>& codes, std::vector<DiagnosisLeaf::Entry>& out) -> Status {
    using Word = DiagnosisLeaf::Entry::Word;
    for (const std::string& code : codes) {
      DiagnosisLeaf::Entry entry;
      if (code == "solid") {
        entry.word = Word::Solid;
      } else if (code == "haematological") {
        entry.word = Word::Haematological;
      } else if (code == "any") {
        entry.word = Word::Any;
      } else {
        const auto node = knowledge_.vocabulary().diagnoses.by_oncotree(code);
        if (!node) return fail(node.error());
        entry.node = *node;
      }
      out.push_back(entry);
    }
    return {};
  };
  if (const Status status = resolve(condition.any_of, leaf.any_of); !status) return fail(status.error());
  if (const Status status = resolve(condition.none_of, leaf.none_of); !status) return fail(status.error());
  std::string text = condition.any_of.empty() ? "any tumour" : base::join(condition.any_of, " or ");
  if (!condition.none_of.empty()) text += " except " + base::join(condition.none_of, ", ");
  it->second = add_leaf(Leaf{std::move(leaf), std::move(text)});
  return it->second;
}

NodeId CriterionPool::add_clinical_leaf(ClinicalLeaf leaf, std::string text) {
  // The same word may name a drug and a class.
  const char* of = leaf.treatment.drug.empty() ? "clinical " : "clinical drug ";
  const auto [it, inserted] = leaf_nodes_.try_emplace(of + text, kNoNode);
  if (inserted) it->second = add_leaf(Leaf{std::move(leaf), std::move(text)});
  return it->second;
}

NodeId CriterionPool::add_clinical(const model::ClinicalCondition& condition) {
  std::vector<NodeId> parts;
  const auto with_range = [&](ClinicalKind kind, const std::optional<model::Range<int>>& range, const char* name) {
    if (!range) return;
    ClinicalLeaf leaf;
    leaf.kind = kind;
    leaf.range = *range;
    parts.push_back(add_clinical_leaf(leaf, range_text(name, *range)));
  };
  const auto with_values = [&](ClinicalKind kind, const std::vector<std::string>& values, const char* name) {
    if (values.empty()) return;
    ClinicalLeaf leaf;
    leaf.kind = kind;
    leaf.values = values;
    parts.push_back(add_clinical_leaf(leaf, std::string(name) + " " + base::join(values, " or ")));
  };
  const auto with_flag = [&](ClinicalKind kind, const std::optional<bool>& wanted, const char* yes, const char* no) {
    if (!wanted) return;
    ClinicalLeaf leaf;
    leaf.kind = kind;
    leaf.wanted = *wanted;
    parts.push_back(add_clinical_leaf(leaf, *wanted ? yes : no));
  };
  with_range(ClinicalKind::Age, condition.age_years, "age");
  if (condition.age_exact) {
    ClinicalLeaf leaf;
    leaf.kind = ClinicalKind::AgeExact;
    leaf.age = *condition.age_exact;
    const std::string op(base::name_of(leaf.age.op));
    parts.push_back(add_clinical_leaf(leaf, "age " + op + " " + base::to_text(leaf.age.years) + " years"));
  }
  if (condition.sex) {
    ClinicalLeaf leaf;
    leaf.kind = ClinicalKind::Sex;
    leaf.sex = *condition.sex;
    parts.push_back(add_clinical_leaf(leaf, "sex " + std::string(base::name_of(*condition.sex))));
  }
  with_range(ClinicalKind::Ecog, condition.ecog, "ECOG");
  with_values(ClinicalKind::DiseaseExtent, condition.disease_extent, "disease extent");
  with_flag(ClinicalKind::MeasurableDisease, condition.measurable_disease, "measurable disease",
            "no measurable disease");
  with_range(ClinicalKind::PriorLines, condition.prior_lines, "prior lines");
  for (const model::PriorTreatmentCondition& treatment : condition.prior_treatments) {
    ClinicalLeaf leaf;
    leaf.kind = ClinicalKind::PriorTreatment;
    leaf.treatment = treatment;
    const std::string what = treatment.drug.empty() ? treatment.drug_class : treatment.drug;
    std::string use(base::name_of(treatment.use));
    std::replace(use.begin(), use.end(), '_', ' ');
    parts.push_back(add_clinical_leaf(leaf, use + " " + what));
  }
  with_flag(ClinicalKind::StandardTreatmentExhausted, condition.standard_treatment_exhausted,
            "standard treatment exhausted", "standard treatment not exhausted");
  with_values(ClinicalKind::Region, condition.regions, "region");
  return add_all(parts);
}

NodeId CriterionPool::add_consent(const std::string& trial) {
  ClinicalLeaf leaf;
  leaf.kind = ClinicalKind::Consent;
  leaf.trial = trial;
  return add_clinical_leaf(leaf, "consent not withheld from " + trial);
}

std::vector<CriterionPool::SignedLeaf> CriterionPool::leaves_below(NodeId root) const {
  std::vector<SignedLeaf> out;
  if (root == kNoNode) return out;
  std::set<std::pair<LeafId, bool>> seen;
  std::vector<std::pair<NodeId, bool>> open = {{root, true}};
  while (!open.empty()) {
    const auto [id, positive] = open.back();
    open.pop_back();
    const Node& node = nodes_[id];
    if (node.kind == Node::Kind::Leaf) {
      if (seen.emplace(node.leaf, positive).second) out.push_back({node.leaf, positive});
      continue;
    }
    const bool child_sign = node.kind == Node::Kind::Not ? !positive : positive;
    for (auto it = node.children.rbegin(); it != node.children.rend(); ++it) open.emplace_back(*it, child_sign);
  }
  return out;
}

}  // namespace treff::match
