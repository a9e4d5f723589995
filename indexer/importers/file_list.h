// The files an importer was given: files as they are, of a folder those below it that it reads, by path.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "kb/base/result.h"

namespace treff::indexer {

struct FileList {
  std::vector<std::filesystem::path> files;
  // IoFailure for a folder that cannot be read, NotFound for one without such a file; each names its folder.
  std::vector<Error> errors;
};

// `kinds` names what is looked for, for the message: ".json or .ndjson".
FileList list_files(const std::vector<std::filesystem::path>& paths, bool (*is_wanted)(const std::filesystem::path&),
                    std::string_view kinds);

}  // namespace treff::indexer
