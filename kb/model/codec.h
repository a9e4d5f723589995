// JSON <-> records and cases, strictly: an unknown key, a wrong type or an impossible value is an error with its
// JSON pointer and the nearest valid word; all errors of a document are reported at once.
//
// Nothing of the JSON library shows here. Depth of nesting is bounded (64), size by the caller. Pure and thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kb/base/result.h"
#include "kb/model/records.h"
#include "kb/model/tumour_case.h"

namespace treff::model {

// One JSON object with `kind` and `id`. Duplicate keys, invalid UTF-8 and trailing text are errors.
Checked<Record> decode_record(std::string_view json);
// A file: one object, an array of objects, or NDJSON (one a line). Errors carry "line N" for NDJSON and a pointer.
struct RecordAt {
  Record record;
  std::string place;  // "line 3" or "/2"
};
Checked<std::vector<RecordAt>> decode_records(std::string_view text);

// Canonical JSON (RFC 8785): sorted keys, no spaces, shortest numbers; members at their default are left out.
// decode_record(encode_record(r)) gives r; encode_record(decode_record(c)) gives c for canonical c.
std::string encode_record(const Record& record);
// RFC 8785 form of any valid JSON text within the depth bound.
Result<std::string> canonical_json(std::string_view json);

// The case of API.md section 3. Unreadable alteration text is not an error here; kb/match reads names.
Checked<TumourCase> decode_case(std::string_view json);
std::string encode_case(const TumourCase& tumour_case);

// One criterion node, for `treff contains` and tests.
Checked<Criterion> decode_criterion(std::string_view json);
std::string encode_criterion(const Criterion& criterion);

// Draft 7 JSON Schema of a record kind, of the criterion language, of the case: written from the tables.
std::string record_schema(RecordKind kind);
std::string criterion_schema();
std::string case_schema();

}  // namespace treff::model
