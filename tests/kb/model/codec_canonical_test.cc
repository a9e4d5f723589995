#include <catch2/catch.hpp>
#include <cstring>
#include <random>

#include "kb/base/text.h"
#include "kb/model/codec.h"
#include "kb/model/codec_node.h"

namespace treff::model {
namespace {

double from_bits(std::uint64_t bits) {
  double value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

TEST_CASE("numbers are printed as ECMAScript prints them") {
  struct Row {
    std::uint64_t bits;
    const char* want;
  };
  // Bit patterns and texts of RFC 8785, appendix B.
  const std::vector<Row> rows = {
      {0x0000000000000000, "0"},
      {0x8000000000000000, "0"},
      {0x0000000000000001, "5e-324"},
      {0x8000000000000001, "-5e-324"},
      {0x7fefffffffffffff, "1.7976931348623157e+308"},
      {0xffefffffffffffff, "-1.7976931348623157e+308"},
      {0x4340000000000000, "9007199254740992"},
      {0xc340000000000000, "-9007199254740992"},
      {0x4430000000000000, "295147905179352830000"},
      {0x44b52d02c7e14af5, "9.999999999999997e+22"},
      {0x44b52d02c7e14af6, "1e+23"},
      {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
      {0x444b1ae4d6e2ef4e, "999999999999999700000"},
      {0x444b1ae4d6e2ef4f, "999999999999999900000"},
      {0x444b1ae4d6e2ef50, "1e+21"},
      {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
      {0x3eb0c6f7a0b5ed8d, "0.000001"},
      {0x41b3de4355555553, "333333333.3333332"},
      {0x41b3de4355555554, "333333333.33333325"},
      {0x41b3de4355555555, "333333333.3333333"},
      {0x41b3de4355555556, "333333333.3333334"},
      {0x41b3de4355555557, "333333333.33333343"},
      {0xbecbf647612f3696, "-0.0000033333333333333333"},
      {0x43143ff3c1cb0959, "1424953923781206.2"},
  };
  for (const Row& row : rows) {
    INFO(std::hex << row.bits);
    CHECK(number_text(from_bits(row.bits)) == row.want);
  }
}

TEST_CASE("any number comes back from its text") {
  std::mt19937_64 numbers(8785);
  for (int i = 0; i < 20000; ++i) {
    const double value = from_bits(numbers());
    if (!(value - value == 0)) continue;  // neither finite
    const std::string text = number_text(value);
    INFO(text);
    REQUIRE(std::strtod(text.c_str(), nullptr) == value);
    REQUIRE(canonical_json(text).value() == text);
  }
}

TEST_CASE("canonical JSON is the form of RFC 8785") {
  struct Row {
    const char* name;
    const char* in;
    const char* want;
  };
  const std::vector<Row> rows = {
      {"the example of the standard",
       "{\"numbers\": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],"
       "\"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\","
       "\"literals\": [null, true, false]}",
       "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
       "\"string\":\"\xE2\x82\xAC$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"},
      {"keys by UTF-16 code units",
       "{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\",\"\\ufb33\":\"Hebrew Letter Dalet With Dagesh\","
       "\"1\":\"One\",\"\\ud83d\\ude00\":\"Emoji: Grinning Face\",\"\\u0080\":\"Control\","
       "\"\\u00f6\":\"Latin Small Letter O With Diaeresis\"}",
       "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xC2\x80\":\"Control\","
       "\"\xC3\xB6\":\"Latin Small Letter O With Diaeresis\",\"\xE2\x82\xAC\":\"Euro Sign\","
       "\"\xF0\x9F\x98\x80\":\"Emoji: Grinning Face\",\"\xEF\xAC\xB3\":\"Hebrew Letter Dalet With Dagesh\"}"},
      {"a key before its extensions", R"({"ab":1,"a":2,"":3,"b":4})", R"({"":3,"a":2,"ab":1,"b":4})"},
      {"spaces and empty containers", " { \"a\" : [ ] ,\n\t\"b\" : { } } ", R"({"a":[],"b":{}})"},
      {"order of lists is kept", "[3,1,2]", "[3,1,2]"},
      {"control characters", R"("\b\f\n\r\t\u0000\u001f\u007f")", "\"\\b\\f\\n\\r\\t\\u0000\\u001f\x7F\""},
      {"whole numbers", "[10.0,1e2,-0,-0.0,9007199254740993,18446744073709551615]",
       "[10,100,0,0,9007199254740992,18446744073709552000]"},
      {"a plain value", "true", "true"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const auto canonical = canonical_json(row.in);
    REQUIRE(canonical);
    CHECK(*canonical == row.want);
    CHECK(canonical_json(*canonical).value() == *canonical);
  }
}

TEST_CASE("the order of keys is that of their UTF-16 code units") {
  // U+0000, U+007F, U+0080, U+07FF, U+0800, U+D7FF, U+10000, U+10FFFF, U+E000, U+FFFF in ascending order.
  const std::vector<std::string> ascending = {
      std::string("\0", 1), "\x7F",         "\xC2\x80",         "\xDF\xBF",
      "\xE0\xA0\x80",       "\xED\x9F\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF",
      "\xEE\x80\x80",       "\xEF\xBF\xBF"};
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t j = 0; j < ascending.size(); ++j) {
      INFO(i << " and " << j);
      CHECK(utf16_less("k" + ascending[i], "k" + ascending[j]) == (i < j));
    }
  }
}

TEST_CASE("what is not strict JSON has no canonical form") {
  struct Row {
    const char* name;
    std::string in;
    ErrorCode code;
    std::string where;
  };
  const std::string deep_open(65, '[');
  const std::string deep_close(65, ']');
  const std::vector<Row> rows = {
      {"nothing", "", ErrorCode::MalformedJson, ""},
      {"two values", "{} {}", ErrorCode::MalformedJson, ""},
      {"trailing comma", "[1,]", ErrorCode::MalformedJson, ""},
      {"comment", "[1] // one", ErrorCode::MalformedJson, ""},
      {"single quotes", "{'a':1}", ErrorCode::MalformedJson, ""},
      {"NaN", "[NaN]", ErrorCode::MalformedJson, ""},
      {"number too large", "[1e999]", ErrorCode::MalformedJson, ""},
      {"leading zero", "[01]", ErrorCode::MalformedJson, ""},
      {"bytes that are no UTF-8", "\"\xC3\x28\"", ErrorCode::MalformedJson, ""},
      {"overlong UTF-8", "\"\xC0\x80\"", ErrorCode::MalformedJson, ""},
      {"half a surrogate pair", R"("\ud800")", ErrorCode::MalformedJson, ""},
      {"raw line end in text", "\"a\nb\"", ErrorCode::MalformedJson, ""},
      {"key twice", R"({"a":{"b/c":1,"d":2,"b/c":3}})", ErrorCode::MalformedJson, "/a/b~1c"},
      {"key twice by escape", R"([0,{"a":1,"\u0061":2}])", ErrorCode::MalformedJson, "/1/a"},
      {"too deep", deep_open + deep_close, ErrorCode::TooDeep, std::string()},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const auto canonical = canonical_json(row.in);
    REQUIRE_FALSE(canonical);
    CHECK(canonical.error().code == row.code);
    if (row.code != ErrorCode::TooDeep) CHECK(canonical.error().where == row.where);
    CHECK_FALSE(base::invalid_utf8_at(canonical.error().message));
  }
  CHECK(canonical_json(deep_open.substr(1) + deep_close.substr(1)));
}

TEST_CASE("a bomb of nested brackets is refused, whatever reads it") {
  for (const char* unit : {"[", "{\"a\":", "{\"not\":", "{\"all\":[", "[{\"excludes\":["}) {
    std::string bomb;
    for (int i = 0; i < 1000000; ++i) bomb += unit;
    INFO(unit);
    CHECK(canonical_json(bomb).error().code == ErrorCode::TooDeep);
    CHECK(decode_criterion(bomb).error().front().code == ErrorCode::TooDeep);
    CHECK(decode_case(bomb).error().front().code == ErrorCode::TooDeep);
    CHECK(decode_record(bomb).error().front().code == ErrorCode::TooDeep);
    CHECK(decode_records(bomb).error().front().code == ErrorCode::TooDeep);
  }
}

TEST_CASE("a syntax error says where it stands") {
  const auto canonical = canonical_json("{\"a\": tru}");
  REQUIRE_FALSE(canonical);
  CHECK(canonical.error().at_byte == 9);
  CHECK(canonical.error().message.find("line 1, column 10") != std::string::npos);
}

}  // namespace
}  // namespace treff::model
