// Reading at a revision: get, scan and history over the same small story.
#include <algorithm>
#include <catch2/catch.hpp>

#include "kb/base/hash.h"
#include "tests/kb/store/store_fixture.h"

namespace treff::store {
namespace {

using model::RecordKind;

// 1: a, b, d   2: a changed   3: a retired   4: a again as in 1, c   5: b retired, a-b
std::unique_ptr<Store> story(const std::filesystem::path& kb) {
  auto store = create_store(kb);
  publish(*store, {put("a", "{\"n\":1}"), put("b", "{\"n\":1}"), put("d", "{\"n\":1}")});
  publish(*store, {put("a", "{\"n\":2}")});
  publish(*store, {retire("a")});
  publish(*store, {put("a", "{\"n\":1}"), put("c", "{\"n\":4}")});
  publish(*store, {retire("b"), put("a-b", "{\"n\":5}"), {{RecordKind::Drug, "a"}, "{\"n\":5}"}});
  return store;
}

TEST_CASE("a record is read as it was at a revision") {
  const FreshFolder folder;
  const auto store = story(folder.kb());
  const std::optional<std::string> none;
  struct Row {
    const char* id;
    std::vector<std::optional<std::string>> want;  // at revision 0, 1, 2, 3, 4, 5
  };
  const std::vector<Row> rows = {
      {"a", {none, "{\"n\":1}", "{\"n\":2}", none, "{\"n\":1}", "{\"n\":1}"}},
      {"b", {none, "{\"n\":1}", "{\"n\":1}", "{\"n\":1}", "{\"n\":1}", none}},
      {"c", {none, none, none, none, "{\"n\":4}", "{\"n\":4}"}},
      {"a-b", {none, none, none, none, none, "{\"n\":5}"}},
      {"never", {none, none, none, none, none, none}},
  };
  for (const Row& row : rows) {
    for (Revision as_of = 0; as_of < row.want.size(); ++as_of) {
      INFO(row.id << " as of " << as_of);
      CHECK(read(*store, row.id, as_of) == row.want[as_of]);
    }
  }
  CHECK(required(store->get({RecordKind::Drug, "a"}, 5)) == "{\"n\":5}");
  CHECK(required(store->get({RecordKind::Drug, "a"}, 4)) == std::nullopt);
}

std::string listing(const Store& store, std::optional<RecordKind> kind, Revision as_of) {
  std::string text;
  const auto scanned = store.scan(kind, as_of, [&text](const auto& key, std::string_view json, Revision changed_at) {
    text += std::string(model::to_string(key.kind)) + "/" + key.id + std::string(json) + "@" +
            std::to_string(changed_at) + " ";
    return true;
  });
  REQUIRE(scanned.has_value());
  return text;
}

TEST_CASE("a scan yields the records in force, in order, with the revision that changed them last") {
  const FreshFolder folder;
  const auto store = story(folder.kb());
  struct Row {
    std::optional<RecordKind> kind;
    Revision as_of;
    const char* want;
  };
  const std::vector<Row> rows = {
      {std::nullopt, 0, ""},
      {std::nullopt, 1, "cohort/a{\"n\":1}@1 cohort/b{\"n\":1}@1 cohort/d{\"n\":1}@1 "},
      {std::nullopt, 2, "cohort/a{\"n\":2}@2 cohort/b{\"n\":1}@1 cohort/d{\"n\":1}@1 "},
      {std::nullopt, 3, "cohort/b{\"n\":1}@1 cohort/d{\"n\":1}@1 "},
      {std::nullopt, 4, "cohort/a{\"n\":1}@4 cohort/b{\"n\":1}@1 cohort/c{\"n\":4}@4 cohort/d{\"n\":1}@1 "},
      {std::nullopt, 5,
       "drug/a{\"n\":5}@5 cohort/a{\"n\":1}@4 cohort/a-b{\"n\":5}@5 cohort/c{\"n\":4}@4 cohort/d{\"n\":1}@1 "},
      {RecordKind::Drug, 5, "drug/a{\"n\":5}@5 "},
      {RecordKind::Drug, 4, ""},
      {RecordKind::Trial, 5, ""},
  };
  for (const Row& row : rows) {
    INFO("as of " << row.as_of);
    CHECK(listing(*store, row.kind, row.as_of) == row.want);
  }
}

TEST_CASE("a scan stops when it is told to, over all kinds") {
  const FreshFolder folder;
  const auto store = story(folder.kb());
  int calls = 0;
  REQUIRE(store
              ->scan(std::nullopt, 5,
                     [&calls](const auto&, std::string_view, Revision) {
                       ++calls;
                       return false;
                     })
              .has_value());
  CHECK(calls == 1);
}

TEST_CASE("a running scan does not see what is published meanwhile") {
  const FreshFolder folder;
  const auto store = story(folder.kb());
  std::vector<std::string> seen;
  REQUIRE(store
              ->scan(RecordKind::Cohort, 5,
                     [&](const auto& key, std::string_view, Revision) {
                       if (seen.empty()) publish(*store, {put("b", "{}"), retire("c"), put("z", "{}")});
                       seen.push_back(key.id);
                       return true;
                     })
              .has_value());
  CHECK(seen == std::vector<std::string>{"a", "a-b", "c", "d"});
}

TEST_CASE("a record's history is told newest first, retirements included") {
  const FreshFolder folder;
  const auto store = story(folder.kb());
  const std::string one = base::sha256_hex("{\"n\":1}");
  const std::string two = base::sha256_hex("{\"n\":2}");
  CHECK(required(store->history(cohort("a"))) ==
        std::vector<HistoryItem>{{4, one, false}, {3, "", true}, {2, two, false}, {1, one, false}});
  CHECK(required(store->history(cohort("b"))) == std::vector<HistoryItem>{{5, "", true}, {1, one, false}});
  const auto never = store->history(cohort("never"));
  REQUIRE_FALSE(never.has_value());
  CHECK(never.error().code == ErrorCode::NotFound);
}

TEST_CASE("revisions above head and ids that are no slugs are errors, not absent records") {
  const FreshFolder folder;
  const auto store = story(folder.kb());
  CHECK(store->get(cohort("a"), 6).error().code == ErrorCode::UnknownRevision);
  CHECK(store->scan(std::nullopt, 6, [](const auto&, std::string_view, Revision) { return true; }).error().code ==
        ErrorCode::UnknownRevision);
  for (const std::string& id :
       {std::string(), std::string("A"), std::string("a/../b"), std::string(81, 'a'), std::string("a\0b", 3)}) {
    INFO(id);
    CHECK(store->get(cohort(id), 5).error().code == ErrorCode::InvalidValue);
    CHECK(store->history(cohort(id)).error().code == ErrorCode::InvalidValue);
  }
}

}  // namespace
}  // namespace treff::store
