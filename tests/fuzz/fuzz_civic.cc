// Any bytes as a CIViC evidence table.
#include <cstddef>
#include <cstdint>

#include "indexer/importers/civic.h"
#include "tests/fuzz/import_properties.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  treff::indexer::CheckingSink sink;
  treff::NoProgress quiet;
  treff::indexer::read_civic_evidence({reinterpret_cast<const char*>(data), size}, "01-Jan-2021-x.tsv",
                                      treff::indexer::fuzz_context(), sink, quiet);
  return 0;
}
