#include "indexer/pipeline.h"

#include <utility>

#include "indexer/validate.h"
#include "kb/model/codec.h"

namespace treff::indexer {

Checked<ImportReport> import_files(store::Store& store, const std::vector<std::filesystem::path>& paths,
                                   const ImportOptions& options, Progress& progress) {
  const auto importer = find_importer(options.format);
  if (!importer) return fail_all({importer.error()});
  auto imported = (*importer)->read(paths, progress);
  if (!imported) return fail_all(std::move(imported.error()));
  // The head that was checked is the head that is changed: another writer in between is a conflict, not a mixture.
  const store::Revision head = store.head();
  auto after = validate(store, *imported, progress);
  if (!after) return fail_all(std::move(after.error()));

  ImportReport report;
  report.revision = head;
  report.read = imported->size();
  store::ChangeSet set;
  set.who = options.by;
  set.why = options.why;
  set.origin = options.format;
  set.published_at = options.published_at;
  for (const ImportedRecord& item : *imported) {
    const model::RecordKey key = model::key_of(item.record);
    std::string json = model::encode_record(item.record);
    const auto before = store.get(key, head);
    if (!before) return fail_all({before.error()});
    if (before->has_value() && **before == json) {
      ++report.same;
      continue;
    }
    ++(before->has_value() ? report.altered : report.added);
    set.changes.push_back({key, std::move(json)});
  }
  if (set.changes.empty() || options.dry_run) return report;
  progress.begin("writing", 0);
  const auto applied = store.apply(set, head);
  if (!applied) return fail_all({applied.error()});
  report.revision = *applied;
  report.changed = true;
  return report;
}

}  // namespace treff::indexer
