#include "indexer/importers/curated.h"

#include <algorithm>

#include "kb/model/codec.h"

namespace treff::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFileBytes = std::size_t{256} << 20;

bool is_record_file(const fs::path& path) { return path.extension() == ".json" || path.extension() == ".ndjson"; }

// Files as given; of a folder every .json and .ndjson below it, by path.
Checked<std::vector<fs::path>> files_of(const std::vector<fs::path>& paths) {
  std::vector<fs::path> out;
  std::vector<Error> errors;
  for (const fs::path& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      out.push_back(path);
      continue;
    }
    std::vector<fs::path> inside;
    for (fs::recursive_directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
      if (it->is_regular_file() && is_record_file(it->path())) inside.push_back(it->path());
    }
    if (error) errors.push_back(Error{ErrorCode::IoFailure, error.message(), path.string(), {}, std::nullopt, {}});
    if (inside.empty() && !error) {
      errors.push_back(
          Error{ErrorCode::NotFound, "the folder holds no .json or .ndjson file", path.string(), {}, std::nullopt, {}});
    }
    std::sort(inside.begin(), inside.end());
    out.insert(out.end(), inside.begin(), inside.end());
  }
  if (!errors.empty()) return fail_all(std::move(errors));
  return out;
}

}  // namespace

Checked<std::vector<ImportedRecord>> read_curated(const std::vector<fs::path>& paths, Progress& progress) {
  const auto files = files_of(paths);
  if (!files) return fail_all(files.error());
  std::vector<ImportedRecord> out;
  std::vector<Error> errors;
  progress.begin("reading files", files->size());
  for (std::size_t i = 0; i < files->size(); ++i) {
    const fs::path& path = (*files)[i];
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
