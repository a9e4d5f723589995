// What holds for any bytes given to the FHIR reader; shared by the fuzz target and the replay of its corpus.
#pragma once

#include <string>
#include <string_view>

#include "kb/casefile/registry.h"
#include "kb/model/case_fields.h"

namespace treff::casefile {

// Why `bytes` break a property, or nullptr.
inline const char* fhir_problem(std::string_view bytes) {
  const auto files = read_case_files("fhir", bytes, "fuzz");
  if (!files) {
    if (files.error().empty()) return "refused without an error";
    for (const Error& error : files.error()) {
      if (!error.where.starts_with("fuzz")) return "an error without its place";
      if (error.message.empty()) return "an error without a message";
    }
    return nullptr;
  }
  if (files->size() != 1) return "not one case";
  const model::CaseReading& reading = files->front().reading;
  if (reading.tumour_case.alterations.size() > model::kMaxCaseAlterations)
    return "more alterations than a case may have";
  if (!reading.tumour_case.id.empty()) return "an id of its own";
  for (const model::CaseAlteration& alteration : reading.tumour_case.alterations) {
    if (!alteration.place.starts_with("fuzz")) return "a finding without its place";
    const auto& text = alteration.text;
    for (const std::string* part : {&text.text, &text.gene, &text.protein, &text.coding, &text.genomic}) {
      if (part->size() > 2 * model::kMaxCaseTextBytes) return "a name longer than any name";
    }
    const bool says_something = alteration.copy_number || alteration.fusion || !text.text.empty() ||
                                !text.protein.empty() || !text.coding.empty() || !text.genomic.empty();
    if (!says_something) return "a finding that says nothing";
    if (alteration.allele_fraction && !(*alteration.allele_fraction >= 0 && *alteration.allele_fraction <= 1)) {
      return "an allele fraction outside 0 to 1";
    }
  }
  for (const auto& biomarker : reading.tumour_case.biomarkers) {
    if (biomarker.value && biomarker.failed) return "a failed measurement with a value";
  }
  for (const Error& error : reading.unreadable) {
    if (error.message.empty() || !error.where.starts_with("fuzz")) return "something unread without reason or place";
  }
  // What could not be read leaves at least one kind of finding incomplete (N8).
  if (!reading.unreadable.empty() && (!reading.tumour_case.tested || reading.tumour_case.tested->failed.empty())) {
    return "something unread while every kind counts as complete";
  }
  return nullptr;
}

}  // namespace treff::casefile
