// Any bytes as biomarker text: no crash, and what was read prints to a text that reads the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "kb/nomenclature/biomarker.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace treff::nomenclature;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)names_biomarker(text);
  const auto biomarker = parse_biomarker(text);
  if (!biomarker) {
    const bool inside = biomarker.error().at_byte && *biomarker.error().at_byte <= size;
    if (!inside) std::abort();
    return 0;
  }
  const auto again = parse_biomarker(to_text(*biomarker));
  const bool same = again && again->name == biomarker->name && again->value == biomarker->value &&
                    again->state == biomarker->state && again->failed == biomarker->failed &&
                    again->usable_sites == biomarker->usable_sites;
  if (!same) std::abort();
  return 0;
}
