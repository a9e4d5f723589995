// Every row of the table of importers has what CONTRIBUTING.md asks for, and survives damaged files.
#include "indexer/importers/registry.h"

#include <algorithm>

#include "tests/indexer/import_world.h"

namespace treff::indexer {
namespace {

namespace fs = std::filesystem;

fs::path source_dir() { return TREFF_SOURCE_DIR; }

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> out;
  if (!fs::is_directory(folder)) return out;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

TEST_CASE("every importer has a fixture, a fuzz target and its corpus") {
  for (const ImporterRow& row : importers()) {
    INFO(row.name);
    CHECK_FALSE(row.help.empty());
    CHECK((row.read == nullptr) != (row.stream == nullptr));
    CHECK_FALSE(files_in(source_dir() / "tests/fixtures/import" / row.name).empty());
    // Records as curators write them are the codec's own format.
    const std::string target = row.name == "curated" ? "fuzz_record" : "fuzz_" + std::string(row.name);
    CHECK(fs::exists(source_dir() / "tests/fuzz" / (target + ".cc")));
    CHECK(files_in(source_dir() / "tests/fuzz/corpus" / target).size() >= 3);
  }
}

// A fixed sequence: the same damage on every machine.
class Damage {
 public:
  std::size_t below(std::size_t n) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(state_ >> 33) % n;
  }

 private:
  std::uint64_t state_ = 7;
};

TEST_CASE("a damaged or foreign file gives errors or an import, never half of one") {
  static constexpr std::string_view kBytes = "\t\n\r\"[]{},;|/<>&()-.NA0x\xFF";
  Damage damage;
  for (const char* format : {"ctgov", "civic", "sheet"}) {
    ImportWorld world;
    std::size_t refused = 0;
    const auto files = files_in(import_fixture(format));
    REQUIRE_FALSE(files.empty());
    for (const fs::path& file : files) {
      const std::string whole = support::read_file(file);
      for (int round = 0; round < 40; ++round) {
        std::string bytes = whole;
        for (std::size_t i = 0; i <= damage.below(4); ++i) {
          const std::size_t at = damage.below(bytes.size());
          if (damage.below(3) == 0) {
            bytes.erase(at, 1 + damage.below(30));
          } else {
            bytes[at] = kBytes[damage.below(kBytes.size())];
          }
          if (bytes.empty()) bytes = "x";
        }
        const store::Revision head = world.store().head();
        const auto report = world.try_import(format, {world.file(file.filename().string(), bytes)});
        if (report) continue;
        ++refused;
        CHECK(world.store().head() == head);
        CHECK_FALSE(report.error().empty());
        for (const Error& error : report.error()) {
          if (error.message.empty() || error.where.empty()) FAIL(format << ": an error without words or place");
        }
      }
    }
    CHECK(refused > 10);
  }
}

}  // namespace
}  // namespace treff::indexer
