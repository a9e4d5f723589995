#include "server/mailbox.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <utility>

namespace treff::server {

Mailbox::Mailbox() : event_fd_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

Mailbox::~Mailbox() {
  for (const int fd : letters_.sockets) ::close(fd);
  if (event_fd_ >= 0) ::close(event_fd_);
}

void Mailbox::post_socket(int fd) {
  {
    const std::lock_guard lock(mutex_);
    letters_.sockets.push_back(fd);
  }
  ring();
}

void Mailbox::post_wake(std::shared_ptr<WakeTicket> ticket) {
  {
    const std::lock_guard lock(mutex_);
    letters_.wakes.push_back(std::move(ticket));
  }
  ring();
}

void Mailbox::post_drain() {
  draining_ = true;
  {
    const std::lock_guard lock(mutex_);
    letters_.drain = true;
  }
  ring();
}

void Mailbox::post_returned(const std::shared_ptr<Connection>& connection, bool urgent) {
  {
    const std::lock_guard lock(mutex_);
    urgent = urgent || connection->call_poller;
    letters_.returned.push_back(connection);
  }
  if (urgent) ring();
}

void Mailbox::call_when_returned(Connection& connection) {
  const std::lock_guard lock(mutex_);
  connection.call_poller = true;
}

void Mailbox::silence() {
  std::uint64_t count = 0;
  [[maybe_unused]] const ssize_t got = ::read(event_fd_, &count, sizeof count);
}

Letters Mailbox::take() {
  const std::lock_guard lock(mutex_);
  for (const auto& connection : letters_.returned) connection->call_poller = false;
  return std::exchange(letters_, Letters{});
}

void Mailbox::ring() const {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t put = ::write(event_fd_, &one, sizeof one);
}

void Waker::wake() const {
  if (!is_waiting() || ticket_->signalled.exchange(true)) return;
  if (const auto mailbox = ticket_->mailbox.lock()) mailbox->post_wake(ticket_);
}

}  // namespace treff::server
