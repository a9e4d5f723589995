// A running HTTP front with short deadlines and handlers that show what reached them.
#pragma once

#include <catch2/catch.hpp>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "kb/base/log.h"
#include "server/http_server.h"

namespace treff::server {

// Opens once; wait() returns from then on.
class Gate {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

class KeptLog final : public base::LogSink {
 public:
  void write(base::LogLevel /*level*/, std::string_view message) override {
    const std::lock_guard lock(mutex_);
    text_.append(message).append("\n");
    changed_.notify_all();
  }
  std::string text() const {
    const std::lock_guard lock(mutex_);
    return text_;
  }
  void wait_for(std::string_view piece) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return text_.find(piece) != std::string::npos; });
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::string text_;
};

inline HttpOptions quick_options() {
  HttpOptions options;
  options.workers = 2;
  options.deadlines.linger = std::chrono::milliseconds(300);
  options.deadlines.drain = std::chrono::milliseconds(2000);
  return options;
}

// Fields: method|path|peer|name=value;...|body
inline std::string shown(const HttpRequest& request) {
  std::string text = request.method + "|" + request.path + "|" + request.peer_address + "|";
  for (const auto& [name, value] : request.query) text += name + "=" + value + ";";
  return text + "|" + request.body;
}

class Front {
 public:
  explicit Front(HttpOptions options = quick_options()) : server_(std::move(options), handlers(), log) {
    const auto started = server_.start();
    REQUIRE(started.has_value());
  }

  std::uint16_t port() const { return server_.port(); }
  HttpServer& server() { return server_; }
  std::vector<std::string> paths() const {
    const std::lock_guard lock(mutex_);
    return paths_;
  }
  void wait_for_calls(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return paths_.size() >= count; });
  }
  bool has_calls_within(std::size_t count, std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] { return paths_.size() >= count; });
  }

  KeptLog log;
  Gate gate;  // opens /wait

 private:
  Handlers handlers() {
    Handlers handlers;
    handlers.classify = [](std::string_view, std::string_view path) {
      return Route{path == "/stream" ? RouteClass::Streamed : RouteClass::Gathered, 1024 * 1024};
    };
    handlers.answer = [this](const HttpRequest& request) -> Answer { return answer(request); };
    handlers.stream = [this](const HttpRequest& request, BodyReader& reader, ResponseWriter& writer) {
      note(request.path);
      std::size_t bytes = 0;
      while (true) {
        const auto piece = reader.read();
        if (!piece) return;
        if (piece->empty()) break;
        bytes += piece->size();
      }
      writer.start(HttpResponse{200, {}, "text/plain", {}});
      writer.write(std::to_string(bytes));
      writer.finish();
    };
    return handlers;
  }

  HttpResponse answer(const HttpRequest& request) {
    note(request.path);
    if (request.path == "/throw") throw std::runtime_error("secret BRAF text");
    if (request.path == "/wait") gate.wait();
    HttpResponse response;
    response.content_type = "text/plain";
    response.body = request.path == "/mebibyte" ? std::string(1024 * 1024, 'x') : shown(request);
    if (request.path == "/split") response.headers.emplace_back("X-Bad", "a\r\nSet-Cookie: b");
    return response;
  }

  void note(const std::string& path) {
    const std::lock_guard lock(mutex_);
    paths_.push_back(path);
    changed_.notify_all();
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> paths_;
  HttpServer server_;
};

// The highest resident memory since its making, over what it was then.
class PeakMemory {
 public:
  PeakMemory() {
    std::ofstream("/proc/self/clear_refs") << "5";
    before_ = peak_kib();
  }
  std::size_t growth_kib() const {
    const std::size_t now = peak_kib();
    return now > before_ ? now - before_ : 0;
  }
  // Sanitizers keep freed memory, so that its amount says nothing there.
  static constexpr bool is_meaningful() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return false;
#else
    return true;
#endif
  }

 private:
  static std::size_t peak_kib() {
    std::ifstream status("/proc/self/status");
    std::string word;
    std::size_t kib = 0;
    while (status >> word) {
      if (word == "VmHWM:" && status >> kib) return kib;
    }
    FAIL("no VmHWM");
    return 0;
  }
  std::size_t before_ = 0;
};

}  // namespace treff::server
