#include "kb/text/synonyms.h"

#include <catch2/catch.hpp>

#include "tests/kb/text/small_world.h"

namespace treff::text {
namespace {

std::string shown(const std::vector<OtherName>& names) {
  std::string out;
  for (const OtherName& name : names) {
    out += (out.empty() ? "" : ", ") + name.text + (name.exact ? "!" : "");
    if (name.weight < 1.0) out += "*" + base::to_text(name.weight);
  }
  return out;
}

TEST_CASE("other names come from the records") {
  struct Row {
    std::string in, want;
  };
  const std::vector<Row> rows = {
      {"HER2", "erbb2!, neu!"},
      {"her2", "erbb2!, neu!"},
      {"ERBB2", "her2!, neu!"},
      {"Zelboraf", "vemurafenib"},
      {"vemurafenib", "zelboraf"},
      {"lung adenocarcinoma",
       "adenokarsinom i lunge, luad, non-small cell lung cancer*0.5, ikke-småcellet lungekreft*0.5, nsclc*0.5"},
      {"unheard of", ""},
      {"fusjoner",
       "fusion, fusions*0.5, fusjon*0.5, rearrangement*0.5, rearrangements*0.5, rearranged*0.5, "
       "rearrangert*0.5, translocation*0.5, translocations*0.5, translokasjon*0.5"},
  };
  const auto synonyms = test::world_synonyms(test::small_world());
  for (const Row& row : rows) {
    INFO(row.in);
    CHECK(shown(synonyms->find(row.in)) == row.want);
  }
}

TEST_CASE("genes are known as such by any of their names") {
  const auto synonyms = test::world_synonyms(test::small_world());
  CHECK(synonyms->is_gene("met"));
  CHECK(synonyms->is_gene("Her2"));
  CHECK_FALSE(synonyms->is_gene("olaparib"));
  CHECK_FALSE(synonyms->is_gene("mets"));
}

}  // namespace
}  // namespace treff::text
