// Any bytes as a curator's sheet.
#include <cstddef>
#include <cstdint>

#include "indexer/importers/sheet.h"
#include "tests/fuzz/import_properties.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  treff::indexer::CheckingSink sink;
  treff::NoProgress quiet;
  treff::indexer::read_sheet({reinterpret_cast<const char*>(data), size}, "fuzz", treff::indexer::fuzz_context(), sink,
                             quiet);
  return 0;
}
