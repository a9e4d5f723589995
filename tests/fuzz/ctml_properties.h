// What must hold for any bytes handed to the CTML reader. Used by the fuzz target and by the replay of its corpus.
#pragma once

#include <string_view>

#include "indexer/importers/ctml.h"
#include "kb/base/text.h"
#include "kb/model/codec.h"
#include "kb/model/references.h"

namespace treff::indexer {

// A world of two genes and one tumour.
inline const match::Knowledge& fuzz_knowledge() {
  static const auto knowledge = [] {
    std::vector<model::Record> records;
    for (const char* symbol : {"BRAF", "ALK"}) {
      model::Gene gene;
      gene.symbol = symbol;
      gene.id = gene.symbol;
      records.push_back(gene);
    }
    model::Diagnosis lung;
    lung.id = "lung";
    lung.code = "LUNG";
    lung.names.en = "Lung";
    records.push_back(lung);
    return *match::Knowledge::build(std::move(records));
  }();
  return *knowledge;
}

inline Result<std::optional<model::Record>> nothing_stored(const model::RecordKey& /*key*/) {
  return std::optional<model::Record>();
}

// nullptr, or the property that does not hold.
inline const char* ctml_problem(std::string_view text) {
  const auto read = read_ctml_text(text, ImportContext{fuzz_knowledge(), nothing_stored, base::Date{2026, 11, 22}});
  if (!read) {
    if (read.error().empty()) return "refused without an error";
    for (const Error& error : read.error()) {
      if (error.message.empty()) return "an error without words";
      if (error.where.rfind("line ", 0) != 0 && error.code != ErrorCode::TooLarge) return "an error without a line";
      for (const std::string* part : {&error.message, &error.piece, &error.hint}) {
        if (base::invalid_utf8_at(*part)) return "an error that is not UTF-8";
      }
    }
    return nullptr;
  }
  for (const ImportedRecord& item : *read) {
    const auto* cohort = std::get_if<model::Cohort>(&item.record);
    if (cohort == nullptr) continue;
    if (!cohort->criteria) return "a cohort without criteria";
    const auto size = model::size_of(cohort->criteria->rule);
    if (size.depth > model::kMaxCriterionDepth || size.leaves > model::kMaxCriterionLeaves) return "over the bounds";
    const std::string json = model::encode_criterion(cohort->criteria->rule);
    const auto again = model::decode_criterion(json);
    if (!again) return "a criterion that the codec refuses";
    if (model::encode_criterion(*again) != json) return "a criterion that reads differently";
  }
  return nullptr;
}

}  // namespace treff::indexer
