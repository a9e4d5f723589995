// One JSON value after another out of a stream, without holding the stream: a single object, an array of objects,
// NDJSON, or pages {"studies":[...]}. Only the bounds of each value are found here; its reader parses it.
//
// Memory: one value, at most kMaxValueBytes. Places are file:line, counted from 1 in the unpacked text.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "indexer/importers/byte_source.h"

namespace treff::indexer {

inline constexpr std::size_t kMaxValueBytes = std::size_t{16} << 20;

struct JsonValueText {
  std::string_view text;  // valid during the call only
  std::uint64_t line = 0;
};

// Calls `take` for every object in document order, until it answers false. `list_key` names the member of a top-level
// object whose list is taken apart ("studies"). TruncatedFile, TooLarge, MalformedJson, UnreadableText (not UTF-8),
// each with file:line.
Status for_each_json_value(ByteSource& source, const std::string& file_name, std::string_view list_key,
                           const std::function<bool(const JsonValueText&)>& take,
                           const std::function<void()>& tick = {});

}  // namespace treff::indexer
