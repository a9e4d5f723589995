#include "server/http_server.h"

#include <httplib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "server/exchange.h"
#include "server/mailbox.h"
#include "server/poller.h"
#include "server/worker_pool.h"

// Debian's httplib is a compiled library: without these defines its classes have another size here than there.
#if !defined(CPPHTTPLIB_OPENSSL_SUPPORT) || !defined(CPPHTTPLIB_ZLIB_SUPPORT) || !defined(CPPHTTPLIB_BROTLI_SUPPORT)
#error "take the compile flags of httplib from pkg-config"
#endif

namespace treff::server {
namespace {

constexpr int kBacklog = 1024;  // httplib listens with 5, which costs a second under a burst
constexpr std::size_t kSpareDescriptors = 64;
constexpr std::chrono::milliseconds kRelistenAfter{200};

// Runs httplib's per-connection task in its accepting thread: all it does is post the socket.
class InlineQueue final : public httplib::TaskQueue {
 public:
  explicit InlineQueue(std::function<void()> on_shutdown) : on_shutdown_(std::move(on_shutdown)) {}
  void enqueue(std::function<void()> task) override { task(); }
  void shutdown() override { on_shutdown_(); }

 private:
  std::function<void()> on_shutdown_;
};

// The listening half of httplib. Its stop() is safe only while it listens, so both are ordered by one mutex.
class Listener final : public httplib::Server {
 public:
  Listener(std::shared_ptr<Mailbox> mailbox, base::LogSink& log) : mailbox_(std::move(mailbox)), log_(log) {
    set_tcp_nodelay(true);  // inherited by accepted sockets; without it an answer waits 40 ms
    // Not SO_REUSEPORT, the library's default: it lets two servers share a port without a word.
    set_socket_options([](socket_t fd) {
      const int on = 1;
      ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    });
    new_task_queue = [this] {
      begin_listening();
      return new InlineQueue([this] { end_listening(); });
    };
  }

  ~Listener() override {
    const socket_t fd = svr_sock_.exchange(INVALID_SOCKET);  // bound, but run() was never reached
    if (fd != INVALID_SOCKET) ::close(fd);
  }

  bool bind(const std::string& address, std::uint16_t port) {
    address_ = address;
    const int bound = port == 0 ? bind_to_any_port(address) : (bind_to_port(address, port) ? port : -1);
    if (bound <= 0 || ::listen(svr_sock_, kBacklog) != 0) return false;
    if (port_ == 0) port_ = static_cast<std::uint16_t>(bound);  // bound again: the same, and others read it
    return true;
  }

  // Until stop_listening(). The library gives up on the first accept error that is not a lack of descriptors, for
  // example a client that reset itself; then the port is bound again.
  void run() {
    while (true) {
      listen_after_bind();
      svr_sock_ = INVALID_SOCKET;  // closed by the library, which leaves the number behind after a failure
      std::unique_lock lock(mutex_);
      if (stopping_) return;
      log_.write(base::LogLevel::Warning, "the listening socket failed; binding it again");
      while (!stopping_) {
        if (bind(address_, port_)) break;
        stopped_.wait_for(lock, kRelistenAfter);
      }
      if (stopping_) return;
    }
  }

  void stop_listening() {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    if (listening_) httplib::Server::stop();
    stopped_.notify_all();
  }

  std::uint16_t port() const { return port_; }

 private:
  bool process_and_close_socket(socket_t sock) override {
    mailbox_->post_socket(sock);
    return true;
  }

  // In the listening thread, after the library has marked itself as running.
  void begin_listening() {
    const std::lock_guard lock(mutex_);
    listening_ = true;
    if (stopping_) httplib::Server::stop();
  }

  void end_listening() {
    const std::lock_guard lock(mutex_);
    listening_ = false;
  }

  std::shared_ptr<Mailbox> mailbox_;
  base::LogSink& log_;
  std::string address_;
  std::uint16_t port_ = 0;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;
  bool listening_ = false;
};

// No more connections than the process may open, with some left for files. The soft limit is raised as far as needed
// and allowed.
std::size_t affordable_connections(std::size_t wanted) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return wanted;
  const rlim_t needed = static_cast<rlim_t>(wanted + kSpareDescriptors);
  if (limit.rlim_cur < needed) {
    rlimit raised = limit;
    raised.rlim_cur = limit.rlim_max == RLIM_INFINITY ? needed : std::min(needed, limit.rlim_max);
    if (::setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  }
  const auto available = static_cast<std::size_t>(limit.rlim_cur);
  return std::max<std::size_t>(1, std::min(wanted, available > kSpareDescriptors ? available - kSpareDescriptors : 1));
}

}  // namespace

// Members in the order of their making; torn down in reverse after stop() has joined every thread.
class HttpServer::Impl {
 public:
  Impl(HttpOptions options, Handlers handlers, base::LogSink& log)
      : options_(std::move(options)),
        handlers_(std::move(handlers)),
        mailbox_(std::make_shared<Mailbox>()),
        exchange_(options_, handlers_, log, mailbox_),
        listener_(mailbox_, log) {
    options_.max_connections = affordable_connections(options_.max_connections);
  }

  Status start() {
    if (started_) return fail(ErrorCode::Usage, "the HTTP server was started before");
    started_ = true;
    if (!listener_.bind(options_.listen_address, options_.port)) {
      const std::string where = options_.listen_address + ":" + std::to_string(options_.port);
      return fail(ErrorCode::IoFailure, "cannot listen on this address", where, "is another server running there?");
    }
    try {
      workers_ = std::make_unique<WorkerPool>(options_.workers, options_.queue);
      stream_workers_ = std::make_unique<WorkerPool>(options_.stream_workers, options_.stream_queue);
      poller_ = std::make_unique<Poller>(options_, exchange_, mailbox_, *workers_, *stream_workers_);
      if (auto opened = poller_->open(); !opened) return opened;
      poller_thread_ = std::thread([this] { poller_->run(); });
      listener_thread_ = std::thread([this] { listener_.run(); });
    } catch (const std::system_error& error) {
      return fail(ErrorCode::IoFailure, "cannot start a thread: " + error.code().message());
    }
    return {};
  }

  // Nobody new, then everybody out, then the threads that served them.
  void stop() {
    listener_.stop_listening();
    if (listener_thread_.joinable()) listener_thread_.join();
    mailbox_->post_drain();
    if (poller_thread_.joinable()) poller_thread_.join();
    if (workers_) workers_->stop();
    if (stream_workers_) stream_workers_->stop();
  }

  std::uint16_t port() const { return listener_.port(); }

  HttpStats stats() const {
    if (!poller_) return {};
    const PollerCounters& counters = poller_->counters();
    return {counters.accepted, counters.refused, counters.connections, counters.parked, workers_->waiting()};
  }

 private:
  HttpOptions options_;
  const Handlers handlers_;
  const std::shared_ptr<Mailbox> mailbox_;
  const Exchange exchange_;
  Listener listener_;
  std::unique_ptr<WorkerPool> workers_;
  std::unique_ptr<WorkerPool> stream_workers_;
  std::unique_ptr<Poller> poller_;
  std::thread poller_thread_;
  std::thread listener_thread_;
  bool started_ = false;
};

HttpServer::HttpServer(HttpOptions options, Handlers handlers, base::LogSink& log)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(handlers), log)) {}

HttpServer::~HttpServer() { impl_->stop(); }

Status HttpServer::start() { return impl_->start(); }
std::uint16_t HttpServer::port() const { return impl_->port(); }
void HttpServer::stop() { impl_->stop(); }
HttpStats HttpServer::stats() const { return impl_->stats(); }

}  // namespace treff::server
