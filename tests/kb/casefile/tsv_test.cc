#include "kb/casefile/tsv.h"

#include <catch2/catch.hpp>

#include <array>

#include "tests/kb/casefile/describe.h"

namespace treff::casefile {
namespace {

using namespace std::string_literals;

TEST_CASE("cells: trailing tabs, quotes, doubled quotes") {
  struct Row {
    const char* in;
    Lines want;
  };
  const Row rows[] = {
      {"a\tb\t\t", {"a", "b"}},
      {"\ta", {"", "a"}},
      {"", {}},
      {"\t\t", {}},
      {"\"a\tb\"\tc", {"a\tb", "c"}},
      {"\"say \"\"x\"\" y\"\tc", {"say \"x\" y", "c"}},
      {"\"\"BRAF\"\"\tc", {"BRAF", "c"}},
      {"\"\"\"tier\"\"\"\tc", {"tier", "c"}},
      {"5\" end\tc", {"5\" end", "c"}},
      {"\"open\tc", {"\"open", "c"}},
      {" a \t b ", {"a", "b"}},
      {"\"\"\tc", {"", "c"}},
  };
  for (const Row& row : rows) {
    INFO(row.in);
    CHECK(split_cells(row.in) == row.want);
  }
}

TEST_CASE("lines: LF, CRLF, CR, and the last one without an end") {
  const auto lines = split_lines("a\nb\r\nc\rd", "f");
  REQUIRE(lines);
  REQUIRE(lines->size() == 4);
  CHECK(lines->at(1).text == "b");
  CHECK(lines->at(3).text == "d");
  CHECK(lines->at(3).number == 4);
  CHECK(lines->at(2).ended);
  CHECK_FALSE(lines->at(3).ended);
}

TEST_CASE("what is no readable text is refused by what it is") {
  struct Row {
    const char* name;
    std::string bytes;
    ErrorCode code;
    const char* part;
  };
  const Row rows[] = {
      {"nothing", "", ErrorCode::TruncatedFile, "empty"},
      {"blank lines", "\n\t\n \r\n", ErrorCode::TruncatedFile, "empty"},
      {"byte order mark alone", "\xEF\xBB\xBF", ErrorCode::TruncatedFile, "empty"},
      {"gzip", "\x1F\x8B\x08 rest", ErrorCode::UnsupportedFormat, "gzip"},
      {"zip", "PK\x03\x04 rest", ErrorCode::UnsupportedFormat, "spreadsheet"},
      {"UTF-16", "\xFF\xFEG\0e\0"s, ErrorCode::UnsupportedFormat, "UTF-16"},
      {"binary", "Gene\0x"s, ErrorCode::UnsupportedFormat, "binary"},
      {"Latin-1", "Gene\nbl\xE6re", ErrorCode::UnreadableText, "UTF-8"},
      {"too large", std::string(kMaxFileBytes + 1, 'x'), ErrorCode::TooLarge, "64 MiB"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const auto text = check_text(row.bytes, "f");
    REQUIRE_FALSE(text);
    CHECK(text.error().code == row.code);
    CHECK_THAT(text.error().message, Catch::Contains(row.part));
  }
  CHECK(check_text("\xEF\xBB\xBFGene\n", "f").value() == "Gene\n");
  CHECK(check_text("Gene\nbl\xE6re", "f").error().where == "f:2");
}

TEST_CASE("bounds of lines and cells") {
  const std::string fits(kMaxFieldBytes, 'x');
  CHECK(split_lines("a\t" + fits + "\tb\n", "f"));
  const auto long_cell = split_lines("a\nb\t" + fits + "x\n", "f");
  REQUIRE_FALSE(long_cell);
  CHECK(long_cell.error().code == ErrorCode::TooLarge);
  CHECK(long_cell.error().where == "f:2");
  CHECK(split_lines(std::string(kMaxColumns - 1, '\t'), "f"));
  const auto wide = split_lines(std::string(kMaxColumns, '\t'), "f");
  REQUIRE_FALSE(wide);
  CHECK(wide.error().code == ErrorCode::TooLarge);
  CHECK(split_lines(std::string(kMaxRows, '\n'), "f"));
  const auto many = split_lines(std::string(kMaxRows + 1, '\n'), "f");
  REQUIRE_FALSE(many);
  CHECK(many.error().code == ErrorCode::TooLarge);
}

TEST_CASE("the shape of a row against its header") {
  constexpr std::array columns = {Column{"Gene"}, Column{"Value", true, "Other"}, Column{"Note", false}};
  auto table = Table::open({"GENE\tother\tNote\tMore", 1, true}, columns, "f");
  REQUIRE(table);
  CHECK(table->unknown_columns() == Lines{"More"});
  struct Row {
    const char* text;
    bool ended;
    RowShape want;
  };
  const Row rows[] = {
      {"a\tb\tc\td", true, RowShape::Whole},     {"a\t\t\t", true, RowShape::Whole},
      {"a\tb", true, RowShape::Short},           {"a\tb", false, RowShape::Cut},
      {"a\t\t\t", false, RowShape::Whole},       {"a\tb\tc\td\te", true, RowShape::Long},
      {"a\tb\tc\td\t\t", true, RowShape::Whole},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(table->load({row.text, 2, row.ended}) == row.want);
  }
  CHECK(table->load({"x\tNA\t.", 3, true}) == RowShape::Short);
  CHECK(table->get(0) == "x");
  CHECK(table->get(1).empty());
  CHECK(table->get(2).empty());
}

}  // namespace
}  // namespace treff::casefile
