// One NDJSON case to one line of answer or error, for `treff match` on a stream and for the batch endpoint.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kb/answer/answer.h"

namespace treff::answer {

struct LineAnswer {
  std::optional<Answer> answer;  // empty if the case could not be answered
  std::string json;              // the answer, or {"case_id","errors":[...]}; no newline
};

LineAnswer answer_line(const view::View& view, std::string_view line, const AnswerRequest& request);

}  // namespace treff::answer
