#include "kb/text/search_fields.h"

#include <algorithm>

#include "kb/base/hash.h"
#include "kb/base/text.h"
#include "kb/text/walk.h"

namespace treff::text {
namespace {

struct TableReading {
  std::vector<SearchField> fields;
  std::string description;  // every row that matters, for the fingerprint
};

void note_row(TableReading& reading, std::string_view key, const model::FieldTraits& traits) {
  if (traits.text_weight == 0 && !traits.facet) return;
  reading.description += std::string(key) + " " + std::to_string(traits.text_weight) + " " +
                         std::string(traits.search_prefix) + (traits.facet ? " facet\n" : "\n");
  if (traits.search_prefix.empty()) return;
  const auto known = std::find_if(reading.fields.begin(), reading.fields.end(),
                                  [&](const SearchField& field) { return field.name == traits.search_prefix; });
  if (known != reading.fields.end()) {
    known->facet = known->facet || traits.facet;
    return;
  }
  reading.fields.push_back({traits.search_prefix, traits.facet, static_cast<std::uint32_t>(reading.fields.size())});
}

template <class Struct>
void read_rows(TableReading& reading, const model::FieldTraits& outer) {
  model::for_each_field<Struct>([&]<class Owner, class Member>(const model::Field<Owner, Member>& field) {
    const model::FieldTraits traits = inherited(field.traits, outer);
    note_row(reading, field.key, traits);
    if constexpr (HasFields<Element<Member>> && !std::is_same_v<Element<Member>, model::Criterion>)
      read_rows<Element<Member>>(reading, traits);
  });
}

template <class... Kinds>
void read_kinds(TableReading& reading, const std::variant<Kinds...>* /*records*/) {
  (read_rows<Kinds>(reading, {}), ...);
}

const TableReading& table_reading() {
  static const TableReading reading = [] {
    TableReading made;
    made.fields.push_back({kKindField, true, 0});
    made.fields.push_back({kStatusField, true, 1});
    read_kinds(made, static_cast<const model::Record*>(nullptr));
    return made;
  }();
  return reading;
}

}  // namespace

const std::vector<SearchField>& search_fields() { return table_reading().fields; }

const SearchField* find_search_field(std::string_view name) {
  const auto& fields = search_fields();
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const SearchField& f) { return f.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

std::optional<std::string> nearest_search_field(std::string_view name) {
  std::vector<std::string> names;
  for (const SearchField& field : search_fields()) names.emplace_back(field.name);
  return base::nearest(name, names);
}

std::string search_field_list(bool facets_only) {
  std::vector<std::string> names;
  for (const SearchField& field : search_fields()) {
    if (field.facet || !facets_only) names.emplace_back(field.name);
  }
  return base::join(names, ", ");
}

const std::string& fingerprint() {
  static const std::string hash = base::sha256_hex(table_reading().description);
  return hash;
}

}  // namespace treff::text
