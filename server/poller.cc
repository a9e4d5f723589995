#include "server/poller.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <random>
#include <utility>

#include "server/http_wire.h"

namespace treff::server {
namespace {

constexpr std::uint64_t kMailboxId = 0;
constexpr std::chrono::milliseconds kSweepEvery{25};
constexpr std::size_t kDiscardBytes = 256 * 1024;
constexpr int kDiscardTurns = 8;

std::string address_of(int fd) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  if (::getpeername(fd, reinterpret_cast<sockaddr*>(&storage), &size) != 0) return {};
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void* bytes = nullptr;
  if (storage.ss_family == AF_INET) {
    bytes = &reinterpret_cast<const sockaddr_in*>(&storage)->sin_addr;
  } else if (storage.ss_family == AF_INET6) {
    bytes = &reinterpret_cast<const sockaddr_in6*>(&storage)->sin6_addr;
  } else {
    return "local";
  }
  if (!::inet_ntop(storage.ss_family, bytes, text.data(), text.size())) return {};
  std::string address = text.data();
  constexpr std::string_view kMapped = "::ffff:";
  if (address.starts_with(kMapped) && address.find('.') != std::string::npos) address.erase(0, kMapped.size());
  return address;
}

bool make_non_blocking(int fd) {
  return ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL, 0) | O_NONBLOCK) == 0 && ::fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
}

// For a client that gets no connection: one attempt, no waiting.
void turn_away(int fd, int status, std::string_view detail) {
  const HttpResponse response = problem_response(status, detail, {});
  const std::string bytes = response_head(response, WireForm{true, false, BodyForm::Length}, {}) + response.body;
  [[maybe_unused]] const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  ::shutdown(fd, SHUT_WR);
  ::close(fd);
}

// An honest head arrives in one piece, so that what holds an incomplete one is idle, silent or an attacker.
bool is_evictable(const Connection& connection) {
  const bool without_request = connection.state == ConnectionState::Reading && !connection.has_head;
  return without_request || connection.state == ConnectionState::Lingering;
}

}  // namespace

Poller::Poller(const HttpOptions& options, const Exchange& exchange, std::shared_ptr<Mailbox> mailbox,
               WorkerPool& workers, WorkerPool& stream_workers)
    : options_(options),
      exchange_(exchange),
      mailbox_(std::move(mailbox)),
      workers_(workers),
      stream_workers_(stream_workers) {
  std::random_device device;
  id_seed_ = (static_cast<std::uint64_t>(device()) << 32) | device();
}

Poller::~Poller() {
  for (const auto& [id, connection] : connections_) ::close(connection->fd);
  if (epoll_fd_ >= 0) ::close(epoll_fd_);
}

Status Poller::open() {
  epoll_fd_ = ::epoll_create1(EPOLL_CLOEXEC);
  if (epoll_fd_ < 0 || mailbox_->descriptor() < 0) return fail(ErrorCode::IoFailure, "no epoll or event descriptor");
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = kMailboxId;
  if (::epoll_ctl(epoll_fd_, EPOLL_CTL_ADD, mailbox_->descriptor(), &event) != 0) {
    return fail(ErrorCode::IoFailure, "the event descriptor cannot be watched");
  }
  return {};
}

void Poller::run() {
  std::array<epoll_event, 256> events{};
  while (!draining_ || !connections_.empty()) {
    const int count = ::epoll_wait(epoll_fd_, events.data(), static_cast<int>(events.size()), wait_ms());
    now_ = SteadyClock::now();
    const auto end = events.begin() + std::max(count, 0);
    // Silenced before the mail is read, so that a letter posted in between rings again.
    if (std::any_of(events.begin(), end, [](const auto& event) { return event.data.u64 == kMailboxId; })) {
      mailbox_->silence();
    }
    read_mail();
    for (auto event = events.begin(); event != end; ++event) {
      if (event->data.u64 != kMailboxId) on_event(event->data.u64, event->events);
    }
    revisit();
    // Again: a connection may have come back silently just before its event asked to be called.
    read_mail();
    if (now_ >= next_sweep_) sweep();
  }
}

