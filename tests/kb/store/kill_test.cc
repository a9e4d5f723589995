// Sudden death: a child publishes and reports each acknowledged revision, is killed at a random moment, and whatever
// it was told to be published must be there.
#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <random>

#include "tests/kb/store/child_process.h"
#include "tests/kb/store/store_fixture.h"

namespace treff::store {
namespace {

TEST_CASE("child: publishes until it is killed", "[.store-publisher]") {
  const auto folder = child_folder();
  if (!folder) return;
  auto store = Store::open(*folder, OpenMode::ReadWrite);
  if (!store) std::_Exit(1);
  std::mt19937 random(static_cast<unsigned>((*store)->head()));
  for (;;) {
    const Revision head = (*store)->head();
    std::vector<Change> list = {put("marker", std::to_string(head + 1))};
    for (auto i = random() % 20; i > 0; --i) {
      list.push_back(put("r" + std::to_string(i), std::string(random() % 6000 + 1, static_cast<char>('a' + i))));
    }
    const auto applied = (*store)->apply(changes(std::move(list)), head);
    if (!applied || !report(*applied)) std::_Exit(1);
  }
}

// Lets the child publish some revisions, then kills it after a further moment; answers the last acknowledged one.
Revision publish_and_kill(const std::filesystem::path& kb, std::mt19937& random) {
  ChildProcess publisher("[.store-publisher]", kb);
  Revision acknowledged = 0;
  for (auto count = random() % 16; count > 0; --count) {
    const auto number = publisher.next_report();
    REQUIRE(number);
    acknowledged = *number;
  }
  const auto stop = std::chrono::steady_clock::now() + std::chrono::microseconds(random() % 3000);
  while (std::chrono::steady_clock::now() < stop) continue;  // the moment of death, not a wait for anything
  publisher.kill();
  while (const auto number = publisher.next_report()) acknowledged = *number;
  return acknowledged;
}

TEST_CASE("nothing acknowledged is lost in fifty sudden deaths, and nothing is half there") {
  const FreshFolder folder;
  create_store(folder.kb());
  std::mt19937 random(20261122);
  Revision before = 0;
  Revision published = 0;
  for (int round = 0; round < 50; ++round) {
    INFO("round " << round);
    const Revision acknowledged = publish_and_kill(folder.kb(), random);
    const auto store = open_store(folder.kb());
    const Revision head = store->head();
    const Revision least = std::max(acknowledged, before);
    REQUIRE(head >= least);
    REQUIRE(head <= least + 1);
    for (Revision revision = before + 1; revision <= head; ++revision) {
      REQUIRE(read(*store, "marker", revision) == std::to_string(revision));
    }
    REQUIRE(problems_of(verified(*store)).empty());
    published += head - before;
    before = head;
  }
  CHECK(published > 100);  // the children did publish
}

}  // namespace
}  // namespace treff::store
