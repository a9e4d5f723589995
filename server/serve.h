// The running service: opens the knowledge base, builds its view, listens, and stops on request.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "kb/base/clock.h"
#include "kb/base/log.h"
#include "kb/base/progress.h"
#include "kb/base/result.h"
#include "server/http_options.h"

namespace treff::view {
struct View;
}

namespace treff::server {

struct ServeOptions {
  HttpOptions http;
  std::filesystem::path kb_directory;
  std::string web_directory;
  std::string schema_directory;
};

class RunningServer {
 public:
  // Holds the knowledge base's lock until destroyed. A missing or stale text index is rebuilt. `clock` and `log` must
  // outlive it.
  static Checked<std::unique_ptr<RunningServer>> start(const ServeOptions& options, const Clock& clock,
                                                       base::LogSink& log, Progress& progress);
  ~RunningServer();
  std::uint16_t port() const;
  // Lets requests in flight finish, then returns. Idempotent.
  void stop();

 private:
  struct Inside;
  static void restore_text(Inside& inside, const view::View& view, const ServeOptions& options, base::LogSink& log,
                           Progress& progress);
  explicit RunningServer(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace treff::server
