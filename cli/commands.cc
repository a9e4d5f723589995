#include "cli/commands.h"

#include <ostream>

#include "cli/exit_status.h"

namespace treff::cli {

const std::vector<CommandRow>& commands() {
  static const std::vector<CommandRow> table = {
      {"init", "make an empty knowledge base", declare_init},
      {"import", "bring files in, checked, all or nothing", declare_import},
      {"index", "build the text index of the newest revision", declare_index},
      {"parse", "read names: alterations, criteria, diagnoses, drugs", declare_parse},
      {"contains", "does a variant class contain an alteration?", declare_contains},
      {"relevant", "which variant classes does an alteration belong to?", declare_relevant},
      {"match", "options for one or many cases", declare_match},
      {"compare", "what changed for a case between two revisions", declare_compare},
      {"search", "full-text search over all records", declare_search},
      {"show", "one record, at any revision", declare_show},
      {"log", "the revisions, newest first", declare_log},
      {"diff", "what changed between two revisions", declare_diff},
      {"verify", "check every hash and the chain of revisions", declare_verify},
      {"export", "write every record as canonical JSON", declare_export},
      {"token", "who may write through the server: add, list, remove", declare_token},
      {"serve", "answer over HTTP and serve the page", declare_serve},
  };
  return table;
}

int report(Environment& environment, const std::vector<Error>& errors) {
  for (const Error& error : errors) environment.err << "treff: " << base::to_text(error) << "\n";
  if (errors.size() > 1) environment.err << "treff: " << errors.size() << " errors\n";
  return errors.empty() ? static_cast<int>(ExitStatus::Failure) : static_cast<int>(exit_status_of(errors.front().code));
}

int report(Environment& environment, const Error& error) { return report(environment, std::vector<Error>{error}); }

}  // namespace treff::cli
