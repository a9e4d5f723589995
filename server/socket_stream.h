// BodyReader and ResponseWriter over one non-blocking socket, for the one thread that serves a streamed request.
//
// Waiting is bounded twice in each direction: one wait by the stall deadline, all waits together by the minimum rate.
// Time spent in the handler does not count against the client.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/chunked_body.h"
#include "server/connection.h"
#include "server/http_options.h"
#include "server/http_stream.h"

namespace treff::server {

// How long one direction has waited for the client, and how much came of it.
class Patience {
 public:
  explicit Patience(const HttpOptions& options) : options_(options) {}
  // Waits until `fd` is ready for `events` (poll(2)); false if the client is too slow.
  bool wait(int fd, short events);
  void count(std::size_t bytes) { bytes_ += bytes; }

 private:
  const HttpOptions& options_;
  SteadyClock::duration waited_{0};
  std::uint64_t bytes_ = 0;
};

class SocketWriter final : public ResponseWriter {
 public:
  SocketWriter(const Connection& connection, const HttpOptions& options)
      : connection_(connection), patience_(options) {}

  bool start(const HttpResponse& head) override;
  bool write(std::string_view bytes) override;
  bool flush() override;
  bool finish() override;

  bool is_started() const { return status_ != 0; }
  bool is_complete() const { return complete_; }
  int status() const { return status_; }
  std::size_t body_bytes() const { return body_bytes_; }

 private:
  bool send_all(std::string_view bytes);
  bool is_chunked() const { return !connection_.head.is_http_1_0; }
  bool has_body() const { return connection_.head.request.method != "HEAD" && allows_body_; }

  const Connection& connection_;
  Patience patience_;
  std::string pending_;
  int status_ = 0;
  std::size_t body_bytes_ = 0;
  bool allows_body_ = true;
  bool gone_ = false;
  bool complete_ = false;
};

class SocketReader final : public BodyReader {
 public:
  // Begins with the bytes that the connection has received already. Flushes `writer` before it waits.
  SocketReader(Connection& connection, const HttpOptions& options, SocketWriter& writer);

  Result<std::string_view> read() override;
  // What the front answers if the handler has not begun to.
  const std::optional<Refusal>& refusal() const { return refusal_; }

 private:
  Result<std::string_view> read_length();
  Result<std::string_view> read_chunked();
  Status fill();
  Result<std::string_view> stop(ErrorCode code, Refusal refusal);

  Connection& connection_;
  SocketWriter& writer_;
  Patience patience_;
  ChunkDecoder decoder_;
  std::string buffer_;
  std::string_view unread_;
  std::uint64_t received_ = 0;  // decoded
  bool at_end_ = false;
  std::optional<Error> error_;
  std::optional<Refusal> refusal_;
};

}  // namespace treff::server
