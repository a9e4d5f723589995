// Any bytes as biomarker text: no crash, and what was read prints to a text that reads the same.
#include <cstdint>
#include <cstdlib>

#include "tests/fuzz/name_properties.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (treff::nomenclature::biomarker_problem(text) != nullptr) std::abort();
  return 0;
}
