// The only way the library learns the time: handed in from the edges, never read inside.
#pragma once

#include <string>

#include "kb/base/date.h"

namespace treff::base {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Date today() const = 0;           // calendar day, UTC
  virtual std::string utc_now() const = 0;  // "2026-11-22T10:00:00Z"
};

// A clock that stands still, for tests and for replay.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(Date day) : day_(day) {}
  Date today() const override { return day_; }
  std::string utc_now() const override { return to_string(day_) + "T00:00:00Z"; }

 private:
  Date day_;
};

}  // namespace treff::base

namespace treff {
using base::Clock;
}
