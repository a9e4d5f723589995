// Figures of all records that can be found in one index: how many, how long, how frequent a word is. Internal to
// kb/text.
//
// Documents of the base that a delta supersedes do not count, which the search library's own figures cannot say. So a
// base with a delta weighs words as one base built anew does, and both give the same scores.
// Thread-safety: all members from any number of threads, each with a handle of its own. Throws what the library throws.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <xapian.h>

#include "kb/text/handle.h"

namespace treff::text {

class Collection {
 public:
  // `superseded`: key terms of records that the base holds in an older state.
  Collection(const Handle& handle, const std::unordered_set<std::string>& superseded);

  std::uint64_t documents() const { return documents_; }
  double average_length() const;  // in words as weighted; 0 if there is no document
  std::uint64_t frequency(const Handle& handle, const std::string& term) const;
  bool is_hidden(const Handle& handle, Xapian::docid document) const;
  // `query` without them.
  Xapian::Query without_hidden(const Xapian::Query& query) const;
  // Whether some record of the kind is superseded.
  bool hides(model::RecordKind kind) const { return hidden_kinds_.count(kind) != 0; }

 private:
  std::uint64_t hidden_with(const Handle& handle, const std::string& term) const;

  std::uint64_t documents_ = 0;
  std::uint64_t length_ = 0;
  std::shared_ptr<const std::vector<Xapian::docid>> hidden_;  // in the base, ascending
  std::set<model::RecordKind> hidden_kinds_;
  mutable std::mutex mutex_;
  mutable std::unordered_map<std::string, std::uint64_t> known_;  // guarded by mutex_
};

// The same for one borrowed handle, in the form that queries are weighed by.
class Shares {
 public:
  Shares(const Collection& collection, const Handle& handle) : collection_(collection), handle_(handle) {}

  // Share of the documents that hold the term, 0 to 1.
  double of(const std::string& term) const;
  // What one occurrence is worth, as in BM25: much for what is rare; never below 0.
  double worth(double share) const;
  double average_length() const { return collection_.average_length(); }

 private:
  const Collection& collection_;
  const Handle& handle_;
};

}  // namespace treff::text
