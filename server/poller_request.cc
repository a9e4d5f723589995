// The part of the poller that turns received bytes into requests and answers into sent bytes.
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "server/http_wire.h"
#include "server/poller.h"

namespace treff::server {
namespace {

constexpr std::size_t kScratchBytes = 64 * 1024;
constexpr int kTurns = 16;  // receives in a row before other connections get their turn
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

void Poller::advance(const Ptr& connection) {
  for (int turn = 0; turn < kTurns; ++turn) {
    if (step(connection) == Step::Done) return;
    if (!connection->readable || !receive(connection)) return;
  }
  again_.push_back(connection->id);
}

// False: nothing there, or the connection is closed. While the head is incomplete `in` stays within head_bytes plus one
// piece; of a body no more is taken than is missing.
bool Poller::receive(const Ptr& connection) {
  Connection& c = *connection;
  scratch_.resize(kScratchBytes);
  const std::uint64_t missing = c.head.content_length - (c.has_head ? c.head.request.body.size() : 0);
  const std::size_t room = c.has_head ? static_cast<std::size_t>(std::min<std::uint64_t>(missing, kScratchBytes))
                                      : options_.limits.head_bytes;
  const ssize_t got = ::recv(c.fd, scratch_.data(), std::min(room, kScratchBytes), 0);
  if (got < 0 && errno == EINTR) return true;
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
    c.readable = false;
    return false;
  }
  if (got <= 0) {
    close(connection);
    return false;
  }
  const auto size = static_cast<std::size_t>(got);
  // A short read has emptied the socket, unless the end of input stands behind it.
  if (size < room && !c.peer_closed) c.readable = false;
  const std::string_view bytes = std::string_view(scratch_).substr(0, size);
  if (c.has_head) return gather_body(connection, bytes) == Step::NeedMore;
  if (c.in.empty() && c.served > 0) c.deadline = now_ + options_.deadlines.head;
  c.in.append(bytes);
  return true;
}

Poller::Step Poller::step(const Ptr& connection) {
  return connection->has_head ? Step::NeedMore : gather_head(connection);
}

Poller::Step Poller::gather_head(const Ptr& connection) {
  Connection& c = *connection;
  if (c.in.starts_with("\r\n")) {  // one empty line before a request is allowed by RFC 9112 section 2.2
    c.in.erase(0, 2);
    c.scanned = 0;
  }
  const HeadScan scan = scan_head(c.in, c.scanned);
  c.scanned = c.in.size();
  const std::size_t limit = options_.limits.head_bytes;
  if (scan.progress == HeadProgress::Complete && scan.end <= limit) return begin_request(connection, scan.end);
  if (scan.progress == HeadProgress::Malformed && scan.end < limit) {
    refuse(connection, {400, "malformed line ending or NUL in the head"});
    return Step::Done;
  }
  if (c.in.size() < limit) return Step::NeedMore;
  const bool line_alone = c.in.find("\r\n") >= limit;
  refuse(connection, line_alone ? Refusal{414, "the address is too long"} : Refusal{431, "the head is too large"});
  return Step::Done;
}

Poller::Step Poller::begin_request(const Ptr& connection, std::size_t head_bytes) {
  Connection& c = *connection;
  auto head = parse_head(std::string_view(c.in).substr(0, head_bytes), options_.limits);
  c.in.erase(0, head_bytes);
  c.scanned = 0;
  c.request_began = now_;
  if (!head) {
    refuse(connection, head.error());
    return Step::Done;
  }
  c.head = std::move(*head);
  c.head.request.peer_address = c.peer;
  c.head.request.request_id = next_request_id();
  c.has_head = true;
  const auto route = exchange_.classify(c.head.request);
  if (!route) {
    refuse(connection, route.error());
    return Step::Done;
  }
  c.route = *route;
  return begin_body(connection);
}

Poller::Step Poller::begin_body(const Ptr& connection) {
  Connection& c = *connection;
  const bool streamed = c.route.kind == RouteClass::Streamed;
  const bool has_body = c.head.framing != BodyFraming::None;
  if (c.head.framing == BodyFraming::Chunked && !streamed) {
    refuse(connection, {411, "this address takes no chunked body: send a Content-Length"});
    return Step::Done;
  }
  if (c.head.content_length > c.route.max_body_bytes) {
    refuse(connection, {413, "the body is larger than this address takes"});
    return Step::Done;
  }
  if (has_body && c.head.expects_continue && c.in.empty()) {
    const ssize_t sent = ::send(c.fd, kContinue.data(), kContinue.size(), MSG_NOSIGNAL);
    if (sent != static_cast<ssize_t>(kContinue.size())) {
      close(connection);
      return Step::Done;
    }
  }
  if (streamed || !has_body) {
    dispatch(connection);
    return Step::Done;
  }
  c.body_began = now_;
  c.deadline = now_ + options_.deadlines.body;
  const auto here = static_cast<std::size_t>(std::min<std::uint64_t>(c.head.content_length, c.in.size()));
  const std::string first = c.in.substr(0, here);
  c.in.erase(0, here);
  return gather_body(connection, first);
}

// Done also when the connection was refused.
Poller::Step Poller::gather_body(const Ptr& connection, std::string_view bytes) {
  Connection& c = *connection;
  if (*buffered_ + bytes.size() > options_.max_buffered_bytes) {
    refuse(connection, {503, "too many large requests at once"});
    return Step::Done;
  }
  c.room.take(buffered_, bytes.size());
  c.head.request.body.append(bytes);
  if (c.head.request.body.size() < c.head.content_length) return Step::NeedMore;
  dispatch(connection);
  return Step::Done;
}

void Poller::dispatch(const Ptr& connection) {
  Connection& c = *connection;
  c.close_after = !c.head.keep_alive || draining_ || c.served + 1 >= options_.max_requests_per_connection;
  const bool streamed = c.route.kind == RouteClass::Streamed;
  const bool pushed = streamed ? push(stream_workers_, connection, [this, connection] { exchange_.stream(connection); })
                               : push(workers_, connection, [this, connection] { exchange_.answer(connection); });
  if (!pushed) refuse(connection, {503, "the server is busy"});
}

bool Poller::push(WorkerPool& pool, const Ptr& connection, WorkerPool::Job job) {
  if (connection->readable) mailbox_->call_when_returned(*connection);
  connection->state = ConnectionState::Busy;
  if (pool.try_push(std::move(job))) return true;
  connection->state = ConnectionState::Reading;
  return false;
}

void Poller::refuse(const Ptr& connection, const Refusal& refusal) {
  Connection& c = *connection;
  ++counters_.refused;
  if (!c.has_head) {
    c.head = {};
    c.request_began = now_;
  }
  if (c.head.request.request_id.empty()) c.head.request.request_id = next_request_id();
  c.close_after = true;
  exchange_.send(c, problem_response(refusal.status, refusal.detail, c.head.request.request_id));
  after_send(connection);
}

void Poller::after_send(const Ptr& connection) {
  Connection& c = *connection;
  if (c.broken) return close(connection);
  if (c.out_sent >= c.out.size()) return finish_answer(connection);
  const std::size_t seconds = (c.out.size() - c.out_sent) / std::max<std::size_t>(options_.min_bytes_per_second, 1);
  c.deadline = now_ + options_.deadlines.write + std::chrono::seconds(seconds);
  c.state = ConnectionState::Writing;
  continue_write(connection);
}

void Poller::continue_write(const Ptr& connection) {
  Connection& c = *connection;
  while (c.out_sent < c.out.size()) {
    const ssize_t sent = ::send(c.fd, c.out.data() + c.out_sent, c.out.size() - c.out_sent, MSG_NOSIGNAL);
    if (sent >= 0) {
      c.out_sent += static_cast<std::size_t>(sent);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      return;
    } else if (errno != EINTR) {
      return close(connection);
    }
  }
  finish_answer(connection);
}

void Poller::finish_answer(const Ptr& connection) {
  Connection& c = *connection;
  c.room.release();
  c.out = {};
  c.out_sent = 0;
  c.head = {};
  c.has_head = false;
  c.early_wake.reset();
  ++c.served;
  if (c.close_after || draining_) return linger(connection);
  c.state = ConnectionState::Reading;
  c.deadline = now_ + (c.in.empty() ? options_.deadlines.idle : options_.deadlines.head);
  if (c.in.empty()) c.in.shrink_to_fit();
  advance(connection);
}

void Poller::settle_park(const Ptr& connection) {
  Connection& c = *connection;
  const std::shared_ptr<WakeTicket> early = std::exchange(c.early_wake, nullptr);
  if (c.peer_closed || cut_off_) return close(connection);
  if (parked_ >= options_.max_parked) {
    c.ticket->waiting = false;
    c.park.reset();
    return refuse(connection, {503, "too many requests are waiting"});
  }
  c.state = ConnectionState::Parked;
  c.deadline = c.park_deadline;
  counters_.parked = ++parked_;
  if (draining_) return start_resume(connection, WakeReason::Stopping);
  if (early == c.ticket) start_resume(connection, WakeReason::Woken);
}

void Poller::start_resume(const Ptr& connection, WakeReason reason) {
  Connection& c = *connection;
  counters_.parked = --parked_;
  // Cleared before the resume looks at the world: what happens from here on wakes again.
  c.ticket->signalled = false;
  c.close_after = c.close_after || draining_;
  if (push(workers_, connection, [this, connection, reason] { exchange_.resume(connection, reason); })) return;
  c.ticket->waiting = false;
  c.park.reset();
  refuse(connection, {503, "the server is busy"});
}

std::string Poller::next_request_id() {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::uint64_t bits = id_seed_ + next_request_++ * 0x9e3779b97f4a7c15u;
  std::string id(16, '0');
  for (char& digit : id) {
    digit = kHex[bits >> 60];
    bits <<= 4;
  }
  return id;
}

}  // namespace treff::server
