// Any bytes as a chunked body: no crash, and the same payload and end however they are cut.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "server/chunked_body.h"

using treff::server::ChunkDecoder;

namespace {

struct Decoded {
  std::string payload;
  ChunkDecoder::Progress progress = ChunkDecoder::Progress::NeedMore;
  std::size_t end = 0;
  bool operator==(const Decoded&) const = default;
};

Decoded decode(std::string_view bytes, std::size_t step_bytes) {
  ChunkDecoder decoder;
  Decoded result;
  std::size_t have = 0;
  while (true) {
    const auto step = decoder.next(bytes.substr(result.end, have - result.end));
    result.end += step.consumed;
    result.payload += step.payload;
    result.progress = step.progress;
    if (step.progress == ChunkDecoder::Progress::Payload) continue;
    if (step.progress != ChunkDecoder::Progress::NeedMore || have == bytes.size()) return result;
    have = std::min(bytes.size(), have + step_bytes);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Decoded at_once = decode(bytes, std::max<std::size_t>(bytes.size(), 1));
  if (at_once.end > bytes.size() || at_once.payload.size() > bytes.size()) std::abort();
  if (!(at_once == decode(bytes, 1)) || !(at_once == decode(bytes, 3))) std::abort();
  return 0;
}
