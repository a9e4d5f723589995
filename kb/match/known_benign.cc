#include "kb/match/known_benign.h"

#include <algorithm>
#include <string_view>

namespace treff::match {
namespace {

struct Row {
  std::string_view gene;
  int codon;  // of a stop
};

// BRCA2 c.9976A>T, K3326*: the last 93 residues are not needed; benign by the ENIGMA expert panel (ClinVar).
constexpr Row kStops[] = {{"BRCA2", 3326}};

}  // namespace

bool is_known_benign(const nomenclature::Alteration& alteration) {
  const bool stop = alteration.kind == nomenclature::AlterationKind::Small && alteration.protein &&
                    alteration.protein->form == nomenclature::ProteinForm::Nonsense;
  if (!stop || alteration.numbering_uncertain || !alteration.conflict.empty() || !alteration.also.empty()) return false;
  return std::any_of(std::begin(kStops), std::end(kStops), [&](const Row& row) {
    return row.gene == alteration.gene && row.codon == alteration.protein->start;
  });
}

}  // namespace treff::match
