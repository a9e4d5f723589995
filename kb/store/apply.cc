#include "kb/store/apply.h"

#include <algorithm>
#include <array>
#include <utility>

#include "kb/base/date.h"
#include "kb/base/hash.h"
#include "kb/base/text.h"
#include "kb/store/keys.h"
#include "kb/store/log_codec.h"
#include "kb/store/versions.h"

namespace treff::store {
namespace {

constexpr std::size_t kMaxNamedRecords = 10;

Status check_words(std::string_view name, const std::string& words) {
  if (words.size() > kMaxTextBytes) {
    return fail(ErrorCode::TooLarge,
                "the text has " + std::to_string(words.size()) + " bytes, at most " + std::to_string(kMaxTextBytes) +
                    " are kept",
                std::string(name));
  }
  if (const auto at = base::invalid_utf8_at(words)) {
    Error error{ErrorCode::UnreadableText, "the text is not valid UTF-8", std::string(name), {}, *at, {}};
    return fail(std::move(error));
  }
  return {};
}

Status check_head_of(const ChangeSet& set) {
  const std::array<std::pair<std::string_view, const std::string*>, 4> texts = {
      {{"who", &set.who}, {"why", &set.why}, {"reviewed_by", &set.reviewed_by}, {"origin", &set.origin}}};
  for (const auto& [name, words] : texts) {
    if (auto checked = check_words(name, *words); !checked) return checked;
  }
  if (set.who.empty()) return fail(ErrorCode::MissingKey, "a change set needs somebody who answers for it", "who");
  if (auto time = base::check_utc_time(set.published_at); !time) {
    Error error = time.error();
    error.where = "published_at";
    return fail(std::move(error));
  }
  return {};
}

Status check_change(const Change& change) {
  if (!base::is_slug(change.key.id)) {
    Error error{ErrorCode::InvalidValue,
                "the id is not a slug",
                to_text(change.key),
                change.key.id,
                std::nullopt,
                "lower-case letters, digits and single '-' or '.' inside, at most 80 characters"};
    return fail(std::move(error));
  }
  if (!change.canonical_json) return {};
  if (change.canonical_json->empty()) {
    return fail(ErrorCode::InvalidValue, "the record is empty", to_text(change.key),
                "retire a record by leaving its content out");
  }
  if (change.canonical_json->size() > kMaxRecordBytes) {
    return fail(ErrorCode::TooLarge,
                "the record has " + std::to_string(change.canonical_json->size()) + " bytes, at most " +
                    std::to_string(kMaxRecordBytes) + " are kept",
                to_text(change.key));
  }
  return {};
}

// By kind name and id, so that the list does not depend on the order of the enumerators.
std::vector<const Change*> sorted_changes(const ChangeSet& set) {
  std::vector<const Change*> sorted;
  sorted.reserve(set.changes.size());
  for (const Change& change : set.changes) sorted.push_back(&change);
  std::ranges::sort(sorted, [](const Change* a, const Change* b) {
    return std::pair(model::to_string(a->key.kind), std::string_view(a->key.id)) <
           std::pair(model::to_string(b->key.kind), std::string_view(b->key.id));
  });
  return sorted;
}

Status check_no_duplicates(const ChangeSet& set) {
  const auto sorted = sorted_changes(set);
  const auto twice =
      std::ranges::adjacent_find(sorted, [](const Change* a, const Change* b) { return a->key == b->key; });
  if (twice == sorted.end()) return {};
  return fail(ErrorCode::DuplicateId, "the change set changes this record twice", to_text((*twice)->key),
              "keep one change a record");
}

// The operations that alter something; their new versions go into the batch.
Result<std::vector<Operation>> plan_operations(const Database& database, const ChangeSet& set, Revision head,
                                               rocksdb::WriteBatch& batch) {
  std::vector<Operation> operations;
  const auto iterator = database.iterate();
  for (const Change* change : sorted_changes(set)) {
    const auto before = version_at(*iterator, change->key, head);
    if (!before) return fail(before.error());
    Operation operation{change->key, hash_of(*before),
                        change->canonical_json ? base::sha256_hex(*change->canonical_json) : std::string()};
    if (operation.before_hash == operation.after_hash) continue;
    batch.Put(version_key(change->key, head + 1), encode_version(change->canonical_json));
    operations.push_back(std::move(operation));
  }
  return operations;
}

// The records of `set` that were changed after `expected_head`, as words.
Result<std::string> name_overlap(const Database& database, const ChangeSet& set, Revision expected_head,
                                 Revision head) {
  std::vector<std::string> names;
  std::size_t count = 0;
  const auto iterator = database.iterate();
  for (const Change* change : sorted_changes(set)) {
    const auto newest = version_at(*iterator, change->key, head);
    if (!newest) return fail(newest.error());
    if (!*newest || (*newest)->revision <= expected_head) continue;
    if (++count <= kMaxNamedRecords) names.push_back(to_text(change->key));
  }
  if (count == 0) return std::string("none of these records was changed there");
  const std::string more = count > names.size() ? " and " + std::to_string(count - names.size()) + " more" : "";
  return "changed there too: " + base::join(names, ", ") + more;
}

}  // namespace

Status check_change_set(const ChangeSet& set) {
  if (auto checked = check_head_of(set); !checked) return checked;
  if (set.changes.size() > kMaxChanges) {
    return fail(ErrorCode::TooLarge,
                "the change set has " + std::to_string(set.changes.size()) + " changes, at most " +
                    std::to_string(kMaxChanges) + " fit into one revision",
                "changes");
  }
  std::size_t bytes = 0;
  for (const Change& change : set.changes) {
    if (auto checked = check_change(change); !checked) return checked;
    bytes += change.canonical_json ? change.canonical_json->size() : 0;
    if (bytes > kMaxChangeSetBytes) {
      return fail(ErrorCode::TooLarge,
                  "the change set has more than " + std::to_string(kMaxChangeSetBytes) + " bytes of records", "changes",
                  "publish it in parts");
    }
  }
  return check_no_duplicates(set);
}

Result<Plan> plan_revision(const Database& database, const ChangeSet& set, Revision head,
                           const std::string& head_hash) {
  Plan plan;
  const auto operations = plan_operations(database, set, head, plan.batch);
  if (!operations) return fail(operations.error());
  if (operations->empty()) {
    return fail(ErrorCode::Unchanged, "the change set alters nothing: every record is already so");
  }
  const std::string list = canonical_text(*operations);
  LogEntry& entry = plan.entry;
  entry = {head + 1,        set.who,    set.published_at,   set.why,
           set.reviewed_by, set.origin, operations->size(), base::sha256_hex(list),
           head_hash,       {}};
  entry.hash = base::sha256_hex(canonical_text(entry));
  plan.batch.Put(operations_key(entry.operations_hash), list);
  plan.batch.Put(log_key(entry.revision), encode_log_value(entry));
  return plan;
}

Error describe_conflict(const Database& database, const ChangeSet& set, Revision expected_head, Revision head) {
  const std::string newest = std::to_string(head);
  Error error;
  error.piece = std::to_string(expected_head);
  error.where = "expected_head";
  if (expected_head > head) {
    error.code = ErrorCode::UnknownRevision;
    error.message = "there is no such revision, the newest is " + newest;
    return error;
  }
  const auto overlap = name_overlap(database, set, expected_head, head);
  if (!overlap) return overlap.error();
  error.code = ErrorCode::RevisionConflict;
  const std::string first = std::to_string(expected_head + 1);
  error.message =
      "the change was made for revision " + error.piece + ", but " +
      (head == expected_head + 1 ? "revision " + newest + " has" : "revisions " + first + " to " + newest + " have") +
      " been published since; " + *overlap;
  error.hint = "read the records again at revision " + newest + " and repeat the change";
  return error;
}

}  // namespace treff::store
