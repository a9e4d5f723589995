// Which fields a query may name and which facets are counted, read off the field table (kb/model/fields.h).
//
// A row's `search_prefix` makes a query field, `facet` a facet of the same name; both keep table order. Two names are
// ours, because no single row holds them: `kind` and `status` (the state in force on a day, from the dated history).
// The order is part of the index format: it numbers the value slots, and `fingerprint()` is stamped on every index so
// that an index written for another table is noticed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace treff::text {

struct SearchField {
  std::string_view name;  // "drug" in drug:olaparib
  bool facet = false;
  std::uint32_t slot = 0;  // value slot; meaningful for facets and `status`
};

inline constexpr std::string_view kKindField = "kind";
inline constexpr std::string_view kStatusField = "status";

// All fields; `kind` and `status` first.
const std::vector<SearchField>& search_fields();
// Exact name, or nullptr.
const SearchField* find_search_field(std::string_view name);
// The name in `search_fields` that a mistyped one probably meant; nullopt if none is near.
std::optional<std::string> nearest_search_field(std::string_view name);
// "drug, gene, ...", for hints.
std::string search_field_list(bool facets_only = false);

// Changes whenever a name, an order, a weight or a facet mark in the table changes.
const std::string& fingerprint();

}  // namespace treff::text
