// One line of `treff contains` and `treff relevant` (API.md section 2): NDJSON in, one JSON object out, no newline.
#pragma once

#include <string>
#include <string_view>

#include "kb/match/knowledge.h"

namespace treff::answer {

// {"id","criterion","alteration"[,"gene"]} -> {"id","verdict","rule","relation","reason"}, or {"id","error"}.
// Criterion: text, or the object of a `variant` node; alteration: text.
std::string contains_line(std::string_view line, const match::Vocabulary& words);

// {"id","gene","alteration","candidates":[...]} -> {"id","relevant":[...]}, most specific first; a candidate that
// cannot be read is listed under "unreadable" with its error, never dropped.
std::string relevant_line(std::string_view line, const match::Vocabulary& words);

}  // namespace treff::answer
