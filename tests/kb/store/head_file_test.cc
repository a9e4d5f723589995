#include "kb/store/head_file.h"

#include <catch2/catch.hpp>

#include "tests/kb/store/store_fixture.h"

namespace treff::store {
namespace {

TEST_CASE("HEAD changes only when it is published") {
  const FreshFolder folder;
  CHECK(required(read_head(folder.path())) == std::nullopt);

  const HeadNote first{7, std::string(64, 'a')};
  REQUIRE(prepare_head(folder.path(), first).has_value());
  CHECK(required(read_head(folder.path())) == std::nullopt);
  REQUIRE(publish_head(folder.path()).has_value());
  CHECK(required(read_head(folder.path())) == first);
  CHECK(read_file(folder.path() / "HEAD") == "7 " + std::string(64, 'a') + "\n");

  REQUIRE(prepare_head(folder.path(), {0, ""}).has_value());
  CHECK(required(read_head(folder.path())) == first);
  REQUIRE(publish_head(folder.path()).has_value());
  CHECK(read_file(folder.path() / "HEAD") == "0\n");
}

TEST_CASE("what is no revision with its hash is damage, not revision 0") {
  const FreshFolder folder;
  const std::string hash(64, '0');
  struct Row {
    std::string text;
    std::optional<HeadNote> want;
  };
  const std::vector<Row> rows = {
      {"0\n", HeadNote{0, ""}},
      {"12", HeadNote{12, ""}},  // written by an operator's hand
      {"12 " + hash + "\n", HeadNote{12, hash}},
      {"", std::nullopt},
      {"\n", std::nullopt},
      {"012\n", std::nullopt},
      {"-1\n", std::nullopt},
      {"1x\n", std::nullopt},
      {"1 \n", std::nullopt},
      {"0 " + hash + "\n", std::nullopt},
      {"1 " + hash.substr(1) + "\n", std::nullopt},
      {"1 " + hash + "0\n", std::nullopt},
      {"1 " + std::string(64, 'A') + "\n", std::nullopt},
      {"1 " + hash + "\n\n", std::nullopt},
      {"9999999999999999\n", std::nullopt},
      {std::string(4096, '1'), std::nullopt},
      {std::string(8, '\0'), std::nullopt},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    write_file(folder.path() / "HEAD", row.text);
    const auto note = read_head(folder.path());
    CHECK(note.has_value() == row.want.has_value());
    if (note && row.want) CHECK(*note == row.want);
    if (!note) CHECK(note.error().code == ErrorCode::StoreDamaged);
  }
}

TEST_CASE("a folder that is not there is an I/O failure, told with its name") {
  const FreshFolder folder;
  const auto prepared = prepare_head(folder.path() / "absent", {1, ""});
  REQUIRE_FALSE(prepared.has_value());
  CHECK(prepared.error().code == ErrorCode::IoFailure);
  CHECK(prepared.error().message == "cannot create HEAD.next: No such file or directory");
}

}  // namespace
}  // namespace treff::store
