#include <CLI/CLI.hpp>
#include <istream>
#include <ostream>

#include "cli/commands.h"
#include "cli/knowledge_base.h"
#include "kb/answer/class_answer.h"
#include "kb/answer/parse_answer.h"

namespace treff::cli {
namespace {

// Runs `answer` on every line of stdin, in order, one line out for each line in.
template <class Answer>
int each_line(Environment& environment, Answer answer) {
  const auto knowledge = open_vocabulary(environment);
  if (!knowledge) return report(environment, knowledge.error());
  std::string line;
  while (std::getline(environment.in, line)) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    environment.out << answer(line, **knowledge) << "\n";
  }
  environment.out.flush();
  return 0;
}

}  // namespace

Run declare_parse(CLI::App& app, Environment& environment) {
  auto as = std::make_shared<std::string>("alteration");
  app.add_option("--as", *as, "alteration, criterion, diagnosis or drug");
  auto format = std::make_shared<std::string>("json");
  app.add_option("--format", *format, "json (one object a line) or text")->check(CLI::IsMember({"json", "text"}));
  app.footer("Reads one term a line from stdin, or NDJSON {\"id\",\"text\",\"gene\"}; writes one JSON object a line.");
  return [&environment, as, format] {
    const auto kind = answer::parse_as_from(*as);
    if (!kind) return report(environment, kind.error());
    return each_line(environment, [&](const std::string& line, const match::Knowledge& knowledge) {
      const auto term = answer::parse_term_from_line(line);
      auto read = term ? answer::parse_answer(*term, *kind, knowledge.vocabulary())
                       : answer::parse_failure(line, term.error().front());
      return *format == "text" ? answer::parse_text(read) : std::move(read);
    });
  };
}

Run declare_contains(CLI::App& app, Environment& environment) {
  app.footer(
      "Reads NDJSON {\"id\",\"criterion\",\"alteration\"} from stdin; writes "
      "{\"id\",\"verdict\",\"rule\",\"relation\",\"reason\"}.");
  return [&environment] { return each_line(environment, answer::contains_line); };
}

Run declare_relevant(CLI::App& app, Environment& environment) {
  app.footer(
      "Reads NDJSON {\"id\",\"gene\",\"alteration\",\"candidates\":[...]} from stdin; writes "
      "{\"id\",\"relevant\":[...]}.");
  return [&environment] { return each_line(environment, answer::relevant_line); };
}

}  // namespace treff::cli
