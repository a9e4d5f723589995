// A request and an answer as plain values, with nothing of the HTTP library inside.
//
// The front fills an HttpRequest only after every framing and length rule has been checked (server/http_head.h),
// so a handler sees complete, bounded, decoded input. Handlers are functions of these values and are tested as such.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "server/waker.h"

namespace treff::server {

using NameValue = std::pair<std::string, std::string>;

struct HttpRequest {
  std::string method;              // one of GET HEAD POST PUT PATCH DELETE OPTIONS
  std::string path;                // percent-decoded, begins with '/', valid UTF-8, no "." or ".." segment, no control
  std::string raw_target;          // as sent, without scheme and authority; never for logs, it holds the query
  std::vector<NameValue> query;    // decoded, in order; '+' is a plus, only %20 is a space
  std::vector<NameValue> headers;  // lower-case names, one entry a name (repeated lines joined with ", ")
  std::string body;                // empty on streamed routes, where the body comes through a BodyReader
  std::string peer_address;        // of the socket, never from a header
  std::string request_id;          // made by the front, sent back as X-Request-Id
  std::string curator;             // whose token came with it; set by the routes, never from outside

  // The header of that lower-case name.
  std::optional<std::string_view> get(std::string_view lower_name) const { return find(headers, lower_name); }
  // The first query parameter of that name.
  std::optional<std::string_view> query_value(std::string_view name) const { return find(query, name); }

 private:
  static std::optional<std::string_view> find(const std::vector<NameValue>& list, std::string_view name) {
    for (const NameValue& entry : list) {
      if (entry.first == name) return entry.second;
    }
    return std::nullopt;
  }
};

// Content-Length, Connection and Transfer-Encoding are the front's: given here they are left out.
// A name or value that would break the framing turns the whole answer into a 500.
struct HttpResponse {
  int status = 200;
  std::vector<NameValue> headers;
  std::string content_type;
  std::string body;
};

enum class WakeReason {
  Woken,           // the waker was called
  DeadlinePassed,  // Park::wait is over
  Stopping,        // the server is shutting down: answer with what there is
};

// "Not yet": the connection waits in the poller without a thread. Only on RouteClass::Parked.
struct Park {
  std::chrono::milliseconds wait{0};
  // Called once, in a worker, before the wait begins; an event that happened already may wake at once.
  std::function<void(Waker)> subscribe;
  // Called in a worker. nullopt keeps waiting, allowed only after Woken.
  std::function<std::optional<HttpResponse>(WakeReason)> resume;
};

using Answer = std::variant<HttpResponse, Park>;

enum class RouteClass {
  Gathered,  // the whole request is in memory before a worker sees it
  Streamed,  // a thread of the small streaming pool reads and writes piece by piece
  Parked,    // like Gathered, and the handler may answer Park
};

struct Route {
  RouteClass kind = RouteClass::Gathered;
  std::size_t max_body_bytes = 64 * 1024;  // after undoing chunked coding; more is refused with 413
};

// The front's problem document (RFC 9457) as an answer; `detail` must not repeat input.
HttpResponse problem_response(int status, std::string_view detail, std::string_view request_id);

}  // namespace treff::server
