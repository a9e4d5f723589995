// Records <-> JSON nodes. Private to kb/model.
#pragma once

#include <vector>

#include "kb/model/codec_node.h"
#include "kb/model/codec_read.h"
#include "kb/model/records.h"

namespace treff::model {

// Longest text a record may hold anywhere, in bytes.
inline constexpr std::size_t kMaxRecordTextBytes = 1000000;

// `out` is only usable if the reader stayed clean.
void read_record(Reader& reader, const Node& node, const Place& at, Record& out);
Node write_record(const Record& record);

// What decode_record would say of the record's own JSON: the same rules for records that were made in memory.
std::vector<Error> form_errors(const Record& record);

}  // namespace treff::model
