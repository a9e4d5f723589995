// Takes imported records one at a time, checks them, and gathers the change set; nothing is written here.
//
// Checks: each record alone, one id once, who owns it, every reference, every criterion compiles, genes and panels
// resolve. All errors at once (at most kMaxImportErrors), each with the record's place. Memory: what was in force and
// can be matched, decoded once, and the canonical JSON of what changes. Trials that hold nothing to match stay encoded.
#pragma once

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "indexer/importers/registry.h"
#include "kb/model/references.h"
#include "kb/store/store.h"

namespace treff::indexer {

inline constexpr std::size_t kMaxImportErrors = 1000;
inline constexpr std::size_t kMaxImportNotes = 200;  // of one id; the rest is counted

// Notes by id, the first kMaxImportNotes of each.
struct ImportNotes {
  std::vector<Issue> issues;
  std::map<std::string, std::size_t> counts;  // by Issue::id, all of them
};

class Intake final : public ImportSink {
 public:
  // The head at this moment is the one that everything is compared with.
  // `today` is the day of imported records that state none; reading the same words again on another day is no news.
  Intake(const store::Store& store, const ImporterRow& importer, base::Date today, Progress& progress);

  // Decodes what is in force. Call first.
  Status load();
  // The records in force that `importer` does not own, for its look-ups.
  Checked<std::shared_ptr<const match::Knowledge>> foreign() const;
  Result<std::optional<model::Record>> stored(const model::RecordKey& key) const;

  void record(ImportedRecord imported) override;
  void error(Error error) override;
  void note(Issue note) override;
  bool is_full() const override { return errors_.size() >= kMaxImportErrors; }

  struct Taken {
    std::vector<store::Change> changes;
    ImportNotes notes;
    std::size_t read = 0;
    std::size_t added = 0;
    std::size_t altered = 0;
    std::size_t same = 0;
    std::size_t kept = 0;     // differ, but belong to somebody else
    std::size_t retired = 0;  // not in the release any more
  };
  // Everything that needs all records: references, retirements, compiling. Call last, once.
  Checked<Taken> finish();

  store::Revision head() const { return head_; }

 private:
  bool is_inert(model::RecordKind kind, std::string_view json) const;
  bool is_inert(const model::Record& record) const;
  std::string encoded(ImportedRecord& imported, const std::optional<std::string>& before) const;
  bool must_stay(const ImportedRecord& imported, const std::string& before);
  bool is_older(const ImportedRecord& imported, const model::Record& old);
  void keep(ImportedRecord imported, std::string json, bool is_new);
  void learn(const model::Record& record);
  void review();
  void retire_missing();
  bool is_missing(const model::Record& record) const;
  void learn_anew();
  void check_all();
  void check_inert_after_retirement(const model::Existing& existing);
  void compile();
  Result<std::optional<model::Record>> inert_trial(const model::RecordKey& key) const;
  model::Existing existing() const;
  void add_errors(std::vector<Error> errors, const std::string& place);

  const store::Store& store_;
  const ImporterRow& importer_;
  Progress& progress_;
  base::Date today_;
  store::Revision head_;
  std::map<model::RecordKey, model::Record> records_;  // in force after the import, inert trials left out
  std::set<std::string> inert_;                        // ids of trials that stay encoded, before and after
  std::unordered_set<std::string> symbols_;
  std::unordered_set<std::string> codes_;
  std::map<model::RecordKey, std::string> places_;  // of the imported records
  std::vector<ImportedRecord> deferred_;            // inert, but naming something not yet seen
  std::set<model::RecordKey> retired_;
  std::vector<Error> errors_;
  Taken taken_;
};

}  // namespace treff::indexer
