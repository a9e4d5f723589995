// Molecular markers in running text: title, arm label, eligibility criteria -> what seems to be needed or ruled out.
//
// Precision before coverage: what reads as a condition on something else ("patients with EGFR mutation must have had
// osimertinib"), as an alternative to something unread, as a treatment ("EGFR inhibitor") or as a test ("EGFR mutation
// status") is not a marker. The result is a suggestion for a person, never a criterion that is matched.
// Gene names count only as they are written in their own capitals (MET, not met), and only beside a word of alteration.
// Thread-safe; pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "kb/nomenclature/gene_table.h"

namespace treff::nomenclature {

enum class MarkerPlace : std::uint8_t { Heading, Inclusion, Exclusion };  // Heading: a title or the label of an arm
enum class MarkerSense : std::uint8_t { Needed, Excluded };

// Any of these texts, each as read_class (a variant) or parse_biomarker ("MSI high") reads it.
struct Marker {
  std::vector<std::string> any_of;  // canonical: "BRAF V600E", "ALK fusion"; sorted as they stood
  MarkerSense sense = MarkerSense::Needed;
  std::size_t begin = 0;  // bytes [begin, end) of the text that was handed in
  std::size_t end = 0;
};

// The markers of one sentence or one list item.
std::vector<Marker> read_markers(std::string_view sentence, MarkerPlace place, const GeneTable& genes);

// One sentence or list item of eligibility text, with the section it stands in. An item nested below a line that ends
// with a colon in the inclusion part is left out: it is one of several alternatives.
struct Passage {
  std::string text;
  MarkerPlace place = MarkerPlace::Inclusion;
};
std::vector<Passage> eligibility_passages(std::string_view text);

}  // namespace treff::nomenclature
