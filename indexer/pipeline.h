// files -> records -> checked -> change set -> revision, all or nothing.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "indexer/importers/registry.h"
#include "indexer/intake.h"
#include "kb/store/store.h"

namespace treff::indexer {

struct ImportOptions {
  std::string format = "curated";
  std::string by;  // who, required for writing
  std::string why;
  std::string published_at;  // UTC time from the edge's clock
  bool dry_run = false;
};

struct ImportReport {
  store::Revision revision = 0;  // the new head; the old one if nothing changed or on a dry run
  bool changed = false;
  std::size_t read = 0;
  std::size_t added = 0;
  std::size_t altered = 0;
  std::size_t same = 0;
  std::size_t kept = 0;     // records of others that the import would change and did not
  std::size_t retired = 0;  // withdrawn from a whole release
  ImportNotes notes;
};

// On any error nothing is written. Importing the same files again changes nothing and says so.
Checked<ImportReport> import_files(store::Store& store, const std::vector<std::filesystem::path>& paths,
                                   const ImportOptions& options, Progress& progress);

}  // namespace treff::indexer
