// Any bytes as a finding typed by a person, biomarkers among them: no crash, and what was read reads the same again.
#include <cstdint>
#include <cstdlib>

#include "tests/fuzz/name_properties.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (treff::nomenclature::finding_problem(text) != nullptr) std::abort();
  return 0;
}
