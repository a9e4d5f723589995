// The built program, run as people run it: a command line, two streams and an exit status.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/fresh_folder.h"

namespace treff::support {

using Words = std::vector<std::string>;

// A process whose stdout is a pipe of ours and whose stderr goes to a file.
class Child {
 public:
  Child(const std::string& program, const Words& words, const std::string& error_file,
        const std::string& input_file = "/dev/null") {
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    read_end_ = ends[0];
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input_file.c_str(), O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, error_file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    Words copies = {program};
    for (const std::string& word : words) copies.push_back(word);
    std::vector<char*> arguments;
    for (std::string& word : copies) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const int failed = ::posix_spawn(&pid_, program.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    REQUIRE(failed == 0);
  }
  ~Child() {
    signal(SIGKILL);
    wait();
    ::close(read_end_);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  int output() const { return read_end_; }
  void signal(int number) const {
    if (pid_ > 0) ::kill(pid_, number);
  }

  // Everything the process still writes, until it closes its stdout.
  std::string read_to_end() const {
    std::string text;
    std::array<char, 65536> piece{};
    for (ssize_t got = 0; (got = ::read(read_end_, piece.data(), piece.size())) > 0;) {
      text.append(piece.data(), static_cast<std::size_t>(got));
    }
    return text;
  }
  // The next line without its end; what there is if the process closes its stdout before.
  std::string read_line() const {
    std::string line;
    for (char c = 0; ::read(read_end_, &c, 1) == 1 && c != '\n';) line += c;
    return line;
  }

  // The exit status; 128 + signal if it was killed. Once.
  int wait() {
    if (pid_ <= 0) return -1;
    int status = 0;
    ::waitpid(std::exchange(pid_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  pid_t pid_ = -1;
  int read_end_ = -1;
};

struct Done {
  int status = -1;
  std::string out;
  std::string err;
};

// A knowledge base in a folder of its own, and the program on it.
class KnowledgeBase {
 public:
  explicit KnowledgeBase(std::string program) : program_(std::move(program)) {}

  const FreshFolder& folder() const { return folder_; }
  std::string kb() const { return folder_ / "kb"; }
  const std::string& program() const { return program_; }

  Done run(Words words, const std::string& input = {}) const {
    const std::string error_file = folder_ / "stderr";
    const std::string input_file = input.empty() ? "/dev/null" : write_file(folder_ / "stdin", input);
    Child child(program_, with_kb(std::move(words)), error_file, input_file);
    Done done;
    done.out = child.read_to_end();
    done.status = child.wait();
    done.err = read_file(error_file);
    return done;
  }
  // Must end with exit status 0; its stdout.
  std::string out_of(Words words, const std::string& input = {}) const {
    Done done = run(std::move(words), input);
    INFO(done.err);
    REQUIRE(done.status == 0);
    return done.out;
  }
  Words with_kb(Words words) const {
    Words all = {"--kb", kb()};
    for (std::string& word : words) all.push_back(std::move(word));
    return all;
  }

 private:
  std::string program_;
  FreshFolder folder_;
};

}  // namespace treff::support
