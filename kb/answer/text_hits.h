// Trials and access programmes that nobody has curated, found by text for a case: apart from the options, never among
// them (DESIGN section 6).
#pragma once

#include <cstddef>

#include "kb/answer/answer.h"

namespace treff::answer {

// Adds up to `most` hits to `answer`, without the trials that its options belong to. Where text search is not available
// (an older revision, no index) a warning says so: an empty list would read as "nothing found".
void add_text_hits(const view::View& view, const model::TumourCase& tumour_case, std::size_t most, Answer& answer);

}  // namespace treff::answer
