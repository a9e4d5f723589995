// What a worker does with one complete request: call the handler, catch what it throws, send what the socket takes at
// once, and give the connection back to the poller. Thread-safe: it holds no state of its own.
#pragma once

#include <memory>

#include "kb/base/log.h"
#include "server/connection.h"
#include "server/http_handlers.h"
#include "server/http_options.h"
#include "server/mailbox.h"

namespace treff::server {

class Exchange {
 public:
  // All references must outlive it.
  Exchange(const HttpOptions& options, const Handlers& handlers, base::LogSink& log, std::shared_ptr<Mailbox> mailbox);

  // Jobs of the pools; none throws. Each ends by posting the connection back.
  void answer(const std::shared_ptr<Connection>& connection) const;
  void resume(const std::shared_ptr<Connection>& connection, WakeReason reason) const;
  void stream(const std::shared_ptr<Connection>& connection) const;

  // Sends as much of `response` as the socket takes now and leaves the rest in connection.out.
  // For the thread that owns the connection: a worker while it is Busy, else the poller.
  void send(Connection& connection, HttpResponse response) const;

  // The caller's classification, or a refusal if it threw.
  tl::expected<Route, Refusal> classify(const HttpRequest& request) const;

 private:
  Answer run_handler(const Connection& connection) const;
  void begin_park(Connection& connection, Park park) const;
  std::optional<HttpResponse> run_resume(Connection& connection, WakeReason reason) const;
  void run_stream(Connection& connection) const;
  HttpResponse failure(const HttpRequest& request, std::string_view what, std::string_view type) const;
  void observe(const Connection& connection, int status, std::size_t body_bytes) const;
  void give_back(const std::shared_ptr<Connection>& connection) const;

  const HttpOptions& options_;
  const Handlers& handlers_;
  base::LogSink& log_;
  std::shared_ptr<Mailbox> mailbox_;
};

}  // namespace treff::server
