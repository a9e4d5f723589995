// What is written straight into a buffer is what a JSON library would write of the same values.
#include "kb/answer/json_writer.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

#include "kb/answer/answer.h"
#include "tests/kb/match/random_case.h"

namespace treff::answer {
namespace {

using nlohmann::json;

std::string by_library(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

std::string by_writer(const std::string& text) {
  std::string out;
  JsonWriter(out).value(text);
  return out;
}

TEST_CASE("text is escaped as the library escapes it") {
  std::string controls;
  for (int c = 0; c < 0x80; ++c) controls += static_cast<char>(c);
  const std::vector<std::string> texts = {"",
                                          "BRAF V600E",
                                          controls,
                                          "\"\\/",
                                          "æøå «sitat» \xF0\x9F\xA7\xAC",
                                          "cut \xC3",
                                          "\xFF\xFE",
                                          "over\xC0\xAFlong",
                                          "sur\xED\xA0\x80rogate",
                                          "late \xE2\x82 and \"more\"\n"};
  for (const std::string& text : texts) {
    INFO(text);
    CHECK(by_writer(text) == by_library(text));
  }
  std::mt19937_64 dice(20261122);
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (std::size_t n = dice() % 12; n > 0; --n) text += static_cast<char>(dice() % 256);
    REQUIRE(by_writer(text) == by_library(text));
  }
}

// The writer looks at eight bytes at a time.
TEST_CASE("every byte is escaped at every place of a text") {
  for (int byte = 0; byte < 256; ++byte) {
    for (std::size_t size = 1; size <= 20; ++size) {
      for (std::size_t at = 0; at < size; ++at) {
        std::string text(size, 'a');
        text[at] = static_cast<char>(byte);
        if (by_writer(text) != by_library(text)) FAIL("byte " << byte << " at " << at << " of " << size);
      }
    }
  }
  for (const std::string text : {"12345678\"", "\"12345678",
                                 "1234567\x01"
                                 "890123456\\"})
    CHECK(by_writer(text) == by_library(text));
}

TEST_CASE("members, lists and what is not stated") {
  std::string out;
  JsonWriter w(out);
  w.begin_object();
  w.member("a", true);
  w.member("b", -3);
  w.member("c", std::optional<int>());
  w.member("d", std::vector<std::string>{"x", "y"});
  w.member_or_null("e", "");
  w.key("f");
  w.begin_list();
  w.end_list();
  w.data_key("g\"");
  w.value(std::uint64_t{18446744073709551615u});
  w.end_object();
  CHECK(out == R"({"a":true,"b":-3,"c":null,"d":["x","y"],"e":null,"f":[],"g\"":18446744073709551615})");
}

TEST_CASE("a key longer than any of the program's own") {
  std::string out;
  JsonWriter w(out);
  const std::string key(100, 'k');
  w.begin_object();
  w.member("a", "x");
  w.member(key, true);
  w.end_object();
  CHECK(out == "{\"a\":\"x\",\"" + key + "\":true}");
}

TEST_CASE("an answer is valid JSON with sorted keys, in every form it can take") {
  namespace world = match::random_world;
  std::size_t options = 0;
  std::size_t errors = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    world::Dice dice(seed);
    view::View view;
    view.revision = seed;
    view.knowledge_base = "a \"name\"\n";
    auto knowledge = match::Knowledge::build(world::random_records(dice));
    REQUIRE(knowledge.has_value());
    view.knowledge = *knowledge;
    auto index = match::MatchIndex::build(*knowledge);
    REQUIRE(index.has_value());
    view.index = *index;
    for (int c = 0; c < 10; ++c) {
      AnswerRequest request;
      request.match.today = world::kToday;
      request.match.unknown_as_absent = dice.chance(20);
      request.language = dice.chance(50) ? Language::En : Language::Nb;
      request.match.explain = {"cohort-0", "cohort-1"};
      const auto answer = answer_case(view, model::CaseReading{world::random_case(dice), {}, {}}, request);
      REQUIRE(answer.has_value());
      const std::string text = to_json(*answer);
      const json value = json::parse(text, nullptr, false);
      REQUIRE(value.is_object());
      REQUIRE(by_library(value) == text);
      options += value["options"].size() + value.value("explained", json::array()).size();
      for (const json& read : value["read"]) errors += read.contains("error") ? 1 : 0;
    }
  }
  CHECK(options > 1000);
  CHECK(errors > 20);
}

}  // namespace
}  // namespace treff::answer
