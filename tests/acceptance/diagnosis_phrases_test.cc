// Everyday words for tumours, Bokmål, Nynorsk and English: each leads to its node or says that several fit (D4).
#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <string>

#include "kb/base/text.h"
#include "tests/acceptance/seed_words.h"
#include "tests/fuzz/diagnosis_properties.h"

namespace treff::acceptance {
namespace {

struct Phrase {
  std::string text;
  std::string language;
  std::string code;  // "?": several nodes
};

std::vector<Phrase> phrases() {
  std::vector<Phrase> out;
  std::ifstream in(std::string(TREFF_SOURCE_DIR) + "/tests/fixtures/diagnosis_phrases.tsv");
  REQUIRE(in.is_open());
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#' || line.rfind("phrase\t", 0) == 0) continue;
    const auto cells = base::split(line, '\t');
    INFO(line);
    REQUIRE(cells.size() == 3);
    out.push_back({std::string(cells[0]), std::string(cells[1]), std::string(cells[2])});
  }
  return out;
}

TEST_CASE("everyday words lead to their tumour") {
  const auto& tree = seed_words().diagnoses;
  std::map<std::string, std::set<std::string>> by_language;
  std::set<std::string> nodes;
  for (const Phrase& phrase : phrases()) {
    CAPTURE(phrase.text, phrase.language, phrase.code);
    by_language[phrase.language].insert(phrase.text);
    const auto node = tree.by_text(phrase.text);
    if (phrase.code == "?") {
      if (node) FAIL_CHECK("read as " << tree.facts(*node).code);
      if (node) continue;
      CHECK(node.error().code == ErrorCode::AmbiguousName);
      CHECK(node.error().hint.rfind("one of ", 0) == 0);
      continue;
    }
    if (!node) {
      FAIL_CHECK(to_text(node.error()));
      continue;
    }
    CHECK(tree.facts(*node).code == phrase.code);
    nodes.insert(phrase.code);
  }
  CHECK(by_language["nb"].size() >= 250);
  CHECK(by_language["nn"].size() >= 40);
  CHECK(by_language["en"].size() >= 200);
  CHECK(nodes.size() >= 110);
}

// A phrase in other letters and with other dashes is the same phrase.
TEST_CASE("case and dashes of everyday words do not count") {
  const auto& tree = seed_words().diagnoses;
  for (const Phrase& phrase : phrases()) {
    const auto plain = tree.by_text(phrase.text);
    std::string other = phrase.text;
    std::replace(other.begin(), other.end(), '-', ' ');
    const bool abbreviation = base::to_upper_ascii(phrase.text) == phrase.text;  // capitals tell PNET from pNET
    if (abbreviation || phrase.text.size() < 6) continue;
    const auto changed = tree.by_text("  " + base::to_upper_ascii(other) + " ");
    CAPTURE(phrase.text);
    CHECK(plain.has_value() == changed.has_value());
    if (plain && changed) CHECK(*plain == *changed);
  }
}

// Every phrase, and what becomes of it when it is cut, doubled or mistyped.
TEST_CASE("everyday phrases, whole and broken, keep the properties of names") {
  const auto& tree = seed_words().diagnoses;
  std::size_t texts = 0;
  const auto check = [&](const std::string& text) {
    const char* problem = nomenclature::diagnosis_problem(text, tree);
    if (problem != nullptr) FAIL_CHECK(text << ": " << problem);
    ++texts;
  };
  for (const Phrase& phrase : phrases()) {
    check(phrase.text);
    check(phrase.text + " " + phrase.text);
    for (std::size_t at = 0; at < phrase.text.size(); at += 3) {
      check(phrase.text.substr(0, at));
      check(phrase.text.substr(at));
      std::string other = phrase.text;
      other[at] = "\xFF-,;/ (\0"[at % 8];
      check(other);
    }
  }
  CHECK(texts > 5000);
}

std::vector<std::pair<std::string, std::string>> pairs() {
  std::vector<std::pair<std::string, std::string>> out;
  std::ifstream in(std::string(TREFF_SOURCE_DIR) + "/tests/fixtures/diagnosis_pairs.tsv");
  REQUIRE(in.is_open());
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#' || line == "norwegian\tenglish") continue;
    const auto cells = base::split(line, '\t');
    INFO(line);
    REQUIRE(cells.size() == 2);
    out.emplace_back(cells[0], cells[1]);
  }
  return out;
}

// The code, or what is asked back; never that a word is unknown.
std::string reading_of(const std::string& text) {
  const auto& tree = seed_words().diagnoses;
  const auto node = tree.by_text(text);
  if (node) return tree.facts(*node).code;
  CHECK(node.error().code == ErrorCode::AmbiguousName);
  return node.error().hint;
}

