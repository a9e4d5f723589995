// JSON Schema (draft 7) from the field table: the parts that schemas of records, criteria and cases share.
//
// Private to kb/model. A schema says what the codec reads, as far as draft 7 can: order of dates, units and the like
// are left to the codec. Patterns have no open repetition, so that no validator can be led astray by long text.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "kb/model/codec_fields.h"

namespace treff::model {

Node text_schema(std::size_t max_length = 0);  // 0 = no bound
Node word_schema(std::span<const std::string_view> words);
Node number_schema(const FieldTraits& traits, bool whole);
Node date_schema();
Node partial_date_schema();
Node bool_schema();
Node list_schema(Node items, bool filled);
// An object with exactly these properties; `required` names some of them.
Node object_schema(Node properties, std::span<const std::string_view> required);
Node reference_schema(std::string_view definition);  // "#/definitions/NAME"
Node any_of(std::vector<Node> schemas);
// {"required": [keys]}
Node requires_keys(std::initializer_list<std::string_view> keys);
Node names_list(std::span<const std::string_view> names);
// "$schema", title and description in front of the members of `body`.
Node titled_schema(std::string_view title, std::string_view description, Node body);

// The definitions that a criterion needs, under their names.
void put_criterion_definitions(Node& definitions);

template <class T>
Node struct_schema(std::size_t max_text);

template <class T>
Node value_schema(const FieldTraits& traits, std::size_t max_text) {
  const bool required = traits.need == Need::Required;
  if constexpr (IsOptional<T>::value) {
    return value_schema<typename T::value_type>(traits, max_text);
  } else if constexpr (HasCodec<T>) {
    return Codec<T>::schema();
  } else if constexpr (IsVector<T>::value) {
    FieldTraits of_item = traits;
    of_item.need = Need::Required;
    Node items = value_schema<typename T::value_type>(of_item, max_text);
    if (!traits.one_or_list) return list_schema(std::move(items), required);
    return any_of({items, list_schema(items, required)});
  } else if constexpr (IsRange<T>::value) {
    const Node end = value_schema<decltype(T::min)>(traits, max_text);
    Node properties = Node::object();
    properties.put("min", end).put("max", end);
    return object_schema(std::move(properties), {}).put("minProperties", Node::of(1));
  } else if constexpr (HasRows<T>) {
    return struct_schema<T>(max_text);
  } else if constexpr (std::is_enum_v<T>) {
    return word_schema(kWordsOf<T>);
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!traits.words.empty()) return word_schema(traits.words);
    Node text = text_schema(max_text);
    if (required) text.put("minLength", Node::of(1));
    return text;
  } else if constexpr (std::is_same_v<T, bool>) {
    return bool_schema();
  } else if constexpr (std::is_same_v<T, Date>) {
    return date_schema();
  } else if constexpr (std::is_same_v<T, PartialDate>) {
    return partial_date_schema();
  } else {
    return number_schema(traits, std::is_same_v<T, int>);
  }
}

// The schema of one row, with its help as description; a reference stands alone, as draft 7 wants it.
template <class T, class Member>
Node field_schema(const Field<T, Member>& field, std::size_t max_text) {
  Node schema = value_schema<Member>(field.traits, max_text);
  if (schema.find("$ref") == nullptr) schema.put("description", Node::of(field.help));
  return schema;
}

template <class T>
Node properties_of(std::size_t max_text) {
  Node properties = Node::object();
  for_each_field<T>([&](const auto& field) { properties.put(field.key, field_schema(field, max_text)); });
  return properties;
}

template <class T>
std::vector<std::string_view> required_keys() {
  std::vector<std::string_view> required;
  for_each_field<T>([&](const auto& field) {
    if (field.traits.need == Need::Required) required.push_back(field.key);
  });
  return required;
}

template <class T>
Node struct_schema(std::size_t max_text) {
  return object_schema(properties_of<T>(max_text), required_keys<T>());
}

}  // namespace treff::model
