#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <map>
#include <ostream>

#include "cli/commands.h"
#include "cli/knowledge_base.h"
#include "cli/progress_bar.h"
#include "indexer/importers/ctml_export.h"
#include "kb/base/text.h"
#include "kb/store/store.h"

namespace treff::cli {
namespace {

Error unknown_kind(const std::string& kind) {
  std::vector<std::string> known;
  for (const model::RecordKindRow& row : model::kRecordKinds) known.emplace_back(row.name);
  const auto near = base::nearest(kind, known);
  return Error{ErrorCode::Usage, "there is no record kind '" + kind + "'",
               "KIND",           kind,
               std::nullopt,     near ? "did you mean " + *near + "?" : "known kinds: " + base::join(known, ", ")};
}

std::string_view word_of(const store::Operation& operation) {
  if (operation.before_hash.empty()) return "added";
  return operation.after_hash.empty() ? "retired" : "changed";
}

// First and last state of every record that changed in (from, to].
Checked<std::map<model::RecordKey, store::Operation>> changes_between(const store::Store& store, store::Revision from,
                                                                      store::Revision to) {
  std::map<model::RecordKey, store::Operation> out;
  for (store::Revision revision = from + 1; revision <= to; ++revision) {
    const auto operations = store.operations(revision);
    if (!operations) return fail_all({operations.error()});
    for (const store::Operation& operation : *operations) {
      const auto [it, first] = out.emplace(operation.key, operation);
      if (!first) it->second.after_hash = operation.after_hash;
    }
  }
  for (auto it = out.begin(); it != out.end();) {
    it = it->second.before_hash == it->second.after_hash ? out.erase(it) : std::next(it);
  }
  return out;
}

}  // namespace

Run declare_show(CLI::App& app, Environment& environment) {
  struct Arguments {
    std::string kind, id, as_of;
    bool history = false;
  };
  auto a = std::make_shared<Arguments>();
  app.add_option("KIND", a->kind, "record kind")->required();
  app.add_option("ID", a->id, "record id")->required();
  app.add_option("--as-of", a->as_of, "revision");
  app.add_flag("--history", a->history, "the revisions that changed it");
  return [&environment, a] {
    const auto kind = model::parse_record_kind(a->kind);
    if (!kind) return report(environment, unknown_kind(a->kind));
    const auto store = open_store(environment, store::OpenMode::ReadOnly);
    if (!store) return report(environment, store.error());
    const model::RecordKey key{*kind, a->id};
    if (a->history) {
      const auto items = (*store)->history(key);
      if (!items) return report(environment, items.error());
      for (const auto& item : *items) {
        environment.out << item.revision << "\t" << (item.retired ? "retired" : item.hash) << "\n";
      }
      return 0;
    }
    store::Revision revision = (*store)->head();
    if (!a->as_of.empty()) {
      const auto asked = revision_from(a->as_of);
      if (!asked) return report(environment, asked.error());
      revision = *asked;
    }
    const auto json = (*store)->get(key, revision);
    if (!json) return report(environment, json.error());
    if (!json->has_value()) {
      return report(environment,
                    Error{ErrorCode::NotFound,
                          "there is no " + a->kind + " '" + a->id + "' at revision " + std::to_string(revision),
                          {},
                          a->id,
                          std::nullopt,
                          {}});
    }
    environment.out << **json << "\n";
    return 0;
  };
}

Run declare_log(CLI::App& app, Environment& environment) {
  auto limit = std::make_shared<int>(50);
  app.add_option("--limit", *limit, "revisions at most")->check(CLI::PositiveNumber);
  return [&environment, limit] {
    const auto store = open_store(environment, store::OpenMode::ReadOnly);
    if (!store) return report(environment, store.error());
    const store::Revision head = (*store)->head();
    const store::Revision from =
        head > static_cast<store::Revision>(*limit) ? head - static_cast<store::Revision>(*limit) + 1 : 1;
    auto entries = (*store)->log(from, head);
    if (!entries) return report(environment, entries.error());
    std::reverse(entries->begin(), entries->end());
    for (const store::LogEntry& entry : *entries) {
      environment.out << entry.revision << "\t" << entry.published_at << "\t" << entry.who << "\t"
                      << entry.operation_count << " records\t" << entry.origin << "\t" << entry.why << "\t"
                      << entry.hash.substr(0, 12) << "\n";
    }
    return 0;
  };
}

Run declare_diff(CLI::App& app, Environment& environment) {
  struct Arguments {
    std::string from, to;
  };
  auto a = std::make_shared<Arguments>();
  app.add_option("FROM", a->from, "older revision")->required();
  app.add_option("TO", a->to, "newer revision")->required();
  return [&environment, a] {
    const auto from = revision_from(a->from, 0);
    const auto to = revision_from(a->to);
    if (!from) return report(environment, from.error());
    if (!to) return report(environment, to.error());
    const auto store = open_store(environment, store::OpenMode::ReadOnly);
    if (!store) return report(environment, store.error());
    if (*from > *to) {
      return report(environment, Error{ErrorCode::Usage, "the first revision is the newer one", "FROM", a->from,
                                       std::nullopt, "give the older one first"});
    }
    const auto changes = changes_between(**store, *from, *to);
    if (!changes) return report(environment, changes.error());
    for (const auto& [key, operation] : *changes) {
      environment.out << word_of(operation) << "\t" << model::to_string(key.kind) << "\t" << key.id << "\n";
    }
    return 0;
  };
}

Run declare_verify(CLI::App& app, Environment& environment) {
  (void)app;
  return [&environment] {
    const auto store = open_store(environment, store::OpenMode::ReadOnly);
    if (!store) return report(environment, store.error());
    ProgressBar progress(environment.err, environment.terminal);
    const auto verified = (*store)->verify(progress);
    if (!verified) return report(environment, verified.error());
    for (const Issue& problem : verified->problems) environment.out << problem.where << ": " << problem.message << "\n";
    environment.out << "revision " << verified->head << ", " << verified->records << " records, " << verified->versions
                    << " versions: " << (verified->is_sound() ? "sound" : "DAMAGED") << "\n";
    return verified->is_sound() ? 0 : 4;
  };
}

namespace {

// Either every file is written or none: what cannot be said in CTML is found before.
int export_as_ctml(Environment& environment, const std::string& directory, const std::vector<std::string>& trials,
                   const std::string& as_of) {
  std::optional<store::Revision> revision;
  if (!as_of.empty()) {
    const auto asked = revision_from(as_of);
    if (!asked) return report(environment, asked.error());
    revision = *asked;
  }
  const auto view = open_view(environment, revision);
  if (!view) return report(environment, view.error());
  const auto files = indexer::export_ctml(*(*view)->knowledge, trials, environment.clock.today());
  if (!files) {
    const int status = report(environment, files.error());
    environment.err << "nothing was written\n";
    return status;
  }
  std::error_code problem;
  std::filesystem::create_directories(directory, problem);
  for (const indexer::CtmlFile& file : *files) {
    const std::filesystem::path path = std::filesystem::path(directory) / file.name;
    if (std::filesystem::exists(path)) {
      return report(environment, Error{ErrorCode::InvalidValue,
                                       "the file is there already",
                                       path.string(),
                                       {},
                                       std::nullopt,
                                       "export into an empty folder"});
    }
  }
  for (const indexer::CtmlFile& file : *files) {
    const std::filesystem::path path = std::filesystem::path(directory) / file.name;
    std::ofstream out(path, std::ios::binary);
    out << file.text;
    out.close();
    if (!out) {
      return report(environment,
                    Error{ErrorCode::IoFailure, "the file could not be written", path.string(), {}, std::nullopt, {}});
    }
  }
  environment.out << files->size() << " trials of revision " << (*view)->revision << " written to " << directory
                  << "\n";
  return 0;
}

}  // namespace

Run declare_export(CLI::App& app, Environment& environment) {
  struct Arguments {
    std::string directory, as_of, format = "records";
    std::vector<std::string> trials;
  };
  auto a = std::make_shared<Arguments>();
  app.add_option("DIR", a->directory, "folder to write to; must not hold an export yet")->required();
  app.add_option("--as-of", a->as_of, "revision");
  app.add_option("--format", a->format, "records (every record), or ctml (trials and their cohorts)")
      ->check(CLI::IsMember({"records", "ctml"}));
  app.add_option("--trial", a->trials, "with --format ctml: only these trials");
  return [&environment, a] {
    if (a->format == "ctml") return export_as_ctml(environment, a->directory, a->trials, a->as_of);
    if (!a->trials.empty()) {
      return report(environment, Error{ErrorCode::Usage, "--trial belongs to --format ctml", "--trial",
                                       a->trials.front(), std::nullopt, "add --format ctml"});
    }
    const auto store = open_store(environment, store::OpenMode::ReadOnly);
    if (!store) return report(environment, store.error());
    store::Revision revision = (*store)->head();
    if (!a->as_of.empty()) {
      const auto asked = revision_from(a->as_of);
      if (!asked) return report(environment, asked.error());
      revision = *asked;
    }
    std::error_code problem;
    std::filesystem::create_directories(a->directory, problem);
    std::size_t written = 0;
    for (const model::RecordKindRow& row : model::kRecordKinds) {
      const std::filesystem::path path = std::filesystem::path(a->directory) / (std::string(row.name) + ".ndjson");
      if (std::filesystem::exists(path)) {
        return report(environment, Error{ErrorCode::InvalidValue,
                                         "the file is there already",
                                         path.string(),
                                         {},
                                         std::nullopt,
                                         "export into an empty folder"});
      }
      std::string lines;
      const Status scanned =
          (*store)->scan(row.kind, revision, [&](const model::RecordKey&, std::string_view json, store::Revision) {
            lines.append(json).append("\n");
            ++written;
            return true;
          });
      if (!scanned) return report(environment, scanned.error());
      if (lines.empty()) continue;
      std::ofstream file(path, std::ios::binary);
      file << lines;
      file.close();
      if (!file)
        return report(
            environment,
            Error{ErrorCode::IoFailure, "the file could not be written", path.string(), {}, std::nullopt, {}});
    }
    environment.out << written << " records of revision " << revision << " written to " << a->directory << "\n";
    return 0;
  };
}

}  // namespace treff::cli
