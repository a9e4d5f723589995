#include "server/socket_stream.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>

#include "server/http_wire.h"

namespace treff::server {
namespace {

constexpr std::size_t kPieceBytes = 16 * 1024;

}  // namespace

bool Patience::wait(int fd, short events) {
  pollfd entry{fd, events, 0};
  const auto began = SteadyClock::now();
  int ready = 0;
  do {
    ready = ::poll(&entry, 1, static_cast<int>(options_.deadlines.stall.count()));
  } while (ready < 0 && errno == EINTR);
  waited_ += SteadyClock::now() - began;
  if (ready <= 0) return false;
  const std::chrono::duration<double> counted = waited_ - options_.deadlines.rate_grace;
  return static_cast<double>(bytes_) >= counted.count() * static_cast<double>(options_.min_bytes_per_second);
}

bool SocketWriter::start(const HttpResponse& head) {
  if (is_started() || gone_) return false;
  const bool sendable = is_sendable(head);
  const HttpResponse& used = sendable ? head : problem_response(500, {}, connection_.head.request.request_id);
  status_ = used.status;
  allows_body_ = sendable && allows_body(used.status);
  const BodyForm body = !is_chunked() ? BodyForm::UntilClose : BodyForm::Chunked;
  pending_ =
      response_head(used, WireForm{true, connection_.head.is_http_1_0, body}, connection_.head.request.request_id);
  const bool sent = send_all(pending_);
  pending_.clear();
  return sent && sendable;
}

bool SocketWriter::write(std::string_view bytes) {
  if (!is_started() || gone_ || complete_) return false;
  if (!has_body()) return true;
  body_bytes_ += bytes.size();
  while (!bytes.empty()) {
    const std::size_t size = std::min(bytes.size(), kPieceBytes - pending_.size());
    pending_.append(bytes.substr(0, size));
    bytes.remove_prefix(size);
    if (pending_.size() == kPieceBytes && !flush()) return false;
  }
  return true;
}

bool SocketWriter::flush() {
  if (gone_ || pending_.empty()) return !gone_;
  if (is_chunked()) {
    std::array<char, 16> size{};
    const auto end = std::to_chars(size.data(), size.data() + size.size(), pending_.size(), 16).ptr;
    pending_.insert(0, std::string(size.data(), end) + "\r\n");
    pending_ += "\r\n";
  }
  const bool sent = send_all(pending_);
  pending_.clear();
  return sent;
}

bool SocketWriter::finish() {
  if (!is_started() || complete_ || !flush()) return false;
  if (has_body() && is_chunked() && !send_all("0\r\n\r\n")) return false;
  complete_ = true;
  return true;
}

bool SocketWriter::send_all(std::string_view bytes) {
  while (!bytes.empty() && !gone_) {
    const ssize_t sent = ::send(connection_.fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent > 0) {
      patience_.count(static_cast<std::size_t>(sent));
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      gone_ = !patience_.wait(connection_.fd, POLLOUT);
    } else if (errno != EINTR) {
      gone_ = true;
    }
  }
  return !gone_;
}

SocketReader::SocketReader(Connection& connection, const HttpOptions& options, SocketWriter& writer)
    : connection_(connection), writer_(writer), patience_(options), buffer_(std::move(connection.in)) {
  connection.in.clear();
  unread_ = buffer_;
  at_end_ = connection.head.framing == BodyFraming::None;
}

Result<std::string_view> SocketReader::read() {
  if (error_) return fail(*error_);
  if (at_end_) return std::string_view();
  return connection_.head.framing == BodyFraming::Chunked ? read_chunked() : read_length();
}

Result<std::string_view> SocketReader::read_length() {
  const std::uint64_t left = connection_.head.content_length - received_;
  if (unread_.empty()) {
    if (auto filled = fill(); !filled) return fail(filled.error());
  }
  const std::string_view piece =
      unread_.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(left, unread_.size())));
  unread_.remove_prefix(piece.size());
  received_ += piece.size();
  at_end_ = received_ == connection_.head.content_length;
  return piece;
}

Result<std::string_view> SocketReader::read_chunked() {
  while (true) {
    const ChunkDecoder::Step step = decoder_.next(unread_);
    unread_.remove_prefix(step.consumed);
    switch (step.progress) {
      case ChunkDecoder::Progress::Payload:
        received_ += step.payload.size();
        if (received_ > connection_.route.max_body_bytes) {
          return stop(ErrorCode::TooLarge, {413, "the body is larger than this address takes"});
        }
        return step.payload;
      case ChunkDecoder::Progress::Finished: at_end_ = true; return std::string_view();
      case ChunkDecoder::Progress::Malformed: return stop(ErrorCode::InvalidValue, {400, "malformed chunked body"});
      case ChunkDecoder::Progress::NeedMore:
        if (auto filled = fill(); !filled) return fail(filled.error());
    }
  }
}

Status SocketReader::fill() {
  buffer_.resize(kPieceBytes);
  while (true) {
    const ssize_t got = ::recv(connection_.fd, buffer_.data(), buffer_.size(), 0);
    if (got > 0) {
      patience_.count(static_cast<std::size_t>(got));
      unread_ = std::string_view(buffer_).substr(0, static_cast<std::size_t>(got));
      return {};
    }
    if (got < 0 && errno == EINTR) continue;
    if (got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK)) {
      return fail(stop(ErrorCode::Cancelled, {400, "the body ended early"}).error());
    }
    if (!writer_.flush() || !patience_.wait(connection_.fd, POLLIN)) {
      return fail(stop(ErrorCode::Cancelled, {408, "the body came too slowly"}).error());
    }
  }
}

Result<std::string_view> SocketReader::stop(ErrorCode code, Refusal refusal) {
  error_ = Error{};
  error_->code = code;
  error_->message = refusal.detail;
  refusal_ = std::move(refusal);
  return fail(*error_);
}

}  // namespace treff::server
