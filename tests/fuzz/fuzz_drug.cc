// Any bytes as a regimen: no crash, every id is a drug, and the ids read as themselves.
#include <cstdint>
#include <cstdlib>

#include "tests/fuzz/name_properties.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (treff::nomenclature::drug_problem(text) != nullptr) std::abort();
  return 0;
}
