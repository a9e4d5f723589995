// One client's connection: which thread may touch what, and when.
//
//   Reading --complete request--> Busy --answer--> Writing --all sent--> Reading (kept) or Lingering (closing)
//                                  |  ^
//                              Park|  |wake, deadline
//                                  v  |
//                                 Parked
//
// The poller owns every connection. While one is Busy, a worker owns the middle group of members until it posts the
// connection back through the Mailbox, whose mutex orders the two threads. The socket is closed by the poller alone.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "server/http_head.h"
#include "server/http_message.h"

namespace treff::server {

using SteadyClock = std::chrono::steady_clock;

enum class ConnectionState { Reading, Busy, Parked, Writing, Lingering };

// A share of the room that all gathered bodies have together; given back at the latest when it goes away.
class BodyRoom {
 public:
  using Common = std::shared_ptr<std::atomic<std::size_t>>;  // bytes taken by all connections

  ~BodyRoom() { release(); }
  BodyRoom() = default;
  BodyRoom(const BodyRoom&) = delete;
  BodyRoom& operator=(const BodyRoom&) = delete;

  void take(const Common& common, std::size_t bytes) {
    common_ = common;
    *common_ += bytes;
    taken_ += bytes;
  }
  void release() {
    if (taken_ != 0) *common_ -= std::exchange(taken_, 0);
  }

 private:
  Common common_;
  std::size_t taken_ = 0;
};

struct Connection {
  Connection(std::uint64_t connection_id, int descriptor, std::string address)
      : id(connection_id), fd(descriptor), peer(std::move(address)) {}

  const std::uint64_t id;
  const int fd;
  const std::string peer;

  // The poller's alone.
  ConnectionState state = ConnectionState::Reading;
  bool readable = false;                   // the socket may hold unread input
  bool peer_closed = false;                // the client will send no more
  std::shared_ptr<WakeTicket> early_wake;  // woken while Busy
  bool has_head = false;
  std::size_t scanned = 0;  // bytes of `in` already looked through for the end of the head
  SteadyClock::time_point deadline;
  SteadyClock::time_point body_began;

  // The poller's, or the worker's while Busy.
  BodyRoom room;   // what this connection's body counts towards the common limit
  std::string in;  // received, not yet part of a request
  RequestHead head;
  Route route;
  std::string out;  // of an answer, what the socket did not take
  std::size_t out_sent = 0;
  std::size_t served = 0;
  bool close_after = false;
  bool broken = false;  // the socket failed or the answer was cut off: nothing more may be sent
  SteadyClock::time_point request_began;
  SteadyClock::time_point park_deadline;
  std::optional<Park> park;
  std::shared_ptr<WakeTicket> ticket;

  // Guarded by the Mailbox.
  bool call_poller = false;  // the poller saw an event while Busy and wants to be woken
};

}  // namespace treff::server
