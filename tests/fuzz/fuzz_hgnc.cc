// Any bytes as a gene or transcript table: no crash, errors with a place, what was read can be written.
#include <cstdint>
#include <cstdlib>

#include "tests/fuzz/importer_properties.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (treff::indexer::hgnc_problem(text) != nullptr) std::abort();
  return 0;
}
