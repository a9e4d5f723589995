#include "kb/model/codec_schema.h"

#include <array>
#include <utility>

#include "kb/model/codec.h"
#include "kb/model/fields.h"

namespace treff::model {
namespace {

// Ids: 1-80 characters; the rule on neighbouring marks is left to the codec.
Node id_schema() {
  Node schema = text_schema(80);
  schema.put("minLength", Node::of(1)).put("pattern", Node::of("^[a-z0-9][a-z0-9.-]{0,79}$"));
  return schema;
}

Node pattern_schema(std::string_view pattern) {
  Node schema = Node::object();
  schema.put("type", Node::of("string")).put("maxLength", Node::of(10)).put("pattern", Node::of(pattern));
  return schema;
}

using SchemaFunction = Node (*)();

template <std::size_t I>
Node record_properties() {
  return properties_of<std::variant_alternative_t<I, Record>>(0);
}
template <std::size_t I>
std::vector<std::string_view> record_required() {
  return required_keys<std::variant_alternative_t<I, Record>>();
}

template <std::size_t... I>
Node properties_at(std::size_t kind, std::index_sequence<I...> /*kinds*/) {
  constexpr std::array<SchemaFunction, sizeof...(I)> kFunctions = {&record_properties<I>...};
  return kFunctions[kind]();
}

template <std::size_t... I>
std::vector<std::string_view> required_at(std::size_t kind, std::index_sequence<I...> /*kinds*/) {
  constexpr std::array<std::vector<std::string_view> (*)(), sizeof...(I)> kFunctions = {&record_required<I>...};
  return kFunctions[kind]();
}

}  // namespace

Node text_schema(std::size_t max_length) {
  Node schema = Node::object();
  schema.put("type", Node::of("string"));
  if (max_length != 0) schema.put("maxLength", Node::of(static_cast<int>(max_length)));
  return schema;
}

Node word_schema(std::span<const std::string_view> words) {
  Node schema = Node::object();
  schema.put("enum", names_list(words));
  return schema;
}

Node number_schema(const FieldTraits& traits, bool whole) {
  const Limits limits = limits_of(traits);
  Node schema = Node::object();
  schema.put("type", Node::of(whole ? "integer" : "number"));
  schema.put("minimum", Node::of(limits.min)).put("maximum", Node::of(limits.max));
  return schema;
}

Node date_schema() { return pattern_schema("^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"); }

Node partial_date_schema() { return pattern_schema("^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"); }

Node bool_schema() {
  Node schema = Node::object();
  schema.put("type", Node::of("boolean"));
  return schema;
}

Node list_schema(Node items, bool filled) {
  Node schema = Node::object();
  schema.put("type", Node::of("array")).put("items", std::move(items));
  if (filled) schema.put("minItems", Node::of(1));
  return schema;
}

Node names_list(std::span<const std::string_view> names) {
  Node list = Node::list();
  for (const std::string_view name : names) list.add(Node::of(name));
  return list;
}

Node object_schema(Node properties, std::span<const std::string_view> required) {
  Node schema = Node::object();
  schema.put("type", Node::of("object")).put("additionalProperties", Node::of(false));
  if (!required.empty()) schema.put("required", names_list(required));
  schema.put("properties", std::move(properties));
  return schema;
}

Node reference_schema(std::string_view definition) {
  Node schema = Node::object();
  schema.put("$ref", Node::of(std::string_view("#/definitions/" + std::string(definition))));
  return schema;
}

Node any_of(std::vector<Node> schemas) {
  Node list = Node::list();
  list.parts = std::move(schemas);
  Node schema = Node::object();
  schema.put("anyOf", std::move(list));
  return schema;
}

Node requires_keys(std::initializer_list<std::string_view> keys) {
  Node schema = Node::object();
  schema.put("required", names_list({keys.begin(), keys.size()}));
  return schema;
}

Node titled_schema(std::string_view title, std::string_view description, Node body) {
  Node schema = Node::object();
  schema.put("$schema", Node::of("http://json-schema.org/draft-07/schema#"));
  schema.put("title", Node::of(title)).put("description", Node::of(description));
  for (Node& member : body.parts) schema.parts.push_back(std::move(member));
  return schema;
}

Node Codec<Criterion>::schema() { return reference_schema("criterion"); }

std::string record_schema(RecordKind kind) {
  constexpr auto kKinds = std::make_index_sequence<std::variant_size_v<Record>>{};
  const auto at = static_cast<std::size_t>(kind);
  const std::string_view name = to_string(kind);
  Node kind_is = Node::object();
  kind_is.put("const", Node::of(name)).put("description", Node::of("The kind of record."));
  Node properties = Node::object();
  properties.put("kind", std::move(kind_is));
  for (Node& property : properties_at(at, kKinds).parts) {
    if (property.key == "id") {
      properties.put("id", id_schema().put("description", *property.find("description")));
    } else {
      properties.parts.push_back(std::move(property));
    }
  }
  std::vector<std::string_view> required = {"kind"};
  for (const std::string_view key : required_at(at, kKinds)) required.push_back(key);
  const bool has_criteria = to_canonical(properties).find("#/definitions/") != std::string::npos;
  Node body = object_schema(std::move(properties), required);
  if (has_criteria) {
    Node definitions = Node::object();
    put_criterion_definitions(definitions);
    body.put("definitions", std::move(definitions));
  }
  return to_pretty(titled_schema(name, "One record of the knowledge base.", std::move(body)));
}

}  // namespace treff::model
