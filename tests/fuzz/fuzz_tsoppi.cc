// Any bytes as a tsoppi file: an error or a reading, and every finding with its place.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "kb/casefile/tsoppi.h"
#include "kb/casefile/tsv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto text = treff::casefile::check_text(bytes, "fuzz");
  if (!text) return 0;
  const auto files = treff::casefile::read_tsoppi(*text, "fuzz");
  if (!files) {
    if (files.error().empty()) std::abort();
    return 0;
  }
  if (files->empty()) std::abort();
  for (const auto& file : *files) {
    for (const auto& alteration : file.reading.tumour_case.alterations) {
      if (!alteration.place.starts_with("fuzz:")) std::abort();
    }
  }
  return 0;
}
