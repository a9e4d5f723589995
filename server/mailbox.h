// The one way other threads speak to the poller. Thread-safe; outlives the poller for wakers that come late.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "server/connection.h"
#include "server/waker.h"

namespace treff::server {

struct Letters {
  std::vector<int> sockets;                           // accepted, owned by the receiver
  std::vector<std::shared_ptr<Connection>> returned;  // a worker is done with them
  std::vector<std::shared_ptr<WakeTicket>> wakes;
  bool drain = false;
};

class Mailbox {
 public:
  Mailbox();
  ~Mailbox();  // closes sockets that nobody took
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  // Becomes readable when there is mail that cannot wait; -1 if the system refused one.
  int descriptor() const { return event_fd_; }

  void post_socket(int fd);
  void post_wake(std::shared_ptr<WakeTicket> ticket);
  void post_drain();
  // From post_drain on: an answer that is sent now ends its connection.
  bool is_draining() const { return draining_.load(std::memory_order_relaxed); }
  // `urgent` false leaves the poller asleep, unless it asked for this connection: the usual case of a kept connection
  // that has nothing to do until its client speaks again.
  void post_returned(const std::shared_ptr<Connection>& connection, bool urgent);
  // The poller has something for a Busy connection: wake me when it comes back.
  void call_when_returned(Connection& connection);

  // Stops the descriptor from being readable; before take(), so that nothing posted in between is overlooked.
  void silence();
  Letters take();

 private:
  void ring() const;

  int event_fd_;
  std::atomic<bool> draining_{false};
  std::mutex mutex_;
  Letters letters_;
};

}  // namespace treff::server
