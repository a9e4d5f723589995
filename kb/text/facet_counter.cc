#include "kb/text/facet_counter.h"

#include <algorithm>
#include <map>

#include "kb/text/document.h"
#include "kb/text/status_history.h"

namespace treff::text {

FacetCounter::FacetCounter(const SearchField& field, std::optional<Date> today) : field_(field), today_(today) {}

void FacetCounter::operator()(const Xapian::Document& document, double /*weight*/) {
  std::string slot = document.get_value(field_.slot);
  if (!slot.empty()) ++by_slot_[std::move(slot)];
}

Facet FacetCounter::take(std::size_t max_values) const {
  std::map<std::string, std::uint64_t> counts;
  for (const auto& [slot, count] : by_slot_) {
    if (field_.name == kStatusField) {
      counts[std::string(status_name(status_on(slot, *today_)))] += count;
      continue;
    }
    for (const std::string_view value : slot_values(slot)) counts[std::string(value)] += count;
  }
  Facet facet{std::string(field_.name), {}, counts.size()};
  for (const auto& [value, count] : counts) facet.counts.push_back({value, count});
  std::stable_sort(facet.counts.begin(), facet.counts.end(),
                   [](const FacetCount& a, const FacetCount& b) { return a.count > b.count; });
  if (facet.counts.size() > max_values) facet.counts.resize(max_values);
  return facet;
}

}  // namespace treff::text
