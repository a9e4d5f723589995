// Any bytes: the query parser fails with a place and words, or prints what it reads back the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tests/fuzz/query_properties.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (treff::text::query_problem({reinterpret_cast<const char*>(data), size}) != nullptr) std::abort();
  return 0;
}
