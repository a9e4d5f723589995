// Log entries and operation lists as canonical JSON (RFC 8785), written and read by hand.
//
// The text is what the hashes cover, so that anybody can check the chain from an export with a JSON library and a
// SHA-256. Both shapes are fixed and flat; the readers accept only what the writers produce (same members, same
// order, no white space), because anything else in the database is damage and must be called so.
// Errors: StoreDamaged with the byte where reading stopped.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kb/base/result.h"
#include "kb/store/change_set.h"

namespace treff::store {

// All members but `hash`.
std::string canonical_text(const LogEntry& entry);
// A list in the order given; apply() sorts by kind name and id.
std::string canonical_text(const std::vector<Operation>& operations);

// The value under a log key: the entry's hash, one space, the canonical text.
// decode_log_value checks that the hash is the text's own, and that no entry claims an impossible number.
std::string encode_log_value(const LogEntry& entry);
Result<LogEntry> decode_log_value(std::string_view value);

Result<std::vector<Operation>> parse_operations(std::string_view text);

}  // namespace treff::store
