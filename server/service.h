// What every handler may use: the served views, the clock, the log, and the settings. Owns nothing of HTTP.
//
// One Service a process; all members thread-safe. Handlers are functions of a request and this.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "kb/base/clock.h"
#include "kb/base/log.h"
#include "kb/view/view.h"
#include "server/http_message.h"
#include "server/pages.h"

namespace treff::indexer {
class Publisher;
}

namespace treff::server {

// Counters for /metrics. No case content, no paths beyond the route's own name.
class Metrics {
 public:
  void count(const std::string& route, int status, std::chrono::microseconds took);
  // Prometheus text format.
  std::string text(const view::View& view) const;

 private:
  struct Row {
    std::uint64_t requests = 0;
    std::uint64_t microseconds = 0;
  };
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, int>, Row> rows_;
};

// Who waits for the next revision. Thread-safe.
class Publications {
 public:
  void subscribe(Waker waker);
  // Wakes everyone; to be called after a new View is served.
  void announce();

 private:
  std::mutex mutex_;
  std::vector<Waker> wakers_;
};

struct Service {
  view::ViewHolder& views;
  const Clock& clock;
  base::LogSink& log;
  std::map<std::string, PageFile> pages;  // empty: no pages
  std::string schema_directory;           // for openapi.json
  Metrics metrics;
  Publications publications;
  indexer::Publisher* publisher = nullptr;  // nullptr: nothing can be written here
  std::filesystem::path kb_directory;       // where the tokens are
};

}  // namespace treff::server
