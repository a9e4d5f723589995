// A record as the index sees it: weighted pieces of text, facet values, and the names people type.
//
// Walks the field table, so a new row with a text weight is indexed without a change here. Ids of other records are
// followed one step: a cohort is found by the name of its drug, its company, its trial, and a criterion by the genes,
// alterations and tumour names in it (with the tumour's ancestors: a cohort for lung adenocarcinoma is found under
// lung cancer). What a criterion rules out is not indexed: a record must not be found for what it excludes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kb/model/records.h"

namespace treff::text {

// The other records of the same revision. Thread-safe for reading; what it returns must outlive the build.
class Referred {
 public:
  virtual ~Referred() = default;
  // nullptr if there is none (a dangling id is the store's concern, not the index's).
  virtual const model::Record* find(const model::RecordKey& key) const = 0;
  // The diagnosis with this OncoTree code, or nullptr.
  virtual const model::Diagnosis* diagnosis(std::string_view code) const = 0;
};

// Knows nothing: ids stay ids.
class NoReferred final : public Referred {
 public:
  const model::Record* find(const model::RecordKey& /*key*/) const override { return nullptr; }
  const model::Diagnosis* diagnosis(std::string_view /*code*/) const override { return nullptr; }
};

struct TextPiece {
  int weight = 1;           // 1-10, from the field table
  std::string_view prefix;  // query field, may be empty
  std::string text;
  bool exact = false;  // an id: never stemmed
};

struct FacetValue {
  std::string_view facet;
  std::string value;  // gene: approved symbol; other records: id; else the text itself
  bool operator==(const FacetValue&) const = default;
};

struct RecordText {
  model::RecordKey key;
  std::string title;  // the name to show: English, Norwegian, symbol, substance, id: the first there is
  std::vector<TextPiece> pieces;
  std::vector<FacetValue> facets;  // each pair once
  std::vector<std::string> names;  // what suggestions offer: names, synonyms, symbols, brands, codes
  std::string status_history;      // encoded, see status_history.h; empty = none
};

RecordText text_of(const model::Record& record, const Referred& referred);

// The name to show for a record.
std::string title_of(const model::Record& record);

}  // namespace treff::text
