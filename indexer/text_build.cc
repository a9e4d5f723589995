#include "indexer/text_build.h"

#include <algorithm>
#include <thread>
#include <unordered_set>
#include <utility>

#include "kb/model/codec.h"
#include "kb/model/references.h"

namespace treff::indexer {
namespace {

using model::RecordKey;
using model::RecordKind;

// The record from the view, or from the store where it rests there.
Result<std::optional<model::Record>> record_of(const store::Store& store, const view::View& view,
                                               const RecordKey& key) {
  if (const model::Record* awake = view.knowledge->find(key)) return std::optional<model::Record>(*awake);
  const auto json = store.get(key, view.revision);
  if (!json) return fail(json.error());
  if (!json->has_value()) return std::optional<model::Record>();
  Checked<model::Record> record = model::decode_record(**json);
  if (!record) return fail(record.error().front());
  return std::optional<model::Record>(std::move(*record));
}

// Every record of the view in key order, one at a time.
class AllRecords {
 public:
  AllRecords(const store::Store& store, const view::View& view, const std::atomic<bool>* stop)
      : store_(store), view_(view), stop_(stop), resting_(view.knowledge->resting_trials().begin()) {}

  Result<std::optional<model::Record>> next() {
    if (stop_ != nullptr && stop_->load()) return fail(ErrorCode::Internal, "the build was stopped");
    const auto& awake = view_.knowledge->records();
    const auto& resting = view_.knowledge->resting_trials();
    const bool more = awake_ < awake.size();
    if (resting_ != resting.end()) {
      const RecordKey key{RecordKind::Trial, *resting_};
      if (!more || key < model::key_of(*awake[awake_])) {
        ++resting_;
        return record_of(store_, view_, key);
      }
    }
    if (!more) return std::optional<model::Record>();
    return std::optional<model::Record>(*awake[awake_++]);
  }

