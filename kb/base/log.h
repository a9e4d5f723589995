// Where messages for operators go. A case (diagnosis, alterations) never reaches a log.
#pragma once

#include <string_view>

namespace treff::base {

enum class LogLevel { Info, Warning, Error };

// Thread-safe implementations only.
class LogSink {
 public:
  virtual ~LogSink() = default;
  virtual void write(LogLevel level, std::string_view message) = 0;
};

class NoLog final : public LogSink {
 public:
  void write(LogLevel /*level*/, std::string_view /*message*/) override {}
};

}  // namespace treff::base

namespace treff {
using base::LogLevel;
using base::LogSink;
}  // namespace treff
