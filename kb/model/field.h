// What one row of the field table says: key, member, and how the rest of the house treats the field.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <tuple>

#include "kb/model/kind.h"

namespace treff::model {

enum class Need : bool { Optional, Required };

// Everything but key and member; defaults suit a plain optional field.
struct FieldTraits {
  Need need = Need::Optional;
  std::optional<RecordKind> refers = std::nullopt;  // the value (or each value of the list) is an id of this kind
  int text_weight = 0;                              // 0 = not in the full-text index; 1-10
  std::string_view search_prefix = {};              // "drug" makes drug:olaparib a query; empty = none
  bool facet = false;                               // counted beside search results
  int min = -1;  // numbers: smallest allowed value where the default (no negative) is not enough
  std::optional<double> max = std::nullopt;      // numbers: largest allowed value
  std::span<const std::string_view> words = {};  // text: the closed set of words, empty = any text
  bool one_or_list = false;                      // list of text: a single text may stand for a list of one
};

template <class Struct, class Member>
struct Field {
  std::string_view key;
  Member Struct::*member;
  FieldTraits traits;
  std::string_view help;  // one line for the schema and the documentation
};

template <class Struct, class Base, class Member>
constexpr auto row(std::string_view key, Member Base::*member, std::string_view help, FieldTraits traits = {}) {
  return Field<Struct, Member>{key, member, traits, help};
}

// Specialised in fields.h for each struct that stands in JSON: `static constexpr auto rows = std::make_tuple(row(...),
// ...)`.
template <class Struct>
struct FieldsOf;

// Calls `visit(field)` for every row of a struct, in table order.
template <class Struct, class Visit>
constexpr void for_each_field(Visit&& visit) {
  std::apply([&](const auto&... field) { (visit(field), ...); }, FieldsOf<Struct>::rows);
}

}  // namespace treff::model
