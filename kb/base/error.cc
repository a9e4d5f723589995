#include "kb/base/error.h"

#include <utility>

namespace treff::base {

const std::vector<ErrorRow>& error_table() {
  static const std::vector<ErrorRow> table = {
      {ErrorCode::UnreadableText, "unreadable_text", "The text could not be read."},
      {ErrorCode::UnknownName, "unknown_name", "The name is not known."},
      {ErrorCode::AmbiguousName, "ambiguous_name", "The name means more than one thing."},
      {ErrorCode::MalformedJson, "malformed_json", "The text is not valid JSON."},
      {ErrorCode::UnknownKey, "unknown_key", "The key is not known here."},
      {ErrorCode::MissingKey, "missing_key", "A required key is missing."},
      {ErrorCode::WrongType, "wrong_type", "The value has the wrong type."},
      {ErrorCode::InvalidValue, "invalid_value", "The value is not allowed here."},
      {ErrorCode::InvalidDate, "invalid_date", "The date is not a real calendar date."},
      {ErrorCode::DanglingId, "dangling_id", "The id names a record that does not exist."},
      {ErrorCode::DuplicateId, "duplicate_id", "The id is used more than once."},
      {ErrorCode::MissingSource, "missing_source", "A claim has no source."},
      {ErrorCode::TooDeep, "too_deep", "The structure is nested too deeply."},
      {ErrorCode::TooLarge, "too_large", "The input is too large."},
      {ErrorCode::Cycle, "cycle", "The references form a cycle."},
      {ErrorCode::UnsupportedFormat, "unsupported_format", "The format is not supported."},
      {ErrorCode::WrongColumns, "wrong_columns", "The table has not the expected columns."},
      {ErrorCode::TruncatedFile, "truncated_file", "The file ends too early."},
      {ErrorCode::DifferentSamples, "different_samples", "The files name different samples."},
      {ErrorCode::NotFound, "not_found", "There is no such thing."},
      {ErrorCode::UnknownRevision, "unknown_revision", "There is no such revision."},
      {ErrorCode::RevisionConflict, "revision_conflict", "The knowledge base changed meanwhile."},
      {ErrorCode::Unchanged, "unchanged", "The change set changes nothing."},
      {ErrorCode::StoreMissing, "store_missing", "There is no knowledge base here."},
      {ErrorCode::StoreDamaged, "store_damaged", "The knowledge base is damaged."},
      {ErrorCode::StoreLocked, "store_locked", "Another process owns the knowledge base."},
      {ErrorCode::VersionMismatch, "version_mismatch", "The knowledge base has another format version."},
      {ErrorCode::IndexDamaged, "index_damaged", "The text index is missing or damaged."},
      {ErrorCode::DiskFull, "disk_full", "The disk is full."},
      {ErrorCode::ReadOnly, "read_only", "The knowledge base is open for reading only."},
      {ErrorCode::IoFailure, "io_failure", "Reading or writing failed."},
      {ErrorCode::Cancelled, "cancelled", "The work was cancelled."},
      {ErrorCode::Busy, "busy", "The service is busy."},
      {ErrorCode::Usage, "usage", "The command was not used as documented."},
      {ErrorCode::Internal, "internal", "Something went wrong inside the program."},
  };
  return table;
}

std::string_view to_string(ErrorCode code) { return error_table().at(static_cast<std::size_t>(code)).name; }

std::string_view title_of(ErrorCode code) { return error_table().at(static_cast<std::size_t>(code)).title; }

std::string to_text(const Error& error) {
  std::string text;
  if (!error.where.empty()) text += error.where + ": ";
  text += error.message;
  if (error.at_byte) text += " (byte " + std::to_string(*error.at_byte) + ")";
  if (!error.hint.empty()) text += "; " + error.hint;
  return text;
}

std::vector<Error> with_place(std::vector<Error> errors, std::string_view place) {
  for (Error& error : errors) {
    if (error.where.empty()) {
      error.where = std::string(place);
    } else {
      error.where = std::string(place) + (error.where.front() == '/' ? "" : ":") + error.where;
    }
  }
  return errors;
}

}  // namespace treff::base
