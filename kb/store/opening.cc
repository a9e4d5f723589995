#include "kb/store/opening.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "kb/store/change_log.h"
#include "kb/store/head_file.h"
#include "kb/store/keys.h"

namespace treff::store {
namespace {

constexpr int kReaderAttempts = 4;

Status check_format(const Database& database) {
  const auto format = database.get(kFormatKey);
  if (!format) return fail(format.error());
  if (!*format) {
    return fail(ErrorCode::StoreDamaged, "the database does not say which format it has", {},
                "if its creation was interrupted, remove the directory and create it again");
  }
  if (**format != kFormatVersion) {
    return fail(ErrorCode::VersionMismatch,
                "the knowledge base has storage format " + format->value() + ", this program reads format " +
                    std::string(kFormatVersion),
                {}, "use the release of the program that wrote it, or export there and import here");
  }
  return {};
}

// The last revision of a log without gaps. A gap is what a lost log file leaves behind.
Result<Revision> find_head(const Database& database) {
  const auto iterator = database.iterate({nullptr, false});
  Revision head = 0;
  for (iterator->Seek(std::string(1, kLogTag)); iterator->Valid(); iterator->Next()) {
    const std::string_view key = view(iterator->key());
    if (key.front() != kLogTag) break;
    const auto revision = parse_log_key(key);
    if (!revision || *revision != head + 1) {
      return fail(ErrorCode::StoreDamaged, "the change log has no entry for revision " + std::to_string(head + 1) +
                                               (revision ? ", but one for " + std::to_string(*revision) : ""));
    }
    head = *revision;
  }
  if (auto status = check(*iterator, "reading the change log"); !status) return fail(status.error());
  return head;
}

std::string name_range(Revision first, Revision last) {
  if (first == last) return "revision " + std::to_string(first) + " is";
  return "revisions " + std::to_string(first) + " to " + std::to_string(last) + " are";
}

Status compare_with_head(const Database& database, const HeadNote& note, Revision head) {
  if (head < note.revision) {
    const std::string found = std::to_string(head);
    return fail(ErrorCode::StoreDamaged,
                name_range(head + 1, note.revision) + " missing: HEAD names revision " + std::to_string(note.revision) +
                    ", the database can be read up to revision " + found,
                kHeadFileName,
                "restore a backup; to go on without what is missing, keep a copy of the directory and write " + found +
                    " into HEAD");
  }
  if (note.revision == 0 || note.hash.empty()) return {};
  const auto entry = read_log_entry(database, note.revision);
  if (!entry) return fail(entry.error());
  if (entry->hash != note.hash) {
    return fail(ErrorCode::StoreDamaged,
                "revision " + std::to_string(note.revision) + " has another hash than HEAD says: " + entry->hash +
                    " instead of " + note.hash,
                kHeadFileName, "HEAD and the database do not belong together; restore both from one backup");
  }
  return {};
}

Result<HeadNote> required_head(const std::filesystem::path& directory) {
  auto note = read_head(directory);
  if (!note) return fail(note.error());
  if (!*note) {
    return fail(ErrorCode::StoreDamaged, "HEAD is missing, so nothing tells whether the database is complete",
                (directory / kHeadFileName).string(), "restore the file from a backup");
  }
  return **note;
}

// Everything that must hold of an open database before anybody reads from it.
Result<Opened> inspect(std::unique_ptr<Database> database, const HeadNote& note) {
  if (auto format = check_format(*database); !format) return fail(format.error());
  const auto head = find_head(*database);
  if (!head) return fail(head.error());
  if (auto same = compare_with_head(*database, note, *head); !same) return fail(same.error());
  Opened opened{std::move(database), *head, {}, {}};
  if (*head > 0) {
    auto entry = read_log_entry(*opened.database, *head);
    if (!entry) return fail(entry.error());
    opened.head_hash = entry->hash;
  }
  return opened;
}

Result<Opened> open_and_inspect(const std::filesystem::path& directory, Access access, LogReading reading) {
  // Before the database, so that a living writer cannot make HEAD newer than what is read afterwards.
  const auto note = required_head(directory);
  if (!note) return fail(note.error());
  auto database = Database::open(database_folder(directory), access, reading);
  if (!database) return fail(database.error());
  return inspect(std::move(*database), *note);
}

// `strict` is how the strict opening failed. The tolerant look wins if it finds all that HEAD promises; if it does
// not, it knows best what is missing.
Result<Opened> open_tolerant(const std::filesystem::path& directory, Access access, const Error& strict) {
  auto opened = open_and_inspect(directory, Access::ReadOnly, LogReading::Tolerant);
  if (opened && access == Access::ReadWrite) {
    opened->database.reset();
    opened = open_and_inspect(directory, access, LogReading::Tolerant);
  }
  if (!opened) {
    Error error = opened.error();
    if (error.code == ErrorCode::StoreDamaged && error.message != strict.message)
      error.message += "; " + strict.message;
    return fail(std::move(error));
  }
  opened->issues.push_back({"log_tail_torn",
                            "the write-ahead log ended in a torn record; nothing acknowledged is missing, head is "
                            "revision " +
                                std::to_string(opened->head),
                            database_folder(directory).string(), strict.message});
  return opened;
}

Result<Opened> open_once(const std::filesystem::path& directory, Access access) {
  auto opened = open_and_inspect(directory, access, LogReading::Strict);
  if (opened || opened.error().code != ErrorCode::StoreDamaged) return opened;
  return open_tolerant(directory, access, opened.error());
}

Status check_present(const std::filesystem::path& directory) {
  std::error_code ignored;
  if (std::filesystem::exists(database_folder(directory) / "CURRENT", ignored)) return {};
  if (std::filesystem::exists(directory / kHeadFileName, ignored)) {
    return fail(ErrorCode::StoreDamaged, "HEAD is there, the database is not", database_folder(directory).string(),
                "restore the directory from a backup");
  }
  return fail(ErrorCode::StoreMissing, "there is no knowledge base in this directory", directory.string(),
              "treff init makes an empty one");
}

// An unacknowledged last revision may be newer than HEAD; from now on it counts.
Status catch_up_head(const std::filesystem::path& directory, const Opened& opened) {
  const HeadNote wanted{opened.head, opened.head_hash};
  const auto note = read_head(directory);
  if (!note) return fail(note.error());
  if (*note == wanted) return {};
  if (auto prepared = prepare_head(directory, wanted); !prepared) return prepared;
  return publish_head(directory);
}

}  // namespace

std::filesystem::path database_folder(const std::filesystem::path& directory) { return directory / "records"; }

Result<Opened> create_database(const std::filesystem::path& directory) {
  std::error_code failure;
  if (std::filesystem::exists(database_folder(directory), failure) ||
      std::filesystem::exists(directory / kHeadFileName, failure)) {
    return fail(ErrorCode::InvalidValue, "there is a knowledge base in this directory already", directory.string(),
                "open it, or choose another directory");
  }
  std::filesystem::create_directories(directory, failure);
  if (failure) {
    const bool full = failure == std::errc::no_space_on_device;
    return fail(full ? ErrorCode::DiskFull : ErrorCode::IoFailure, "cannot make the directory: " + failure.message(),
                directory.string());
  }
  if (auto space = check_space(directory, 0); !space) return fail(space.error());
  auto database = Database::open(database_folder(directory), Access::Create, LogReading::Strict);
  if (!database) return fail(database.error());
  rocksdb::WriteBatch batch;
  batch.Put(slice(kFormatKey), slice(kFormatVersion));
  if (auto written = (*database)->write_synced(batch); !written) return fail(written.error());
  if (auto prepared = prepare_head(directory, {}); !prepared) return fail(prepared.error());
  if (auto published = publish_head(directory); !published) return fail(published.error());
  return Opened{std::move(*database), 0, {}, {}};
}

Result<Opened> open_database(const std::filesystem::path& directory, OpenMode mode) {
  if (auto present = check_present(directory); !present) return fail(present.error());
  if (mode == OpenMode::ReadWrite) {
    // RocksDB aborts the process when its own bookkeeping meets the end of the disk.
    if (auto space = check_space(directory, 0); !space) return fail(space.error());
    auto opened = open_once(directory, Access::ReadWrite);
    if (!opened) return opened;
    if (auto caught_up = catch_up_head(directory, *opened); !caught_up) return fail(caught_up.error());
    return opened;
  }
  auto opened = open_once(directory, Access::ReadOnly);
  for (int attempt = 1; attempt < kReaderAttempts && !opened; ++attempt) {
    const ErrorCode code = opened.error().code;
    if (code != ErrorCode::StoreDamaged && code != ErrorCode::IoFailure) break;
    opened = open_once(directory, Access::ReadOnly);
  }
  return opened;
}

}  // namespace treff::store
