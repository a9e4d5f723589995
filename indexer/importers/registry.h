// THE table of importers: a name on the command line, what it reads, and the function that reads it.
//
// To add an importer: one file here, one row in registry.cc, a fixture in tests/fixtures/import/<name>/.
// An importer turns files into records and never writes; the pipeline validates and applies.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "kb/base/progress.h"
#include "kb/base/result.h"
#include "kb/model/records.h"

namespace treff::indexer {

struct ImportedRecord {
  model::Record record;
  std::string place;  // "drugs.ndjson:line 3": stands before every error about the record
};

struct ImporterRow {
  std::string_view name;
  std::string_view help;
  Checked<std::vector<ImportedRecord>> (*read)(const std::vector<std::filesystem::path>& paths, Progress& progress);
};

const std::vector<ImporterRow>& importers();
// InvalidValue with the known names as hint.
Result<const ImporterRow*> find_importer(std::string_view name);

// The whole file, at most `limit` bytes; NotFound, TooLarge, IoFailure name the path.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit);

}  // namespace treff::indexer
