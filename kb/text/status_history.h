// The dated status of a record in one short text, and the state in force on a day (rule B3).
//
// An index is read on other days than it was written, so it holds the history, never "the current status".
// Form: entries "YYYYMMDDs" in date order, s = digit of the state, 00000000 = since before the record began; the
// history of the trial stands behind '|'. Example: "202304011202410014|202101011" = cohort open from 2023-04-01 and
// closed from 2024-10-01, in a trial open from 2021-01-01.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kb/base/date.h"
#include "kb/model/records.h"

namespace treff::text {

// Either list may be empty; both empty gives the empty text.
std::string encode_status(const std::vector<model::StatusChange>& own, const std::vector<model::StatusChange>& trial);

// The most restrictive of own and trial state on that day (closed, full, suspended, planned, open). An opening still
// ahead is `planned`; nullopt = not known.
std::optional<model::EntryState> status_on(std::string_view encoded, const Date& day);

// "open", "closed" ..., or "unknown".
std::string_view status_name(std::optional<model::EntryState> state);
// The reverse for queries and filters; false if the word is no status.
bool parse_status(std::string_view word, std::optional<model::EntryState>& state);

}  // namespace treff::text
