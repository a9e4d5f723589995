// Every limit and deadline of the HTTP front, with defaults for a hospital's internal service.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace treff::server {

struct HeadLimits {
  std::size_t head_bytes = 16 * 1024;   // request line and headers together: 431, or 414 if the line alone
  std::size_t headers = 100;            // 431
  std::size_t target_bytes = 8 * 1024;  // 414
  std::size_t path_bytes = 512;         // after decoding: 414
  std::size_t parameters = 64;          // 400
};

struct HttpDeadlines {
  using Span = std::chrono::milliseconds;
  Span head{10'000};       // from the first byte (or the connect) to the end of the head
  Span body{60'000};       // for the whole gathered body
  Span idle{30'000};       // between two requests of one connection
  Span write{15'000};      // for an answer, plus its size over the minimum rate
  Span linger{1'000};      // how long input is thrown away after a closing answer, so that it is not lost
  Span stall{15'000};      // streamed: longest wait for one piece, either direction
  Span rate_grace{5'000};  // waiting time before the minimum rate counts
  Span park{60'000};       // longest wait of a parked request
  Span drain{10'000};      // stop(): how long requests in flight may take
};

struct HttpOptions {
  std::string listen_address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: the system chooses

  std::size_t workers = 8;
  std::size_t queue = 256;  // requests waiting for a worker; more are answered 503
  std::size_t stream_workers = 2;
  std::size_t stream_queue = 4;

  std::size_t max_connections = 1024;  // lowered to what the process may open
  std::size_t max_per_address = 512;   // 0: no cap; a proxy in front is one address
  std::size_t max_parked = 256;
  std::size_t max_requests_per_connection = 1000;
  std::size_t max_buffered_bytes = 256u * 1024 * 1024;  // gathered bodies of all connections together
  std::size_t min_bytes_per_second = 1024;

  HeadLimits limits;
  HttpDeadlines deadlines;
};

}  // namespace treff::server
