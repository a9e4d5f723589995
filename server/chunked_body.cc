#include "server/chunked_body.h"

#include <algorithm>

namespace treff::server {
namespace {

constexpr unsigned kMaxDigits = 8;
constexpr unsigned kMaxExtensionBytes = 128;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

ChunkDecoder::Step ChunkDecoder::next(std::string_view input) {
  std::size_t used = 0;
  while (expecting_ != Expecting::Nothing) {
    if (used == input.size()) return {Progress::NeedMore, used, {}};
    if (expecting_ == Expecting::Data) {
      const std::size_t size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, input.size() - used));
      left_ -= size;
      if (left_ == 0) expecting_ = Expecting::DataCr;
      return {Progress::Payload, used + size, input.substr(used, size)};
    }
    if (!accept(input[used])) return {Progress::Malformed, used, {}};
    ++used;
  }
  return {Progress::Finished, used, {}};
}

bool ChunkDecoder::accept(char c) {
  const auto step = [&](char wanted, Expecting then) {
    expecting_ = then;
    return c == wanted;
  };
  switch (expecting_) {
    case Expecting::FirstDigit:
    case Expecting::Digits:
    case Expecting::Extension: return accept_size(c);
    case Expecting::SizeLf: return step('\n', left_ == 0 ? Expecting::EndCr : Expecting::Data);
    case Expecting::DataCr: return step('\r', Expecting::DataLf);
    case Expecting::DataLf: return step('\n', Expecting::FirstDigit);
    case Expecting::EndCr: return step('\r', Expecting::EndLf);
    case Expecting::EndLf: return step('\n', Expecting::Nothing);
    case Expecting::Data:
    case Expecting::Nothing: break;
  }
  return false;
}

bool ChunkDecoder::accept_size(char c) {
  if (expecting_ == Expecting::FirstDigit) {
    left_ = 0;
    digits_ = 0;
    extension_bytes_ = 0;
  } else if (c == '\r') {
    expecting_ = Expecting::SizeLf;
    return true;
  }
  if (expecting_ == Expecting::Extension) {
    const bool printable = c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
    return printable && ++extension_bytes_ <= kMaxExtensionBytes;
  }
  if (c == ';' && expecting_ == Expecting::Digits) {
    expecting_ = Expecting::Extension;
    return true;
  }
  const int value = hex_value(c);
  if (value < 0 || ++digits_ > kMaxDigits) return false;
  left_ = left_ * 16 + static_cast<std::uint64_t>(value);
  expecting_ = Expecting::Digits;
  return true;
}

}  // namespace treff::server
