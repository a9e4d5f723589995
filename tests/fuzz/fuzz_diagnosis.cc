// Any bytes as the name of a tumour: no crash, errors with words, candidates that exist, and a code that reads as
// itself.
#include <cstdint>
#include <cstdlib>

#include "tests/fuzz/diagnosis_properties.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace nomenclature = treff::nomenclature;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (nomenclature::diagnosis_problem(text, nomenclature::small_diagnosis_tree()) != nullptr) std::abort();
  return 0;
}
