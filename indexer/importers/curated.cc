#include "indexer/importers/curated.h"

#include "indexer/importers/file_list.h"
#include "kb/model/codec.h"

namespace treff::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFileBytes = std::size_t{256} << 20;

bool is_record_file(const fs::path& path) { return path.extension() == ".json" || path.extension() == ".ndjson"; }

}  // namespace

Checked<std::vector<ImportedRecord>> read_curated(const std::vector<fs::path>& paths, Progress& progress) {
  const FileList list = list_files(paths, is_record_file, ".json or .ndjson");
  if (!list.errors.empty()) return fail_all(list.errors);
  const std::vector<fs::path>& files = list.files;
  std::vector<ImportedRecord> out;
  std::vector<Error> errors;
  progress.begin("reading files", files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    const fs::path& path = files[i];
    const Result<std::string> bytes = read_file(path, kMaxFileBytes);
    if (!bytes) {
      errors.push_back(bytes.error());
      continue;
    }
    auto records = model::decode_records(*bytes);
    if (records) {
      for (model::RecordAt& record : *records) {
        out.push_back({std::move(record.record), path.string() + (record.place.empty() ? "" : ":" + record.place)});
      }
    } else {
      for (Error& error : base::with_place(std::move(records.error()), path.string()))
        errors.push_back(std::move(error));
    }
    progress.advance(i + 1);
  }
  if (!errors.empty()) return fail_all(std::move(errors));
  return out;
}

}  // namespace treff::indexer
