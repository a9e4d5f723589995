// One worker of a build: takes records from a bounded queue and writes them into a part of the index of its own.
// Internal to kb/text.
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

  // Starts the worker. `documents_done` counts over all workers.
  ShardWriter(std::filesystem::path folder, const Referred& referred, std::atomic<std::uint64_t>& documents_done,
              bool delta);
  ~ShardWriter();
  ShardWriter(const ShardWriter&) = delete;
  ShardWriter& operator=(const ShardWriter&) = delete;

  // Waits while the queue is full. False once the worker has failed; finish() then says why.
  bool push(Batch batch);
  // Ends the queue, waits for the worker, and says how it went.
  Status finish();
  const std::filesystem::path& folder() const { return folder_; }

 private:
  void run();
  Status write_all();
  bool pop(Batch& batch);

  std::filesystem::path folder_;
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
