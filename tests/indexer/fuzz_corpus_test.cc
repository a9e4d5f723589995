// The corpora of the importers' fuzz targets, replayed with the targets themselves, also cut and with bytes exchanged.
#include <catch2/catch.hpp>
#include <filesystem>
#include <string>

#include "tests/support/fresh_folder.h"

#define LLVMFuzzerTestOneInput fuzz_ctgov_input
#include "tests/fuzz/fuzz_ctgov.cc"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_civic_input
#include "tests/fuzz/fuzz_civic.cc"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_sheet_input
#include "tests/fuzz/fuzz_sheet.cc"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_marker_text_input
#include "tests/fuzz/fuzz_marker_text.cc"
#undef LLVMFuzzerTestOneInput

namespace treff::indexer {
namespace {

TEST_CASE("the corpora of the importers hold their properties") {
  using Target = int (*)(const std::uint8_t*, std::size_t);
  const std::pair<const char*, Target> targets[] = {{"fuzz_ctgov", &fuzz_ctgov_input},
                                                    {"fuzz_civic", &fuzz_civic_input},
                                                    {"fuzz_sheet", &fuzz_sheet_input},
                                                    {"fuzz_marker_text", &fuzz_marker_text_input}};
  for (const auto& [name, target] : targets) {
    INFO(name);
    std::size_t files = 0;
    const auto folder = std::filesystem::path(TREFF_SOURCE_DIR) / "tests/fuzz/corpus" / name;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      const std::string text = support::read_file(entry.path());
      const auto run = [&](const std::string& bytes) {
        // A broken property ends the program.
        CHECK(target(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()) == 0);
      };
      run(text);
      const std::size_t step = 1 + text.size() / 25;
      for (std::size_t end = 0; end < text.size(); end += step) {
        run(text.substr(0, end));
        std::string other = text;
        other[end] = "\"\n;|&\t\xFF{"[end % 8];
        run(other);
      }
      ++files;
    }
    CHECK(files >= 3);
  }
}

}  // namespace
}  // namespace treff::indexer
