#include "tests/acceptance/seed_words.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "kb/model/codec.h"
#include "kb/model/references.h"
#include "tests/support/fresh_folder.h"

namespace treff::acceptance {

std::vector<model::Record> reference_records() {
  std::vector<model::Record> records;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(TREFF_SOURCE_DIR) / "kb/seed/reference")) {
    if (entry.path().extension() != ".ndjson") continue;
    auto decoded = model::decode_records(support::read_file(entry.path()));
    REQUIRE(decoded);
    for (auto& at : *decoded) records.push_back(std::move(at.record));
  }
  std::sort(records.begin(), records.end(),
            [](const auto& a, const auto& b) { return model::key_of(a) < model::key_of(b); });
  return records;
}

const match::Knowledge& seed_knowledge() {
  static const auto knowledge = [] {
    auto built = match::Knowledge::build(reference_records());
    REQUIRE(built);
    return *built;
  }();
  return *knowledge;
}

}  // namespace treff::acceptance
