// JSON Schema of the criterion language, from the tables of criterion.h and criterion_fields.h.
#include <utility>

#include "kb/model/codec.h"
#include "kb/model/codec_class.h"
#include "kb/model/codec_schema.h"
#include "kb/model/criterion_fields.h"

namespace treff::model {
namespace {

using nomenclature::ClassKind;
using nomenclature::VariantClass;

Node constant(std::string_view word) {
  Node schema = Node::object();
  schema.put("const", Node::of(word));
  return schema;
}

Node filled_text() { return text_schema().put("minLength", Node::of(1)); }

// The schema of one key of a class where it must or may stand.
Node class_key_schema(std::string_view key, KeyUse use) {
  if (key == "at") return filled_text().put("pattern", Node::of("^[ACDEFGHIKLMNPQRSTVWY][1-9][0-9]{0,5}$"));
  if (key == "assembly") {
    constexpr std::array<std::string_view, 2> kStated = {"GRCh37", "GRCh38"};
    return word_schema(kStated);
  }
  Node found;
  for_each_field<VariantClass>([&](const auto& field) {
    if (field.key != key) return;
    auto copy = field;
    if (use == KeyUse::Required) copy.traits.need = Need::Required;
    found = field_schema(copy, 0);
  });
  return found;
}

// What keys of one class demand of one another.
void put_class_rules(Node& schema, ClassKind kind) {
  if (kind == ClassKind::CopyNumber) {
    const Node rule =
        any_of({requires_keys({"copy"}), requires_keys({"min_fold_change"}), requires_keys({"min_copies"})});
    schema.put("anyOf", *rule.find("anyOf"));
  }
  if (kind == ClassKind::Range) {
    constexpr std::array<std::string_view, 1> kStart = {"start"};
    constexpr std::array<std::string_view, 1> kEnd = {"end"};
    const Node rule = any_of({requires_keys({"start"}), requires_keys({"consequence"})});
    Node together = Node::object();
    together.put("start", names_list(kEnd)).put("end", names_list(kStart));
    schema.put("anyOf", *rule.find("anyOf")).put("dependencies", std::move(together));
  }
}

// One class: its own keys, the common ones, and the genes (which an excluded class may leave out).
Node class_schema(const ClassKeys& keys, bool excluded) {
  constexpr std::array<std::string_view, 3> kOrigins = {"somatic", "germline", "either"};
  Node properties = Node::object();
  properties.put("class", constant(base::name_of(keys.kind)));
  properties.put("gene", filled_text()).put("genes", list_schema(filled_text(), true));
  std::vector<std::string_view> required = {"class"};
  for (const std::string_view key : keys.required) {
    if (key.empty()) continue;
    properties.put(key, class_key_schema(key, KeyUse::Required));
    required.push_back(key);
  }
  for (const std::string_view key : keys.optional) {
    if (!key.empty()) properties.put(key, class_key_schema(key, KeyUse::Optional));
  }
  properties.put("excludes", list_schema(reference_schema("excluded_variant"), false));
  properties.put("origin", word_schema(kOrigins));
  properties.put("function_policy", word_schema(kWordsOf<nomenclature::FunctionPolicy>));
  Node schema = object_schema(std::move(properties), required);
  if (excluded) {
    schema.put("not", requires_keys({"gene", "genes"}));
  } else {
    schema.put("oneOf", Node::list().add(requires_keys({"gene"})).add(requires_keys({"genes"})));
  }
  put_class_rules(schema, keys.kind);
  return schema;
}

Node variant_schema(bool excluded) {
  std::vector<Node> classes;
  for (const ClassKeys& keys : kClassKeys) classes.push_back(class_schema(keys, excluded));
  return any_of(std::move(classes));
}

// One biomarker: op, value and its own unit, or one of its own states.
Node biomarker_schema() {
  std::vector<Node> schemas;
  for (const BiomarkerStates& row : kBiomarkerStates) {
    const std::string_view unit = nomenclature::unit_of(row.name);
    Node properties = Node::object();
    properties.put("name", constant(base::name_of(row.name)));
    properties.put("is", word_schema(states_of(row.name))).put("assay", text_schema());
    const std::array<std::string_view, 2> state = {"name", "is"};
    schemas.push_back(object_schema(properties, state));
    if (unit.empty()) continue;
    Node measured = Node::object();
    const FieldTraits range{.max = unit == "pct" ? std::optional<double>(100) : std::nullopt};
    measured.put("name", constant(base::name_of(row.name))).put("op", word_schema(kWordsOf<Comparison>));
    measured.put("value", number_schema(range, false)).put("unit", constant(unit)).put("assay", text_schema());
    const std::array<std::string_view, 4> value = {"name", "op", "value", "unit"};
    schemas.push_back(object_schema(std::move(measured), value));
  }
  return any_of(std::move(schemas));
}

Node diagnosis_schema() {
  Node schema = struct_schema<DiagnosisCondition>(0);
  return schema.put("minProperties", Node::of(1));
}

Node clinical_schema() {
  constexpr std::array<std::string_view, 2> kSexes = {"female", "male"};
  Node properties = Node::object();
  for (Node& property : properties_of<ClinicalCondition>(0).parts) {
    if (property.key == "sex") {
      properties.put("sex", word_schema(kSexes));
    } else if (property.key == "prior_treatments") {
      Node one = struct_schema<PriorTreatmentCondition>(0);
      one.put("oneOf", Node::list().add(requires_keys({"drug"})).add(requires_keys({"drug_class"})));
      properties.put(property.key, list_schema(std::move(one), false));
    } else {
      properties.parts.push_back(std::move(property));
    }
  }
  return object_schema(std::move(properties), {}).put("minProperties", Node::of(1));
}

Node at_least_schema() {
  constexpr std::array<std::string_view, 2> kKeys = {"n", "of"};
  Node properties = Node::object();
  properties.put("n", number_schema(FieldTraits{.min = 1, .max = kMaxCriterionLeaves}, true));
  properties.put("of", list_schema(reference_schema("criterion"), true));
  return object_schema(std::move(properties), kKeys);
}

Node node_schema(CriterionKind kind) {
  switch (kind) {
    case CriterionKind::All:
    case CriterionKind::Any: return list_schema(reference_schema("criterion"), true);
    case CriterionKind::Not: return reference_schema("criterion");
    case CriterionKind::AtLeast: return at_least_schema();
    case CriterionKind::Target: return filled_text().put("pattern", Node::of("^[a-z0-9][a-z0-9.-]{0,79}$"));
    case CriterionKind::Variant: return reference_schema("variant");
    case CriterionKind::Biomarker: return biomarker_schema();
    case CriterionKind::Diagnosis: return diagnosis_schema();
    case CriterionKind::Clinical: return clinical_schema();
    case CriterionKind::Text: return struct_schema<TextRule>(0);
  }
  return {};
}

}  // namespace

void put_criterion_definitions(Node& definitions) {
  Node properties = Node::object();
  for (const CriterionKindRow& row : kCriterionKinds) properties.put(row.key, node_schema(row.kind));
  Node criterion = object_schema(std::move(properties), {});
  criterion.put("minProperties", Node::of(1)).put("maxProperties", Node::of(1));
  definitions.put("criterion", std::move(criterion));
  definitions.put("variant", variant_schema(false)).put("excluded_variant", variant_schema(true));
}

std::string criterion_schema() {
  Node definitions = Node::object();
  put_criterion_definitions(definitions);
  Node body = Node::object();
  body.put("allOf", Node::list().add(reference_schema("criterion"))).put("definitions", std::move(definitions));
  return to_pretty(titled_schema("criterion", "A Boolean tree over leaves; one key a node.", std::move(body)));
}

}  // namespace treff::model
