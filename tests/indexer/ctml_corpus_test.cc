// The corpus of fuzz_ctml as an ordinary test, each file also cut short and with bytes exchanged.
#include <catch2/catch.hpp>
#include <filesystem>
#include <random>

#include "tests/fuzz/ctml_properties.h"
#include "tests/indexer/ctml_fixture.h"

namespace treff::indexer {

TEST_CASE("the corpus of the CTML reader holds its properties") {
  const auto check = [](const std::string& text) {
    const char* problem = ctml_problem(text);
    if (problem == nullptr) return;
    INFO(text.substr(0, 2000));
    FAIL_CHECK(problem);
  };
  constexpr std::string_view kBytes = "{}[],:\"\\!&*|>-#\n\t 0aZ\x80\xC3";
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(TREFF_SOURCE_DIR "/tests/fuzz/corpus/fuzz_ctml")) {
    const std::string text = ctml_world::file_text(entry.path().string());
    ++files;
    check(text);
    const std::size_t step = 1 + text.size() / 40;
    for (std::size_t end = 0; end < text.size(); end += step) check(text.substr(0, end));
    std::mt19937 numbers(static_cast<std::uint32_t>(text.size()));
    for (int i = 0; i < 200 && !text.empty(); ++i) {
      std::string other = text;
      for (std::size_t n = 1 + numbers() % 3; n > 0; --n) {
        other[numbers() % other.size()] = kBytes[numbers() % kBytes.size()];
      }
      check(other);
    }
  }
  CHECK(files >= 12);
}

}  // namespace treff::indexer
