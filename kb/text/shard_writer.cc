#include "kb/text/shard_writer.h"

#include <utility>

#include <xapian.h>

#include "kb/text/document.h"
#include "kb/text/xapian_errors.h"

namespace treff::text {
namespace {

constexpr std::size_t kMaxQueuedBatches = 8;
constexpr std::size_t kRecordsPerPart = 2048;

}  // namespace

ShardWriter::ShardWriter(std::filesystem::path prefix, const Referred& referred,
                         std::atomic<std::uint64_t>& documents_done, bool delta)
    : prefix_(std::move(prefix)), referred_(referred), documents_done_(documents_done), delta_(delta) {
  worker_ = std::thread([this] { run(); });
}

ShardWriter::~ShardWriter() {
  if (worker_.joinable()) static_cast<void>(finish());
}

bool ShardWriter::push(Batch batch) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return failed_ || queue_.size() < kMaxQueuedBatches; });
  if (failed_) return false;
  queue_.push_back(std::move(batch));
  changed_.notify_all();
  return true;
}

bool ShardWriter::pop(Batch& batch) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return closed_ || !queue_.empty(); });
  if (queue_.empty()) return false;
  batch = std::move(queue_.front());
  queue_.pop_front();
  changed_.notify_all();
  return true;
}

Status ShardWriter::finish() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }
  worker_.join();
  return outcome_;
}

void ShardWriter::run() {
  Status outcome = guarded("writing the text index", [this] { return write_all(); });
  const std::lock_guard lock(mutex_);
  outcome_ = std::move(outcome);
  failed_ = !outcome_.has_value();
  changed_.notify_all();
}

Status ShardWriter::write_all() {
  // Not synced here: the parts are merged into a new segment, which is synced as a whole. Only documents that will be
  // replaced are asked for their terms: that table is left out of a base.
  const int flags =
      Xapian::DB_CREATE | Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS | (delta_ ? 0 : Xapian::DB_NO_TERMLIST);
  Stemmer stemmer;
  Batch batch;
  Xapian::WritableDatabase part;
  std::size_t in_part = 0;
  for (bool more = pop(batch); more || parts_.empty(); more = more && pop(batch)) {
    if (parts_.empty() || in_part >= kRecordsPerPart) {
      if (!parts_.empty()) part.close();
      parts_.push_back(prefix_.string() + "-" + std::to_string(parts_.size()));
      part = Xapian::WritableDatabase(parts_.back().string(), flags);
      in_part = 0;
    }
    for (const model::Record& record : batch)
      part.add_document(to_document(text_of(record, referred_), stemmer, delta_));
    in_part += batch.size();
    documents_done_.fetch_add(batch.size());
    batch.clear();
  }
  part.close();
  return {};
}

}  // namespace treff::text
