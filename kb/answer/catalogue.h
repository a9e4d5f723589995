// The words of every message, one catalogue a language; the only place with sentences for people about a match.
//
// {criterion}, {by}, {detail} stand for the parameters. "Criteria met", never "match" alone; "options", never
// "recommended"; "disease control", never "response" for it (B11).
#pragma once

#include <string>
#include <string_view>

#include "kb/answer/answer.h"
#include "kb/match/message.h"

namespace treff::answer {

std::string_view template_en(match::MessageId id);
std::string_view template_nb(match::MessageId id);

// The message with its parameters filled in.
std::string words_of(match::MessageId id, Language language, std::string_view criterion, std::string_view by,
                     std::string_view detail);

}  // namespace treff::answer
