// A stream of cases is cut into the same lines wherever its pieces end, and holds no more than one line.
#include "kb/answer/case_lines.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/kb/match/random_case.h"

namespace treff::answer {
namespace {

constexpr std::size_t kMost = 10;

std::vector<std::string> lines_of(const std::string& text, std::size_t piece) {
  LineSplitter splitter(kMost);
  std::vector<std::string> out;
  const auto take = [&] {
    while (const auto line = splitter.next()) {
      out.push_back(std::to_string(line->number) + ":" + (line->too_long ? "TOO LONG" : line->text));
    }
  };
  for (std::size_t at = 0; at < text.size(); at += piece) {
    splitter.add(std::string_view(text).substr(at, piece));
    take();
  }
  splitter.end();
  take();
  return out;
}

TEST_CASE("lines of a stream, whatever the pieces") {
  using Lines = std::vector<std::string>;
  struct Row {
    const char* name;
    std::string text;
    Lines want;
  };
  const std::vector<Row> rows = {
      {"nothing", "", {}},
      {"one with its end", "abc\n", {"1:abc"}},
      {"one without its end", "abc", {"1:abc"}},
      {"blank lines count", "\n \r\na\n\n\nb\n", {"3:a", "6:b"}},
      {"carriage returns", "a\r\nb\r\n", {"1:a", "2:b"}},
      {"exactly the most", "0123456789\nx\n", {"1:0123456789", "2:x"}},
      {"too long", "0123456789a\nx\n", {"1:TOO LONG", "2:x"}},
      {"far too long", std::string(100, 'z') + "\nx", {"1:TOO LONG", "2:x"}},
      {"too long at the end", "x\n" + std::string(100, 'z'), {"1:x", "2:TOO LONG"}},
      {"two too long", std::string(30, 'y') + "\n" + std::string(30, 'z') + "\n", {"1:TOO LONG", "2:TOO LONG"}},
  };
  for (const Row& row : rows) {
    for (std::size_t piece = 1; piece <= row.text.size() + 1; ++piece) {
      INFO(row.name << ", pieces of " << piece);
      CHECK(lines_of(row.text, piece) == row.want);
    }
  }
}

TEST_CASE("a line that cannot be answered names itself, and a good one is the answer") {
  match::random_world::Dice dice(7);
  view::View view;
  view.knowledge = *match::Knowledge::build(match::random_world::random_records(dice));
  view.index = *match::MatchIndex::build(view.knowledge);
  AnswerRequest request;
  request.match.today = match::random_world::kToday;
  std::string out;
  CHECK_FALSE(append_answer_line(view, {R"({"id":"a","diagnosis":{"oncotree":"NONE"}})", 4, false}, request, out));
  CHECK_FALSE(append_answer_line(view, {"{", 5, false}, request, out));
  CHECK_FALSE(append_answer_line(view, {{}, 6, true}, request, out));
  const std::string deep = "{\"id\":\"d\",\"x\":" + std::string(5000, '[') + std::string(5000, ']') + "}";
  CHECK_FALSE(append_answer_line(view, {deep, 7, false}, request, out));
  CHECK(append_answer_line(view, {R"({"id":"b","diagnosis":{"oncotree":"LUAD"}})", 8, false}, request, out));
  std::vector<nlohmann::json> lines;
  for (const std::string_view line : base::split(out, '\n')) {
    if (!line.empty()) lines.push_back(nlohmann::json::parse(line));
  }
  REQUIRE(lines.size() == 5);
  CHECK(lines[0]["case_id"] == "a");
  CHECK(lines[0]["line"] == 4);
  CHECK(lines[0]["errors"][0]["pointer"] == "/diagnosis/oncotree");
  CHECK(lines[1]["case_id"].is_null());
  CHECK(lines[1]["errors"][0]["code"] == "malformed_json");
  CHECK(lines[2]["errors"][0]["code"] == "too_large");
  CHECK(lines[2]["line"] == 6);
  CHECK(lines[3]["errors"][0]["code"] == "too_deep");
  CHECK(lines[4]["case_id"] == "b");
  CHECK(lines[4].contains("options"));
}

}  // namespace
}  // namespace treff::answer
