// How long work tells how far it is. The library only reports; the command line draws.
#pragma once

#include <cstdint>
#include <string_view>

namespace treff::base {

class Progress {
 public:
  virtual ~Progress() = default;
  // A new stage of `total` steps (0 = unknown) begins, for example "reading", "checking", "writing".
  virtual void begin(std::string_view stage, std::uint64_t total) = 0;
  // `done` steps of the current stage are finished; called often, must be cheap.
  virtual void advance(std::uint64_t done) = 0;
};

class NoProgress final : public Progress {
 public:
  void begin(std::string_view /*stage*/, std::uint64_t /*total*/) override {}
  void advance(std::uint64_t /*done*/) override {}
};

}  // namespace treff::base

namespace treff {
using base::NoProgress;
using base::Progress;
}  // namespace treff
