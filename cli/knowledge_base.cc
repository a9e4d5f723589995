#include "cli/knowledge_base.h"

#include <ostream>

#include "indexer/importers/registry.h"
#include "kb/base/text.h"

namespace treff::cli {

Result<std::unique_ptr<store::Store>> open_store(const Environment& environment, store::OpenMode mode) {
  auto store = store::Store::open(environment.kb_directory, mode);
  if (!store) return store;
  for (const Issue& issue : (*store)->opening_issues()) environment.err << "treff: " << issue.message << "\n";
  return store;
}

Checked<std::shared_ptr<const view::View>> open_view(const Environment& environment,
                                                     std::optional<store::Revision> as_of) {
  auto store = open_store(environment, store::OpenMode::ReadOnly);
  if (!store) return fail_all({store.error()});
  NoProgress quiet;
  const std::string name = view::read_name(environment.kb_directory);
  auto built = view::build_view(**store, as_of.value_or((*store)->head()), name, quiet);
  if (!built) return built;
  auto view = std::make_shared<view::View>(**built);
  view->store = std::shared_ptr<const store::Store>(std::move(*store));
  return std::shared_ptr<const view::View>(std::move(view));
}

Checked<std::shared_ptr<const match::Knowledge>> open_vocabulary(Environment& environment) {
  const auto view = open_view(environment, std::nullopt);
  if (view) return (*view)->knowledge;
  const bool missing = view.error().size() == 1 && view.error().front().code == ErrorCode::StoreMissing;
  const std::filesystem::path reference = std::filesystem::path(environment.share) / "kb" / "seed" / "reference";
  if (environment.kb_given || !missing || environment.share.empty() || !std::filesystem::exists(reference)) {
    return fail_all(view.error());
  }
  environment.err << "treff: no knowledge base here, reading names with the shipped reference records\n";
  NoProgress quiet;
  const auto importer = indexer::find_importer("curated");
  if (!importer) return fail_all({importer.error()});
  auto imported = (*importer)->read({reference}, quiet);
  if (!imported) return fail_all(imported.error());
  std::vector<model::Record> records;
  for (indexer::ImportedRecord& item : *imported) records.push_back(std::move(item.record));
  return match::Knowledge::build(std::move(records));
}

Error bad_value(const std::string& option, const std::string& value, const std::string& hint) {
  return Error{ErrorCode::Usage, "'" + value + "' is not a value of " + option, option, value, std::nullopt, hint};
}

Result<answer::AnswerRequest> answer_request(const std::string& today, const std::string& language,
                                             const Clock& clock) {
  answer::AnswerRequest request;
  request.match.today = clock.today();
  if (!today.empty()) {
    const auto date = base::parse_date(today);
    if (!date) return fail(bad_value("--today", today, date.error().hint));
    request.match.today = *date;
  }
  if (language != "en" && language != "nb") return fail(bad_value("--lang", language, "use en or nb"));
  request.language = language == "nb" ? answer::Language::Nb : answer::Language::En;
  return request;
}

Result<store::Revision> revision_from(const std::string& text, int lowest) {
  const std::optional<int> number = base::parse_int(text);
  if (!number || *number < lowest) {
    return fail(Error{ErrorCode::Usage,
                      "'" + text + "' is not a revision",
                      {},
                      text,
                      std::nullopt,
                      "give a number such as 42, from " + std::to_string(lowest)});
  }
  return static_cast<store::Revision>(*number);
}

}  // namespace treff::cli
