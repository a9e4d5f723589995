// One option of an answer as JSON, for the renderings that show options.
#pragma once

#include "kb/answer/answer.h"
#include "kb/answer/json_writer.h"

namespace treff::answer {

void write_option(JsonWriter& writer, const AnswerOption& option);

}  // namespace treff::answer
