// Requests a second over loopback: POST match of the standard case beside a POST that returns a stored answer of 4 KB.
//
// Prints one line each and their ratio. The clients run in the same process, so both figures are low on few cores; the
// ratio is what is read. Usage: http_bench [seconds] [connections] [cohorts]
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <thread>

#include "bench/world.h"
#include "kb/model/codec.h"
#include "server/http_server.h"
#include "server/routes.h"

namespace {

using namespace treff;
using SteadyClock = std::chrono::steady_clock;

int connect_to(std::uint16_t port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (fd < 0 || ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) std::abort();
  const int one = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return fd;
}

// Reads one answer with a Content-Length; its status line must be 200. False if the connection ended.
bool read_answer(int fd, std::string& buffer) {
  char piece[65536];
  std::size_t head_end = 0;
  std::size_t wanted = 0;
  while (true) {
    if (head_end == 0 && (head_end = buffer.find("\r\n\r\n")) != std::string::npos) {
      if (buffer.compare(0, 12, "HTTP/1.1 200") != 0) {
        std::cerr << buffer << "\n";
        std::abort();
      }
      const std::size_t length = buffer.find("Content-Length: ");
      wanted = head_end + 4 + std::strtoul(buffer.c_str() + length + 16, nullptr, 10);
    } else if (head_end == std::string::npos) {
      head_end = 0;
    }
    if (wanted > 0 && buffer.size() >= wanted) {
      buffer.erase(0, wanted);
      return true;
    }
    const ssize_t got = ::recv(fd, piece, sizeof piece, 0);
    if (got <= 0) return false;
    buffer.append(piece, static_cast<std::size_t>(got));
  }
}

struct Load {
  double rate = 0;
  double p99_ms = 0;
};

Load measure(std::uint16_t port, const std::string& target, const std::string& body, int connections, double seconds) {
  const std::string request = "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" +
                              "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  std::atomic<bool> over{false};
  std::vector<std::vector<double>> took(static_cast<std::size_t>(connections));
  std::vector<std::thread> clients;
  const auto began = SteadyClock::now();
  for (auto& mine : took) {
    clients.emplace_back([&] {
      int fd = connect_to(port);
      std::string buffer;
      while (!over) {
        const auto start = SteadyClock::now();
        const bool sent = ::send(fd, request.data(), request.size(), MSG_NOSIGNAL) > 0;
        if (!sent || !read_answer(fd, buffer)) {  // after a thousand requests the server closes
          ::close(fd);
          fd = connect_to(port);
          buffer.clear();
          continue;
        }
        mine.push_back(std::chrono::duration<double, std::milli>(SteadyClock::now() - start).count());
      }
      ::close(fd);
    });
  }
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  over = true;
  for (std::thread& client : clients) client.join();
  const double lasted = std::chrono::duration<double>(SteadyClock::now() - began).count();
  std::vector<double> all;
  for (const auto& mine : took) all.insert(all.end(), mine.begin(), mine.end());
  std::sort(all.begin(), all.end());
  if (all.empty()) std::abort();
  return {static_cast<double>(all.size()) / lasted, all[all.size() * 99 / 100]};
}

template <class T>
T take(T result) {
  if (!result) std::abort();
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  const double seconds = argc > 1 ? std::atof(argv[1]) : 5;
  const int connections = argc > 2 ? std::atoi(argv[2]) : 8;
  const int cohorts = argc > 3 ? std::atoi(argv[3]) : 2000;
  std::string folder = (std::filesystem::temp_directory_path() / "treff-http-bench-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return 1;
  {
    const std::filesystem::path kb = std::filesystem::path(folder) / "kb";
    std::shared_ptr<store::Store> store = std::move(*take(store::Store::create(kb)));
    store::ChangeSet set;
    set.who = "bench";
    set.published_at = "2026-11-22T10:00:00Z";
    for (const model::Record& record : bench::Generator({cohorts}).records()) {
      set.changes.push_back({model::key_of(record), model::encode_record(record)});
    }
    const auto applied = store->apply(set, 0);
    if (!applied) {
      std::cerr << base::to_text(applied.error()) << "\n";
      return 1;
    }
    view::ViewHolder views(store, kb, "bench");
    NoProgress quiet;
    if (!views.refresh(quiet)) std::abort();
    const base::FixedClock clock{Date{2026, 11, 22}};
    base::NoLog log;
    server::Service service{views, clock, log, {}, "", {}, {}, nullptr, kb};
    server::Handlers handlers = server::handlers_for(service);
    const std::string stored(4096, 'x');
    handlers.answer = [inner = handlers.answer, &stored](const server::HttpRequest& request) -> server::Answer {
      if (request.path != "/api/v1/search") return inner(request);
      server::HttpResponse response;
      response.content_type = "application/json";
      response.body = stored;
      return response;
    };
    server::HttpServer http(server::HttpOptions{}, handlers, log);
    if (!http.start()) std::abort();
    const std::string body = bench::case_json(14);
    for (int round = 0; round < 3; ++round) {
      const Load plain = measure(http.port(), "/api/v1/search", body, connections, seconds);
      const Load match = measure(http.port(), "/api/v1/match", body, connections, seconds);
      std::cout << "stored 4 KB: " << static_cast<int>(plain.rate) << "/s, p99 " << plain.p99_ms
                << " ms; match: " << static_cast<int>(match.rate) << "/s, p99 " << match.p99_ms << " ms; ratio "
                << match.rate / plain.rate << std::endl;
    }
    http.stop();
  }
  std::filesystem::remove_all(folder);
  return 0;
}
