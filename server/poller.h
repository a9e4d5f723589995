// The thread that holds every connection: gathers whole requests under limits and deadlines, hands them to the pools,
// finishes slow answers, keeps idle and parked clients without a thread, and closes.
//
// Edge-triggered epoll. Only this thread changes a connection's state, its deadline, or the table of connections.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "kb/base/result.h"
#include "server/connection.h"
#include "server/exchange.h"
#include "server/http_options.h"
#include "server/mailbox.h"
#include "server/worker_pool.h"

namespace treff::server {

// Counters for /metrics; read from any thread, each on its own.
struct PollerCounters {
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> refused{0};  // answered by the front itself
  std::atomic<std::uint64_t> connections{0};
  std::atomic<std::uint64_t> parked{0};
};

class Poller {
 public:
  // All references must outlive it; the pools must be stopped after run() has returned.
  Poller(const HttpOptions& options, const Exchange& exchange, std::shared_ptr<Mailbox> mailbox, WorkerPool& workers,
         WorkerPool& stream_workers);
  ~Poller();
  Poller(const Poller&) = delete;
  Poller& operator=(const Poller&) = delete;

  Status open();
  // Returns after a drain letter, once every connection is closed.
  void run();
  const PollerCounters& counters() const { return counters_; }

 private:
  using Ptr = std::shared_ptr<Connection>;
  enum class Step { NeedMore, Done };

  // The loop (poller.cc).
  int wait_ms() const;
  void read_mail();
  void on_event(std::uint64_t id, std::uint32_t events);
  void on_returned(const Ptr& connection);
  void on_wake(const std::shared_ptr<WakeTicket>& ticket);
  void revisit();
  void sweep();
  void expire(const Ptr& connection);
  bool is_too_slow(const Connection& connection) const;
  void begin_drain();
  void end_drain();

  // Coming and going (poller.cc).
  void adopt(int fd);
  bool make_room(const std::string& peer);
  void close(const Ptr& connection);
  void linger(const Ptr& connection);
  void discard(const Ptr& connection);

  // One request (poller_request.cc).
  void advance(const Ptr& connection);
  bool receive(const Ptr& connection);
  Step step(const Ptr& connection);
  Step gather_head(const Ptr& connection);
  Step begin_request(const Ptr& connection, std::size_t head_bytes);
  Step begin_body(const Ptr& connection);
  Step gather_body(const Ptr& connection, std::string_view bytes);
  void dispatch(const Ptr& connection);
  void refuse(const Ptr& connection, const Refusal& refusal);
  void after_send(const Ptr& connection);
  void continue_write(const Ptr& connection);
  void finish_answer(const Ptr& connection);
  void settle_park(const Ptr& connection);
  void start_resume(const Ptr& connection, WakeReason reason);
  bool push(WorkerPool& pool, const Ptr& connection, WorkerPool::Job job);
  std::string next_request_id();

  const HttpOptions& options_;
  const Exchange& exchange_;
  const std::shared_ptr<Mailbox> mailbox_;
  WorkerPool& workers_;
  WorkerPool& stream_workers_;
  PollerCounters counters_;

  int epoll_fd_ = -1;
  std::unordered_map<std::uint64_t, Ptr> connections_;
  std::unordered_map<std::string, std::size_t> per_address_;
  std::vector<std::uint64_t> again_;  // have more input than one turn may take
  std::string scratch_;
  std::uint64_t next_id_ = 1;
  std::uint64_t id_seed_ = 0;
  std::uint64_t next_request_ = 0;
  BodyRoom::Common buffered_ = std::make_shared<std::atomic<std::size_t>>(0);
  std::size_t parked_ = 0;
  SteadyClock::time_point now_;
  SteadyClock::time_point next_sweep_;
  SteadyClock::time_point drain_deadline_;
  bool draining_ = false;
  bool cut_off_ = false;  // the drain deadline has passed
};

}  // namespace treff::server
