// Counts the values of one facet over all matching documents. Internal to kb/text.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include <xapian.h>

#include "kb/base/date.h"
#include "kb/text/index_reader.h"
#include "kb/text/search_fields.h"

namespace treff::text {

class FacetCounter final : public Xapian::MatchSpy {
 public:
  // `today` is used for `status` only.
  FacetCounter(const SearchField& field, std::optional<Date> today);
  void operator()(const Xapian::Document& document, double weight) override;
  Facet take(std::size_t max_values) const;

 private:
  const SearchField& field_;
  std::optional<Date> today_;
  // Most documents share a few slot contents: counted as they are, parted at the end.
  std::unordered_map<std::string, std::uint64_t> by_slot_;
};

}  // namespace treff::text
