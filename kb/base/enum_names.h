// One place that ties an enumerator to its word in JSON, for codec, schema, text and printing alike.
//
// Specialise EnumNames<E> next to the enum: `static constexpr std::array rows = {EnumName<E>{E::A, "a"}, ...}`.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace treff::base {

template <class E>
struct EnumName {
  E value;
  std::string_view name;  // snake_case
};

template <class E>
struct EnumNames;  // specialised beside each enum

template <class E>
constexpr std::string_view name_of(E value) {
  for (const auto& row : EnumNames<E>::rows) {
    if (row.value == value) return row.name;
  }
  return {};
}

template <class E>
constexpr std::optional<E> from_name(std::string_view name) {
  for (const auto& row : EnumNames<E>::rows) {
    if (row.name == name) return row.value;
  }
  return std::nullopt;
}

}  // namespace treff::base
