#include "indexer/importers/registry.h"

#include <fstream>

#include "indexer/importers/civic.h"
#include "indexer/importers/ctgov.h"
#include "indexer/importers/ctml.h"
#include "indexer/importers/curated.h"
#include "indexer/importers/hgnc.h"
#include "indexer/importers/oncotree.h"
#include "indexer/importers/sheet.h"
#include "kb/base/text.h"

namespace treff::indexer {

const std::vector<ImporterRow>& importers() {
  static const std::vector<ImporterRow> table = {
      {.name = "curated", .help = "records as JSON or NDJSON, files or folders", .read = read_curated},
      {.name = "ctgov",
       .help = "ClinicalTrials.gov API v2 JSON or NDJSON, flattened export, legacy XML; plain, .gz or .xz",
       .stream = stream_ctgov,
       .keeps_newer = true,
       .inert_trials = true},
      {.name = "civic",
       .help = "folder of one CIViC release (TSV): predictive evidence and its drugs",
       .stream = stream_civic,
       .whole_release = true},
      {.name = "sheet",
       .help = "cohorts that a curator keeps in a CSV or TSV sheet (docs/sheet.md)",
       .stream = stream_sheet},
      {.name = "ctml",
       .help = "trial documents of MatchMiner, YAML or JSON",
       .stream = stream_ctml,
       .whole_trials = true},
      {.name = "hgnc",
       .help = "table of approved gene symbols, and transcript tables",
       .read = read_hgnc,
       .whole_release = true,
       .review = review_hgnc},
      {.name = "oncotree",
       .help = "release of the tumour tree (JSON), with mappings and the Disease Ontology (OBO)",
       .stream = stream_oncotree,
       .whole_release = true,
       .review = review_oncotree},
  };
  return table;
}

Result<const ImporterRow*> find_importer(std::string_view name) {
  std::vector<std::string> names;
  for (const ImporterRow& row : importers()) {
    if (row.name == name) return &row;
    names.emplace_back(row.name);
  }
  return fail(Error{ErrorCode::Usage, "there is no import format '" + std::string(name) + "'", "FORMAT",
                    std::string(name), std::nullopt, "known formats: " + base::join(names, ", ")});
}

Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) return fail(ErrorCode::NotFound, "the file cannot be read: " + error.message(), path.string());
  if (size > limit) {
    return fail(ErrorCode::TooLarge, "the file has " + std::to_string(size) + " bytes", path.string(),
                "at most " + std::to_string(limit) + " bytes are read");
  }
  std::ifstream file(path, std::ios::binary);
  std::string bytes(static_cast<std::size_t>(size), '\0');
  if (!file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
    return fail(ErrorCode::IoFailure, "the file could not be read to its end", path.string());
  }
  return bytes;
}

}  // namespace treff::indexer
