#include "server/chunked_body.h"

#include <catch2/catch.hpp>
#include <string>

using treff::server::ChunkDecoder;

namespace {

// The payload, then "|" and the rest after the end, or "!" for malformed, or "..." if more is needed.
std::string decoded(const std::string& bytes, std::size_t step_bytes) {
  ChunkDecoder decoder;
  std::string payload;
  std::size_t begin = 0;
  std::size_t end = 0;
  while (true) {
    const auto step = decoder.next(std::string_view(bytes).substr(begin, end - begin));
    begin += step.consumed;
    payload += step.payload;
    switch (step.progress) {
      case ChunkDecoder::Progress::Payload: continue;
      case ChunkDecoder::Progress::Finished: return payload + "|" + bytes.substr(begin);
      case ChunkDecoder::Progress::Malformed: return payload + "!";
      case ChunkDecoder::Progress::NeedMore: break;
    }
    if (end == bytes.size()) return payload + "...";
    end = std::min(bytes.size(), end + step_bytes);
  }
}

}  // namespace

TEST_CASE("chunked bodies are undone strictly, however they are cut") {
  struct Row {
    const char* name;
    std::string in;
    std::string want;
  };
  const auto row = GENERATE(values<Row>({
      {"empty body", "0\r\n\r\n", "|"},
      {"two chunks", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "abcde|"},
      {"the next request stays", "1\r\na\r\n0\r\n\r\nGET", "a|GET"},
      {"hexadecimal in both cases", "A\r\n0123456789\r\n0a\r\n0123456789\r\n0\r\n\r\n", "01234567890123456789|"},
      {"payload with line ends", "4\r\n\r\n\r\n\r\n0\r\n\r\n", "\r\n\r\n|"},
      {"extension is read over", "1;name=\"x\"\r\na\r\n0\r\n\r\n", "a|"},
      {"cut", "5\r\nab", "ab..."},
      {"no size", "\r\nabc", "!"},
      {"negative size", "-1\r\n", "!"},
      {"size with a sign", "+1\r\na", "!"},
      {"size with 0x", "0x1\r\na", "!"},
      {"space before the size", " 1\r\na", "!"},
      {"space after the size", "1 \r\na", "!"},
      {"nine digits", "000000001\r\na", "!"},
      {"bare LF after the size", "1\na\r\n", "!"},
      {"bare LF in an extension", "1;a\nb\r\na", "!"},
      {"CR without LF", "1\rxa", "!"},
      {"chunk longer than its size", "1\r\nab\r\n", "a!"},
      {"bare LF after the data", "1\r\na\n", "a!"},
      {"trailer", "0\r\nX: y\r\n\r\n", "!"},
      {"endless extension", "1;" + std::string(200, 'x'), "!"},
  }));
  const std::size_t step = GENERATE(1, 2, 3, 1000);
  INFO(row.name << ", " << step << " at a time");
  CHECK(decoded(row.in, step) == row.want);
}
