// RocksDB's failures in our words, and a write-ahead log that meets the end of the disk.
#include "kb/store/database.h"

#include <catch2/catch.hpp>

#include "tests/kb/store/small_disk.h"
#include "tests/kb/store/store_fixture.h"

namespace treff::store {
namespace {

TEST_CASE("every failure of RocksDB has one of our codes") {
  using rocksdb::Status;
  struct Row {
    const char* name;
    Status status;
    ErrorCode want;
  };
  const std::vector<Row> rows = {
      {"no space", Status::NoSpace("write"), ErrorCode::DiskFull},
      {"corruption", Status::Corruption("block checksum mismatch"), ErrorCode::StoreDamaged},
      {"file gone", Status::PathNotFound("000012.sst"), ErrorCode::StoreDamaged},
      {"lock elsewhere", Status::IOError("While lock file: /kb/records/LOCK", "Resource temporarily unavailable"),
       ErrorCode::StoreLocked},
      {"lock here", Status::IOError("lock hold by current process, acquire time 1", "/kb/records/LOCK"),
       ErrorCode::StoreLocked},
      {"a folder named like a lock", Status::IOError("While opendir: /tmp/While lock file", "Permission denied"),
       ErrorCode::IoFailure},
      {"other input or output", Status::IOError("read", "Input/output error"), ErrorCode::IoFailure},
      {"busy", Status::Busy(), ErrorCode::Busy},
      {"not for us", Status::InvalidArgument("option"), ErrorCode::Internal},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const Error error = to_error(row.status, "reading");
    CHECK(error.code == row.want);
    if (row.want != ErrorCode::StoreLocked) CHECK(error.message == "reading failed: " + row.status.ToString());
  }
}

TEST_CASE("a log that met the end of the disk takes no more writes, reads go on, opening again repairs") {
  const FreshFolder folder;
  const std::filesystem::path disk_path = folder.path() / "disk";
  const SmallDisk disk(disk_path);
  if (!disk.mounted()) {
    WARN("skipped: this user may not mount a small file system (" << disk.reason() << ")");
    return;
  }
  std::mt19937 random(3);
  const auto write = [&random](Database& database, const std::string& key, std::size_t size) {
    rocksdb::WriteBatch batch;
    batch.Put(key, noise(random, size));
    return database.write_synced(batch);
  };
  auto database = required(Database::open(disk_path / "db", Access::Create, LogReading::Strict));
  REQUIRE(write(*database, "a", 100).has_value());
  fill(disk_path / "ballast", 16'384);

  const auto refused = write(*database, "b", 90'000);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == ErrorCode::DiskFull);
  CHECK_FALSE(database->can_write());
  CHECK_FALSE(write(*database, "b", 10).has_value());
  CHECK(required(database->get("a"))->size() == 100);
  CHECK(required(database->get("b")) == std::nullopt);

  std::filesystem::remove(disk_path / "ballast");
  database.reset();
  database = required(Database::open(disk_path / "db", Access::ReadWrite, LogReading::Tolerant));
  CHECK(required(database->get("a"))->size() == 100);
  CHECK(required(database->get("b")) == std::nullopt);
  CHECK(write(*database, "b", 90'000).has_value());
}

}  // namespace
}  // namespace treff::store
