// The head of one HTTP/1.x request: found in the bytes received so far, then read strictly.
//
// Rules: RFC 9112 (framing) and RFC 9110, with every choice it leaves open decided towards refusal, because two
// readers that disagree about a head are how requests are smuggled. Refused: bare CR or LF, NUL, obs-fold, white space
// before a colon, a missing or repeated Host, any Content-Length that is not one plain number, Transfer-Encoding beside
// Content-Length or other than "chunked", a body on GET, HEAD, DELETE or OPTIONS, a POST, PUT or PATCH without length,
// Content-Encoding, an Expect other than 100-continue. Range is left unread: every answer is whole.
// After a refusal the connection must be closed; no later byte of it may be read as a request.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "server/http_message.h"
#include "server/http_options.h"

namespace treff::server {

// Why the front itself answers: an HTTP status and words that repeat no input.
struct Refusal {
  int status = 400;
  std::string detail;
};

enum class HeadProgress { NeedMore, Complete, Malformed };

struct HeadScan {
  HeadProgress progress = HeadProgress::NeedMore;
  std::size_t end = 0;  // Complete: one past the empty line
};

// Looks for the empty line that ends the head; bytes before `from` were scanned by an earlier call.
// Malformed as soon as a bare CR, a bare LF or a NUL stands in the head.
HeadScan scan_head(std::string_view bytes, std::size_t from);

enum class BodyFraming { None, Length, Chunked };

struct RequestHead {
  HttpRequest request;  // without body, peer_address and request_id
  bool is_http_1_0 = false;
  bool keep_alive = true;
  bool expects_continue = false;
  BodyFraming framing = BodyFraming::None;
  std::uint64_t content_length = 0;  // Length only
};

// `head` ends with its empty line, as scan_head found it.
tl::expected<RequestHead, Refusal> parse_head(std::string_view head, const HeadLimits& limits);

}  // namespace treff::server
