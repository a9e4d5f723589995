// What must hold for any bytes handed to the codec. Used by the fuzz targets and by the replay of their corpora.
//
// Each function returns nullptr, or the property that does not hold.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kb/base/text.h"
#include "kb/model/codec.h"
#include "kb/model/references.h"

namespace treff::model {

inline const char* errors_problem(const std::vector<Error>& errors, std::string_view text) {
  if (errors.empty()) return "refused without an error";
  for (const Error& error : errors) {
    if (error.message.empty()) return "an error without words";
    if (error.at_byte && *error.at_byte > text.size()) return "an error behind the end of the text";
    for (const std::string* part : {&error.message, &error.where, &error.piece, &error.hint}) {
      if (base::invalid_utf8_at(*part)) return "an error that is not UTF-8";
    }
    const bool place = error.where.empty() || error.where.front() == '/' || error.where.rfind("line ", 0) == 0;
    if (!place) return "an error without a place";
  }
  return nullptr;
}

// `decode` and `encode` of one kind of document undo one another, and what is written is canonical.
template <class Decode, class Encode>
const char* document_problem(std::string_view text, const Decode& decode, const Encode& encode) {
  const auto read = decode(text);
  if (!read) return errors_problem(read.error(), text);
  const std::string written = encode(*read);
  const auto canonical = canonical_json(written);
  if (!canonical || *canonical != written) return "what is written is not canonical";
  const auto again = decode(written);
  if (!again) return "what is written cannot be read";
  return encode(*again) == written ? nullptr : "what is written reads differently";
}

inline const char* record_problem(std::string_view text) {
  if (const auto many = decode_records(text); !many) {
    if (const char* problem = errors_problem(many.error(), text)) return problem;
  }
  const auto one = decode_record(text);
  if (one) {
    for (const Reference& reference : references_of(*one)) {
      if (reference.pointer.empty() || reference.to.id.empty()) return "a reference without place or id";
    }
    for (const Error& error : check_record(*one)) {
      if (error.message.empty()) return "a rule without words";
    }
  }
  return document_problem(
      text, [](std::string_view json) { return decode_record(json); },
      [](const Record& record) { return encode_record(record); });
}

inline const char* case_problem(std::string_view text) {
  return document_problem(
      text, [](std::string_view json) { return decode_case(json); },
      [](const TumourCase& tumour_case) { return encode_case(tumour_case); });
}

inline const char* criterion_problem(std::string_view text) {
  if (const auto read = decode_criterion(text)) {
    const CriterionSize size = size_of(*read);
    if (size.depth > kMaxCriterionDepth || size.leaves > kMaxCriterionLeaves) return "a criterion beyond its bounds";
    names_in(*read, "");
  }
  return document_problem(
      text, [](std::string_view json) { return decode_criterion(json); },
      [](const Criterion& criterion) { return encode_criterion(criterion); });
}

}  // namespace treff::model
