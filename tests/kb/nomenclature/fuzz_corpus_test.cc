// The fuzz corpora as an ordinary test.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/fuzz/diagnosis_properties.h"
#include "tests/fuzz/name_properties.h"

namespace treff::nomenclature {
namespace {

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

const char* in_small_tree(std::string_view text) { return diagnosis_problem(text, small_diagnosis_tree()); }

TEST_CASE("every entry of the fuzz corpora keeps its properties") {
  struct Row {
    const char* folder;
    const char* (*problem)(std::string_view);
  };
  const auto row = GENERATE(values<Row>({{"fuzz_protein", protein_problem},
                                         {"fuzz_coding", coding_problem},
                                         {"fuzz_alteration", alteration_problem},
                                         {"fuzz_class", class_problem},
                                         {"fuzz_biomarker", biomarker_problem},
                                         {"fuzz_drug", drug_problem},
                                         {"fuzz_finding", finding_problem},
                                         {"fuzz_diagnosis", in_small_tree}}));
  std::size_t entries = 0;
  const std::string folder = std::string(TREFF_SOURCE_DIR) + "/tests/fuzz/corpus/" + row.folder;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto text = bytes_of(entry.path());
    const char* problem = row.problem(text);
    CAPTURE(entry.path().filename().string(), text);
    CHECK(std::string(problem == nullptr ? "" : problem) == "");
    ++entries;
  }
  CHECK(entries >= 20);
}

}  // namespace
}  // namespace treff::nomenclature
