// A fixed number of threads and a bounded queue in front of them: a full queue is an answer (503), not memory.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace treff::server {

class WorkerPool {
 public:
  using Job = std::function<void()>;  // must not throw

  // Throws std::system_error if the system refuses a thread.
  WorkerPool(std::size_t threads, std::size_t queue);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False if the queue is full or the pool has stopped; the job is then not run.
  bool try_push(Job job);
  // Runs what is queued, then joins the threads. Idempotent; from one thread, not from a job.
  void stop();
  std::size_t waiting() const;

 private:
  void work();

  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace treff::server
