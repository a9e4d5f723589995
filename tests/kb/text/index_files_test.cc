#include "kb/text/index_files.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/kb/text/small_world.h"

namespace treff::text {
namespace {

namespace fs = std::filesystem;

std::string piece_of_open(const fs::path& dir, std::optional<std::uint64_t> revision = std::nullopt) {
  const auto opened = TextIndex::open(dir, std::make_shared<NoSynonyms>(), revision);
  if (opened) return "fine";
  CHECK(opened.error().code == ErrorCode::IndexDamaged);
  CHECK_FALSE(opened.error().hint.empty());
  return opened.error().piece;
}

fs::path segment_of(const fs::path& dir) {
  const auto segments = read_segments(dir);
  REQUIRE(segments.has_value());
  return segments->front().path;
}

void flip_byte(const fs::path& path, std::streamoff at) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(at);
  const int byte = file.get();
  file.seekp(at);
  file.put(static_cast<char>(byte ^ 0x20));
}

void overwrite(const fs::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

TEST_CASE("a missing, damaged or stale index is noticed when it is opened") {
  struct Row {
    std::string name, want;
    std::function<void(const fs::path& dir, const fs::path& segment)> harm;
  };
  const std::vector<Row> rows = {
      {"unharmed", "fine", [](const auto&, const auto&) {}},
      {"no folder", "missing", [](const auto& dir, const auto&) { fs::remove_all(dir); }},
      {"no CURRENT", "missing", [](const auto& dir, const auto&) { fs::remove(dir / "CURRENT"); }},
      {"empty CURRENT", "damaged", [](const auto& dir, const auto&) { overwrite(dir / "CURRENT", ""); }},
      {"CURRENT leads out", "damaged", [](const auto& dir, const auto&) { overwrite(dir / "CURRENT", "../../x\n"); }},
      {"huge CURRENT", "damaged",
       [](const auto& dir, const auto&) { overwrite(dir / "CURRENT", std::string(9999, 'r')); }},
      {"segment gone", "damaged", [](const auto&, const auto& segment) { fs::remove_all(segment); }},
      {"stamp gone", "damaged", [](const auto&, const auto& segment) { fs::remove(segment / "STAMP"); }},
      {"stamp changed", "damaged", [](const auto&, const auto& segment) { flip_byte(segment / "STAMP", 3); }},
      {"stamp cut", "damaged", [](const auto&, const auto& segment) { fs::resize_file(segment / "STAMP", 100); }},
      {"one bit of postings", "damaged",
       [](const auto&, const auto& segment) { flip_byte(segment / "postlist.glass", 8000); }},
      {"postings cut", "damaged",
       [](const auto&, const auto& segment) { fs::resize_file(segment / "postlist.glass", 8192); }},
      {"documents gone", "damaged", [](const auto&, const auto& segment) { fs::remove(segment / "docdata.glass"); }},
      {"version file", "damaged", [](const auto&, const auto& segment) { flip_byte(segment / "iamglass", 10); }},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const test::TempFolder folder;
    REQUIRE(test::build_and_open(folder / "index", test::small_world()).has_value());
    row.harm(folder / "index", segment_of(folder / "index"));
    CHECK(piece_of_open(folder / "index") == row.want);
    CHECK(verify_index(folder / "index").has_value() == (row.want == "fine"));
  }
}

TEST_CASE("an index for another revision is stale") {
  const test::TempFolder folder;
  REQUIRE(test::build_and_open(folder / "index", test::small_world(), 7).has_value());
  CHECK(piece_of_open(folder / "index", 7) == "fine");
  CHECK(piece_of_open(folder / "index", 8) == "stale");
  CHECK(piece_of_open(folder / "index") == "fine");
}

TEST_CASE("a failed build leaves the index in force as it was") {
  const test::TempFolder folder;
  const auto records = test::small_world();
  REQUIRE(test::build_and_open(folder / "index", records, 1).has_value());
  int given = 0;
  const RecordStream failing = [&]() -> Result<std::optional<model::Record>> {
    if (++given > 5) return fail(ErrorCode::IoFailure, "the stream broke");
    return std::optional<model::Record>(records[0]);
  };
  NoProgress progress;
  const auto built = build_index(folder / "index", failing, NoReferred(), {2, 2, 0}, progress);
  REQUIRE_FALSE(built.has_value());
  CHECK(built.error().code == ErrorCode::IoFailure);
  CHECK(piece_of_open(folder / "index", 1) == "fine");
  std::size_t folders = 0;
  for (const auto& entry : fs::directory_iterator(folder / "index")) folders += entry.is_directory() ? 1 : 0;
  CHECK(folders == 1);
}

TEST_CASE("an open index outlives its successor; unused segments are removed") {
  const test::TempFolder folder;
  const auto records = test::small_world();
  auto first = test::build_and_open(folder / "index", records, 1);
  REQUIRE(first.has_value());
  const std::vector<model::Record> fewer(records.begin(), records.begin() + 3);
  const auto second = test::build_and_open(folder / "index", fewer, 2);
  REQUIRE(second.has_value());
  CHECK((*first)->documents() == records.size());
  CHECK((*second)->documents() == 3);

  fs::create_directory(folder / "index" / "building-left12");
  CHECK(remove_unused_segments(folder / "index") == std::size_t{1});
  CHECK(test::found(**first, "olaparib drug:olaparib") != "");
  first->reset();
  CHECK(remove_unused_segments(folder / "index") == std::size_t{1});
  CHECK(remove_unused_segments(folder / "index") == std::size_t{0});
  CHECK(piece_of_open(folder / "index", 2) == "fine");
}

TEST_CASE("the same revision can be built again") {
  const test::TempFolder folder;
  REQUIRE(test::build_and_open(folder / "index", test::small_world(), 3).has_value());
  REQUIRE(test::build_and_open(folder / "index", test::small_world(), 3).has_value());
  CHECK(read_segments(folder / "index")->front().name == "r3-2");
}

TEST_CASE("an index without records is an index") {
  const test::TempFolder folder;
  const auto index = test::build_and_open(folder / "index", {}, 1);
  REQUIRE(index.has_value());
  CHECK((*index)->documents() == 0);
  CHECK(test::found(**index, "anything").empty());
}

}  // namespace
}  // namespace treff::text
