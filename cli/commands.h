// THE table of commands: name, one line of help, how it reads its options, and what it does.
//
// To add a command: one function in a cmd_*.cc file and one row in commands.cc. Data goes to `out`, messages and
// progress to `err`; a command returns its exit status and prints its own errors through report().
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kb/base/clock.h"
#include "kb/base/result.h"

namespace CLI {
class App;
}

namespace treff::cli {

// What the edge gives every command; nothing below reads environment, clock or terminal itself.
struct Environment {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  const Clock& clock;
  bool terminal = false;     // out and err are terminals: text for people, progress bars
  std::string user;          // default of --by
  std::string kb_directory;  // from --kb, TREFF_KB or ./treff-kb
  bool kb_given = false;     // named by the caller, not the default
  std::string share;         // folder with web-static, schemas and kb/seed
  bool progress = false;     // err is a terminal, whatever out is: a long stream draws its bar
};

using Run = std::function<int()>;

struct CommandRow {
  std::string_view name;
  std::string_view help;
  // Declares the options on `app` and gives back what runs once they are read.
  Run (*declare)(CLI::App& app, Environment& environment);
};

const std::vector<CommandRow>& commands();

// Prints the errors to err, one a line, and gives the exit status of the first.
int report(Environment& environment, const std::vector<Error>& errors);
int report(Environment& environment, const Error& error);

// The rows' functions, each in its cmd_*.cc.
Run declare_init(CLI::App& app, Environment& environment);
Run declare_import(CLI::App& app, Environment& environment);
Run declare_index(CLI::App& app, Environment& environment);
Run declare_parse(CLI::App& app, Environment& environment);
Run declare_contains(CLI::App& app, Environment& environment);
Run declare_relevant(CLI::App& app, Environment& environment);
Run declare_match(CLI::App& app, Environment& environment);
Run declare_compare(CLI::App& app, Environment& environment);
Run declare_search(CLI::App& app, Environment& environment);
Run declare_show(CLI::App& app, Environment& environment);
Run declare_log(CLI::App& app, Environment& environment);
Run declare_diff(CLI::App& app, Environment& environment);
Run declare_verify(CLI::App& app, Environment& environment);
Run declare_export(CLI::App& app, Environment& environment);
Run declare_token(CLI::App& app, Environment& environment);
Run declare_serve(CLI::App& app, Environment& environment);

}  // namespace treff::cli
