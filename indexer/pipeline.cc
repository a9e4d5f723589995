#include "indexer/pipeline.h"

#include <utility>

namespace treff::indexer {
namespace {

// Errors of the files themselves; those of records stay with the intake.
std::vector<Error> read_all(const ImporterRow& importer, const std::vector<std::filesystem::path>& paths,
                            const ImportOptions& options, Intake& intake, Progress& progress) {
  if (importer.read != nullptr) {
    auto imported = importer.read(paths, progress);
    if (!imported) return std::move(imported.error());
    for (ImportedRecord& record : *imported) intake.record(std::move(record));
    return {};
  }
  const auto knowledge = intake.foreign();
  if (!knowledge) return knowledge.error();
  const auto today = base::parse_date(std::string_view(options.published_at).substr(0, 10));
  if (!today) return {today.error()};
  const ImportContext context{**knowledge, [&intake](const model::RecordKey& key) { return intake.stored(key); },
                              *today};
  importer.stream(paths, context, intake, progress);
  return {};
}

}  // namespace

Checked<ImportReport> import_files(store::Store& store, const std::vector<std::filesystem::path>& paths,
                                   const ImportOptions& options, Progress& progress) {
  const auto importer = find_importer(options.format);
  if (!importer) return fail_all({importer.error()});
  // The head that was checked is the head that is changed: another writer in between is a conflict, not a mixture.
  const auto today = base::parse_date(options.published_at.substr(0, 10));
  if (!today) return fail_all({today.error()});
  Intake intake(store, **importer, *today, progress);
  if (const Status loaded = intake.load(); !loaded) return fail_all({loaded.error()});
  std::vector<Error> errors = read_all(**importer, paths, options, intake, progress);
  if (!errors.empty()) return fail_all(std::move(errors));
  auto taken = intake.finish();
  if (!taken) return fail_all(std::move(taken.error()));

  ImportReport report;
  report.revision = intake.head();
  report.read = taken->read;
  report.added = taken->added;
  report.altered = taken->altered;
  report.same = taken->same;
  report.kept = taken->kept;
  report.retired = taken->retired;
  report.notes = std::move(taken->notes);
  if (taken->changes.empty() || options.dry_run) return report;
  store::ChangeSet set;
  set.who = options.by;
  set.why = options.why;
  set.origin = options.format;
  set.published_at = options.published_at;
  set.changes = std::move(taken->changes);
  progress.begin("writing", 0);
  const auto applied = store.apply(set, intake.head());
  if (!applied) return fail_all({applied.error()});
  report.revision = *applied;
  report.changed = true;
  return report;
}

}  // namespace treff::indexer
