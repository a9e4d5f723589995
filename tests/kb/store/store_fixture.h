// What the store's tests share: a fresh folder on disk, short words for change sets, and a way to edit the database
// behind the store's back.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <stdlib.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kb/store/store.h"

namespace treff::store {

class FreshFolder {
 public:
  FreshFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "treff-store-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~FreshFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  FreshFolder(const FreshFolder&) = delete;
  FreshFolder& operator=(const FreshFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path kb() const { return path_ / "kb"; }

 private:
  std::filesystem::path path_;
};

inline model::RecordKey cohort(const std::string& id) { return {model::RecordKind::Cohort, id}; }

inline Change put(const std::string& id, const std::string& json) { return {cohort(id), json}; }
inline Change retire(const std::string& id) { return {cohort(id), std::nullopt}; }

inline ChangeSet changes(std::vector<Change> list) {
  return {"curator", "2026-11-22T10:00:00Z", "a test", "reviewer", "curated", std::move(list)};
}

template <class T>
T required(Result<T> result) {
  if (!result) UNSCOPED_INFO(base::to_text(result.error()));
  REQUIRE(result.has_value());
  return std::move(*result);
}

inline std::unique_ptr<Store> create_store(const std::filesystem::path& kb) { return required(Store::create(kb)); }
inline std::unique_ptr<Store> open_store(const std::filesystem::path& kb, OpenMode mode = OpenMode::ReadWrite) {
  return required(Store::open(kb, mode));
}

inline Error refusal(const std::filesystem::path& kb, OpenMode mode = OpenMode::ReadWrite) {
  const auto store = Store::open(kb, mode);
  REQUIRE_FALSE(store.has_value());
  return store.error();
}

// Publishes on top of whatever head is.
inline Revision publish(Store& store, std::vector<Change> list) {
  return required(store.apply(changes(std::move(list)), store.head()));
}

inline std::optional<std::string> read(const Store& store, const std::string& id, Revision as_of) {
  return required(store.get(cohort(id), as_of));
}

inline VerifyReport verified(const Store& store) {
  NoProgress progress;
  return required(store.verify(progress));
}

inline std::string problems_of(const VerifyReport& report) {
  std::string text;
  for (const Issue& problem : report.problems) {
    text += problem.id + " | " + problem.where + " | " + problem.message + "\n";
  }
  return text;
}

inline std::string read_file(const std::filesystem::path& path) {
  std::string bytes(std::filesystem::file_size(path), '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  REQUIRE(file.good());
  return bytes;
}

inline void write_file(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << bytes;
  REQUIRE(file.flush().good());
}

// The database itself, without the store. Close every Store on the folder first.
class RawDatabase {
 public:
  explicit RawDatabase(const std::filesystem::path& kb) {
    rocksdb::DB* raw = nullptr;
    const auto status = rocksdb::DB::Open(rocksdb::Options(), (kb / "records").string(), &raw);
    INFO(status.ToString());
    REQUIRE(status.ok());
    db_.reset(raw);
  }

  rocksdb::DB& operator*() { return *db_; }
  rocksdb::DB* operator->() { return db_.get(); }

  std::string get(const std::string& key) {
    std::string value;
    REQUIRE(db_->Get(rocksdb::ReadOptions(), key, &value).ok());
    return value;
  }
  void put(const std::string& key, const std::string& value) {
    REQUIRE(db_->Put(rocksdb::WriteOptions(), key, value).ok());
  }
  void remove(const std::string& key) { REQUIRE(db_->Delete(rocksdb::WriteOptions(), key).ok()); }

 private:
  std::unique_ptr<rocksdb::DB> db_;
};

}  // namespace treff::store
