#include <catch2/catch.hpp>

#include "tests/kb/text/small_world.h"

namespace treff::text {
namespace {

TEST_CASE("a delta hides what it supersedes and adds what is new") {
  const test::TempFolder folder;
  auto records = test::small_world();
  const auto base_index = test::build_and_open(folder / "index", records, 10);
  REQUIRE(base_index.has_value());

  auto renamed = test::named<model::Organisation>("example-pharma", "EXAMPLE Zebra Pharmaceuticals");
  auto added = test::named<model::Trial>("nct09999904", "A new trial of larotrectinib");
  added.phase = "II";
  const Delta delta{{renamed, added}, {{model::RecordKind::Source, "src-1"}}};
  const auto written = write_delta(folder / "index", delta, NoReferred(), 11);
  REQUIRE(written.has_value());
  const auto index = TextIndex::open(folder / "index", test::world_synonyms(records), 11);
  REQUIRE(index.has_value());

  CHECK((*index)->documents() == records.size());
  CHECK(test::found(**index, "kind:organisation zebra") == "example-pharma");
  CHECK(test::found(**index, "kind:organisation pharmaceuticals") == "example-pharma");
  CHECK(test::found(**index, "kind:source").empty());
  CHECK(test::found(**index, "nct09999904") == "nct09999904");
  CHECK(test::found(**index, "V600E") == "c-braf-luad");

  SearchOptions options;
  options.facets = {"kind"};
  const auto all = (*index)->search(*parse_query(""), options);
  REQUIRE(all.has_value());
  std::uint64_t counted = 0;
  for (const FacetCount& count : all->facets.at(0).counts) counted += count.count;
  CHECK(counted == records.size());
  CHECK(all->total == records.size());

  const auto names = (*index)->suggest("example", 10);
  REQUIRE(names.has_value());
  for (const Suggestion& name : *names) CHECK(name.name != "EXAMPLE Pharmaceuticals");
  CHECK((*index)->suggest("zebra", 10)->size() == 1);

  CHECK(test::found(**base_index, "kind:source") == "src-1");
  CHECK(base_revision(folder / "index") == Revision{10});
}

TEST_CASE("a later delta replaces the one before; a build replaces both") {
  const test::TempFolder folder;
  auto records = test::small_world();
  REQUIRE(test::build_and_open(folder / "index", records, 1).has_value());
  const auto trial = test::named<model::Trial>("nct1", "First");
  const auto other = test::named<model::Trial>("nct2", "Second");
  REQUIRE(write_delta(folder / "index", {{trial}, {}}, NoReferred(), 2).has_value());
  REQUIRE(write_delta(folder / "index", {{trial, other}, {}}, NoReferred(), 3).has_value());
  const auto index = TextIndex::open(folder / "index", std::make_shared<NoSynonyms>(), 3);
  REQUIRE(index.has_value());
  CHECK(test::found(**index, "nct1 OR nct2").size() == 9);
  CHECK(write_delta(folder / "index", {{trial}, {}}, NoReferred(), 1).error().code == ErrorCode::InvalidValue);

  REQUIRE(test::build_and_open(folder / "index", records, 4).has_value());
  CHECK(base_revision(folder / "index") == Revision{4});
  CHECK(read_segments(folder / "index")->size() == 1);
}

}  // namespace
}  // namespace treff::text
