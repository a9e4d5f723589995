// Open handles on the segments of one index, lent to one thread at a time. Internal to kb/text.
//
// The library's objects share counters without locking, so a handle and every query built for it stay with one thread.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>
#include <vector>

#include <xapian.h>

#include "kb/base/result.h"
#include "kb/text/index_files.h"
#include "kb/text/term_forms.h"

namespace treff::text {

struct Handle {
  Xapian::Database database;  // base first, then the delta
  Xapian::Database base;
  Stemmer stemmer;
};

class HandlePool {
 public:
  explicit HandlePool(std::vector<Segment> segments);

  // Gives the handle back at the end of its scope, unless it was spoilt by a failure.
  class Lease {
   public:
    Lease(const HandlePool& pool, std::unique_ptr<Handle> handle) : pool_(pool), handle_(std::move(handle)) {}
    ~Lease();
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Handle& operator*() const { return *handle_; }
    Handle* operator->() const { return handle_.get(); }

   private:
    const HandlePool& pool_;
    std::unique_ptr<Handle> handle_;
  };

  // Throws what the library throws; callers run inside guarded().
  Lease borrow() const;
  const std::vector<Segment>& segments() const { return segments_; }
  // Key terms of the records that the base holds in an older state.
  const std::unordered_set<std::string>& superseded() const { return hidden_keys_; }

 private:
  std::unique_ptr<Handle> open() const;

  std::vector<Segment> segments_;
  std::unordered_set<std::string> hidden_keys_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<Handle>> free_;  // guarded by mutex_
};

}  // namespace treff::text
