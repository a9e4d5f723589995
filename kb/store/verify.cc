#include "kb/store/verify.h"

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "kb/store/change_log.h"
#include "kb/store/keys.h"
#include "kb/store/versions.h"

namespace treff::store {
namespace {

std::string place_of(const model::RecordKey& key, Revision revision) {
  return to_text(key) + " at " + store::place_of(revision);
}

class Verifier {
 public:
  Verifier(const VerifySubject& subject, Progress& progress)
      : subject_(subject), progress_(progress), plan_{subject.snapshot.get(), false} {}

  Result<VerifyReport> run() {
    report_.head = subject_.head;
    if (auto walked = walk_log(); !walked) return fail(walked.error());
    if (auto walked = walk_keys(); !walked) return fail(walked.error());
    if (report_.versions != versions_found_) {
      if (auto named = name_unlogged_versions(); !named) return fail(named.error());
    }
    compare_note();
    for (const auto& [record, hash] : current_hash_) report_.records += hash.empty() ? 0u : 1u;
    return std::move(report_);
  }

 private:
  void add_problem(std::string id, std::string message, std::string where, std::string piece = {}) {
    if (report_.problems.size() == kMaxListedProblems) {
      ++report_.problems_not_listed;
      return;
    }
    report_.problems.push_back({std::move(id), std::move(message), std::move(where), std::move(piece)});
  }

  // Damage becomes a problem and checking goes on; any other failure ends it.
  Status note_damage(std::string id, Error error) {
    if (error.code != ErrorCode::StoreDamaged) return fail(std::move(error));
    add_problem(std::move(id), std::move(error.message), std::move(error.where), std::move(error.piece));
    return {};
  }

  Status walk_log() {
    progress_.begin("checking the log", subject_.head);
    const auto iterator = subject_.database.iterate(plan_);
    std::optional<std::string> previous_hash = "";
    for (Revision revision = 1; revision <= subject_.head; ++revision) {
      progress_.advance(revision);
      const auto entry = read_log_entry(subject_.database, revision, plan_);
      if (!entry) {
        previous_hash = std::nullopt;
        if (auto noted = note_damage("log_damaged", entry.error()); !noted) return noted;
        continue;
      }
      if (previous_hash && entry->previous_hash != *previous_hash) {
        add_problem("chain_broken", "the log entry names another previous hash than the entry before it has",
                    store::place_of(revision), entry->previous_hash);
      }
      previous_hash = entry->hash;
      if (subject_.note && revision == subject_.note->revision) hash_at_note_ = entry->hash;
      if (auto checked = check_operations(*iterator, *entry); !checked) return checked;
    }
    return {};
  }

  Status check_operations(rocksdb::Iterator& iterator, const LogEntry& entry) {
    lists_.insert(operations_key(entry.operations_hash));
    const auto operations = read_operations(subject_.database, entry, plan_);
    if (!operations) return note_damage("operations_damaged", operations.error());
    report_.operations += operations->size();
    for (const Operation& operation : *operations) {
      std::string& current = current_hash_[record_prefix(operation.key)];
      if (operation.before_hash != current) {
        add_problem("before_hash_differs", "the log says that the record had another hash before than it had",
                    place_of(operation.key, entry.revision), operation.before_hash);
      }
      current = operation.after_hash;
      if (auto checked = check_version(iterator, operation, entry.revision); !checked) return checked;
    }
    return {};
  }

  Status check_version(rocksdb::Iterator& iterator, const Operation& operation, Revision revision) {
    const auto version = version_at(iterator, operation.key, revision);
    if (!version) {
      Error error = version.error();
      error.where = place_of(operation.key, revision);
      return note_damage("unreadable", std::move(error));
    }
    if (!*version || (*version)->revision != revision) {
      add_problem("version_missing", "the log names a version that is not stored", place_of(operation.key, revision),
                  operation.after_hash);
      return {};
    }
    ++versions_found_;
    if (hash_of(*version) != operation.after_hash) {
      add_problem("version_altered", "the stored version does not have the hash that the log names",
                  place_of(operation.key, revision), operation.after_hash);
    }
    return {};
  }

  Status walk_keys() {
    progress_.begin("checking the records", report_.operations);
    const auto iterator = subject_.database.iterate(plan_);
    for (iterator->SeekToFirst(); iterator->Valid(); iterator->Next()) {
      const std::string_view key = view(iterator->key());
      if (parse_version_key(key)) {
        progress_.advance(++report_.versions);
      } else if (!is_known(key)) {
        add_problem("unknown_key", "the database holds a key that nothing refers to", "database", std::string(key));
      }
    }
    if (auto status = check(*iterator, "walking over the database"); !status) {
      return note_damage("unreadable", status.error());
    }
    return {};
  }

  bool is_known(std::string_view key) const {
    if (const auto revision = parse_log_key(key)) return *revision <= subject_.head;
    return key == kFormatKey || lists_.contains(std::string(key));
  }

  // Slow and hungry, so only when the counts differ: every version the log names, then every stored one against them.
  Status name_unlogged_versions() {
    std::unordered_set<std::string> named;
    for (Revision revision = 1; revision <= subject_.head; ++revision) {
      const auto entry = read_log_entry(subject_.database, revision, plan_);
      if (!entry) continue;
      const auto operations = read_operations(subject_.database, *entry, plan_);
      if (!operations) continue;
      for (const Operation& operation : *operations) named.insert(version_key(operation.key, revision));
    }
    const auto iterator = subject_.database.iterate(plan_);
    for (iterator->Seek(std::string(1, kRecordTag)); iterator->Valid(); iterator->Next()) {
      const auto key = parse_version_key(view(iterator->key()));
      if (!key || named.contains(iterator->key().ToString())) continue;
      add_problem("version_not_logged", "a version is stored that the log does not name",
                  place_of(key->key, key->revision));
    }
    return {};
  }

  // A reader's HEAD may be behind or, with a writer beside it, ahead of the state it sees; a writer's may not.
  void compare_note() {
    if (!subject_.note) return add_problem("head_file", "HEAD is missing", kHeadFileName);
    const HeadNote& note = *subject_.note;
    if (note.revision != subject_.head && subject_.mode == OpenMode::ReadWrite) {
      add_problem("head_file", "HEAD names another revision than the newest", kHeadFileName,
                  std::to_string(note.revision));
    } else if (!note.hash.empty() && hash_at_note_ && note.hash != *hash_at_note_) {
      add_problem("head_file", "HEAD names another hash than the log", kHeadFileName, note.hash);
    }
  }

  const VerifySubject& subject_;
  Progress& progress_;
  const ReadPlan plan_;
  VerifyReport report_;
  std::uint64_t versions_found_ = 0;  // stored versions that the log names
  std::optional<std::string> hash_at_note_;
  std::unordered_set<std::string> lists_;                      // keys of the operation lists the log names
  std::unordered_map<std::string, std::string> current_hash_;  // record -> hash, as the log tells so far
};

}  // namespace

Result<VerifyReport> verify_database(const VerifySubject& subject, Progress& progress) {
  return Verifier(subject, progress).run();
}

}  // namespace treff::store
