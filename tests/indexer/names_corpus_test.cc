// The fuzz corpora of the name importers and of rules, as an ordinary test.
#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/fuzz/importer_properties.h"
#include "tests/support/fresh_folder.h"

namespace treff::indexer {
namespace {

TEST_CASE("every entry of the importers' fuzz corpora keeps its properties") {
  struct Row {
    const char* folder;
    const char* (*problem)(std::string_view);
  };
  const auto row = GENERATE(
      values<Row>({{"fuzz_hgnc", hgnc_problem}, {"fuzz_oncotree", oncotree_problem}, {"fuzz_rule", rule_problem}}));
  std::size_t entries = 0;
  const std::string folder = std::string(TREFF_SOURCE_DIR) + "/tests/fuzz/corpus/" + row.folder;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto text = support::read_file(entry.path());
    const char* problem = row.problem(text);
    CAPTURE(entry.path().filename().string(), text);
    CHECK(std::string(problem == nullptr ? "" : problem) == "");
    ++entries;
  }
  CHECK(entries >= 20);
}

}  // namespace
}  // namespace treff::indexer
