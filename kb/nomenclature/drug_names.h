// Substance, brand, code and national spelling to one drug id; combinations to a sorted set of ids.
//
// Case, spaces, hyphens and the salt ("mesylate") do not count. Nothing is corrected in silence: a misspelt name is an
// error that shows the nearest names. Built once per revision from drug records; immutable.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kb/base/result.h"

namespace treff::nomenclature {

struct DrugFacts {
  std::string id;
  std::string substance;
  std::vector<std::string> names;    // brands, codes, national spellings, abbreviations
  std::vector<std::string> classes;  // "BRAF inhibitor"
};

class DrugNames {
 public:
  DrugNames() = default;
  // `combinations`: regimens on record, as drug ids; they alone give initials a meaning.
  explicit DrugNames(std::vector<DrugFacts> drugs, std::vector<std::vector<std::string>> combinations = {});

  // One drug; UnknownName with nearest names, AmbiguousName with candidates. A substance beats another drug's name.
  Result<std::string> find(std::string_view name) const;
  // "dabrafenib + trametinib", "D+T", "dabrafenib og trametinib": ids sorted, each once. A listed name that itself
  // holds a separator is one drug. The first part that is no drug is the error. Initials ("D+T") are read only where
  // exactly one regimen on record has them; AmbiguousName with the candidates otherwise.
  Result<std::vector<std::string>> find_combination(std::string_view text) const;
  // The same without a word on what was not found: nullopt where find_combination fails.
  std::optional<std::vector<std::string>> lookup_combination(std::string_view text) const;
  const DrugFacts* by_id(std::string_view id) const;
  // True if `text` names a drug class that any drug carries; "inhibitors" and "hemmer" read as "inhibitor".
  bool is_class(std::string_view text) const;

 private:
  // Hands `take` the pieces of a combination, longest runs that are one name first, until it says no.
  Status split_combination(std::string_view text, const std::function<bool(std::string_view)>& take) const;
  std::vector<std::size_t> named(std::string_view name) const;
  std::vector<std::string> nearest_names(std::string_view name) const;
  // "d+t" -> "dt"; empty if the parts are not letters that name no drug.
  std::string initials_of(std::string_view text) const;
  Result<std::vector<std::string>> by_initials(std::string_view text, std::string initials) const;

  std::vector<DrugFacts> drugs_;
  std::vector<std::vector<std::string>> combinations_;                 // ids sorted, each regimen once
  std::unordered_map<std::string, std::vector<std::size_t>> by_name_;  // folded
  std::unordered_map<std::string, std::size_t> by_id_;
  std::unordered_map<std::string, bool> classes_;  // folded
};

}  // namespace treff::nomenclature
