// Any bytes as a FHIR document: an error with its place, or a case whose findings have theirs.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tests/fuzz/fhir_properties.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (treff::casefile::fhir_problem({reinterpret_cast<const char*>(data), size}) != nullptr) std::abort();
  return 0;
}
