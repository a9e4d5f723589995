#include <pthread.h>
#include <CLI/CLI.hpp>
#include <csignal>
#include <fstream>
#include <mutex>
#include <ostream>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/progress_bar.h"
#include "kb/base/text.h"
#include "server/serve.h"

namespace treff::cli {
namespace {

struct Arguments {
  std::string listen = "127.0.0.1:8080";
  std::string port_file;
  std::string web;
  std::string config;
};

// Lines on err, with the time; requests are told by route, never by path, query or content.
class StreamLog final : public base::LogSink {
 public:
  StreamLog(std::ostream& out, const Clock& clock) : out_(out), clock_(clock) {}
  void write(base::LogLevel level, std::string_view message) override {
    const std::lock_guard lock(mutex_);
    const char* word = level == base::LogLevel::Error ? "error" : level == base::LogLevel::Warning ? "warning" : "info";
    out_ << clock_.utc_now() << " " << word << " " << message << "\n";
    out_.flush();
  }

 private:
  std::mutex mutex_;
  std::ostream& out_;
  const Clock& clock_;
};

// "127.0.0.1:8080", "[::1]:0" -> address and port.
Result<std::pair<std::string, std::uint16_t>> parse_listen(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  const auto port =
      colon == std::string::npos ? std::nullopt : base::parse_int(std::string_view(text).substr(colon + 1));
  if (!port || *port > 65535 || colon == 0) {
    return fail(Error{ErrorCode::Usage, "'" + text + "' is not an address to listen on", "--listen", text, std::nullopt,
                      "give ADDRESS:PORT, for example 127.0.0.1:8080"});
  }
  std::string address = text.substr(0, colon);
  if (address.size() > 2 && address.front() == '[' && address.back() == ']')
    address = address.substr(1, address.size() - 2);
  return std::pair{address, static_cast<std::uint16_t>(*port)};
}

int run_serve(Environment& environment, const Arguments& a) {
  const auto listen = parse_listen(a.listen);
  if (!listen) return report(environment, listen.error());
  server::ServeOptions options;
  options.http.listen_address = listen->first;
  options.http.port = listen->second;
  options.kb_directory = environment.kb_directory;
  options.web_directory = !a.web.empty() ? a.web : environment.share.empty() ? "" : environment.share + "/web-static";
  options.schema_directory = environment.share.empty() ? "" : environment.share + "/schemas";
  // Blocked before any thread starts, so that only the wait below takes them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  StreamLog log(environment.err, environment.clock);
  Checked<std::unique_ptr<server::RunningServer>> running = fail_all({});
  {
    ProgressBar progress(environment.err, environment.terminal);
    running = server::RunningServer::start(options, environment.clock, log, progress);
  }
  if (!running) return report(environment, running.error());
  const std::string port = std::to_string((*running)->port());
  if (!a.port_file.empty()) std::ofstream(a.port_file) << port << "\n";
  environment.out << "listening on http://" << listen->first << ":" << port << std::endl;
  int taken = 0;
  sigwait(&signals, &taken);
  log.write(base::LogLevel::Info, "stopping");
  (*running)->stop();
  return 0;
}

}  // namespace

Run declare_serve(CLI::App& app, Environment& environment) {
  auto a = std::make_shared<Arguments>();
  app.add_option("--listen", a->listen, "ADDRESS:PORT; port 0 lets the system choose");
  app.add_option("--port-file", a->port_file, "write the port to this file once connections are taken");
  app.add_option("--web", a->web, "folder of the pages");
  app.set_config("--config", "", "read options from this file");
  return [&environment, a] { return run_serve(environment, *a); };
}

}  // namespace treff::cli
