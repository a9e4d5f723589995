// One immutable view of one revision: records, compiled criteria, text index. Swapped atomically, never changed.
//
// Requests in flight keep the View they began with. Building happens aside; a failed build leaves the served View as it
// is.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "kb/base/progress.h"
#include "kb/base/result.h"
#include "kb/match/match_index.h"
#include "kb/store/store.h"
#include "kb/text/index_reader.h"
#include "kb/text/record_text.h"
#include "kb/view/case_topic.h"

namespace treff::view {

struct View {
  store::Revision revision = 0;
  std::string published;       // UTC time of the revision, empty at revision 0
  std::string knowledge_base;  // name given at `treff init`
  std::shared_ptr<const match::Knowledge> knowledge;
  std::shared_ptr<const match::MatchIndex> index;
  std::shared_ptr<const text::TextIndex> text;  // nullptr: pinned revision, or the index is not built (see text_issue)
  std::shared_ptr<const CaseWords> case_words;  // what a case is searched by; there whenever `text` is
  std::string text_issue;                       // why there is no text index, in words
  std::shared_ptr<const store::Store> store;    // where trials at rest are read; nullptr: they show no details
  std::shared_ptr<const text::Synonyms> synonyms;  // those `text` searches with
};

// Decodes the records in force at `revision` and compiles them; trials that nothing reads rest in the store.
// Errors: UnknownRevision, StoreDamaged, or records that do not fit together, each with its record.
Checked<std::shared_ptr<const View>> build_view(const store::Store& store, store::Revision revision,
                                                const std::string& name, Progress& progress);

// The View that `changes` would make of `before`, sharing what they do not touch. Works before they are applied, so
// that a publication which does not fit together is refused with nothing written. The text index is left out.
Checked<std::shared_ptr<View>> next_view(const store::Store& store, const View& before,
                                         const std::vector<store::Change>& changes, const std::string& published);

// The record, read from the store if it rests there; nullopt if there is none or it cannot be read now.
std::optional<model::Record> read_record(const View& view, const model::RecordKey& key);

// The text index beside the store, if it is there, sound and of this revision; otherwise why not. `before` (may be
// nullptr) lends its synonyms if the names did not change.
void attach_text(View& view, const std::filesystem::path& kb_directory, const View* before = nullptr);
std::filesystem::path text_index_directory(const std::filesystem::path& kb_directory);

// Follows ids one step while a record is indexed.
class KnowledgeReferred final : public text::Referred {
 public:
  explicit KnowledgeReferred(const match::Knowledge& knowledge);
  const model::Record* find(const model::RecordKey& key) const override { return knowledge_.find(key); }
  const model::Diagnosis* diagnosis(std::string_view code) const override;

 private:
  const match::Knowledge& knowledge_;
  std::unordered_map<std::string, const model::Diagnosis*> by_code_;
};

// The name a knowledge base was given at `treff init`; "local" if it has none.
std::string read_name(const std::filesystem::path& kb_directory);
Status write_name(const std::filesystem::path& kb_directory, const std::string& name);

// The View being served, and a few pinned ones. Thread-safe.
class ViewHolder {
 public:
  ViewHolder(std::shared_ptr<const store::Store> store, std::filesystem::path kb_directory, std::string name)
      : store_(std::move(store)), directory_(std::move(kb_directory)), name_(std::move(name)) {}

  // Builds the View of the store's head with its text index and serves it; on failure the old one stays.
  Checked<std::shared_ptr<const View>> refresh(Progress& progress);
  // Serves a View that was built elsewhere, unless a newer revision is being served.
  void serve(std::shared_ptr<const View> view);
  // The served View; nullptr before the first refresh.
  std::shared_ptr<const View> current() const;
  // The View of an older revision, built on demand; the last kPinned are kept.
  Checked<std::shared_ptr<const View>> at(store::Revision revision);
  const store::Store& store() const { return *store_; }

 private:
  static constexpr std::size_t kPinned = 4;
  std::shared_ptr<const store::Store> store_;
  std::filesystem::path directory_;
  std::string name_;
  mutable std::mutex mutex_;
  std::mutex building_;  // one build at a time, outside `mutex_`
  std::shared_ptr<const View> current_;
  std::vector<std::shared_ptr<const View>> pinned_;  // oldest use first
};

}  // namespace treff::view
