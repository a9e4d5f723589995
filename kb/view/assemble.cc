#include "kb/view/assemble.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "kb/model/codec.h"
#include "kb/model/references.h"

namespace treff::view {
namespace {

using match::SharedRecord;
using model::RecordKey;
using model::RecordKind;
using Ids = std::set<std::string>;

// Keys of a trial that some rule, warning or page reads without being asked for the trial by id.
constexpr std::array<std::string_view, 4> kReadKeys = {
    "\"common_criteria\":", "\"label_rule_region\":", "\"opens_new_cohorts\":", "\"confidence\":\"example\""};

// Age and sex as a registry states them count only through a cohort that names the trial, and that wakes it.
constexpr std::string_view kRegistryOrigin = "\"origin\":\"ctgov\"";
constexpr std::string_view kRegistryCriteria = kReadKeys[0];

std::string place_of(const RecordKey& key) { return std::string(model::to_string(key.kind)) + "/" + key.id; }

// Decoded, or nullptr with the errors added.
SharedRecord decode(const RecordKey& key, std::string_view json, std::vector<Error>& errors) {
  Checked<model::Record> record = model::decode_record(json);
  if (record) return std::make_shared<const model::Record>(std::move(*record));
  for (Error& error : base::with_place(std::move(record.error()), place_of(key))) errors.push_back(std::move(error));
  return nullptr;
}

// Resting trials that `record` speaks of.
void add_spoken_of(const model::Record& record, const Ids& resting, Ids& out) {
  for (const model::Reference& reference : model::references_of(record)) {
    if (reference.to.kind == RecordKind::Trial && resting.count(reference.to.id) != 0) out.insert(reference.to.id);
  }
}

// Wakes `ids`: reads them from the store at `revision`.
void wake(const store::Store& store, store::Revision revision, const Ids& ids, Ids& resting,
          std::map<RecordKey, SharedRecord>& out, std::vector<Error>& errors) {
  for (const std::string& id : ids) {
    const RecordKey key{RecordKind::Trial, id};
    const auto json = store.get(key, revision);
    if (!json || !json->has_value()) {
      errors.push_back(json ? Error{ErrorCode::StoreDamaged, "a trial has gone", place_of(key), id, std::nullopt, {}}
                            : json.error());
      continue;
    }
    resting.erase(id);
    if (SharedRecord record = decode(key, **json, errors)) out.emplace(key, std::move(record));
  }
}

match::KnowledgeParts parts_of(std::map<RecordKey, SharedRecord> records, Ids resting) {
  match::KnowledgeParts parts;
  parts.records.reserve(records.size());
  for (auto& [key, record] : records) parts.records.push_back(std::move(record));
  parts.resting_trials = std::make_shared<const Ids>(std::move(resting));
  return parts;
}

}  // namespace

bool may_rest(std::string_view canonical_trial_json) {
  const bool of_registry = canonical_trial_json.find(kRegistryOrigin) != std::string_view::npos;
  return std::none_of(kReadKeys.begin(), kReadKeys.end(), [&](std::string_view key) {
    if (of_registry && key == kRegistryCriteria) return false;
    return canonical_trial_json.find(key) != std::string_view::npos;
  });
}

Checked<match::KnowledgeParts> assemble(const store::Store& store, store::Revision revision, Progress& progress) {
  std::map<RecordKey, SharedRecord> records;
  Ids resting;
  std::vector<Error> errors;
  std::size_t seen = 0;
  progress.begin("reading records", 0);
  const Status scanned =
      store.scan(std::nullopt, revision, [&](const RecordKey& key, std::string_view json, store::Revision) {
        if (key.kind == RecordKind::Trial && may_rest(json)) {
          resting.insert(resting.end(), key.id);
        } else if (SharedRecord record = decode(key, json, errors)) {
          records.emplace_hint(records.end(), key, std::move(record));
        }
        progress.advance(++seen);
        return true;
      });
  if (!scanned) errors.push_back(scanned.error());
  Ids spoken_of;
  for (const auto& [key, record] : records) add_spoken_of(*record, resting, spoken_of);
  wake(store, revision, spoken_of, resting, records, errors);
  if (!errors.empty()) return fail_all(std::move(errors));
  return parts_of(std::move(records), std::move(resting));
}

Checked<match::KnowledgeParts> assemble_next(const store::Store& store, store::Revision revision,
                                             const match::Knowledge& before,
                                             const std::vector<store::Change>& changes) {
  std::vector<Error> errors;
  std::map<RecordKey, SharedRecord> records;
  for (const SharedRecord& record : before.records()) {
    records.emplace_hint(records.end(), model::key_of(*record), record);
  }
  Ids resting = before.resting_trials();
  for (const store::Change& change : changes) {
    const bool was_awake = records.erase(change.key) != 0;
    if (change.key.kind == RecordKind::Trial) resting.erase(change.key.id);
    if (!change.canonical_json) continue;
    if (change.key.kind == RecordKind::Trial && !was_awake && may_rest(*change.canonical_json)) {
      resting.insert(change.key.id);
    } else if (SharedRecord record = decode(change.key, *change.canonical_json, errors)) {
      records.emplace(change.key, std::move(record));
    }
  }
  if (!errors.empty()) return fail_all(std::move(errors));
  Ids spoken_of;
  for (const store::Change& change : changes) {
    const auto record = records.find(change.key);
    if (record != records.end()) add_spoken_of(*record->second, resting, spoken_of);
  }
  // A trial of this very change set is not in the store yet.
  for (const store::Change& change : changes) {
    if (change.key.kind != RecordKind::Trial || spoken_of.erase(change.key.id) == 0) continue;
    resting.erase(change.key.id);
    if (SharedRecord record = decode(change.key, *change.canonical_json, errors)) {
      records.emplace(change.key, std::move(record));
    }
  }
  wake(store, revision, spoken_of, resting, records, errors);
  if (!errors.empty()) return fail_all(std::move(errors));
  return parts_of(std::move(records), std::move(resting));
}

}  // namespace treff::view
