// The HTTP front: listens, gathers strict and bounded requests, calls the handlers, and stops gracefully.
//
// httplib listens and accepts; each accepted socket goes straight to one epoll thread (server/poller.h) and the library
// never reads a byte of it. Why: docs/decisions/0001-http-front.md. Clear text only: TLS and HTTP/2 belong to the proxy
// in front. start, stop and the destructor from one thread; the rest from any.
#pragma once

#include <cstdint>
#include <memory>

#include "kb/base/log.h"
#include "kb/base/result.h"
#include "server/http_handlers.h"
#include "server/http_options.h"

namespace treff::server {

struct HttpStats {
  std::uint64_t accepted = 0;     // since the start
  std::uint64_t refused = 0;      // requests and connections that the front itself answered, since the start
  std::uint64_t connections = 0;  // open now
  std::uint64_t parked = 0;       // waiting now
  std::uint64_t queued = 0;       // requests waiting for a worker now
};

class HttpServer {
 public:
  // `log` must outlive the server.
  HttpServer(HttpOptions options, Handlers handlers, base::LogSink& log);
  ~HttpServer();  // stops
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // Once. On return connections are taken. IoFailure if the address cannot be bound or a thread or descriptor is
  // refused; another process on the same port is an error, never shared.
  Status start();
  // The bound port, also after stop().
  std::uint16_t port() const;
  // Stops listening, answers parked requests with WakeReason::Stopping, lets requests in flight finish within the drain
  // deadline, cuts off what is left, and waits for running handlers. Idempotent. Not from a handler.
  void stop();
  HttpStats stats() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace treff::server
