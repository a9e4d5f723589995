#include "kb/casefile/registry.h"

#include <catch2/catch.hpp>

#include "tests/kb/casefile/describe.h"

namespace treff::casefile {
namespace {

TEST_CASE("every format is recognised by its content, whatever name it is asked by") {
  struct Row {
    const char* fixture;
    const char* format;
  };
  const Row rows[] = {
      {"tso500_dna.tsv", "tso500"},
      {"tso500_rna.tsv", "tso500"},
      {"tso500_dragen.tsv", "tso500"},
      {"tso500_spreadsheet.tsv", "tso500"},
      {"tsoppi_small.tsv", "tsoppi"},
      {"tsoppi_summary.tsv", "tsoppi"},
      {"tsoppi_summary_eleven.tsv", "tsoppi"},
      {"two_tumours.maf", "maf"},
      {"fhir_bundle.json", "fhir"},
  };
  for (const Row& row : rows) {
    INFO(row.fixture);
    const std::string bytes = fixture(row.fixture);
    CHECK(sniff_format(bytes) == row.format);
    for (const Format& format : formats()) {
      const auto files = read_case_files(format.name, bytes, "f");
      CHECK(files.has_value() == (format.name == row.format));
      if (!files) {
        CHECK(files.error().front().code == ErrorCode::UnsupportedFormat);
        CHECK_THAT(files.error().front().message, Catch::Contains(row.format));
      }
    }
  }
}

TEST_CASE("every row of the table has a fixture that it reads") {
  std::vector<std::string> seen;
  for (const char* name : {"tso500_dna.tsv", "tsoppi_small.tsv", "fhir_bundle.json", "two_tumours.maf"}) {
    seen.emplace_back(sniff_format(fixture(name)).value_or("none"));
  }
  REQUIRE(formats().size() == seen.size());
  for (std::size_t i = 0; i < seen.size(); ++i) {
    CHECK(formats()[i].name == seen[i]);
    CHECK_FALSE(formats()[i].help.empty());
  }
}

TEST_CASE("files that are picked by mistake are refused by name") {
  struct Row {
    const char* name;
    const char* bytes;
    const char* part;
  };
  const Row rows[] = {
      {"unfiltered fusions", "# Source = FusionProcessor 1\nCaller,Gene A,Gene B,KeepFusion\nx,EML4,ALK,False\n",
       "AllFusions"},
      {"unfiltered fusions without comments", "Caller,Gene A,Gene B,KeepFusion\nx,EML4,ALK,False\n", "AllFusions"},
      {"sample list", "#sample_type\tsample_ID\nDNA_tumor\tX\n", "sample list"},
      {"FHIR as XML", "<Bundle xmlns=\"http://hl7.org/fhir\"/>\n", "XML"},
      {"VCF", "##fileformat=VCFv4.2\n#CHROM\tPOS\n", "VCF"},
      {"metadata", "Sample_id\tSequencing_run_id\tCreate_report\nX\tY\tY\n", "metadata"},
      {"something else", "hello\tworld\n", "not recognised"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK_FALSE(sniff_format(row.bytes));
    const auto files = read_case_files("", row.bytes, "f");
    REQUIRE_FALSE(files);
    CHECK(files.error().front().code == ErrorCode::UnsupportedFormat);
    CHECK_THAT(files.error().front().message, Catch::Contains(row.part));
    CHECK_FALSE(files.error().front().hint.empty());
  }
  const auto unknown = read_case_files("xlsx", "x", "f");
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().front().code == ErrorCode::UnsupportedFormat);
  CHECK_THAT(unknown.error().front().hint, Catch::Contains("tso500"));
}

TEST_CASE("the sample's name stays out of the case") {
  for (const char* name : {"tso500_dna.tsv", "tso500_dragen.tsv", "tsoppi_small.tsv", "tsoppi_summary.tsv"}) {
    INFO(name);
    const auto files = read_case_files("", fixture(name), "f");
    REQUIRE(files);
    for (const CaseFile& file : *files) {
      CHECK(file.reading.tumour_case.id.empty());
      std::string all;
      for (const auto& alteration : file.reading.tumour_case.alterations) all += describe(alteration);
      for (const auto& biomarker : file.reading.tumour_case.biomarkers) all += biomarker.input;
      for (const Issue& issue : file.reading.issues) all += issue.message + issue.piece + issue.where;
      for (const std::string* id : {&file.sample.dna, &file.sample.rna, &file.sample.pair, &file.sample.other}) {
        if (!id->empty()) CHECK(all.find(*id) == std::string::npos);
      }
    }
  }
}

// A fixed sequence of bytes: the same damage on every machine.
class Damage {
 public:
  std::size_t below(std::size_t n) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(state_ >> 33) % n;
  }

 private:
  std::uint64_t state_ = 42;
};

TEST_CASE("damaged files give an error or a reading, and every reading accounts for its rows") {
  static constexpr std::string_view kBytes = "\t\n\r\"[],;|/()-.NA0x";
  Damage damage;
  std::size_t readings = 0, errors = 0;
  for (const char* name : {"tso500_dna.tsv", "tso500_rna.tsv", "tso500_dragen.tsv", "tsoppi_small.tsv",
                           "tsoppi_summary.tsv", "two_tumours.maf"}) {
    const std::string whole = fixture(name);
    for (int round = 0; round < 400; ++round) {
      std::string text = whole;
      for (std::size_t i = 0; i <= damage.below(6); ++i) {
        const std::size_t at = damage.below(text.size());
        if (damage.below(3) == 0) {
          text.erase(at, 1 + damage.below(20));
        } else {
          text[at] = kBytes[damage.below(kBytes.size())];
        }
      }
      const auto files = read_case_files("", text, "f");
      ++(files ? readings : errors);
      if (!files) {
        CHECK_FALSE(files.error().empty());
        CHECK_FALSE(files.error().front().message.empty());
        continue;
      }
      for (const CaseFile& file : *files) {
        for (const auto& alteration : file.reading.tumour_case.alterations) {
          if (alteration.place.rfind("f:", 0) != 0) FAIL(name << ": a finding without a place");
        }
      }
    }
  }
  CHECK(readings > 100);
  CHECK(errors > 100);
}

}  // namespace
}  // namespace treff::casefile
