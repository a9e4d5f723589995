// The fuzz corpus of the query parser as an ordinary test.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/fuzz/query_properties.h"

namespace treff::text {
namespace {

TEST_CASE("every entry of the query corpus keeps its properties") {
  std::size_t entries = 0;
  const std::string folder = std::string(TREFF_SOURCE_DIR) + "/tests/fuzz/corpus/fuzz_query";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    const char* problem = query_problem(text);
    CAPTURE(entry.path().filename().string(), text);
    CHECK(std::string(problem == nullptr ? "" : problem) == "");
    ++entries;
  }
  CHECK(entries >= 20);
}

}  // namespace
}  // namespace treff::text
