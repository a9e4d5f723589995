// An end to a search that takes too long. Internal to kb/text.
//
// Not the library's own time limit: in 1.4.22 its timer writes into the search's stack from a thread of its own, also
// after the search has ended, which crashed the server when many searches took about as long as the limit.
#pragma once

#include <chrono>

#include <xapian.h>

namespace treff::text {

struct OutOfTime {};

// Looks at the clock now and then while documents are matched; throws OutOfTime beyond the limit.
class Deadline final : public Xapian::MatchSpy {
 public:
  explicit Deadline(std::chrono::milliseconds limit) : end_(std::chrono::steady_clock::now() + limit) {}
  void operator()(const Xapian::Document&, double) override {
    constexpr unsigned kEvery = 256;
    if (++seen_ % kEvery == 0 && std::chrono::steady_clock::now() > end_) throw OutOfTime();
  }

 private:
  std::chrono::steady_clock::time_point end_;
  unsigned seen_ = 0;
};

}  // namespace treff::text
