// A full disk, on a small file system of its own: refused in words, nothing half-written, reads go on, and writing
// goes on when there is space again.
#include <catch2/catch.hpp>
#include <random>

#include "tests/kb/store/small_disk.h"
#include "tests/kb/store/store_fixture.h"

namespace treff::store {
namespace {

TEST_CASE("a full disk refuses the change, keeps what was there, and recovers") {
  const FreshFolder folder;
  const std::filesystem::path disk_path = folder.path() / "disk";
  const SmallDisk disk(disk_path);
  if (!disk.mounted()) {
    WARN("skipped: this user may not mount a small file system (" << disk.reason() << ")");
    return;
  }
  const std::filesystem::path kb = disk_path / "kb";
  std::mt19937 random(7);
  const std::filesystem::path ballast = disk_path / "ballast";
  write_file(ballast, std::string(2 << 20, 'b'));

  Revision before = 0;
  {
    const auto store = create_store(kb);
    Error error;
    for (int n = 0; n < 100 && error.message.empty(); ++n) {
      const auto applied =
          store->apply(changes({put("a", noise(random, 200'000)), put("b", noise(random, 100'000))}), store->head());
      if (!applied) error = applied.error();
    }
    CHECK(error.code == ErrorCode::DiskFull);
    CHECK(error.hint == "free space on this disk and repeat the change");
    before = store->head();
    REQUIRE(before >= 2);
    CHECK(store->apply(changes({put("c", noise(random, 400'000))}), before).error().code == ErrorCode::DiskFull);
    CHECK(store->head() == before);
    CHECK(read(*store, "a", before)->size() == 200'000);
    CHECK(read(*store, "c", before) == std::nullopt);
    CHECK(problems_of(verified(*store)).empty());
    CHECK(open_store(kb, OpenMode::ReadOnly)->head() == before);

    std::filesystem::remove(ballast);
    const auto again = store->apply(changes({put("c", noise(random, 100'000))}), before);
    INFO((again ? "" : base::to_text(again.error())));
    REQUIRE(again.has_value());
    CHECK(*again == before + 1);
    CHECK(problems_of(verified(*store)).empty());
  }
  const auto store = open_store(kb);
  CHECK(store->head() == before + 1);
  CHECK(read(*store, "c", before + 1)->size() == 100'000);
  CHECK(problems_of(verified(*store)).empty());
}

TEST_CASE("a knowledge base whose writer stopped on a full disk opens again without loss") {
  const FreshFolder folder;
  const std::filesystem::path disk_path = folder.path() / "disk";
  const SmallDisk disk(disk_path);
  if (!disk.mounted()) {
    WARN("skipped: this user may not mount a small file system (" << disk.reason() << ")");
    return;
  }
  const std::filesystem::path kb = disk_path / "kb";
  std::mt19937 random(8);
  const std::filesystem::path ballast = disk_path / "ballast";
  write_file(ballast, std::string(2 << 20, 'b'));
  Revision before = 0;
  {
    const auto store = create_store(kb);
    while (store->apply(changes({put("a", noise(random, 300'000))}), store->head())) continue;
    before = store->head();
  }
  CHECK(open_store(kb, OpenMode::ReadOnly)->head() == before);
  std::filesystem::remove(ballast);
  const auto store = open_store(kb);
  CHECK(store->head() == before);
  CHECK(problems_of(verified(*store)).empty());
  CHECK(publish(*store, {put("b", "{}")}) == before + 1);
}

TEST_CASE("a full disk is met again and again, in every state of the database, until there is space") {
  for (const bool reopens : {false, true}) {
    const FreshFolder folder;
    const std::filesystem::path disk_path = folder.path() / "disk";
    const SmallDisk disk(disk_path);
    if (!disk.mounted()) {
      WARN("skipped: this user may not mount a small file system (" << disk.reason() << ")");
      return;
    }
    const std::filesystem::path kb = disk_path / "kb";
    publish(*create_store(kb), {put("a", "{}")});
    auto store = open_store(kb);
    std::mt19937 random(9);
    Revision head = 1;
    // With nothing left already HEAD cannot be prepared; with some pages left it is the database that meets the end.
    for (const std::size_t left : {16'384u, 40'960u, 0u, 16'384u, 40'960u, 0u, 16'384u}) {
      INFO(left << " bytes left at revision " << head << (reopens ? ", just opened" : ""));
      fill(disk_path / "ballast", left);
      for (int attempt = 0; attempt < 3; ++attempt) {
        const auto refused = store->apply(changes({put("b", noise(random, 90'000))}), head);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == ErrorCode::DiskFull);
        CHECK(read(*store, "a", head) == "{}");
      }
      std::filesystem::remove(disk_path / "ballast");
      CHECK(publish(*store, {put("b", noise(random, 50'000))}) == ++head);
      if (reopens) store.reset();
      if (reopens) store = open_store(kb);
      CHECK(store->head() == head);
    }
    store.reset();
    store = open_store(kb);
    CHECK(store->head() == head);
    CHECK(problems_of(verified(*store)).empty());
  }
}

TEST_CASE("on a full disk nothing opens for writing, in words, and reading works") {
  const FreshFolder folder;
  const std::filesystem::path disk_path = folder.path() / "disk";
  const SmallDisk disk(disk_path);
  if (!disk.mounted()) {
    WARN("skipped: this user may not mount a small file system (" << disk.reason() << ")");
    return;
  }
  publish(*create_store(disk_path / "kb"), {put("a", "{}")});
  fill(disk_path / "ballast", 0);
  CHECK(refusal(disk_path / "kb").code == ErrorCode::DiskFull);
  CHECK(read(*open_store(disk_path / "kb", OpenMode::ReadOnly), "a", 1) == "{}");
  CHECK(Store::create(disk_path / "other").error().code == ErrorCode::DiskFull);
  CHECK(refusal(disk_path / "other").code == ErrorCode::StoreMissing);
}

}  // namespace
}  // namespace treff::store
