// The program's front door: reads the environment once, declares the commands, runs one.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <filesystem>
#include <iostream>

#include "cli/commands.h"
#include "cli/exit_status.h"

namespace {

using treff::cli::Environment;

class SystemClock final : public treff::Clock {
 public:
  treff::Date today() const override { return *treff::base::parse_date(utc_now().substr(0, 10)); }
  std::string utc_now() const override {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm utc{};
    gmtime_r(&now, &utc);
    char buffer[32];
    std::strftime(buffer, sizeof buffer, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return buffer;
  }
};

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

// Where the pages, schemas and seeds are: beside an installed program, or the source tree a build directory lies in.
std::string find_share() {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) return {};
  const fs::path bin = program.parent_path();
  for (const fs::path& candidate : {bin / "../share/treff", bin / "../..", bin / "..", bin}) {
    if (fs::exists(candidate / "web-static", error) && fs::exists(candidate / "schemas", error)) {
      return fs::weakly_canonical(candidate, error).string();
    }
  }
  return {};
}

int run(int argc, char** argv) {
  const SystemClock clock;
  Environment environment{std::cin,
                          std::cout,
                          std::cerr,
                          clock,
                          isatty(STDERR_FILENO) == 1 && isatty(STDOUT_FILENO) == 1,
                          variable("USER"),
                          variable("TREFF_KB"),
                          false,
                          find_share(),
                          isatty(STDERR_FILENO) == 1};
  environment.kb_given = !environment.kb_directory.empty();
  if (!environment.kb_given) environment.kb_directory = "./treff-kb";

  CLI::App app{"treff: which options a tumour's alterations open, with reason, source and date", "treff"};
  app.set_version_flag("--version", "treff " TREFF_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  CLI::Option* kb =
      app.add_option("--kb", environment.kb_directory, "knowledge base directory (default ./treff-kb, or TREFF_KB)");
  std::vector<std::pair<CLI::App*, treff::cli::Run>> declared;
  for (const treff::cli::CommandRow& row : treff::cli::commands()) {
    CLI::App* command = app.add_subcommand(std::string(row.name), std::string(row.help));
    declared.emplace_back(command, row.declare(*command, environment));
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int status = app.exit(error, std::cout, std::cerr);
    return status == 0 ? 0 : static_cast<int>(treff::cli::ExitStatus::Usage);
  }
  environment.kb_given = environment.kb_given || kb->count() > 0;
  for (const auto& [command, action] : declared) {
    if (command->parsed()) return action();
  }
  return static_cast<int>(treff::cli::ExitStatus::Usage);
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  try {
    return run(argc, argv);
  } catch (const std::exception&) {
    // The text of an exception may hold input; its presence alone is told.
    std::cerr << "treff: stopped by an unexpected failure inside the program\n";
    return static_cast<int>(treff::cli::ExitStatus::Failure);
  }
}
