// "positive", "negative" and their kin behind a gene or a named change (N8, M5, M14).
#include <algorithm>
#include <catch2/catch.hpp>

#include "kb/base/text.h"
#include "kb/model/read_criterion.h"
#include "kb/nomenclature/read_alteration.h"
#include "kb/nomenclature/result_words.h"
#include "tests/kb/nomenclature/readings.h"

namespace treff::nomenclature {
namespace {

std::string criterion_of(const std::string& text) {
  const auto read = model::read_criterion(text, "", small_gene_table());
  if (!read) return "error: " + read.error().message;
  const auto& rule = read->value;
  const bool negated = rule.kind == model::CriterionKind::Not;
  const auto& leaf = negated ? rule.parts.front() : rule;
  const auto* cls = std::get_if<VariantClass>(&leaf.leaf);
  return (negated ? "not " : "") + (cls == nullptr ? std::string("no class") : to_text(*cls));
}

TEST_CASE("behind a named change 'positive' says only that it was found") {
  struct Row {
    const char* in;
    const char* finding;
    const char* rule;
  };
  const auto row = GENERATE(values<Row>({
      {"RET fusion-positive", "RET fusion", "RET fusion"},
      {"RET fusion positive", "RET fusion", "RET fusion"},
      {"BRAF V600E-positive", "BRAF V600E", "BRAF V600E"},
      {"BRAF V600E positiv", "BRAF V600E", "BRAF V600E"},
      {"BRAF V600E+", "BRAF V600E", "BRAF V600E"},
      {"EGFR mutation-positive", "EGFR mutation", "EGFR mutation"},
      {"EML4-ALK positive", "EML4::ALK", "ALK fusion (with EML4)"},
      {"BCR-ABL1-positive", "BCR::ABL1", "ABL1 fusion (with BCR)"},
      {"NTRK fusion-positive", "NTRK1/NTRK2/NTRK3 fusion", "NTRK1/NTRK2/NTRK3 fusion"},
      {"MET exon 14 skipping positive", "MET exon 14 skipping", "MET exon 14 skipping"},
      {"ALK IHC positive", "ALK ihc positive", "ALK ihc expression (levels positive)"},
      {"ALK IHC positiv", "ALK ihc positive", "ALK ihc expression (levels positive)"},
      {"ALK IHC+", "ALK ihc positive", "ALK ihc expression (levels positive)"},
      {"ALK positive by FISH", "ALK fish positive", "ALK fish expression (levels positive)"},
      {"ALK IHC negative", "ALK ihc negative", "ALK ihc expression (levels negative)"},
  }));
  CAPTURE(row.in);
  const auto read = read_text(row.in);
  if (!read) FAIL(to_text(read.error()));
  CHECK(read->value.canonical == row.finding);
  CHECK(read->value.input == row.in);
  CHECK(criterion_of(row.in) == row.rule);
}

TEST_CASE("behind a gene alone the result does not say what was found: every meaning is offered, none taken") {
  struct Row {
    const char* in;
    const char* finding;
    const char* rule;
  };
  const auto row = GENERATE(values<Row>({
      {"ALK-positive", "ALK fusion; ALK mutation; ALK amplification; ALK IHC positive",
       "ALK fusion; ALK mutation; ALK amplification; ALK IHC positive"},
      {"ALK-POSITIVE", "ALK fusion; ALK mutation; ALK amplification; ALK IHC positive",
       "ALK fusion; ALK mutation; ALK amplification; ALK IHC positive"},
      {"ALK+", "ALK fusion; ALK mutation; ALK amplification; ALK IHC positive",
       "ALK fusion; ALK mutation; ALK amplification; ALK IHC positive"},
      {"HER2-positive", "HER2 mutation; HER2 amplification; HER2 IHC 3+",
       "HER2 mutation; HER2 amplification; HER2 IHC 3+"},
      {"NTRK-positiv", "NTRK mutation", "NTRK mutation"},  // NTRK2 has no listed partner in this table
      {"TP53 positiv", "TP53 mutation; TP53 IHC positive", "TP53 mutation; TP53 IHC positive"},
      {"BRCA1/2-positive", "BRCA1/2 mutation", "BRCA1/2 mutation"},
      {"ALK-negative", "ALK IHC negative; ALK wild type",
       "not ALK fusion; not ALK mutation; not ALK amplification; ALK IHC negative; ALK wild type"},
      {"HER2-negativ", "HER2 IHC 0; HER2 wild type",
       "not HER2 mutation; not HER2 amplification; HER2 IHC 0; HER2 wild type"},
      {"RAS negative", "RAS wild type", "not RAS mutation; RAS wild type"},
  }));
  CAPTURE(row.in);
  const auto finding = read_text(row.in);
  REQUIRE_FALSE(finding);
  CHECK(finding.error().code == ErrorCode::AmbiguousName);
  CHECK(finding.error().piece == row.in);
  CHECK(finding.error().hint == std::string("one of ") + row.finding);
  const auto rule = model::read_criterion(row.in, "", small_gene_table());
  REQUIRE_FALSE(rule);
  CHECK(rule.error().code == ErrorCode::AmbiguousName);
  CHECK(rule.error().hint == std::string("one of ") + row.rule);
  // What is offered can be read.
  for (const auto meaning : base::split(row.finding, ';')) {
    CAPTURE(meaning);
    CHECK(read_text(std::string(base::trim(meaning))));
  }
  for (const auto meaning : base::split(row.rule, ';')) {
    CAPTURE(meaning);
    CHECK(model::read_criterion(base::trim(meaning), "", small_gene_table()));
  }
}

TEST_CASE("beside a gene column the result alone is as open") {
  for (const char* text : {"positive", "positiv", "ALK-positive", "negative"}) {
    CAPTURE(text);
    const auto read = read_text(text, "ALK");
    REQUIRE_FALSE(read);
    CHECK(read.error().code == ErrorCode::AmbiguousName);
    const auto rule = read_class(text, "ALK", small_gene_table());
    REQUIRE_FALSE(rule);
    CHECK(rule.error().code == ErrorCode::AmbiguousName);
  }
  CHECK(read_text("fusion-positive", "ALK")->value.canonical == "ALK fusion");
  CHECK(to_text(read_class("fusion-positive", "ALK", small_gene_table())->value) == "ALK fusion");
}

TEST_CASE("a change that was not found is no finding, and as a rule the negation of its class (M5)") {
  struct Row {
    const char* in;
    const char* rule;
  };
  const auto row = GENERATE(values<Row>({
      {"EGFR T790M-negative", "not EGFR T790M"},
      {"EGFR T790M negativ", "not EGFR T790M"},
      {"ALK fusion-negative", "not ALK fusion"},
      {"KRAS mutation negative", "not KRAS mutation"},
  }));
  CAPTURE(row.in);
  const auto read = read_text(row.in);
  REQUIRE_FALSE(read);
  CHECK(read.error().code == ErrorCode::UnreadableText);
  CHECK(read.error().hint.find("tested") != std::string::npos);
  CHECK(criterion_of(row.in) == row.rule);
  CHECK_FALSE(read_class(row.in, "", small_gene_table()));  // a class cannot say it
}

TEST_CASE("what follows the result is named, not read as a part of the marker") {
  for (const char* text : {"ROS1-positive NSCLC", "RET fusion-positive NSCLC", "BRAF V600E-positive NSCLC"}) {
    CAPTURE(text);
    const auto read = read_text(text);
    REQUIRE_FALSE(read);
    CHECK(read.error().piece == "NSCLC");
    CHECK(read.error().at_byte == std::string(text).size() - 5);
    const auto rule = read_class(text, "", small_gene_table());
    REQUIRE_FALSE(rule);
    CHECK(rule.error().piece == "NSCLC");
  }
  CHECK(read_text("CD999-positive").error().message == "no gene has this name");
}

TEST_CASE("a word is no partner of a fusion, and an unknown partner is said to be unknown") {
  for (const char* text : {"ALK-sensitive", "ALK-resistant", "ALK-naive", "ALK-TKI", "HER2-low", "ALK-omleiret",
                           "ALK-foobar", "non-ALK fusion", "ALK::positive", "ALK--negative", "ALK/unknown"}) {
    CAPTURE(text);
    CHECK_FALSE(read_text(text));
    CHECK_FALSE(read_class(text, "", small_gene_table()));
  }
  for (const char* text : {"FOO1-ALK", "FOO1::ALK", "FOO1--ALK", "FOO1-ALK fusion", "C15orf99-ALK", "ALK-intergenic"}) {
    CAPTURE(text);
    const auto read = read_text(text);
    REQUIRE(read);
    const auto told = std::find_if(read->warnings.begin(), read->warnings.end(),
                                   [](const Issue& issue) { return issue.id == "gene_unknown"; });
    REQUIRE(told != read->warnings.end());
    CHECK(told->message.find("unknown partner") != std::string::npos);
  }
}

TEST_CASE("the result of a protein that is only stained is a staining without a method (M14)") {
  GeneFacts esr1 = gene_named("ESR1");
  esr1.aliases = {"ER"};
  const GeneTable genes({esr1}, {});
  AlterationText in;
  in.text = "ER-positive";
  const auto read = read_alteration(in, genes);
  REQUIRE(read);
  CHECK(read->value.canonical == "ESR1 expression positive");
  REQUIRE(read->warnings.size() == 1);
  CHECK(read->warnings.front().id == "method_unstated");
  const auto rule = read_class("ER negative", "", genes);
  REQUIRE(rule);
  CHECK(to_text(rule->value) == "ESR1 expression (levels negative)");
  const auto stained = read_class("ER IHC positive", "", genes);
  REQUIRE(stained);
  CHECK(relation(stained->value, read->value, genes).verdict == Verdict::Unknown);
  CHECK(relation(rule->value, read->value, genes).verdict == Verdict::NotMet);
  CHECK_FALSE(read_class("ESR1-positive", "", genes));
}

TEST_CASE("a family's name is not cut out of a gene's name") {
  const GeneTable genes({gene_named("EGFR"), gene_named("ERBB2"), gene_named("HER2")},
                        {{"HER", {}, {"EGFR", "ERBB2"}}});
  const auto read = read_class("HER2", "", genes);
  REQUIRE_FALSE(read);
  CHECK(read.error().message == "only a gene is named");
}

}  // namespace
}  // namespace treff::nomenclature
