// The corpus of the FHIR reader's fuzz target as an ordinary test, each file also cut short and with bytes exchanged.
#include <catch2/catch.hpp>
#include <filesystem>
#include <random>

#include "tests/fuzz/fhir_properties.h"
#include "tests/kb/casefile/describe.h"

namespace treff::casefile {
namespace {

void check(const std::string& text) {
  const char* found = fhir_problem(text);
  if (found == nullptr) return;
  INFO(text.substr(0, 2000));
  FAIL_CHECK(found);
}

void check_variations(const std::string& text) {
  constexpr std::string_view kBytes = "{}[],:\"\\0a-e.\x80\xC3 9";
  std::mt19937 numbers(static_cast<std::uint32_t>(text.size()));
  const std::size_t step = 1 + text.size() / 40;
  for (std::size_t end = 0; end < text.size(); end += step) check(text.substr(0, end));
  for (int i = 0; i < 150 && !text.empty(); ++i) {
    std::string other = text;
    other[numbers() % other.size()] = kBytes[numbers() % kBytes.size()];
    check(other);
  }
}

TEST_CASE("the corpus of FHIR documents holds its properties, cut and changed as well") {
  std::size_t files = 0;
  const auto folder = std::filesystem::path(TREFF_SOURCE_DIR) / "tests/fuzz/corpus/fuzz_fhir";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string text = read_bytes(entry.path().string());
    check(text);
    check_variations(text);
    ++files;
  }
  CHECK(files >= 10);
  check(fixture("fhir_bundle.json"));
  check_variations(fixture("fhir_bundle.json"));
}

}  // namespace
}  // namespace treff::casefile
