// The files that pipelines really wrote, where they lie beside the repository. They are not part of it.
#include <catch2/catch.hpp>

#include <filesystem>

#include "kb/casefile/combine.h"
#include "kb/casefile/tsv.h"
#include "kb/nomenclature/hgvs.h"
#include "tests/kb/casefile/describe.h"

namespace treff::casefile {
namespace {

const std::string kInputs = std::string(TREFF_SOURCE_DIR) + "/../shared/inputs/";

bool inputs_present() {
  if (std::filesystem::is_directory(kInputs)) return true;
  WARN("the folder of real pipeline files is not beside the repository: these checks were not made");
  return false;
}

std::vector<CaseFile> read(const std::string& name) {
  auto files = read_case_files("", read_bytes(kInputs + name), name);
  INFO(name << (files ? std::string() : " " + base::to_text(files.error().front())));
  REQUIRE(files);
  return std::move(*files);
}

struct Counts {
  std::size_t small = 0, copy_number = 0, fusion = 0, splice = 0;
};
Counts counts_of(const CaseFile& file) {
  Counts counts;
  for (const auto& alteration : file.reading.tumour_case.alterations) {
    if (alteration.copy_number) {
      ++counts.copy_number;
    } else if (alteration.splice) {
      ++counts.splice;
    } else if (alteration.fusion) {
      ++counts.fusion;
    } else {
      ++counts.small;
    }
  }
  return counts;
}

TEST_CASE("real result files of the panel's software: rows of every section") {
  if (!inputs_present()) return;
  struct Row {
    const char* name;
    Counts want;
    std::size_t unreadable;
    const char* tested;
    Lines biomarkers;
  };
  const Row rows[] = {
      {"tso500/awgl_CombinedVariantOutput.tsv",
       {34, 3, 0, 0},
       1,
       "tso500-dna | ",
       {"tmb 275.6 per_mb tumour_only tso500-dna", "msi 64.8 pct sites:125 tso500-dna"}},
      {"tso500/awgl_rna_fusions_CombinedVariantOutput.tsv", {0, 0, 16, 2}, 0, "tso500-rna | ", {}},
      {"tso500/dragen_2.6.2.4_CombinedVariantOutput.tsv",
       {0, 1, 0, 0},
       0,
       "tso500-dna tso500-rna | small",
       {"tmb 1 per_mb tumour_only tso500-dna", "msi 1 pct sites:1 tso500-dna", "hrd 1 score tso500-dna"}},
      {"tso500/localapp_2.2.0.12_CombinedVariantOutput.tsv",
       {0, 1, 0, 0},
       0,
       "tso500-dna | small",
       {"tmb 1 per_mb tumour_only tso500-dna", "msi 0 pct sites:1 tso500-dna"}},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const auto files = read(row.name);
    REQUIRE(files.size() == 1);
    const Counts got = counts_of(files.front());
    CHECK(got.small == row.want.small);
    CHECK(got.copy_number == row.want.copy_number);
    CHECK(got.fusion == row.want.fusion);
    CHECK(got.splice == row.want.splice);
    CHECK(files.front().reading.unreadable.size() == row.unreadable);
    CHECK(tested_of(files.front()) == row.tested);
    CHECK(biomarkers_of(files.front()) == row.biomarkers);
  }
}

TEST_CASE("real unfiltered fusion calls are refused") {
  if (!inputs_present()) return;
  const auto files = read_case_files("", read_bytes(kInputs + "tso500/awgl_AllFusions.csv"), "f");
  REQUIRE_FALSE(files);
  CHECK(files.error().front().code == ErrorCode::UnsupportedFormat);
}

// Rows of a table whose cell in `column` passes `test`.
template <class Test>
std::size_t rows_where(const std::string& text, const std::string& column, Test test) {
  const auto lines = split_lines(text, "f");
  REQUIRE(lines);
  std::size_t index = 0, count = 0;
  bool header_seen = false;
  for (const Line& line : *lines) {
    if (is_blank(line.text) || line.text.front() == '#') continue;
    const auto cells = base::split(line.text, '\t');
    if (!header_seen) {
      index = static_cast<std::size_t>(std::find(cells.begin(), cells.end(), column) - cells.begin());
      header_seen = true;
    } else if (index < cells.size() && test(cells[index])) {
      ++count;
    }
  }
  return count;
}

TEST_CASE("real small variant tables: every row is a finding, listed as unreadable, or counted as excluded") {
  if (!inputs_present()) return;
  struct Row {
    const char* name;
    std::size_t rows;
    std::size_t excluded;
    std::size_t unreadable;
  };
  const Row rows[] = {{"tsoppi/CL-AcroMetrix-D01_small_variant_table.tsv", 510, 29, 0},
                      {"tsoppi/CL-NA12878N25-D01_small_variant_table.tsv", 35, 31, 1}};
  for (const Row& row : rows) {
    INFO(row.name);
    const std::string text = read_bytes(kInputs + row.name);
    CHECK(rows_where(text, "Gene_symbol", [](std::string_view) { return true; }) == row.rows);
    CHECK(rows_where(text, "Class_judgement", [](std::string_view v) { return v == "exclude"; }) == row.excluded);
    const auto files = read(row.name);
    REQUIRE(files.size() == 1);
    const CaseFile& file = files.front();
    CHECK(file.reading.unreadable.size() == row.unreadable);
    CHECK(file.reading.tumour_case.alterations.size() + row.excluded + row.unreadable == row.rows);
    CHECK(tested_of(file) == "tso500-dna | copy_number msi tmb");
    CHECK(has_issue(file, "excluded_by_pipeline"));
    CHECK(has_issue(file, "excluded_pathogenic"));
    for (const auto& alteration : file.reading.tumour_case.alterations) {
      if (alteration.text.genomic.empty() || alteration.text.assembly != nomenclature::Assembly::GRCh37) {
        FAIL(describe(alteration));
      }
    }
  }
}

TEST_CASE("the names that real files hold are handed on in forms that the name parsers read") {
  if (!inputs_present()) return;
  std::size_t names = 0;
  for (const char* name : {"tso500/awgl_CombinedVariantOutput.tsv", "tsoppi/CL-AcroMetrix-D01_small_variant_table.tsv",
                           "tsoppi/CL-NA12878N25-D01_small_variant_table.tsv", "maf/vcf2maf_test_b38_output.maf"}) {
    for (const CaseFile& file : read(name)) {
      for (const auto& alteration : file.reading.tumour_case.alterations) {
        const nomenclature::AlterationText& text = alteration.text;
        INFO(describe(alteration));
        if (!text.protein.empty()) CHECK(nomenclature::parse_protein(text.protein));
        if (!text.coding.empty()) CHECK(nomenclature::parse_coding(text.coding));
        if (!text.genomic.empty()) CHECK(nomenclature::parse_genomic(text.genomic));
        ++names;
      }
    }
  }
  CHECK(names == 37 + 481 + 3 + 25);
}

TEST_CASE("real and synthetic run summaries, and one joined with its small variant table") {
  if (!inputs_present()) return;
  const auto run = read("tsoppi/191206_variant_summary.tsv");
  REQUIRE(run.size() == 2);
  CHECK(tested_of(run[0]) == "tso500-dna tso500-rna | small");
  CHECK(biomarkers_of(run[0]) == Lines{"tmb 238.5 per_mb tumour_only tso500-dna", "msi 4.42 pct sites:113 tso500-dna"});
  CHECK(tested_of(run[1]) == "tso500-dna | small");

  const auto synthetic = read("tsoppi/synthetic_variant_summary.tsv");
  REQUIRE(synthetic.size() == 6);
  Counts all;
  for (const CaseFile& file : synthetic) {
    const Counts one = counts_of(file);
    all.copy_number += one.copy_number;
    all.splice += one.splice;
    all.fusion += one.fusion;
    CHECK(file.reading.unreadable.empty());
  }
  CHECK(all.copy_number == 5);
  CHECK(all.splice == 3);
  CHECK(all.fusion == 4);
  CHECK(biomarkers_of(synthetic[5]) == Lines{"tmb failed tumour_only tso500-dna", "msi failed sites:0 tso500-dna"});

  const auto joined = combine_files({read("tsoppi/CL-AcroMetrix-D01_small_variant_table.tsv"), run});
  REQUIRE(joined);
  CHECK(tested_of(*joined) == "tso500-dna tso500-rna | ");
  CHECK(joined->reading.tumour_case.alterations.size() == 481);
}

TEST_CASE("real MAF files of several annotators") {
  if (!inputs_present()) return;
  struct Row {
    const char* name;
    std::size_t rows;
  };
  const Row rows[] = {{"maf/vcf2maf_test_b38_output.maf", 25},
                      {"cbioportal_study_es_0/data_mutations_extended.maf", 36},
                      {"oncokb_annotator/example_maf.txt", 17},
                      {"oncokb_annotator/example_maf_grch38.txt", 14}};
  for (const Row& row : rows) {
    INFO(row.name);
    std::size_t read_rows = 0;
    for (const CaseFile& file : read(row.name)) {
      read_rows += file.reading.tumour_case.alterations.size() + file.reading.unreadable.size();
      CHECK_FALSE(file.reading.tumour_case.tested);
    }
    CHECK(read_rows == row.rows);
  }
}

}  // namespace
}  // namespace treff::casefile
