// What must hold for any bytes handed to the importers of gene and tumour tables and to the reader of rules. Used by
// the fuzz targets and by the replay of their corpora. Each function returns nullptr, or the property that does not
// hold.
#pragma once

#include <string>
#include <string_view>

#include "indexer/importers/hgnc.h"
#include "indexer/importers/oncotree.h"
#include "kb/model/codec.h"
#include "kb/model/read_criterion.h"
#include "tests/kb/nomenclature/small_gene_table.h"

namespace treff::indexer {

inline const char* records_problem(const Checked<std::vector<ImportedRecord>>& read) {
  if (!read) {
    if (read.error().empty()) return "refused without an error";
    for (const Error& error : read.error()) {
      if (error.message.empty()) return "an error without words";
      if (error.where.empty()) return "an error without a place";
    }
    return nullptr;
  }
  if (read->empty()) return "nothing was read and nothing is wrong";
  for (const ImportedRecord& item : *read) {
    model::Record record = item.record;
    std::visit([](auto& any) { any.checked_on = base::Date{2026, 11, 22}; }, record);
    const std::string json = model::encode_record(record);
    const auto again = model::decode_record(json);
    if (!again) return "a record that was read cannot be written";
    if (model::encode_record(*again) != json) return "a record changes when it is written";
    if (item.place.empty()) return "a record without a place";
  }
  return nullptr;
}

inline const char* hgnc_problem(std::string_view bytes) {
  return records_problem(read_hgnc_text("fuzz", std::string(bytes)));
}

inline const char* oncotree_problem(std::string_view bytes) {
  const std::string text(bytes);
  if (const char* problem = records_problem(read_oncotree_text("fuzz", text))) return problem;
  return records_problem(read_oncotree_text("fuzz.obo", text));
}

// A rule that is read is written and read back as JSON.
inline const char* rule_problem(std::string_view bytes) {
  const auto read = model::read_criterion(bytes, "", nomenclature::small_gene_table());
  if (!read) return read.error().message.empty() ? "an error without words" : nullptr;
  for (const Issue& issue : read->warnings) {
    if (issue.id == "gene_missing") return nullptr;  // cannot be stored, and the reader says so
  }
  const std::string json = model::encode_criterion(read->value);
  const auto again = model::decode_criterion(json);
  if (!again) return "a rule that was read cannot be written";
  return model::encode_criterion(*again) == json ? nullptr : "a rule changes when it is written";
}

}  // namespace treff::indexer
