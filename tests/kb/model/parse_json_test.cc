// The two readers of JSON say the same of every text: simdjson for plain ones, nlohmann for the rest. White space
// beyond the bytes the quick reader takes sends a text to the other one without changing what it means.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "kb/model/codec_node.h"

namespace treff::model {
namespace {

const std::string kBeyondQuick(200 * 1024, ' ');

std::string summary(const Checked<Node>& read) {
  if (!read) {
    std::string out = "errors";
    for (const Error& error : read.error()) out += " [" + base::to_text(error) + "]";
    return out;
  }
  return to_canonical(*read);
}

void check_same(const std::string& text) {
  INFO(text.substr(0, 100));
  const auto quick = parse_json(text);
  const auto slow = parse_json(kBeyondQuick + text);
  CHECK(quick.has_value() == slow.has_value());
  if (quick && slow) CHECK(summary(quick) == summary(slow));
}

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
}

TEST_CASE("the quick reader of JSON takes what is plain and leaves the rest", "[json]") {
  Node out;
  CHECK(parse_plain_json(R"({"a":[1,2.5,"x",true,null]})", 0, out));
  CHECK(to_canonical(out) == R"({"a":[1,2.5,"x",true,null]})");
  // What has something wrong, or is read differently by the two libraries, is not for it; `out` stays as it was.
  const std::vector<std::string> left = {R"({"a":1,"a":2})",
                                         "[1,]",
                                         "",
                                         "nul",
                                         R"(["\ud800"])",
                                         R"(["\u0041"])",
                                         "\xEF\xBB\xBF[1]",
                                         "[1] x",
                                         "1e400",
                                         "18446744073709551616",
                                         nested(65),
                                         "[\"\xC3\x28\"]",
                                         std::string("[\"a\0b\"]", 7),
                                         kBeyondQuick + "1"};
  for (const std::string& text : left) {
    INFO(text.substr(0, 60));
    CHECK_FALSE(parse_plain_json(text, 0, out));
  }
  CHECK(to_canonical(out) == R"({"a":[1,2.5,"x",true,null]})");
  CHECK_FALSE(parse_plain_json("[1,2,3]", 3, out));
  CHECK(parse_plain_json("[1,2,3]", 4, out));
}

TEST_CASE("both readers of JSON say the same", "[json]") {
  const std::vector<std::string> texts = {"0",
                                          "-0",
                                          "-0.0",
                                          "1",
                                          "1.0",
                                          "1e5",
                                          "1E-5",
                                          "0.1",
                                          "123456789012345678",
                                          "9223372036854775807",
                                          "9223372036854775808",
                                          "-9223372036854775808",
                                          "-9223372036854775809",
                                          "18446744073709551615",
                                          "18446744073709551616",
                                          "1e308",
                                          "1e309",
                                          "1e-400",
                                          "4.9e-324",
                                          "2.2250738585072011e-308",
                                          "00",
                                          "+1",
                                          "1.",
                                          ".5",
                                          "NaN",
                                          "true",
                                          "TRUE",
                                          "null",
                                          "\"\"",
                                          "\"a\\n\\t\\\"\\\\\\/\"",
                                          "\"\\u00e6\"",
                                          "\"\\ud83d\\ude00\"",
                                          "\"\\ud800\"",
                                          "\"\\udc00\"",
                                          "\"\\ud800x\"",
                                          "\"\\x\"",
                                          "\"\xC3\xA6\xF0\x9F\x98\x80\"",
                                          "\"\xC0\x80\"",
                                          "\"\xED\xA0\x80\"",
                                          "\"\xF4\x90\x80\x80\"",
                                          "\"\x7F\"",
                                          "\"a\nb\"",
                                          "\"\t\"",
                                          "[]",
                                          "{}",
                                          "[ ]",
                                          "{ }",
                                          "[1 2]",
                                          "[1,,2]",
                                          "{\"a\"}",
                                          "{\"a\":}",
                                          "{\"a\":1,}",
                                          "{a:1}",
                                          "{'a':1}",
                                          "{\"\":1}",
                                          "{\"a\":{\"a\":1}}",
                                          "{\"a\":1,\"b\":2,\"a\":3}",
                                          "// x\n1",
                                          "/* */1",
                                          " \r\n\t1 \r\n\t",
                                          "1\f",
                                          "\v1",
                                          "1 2",
                                          "[1",
                                          "]",
                                          "\"abc",
                                          nested(64),
                                          nested(65),
                                          nested(2000)};
  for (const std::string& text : texts) check_same(text);
}

TEST_CASE("an object of many keys is searched for keys that stand twice", "[json]") {
  std::string many = "{";
  for (int i = 0; i < 40; ++i) many += "\"key" + std::to_string(i) + "\":" + std::to_string(i) + ",";
  check_same(many + "\"last\":0}");
  check_same(many + "\"key7\":0}");
  CHECK(parse_json(many + "\"last\":0}").has_value());
  const auto twice = parse_json(many + "\"key7\":0}");
  REQUIRE_FALSE(twice.has_value());
  CHECK(twice.error().front().piece == "key7");
}

}  // namespace
}  // namespace treff::model
