// verify() names every kind of tampering. Each row edits the database behind the store's back.
#include <catch2/catch.hpp>

#include "kb/base/hash.h"
#include "kb/store/keys.h"
#include "kb/store/log_codec.h"
#include "tests/kb/store/store_fixture.h"

namespace treff::store {
namespace {

void four_revisions(const std::filesystem::path& kb) {
  const auto store = create_store(kb);
  publish(*store, {put("a", "{\"n\":1}"), put("b", "{\"n\":1}")});
  publish(*store, {put("a", "{\"n\":2}")});
  publish(*store, {retire("b")});
  publish(*store, {put("c", "{\"n\":4}")});
}

TEST_CASE("a whole knowledge base is sound, and counted") {
  const FreshFolder folder;
  four_revisions(folder.kb());
  const auto report = verified(*open_store(folder.kb()));
  CHECK(report.is_sound());
  CHECK(report.head == 4);
  CHECK(report.records == 2);
  CHECK(report.versions == 5);
  CHECK(report.operations == 5);
}

// Rewrites one log entry with a hash that fits, as somebody would who wants to hide a change.
template <class Edit>
void forge(RawDatabase& raw, Revision revision, Edit edit) {
  LogEntry entry = required(decode_log_value(raw.get(log_key(revision))));
  edit(entry);
  entry.hash = base::sha256_hex(canonical_text(entry));
  raw.put(log_key(revision), encode_log_value(entry));
}

std::string list_key(RawDatabase& raw, Revision revision) {
  return operations_key(required(decode_log_value(raw.get(log_key(revision)))).operations_hash);
}

// Replaces the operations of a revision, hashes fitting throughout but for the chain behind it.
void forge_operations(RawDatabase& raw, Revision revision, const std::vector<Operation>& operations) {
  const std::string list = canonical_text(operations);
  raw.remove(list_key(raw, revision));
  raw.put(operations_key(base::sha256_hex(list)), list);
  forge(raw, revision, [&](LogEntry& entry) {
    entry.operations_hash = base::sha256_hex(list);
    entry.operation_count = operations.size();
  });
}

struct Tampering {
  const char* name;
  void (*harm)(RawDatabase& raw);
  std::vector<std::string> want;  // "id | where"
};

const std::vector<Tampering> kTamperings = {
    {"a record altered",
     [](RawDatabase& raw) { raw.put(version_key(cohort("a"), 1), "+{\"n\":7}"); },
     {"version_altered | cohort/a at revision 1"}},
    {"a retirement undone",
     [](RawDatabase& raw) { raw.put(version_key(cohort("b"), 3), "+{\"n\":1}"); },
     {"version_altered | cohort/b at revision 3"}},
    {"a record silently retired",
     [](RawDatabase& raw) { raw.put(version_key(cohort("c"), 4), "-"); },
     {"version_altered | cohort/c at revision 4"}},
    {"a value that is none",
     [](RawDatabase& raw) { raw.put(version_key(cohort("a"), 2), "?"); },
     {"unreadable | cohort/a at revision 2"}},
    {"a version removed",
     [](RawDatabase& raw) { raw.remove(version_key(cohort("a"), 2)); },
     {"version_missing | cohort/a at revision 2"}},
    {"a version slipped in",
     [](RawDatabase& raw) { raw.put(version_key(cohort("a"), 3), "+{}"); },
     {"version_not_logged | cohort/a at revision 3"}},
    {"a version of the future",
     [](RawDatabase& raw) { raw.put(version_key(cohort("x"), 9), "+{}"); },
     {"version_not_logged | cohort/x at revision 9"}},
    {"a version moved",
     [](RawDatabase& raw) {
       raw.remove(version_key(cohort("c"), 4));
       raw.put(version_key(cohort("d"), 4), "+{\"n\":4}");
     },
     {"version_missing | cohort/c at revision 4", "version_not_logged | cohort/d at revision 4"}},
    {"a log entry altered",
     [](RawDatabase& raw) {
       std::string value = raw.get(log_key(2));
       value.replace(value.find("curator"), 7, "imposto");
       raw.put(log_key(2), value);
     },
     {"log_damaged | revision 2", "unknown_key | database", "version_not_logged | cohort/a at revision 2"}},
    {"a log entry forged with a fitting hash",
     [](RawDatabase& raw) { forge(raw, 2, [](LogEntry& entry) { entry.who = "imposter"; }); },
     {"chain_broken | revision 3"}},
    {"a log entry copied over another",
     [](RawDatabase& raw) { raw.put(log_key(3), raw.get(log_key(2))); },
     {"log_damaged | revision 3", "unknown_key | database", "version_not_logged | cohort/b at revision 3"}},
    {"an operation list altered",
     [](RawDatabase& raw) {
       std::string list = raw.get(list_key(raw, 3));
       list.replace(list.find("\"id\":\"b\""), 8, "\"id\":\"a\"");
       raw.put(list_key(raw, 3), list);
     },
     {"operations_damaged | revision 3", "version_not_logged | cohort/b at revision 3"}},
    {"an operation list removed",
     [](RawDatabase& raw) { raw.remove(list_key(raw, 2)); },
     {"operations_damaged | revision 2", "version_not_logged | cohort/a at revision 2"}},
    {"an operation list emptied, all hashes but the chain fitting",
     [](RawDatabase& raw) { forge_operations(raw, 2, {}); },
     {"chain_broken | revision 3", "version_not_logged | cohort/a at revision 2"}},
    {"another hash before, all hashes but the chain fitting",
     [](RawDatabase& raw) {
       forge_operations(raw, 2, {{cohort("a"), "", base::sha256_hex("{\"n\":2}")}});
     },
     {"before_hash_differs | cohort/a at revision 2", "chain_broken | revision 3"}},
    {"a strange key", [](RawDatabase& raw) { raw.put("zebra", ""); }, {"unknown_key | database"}},
    {"a list nobody names", [](RawDatabase& raw) { raw.put(operations_key("0"), "[]"); }, {"unknown_key | database"}},
};

TEST_CASE("tampering is found and named") {
  for (const Tampering& tampering : kTamperings) {
    INFO(tampering.name);
    const FreshFolder folder;
    four_revisions(folder.kb());
    {
      RawDatabase raw(folder.kb());
      tampering.harm(raw);
    }
    std::vector<std::string> found;
    for (const OpenMode mode : {OpenMode::ReadWrite, OpenMode::ReadOnly}) {
      found.clear();
      for (const Issue& problem : verified(*open_store(folder.kb(), mode)).problems) {
        found.push_back(problem.id + " | " + problem.where);
      }
      CHECK(found == tampering.want);
    }
  }
}

TEST_CASE("reading what was tampered with is an error, not an empty answer") {
  const FreshFolder folder;
  four_revisions(folder.kb());
  {
    RawDatabase raw(folder.kb());
    raw.put(version_key(cohort("a"), 2), "?");
    raw.remove(list_key(raw, 3));
    raw.put(std::string("rcohort\0A", 9), "+{}");
  }
  const auto store = open_store(folder.kb());
  CHECK(store->get(cohort("a"), 4).error().code == ErrorCode::StoreDamaged);
  CHECK(store->history(cohort("a")).error().code == ErrorCode::StoreDamaged);
  CHECK(store->operations(3).error().code == ErrorCode::StoreDamaged);
  CHECK(store->scan(std::nullopt, 4, [](const auto&, std::string_view, Revision) { return true; }).error().code ==
        ErrorCode::StoreDamaged);
  CHECK(read(*store, "c", 4) == "{\"n\":4}");
}

TEST_CASE("a head entry that was forged does not fit HEAD, and the knowledge base does not open") {
  const FreshFolder folder;
  four_revisions(folder.kb());
  {
    RawDatabase raw(folder.kb());
    forge(raw, 4, [](LogEntry& entry) { entry.who = "imposter"; });
  }
  CHECK(refusal(folder.kb()).message.starts_with("revision 4 has another hash than HEAD says"));
}

TEST_CASE("HEAD is compared while the knowledge base is open") {
  const FreshFolder folder;
  four_revisions(folder.kb());
  const auto store = open_store(folder.kb());
  const std::string head = read_file(folder.kb() / "HEAD");
  for (const std::string& text : {std::string("3\n"), "4 " + std::string(64, '0') + "\n"}) {
    write_file(folder.kb() / "HEAD", text);
    const auto report = verified(*store);
    REQUIRE(report.problems.size() == 1);
    CHECK(report.problems[0].id == "head_file");
  }
  std::filesystem::remove(folder.kb() / "HEAD");
  CHECK(verified(*store).problems.size() == 1);
  write_file(folder.kb() / "HEAD", head);
  CHECK(verified(*store).is_sound());
}

TEST_CASE("a table file with an altered byte is named as unreadable or refused, never believed") {
  const FreshFolder folder;
  {
    const auto store = create_store(folder.kb());
    publish(*store, {put("a", "{\"text\":\"" + std::string(3000, 'x') + "\"}"), put("b", "{}")});
  }
  std::filesystem::path table;
  {
    RawDatabase raw(folder.kb());
    REQUIRE(raw->Flush(rocksdb::FlushOptions()).ok());
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder.kb() / "records")) {
    if (entry.path().extension() == ".sst") table = entry.path();
  }
  REQUIRE_FALSE(table.empty());
  std::string bytes = read_file(table);
  bytes[10] ^= 1;
  write_file(table, bytes);
  const auto store = Store::open(folder.kb(), OpenMode::ReadOnly);
  if (!store) {
    CHECK(store.error().code == ErrorCode::StoreDamaged);
    return;
  }
  CHECK_FALSE(verified(**store).is_sound());
}

TEST_CASE("more problems than anybody reads are counted, not listed") {
  const FreshFolder folder;
  create_store(folder.kb());
  {
    RawDatabase raw(folder.kb());
    rocksdb::WriteBatch batch;
    for (std::size_t i = 0; i < kMaxListedProblems + 5; ++i) batch.Put("z" + std::to_string(i), "");
    REQUIRE(raw->Write(rocksdb::WriteOptions(), &batch).ok());
  }
  const auto report = verified(*open_store(folder.kb()));
  CHECK(report.problems.size() == kMaxListedProblems);
  CHECK(report.problems_not_listed == 5);
}

struct RecordedProgress final : Progress {
  std::string told;
  std::uint64_t last = 0;
  void begin(std::string_view stage, std::uint64_t total) override {
    told += std::string(stage) + " of " + std::to_string(total) + "; ";
  }
  void advance(std::uint64_t done) override { last = done; }
};

TEST_CASE("verify tells how far it is") {
  const FreshFolder folder;
  four_revisions(folder.kb());
  RecordedProgress progress;
  REQUIRE(open_store(folder.kb())->verify(progress).has_value());
  CHECK(progress.told == "checking the log of 4; checking the records of 5; ");
  CHECK(progress.last == 5);
}

}  // namespace
}  // namespace treff::store
