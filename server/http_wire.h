// An answer as bytes: status line, headers, and the front's own problem documents.
#pragma once

#include <string>
#include <string_view>

#include "server/http_message.h"

namespace treff::server {

enum class BodyForm { Length, Chunked, UntilClose };

struct WireForm {
  bool close = false;        // say that the connection ends after this answer
  bool is_http_1_0 = false;  // whom a kept connection must be announced to
  BodyForm body = BodyForm::Length;
};

std::string_view reason_phrase(int status);

// False if a header would break the framing (line breaks, malformed name) or the status is not a final one.
bool is_sendable(const HttpResponse& response);

// Whether an answer of that status may carry a body at all (not 204, not 304).
bool allows_body(int status);

// Everything before the body, including the empty line. No Date, no Server. `response` must be sendable.
std::string response_head(const HttpResponse& response, const WireForm& form, std::string_view request_id);

// A JSON string literal with its quotes; bytes that are not UTF-8 become U+FFFD.
std::string json_string(std::string_view text);

}  // namespace treff::server
