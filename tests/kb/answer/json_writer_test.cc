// Text is escaped as RFC 8259 asks, at every place of a text of any length: the writer looks at eight bytes at a time.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "kb/answer/json_writer.h"

namespace treff::answer {
namespace {

std::string written(const std::string& text) {
  std::string out;
  JsonWriter writer(out);
  writer.value(text);
  return out;
}

std::string wanted(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

TEST_CASE("every byte is escaped at every place of a text") {
  for (int byte = 0; byte < 256; ++byte) {
    if (byte == 0x7F) continue;  // nlohmann writes it as an escape, which the standard does not ask for
    for (std::size_t size = 1; size <= 20; ++size) {
      for (std::size_t at = 0; at < size; ++at) {
        std::string text(size, 'a');
        text[at] = static_cast<char>(byte);
        if (written(text) != wanted(text)) FAIL("byte " << byte << " at " << at << " of " << size);
      }
    }
  }
  CHECK(written("\x7F") == "\"\x7F\"");
}

TEST_CASE("texts with several things to escape") {
  for (const std::string text : {"", "\"", "\"\"", "a\"b\\c\nd", "æøå \"π\" 😀\t", "12345678\"", "\"12345678",
                                 "1234567\x01"
                                 "890123456\\"}) {
    CHECK(written(text) == wanted(text));
  }
}

TEST_CASE("keys, commas and a key longer than the short ones") {
  std::string out;
  JsonWriter writer(out);
  const std::string long_key(100, 'k');
  writer.begin_object();
  writer.member("a", "x");
  writer.member("b", 1);
  writer.member(long_key, true);
  writer.end_object();
  CHECK(out == "{\"a\":\"x\",\"b\":1,\"" + long_key + "\":true}");
}

}  // namespace
}  // namespace treff::answer
