// The worked example of docs/storage_format.md, byte for byte: the page cannot drift from the program.
#include <catch2/catch.hpp>

#include "tests/kb/store/store_fixture.h"

namespace treff::store {
namespace {

// As the page writes bytes: printable ones as they are, the others as two hexadecimal digits in angle brackets.
std::string shown(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7F) {
      text += c;
    } else {
      text += {'<', kDigits[byte >> 4], kDigits[byte & 15], '>'};
    }
  }
  return text;
}

TEST_CASE("the worked example of the format page is what the program writes") {
  const FreshFolder folder;
  {
    const auto store = create_store(folder.kb());
    const ChangeSet first{"curator",      "2026-11-22T10:00:00Z",
                          "first cohort", "",
                          "curated",      {put("a", "{\"id\":\"a\",\"kind\":\"cohort\"}")}};
    REQUIRE(store->apply(first, 0) == Revision{1});
    const ChangeSet second{"curator", "2026-11-23T08:30:00Z", "cohort withdrawn", "reviewer", "curated", {retire("a")}};
    REQUIRE(store->apply(second, 1) == Revision{2});
  }
  std::string example = "HEAD\n" + read_file(folder.kb() / "HEAD");
  RawDatabase raw(folder.kb());
  const std::unique_ptr<rocksdb::Iterator> iterator(raw->NewIterator(rocksdb::ReadOptions()));
  for (iterator->SeekToFirst(); iterator->Valid(); iterator->Next()) {
    example += "\n" + shown(iterator->key().ToStringView()) + "\n    " + shown(iterator->value().ToStringView()) + "\n";
  }
  const std::string page = read_file(std::filesystem::path(TREFF_SOURCE_DIR) / "docs" / "storage_format.md");
  INFO(example);
  CHECK(page.find(example) != std::string::npos);
}

}  // namespace
}  // namespace treff::store