int Poller::wait_ms() const {
  if (!again_.empty()) return 0;
  if (connections_.empty()) return -1;
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(next_sweep_ - SteadyClock::now());
  return std::clamp(static_cast<int>(left.count()) + 1, 0, static_cast<int>(kSweepEvery.count()));
}

void Poller::read_mail() {
  const Letters letters = mailbox_->take();
  for (const Ptr& connection : letters.returned) on_returned(connection);
  for (const auto& ticket : letters.wakes) on_wake(ticket);
  for (const int fd : letters.sockets) adopt(fd);
  if (letters.drain && !draining_) begin_drain();
}

void Poller::on_event(std::uint64_t id, std::uint32_t events) {
  const auto found = connections_.find(id);
  if (found == connections_.end()) return;
  const Ptr connection = found->second;
  const bool ended = (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
  connection->peer_closed = connection->peer_closed || ended;
  connection->readable = connection->readable || ended || (events & EPOLLIN) != 0;
  switch (connection->state) {
    case ConnectionState::Reading: return advance(connection);
    case ConnectionState::Busy: return mailbox_->call_when_returned(*connection);
    case ConnectionState::Parked: return connection->peer_closed ? close(connection) : void();
    case ConnectionState::Writing: return continue_write(connection);
    case ConnectionState::Lingering: return discard(connection);
  }
}

void Poller::on_returned(const Ptr& connection) {
  if (connection->broken) return close(connection);
  if (connection->park) return settle_park(connection);
  after_send(connection);
}

void Poller::on_wake(const std::shared_ptr<WakeTicket>& ticket) {
  const auto found = connections_.find(ticket->connection_id);
  if (found == connections_.end() || !ticket->waiting) return;
  const Ptr connection = found->second;
  if (connection->state == ConnectionState::Busy) {
    connection->early_wake = ticket;
  } else if (connection->state == ConnectionState::Parked && connection->ticket == ticket) {
    start_resume(connection, WakeReason::Woken);
  }
}

void Poller::revisit() {
  const std::vector<std::uint64_t> ids = std::exchange(again_, {});
  for (const std::uint64_t id : ids) on_event(id, EPOLLIN);
}

void Poller::sweep() {
  next_sweep_ = now_ + kSweepEvery;
  if (draining_ && !cut_off_ && now_ >= drain_deadline_) end_drain();
  std::vector<Ptr> due;
  for (const auto& [id, connection] : connections_) {
    const bool waits = connection->state != ConnectionState::Busy;
    if (waits && (connection->deadline <= now_ || is_too_slow(*connection))) due.push_back(connection);
  }
  for (const Ptr& connection : due) expire(connection);
}

void Poller::expire(const Ptr& connection) {
  switch (connection->state) {
    case ConnectionState::Reading:
      if (!connection->has_head && connection->in.empty()) return close(connection);
      return refuse(connection, {408, "the request came too slowly"});
    case ConnectionState::Parked: return start_resume(connection, WakeReason::DeadlinePassed);
    case ConnectionState::Writing:
    case ConnectionState::Lingering: return close(connection);
    case ConnectionState::Busy: return;
  }
}

bool Poller::is_too_slow(const Connection& connection) const {
  if (connection.state != ConnectionState::Reading || !connection.has_head) return false;
  const std::chrono::duration<double> counted = now_ - connection.body_began - options_.deadlines.rate_grace;
  const double wanted = counted.count() * static_cast<double>(options_.min_bytes_per_second);
  return static_cast<double>(connection.head.request.body.size()) < wanted;
}

void Poller::begin_drain() {
  draining_ = true;
  drain_deadline_ = now_ + options_.deadlines.drain;
  std::vector<Ptr> all;
  for (const auto& [id, connection] : connections_) all.push_back(connection);
  for (const Ptr& connection : all) {
    if (connection->state == ConnectionState::Parked) start_resume(connection, WakeReason::Stopping);
    if (connection->state != ConnectionState::Reading) continue;
    // A request may have arrived that epoll has not reported yet: it is still served.
    connection->readable = true;
    advance(connection);
    const bool is_empty = connection->in.empty() && !connection->has_head;
    if (connection->state == ConnectionState::Reading && is_empty) close(connection);
  }
}

void Poller::end_drain() {
  cut_off_ = true;
  std::vector<Ptr> all;
  for (const auto& [id, connection] : connections_) all.push_back(connection);
  for (const Ptr& connection : all) {
    if (connection->state == ConnectionState::Busy) {
      ::shutdown(connection->fd, SHUT_RDWR);  // ends a streaming handler's waits
    } else {
      close(connection);
    }
  }
}

void Poller::adopt(int fd) {
  const std::string peer = address_of(fd);
  if (peer.empty() || !make_non_blocking(fd)) {
    ::close(fd);
    return;
  }
  ++counters_.accepted;
  const auto from_peer = per_address_.find(peer);
  const bool over_own =
      options_.max_per_address != 0 && from_peer != per_address_.end() && from_peer->second >= options_.max_per_address;
  const bool over_all = connections_.size() >= options_.max_connections;
  if ((over_own && !make_room(peer)) || (!over_own && over_all && !make_room({}))) {
    ++counters_.refused;
    if (over_own) return turn_away(fd, 429, "too many connections from this address");
    return turn_away(fd, 503, "the server has no free connection");
  }
  const Ptr connection = std::make_shared<Connection>(next_id_++, fd, peer);
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.u64 = connection->id;
  if (::epoll_ctl(epoll_fd_, EPOLL_CTL_ADD, fd, &event) != 0) return turn_away(fd, 503, "the server is overloaded");
  connection->deadline = now_ + options_.deadlines.head;
  connections_.emplace(connection->id, connection);
  ++per_address_[peer];
  counters_.connections = connections_.size();
  // Most clients have spoken before they are adopted, which saves a round through epoll.
  connection->readable = true;
  advance(connection);
}

// Closes the evictable connection nearest to its deadline; of `peer` alone unless that is empty.
bool Poller::make_room(const std::string& peer) {
  Ptr oldest;
  for (const auto& [id, connection] : connections_) {
    if (!is_evictable(*connection) || (!peer.empty() && connection->peer != peer)) continue;
    if (!oldest || connection->deadline < oldest->deadline) oldest = connection;
  }
  if (oldest) close(oldest);
  return oldest != nullptr;
}

void Poller::close(const Ptr& connection) {
  const auto found = connections_.find(connection->id);
  if (found == connections_.end()) return;
  if (connection->state == ConnectionState::Parked) counters_.parked = --parked_;
  if (connection->ticket) connection->ticket->waiting = false;
  connection->park.reset();
  connection->room.release();
  const auto address = per_address_.find(connection->peer);
  if (--address->second == 0) per_address_.erase(address);
  connection->state = ConnectionState::Lingering;
  ::close(connection->fd);
  connections_.erase(found);
  counters_.connections = connections_.size();
}

// Closing a socket with unread input resets it, and the reset can overtake the answer: so the client is told that
// nothing more comes, and its input is thrown away for a moment.
void Poller::linger(const Ptr& connection) {
  connection->state = ConnectionState::Lingering;
  connection->deadline = now_ + options_.deadlines.linger;
  connection->in = {};
  ::shutdown(connection->fd, SHUT_WR);
  discard(connection);
}

void Poller::discard(const Ptr& connection) {
  for (int turn = 0; turn < kDiscardTurns; ++turn) {
    const ssize_t got = ::recv(connection->fd, nullptr, kDiscardBytes, MSG_TRUNC);
    if (got > 0 || (got < 0 && errno == EINTR)) continue;
    if (got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK)) close(connection);
    return;
  }
  again_.push_back(connection->id);
}

}  // namespace treff::server
