// Many threads on one store: no update is lost, and a reader's revision never changes under it.
#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "tests/kb/store/store_fixture.h"

namespace treff::store {
namespace {

constexpr int kWriters = 4;
constexpr int kIncrements = 25;

// Reads the counter, adds one, publishes; repeats on a conflict. False on any other failure.
bool increment(Store& store) {
  for (;;) {
    const Revision head = store.head();
    const auto before = store.get(cohort("counter"), head);
    if (!before || !*before) return false;
    const std::string next = std::to_string(std::stoi(**before) + 1);
    const auto applied = store.apply(changes({put("counter", next), put("copy", next)}), head);
    if (applied) return true;
    if (applied.error().code != ErrorCode::RevisionConflict) return false;
  }
}

// Counter and copy are published together, so at any revision they are equal.
bool reads_agree(const Store& store) {
  std::vector<std::string> seen;
  const auto scanned =
      store.scan(model::RecordKind::Cohort, store.head(), [&seen](const auto&, std::string_view json, Revision) {
        seen.emplace_back(json);
        return true;
      });
  return scanned && seen.size() == 2 && seen[0] == seen[1];
}

TEST_CASE("concurrent writers lose no update and readers see whole revisions") {
  const FreshFolder folder;
  const auto store = create_store(folder.kb());
  publish(*store, {put("counter", "0"), put("copy", "0")});
  std::atomic<int> failures = 0;
  std::atomic<int> running = kWriters;
  std::vector<std::thread> threads;
  for (int writer = 0; writer < kWriters; ++writer) {
    threads.emplace_back([&] {
      for (int i = 0; i < kIncrements; ++i) failures += increment(*store) ? 0 : 1;
      --running;
    });
  }
  for (int reader = 0; reader < 2; ++reader) {
    threads.emplace_back([&] {
      while (running > 0) failures += reads_agree(*store) ? 0 : 1;
    });
  }
  NoProgress progress;
  int unsound = 0;
  while (running > 0) {
    const auto report = store->verify(progress);
    unsound += report && report->is_sound() ? 0 : 1;
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(failures == 0);
  CHECK(unsound == 0);
  CHECK(store->head() == 1 + kWriters * kIncrements);
  CHECK(read(*store, "counter", store->head()) == std::to_string(kWriters * kIncrements));
}

TEST_CASE("readers may open beside a writer at any moment") {
  const FreshFolder folder;
  const auto store = create_store(folder.kb());
  publish(*store, {put("counter", "0"), put("copy", "0")});
  std::atomic<bool> stop = false;
  std::atomic<int> failures = 0;
  std::thread writer([&] {
    std::string filling(60'000, 'x');
    while (!stop) {
      const std::string n = std::to_string(store->head());
      const auto applied = store->apply(
          changes({put("counter", n), put("copy", n), {{model::RecordKind::Drug, "d"}, n + filling}}), store->head());
      failures += applied ? 0 : 1;
    }
  });
  for (int round = 0; round < 40; ++round) {
    const Revision least = store->head();
    const auto reader = Store::open(folder.kb(), OpenMode::ReadOnly);
    if (!reader) UNSCOPED_INFO(base::to_text(reader.error()));
    const bool good = reader && (*reader)->head() >= least && reads_agree(**reader);
    CHECK(good);
  }
  stop = true;
  writer.join();
  CHECK(failures == 0);
}

}  // namespace
}  // namespace treff::store