 private:
  const store::Store& store_;
  const view::View& view_;
  const std::atomic<bool>* stop_;
  std::size_t awake_ = 0;
  std::set<std::string>::const_iterator resting_;
};

text::BuildOptions options_for(const view::View& view, unsigned threads) {
  constexpr std::size_t kRecordsWorthAThread = 5'000;
  text::BuildOptions options;
  options.revision = view.revision;
  options.expected = view.knowledge->records().size() + view.knowledge->resting_trials().size();
  // Merging shards costs more than it saves for a small knowledge base.
  options.shards = options.expected < kRecordsWorthAThread ? 1 : std::clamp(threads, 1u, 16u);
  return options;
}

// Whether documents of other records show something of this kind.
bool shows_elsewhere(RecordKind kind) {
  return kind != RecordKind::Cohort && kind != RecordKind::Evidence && kind != RecordKind::Statement;
}

// What a document shows of others: ids, and gene symbols and diagnosis codes in criteria.
bool speaks_of(const model::Record& record, const std::set<RecordKey>& keys,
               const std::unordered_set<std::string>& symbols, const std::unordered_set<std::string>& codes) {
  for (const model::Reference& reference : model::references_of(record)) {
    if (keys.count(reference.to) != 0) return true;
  }
  for (const auto& [pointer, criterion] : model::criteria_of(record)) {
    const model::CriterionNames names = model::names_in(*criterion, pointer);
    for (const model::Reference& gene : names.genes) {
      if (symbols.count(gene.to.id) != 0) return true;
    }
    for (const model::Reference& code : names.diagnoses) {
      if (codes.count(code.to.id) != 0) return true;
    }
  }
  return false;
}

// Adds the awake records that show something of `keys`; targets are followed through targets.
void add_dependents(const view::View& view, std::set<RecordKey>& keys) {
  std::unordered_set<std::string> symbols;
  std::unordered_set<std::string> codes;
  for (const RecordKey& key : keys) {
    const model::Record* record = view.knowledge->find(key);
    if (record == nullptr) continue;
    if (const auto* gene = std::get_if<model::Gene>(record)) symbols.insert(gene->symbol);
    if (const auto* diagnosis = std::get_if<model::Diagnosis>(record)) codes.insert(diagnosis->code);
  }
  std::set<RecordKey> causes;
  for (const RecordKey& key : keys) {
    if (shows_elsewhere(key.kind)) causes.insert(key);
  }
  while (!causes.empty()) {
    std::set<RecordKey> targets;
    for (const match::SharedRecord& record : view.knowledge->records()) {
      const RecordKey key = model::key_of(*record);
      if (keys.count(key) != 0 || !speaks_of(*record, causes, symbols, codes)) continue;
      keys.insert(key);
      if (key.kind == RecordKind::Target) targets.insert(key);
    }
    causes = std::move(targets);
    symbols.clear();
    codes.clear();
  }
}

}  // namespace

Checked<std::size_t> build_text_index(const store::Store& store, const std::filesystem::path& kb_directory,
                                      Progress& progress) {
  const auto view = view::build_view(store, store.head(), view::read_name(kb_directory), progress);
  if (!view) return fail_all(view.error());
  const auto built = build_text_index(store, **view, kb_directory, progress);
  if (!built) return fail_all({built.error()});
  return *built;
}

Result<std::size_t> build_text_index(const store::Store& store, const view::View& view,
                                     const std::filesystem::path& kb_directory, Progress& progress) {
  AllRecords records(store, view, nullptr);
  const text::BuildOptions options = options_for(view, std::thread::hardware_concurrency());
  const view::KnowledgeReferred referred(*view.knowledge);
  const auto report = text::build_index(
      view::text_index_directory(kb_directory), [&records] { return records.next(); }, referred, options, progress);
  if (!report) return fail(report.error());
  return static_cast<std::size_t>(report->documents);
}

Result<TextRefresh> refresh_text_index(const store::Store& store, const view::View& view,
                                       const std::filesystem::path& kb_directory, Progress& progress) {
  const std::filesystem::path directory = view::text_index_directory(kb_directory);
  const auto base = text::base_revision(directory);
  if (base && *base < view.revision) {
    const auto keys = documents_changed_since(store, *base, view, kMaxDeltaDocuments);
    if (!keys) return fail(keys.error());
    if (keys->size() <= kMaxDeltaDocuments && !may_show_in_resting(view, *keys)) {
      auto delta = delta_of(store, view, *keys);
      if (!delta) return fail(delta.error());
      const view::KnowledgeReferred referred(*view.knowledge);
      const auto report = text::write_delta(directory, *delta, referred, view.revision);
      if (!report) return fail(report.error());
      return TextRefresh{static_cast<std::size_t>(report->documents), false};
    }
  }
  const auto built = build_text_index(store, view, kb_directory, progress);
  if (!built) return fail(built.error());
  return TextRefresh{*built, true};
}

Result<std::string> build_text_base(const store::Store& store, const view::View& view,
                                    const std::filesystem::path& kb_directory, const std::atomic<bool>& stop) {
  AllRecords records(store, view, &stop);
  const view::KnowledgeReferred referred(*view.knowledge);
  NoProgress quiet;
  // One thread: the others go on answering.
  return text::build_base(
      view::text_index_directory(kb_directory), [&records] { return records.next(); }, referred, options_for(view, 1),
      quiet);
}

Result<std::set<RecordKey>> documents_changed_since(const store::Store& store, store::Revision base,
                                                    const view::View& view, std::size_t most) {
  std::set<RecordKey> keys;
  for (store::Revision revision = base + 1; revision <= view.revision; ++revision) {
    const auto operations = store.operations(revision);
    if (!operations) return fail(operations.error());
    for (const store::Operation& operation : *operations) keys.insert(operation.key);
    if (keys.size() > most) return keys;
  }
  add_dependents(view, keys);
  return keys;
}

bool may_show_in_resting(const view::View& view, const std::set<RecordKey>& changed) {
  if (view.knowledge->resting_trials().empty()) return false;
  // What registry trials refer to by id; their other words are their own.
  return std::any_of(changed.begin(), changed.end(), [](const RecordKey& key) {
    return key.kind == RecordKind::Organisation || key.kind == RecordKind::Drug || key.kind == RecordKind::Site ||
           key.kind == RecordKind::Initiative;
  });
}

Result<text::Delta> delta_of(const store::Store& store, const view::View& view, const std::set<RecordKey>& keys) {
  text::Delta delta;
  for (const RecordKey& key : keys) {
    auto record = record_of(store, view, key);
    if (!record) return fail(record.error());
    if (record->has_value()) {
      delta.changed.push_back(std::move(**record));
    } else {
      delta.retired.push_back(key);
    }
  }
  return delta;
}

}  // namespace treff::indexer
