// Any bytes as a CTML file: errors with their lines, or criteria that the codec takes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "tests/fuzz/ctml_properties.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (treff::indexer::ctml_problem({reinterpret_cast<const char*>(data), size}) != nullptr) std::abort();
  return 0;
}
