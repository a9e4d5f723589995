// Many cases, one a line, answered by several threads in the order in which they came.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>

#include "cli/commands.h"
#include "kb/answer/answer.h"

namespace treff::cli {

struct StreamJob {
  const view::View& view;
  const answer::AnswerRequest& request;
  std::string format;  // empty, json, ndjson, tsv or text
  std::size_t jobs = 1;
};

// Reads `in` to its end; memory does not grow with the number of cases. A line that cannot be answered gives an error
// line and the work goes on; how many is told on `err`. Fails only if `out` cannot be written.
int match_stream(Environment& environment, std::istream& in, const StreamJob& job);

// True if `in` begins with a whole JSON object on a line of its own and has more lines with something on them.
bool holds_lines_of_json(std::istream& in);

}  // namespace treff::cli
