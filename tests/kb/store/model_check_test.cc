// The store against the simplest thing that could be right: one std::map a revision.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "tests/kb/store/store_fixture.h"

namespace treff::store {
namespace {

using model::RecordKey;
using model::RecordKind;
using State = std::map<RecordKey, std::string>;

RecordKey random_key(std::mt19937& random) {
  constexpr std::array kKinds = {RecordKind::Gene, RecordKind::GeneFamily, RecordKind::Cohort};
  static const std::vector<std::string> kIds = {"a", "a-b", "a.b", "a0", "b", "b-1-2", "c", "nct04817956"};
  return {kKinds[random() % kKinds.size()], kIds[random() % kIds.size()]};
}

ChangeSet random_changes(std::mt19937& random) {
  std::map<RecordKey, std::optional<std::string>> chosen;
  for (auto n = random() % 5 + 1; n > 0; --n) {
    const bool retires = random() % 4 == 0;
    chosen[random_key(random)] = retires ? std::nullopt : std::optional("{\"n\":" + std::to_string(random() % 3) + "}");
  }
  ChangeSet set = changes({});
  for (const auto& [key, json] : chosen) set.changes.push_back({key, json});
  return set;
}

// Applies `set` to the map; answers whether anything was altered.
bool apply_to(State& state, const ChangeSet& set) {
  const State before = state;
  for (const Change& change : set.changes) {
    if (change.canonical_json) {
      state[change.key] = *change.canonical_json;
    } else {
      state.erase(change.key);
    }
  }
  return state != before;
}

State scanned(const Store& store, Revision as_of) {
  State state;
  std::vector<RecordKey> order;
  REQUIRE(store
              .scan(std::nullopt, as_of,
                    [&](const RecordKey& key, std::string_view json, Revision changed_at) {
                      REQUIRE(changed_at <= as_of);
                      state[key] = json;
                      order.push_back(key);
                      return true;
                    })
              .has_value());
  CHECK(std::ranges::is_sorted(order));
  CHECK(order.size() == state.size());
  return state;
}

TEST_CASE("two thousand random operations agree with a map, at every revision") {
  const FreshFolder folder;
  std::mt19937 random(4711);
  std::vector<State> states = {{}};
  auto store = create_store(folder.kb());
  for (int operation = 0; operation < 2000; ++operation) {
    const auto what = random() % 10;
    if (what < 5) {
      const ChangeSet set = random_changes(random);
      State next = states.back();
      const bool altered = apply_to(next, set);
      const auto applied = store->apply(set, states.size() - 1);
      REQUIRE(applied.has_value() == altered);
      if (altered) states.push_back(std::move(next));
      if (!altered) REQUIRE(applied.error().code == ErrorCode::Unchanged);
    } else if (what < 9) {
      const Revision as_of = random() % states.size();
      const RecordKey key = random_key(random);
      const auto found = states[as_of].find(key);
      const auto want = found == states[as_of].end() ? std::nullopt : std::optional(found->second);
      REQUIRE(required(store->get(key, as_of)) == want);
    } else {
      const Revision as_of = random() % states.size();
      REQUIRE(scanned(*store, as_of) == states[as_of]);
    }
    if (operation % 250 == 249) {
      store.reset();
      store = open_store(folder.kb());
      REQUIRE(store->head() == states.size() - 1);
    }
  }
  CHECK(states.size() > 500);
  CHECK(problems_of(verified(*store)).empty());
}

}  // namespace
}  // namespace treff::store
