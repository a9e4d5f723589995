// The object "biomarkers" of a case <-> JSON: values keep their unit and assay (M16).
#include <algorithm>
#include <utility>

#include "kb/model/codec_case.h"
#include "kb/model/criterion_fields.h"

namespace treff::model {
namespace {

using nomenclature::Biomarker;
using nomenclature::BiomarkerName;
using nomenclature::BiomarkerState;

constexpr auto kKeys = [] {
  std::array<std::string_view, kBiomarkerKeys.size()> keys{};
  for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = kBiomarkerKeys[i].key;
  return keys;
}();

// Keys of the object form.
std::vector<std::string_view> object_keys(const BiomarkerKey& row) {
  std::vector<std::string_view> keys = {"state", "assay", "failed"};
  if (!row.value_key.empty()) keys.push_back(row.value_key);
  if (row.name == BiomarkerName::Tmb) keys.push_back("tumour_only");
  if (row.name == BiomarkerName::Msi) keys.push_back("usable_sites");
  return keys;
}

void read_state(Reader& reader, const Node& node, const Place& at, Biomarker& out) {
  const auto states = states_of(out.name);
  if (const auto index = reader.read_word(node, at, states)) {
    out.state = base::from_name<BiomarkerState>(states[*index]).value_or(BiomarkerState::Unstated);
  }
}

void read_number(Reader& reader, const Node& node, const Place& at, Biomarker& out) {
  double value = 0;
  if (reader.read(node, at, Limits{0, largest_value(out.name)}, value)) out.value = value;
}

void read_object(Reader& reader, const Node& node, const Place& at, const BiomarkerKey& row, Biomarker& out) {
  reader.refuse_unknown(node, at, object_keys(row));
  const std::size_t errors = reader.error_count();
  if (const Node* state = node.find("state")) read_state(reader, *state, at.below("state"), out);
  if (!row.value_key.empty()) {
    if (const Node* value = node.find(row.value_key)) read_number(reader, *value, at.below(row.value_key), out);
  }
  if (const Node* assay = node.find("assay")) reader.read(*assay, at.below("assay"), out.assay);
  if (const Node* failed = node.find("failed")) reader.read(*failed, at.below("failed"), out.failed);
  if (const Node* only = node.find("tumour_only")) {
    read_value(reader, *only, at.below("tumour_only"), FieldTraits{}, out.tumour_only);
  }
  if (const Node* sites = node.find("usable_sites")) {
    read_value(reader, *sites, at.below("usable_sites"), FieldTraits{}, out.usable_sites);
  }
  if (reader.error_count() == errors && !out.value && out.state == BiomarkerState::Unstated && !out.failed) {
    const std::string_view wanted = row.value_key.empty() ? std::string_view("state") : row.value_key;
    reader.missing(at, wanted, "give a value or a state");
  }
}

void read_one(Reader& reader, const Node& node, const Place& at, const BiomarkerKey& row, Biomarker& out) {
  out.name = row.name;
  out.unit = nomenclature::unit_of(row.name);
  if (node.type == NodeType::Object) {
    read_object(reader, node, at, row, out);
  } else if (row.short_is_state) {
    read_state(reader, node, at, out);
  } else {
    read_number(reader, node, at, out);
  }
}

Node write_one(const Biomarker& biomarker, const BiomarkerKey& row) {
  const bool stated = biomarker.state != BiomarkerState::Unstated;
  const bool plain = biomarker.assay.empty() && !biomarker.failed && !biomarker.tumour_only && !biomarker.usable_sites;
  if (plain && row.short_is_state && stated && !biomarker.value) return Node::of(base::name_of(biomarker.state));
  if (plain && !row.short_is_state && biomarker.value && !stated) return Node::of(*biomarker.value);
  Node node = Node::object();
  if (biomarker.value) node.put(row.value_key.empty() ? "value" : row.value_key, Node::of(*biomarker.value));
  if (stated) node.put("state", Node::of(base::name_of(biomarker.state)));
  if (!biomarker.assay.empty()) node.put("assay", Node::of(std::string_view(biomarker.assay)));
  if (biomarker.failed) node.put("failed", Node::of(true));
  if (biomarker.tumour_only) node.put("tumour_only", Node::of(*biomarker.tumour_only));
  if (biomarker.usable_sites) node.put("usable_sites", Node::of(*biomarker.usable_sites));
  return node;
}

}  // namespace

void Codec<std::vector<Biomarker>>::read(Reader& reader, const Node& node, const Place& at,
                                         std::vector<Biomarker>& out) {
  if (!reader.expect(NodeType::Object, node, at)) return;
  reader.refuse_unknown(node, at, kKeys);
  for (const BiomarkerKey& row : kBiomarkerKeys) {
    const Node* member = node.find(row.key);
    if (member == nullptr) continue;
    const Place here = at.below(row.key);
    if (member->type != NodeType::List) {
      read_one(reader, *member, here, row, out.emplace_back());
      continue;
    }
    if (member->parts.empty()) {
      reader.fail(ErrorCode::InvalidValue, here, "an empty list of values", {}, "leave the key out");
    }
    for (std::size_t i = 0; i < member->parts.size(); ++i) {
      read_one(reader, member->parts[i], here.below(i), row, out.emplace_back());
    }
  }
}

Node Codec<std::vector<Biomarker>>::write(const std::vector<Biomarker>& biomarkers) {
  Node node = Node::object();
  for (const BiomarkerKey& row : kBiomarkerKeys) {
    Node values = Node::list();
    for (const Biomarker& biomarker : biomarkers) {
      if (biomarker.name == row.name) values.add(write_one(biomarker, row));
    }
    if (values.parts.size() == 1) {
      node.put(row.key, std::move(values.parts.front()));
    } else if (!values.parts.empty()) {
      node.put(row.key, std::move(values));
    }
  }
  return node;
}

}  // namespace treff::model
