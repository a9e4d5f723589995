// Wakes one parked request, from any thread, any number of times, also after the request is gone.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

namespace treff::server {

class Mailbox;

// Shared by the waker's copies and the connection that waits.
struct WakeTicket {
  std::weak_ptr<Mailbox> mailbox;
  std::uint64_t connection_id = 0;
  std::atomic<bool> signalled{false};  // a wake is on its way: further ones add nothing
  std::atomic<bool> waiting{true};
};

class Waker {
 public:
  explicit Waker(std::shared_ptr<WakeTicket> ticket) : ticket_(std::move(ticket)) {}

  void wake() const;
  // False once the request is answered or its client has gone: whoever keeps a list of wakers drops this one.
  bool is_waiting() const { return ticket_->waiting.load(std::memory_order_acquire); }

 private:
  std::shared_ptr<WakeTicket> ticket_;
};

}  // namespace treff::server
