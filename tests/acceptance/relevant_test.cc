// Which of a gene's categories an alteration belongs to, as `treff relevant` answers it (MATCHING.md section 3).
#include <algorithm>
#include <catch2/catch.hpp>

#include "kb/answer/class_answer.h"
#include "tests/acceptance/seed_words.h"
#include "tests/acceptance/suite.h"

namespace treff::acceptance {
namespace {

// Upstream keeps categories with exclusions in a list of their own, which our answer puts last: those among them that
// follow from the names alone are "X {excluding ...}" of an X that is answered.
nlohmann::json wanted_of(const nlohmann::json& expected) {
  nlohmann::json want = expected["without_curation"];
  for (const auto& name : expected["excluding"]) {
    const std::string text = name.get<std::string>();
    const std::string base = text.substr(0, text.find(" {"));
    const auto& plain = expected["without_curation"];
    if (std::find(plain.begin(), plain.end(), base) != plain.end()) want.push_back(text);
  }
  return want;
}

TEST_CASE("oncokb_relevant", "[acceptance]") {
  const auto rows = rows_of("classes/oncokb_relevant.tsv");
  if (rows.empty()) return;
  Score score("oncokb_relevant", "differences_classes.tsv");
  for (const Row& row : rows) {
    nlohmann::json line = row.context;
    line["id"] = row.id;
    const auto answer = nlohmann::json::parse(answer::relevant_line(line.dump(), seed_knowledge()));
    const nlohmann::json want = wanted_of(row.expected);
    // Lists of names ("Variants of Unknown Significance") are no class; any other candidate must be readable.
    bool read = answer.contains("relevant");
    for (const auto& entry : answer.value("unreadable", nlohmann::json::array()))
      read = read && entry["candidate"] == "Variants of Unknown Significance";
    const bool pass = read && answer["relevant"] == want;
    score.add(row.id, pass, row.input + " wants " + want.dump() + ", got " + answer.dump());
  }
  score.finish(97);  // one of 38 rows is an argued difference
}

}  // namespace
}  // namespace treff::acceptance
