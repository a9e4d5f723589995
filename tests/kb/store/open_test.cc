// Creating and opening: who may, what is found again, and what every refusal is called.
#include <catch2/catch.hpp>

#include "tests/kb/store/child_process.h"
#include "tests/kb/store/store_fixture.h"

namespace treff::store {
namespace {

TEST_CASE("a new knowledge base is empty, sound, and there again after closing") {
  const FreshFolder folder;
  const std::filesystem::path kb = folder.path() / "deep" / "kb";
  {
    const auto store = create_store(kb);
    CHECK(store->head() == 0);
    CHECK(verified(*store).is_sound());
  }
  CHECK(read_file(kb / "HEAD") == "0\n");
  for (const OpenMode mode : {OpenMode::ReadWrite, OpenMode::ReadOnly}) {
    const auto store = open_store(kb, mode);
    CHECK(store->head() == 0);
    CHECK(store->opening_issues().empty());
  }
}

TEST_CASE("what was published is there after closing, and the log goes on from it") {
  const FreshFolder folder;
  LogEntry second;
  {
    const auto store = create_store(folder.kb());
    publish(*store, {put("a", "{\"n\":1}")});
    publish(*store, {put("a", "{\"n\":2}")});
    second = required(store->log_entry(2));
  }
  CHECK(read_file(folder.kb() / "HEAD") == "2 " + second.hash + "\n");
  const auto store = open_store(folder.kb());
  CHECK(store->head() == 2);
  CHECK(read(*store, "a", 1) == "{\"n\":1}");
  CHECK(read(*store, "a", 2) == "{\"n\":2}");
  CHECK(publish(*store, {retire("a")}) == 3);
  CHECK(required(store->log_entry(3)).previous_hash == second.hash);
  CHECK(verified(*store).is_sound());
}

TEST_CASE("create refuses a folder that has a knowledge base, and leaves it alone") {
  const FreshFolder folder;
  publish(*create_store(folder.kb()), {put("a", "{}")});
  const auto again = Store::create(folder.kb());
  REQUIRE_FALSE(again.has_value());
  CHECK(again.error().code == ErrorCode::InvalidValue);
  CHECK(open_store(folder.kb())->head() == 1);
}

TEST_CASE("create keeps other files of the folder") {
  const FreshFolder folder;
  write_file(folder.path() / "notes.txt", "mine");
  create_store(folder.path());
  CHECK(read_file(folder.path() / "notes.txt") == "mine");
}

TEST_CASE("create where no folder can be made is an I/O failure") {
  const FreshFolder folder;
  write_file(folder.path() / "file", "");
  const auto store = Store::create(folder.path() / "file" / "kb");
  REQUIRE_FALSE(store.has_value());
  CHECK(store.error().code == ErrorCode::IoFailure);
}

TEST_CASE("refusals have names") {
  struct Row {
    const char* name;
    void (*prepare)(const std::filesystem::path& kb);
    ErrorCode code;
    std::string message;
  };
  const std::vector<Row> rows = {
      {"no folder", [](const auto& kb) { std::filesystem::remove_all(kb); }, ErrorCode::StoreMissing,
       "there is no knowledge base in this directory"},
      {"an empty folder",
       [](const auto& kb) {
         std::filesystem::remove_all(kb);
         std::filesystem::create_directory(kb);
       },
       ErrorCode::StoreMissing, "there is no knowledge base in this directory"},
      {"HEAD without a database", [](const auto& kb) { std::filesystem::remove_all(kb / "records"); },
       ErrorCode::StoreDamaged, "HEAD is there, the database is not"},
      {"a database without HEAD", [](const auto& kb) { std::filesystem::remove(kb / "HEAD"); }, ErrorCode::StoreDamaged,
       "HEAD is missing, so nothing tells whether the database is complete"},
      {"HEAD unreadable", [](const auto& kb) { write_file(kb / "HEAD", "one\n"); }, ErrorCode::StoreDamaged,
       "HEAD does not hold a revision and its hash"},
      {"HEAD of another knowledge base", [](const auto& kb) { write_file(kb / "HEAD", "1 " + std::string(64, '0')); },
       ErrorCode::StoreDamaged, "revision 1 has another hash than HEAD says"},
      {"HEAD ahead", [](const auto& kb) { write_file(kb / "HEAD", "3\n"); }, ErrorCode::StoreDamaged,
       "revisions 2 to 3 are missing: HEAD names revision 3, the database can be read up to revision 1"},
      {"another format", [](const auto& kb) { RawDatabase(kb).put("format", "2"); }, ErrorCode::VersionMismatch,
       "the knowledge base has storage format 2, this program reads format 1"},
      {"no format", [](const auto& kb) { RawDatabase(kb).remove("format"); }, ErrorCode::StoreDamaged,
       "the database does not say which format it has"},
      {"a gap in the log",
       [](const auto& kb) {
         publish(*open_store(kb), {put("b", "{}")});
         RawDatabase(kb).remove(std::string("l\0\0\0\0\0\0\0\1", 9));
       },
       ErrorCode::StoreDamaged, "the change log has no entry for revision 1, but one for 2"},
  };
  for (const Row& row : rows) {
    for (const OpenMode mode : {OpenMode::ReadWrite, OpenMode::ReadOnly}) {
      INFO(row.name << (mode == OpenMode::ReadOnly ? ", reading" : ", writing"));
      const FreshFolder folder;
      publish(*create_store(folder.kb()), {put("a", "{}")});
      row.prepare(folder.kb());
      const Error error = refusal(folder.kb(), mode);
      CHECK(error.code == row.code);
      CHECK(error.message.substr(0, row.message.size()) == row.message);
      if (row.code != ErrorCode::StoreDamaged) CHECK(error.message == row.message);
    }
  }
}

TEST_CASE("HEAD may be behind after a sudden death; opening for writing catches it up") {
  const FreshFolder folder;
  publish(*create_store(folder.kb()), {put("a", "{}")});
  const std::string head = read_file(folder.kb() / "HEAD");
  write_file(folder.kb() / "HEAD", "0\n");
  CHECK(open_store(folder.kb(), OpenMode::ReadOnly)->head() == 1);
  CHECK(read_file(folder.kb() / "HEAD") == "0\n");
  CHECK(open_store(folder.kb())->head() == 1);
  CHECK(read_file(folder.kb() / "HEAD") == head);
}

TEST_CASE("one process writes: a second opening for writing is refused, in words") {
  const FreshFolder folder;
  const auto store = create_store(folder.kb());
  const Error error = refusal(folder.kb());
  CHECK(error.code == ErrorCode::StoreLocked);
  CHECK(error.message == "another process owns this knowledge base");
  CHECK(error.hint == "stop that process, or send the change through its server (--server URL)");
}

TEST_CASE("child: holds a knowledge base open", "[.store-holder]") {
  const auto folder = child_folder();
  if (!folder) return;
  const auto store = Store::open(*folder, OpenMode::ReadWrite);
  report(store.has_value() ? 1 : 0);
  ::pause();
}

TEST_CASE("the lock holds between processes and goes with its owner") {
  const FreshFolder folder;
  publish(*create_store(folder.kb()), {put("a", "{}")});
  ChildProcess holder("[.store-holder]", folder.kb());
  REQUIRE(holder.next_report() == 1u);
  CHECK(refusal(folder.kb()).code == ErrorCode::StoreLocked);
  CHECK(open_store(folder.kb(), OpenMode::ReadOnly)->head() == 1);
  holder.kill();
  CHECK(open_store(folder.kb())->head() == 1);
}

TEST_CASE("a reader beside a living writer sees its opening's state and writes nothing") {
  const FreshFolder folder;
  const auto writer = create_store(folder.kb());
  publish(*writer, {put("a", "{\"n\":1}")});
  const auto reader = open_store(folder.kb(), OpenMode::ReadOnly);
  publish(*writer, {put("a", "{\"n\":2}")});
  CHECK(reader->head() == 1);
  CHECK(read(*reader, "a", 1) == "{\"n\":1}");
  CHECK(reader->get(cohort("a"), 2).error().code == ErrorCode::UnknownRevision);
  CHECK(reader->apply(changes({put("b", "{}")}), 1).error().code == ErrorCode::ReadOnly);
  CHECK(verified(*reader).is_sound());
  const auto later = open_store(folder.kb(), OpenMode::ReadOnly);
  CHECK(read(*later, "a", 2) == "{\"n\":2}");
  CHECK(writer->head() == 2);
}

TEST_CASE("a fully merged database is read like any other") {
  const FreshFolder folder;
  {
    const auto store = create_store(folder.kb());
    for (int n = 1; n <= 5; ++n) publish(*store, {put("a", "{\"n\":" + std::to_string(n) + "}")});
  }
  RawDatabase raw(folder.kb());
  REQUIRE(raw->Flush(rocksdb::FlushOptions()).ok());
  REQUIRE(raw->CompactRange(rocksdb::CompactRangeOptions(), nullptr, nullptr).ok());
  const auto store = open_store(folder.kb(), OpenMode::ReadOnly);
  CHECK(read(*store, "a", 3) == "{\"n\":3}");
  CHECK(required(store->history(cohort("a"))).size() == 5);
  CHECK(verified(*store).is_sound());
}

}  // namespace
}  // namespace treff::store
