// The corpora of the codec's fuzz targets as ordinary tests, each file also cut short and with bytes exchanged.
#include <catch2/catch.hpp>
#include <random>

#include "tests/fuzz/document_properties.h"
#include "tests/kb/model/example_files.h"

namespace treff::model {
namespace {

using Problem = const char* (*)(std::string_view);

std::vector<std::string> corpus(const std::string& target) {
  std::vector<std::string> texts;
  const auto folder = std::filesystem::path(TREFF_SOURCE_DIR) / "tests/fuzz/corpus" / target;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) texts.push_back(file_text(entry.path()));
  return texts;
}

void check(const std::string& text, Problem problem) {
  const char* found = problem(text);
  if (found == nullptr) return;
  INFO(text.substr(0, 2000));
  FAIL_CHECK(found);
}

// Cuts and exchanged bytes, the same on every machine.
void check_variations(const std::string& text, Problem problem) {
  constexpr std::string_view kBytes = "{}[],:\"\\0a-e.\x80\xC3 ";
  std::mt19937 numbers(static_cast<std::uint32_t>(text.size()));
  const std::size_t step = 1 + text.size() / 20;
  for (std::size_t end = 0; end < text.size(); end += step) check(text.substr(0, end), problem);
  for (int i = 0; i < 20 && !text.empty(); ++i) {
    std::string other = text;
    for (std::size_t n = 1 + numbers() % 2; n > 0; --n) {
      other[numbers() % other.size()] = kBytes[numbers() % kBytes.size()];
    }
    check(other, problem);
  }
}

TEST_CASE("the corpora of the codec hold their properties") {
  struct Row {
    const char* target;
    Problem problem;
    std::size_t at_least;  // files
  };
  const std::vector<Row> rows = {{"fuzz_record", &record_problem, 35},
                                 {"fuzz_case", &case_problem, 30},
                                 {"fuzz_criterion", &criterion_problem, 40}};
  for (const Row& row : rows) {
    INFO(row.target);
    const auto texts = corpus(row.target);
    CHECK(texts.size() >= row.at_least);
    for (const std::string& text : texts) {
      check(text, row.problem);
      check_variations(text, row.problem);
    }
  }
}

TEST_CASE("every example holds the properties of its fuzz target") {
  for (const ExampleFile& example : examples_of("")) {
    INFO(example.name);
    const bool is_case = example.name.rfind("case", 0) == 0;
    const Problem problem = is_case                       ? &case_problem
                            : example.name == "criterion" ? &criterion_problem
                                                          : &record_problem;
    check(example.text, problem);
  }
}

}  // namespace
}  // namespace treff::model
