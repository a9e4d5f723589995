// Any bytes as a criterion: no crash, errors with words and place, and what was read is written and reads the same
// again.
#include <cstdint>
#include <cstdlib>

#include "tests/fuzz/document_properties.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (treff::model::criterion_problem(text) != nullptr) std::abort();
  return 0;
}
