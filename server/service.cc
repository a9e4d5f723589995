#include <algorithm>

#include "server/service.h"

namespace treff::server {

void Metrics::count(const std::string& route, int status, std::chrono::microseconds took) {
  const std::lock_guard lock(mutex_);
  Row& row = rows_[{route, status}];
  ++row.requests;
  row.microseconds += static_cast<std::uint64_t>(took.count());
}

std::string Metrics::text(const view::View& view) const {
  std::string out =
      "# HELP treff_requests_total Requests answered, by route and status.\n"
      "# TYPE treff_requests_total counter\n";
  std::string spent =
      "# HELP treff_request_seconds_total Time spent on answers, by route and status.\n"
      "# TYPE treff_request_seconds_total counter\n";
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [key, row] : rows_) {
      const std::string labels = "{route=\"" + key.first + "\",status=\"" + std::to_string(key.second) + "\"} ";
      out += "treff_requests_total" + labels + std::to_string(row.requests) + "\n";
      spent +=
          "treff_request_seconds_total" + labels + std::to_string(static_cast<double>(row.microseconds) / 1e6) + "\n";
    }
  }
  return out + spent +
         "# HELP treff_revision Revision being served.\n"
         "# TYPE treff_revision gauge\n"
         "treff_revision " +
         std::to_string(view.revision) +
         "\n# HELP treff_text_index Whether text search is available.\n"
         "# TYPE treff_text_index gauge\n"
         "treff_text_index " +
         (view.text != nullptr ? "1" : "0") + "\n";
}

void Publications::subscribe(Waker waker) {
  const std::lock_guard lock(mutex_);
  wakers_.erase(std::remove_if(wakers_.begin(), wakers_.end(), [](const Waker& w) { return !w.is_waiting(); }),
                wakers_.end());
  wakers_.push_back(std::move(waker));
}

void Publications::announce() {
  const std::lock_guard lock(mutex_);
  for (const Waker& waker : wakers_) waker.wake();
  wakers_.clear();
}

}  // namespace treff::server
