#include <CLI/CLI.hpp>
#include <filesystem>
#include <ostream>

#include "cli/commands.h"
#include "server/tokens.h"

namespace treff::cli {

Run declare_token(CLI::App& app, Environment& environment) {
  struct Arguments {
    std::string action;
    std::string name;
  };
  auto arguments = std::make_shared<Arguments>();
  app.add_option("ACTION", arguments->action, "add, list or remove")
      ->required()
      ->check(CLI::IsMember({"add", "list", "remove"}));
  app.add_option("NAME", arguments->name, "whose token; stands in the change log");
  return [&environment, arguments] {
    const std::filesystem::path directory = environment.kb_directory;
    if (!std::filesystem::is_directory(directory)) {
      return report(environment, Error{ErrorCode::StoreMissing,
                                       "there is no knowledge base here",
                                       directory.string(),
                                       {},
                                       std::nullopt,
                                       "make one with treff init, or name one with --kb"});
    }
    if (arguments->action == "list") {
      const auto rows = server::read_tokens(directory);
      if (!rows) return report(environment, rows.error());
      for (const server::TokenRow& row : *rows) {
        environment.out << row.name << "\t" << base::name_of(row.role) << "\t" << to_string(row.created_on) << "\n";
      }
      return 0;
    }
    if (arguments->name.empty()) {
      return report(environment, Error{ErrorCode::Usage,
                                       "whose token?",
                                       "NAME",
                                       {},
                                       std::nullopt,
                                       "treff token " + arguments->action + " NAME"});
    }
    if (arguments->action == "remove") {
      const Status removed = server::remove_token(directory, arguments->name);
      return removed ? 0 : report(environment, removed.error());
    }
    const auto token = server::add_token(directory, arguments->name, server::Role::Curator, environment.clock.today());
    if (!token) return report(environment, token.error());
    environment.err << "keep this token, it is shown once; send it as 'Authorization: Bearer TOKEN'\n";
    environment.out << *token << "\n";
    return 0;
  };
}

}  // namespace treff::cli
