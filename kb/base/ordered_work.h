// Work on a stream of inputs with several threads, results in the order of the inputs, and memory bounded by the
// caller: at most `capacity` inputs are under way, then the caller takes a result before it gives another input.
//
// One thread gives and takes; `work` runs on the threads and must be safe to call at once. With one thread everything
// happens in the caller. An exception of `work` comes out of take().
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace treff::base {

template <class In, class Out>
class OrderedWork {
 public:
  OrderedWork(std::size_t threads, std::size_t capacity, std::function<Out(const In&)> work)
      : capacity_(capacity), work_(std::move(work)) {
    if (threads <= 1) return;
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
  }
  // What is under way is finished; what was not begun is dropped.
  ~OrderedWork() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    ready_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }
  OrderedWork(const OrderedWork&) = delete;
  OrderedWork& operator=(const OrderedWork&) = delete;

  bool is_full() const { return under_way_.size() >= capacity_; }
  bool is_empty() const { return under_way_.empty(); }

  // Not while is_full().
  void give(In input) {
    auto job = std::make_shared<Job>();
    job->input = std::move(input);
    under_way_.push_back(job);
    if (threads_.empty()) {
      do_work(*job);
      return;
    }
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(std::move(job));
    }
    ready_.notify_one();
  }

  // The result of the oldest input; waits for it. Not while is_empty().
  Out take() {
    const std::shared_ptr<Job> job = under_way_.front();
    under_way_.pop_front();
    if (!threads_.empty()) {
      std::unique_lock lock(mutex_);
      finished_.wait(lock, [&] { return job->done; });
    }
    if (job->failure) std::rethrow_exception(job->failure);
    return std::move(*job->output);
  }

 private:
  struct Job {
    In input;
    std::optional<Out> output;
    std::exception_ptr failure;
    bool done = false;  // guarded by mutex_
  };

  void do_work(Job& job) {
    try {
      job.output.emplace(work_(job.input));
    } catch (...) {
      job.failure = std::current_exception();
    }
  }

  void run() {
    std::unique_lock lock(mutex_);
    while (true) {
      ready_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (stopping_) return;
      const std::shared_ptr<Job> job = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      do_work(*job);
      lock.lock();
      job->done = true;
      finished_.notify_all();
    }
  }

  const std::size_t capacity_;
  const std::function<Out(const In&)> work_;
  std::deque<std::shared_ptr<Job>> under_way_;  // the caller's own
  std::mutex mutex_;
  std::condition_variable ready_;
  std::condition_variable finished_;
  std::deque<std::shared_ptr<Job>> waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace treff::base
