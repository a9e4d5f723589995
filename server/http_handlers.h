// What the front calls: the whole of the service, as four functions.
//
// All are called from several threads at once. `classify` runs in the poller for every request head and must be quick.
// An exception from any of them becomes a plain 500; only its type is logged.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string_view>

#include "server/http_message.h"
#include "server/http_stream.h"

namespace treff::server {

// For the access log and the counters. Never log `request.raw_target` or `request.query`.
struct AccessRecord {
  const HttpRequest& request;  // method and path are empty if the head was refused
  int status = 0;
  std::size_t body_bytes = 0;
  std::chrono::microseconds took{0};
};

struct Handlers {
  std::function<Route(std::string_view method, std::string_view path)> classify;
  std::function<Answer(const HttpRequest&)> answer;                              // Gathered and Parked
  std::function<void(const HttpRequest&, BodyReader&, ResponseWriter&)> stream;  // Streamed
  std::function<void(const AccessRecord&)> observe;                              // may be empty
};

}  // namespace treff::server
