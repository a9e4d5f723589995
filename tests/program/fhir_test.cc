// FHIR documents through the whole program: from the command line to options.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/kb/casefile/fhir_pieces.h"
#include "tests/program/knowledge.h"
#include "tests/support/fresh_folder.h"

namespace treff::program {
namespace {

using casefile::bundle;
using casefile::component;
using casefile::concept_json;
using casefile::gene;
using casefile::hgvs;
using casefile::observation;
using casefile::variant;
using nlohmann::json;

std::string written(const support::FreshFolder& folder, const std::string& name, const std::string& bytes) {
  const std::string path = (folder.path() / name).string();
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

json answer_of(const SeedBase& base, const support::Words& words) {
  const json answer = json::parse(base.out_of(words), nullptr, false);
  REQUIRE(answer.is_object());
  return answer;
}

json read_of(const json& answer, const std::string& input) {
  for (const json& line : answer["read"]) {
    if (line["input"].get<std::string>().starts_with(input)) return line;
  }
  FAIL("nothing was read as " << input);
  return {};
}

TEST_CASE("a FHIR bundle is a case: recognised by its content, with its own diagnosis") {
  const SeedBase base;
  const std::string file = source_path("tests/fixtures/casefile/fhir_bundle.json");
  const std::string asked =
      base.out_of({"match", "--input", "fhir", "--format", "json", "--today", "2026-11-22", file});
  CHECK(base.out_of({"match", "--format", "json", "--today", "2026-11-22", file}) == asked);
  const json answer = json::parse(asked);
  CHECK(answer["diagnosis"] == "Non-Small Cell Lung Cancer (NSCLC)");
  CHECK(read_of(answer, "EGFR")["canonical"] == "EGFR L858R");
  CHECK(read_of(answer, "MDM2")["canonical"] == "MDM2 gain");
  CHECK(read_of(answer, "EML4/ALK")["canonical"] == "EML4/ALK");
  CHECK(read_of(answer, "TMB")["canonical"] == "TMB 12.3 per Mb");
  CHECK(read_of(answer, "MSI")["canonical"] == "MSI stable");
  CHECK_FALSE(answer["options"].empty());
  CHECK(asked.find("Eksempel") == std::string::npos);
  CHECK(asked.find("4711") == std::string::npos);

  const json other = answer_of(base, {"match", "--format", "json", "--diagnosis", "MEL", file});
  CHECK(other["diagnosis"].get<std::string>().find("(MEL)") != std::string::npos);
  CHECK(other["warnings"].dump().find("the diagnosis of the file is not used") != std::string::npos);
}

TEST_CASE("N1, N8: a gene whose code and name disagree is not read, and no negative stands beside it") {
  const SeedBase base;
  const support::FreshFolder folder;
  const std::string studied = observation("r1", "53041-0",
                                          R"("specimen":{"reference":"Specimen/s1"},"component":[)" +
                                              gene("HGNC:7989", "NRAS") + "," + gene("HGNC:6407", "KRAS") + "]");
  const std::string specimen =
      R"({"resourceType":"Specimen","id":"s1","type":)" + concept_json({"v2-0487|TUMOR"}) + "}";
  // HGNC:7989 is NRAS, not KIT.
  const std::string mixed = variant({gene("HGNC:7989", "KIT"), hgvs("48005-3", "p.D816V")});
  const std::string clear = variant({gene("HGNC:6342", "KIT"), hgvs("48005-3", "p.D816V")});
  const auto ask = [&](const std::string& finding) {
    const std::string file = written(folder, "case.json", bundle({finding, studied, specimen}));
    return answer_of(base, {"match", "--input", "fhir", "--format", "json", "--diagnosis", "COADREAD", file});
  };
  const json unread = ask(mixed);
  const json line = read_of(unread, "KIT");
  CHECK_FALSE(line["canonical"].is_string());
  CHECK(line["error"]["message"].get<std::string>().find("HGNC:7989 is NRAS") != std::string::npos);
  CHECK(read_of(ask(clear), "KIT")["canonical"] == "KIT D816V");
}

TEST_CASE("FHIR that cannot be a case is exit status 3, with the place and a hint") {
  const SeedBase base;
  const support::FreshFolder folder;
  const std::string two = written(
      folder, "two.json", bundle({R"({"resourceType":"Patient","id":"a"})", R"({"resourceType":"Patient","id":"b"})"}));
  const support::Done several = base.run({"match", "--input", "fhir", "--diagnosis", "LUAD", two});
  CHECK(several.status == 3);
  CHECK(support::contains(several.err, "several patients"));
  CHECK(support::contains(several.err, "two.json#/entry/1/resource"));
  // Without a diagnosis in the file and none given there is no honest answer.
  const std::string bare =
      written(folder, "bare.json", variant({gene("HGNC:1097", "BRAF"), hgvs("48005-3", "p.V600E")}));
  const support::Done open = base.run({"match", bare});
  CHECK(open.status == 3);
  CHECK(support::contains(open.err, "diagnosis"));
}

}  // namespace
}  // namespace treff::program
