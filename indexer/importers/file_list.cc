#include "indexer/importers/file_list.h"

#include <algorithm>
#include <string>
#include <system_error>

namespace treff::indexer {

namespace fs = std::filesystem;

FileList list_files(const std::vector<fs::path>& paths, bool (*is_wanted)(const fs::path&), std::string_view kinds) {
  FileList out;
  for (const fs::path& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      out.files.push_back(path);
      continue;
    }
    std::vector<fs::path> inside;
    for (fs::recursive_directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
      if (it->is_regular_file() && is_wanted(it->path())) inside.push_back(it->path());
    }
    if (error) {
      out.errors.push_back(Error{ErrorCode::IoFailure, error.message(), path.string(), {}, std::nullopt, {}});
    } else if (inside.empty()) {
      out.errors.push_back(Error{ErrorCode::NotFound,
                                 "the folder holds no " + std::string(kinds) + " file",
                                 path.string(),
                                 {},
                                 std::nullopt,
                                 {}});
    }
    std::sort(inside.begin(), inside.end());
    out.files.insert(out.files.end(), inside.begin(), inside.end());
  }
  return out;
}

}  // namespace treff::indexer
