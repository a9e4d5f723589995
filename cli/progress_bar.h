// A progress bar on a terminal, with rate and time left; silent elsewhere.
#pragma once

#include <chrono>
#include <iosfwd>
#include <string>

#include "kb/base/progress.h"

namespace treff::cli {

class ProgressBar final : public Progress {
 public:
  ProgressBar(std::ostream& out, bool terminal) : out_(out), terminal_(terminal) {}
  ~ProgressBar() override;
  void begin(std::string_view stage, std::uint64_t total) override;
  void advance(std::uint64_t done) override;
  // Draws the last state and ends the line, so that messages may follow.
  void end() { finish_line(); }

 private:
  void draw(bool last);
  void finish_line();

  std::ostream& out_;
  bool terminal_;
  bool drawn_ = false;
  std::string stage_;
  std::uint64_t total_ = 0;
  std::uint64_t done_ = 0;
  std::chrono::steady_clock::time_point began_;
  std::chrono::steady_clock::time_point shown_;
};

}  // namespace treff::cli
