// The chunked transfer coding, undone piece by piece without copying.
//
// Source: RFC 9112 section 7.1. Stricter than it: a size has at most 8 hexadecimal digits, a line's extensions at most
// 128 bytes (read over), trailers are refused, and every line ends in CRLF.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace treff::server {

class ChunkDecoder {
 public:
  enum class Progress { NeedMore, Payload, Finished, Malformed };

  struct Step {
    Progress progress = Progress::NeedMore;
    std::size_t consumed = 0;  // bytes of the input that are used up
    std::string_view payload;  // Payload only: a part of the input
  };

  // Reads up to the next piece of payload, the end of the body, or the end of `input`.
  // After Finished the rest of the input belongs to the next request; after Malformed nothing may be read.
  Step next(std::string_view input);

 private:
  enum class Expecting { FirstDigit, Digits, Extension, SizeLf, Data, DataCr, DataLf, EndCr, EndLf, Nothing };

  bool accept(char c);
  bool accept_size(char c);

  Expecting expecting_ = Expecting::FirstDigit;
  std::uint64_t left_ = 0;  // of the current chunk
  unsigned digits_ = 0;
  unsigned extension_bytes_ = 0;
};

}  // namespace treff::server
