// THE table of importers: a name on the command line, what it reads, and the function that reads it.
//
// To add an importer: one file here, one row in registry.cc, a fixture in tests/fixtures/import/<name>/, a fuzz target
// with its corpus. An importer turns files into records and never writes; the pipeline validates and applies.
// An importer owns the records that carry its name as `origin`; it never changes anybody else's (DESIGN section 4).
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kb/base/date.h"
#include "kb/base/progress.h"
#include "kb/base/result.h"
#include "kb/match/knowledge.h"
#include "kb/model/records.h"

namespace treff::indexer {

struct ImportedRecord {
  model::Record record;
  std::string place;  // "drugs.ndjson:line 3": stands before every error about the record
};

// What an importer may look up. What it owns itself is left out of `knowledge`, so that a second import of the same
// files reads them as the first did.
struct ImportContext {
  const match::Knowledge& knowledge;
  // The record in force, whoever owns it; nullopt if there is none.
  std::function<Result<std::optional<model::Record>>(const model::RecordKey&)> stored;
  Date today;  // of the import, for formats that state no day of their own
};

// Where a streaming importer puts what it reads, one record at a time.
class ImportSink {
 public:
  virtual ~ImportSink() = default;
  virtual void record(ImportedRecord imported) = 0;
  virtual void error(Error error) = 0;
  // Something a person should know that does not stop the import. Issue::id is counted in the report.
  virtual void note(Issue note) = 0;
  // So many errors that reading on tells nothing more.
  virtual bool is_full() const = 0;
};

// What an importer looks at once everything is read and before anything is retired.
struct ReviewInput {
  const std::map<model::RecordKey, model::Record>& records;      // in force, the imported ones in their new form
  const std::function<bool(const model::RecordKey&)>& imported;  // stood in the files
};

struct ImporterRow {
  std::string_view name;
  std::string_view help;
  // Exactly one of the two: all records at once, or one at a time in bounded memory.
  Checked<std::vector<ImportedRecord>> (*read)(const std::vector<std::filesystem::path>& paths,
                                               Progress& progress) = nullptr;
  void (*stream)(const std::vector<std::filesystem::path>& paths, const ImportContext& context, ImportSink& sink,
                 Progress& progress) = nullptr;
  // The files are a whole release: a record of this origin that they lack was withdrawn, and is retired.
  bool whole_release = false;
  // A file is a whole trial: a cohort of this origin that it lacks was taken out, and is retired.
  bool whole_trials = false;
  // A stored record with a later `checked_on` is not replaced: an older file must not turn a status back.
  bool keeps_newer = false;
  // Trials of this origin hold nothing that is matched by itself, so that a hundred thousand need not be compiled.
  bool inert_trials = false;
  // Notes for the person at the terminal, and errors that forbid the import.
  void (*review)(const ReviewInput& input, ImportSink& sink) = nullptr;
};

const std::vector<ImporterRow>& importers();
// InvalidValue with the known names as hint.
Result<const ImporterRow*> find_importer(std::string_view name);

// The whole file, at most `limit` bytes; NotFound, TooLarge, IoFailure name the path.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit);

}  // namespace treff::indexer