// Which language a board writes in must not decide which cohorts it sees.
TEST_CASE("a Norwegian phrase and its English one lead to the same tumour (D4)") {
  const auto list = pairs();
  CHECK(list.size() >= 200);
  for (const auto& [norwegian, english] : list) {
    CAPTURE(norwegian, english);
    CHECK(reading_of(norwegian) == reading_of(english));
  }
}

// The tree's own main types are names too: a word for all of one main type leads to the node that holds it.
TEST_CASE("words for colorectal cancer mean the tree's main type of that name, in both languages") {
  for (const char* text :
       {"kolorektal kreft", "tykk- og endetarmskreft", "tjukk- og endetarmskreft", "kolorektalcancer",
        "metastatisk kolorektal kreft", "colorectal cancer", "Colorectal Cancer", "CRC"}) {
    CAPTURE(text);
    CHECK(reading_of(text) == "COADREAD");
  }
  for (const char* text : {"tarmkreft", "bowel cancer", "tykktarmskreft", "colon cancer", "endetarmskreft"}) {
    CAPTURE(text);
    CHECK(reading_of(text) == "BOWEL");
  }
}

TEST_CASE("a code that does not exist is an error with the nearest codes, never another tumour") {
  const auto& tree = seed_words().diagnoses;
  for (const char* text : {"LUAX", "XYZZY", "ondartet svulst et sted", "kreft", "cancer", "tumor", "C99", "9999/9"}) {
    CAPTURE(text);
    const auto node = tree.by_text(text);
    if (node) FAIL_CHECK("read as " << tree.facts(*node).code);
  }
  const auto near = tree.by_oncotree("LUAX");
  REQUIRE_FALSE(near);
  CHECK(near.error().hint.find("LUAD") != std::string::npos);
}

// D4: codes of other systems, a less specific code to the less specific node.
TEST_CASE("codes of other systems lead to their tumour") {
  const auto& tree = seed_words().diagnoses;
  struct Row {
    const char* system;
    const char* code;
    const char* want;
  };
  const auto row = GENERATE(values<Row>({
      {"icd10", "C34", "LUNG"},           {"icd10", "C34.1", "LUNG"},        {"icd10", "c349", "LUNG"},
      {"icd10", "C50.4", "BREAST"},       {"icd10", "C18.2", "BOWEL"},       {"icd10", "C20", "BOWEL"},
      {"icd10", "C25.0", "PANCREAS"},     {"icd10", "C43.5", "MEL"},         {"icd10", "C61", "PROSTATE"},
      {"icd10", "C67.9", "BLADDER"},      {"icd10", "C71.1", "BRAIN"},       {"icd10", "C73", "THYROID"},
      {"icd10", "C22.0", "HCC"},          {"icd10", "C22.1", "IHCH"},        {"icd10", "C22.9", "LIVER"},
      {"icd10", "C80.9", "CUP"},          {"icd10", "C90.0", "PCM"},         {"icd10", "C92.0", "AML"},
      {"icd10", "C81.9", "HL"},           {"icd10", "C45.0", "PLMESO"},      {"icd10", "C16.9", "STOMACH"},
      {"icdo3", "8140/3 C34.1", "LUAD"},  {"icdo3", "C34.1 8140/3", "LUAD"}, {"icdo3", "8070/3 C34.9", "LUSC"},
      {"icdo3", "8140/3 C18.7", "BOWEL"}, {"icdo3", "8140/3 C61.9", "PRAD"}, {"icdo3", "8720/3 C44.5", "MEL"},
      {"icdo3", "9440/3", "GB"},          {"ncit", "C3512", "LUAD"},         {"ncit", "NCIT:C3512", "LUAD"},
      {"ncit", "C3224", "MEL"},           {"doid", "DOID:3910", "LUAD"},     {"doid", "3910", "LUAD"},
      {"oncotree", "luad", "LUAD"},       {"oncotree", "MFT", "FT"},         {"oncotree", "PTCLNOS", "PTCL"},
  }));
  CAPTURE(row.system, row.code);
  const std::string system = row.system;
  const auto node = system == "icd10"   ? tree.by_icd10(row.code)
                    : system == "icdo3" ? tree.by_icdo3(row.code)
                    : system == "ncit"  ? tree.by_ncit(row.code)
                    : system == "doid"  ? tree.by_doid(row.code)
                                        : tree.by_oncotree(row.code);
  if (!node) FAIL(to_text(node.error()));
  CHECK(tree.facts(*node).code == row.want);
}

}  // namespace
}  // namespace treff::acceptance
