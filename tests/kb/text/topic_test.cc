// Search by topic: spellings of names, what ranks before what, and which groups a hit is found by.
#include <catch2/catch.hpp>

#include "kb/text/name_variants.h"
#include "kb/text/topic.h"
#include "tests/kb/text/small_world.h"

namespace treff::text {
namespace {

TEST_CASE("names of tumours are looked for as texts write them") {
  struct Row {
    std::string name;
    NameForm form;
    std::string want;
  };
  const std::vector<Row> rows = {
      {"BRAF", NameForm::Exact, "braf"},
      {"solid tumor", NameForm::Inflected, "solid tumor, solid tumors"},
      {"solid tumours", NameForm::Inflected, "solid tumours, solid tumour"},
      {"Melanoma", NameForm::Free, "melanoma, melanomas"},
      {"Solid Tumor", NameForm::Free,
       "solid tumor, solid tumour, solid tumors, solid tumours, solid cancer, solid cancers, solid carcinoma, solid "
       "carcinomas, solid neoplasm, solid neoplasms, solid malignancy, solid malignancies, cancer of the solid, "
       "carcinoma of the solid"},
      {"acute leukaemia", NameForm::Free, "acute leukaemia, acute leukemia, acute leukaemias, acute leukemias"},
      {"malignancies", NameForm::Inflected, "malignancies, malignancy"},
      {"", NameForm::Free, ""},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK(base::join(name_variants(row.name, row.form), ", ") == row.want);
  }
}

TEST_CASE("codes of drugs are written in one word and in two") {
  struct Row {
    std::string code, want;
  };
  const std::vector<Row> rows = {{"AMG 510", "amg510"},
                                 {"AMG510", "amg 510"},
                                 {"AMG-510", "amg510, amg 510"},
                                 {"LY2835219", "ly 2835219"},
                                 {"T-DM1", ""},
                                 {"vemurafenib", ""},
                                 {"Q61", ""},
                                 {"V600E", ""},
                                 {"", ""}};
  for (const Row& row : rows) {
    INFO(row.code);
    CHECK(base::join(code_spellings(row.code), ", ") == row.want);
  }
}

model::Trial trial(const std::string& id, const std::string& title, const std::string& summary) {
  model::Trial made = test::named<model::Trial>(id, title);
  made.summary = summary;
  return made;
}

struct TopicWorld {
  test::TempFolder folder;
  std::shared_ptr<const TextIndex> index;
  TopicWorld() {
    const std::vector<model::Record> records = {
        trial("both", "Dabrafenib for BRAF mutated melanoma", "A study."),
        trial("tumour-only", "Surgery for melanoma", "A study."),
        trial("gene-only", "A tablet for BRAF mutated tumours", "Any solid tumour."),
        trial("other-tumour", "Dabrafenib for BRAF mutated thyroid cancer", "Melanoma is treated in another study."),
        trial("drug-only", "Dabrafenib in melanoma", "A study."),
        trial("children", "Childhood melanoma with BRAF mutation", "Below 18 years."),
        trial("neither", "Hypertension and salt", "Adults."),
    };
    auto opened = test::build_and_open(folder / "index", records);
    REQUIRE(opened.has_value());
    index = *opened;
  }
};

Topic braf_melanoma() {
  Topic topic;
  topic.groups = {{TopicRole::Diagnosis, "Melanoma", {{"melanoma", NameForm::Free}}},
                  {TopicRole::AnyCancer, "advanced cancer", {{"solid tumor", NameForm::Free}}},
                  {TopicRole::Gene, "BRAF", {{"BRAF", NameForm::Exact}}},
                  {TopicRole::Drug, "drugs", {{"dabrafenib", NameForm::Exact}}}};
  topic.other_tumours = {{"thyroid cancer", NameForm::Free}};
  topic.other_people = {{"childhood", NameForm::Inflected}};
  return topic;
}

TEST_CASE("tumour and molecule together come first, other tumours and other ages later, strangers never") {
  const TopicWorld world;
  const auto result = world.index->search(braf_melanoma(), {});
  REQUIRE(result.has_value());
  std::vector<std::string> ids;
  for (const SearchHit& hit : result->hits) ids.push_back(hit.key.id);
  const auto place = [&](const std::string& id) { return std::find(ids.begin(), ids.end(), id) - ids.begin(); };
  REQUIRE(ids.size() == 6);
  CHECK(ids.front() == "both");
  CHECK(place("neither") == 6);
  CHECK(place("drug-only") < place("tumour-only"));
  CHECK(place("both") < place("other-tumour"));
  CHECK(place("both") < place("children"));
  CHECK(place("gene-only") < 6);
}

TEST_CASE("a hit says by which groups it was found") {
  const TopicWorld world;
  const auto result = world.index->search(braf_melanoma(), {});
  REQUIRE(result.has_value());
  std::map<std::string, std::vector<std::size_t>> by;
  for (const SearchHit& hit : result->hits) by[hit.key.id] = hit.found_by;
  CHECK(by["both"] == std::vector<std::size_t>{0, 2, 3});
  CHECK(by["tumour-only"] == std::vector<std::size_t>{0});
  CHECK(by["gene-only"] == std::vector<std::size_t>{1, 2});
  CHECK(by["drug-only"] == std::vector<std::size_t>{0, 3});
}

TEST_CASE("a topic that only ranks finds nothing, and bounds hold for topics too") {
  const TopicWorld world;
  Topic topic;
  topic.groups = {{TopicRole::AnyCancer, "advanced cancer", {{"solid tumor", NameForm::Free}}}};
  const auto nothing = world.index->search(topic, {});
  REQUIRE(nothing.has_value());
  CHECK(nothing->total == 0);
  SearchOptions options;
  options.limit = kMaxHits + 1;
  CHECK_FALSE(world.index->search(braf_melanoma(), options).has_value());
  options.snippets = false;
  CHECK(world.index->search(braf_melanoma(), options).has_value());
  options.limit = kMaxRanked + 1;
  CHECK_FALSE(world.index->search(braf_melanoma(), options).has_value());
}

TEST_CASE("pages of a topic follow one another") {
  const TopicWorld world;
  SearchOptions options;
  options.limit = 2;
  std::vector<std::string> ids;
  for (int page = 0; page < 4; ++page) {
    const auto result = world.index->search(braf_melanoma(), options);
    REQUIRE(result.has_value());
    for (const SearchHit& hit : result->hits) ids.push_back(hit.key.id);
    if (result->next_cursor.empty()) break;
    options.cursor = result->next_cursor;
  }
  std::sort(ids.begin(), ids.end());
  CHECK(ids == std::vector<std::string>{"both", "children", "drug-only", "gene-only", "other-tumour", "tumour-only"});
}

}  // namespace
}  // namespace treff::text
