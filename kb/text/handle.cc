#include "kb/text/handle.h"

#include <exception>
#include <utility>

namespace treff::text {
namespace {

constexpr std::size_t kMaxFreeHandles = 16;  // more are closed when they come back

}  // namespace

HandlePool::HandlePool(std::vector<Segment> segments) : segments_(std::move(segments)) {
  for (const Segment& segment : segments_) {
    for (const model::RecordKey& key : segment.stamp.mask) hidden_keys_.insert(key_term(key));
  }
}

HandlePool::Lease::~Lease() {
  if (std::uncaught_exceptions() > 0) return;
  const std::lock_guard lock(pool_.mutex_);
  if (pool_.free_.size() < kMaxFreeHandles) pool_.free_.push_back(std::move(handle_));
}

HandlePool::Lease HandlePool::borrow() const {
  {
    const std::lock_guard lock(mutex_);
    if (!free_.empty()) {
      std::unique_ptr<Handle> handle = std::move(free_.back());
      free_.pop_back();
      return {*this, std::move(handle)};
    }
  }
  return {*this, open()};
}

std::unique_ptr<Handle> HandlePool::open() const {
  auto handle = std::make_unique<Handle>();
  for (const Segment& segment : segments_) {
    const Xapian::Database opened(segment.path.string());
    if (handle->database.size() == 0) handle->base = opened;
    handle->database.add_database(opened);
  }
  return handle;
}

}  // namespace treff::text
