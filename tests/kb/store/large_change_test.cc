// One revision as large as a first import, and what it leaves in the log.
#include <catch2/catch.hpp>

#include "tests/kb/store/store_fixture.h"

namespace treff::store {
namespace {

TEST_CASE("a hundred thousand records are one revision with a small log entry") {
  constexpr int kRecords = 100'000;
  const FreshFolder folder;
  ChangeSet set = changes({});
  set.changes.reserve(kRecords);
  for (int i = 0; i < kRecords; ++i) {
    const std::string id = "nct" + std::to_string(10'000'000 + i);
    set.changes.push_back({{model::RecordKind::Trial, id}, "{\"id\":\"" + id + "\"," + std::string(300, ' ') + "}"});
  }
  {
    const auto store = create_store(folder.kb());
    REQUIRE(required(store->apply(set, 0)) == 1);
    CHECK(store->apply(set, 1).error().code == ErrorCode::Unchanged);
    CHECK(publish(*store, {{{model::RecordKind::Trial, "nct10000005"}, std::nullopt}}) == 2);
  }
  const auto store = open_store(folder.kb());
  CHECK(required(store->log_entry(1)).operation_count == kRecords);
  CHECK(required(store->operations(1)).size() == kRecords);
  int count = 0;
  const auto counting = [&count](const auto&, std::string_view, Revision) {
    ++count;
    return true;
  };
  REQUIRE(store->scan(model::RecordKind::Trial, 1, counting).has_value());
  CHECK(count == kRecords);
  const auto report = verified(*store);
  CHECK(problems_of(report).empty());
  CHECK(report.records == kRecords - 1);
  CHECK(report.versions == kRecords + 1);
}

}  // namespace
}  // namespace treff::store
