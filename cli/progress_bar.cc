#include "cli/progress_bar.h"

#include <algorithm>
#include <ostream>

namespace treff::cli {
namespace {

constexpr auto kRedraw = std::chrono::milliseconds(100);
constexpr int kWidth = 30;

}  // namespace

ProgressBar::~ProgressBar() { finish_line(); }

void ProgressBar::begin(std::string_view stage, std::uint64_t total) {
  finish_line();
  stage_ = stage;
  total_ = total;
  done_ = 0;
  began_ = shown_ = std::chrono::steady_clock::now();
}

void ProgressBar::advance(std::uint64_t done) {
  done_ = done;
  if (!terminal_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - shown_ < kRedraw) return;
  shown_ = now;
  draw(false);
}

void ProgressBar::draw(bool last) {
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
  const double rate = seconds > 0 ? static_cast<double>(done_) / seconds : 0;
  out_ << "\r\033[K" << stage_ << " ";
  if (total_ > 0) {
    const int filled = static_cast<int>(std::min<std::uint64_t>(done_, total_) * kWidth / total_);
    out_ << "[" << std::string(static_cast<std::size_t>(filled), '#')
         << std::string(static_cast<std::size_t>(kWidth - filled), ' ') << "] " << done_ << "/" << total_;
    if (!last && rate > 0 && done_ < total_) {
      out_ << ", " << static_cast<std::uint64_t>(rate) << "/s, "
           << static_cast<std::uint64_t>(static_cast<double>(total_ - done_) / rate) + 1 << " s left";
    }
  } else {
    out_ << done_;
    if (rate > 0) out_ << ", " << static_cast<std::uint64_t>(rate) << "/s";
  }
  out_.flush();
  drawn_ = true;
}

void ProgressBar::finish_line() {
  if (!drawn_) return;
  draw(true);
  out_ << "\n";
  drawn_ = false;
}

}  // namespace treff::cli
