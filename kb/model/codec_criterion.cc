// The criterion language in JSON (MATCHING.md section 9): one key a node.
#include <algorithm>
#include <utility>

#include "kb/base/text.h"
#include "kb/model/codec.h"
#include "kb/model/codec_class.h"
#include "kb/model/codec_fields.h"
#include "kb/model/criterion_fields.h"
#include "kb/model/references.h"

namespace treff::model {

using nomenclature::BiomarkerState;
using nomenclature::VariantClass;

template <>
struct Codec<BiomarkerCondition> {
  static void read(Reader& reader, const Node& node, const Place& at, BiomarkerCondition& out);
  static Node write(const BiomarkerCondition& condition) { return write_struct(condition); }
};

namespace {

constexpr std::size_t kMaxTextBytes = 20000;

constexpr auto kNodeKeys = [] {
  std::array<std::string_view, kCriterionKinds.size()> keys{};
  for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = kCriterionKinds[i].key;
  return keys;
}();

void read_tree(Reader& reader, const Node& node, const Place& at, Criterion& out);

void read_parts(Reader& reader, const Node& node, const Place& at, std::vector<Criterion>& out) {
  if (!reader.expect(NodeType::List, node, at)) return;
  if (node.parts.empty()) {
    reader.fail(ErrorCode::InvalidValue, at, "an empty list of criteria", {}, "give at least one criterion");
  }
  out.resize(node.parts.size());
  for (std::size_t i = 0; i < node.parts.size(); ++i) read_tree(reader, node.parts[i], at.below(i), out[i]);
}

void read_at_least(Reader& reader, const Node& node, const Place& at, Criterion& out) {
  static constexpr std::array<std::string_view, 2> kKeys = {"n", "of"};
  if (!reader.expect(NodeType::Object, node, at)) return;
  reader.refuse_unknown(node, at, kKeys);
  const Node* of = node.find("of");
  const Node* n = node.find("n");
  if (of == nullptr) reader.missing(at, "of");
  if (n == nullptr) reader.missing(at, "n");
  if (of != nullptr) read_parts(reader, *of, at.below("of"), out.parts);
  const double most = out.parts.empty() ? 1 : static_cast<double>(out.parts.size());
  if (n != nullptr) reader.read(*n, at.below("n"), Limits{1, most}, out.n);
}

void read_target(Reader& reader, const Node& node, const Place& at, std::string& out) {
  if (!reader.read(node, at, out) || base::is_slug(out)) return;
  reader.fail(ErrorCode::InvalidValue, at, "not the id of a target record", out,
              "ids are lower-case letters, digits and single '-' or '.'");
}

// A list without entries states nothing, and a condition that states nothing would be met by everybody.
void check_diagnosis(Reader& reader, const Node& node, const DiagnosisCondition& diagnosis, const Place& at) {
  if (node.type != NodeType::Object || !diagnosis.any_of.empty() || !diagnosis.none_of.empty()) return;
  reader.missing(at, "any_of", "give any_of, none_of or both, with at least one diagnosis");
}

void check_prior(Reader& reader, const PriorTreatmentCondition& prior, const Place& at) {
  if (prior.drug.empty() == prior.drug_class.empty()) {
    reader.fail(ErrorCode::InvalidValue, at, "exactly one of drug and drug_class is needed", prior.drug);
  }
}

void check_clinical(Reader& reader, const Node& node, const ClinicalCondition& clinical, const Place& at) {
  if (node.type != NodeType::Object) return;
  if (write_struct(clinical).parts.empty()) {
    reader.fail(ErrorCode::InvalidValue, at, "an empty clinical condition", {}, "give at least one key");
  }
  if (clinical.sex == Sex::Unstated) {
    reader.fail(ErrorCode::InvalidValue, at.below("sex"), "a condition on sex is female or male", "unstated",
                "leave the key out");
  }
  const Place list = at.below("prior_treatments");
  for (std::size_t i = 0; i < clinical.prior_treatments.size(); ++i) {
    check_prior(reader, clinical.prior_treatments[i], list.below(i));
  }
}

template <class Leaf>
void read_leaf(Reader& reader, const Node& node, const Place& at, Criterion& out) {
  Leaf leaf;
  const std::size_t errors = reader.error_count();
  if constexpr (HasCodec<Leaf>) {
    Codec<Leaf>::read(reader, node, at, leaf);
  } else {
    read_struct(reader, node, at, leaf);
  }
  if (reader.error_count() == errors) {
    if constexpr (std::is_same_v<Leaf, DiagnosisCondition>) check_diagnosis(reader, node, leaf, at);
    if constexpr (std::is_same_v<Leaf, ClinicalCondition>) check_clinical(reader, node, leaf, at);
  }
  out.leaf = std::move(leaf);
}

void read_kind(Reader& reader, const Node& node, const Place& at, Criterion& out) {
  switch (out.kind) {
    case CriterionKind::All:
    case CriterionKind::Any: return read_parts(reader, node, at, out.parts);
    case CriterionKind::Not: return read_tree(reader, node, at, out.parts.emplace_back());
    case CriterionKind::AtLeast: return read_at_least(reader, node, at, out);
    case CriterionKind::Target: return read_target(reader, node, at, out.target);
    case CriterionKind::Variant: return read_leaf<VariantClass>(reader, node, at, out);
    case CriterionKind::Biomarker: return read_leaf<BiomarkerCondition>(reader, node, at, out);
    case CriterionKind::Diagnosis: return read_leaf<DiagnosisCondition>(reader, node, at, out);
    case CriterionKind::Clinical: return read_leaf<ClinicalCondition>(reader, node, at, out);
    case CriterionKind::Text: return read_leaf<TextRule>(reader, node, at, out);
  }
}

// Recursion ends because the document's depth is bounded.
void read_tree(Reader& reader, const Node& node, const Place& at, Criterion& out) {
  if (!reader.expect(NodeType::Object, node, at)) return;
  if (node.parts.size() != 1) {
    reader.fail(ErrorCode::InvalidValue, at, "a criterion has exactly one key", {},
                node.parts.empty() ? "one of: " + list_of_words(kNodeKeys) : "join several with \"all\"");
  }
  reader.refuse_unknown(node, at, kNodeKeys);
  if (node.parts.size() != 1) return;
  const Node& only = node.parts.front();
  for (const CriterionKindRow& row : kCriterionKinds) {
    if (row.key != only.key) continue;
    out.kind = row.kind;
    read_kind(reader, only, at.below(row.key), out);
  }
}

Node write_parts(const std::vector<Criterion>& parts) {
  Node list = Node::list();
  for (const Criterion& part : parts) list.add(Codec<Criterion>::write(part));
  return list;
}

// What stands under the key of the node; a leaf of another kind than its node says is left empty and so refused.
Node write_content(const Criterion& criterion) {
  const auto leaf = [&]<class Leaf>(const Leaf* value, Node (*write)(const Leaf&)) {
    return value != nullptr ? write(*value) : Node::object();
  };
  switch (criterion.kind) {
    case CriterionKind::All:
    case CriterionKind::Any: return write_parts(criterion.parts);
    case CriterionKind::Not:
      return criterion.parts.size() == 1 ? Codec<Criterion>::write(criterion.parts.front())
                                         : write_parts(criterion.parts);
    case CriterionKind::AtLeast: {
      Node content = Node::object();
      content.put("n", Node::of(criterion.n)).put("of", write_parts(criterion.parts));
      return content;
    }
    case CriterionKind::Target: return Node::of(std::string_view(criterion.target));
    case CriterionKind::Variant: return leaf(std::get_if<VariantClass>(&criterion.leaf), &write_class);
    case CriterionKind::Biomarker:
      return leaf(std::get_if<BiomarkerCondition>(&criterion.leaf), &write_struct<BiomarkerCondition>);
    case CriterionKind::Diagnosis:
      return leaf(std::get_if<DiagnosisCondition>(&criterion.leaf), &write_struct<DiagnosisCondition>);
    case CriterionKind::Clinical:
      return leaf(std::get_if<ClinicalCondition>(&criterion.leaf), &write_struct<ClinicalCondition>);
    case CriterionKind::Text: return leaf(std::get_if<TextRule>(&criterion.leaf), &write_struct<TextRule>);
  }
  return {};
}

void check_measure(Reader& reader, const Node& node, const Place& at, const BiomarkerCondition& condition) {
  const std::string_view unit = nomenclature::unit_of(condition.name);
  const std::string_view name = base::name_of(condition.name);
  if (unit.empty()) {
    reader.fail(ErrorCode::InvalidValue, at, std::string(name) + " has states, no value", name,
                "is: " + list_of_words(states_of(condition.name)));
    return;
  }
  if (node.find("op") == nullptr) reader.missing(at, "op", "one of: " + list_of_words(kWordsOf<Comparison>));
  if (node.find("value") == nullptr) reader.missing(at, "value");
  if (node.find("unit") == nullptr) {
    reader.missing(at, "unit", std::string(name) + " is measured in \"" + std::string(unit) + "\"");
  } else if (condition.unit != unit) {
    reader.fail(ErrorCode::InvalidValue, at.below("unit"), "not the unit of " + std::string(name), condition.unit,
                "did you mean '" + std::string(unit) + "'?");
  }
  if (unit == "pct" && condition.value && *condition.value > 100) {
    reader.fail(ErrorCode::InvalidValue, at.below("value"), "more than 100 percent", number_text(*condition.value));
  }
}

void check_state(Reader& reader, const Place& at, const BiomarkerCondition& condition) {
  const auto states = states_of(condition.name);
  const std::string_view state = base::name_of(*condition.is);
  if (std::find(states.begin(), states.end(), state) != states.end()) return;
  reader.fail(ErrorCode::InvalidValue, at.below("is"), "not a state of " + std::string(base::name_of(condition.name)),
              state, "allowed: " + list_of_words(states));
}

}  // namespace

void Codec<BiomarkerCondition>::read(Reader& reader, const Node& node, const Place& at, BiomarkerCondition& out) {
  const std::size_t errors = reader.error_count();
  read_struct(reader, node, at, out);
  if (reader.error_count() != errors) return;
  const bool measured = node.find("op") != nullptr || node.find("value") != nullptr || node.find("unit") != nullptr;
  if (measured == out.is.has_value()) {
    reader.fail(ErrorCode::InvalidValue, at, "a biomarker condition is either op, value and unit, or is",
                base::name_of(out.name), measured ? "leave one of them out" : "give one of them");
  } else if (measured) {
    check_measure(reader, node, at, out);
  } else {
    check_state(reader, at, out);
  }
}

void Codec<Criterion>::read(Reader& reader, const Node& node, const Place& at, Criterion& out) {
  read_tree(reader, node, at, out);
  const CriterionSize size = size_of(out);
  if (size.depth > kMaxCriterionDepth) {
    reader.fail(ErrorCode::TooDeep, at, "a criterion of " + std::to_string(size.depth) + " levels", {},
                "at most " + std::to_string(kMaxCriterionDepth) + " levels");
  }
  if (size.leaves > kMaxCriterionLeaves) {
    reader.fail(ErrorCode::TooLarge, at, "a criterion of " + std::to_string(size.leaves) + " leaves", {},
                "at most " + std::to_string(kMaxCriterionLeaves) + " leaves");
  }
}

Node Codec<Criterion>::write(const Criterion& criterion) {
  Node node = Node::object();
  node.put(kCriterionKinds[static_cast<std::size_t>(criterion.kind)].key, write_content(criterion));
  return node;
}

Checked<Criterion> decode_criterion(std::string_view json) {
  Checked<Node> node = parse_json(json);
  if (!node) return fail_all(std::move(node.error()));
  Reader reader(kMaxTextBytes);
  Criterion criterion;
  Codec<Criterion>::read(reader, *node, Place{}, criterion);
  if (!reader.clean()) return fail_all(reader.take());
  return criterion;
}

std::string encode_criterion(const Criterion& criterion) { return to_canonical(Codec<Criterion>::write(criterion)); }

}  // namespace treff::model
