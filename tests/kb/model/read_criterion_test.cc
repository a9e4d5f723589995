// Rules written by a person: classes, biomarkers, "not", "and", "or" (M5, M6, N8).
#include "kb/model/read_criterion.h"

#include <catch2/catch.hpp>
#include <string>

#include "kb/model/codec.h"
#include "tests/kb/nomenclature/small_gene_table.h"

namespace treff::model {
namespace {

std::string read(const std::string& text, const std::string& gene = {}) {
  const auto got = read_criterion(text, gene, nomenclature::small_gene_table());
  return got ? encode_criterion(got->value) : "error: " + base::to_text(got.error());
}

std::string variant(const std::string& text) {
  const auto cls = nomenclature::read_class(text, "", nomenclature::small_gene_table());
  INFO(text);
  REQUIRE(cls);
  Criterion out;
  out.kind = CriterionKind::Variant;
  out.leaf = cls->value;
  return encode_criterion(out);
}

const std::string kTmb = R"({"biomarker":{"name":"tmb","op":">=","unit":"per_mb","value":10}})";
const std::string kMsi = R"({"biomarker":{"is":"high","name":"msi"}})";

TEST_CASE("a class alone stays one class") {
  for (const char* text : {"BRAF V600E", "BRAF V600 (excluding V600E, V600K)", "EGFR exon 20 insertion or deletion",
                           "ALK fusion", "KRAS wild type", "ERBB2 amplification", "MET exon 14 skipping"}) {
    CHECK(read(text) == variant(text));
  }
  CHECK(read("V600E", "BRAF") == variant("BRAF V600E"));
}

TEST_CASE("biomarker conditions need a limit with its direction, or a state") {
  struct Row {
    const char* text;
    std::string want;
  };
  const auto row = GENERATE(values<Row>({
      {"TMB >= 10", kTmb},
      {"TMB \u2265 10 mut/Mb", kTmb},
      {"TMB at least 10", kTmb},
      {"TMB minst 10", kTmb},
      {"TMB < 10", R"({"biomarker":{"name":"tmb","op":"<","unit":"per_mb","value":10}})"},
      {"TMB > 9.5", R"({"biomarker":{"name":"tmb","op":">","unit":"per_mb","value":9.5}})"},
      {"PD-L1 CPS >= 10", R"({"biomarker":{"name":"pd_l1_cps","op":">=","unit":"score","value":10}})"},
      {"PD-L1 TPS >= 50 %", R"({"biomarker":{"name":"pd_l1_tps","op":">=","unit":"pct","value":50}})"},
      {"MSI high", kMsi},
      {"MSI-H", kMsi},
      {"dMMR", R"({"biomarker":{"is":"deficient","name":"mmr"}})"},
  }));
  CAPTURE(row.text);
  CHECK(read(row.text) == row.want);
}

TEST_CASE("not, and, or, brackets") {
  struct Row {
    const char* text;
    std::string want;
  };
  const std::string v600e = variant("BRAF V600E");
  const std::string v600k = variant("BRAF V600K");
  const std::string kras = variant("KRAS mutation");
  const std::string alk = variant("ALK fusion");
  const auto row = GENERATE_COPY(values<Row>({
      {"not BRAF V600E", R"({"not":)" + v600e + "}"},
      {"no KRAS mutation", R"({"not":)" + kras + "}"},
      {"ikke BRAF V600E", R"({"not":)" + v600e + "}"},
      {"not MSI-H", R"({"not":)" + kMsi + "}"},
      {"BRAF V600E or BRAF V600K", R"({"any":[)" + v600e + "," + v600k + "]}"},
      {"BRAF V600E or V600K", R"({"any":[)" + v600e + "," + v600k + "]}"},
      {"BRAF V600E OR ALK fusion", R"({"any":[)" + v600e + "," + alk + "]}"},
      {"BRAF V600E and not KRAS mutation", R"({"all":[)" + v600e + R"(,{"not":)" + kras + "}]}"},
      {"ALK fusion or BRAF V600E and KRAS mutation",
       R"({"any":[)" + alk + R"(,{"all":[)" + v600e + "," + kras + "]}]}"},
      {"(ALK fusion or BRAF V600E) and KRAS mutation", R"({"all":[{"any":[)" + alk + "," + v600e + "]}," + kras + "]}"},
      {"not (ALK fusion or BRAF V600E)", R"({"not":{"any":[)" + alk + "," + v600e + "]}}"},
      {"(no ALK fusion) and BRAF V600E", R"({"all":[{"not":)" + alk + "}," + v600e + "]}"},
      {"no ALK fusion and no KRAS mutation", R"({"all":[{"not":)" + alk + R"(},{"not":)" + kras + "}]}"},
      {"TMB >= 10 or MSI-H", R"({"any":[)" + kTmb + "," + kMsi + "]}"},
  }));
  CAPTURE(row.text);
  CHECK(read(row.text) == row.want);
}

TEST_CASE("N8: what may mean two things or nothing is an error, never a rule") {
  const auto* text =
      GENERATE("", "   ", "TMB", "TMB 10", "TMB >=", "MSI", "BRAF", "no ALK fusion or KRAS mutation",
               "no ALK fusion and KRAS mutation", "BRAF V600E or", "and BRAF V600E", "BRAF V600E or what",
               "(BRAF V600E", "PD-L1 >= 50", "MSI not high", "FOO V600E", "TMB failed");
  CAPTURE(text);
  const auto got = read_criterion(text, "", nomenclature::small_gene_table());
  if (got) FAIL_CHECK(encode_criterion(got->value));
  if (!got) CHECK_FALSE(got.error().message.empty());
}

TEST_CASE("the size of a rule is bounded") {
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += "not ";
  CHECK_FALSE(read_criterion(deep + "BRAF V600E", "", nomenclature::small_gene_table()));
  std::string brackets(500, '(');
  CHECK_FALSE(read_criterion(brackets + "BRAF V600E" + std::string(500, ')'), "", nomenclature::small_gene_table()));
  CHECK_FALSE(read_criterion(std::string(5000, 'x'), "", nomenclature::small_gene_table()));
  CHECK_FALSE(read_criterion("BRAF \xFF", "", nomenclature::small_gene_table()));
}

}  // namespace
}  // namespace treff::model
