// The one table of everything that can go wrong, and the value that carries a failure.
//
// An Error says what was wrong in words a person can act on, where it was, the offending piece, and a hint.
// The library knows neither HTTP status nor exit status: the two edges (server/status.cc, cli/exit_status.cc)
// map ErrorCode with an exhaustive switch. To add a code: one row in kErrorTable, one enumerator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace treff::base {

enum class ErrorCode : std::uint8_t {
  UnreadableText,
  UnknownName,
  AmbiguousName,
  MalformedJson,
  UnknownKey,
  MissingKey,
  WrongType,
  InvalidValue,
  InvalidDate,
  DanglingId,
  DuplicateId,
  MissingSource,
  TooDeep,
  TooLarge,
  Cycle,
  UnsupportedFormat,
  WrongColumns,
  TruncatedFile,
  DifferentSamples,
  NotFound,
  UnknownRevision,
  RevisionConflict,
  Unchanged,
  StoreMissing,
  StoreDamaged,
  StoreLocked,
  VersionMismatch,
  IndexDamaged,
  DiskFull,
  ReadOnly,
  IoFailure,
  Cancelled,
  Busy,
  Usage,
  Internal,
};

struct ErrorRow {
  ErrorCode code;
  std::string_view name;   // snake_case, stable: part of the contract (`error.code`, problem `type`)
  std::string_view title;  // one short English sentence without parameters
};

// The table, in the order of the enumerators.
const std::vector<ErrorRow>& error_table();

// The stable snake_case name of `code`.
std::string_view to_string(ErrorCode code);
std::string_view title_of(ErrorCode code);

// One failure. Only `code` and `message` are always set.
struct Error {
  ErrorCode code = ErrorCode::Internal;
  std::string message;                 // English, names the offending text; never a case's content in logs
  std::string where;                   // JSON pointer, file:line or parameter name
  std::string piece;                   // the exact input text that could not be used
  std::optional<std::size_t> at_byte;  // 0-based byte offset of `piece` in the text that was read
  std::string hint;                    // what to do: nearest valid value, allowed values
};

// "where: message 'piece' (hint)", for terminals and logs of non-clinical input.
std::string to_text(const Error& error);

// Prefixes `where` of every error, so that a file name stands before a JSON pointer.
std::vector<Error> with_place(std::vector<Error> errors, std::string_view place);

}  // namespace treff::base
