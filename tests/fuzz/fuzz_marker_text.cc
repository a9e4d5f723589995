// Any bytes as eligibility text: every marker lies inside its text and can be read by the criterion reader.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "kb/nomenclature/biomarker.h"
#include "kb/nomenclature/marker_text.h"
#include "kb/nomenclature/read_alteration.h"
#include "tests/fuzz/import_properties.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace nomenclature = treff::nomenclature;
  const auto& genes = treff::indexer::fuzz_knowledge().vocabulary().genes;
  for (const auto& passage : nomenclature::eligibility_passages({reinterpret_cast<const char*>(data), size})) {
    if (passage.text.empty()) std::abort();
    for (const auto& marker : nomenclature::read_markers(passage.text, passage.place, genes)) {
      if (marker.any_of.empty() || marker.begin >= marker.end || marker.end > passage.text.size()) std::abort();
      for (const std::string& text : marker.any_of) {
        if (!nomenclature::read_class(text, {}, genes) && !nomenclature::parse_biomarker(text)) std::abort();
      }
    }
  }
  return 0;
}
