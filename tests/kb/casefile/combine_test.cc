#include "kb/casefile/combine.h"

#include <catch2/catch.hpp>

#include "tests/kb/casefile/describe.h"

namespace treff::casefile {
namespace {

std::vector<CaseFile> files_of(const std::string& name) {
  auto files = read_case_files("", fixture(name), name);
  REQUIRE(files);
  return std::move(*files);
}

CaseFile only(const std::string& name) { return files_of(name).front(); }

TEST_CASE("DNA and RNA of one tumour make one case that covers both") {
  const auto both = combine({only("tso500_dna.tsv"), only("tso500_rna.tsv")});
  REQUIRE(both);
  CHECK(tested_of(*both) == "tso500-dna tso500-rna | ");
  CHECK(both->reading.tumour_case.alterations.size() == 16);
  CHECK(biomarkers_of(*both).size() == 2);
  CHECK(both->sample.dna == "T-1001");
  CHECK(both->sample.rna == "T-1001-R");
  CHECK(both->reading.tumour_case.alterations.back().place == "tso500_rna.tsv:38");
}

TEST_CASE("files of different samples are refused and both are named") {
  const auto both = combine({only("tso500_dna.tsv"), only("tso500_dragen.tsv")});
  REQUIRE_FALSE(both);
  CHECK(both.error().front().code == ErrorCode::DifferentSamples);
  CHECK(both.error().front().where == "tso500_dna.tsv, tso500_dragen.tsv");
}

TEST_CASE("a summary of a run gives the rows of the tumour that the other file names") {
  const auto both = combine_files({files_of("tsoppi_small.tsv"), files_of("tsoppi_summary.tsv")});
  REQUIRE(both);
  CHECK(tested_of(*both) == "tso500-dna tso500-rna | ");  // each file covers what the other leaves open
  CHECK(both->reading.tumour_case.alterations.size() == 12);
  CHECK(biomarkers_of(*both).size() == 2);
  CHECK(has_issue(*both, "other_samples_left_out", "2 other"));

  const auto foreign = combine_files({files_of("tso500_dna.tsv"), files_of("tsoppi_summary.tsv")});
  REQUIRE_FALSE(foreign);
  CHECK(foreign.error().front().code == ErrorCode::DifferentSamples);
  const auto alone = combine_files({files_of("tsoppi_summary.tsv")});
  REQUIRE_FALSE(alone);
  CHECK(alone.error().front().code == ErrorCode::DifferentSamples);
}

TEST_CASE("the same finding in two files counts once, so that it cannot pass for a second hit (M12)") {
  CaseFile again = only("tso500_dna.tsv");
  again.file_name = "again.tsv";
  const auto both = combine({only("tso500_dna.tsv"), std::move(again)});
  REQUIRE(both);
  CHECK(both->reading.tumour_case.alterations.size() == 9);
  CHECK(biomarkers_of(*both).size() == 2);
  CHECK(has_issue(*both, "duplicate_finding", "9 findings"));
}

TEST_CASE("a position named by two transcripts is kept once and told") {
  CaseFile again = only("tso500_dna.tsv");
  again.reading.tumour_case.alterations.front().text.transcript = "NM_999999.1";
  const auto both = combine({only("tso500_dna.tsv"), std::move(again)});
  REQUIRE(both);
  CHECK(has_issue(*both, "finding_named_twice", "BRAF"));
}

TEST_CASE("biomarkers of two files: a value beats a failure, two values beat each other") {
  struct Row {
    const char* name;
    std::optional<double> first;
    std::optional<double> second;
    std::size_t kept;
    const char* tested;
  };
  const Row rows[] = {
      {"equal", 9.4, 9.4, 1, "tso500-dna | "},
      {"second failed", 9.4, std::nullopt, 1, "tso500-dna | "},
      {"first failed", std::nullopt, 9.4, 1, "tso500-dna | "},
      {"both failed", std::nullopt, std::nullopt, 2, "tso500-dna | tmb"},
      {"two values", 9.4, 12.0, 2, "tso500-dna | tmb"},
  };
  const auto with_tmb = [](std::optional<double> value) {
    std::string text = fixture("tso500_dna.tsv");
    const std::string from = "Total TMB\t9.4";
    text.replace(text.find(from), from.size(), "Total TMB\t" + (value ? base::to_text(*value) : "NA"));
    auto file = read_case_file("", text, "f");
    REQUIRE(file);
    return std::move(*file);
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const auto both = combine({with_tmb(row.first), with_tmb(row.second)});
    REQUIRE(both);
    const auto& biomarkers = both->reading.tumour_case.biomarkers;
    CHECK(std::count_if(biomarkers.begin(), biomarkers.end(), [](const nomenclature::Biomarker& b) {
            return b.name == nomenclature::BiomarkerName::Tmb;
          }) == static_cast<std::ptrdiff_t>(row.kept));
    CHECK(tested_of(*both) == row.tested);
  }
}

TEST_CASE("the order of the files does not change what is covered") {
  const auto one = combine({only("tso500_dna.tsv"), only("tso500_rna.tsv")});
  const auto other = combine({only("tso500_rna.tsv"), only("tso500_dna.tsv")});
  REQUIRE(one);
  REQUIRE(other);
  CHECK(one->reading.tumour_case.tested->failed == other->reading.tumour_case.tested->failed);
  CHECK(one->reading.tumour_case.alterations.size() == other->reading.tumour_case.alterations.size());
}

}  // namespace
}  // namespace treff::casefile
