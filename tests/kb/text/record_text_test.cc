#include "kb/text/record_text.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "kb/text/search_fields.h"
#include "tests/kb/text/small_world.h"

namespace treff::text {
namespace {

std::vector<std::string> facet_values(const RecordText& text, std::string_view facet) {
  std::vector<std::string> values;
  for (const FacetValue& value : text.facets) {
    if (value.facet == facet) values.push_back(value.value);
  }
  return values;
}

bool has_piece(const RecordText& text, std::string_view prefix, std::string_view wanted) {
  return std::any_of(text.pieces.begin(), text.pieces.end(), [&](const TextPiece& piece) {
    return piece.prefix == prefix && piece.text.find(wanted) != std::string::npos;
  });
}

RecordText world_text(const model::RecordKey& key) {
  const auto records = test::small_world();
  const test::WorldReferred referred(records);
  const model::Record* record = referred.find(key);
  REQUIRE(record != nullptr);
  return text_of(*record, referred);
}

TEST_CASE("search fields come from the field table") {
  for (const std::string name : {"kind", "status", "name", "gene", "drug", "company", "diagnosis", "trial", "route"}) {
    INFO(name);
    CHECK(find_search_field(name) != nullptr);
  }
  CHECK(find_search_field("drug")->facet);
  CHECK_FALSE(find_search_field("name")->facet);
  CHECK(find_search_field("checked_on") == nullptr);
  for (std::size_t i = 0; i < search_fields().size(); ++i) CHECK(search_fields()[i].slot == i);
  CHECK(fingerprint().size() == 64);
}

TEST_CASE("a cohort carries the names of what it refers to") {
  const RecordText text = world_text({model::RecordKind::Cohort, "c-braf-luad"});
  CHECK(text.title == "BRAF V600E lung adenocarcinoma");
  CHECK(has_piece(text, "name", "BRAF V600E lung adenocarcinoma"));
  CHECK(has_piece(text, "drug", "vemurafenib"));
  CHECK(has_piece(text, "gene", "BRAF"));
  CHECK(has_piece(text, "", "BRAF V600E"));
  CHECK(has_piece(text, "diagnosis", "Adenokarsinom i lunge"));
  CHECK(has_piece(text, "diagnosis", "Non-Small Cell Lung Cancer"));
  CHECK(has_piece(text, "trial", "EXAMPLE basket trial"));
  CHECK(facet_values(text, "gene") == std::vector<std::string>{"BRAF"});
  CHECK(facet_values(text, "drug") == std::vector<std::string>{"vemurafenib"});
  CHECK(facet_values(text, "kind") == std::vector<std::string>{"cohort"});
  CHECK(text.status_history == "202304011202410014|202101011");
}

TEST_CASE("what a registry's text excludes is not indexed") {
  struct Row {
    std::string name, eligibility, kept;
  };
  const std::vector<Row> rows = {
      {"inclusions first", "Inclusion Criteria: BRAF V600E. Exclusion Criteria: KRAS G12C.",
       "Inclusion Criteria: BRAF V600E. "},
      {"only inclusions", "BRAF V600E, no exclusion by age", "BRAF V600E, no exclusion by age"},
      {"exclusions first", "EXCLUSION CRITERIA: KRAS G12C. INCLUSION CRITERIA: BRAF V600E.",
       "INCLUSION CRITERIA: BRAF V600E."},
      {"twice", "Inclusion: A. Exclusion: B. Inclusion Criteria: C. Exclusions: D",
       "Inclusion: A. Inclusion Criteria: C. "},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    model::Trial trial = test::named<model::Trial>("t", "EXAMPLE t");
    trial.eligibility_text = row.eligibility;
    const RecordText text = text_of(trial, NoReferred());
    const auto piece = std::find_if(text.pieces.begin(), text.pieces.end(),
                                    [&](const TextPiece& one) { return one.text == row.kept; });
    CHECK(piece != text.pieces.end());
    CHECK_FALSE(has_piece(text, "", "KRAS"));
  }
}

TEST_CASE("what a criterion rules out is not indexed") {
  const RecordText text = world_text({model::RecordKind::Cohort, "c-brca"});
  CHECK(facet_values(text, "gene") == std::vector<std::string>{"BRCA1", "BRCA2"});
  CHECK_FALSE(has_piece(text, "gene", "KRAS"));
  CHECK_FALSE(has_piece(text, "", "KRAS"));
}

TEST_CASE("a drug counts under its own id, a gene under its symbol") {
  CHECK(facet_values(world_text({model::RecordKind::Drug, "olaparib"}), "drug") ==
        std::vector<std::string>{"olaparib"});
  CHECK(facet_values(world_text({model::RecordKind::Gene, "erbb2"}), "gene") == std::vector<std::string>{"ERBB2"});
  const RecordText programme = world_text({model::RecordKind::AccessProgramme, "p-larotrectinib"});
  CHECK(facet_values(programme, "route") == std::vector<std::string>{"named_patient"});
  CHECK(facet_values(programme, "company") == std::vector<std::string>{"example-pharma"});
}

TEST_CASE("suggested names are names, not prose or ids of others") {
  const RecordText drug = world_text({model::RecordKind::Drug, "vemurafenib"});
  CHECK(drug.names == std::vector<std::string>{"vemurafenib", "Zelboraf"});
  const RecordText trial = world_text({model::RecordKind::Trial, "example-trial"});
  CHECK(std::count(trial.names.begin(), trial.names.end(), "NCT09999901") == 1);
  CHECK(std::none_of(trial.names.begin(), trial.names.end(),
                     [](const std::string& name) { return name.find("Pasientene") != std::string::npos; }));
}

TEST_CASE("targets that refer to one another in a circle end") {
  model::Target a = test::named<model::Target>("a", "Target A");
  a.criterion.kind = model::CriterionKind::Target;
  a.criterion.target = "b";
  model::Target b = a;
  b.id = "b";
  b.criterion.target = "a";
  const std::vector<model::Record> records = {a, b};
  const test::WorldReferred referred(records);
  CHECK(has_piece(text_of(records[0], referred), "", "Target A"));
}

}  // namespace
}  // namespace treff::text
