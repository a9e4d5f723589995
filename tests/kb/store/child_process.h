// A second process of this very test program, running one hidden test case, for tests of locks and of sudden death.
// A plain fork will not do: RocksDB's threads do not survive it.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace treff::store {

constexpr int kReportDescriptor = 3;
constexpr const char* kFolderVariable = "TREFF_STORE_TEST_FOLDER";

// In the child: the folder to work on, or nullopt if a person ran the hidden test case by hand.
inline std::optional<std::filesystem::path> child_folder() {
  const char* folder = std::getenv(kFolderVariable);
  return folder == nullptr ? std::nullopt : std::optional<std::filesystem::path>(folder);
}

// In the child: one number to the parent.
inline bool report(std::uint64_t number) {
  return ::write(kReportDescriptor, &number, sizeof number) == static_cast<ssize_t>(sizeof number);
}

class ChildProcess {
 public:
  ChildProcess(const std::string& tag, const std::filesystem::path& folder) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    read_end_ = ends[0];
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], kReportDescriptor);
    std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
    std::string spec = tag;
    std::string variable = std::string(kFolderVariable) + "=" + folder.string();
    std::array<char*, 3> arguments = {program.data(), spec.data(), nullptr};
    std::vector<char*> environment = {variable.data()};
    for (char** entry = environ; *entry != nullptr; ++entry) environment.push_back(*entry);
    environment.push_back(nullptr);
    const int failed = ::posix_spawn(&pid_, program.c_str(), &actions, nullptr, arguments.data(), environment.data());
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    REQUIRE(failed == 0);
  }
  ~ChildProcess() {
    kill();
    ::close(read_end_);
  }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // The next number the child reported; nullopt when it is gone and everything it reported has been read.
  std::optional<std::uint64_t> next_report() const {
    std::uint64_t number = 0;
    const ssize_t got = ::read(read_end_, &number, sizeof number);
    return got == static_cast<ssize_t>(sizeof number) ? std::optional(number) : std::nullopt;
  }

  int read_end() const { return read_end_; }

  // kill -9; returns when the process is gone.
  void kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }

 private:
  pid_t pid_ = -1;
  int read_end_ = -1;
};

}  // namespace treff::store
