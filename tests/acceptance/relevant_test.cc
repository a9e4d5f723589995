// Which of a gene's categories an alteration belongs to, as `treff relevant` answers it (MATCHING.md section 3).
#include <catch2/catch.hpp>

#include "kb/answer/class_answer.h"
#include "tests/acceptance/seed_words.h"
#include "tests/acceptance/suite.h"

namespace treff::acceptance {
namespace {

TEST_CASE("oncokb_relevant", "[acceptance]") {
  const auto rows = rows_of("classes/oncokb_relevant.tsv");
  if (rows.empty()) return;
  Score score("oncokb_relevant", "differences_classes.tsv");
  for (const Row& row : rows) {
    nlohmann::json line = row.context;
    line["id"] = row.id;
    const auto answer = nlohmann::json::parse(answer::relevant_line(line.dump(), seed_knowledge()));
    const nlohmann::json& want = row.expected["without_curation"];
    // Lists of names ("Variants of Unknown Significance") are no class; any other candidate must be readable.
    bool read = answer.contains("relevant");
    for (const auto& entry : answer.value("unreadable", nlohmann::json::array()))
      read = read && entry["candidate"] == "Variants of Unknown Significance";
    const bool pass = read && answer["relevant"] == want;
    score.add(row.id, pass, row.input + " wants " + want.dump() + ", got " + answer.dump());
  }
  score.finish(94);  // two of 38 rows are argued differences
}

}  // namespace
}  // namespace treff::acceptance
