// One worker of a build: takes records from a bounded queue and writes them into parts of the index of its own.
// A part is small on purpose: the library gathers a part's terms in one sorted map, and looking up a thousand terms a
// document in a map that no longer fits the processor's cache is what a build would spend its time on. Internal to
// kb/text.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <mutex>
#include <thread>
#include <vector>

#include "kb/base/result.h"
#include "kb/model/records.h"
#include "kb/text/record_text.h"

namespace treff::text {

class ShardWriter {
 public:
  using Batch = std::vector<model::Record>;

  // Starts the worker, whose parts are `prefix` with a number. `documents_done` counts over all workers.
  ShardWriter(std::filesystem::path prefix, const Referred& referred, std::atomic<std::uint64_t>& documents_done,
              bool delta);
  ~ShardWriter();
  ShardWriter(const ShardWriter&) = delete;
  ShardWriter& operator=(const ShardWriter&) = delete;

  // Waits while the queue is full. False once the worker has failed; finish() then says why.
  bool push(Batch batch);
  // Ends the queue, waits for the worker, and says how it went.
  Status finish();
  // In the order they were written; meaningful after finish().
  const std::vector<std::filesystem::path>& parts() const { return parts_; }

 private:
  void run();
  Status write_all();
  bool pop(Batch& batch);

  std::filesystem::path prefix_;
  std::vector<std::filesystem::path> parts_;  // the worker's own until it ends
  const Referred& referred_;
  std::atomic<std::uint64_t>& documents_done_;
  bool delta_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch> queue_;  // guarded by mutex_, as the next three
  bool closed_ = false;
  bool failed_ = false;
  Status outcome_;
  std::thread worker_;
};

}  // namespace treff::text
