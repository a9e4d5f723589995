#include <CLI/CLI.hpp>
#include <filesystem>
#include <map>
#include <ostream>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/knowledge_base.h"
#include "cli/progress_bar.h"
#include "indexer/importers/sheet.h"
#include "indexer/pipeline.h"
#include "indexer/text_build.h"
#include "kb/base/text.h"
#include "kb/model/codec.h"

namespace treff::cli {

Run declare_init(CLI::App& app, Environment& environment) {
  auto name = std::make_shared<std::string>("local");
  app.add_option("--name", *name, "name shown in every answer (lower-case letters, digits, '-')");
  return [&environment, name] {
    // The name is checked before anything is made.
    if (!base::is_slug(*name)) {
      return report(environment, Error{ErrorCode::Usage, "'" + *name + "' is not a name", "--name", *name, std::nullopt,
                                       "use lower-case letters, digits and '-'"});
    }
    const auto store = store::Store::create(environment.kb_directory);
    if (!store) return report(environment, store.error());
    if (const Status named = view::write_name(environment.kb_directory, *name); !named)
      return report(environment, named.error());
    environment.err << "made an empty knowledge base in " << environment.kb_directory << "\n";
    return 0;
  };
}

namespace {

std::string formats() {
  std::vector<std::string> names;
  for (const indexer::ImporterRow& row : indexer::importers()) {
    names.push_back(std::string(row.name) + " (" + std::string(row.help) + ")");
  }
  return base::join(names, "; ");
}

// A few of each kind in full, then how many there were.
void print_notes(Environment& environment, const indexer::ImportNotes& notes) {
  constexpr std::size_t kShown = 5;
  std::map<std::string, std::size_t> shown;
  for (const Issue& note : notes.issues) {
    if (++shown[note.id] > kShown) continue;
    environment.err << "note: ";
    if (!note.where.empty()) environment.err << note.where << ": ";
    environment.err << note.message;
    if (!note.piece.empty()) environment.err << ": " << note.piece;
    environment.err << "\n";
  }
  for (const auto& [id, count] : notes.counts) environment.err << "note: " << count << " x " << id << "\n";
}

int write_template(Environment& environment, const std::string& format, const std::vector<std::string>& trials) {
  if (format != "sheet") {
    return report(environment, Error{ErrorCode::Usage, "only the format 'sheet' has a template", "--template", format,
                                     std::nullopt, "treff import sheet --template"});
  }
  if (trials.empty()) {
    environment.out << indexer::sheet_template();
    environment.out.flush();
    return 0;
  }
  const auto store = open_store(environment, store::OpenMode::ReadOnly);
  if (!store) return report(environment, store.error());
  for (const std::string& id : trials) {
    const auto json = (*store)->get({model::RecordKind::Trial, base::to_lower_ascii(id)}, (*store)->head());
    if (!json) return report(environment, json.error());
    if (!json->has_value()) {
      return report(environment,
                    Error{ErrorCode::NotFound, "there is no trial '" + id + "'", "FILE", id, std::nullopt, {}});
    }
    const auto record = model::decode_record(**json);
    if (!record) return report(environment, record.error());
    environment.out << indexer::sheet_of_suggestions(std::get<model::Trial>(*record));
  }
  environment.out.flush();
  return 0;
}

}  // namespace

Run declare_import(CLI::App& app, Environment& environment) {
  struct Arguments {
    indexer::ImportOptions options;
    std::vector<std::string> files;
    bool write_template = false;
  };
  auto arguments = std::make_shared<Arguments>();
  arguments->options.by = environment.user;
  app.add_option("FORMAT", arguments->options.format, formats())->required();
  app.add_option("FILE", arguments->files, "files or folders");
  app.add_flag("--template", arguments->write_template,
               "with sheet: write an empty sheet to stdout; with the id of an imported trial as FILE, a row for each "
               "criterion that its text suggests");
  app.add_flag("--dry-run", arguments->options.dry_run, "check everything, write nothing");
  app.add_option("--reason", arguments->options.why, "why, for the change log");
  app.add_option("--by", arguments->options.by, "who, for the change log");
  return [&environment, arguments] {
    if (arguments->write_template) return write_template(environment, arguments->options.format, arguments->files);
    if (arguments->files.empty())
      return report(environment, Error{ErrorCode::Usage, "FILE is required", "FILE", {}, std::nullopt, {}});
    auto store = open_store(environment, store::OpenMode::ReadWrite);
    if (!store) return report(environment, store.error());
    arguments->options.published_at = environment.clock.utc_now();
    if (arguments->options.by.empty()) arguments->options.by = "unknown";
    Checked<indexer::ImportReport> done = fail_all({});
    {
      ProgressBar progress(environment.err, environment.terminal);
      done = indexer::import_files(**store, {arguments->files.begin(), arguments->files.end()}, arguments->options,
                                   progress);
    }
    if (!done) {
      const int status = report(environment, done.error());
      environment.err << "nothing was changed\n";
      return status;
    }
    print_notes(environment, done->notes);
    environment.out << "revision " << done->revision << ": " << done->read << " records read, " << done->added
                    << " added, " << done->altered << " changed, " << done->same << " the same";
    if (done->retired > 0) environment.out << ", " << done->retired << " retired";
    if (done->kept > 0) environment.out << ", " << done->kept << " of others kept";
    environment.out << (arguments->options.dry_run ? " (dry run, nothing written)"
                        : done->changed            ? ""
                                                   : " (nothing to change)")
                    << "\n";
    environment.out.flush();
    return 0;
  };
}

Run declare_index(CLI::App& app, Environment& environment) {
  auto whole = std::make_shared<bool>(false);
  app.add_flag("--whole", *whole, "build it anew even if a small addition would do");
  return [&environment, whole] {
    // Writing, for the lock: beside a running server the index is the server's.
    const auto store = open_store(environment, store::OpenMode::ReadWrite);
    if (!store) return report(environment, store.error());
    ProgressBar progress(environment.err, environment.terminal);
    const auto view = view::build_view(**store, (*store)->head(), view::read_name(environment.kb_directory), progress);
    if (!view) return report(environment, view.error());
    Result<indexer::TextRefresh> done = fail(ErrorCode::Internal, "not begun");
    if (*whole) {
      const auto built = indexer::build_text_index(**store, **view, environment.kb_directory, progress);
      if (!built) return report(environment, built.error());
      done = indexer::TextRefresh{*built, true};
    } else {
      done = indexer::refresh_text_index(**store, **view, environment.kb_directory, progress);
      if (!done) return report(environment, done.error());
    }
    environment.out << "text index of revision " << (*store)->head() << ": " << done->documents << " records"
                    << (done->whole ? "" : " added to the one in force") << "\n";
    return 0;
  };
}

}  // namespace treff::cli
