// Visits everything inside a record through the field table, with JSON pointers, in table order.
//
// Private to kb/model. `visit(value, traits, pointer)` is called for each struct that has rows (before its members),
// each text and each criterion, also inside optionals and lists; other values are passed over.
#pragma once

#include <string>
#include <variant>

#include "kb/model/codec_fields.h"
#include "kb/model/fields.h"

namespace treff::model {

template <class T, class Visit>
void walk_fields(const T& value, const FieldTraits& traits, const std::string& at, const Visit& visit) {
  if constexpr (IsOptional<T>::value) {
    if (value) walk_fields(*value, traits, at, visit);
  } else if constexpr (IsVector<T>::value) {
    for (std::size_t i = 0; i < value.size(); ++i) walk_fields(value[i], traits, at + "/" + std::to_string(i), visit);
  } else if constexpr (HasRows<T>) {
    visit(value, traits, at);
    for_each_field<T>([&](const auto& field) {
      walk_fields(value.*(field.member), field.traits, at + "/" + std::string(field.key), visit);
    });
  } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, Criterion>) {
    visit(value, traits, at);
  }
}

template <class Visit>
void walk_record(const Record& record, const Visit& visit) {
  std::visit([&](const auto& r) { walk_fields(r, FieldTraits{}, std::string(), visit); }, record);
}

}  // namespace treff::model
