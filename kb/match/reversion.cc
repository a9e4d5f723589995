#include "kb/match/reversion.h"

#include <algorithm>
#include <cstdlib>

namespace treff::match {
namespace {

using nomenclature::Alteration;
using nomenclature::AlterationKind;
using nomenclature::CodingChange;
using nomenclature::CodingPosition;
using nomenclature::Consequence;
using nomenclature::NucleotideForm;

// Between two frameshifts further apart the shifted frame hardly ever stays free of stops.
constexpr int kFarthestCodons = 100;

bool truncates(Consequence consequence) {
  return consequence == Consequence::Nonsense || consequence == Consequence::Frameshift;
}

// Changes the protein and leaves its end in place.
bool keeps_the_end(Consequence consequence) {
  return consequence == Consequence::Missense || consequence == Consequence::InframeDeletion ||
         consequence == Consequence::InframeInsertion || consequence == Consequence::Synonymous;
}

bool is_small_with_residues(const Alteration& alteration) {
  return alteration.kind == AlterationKind::Small && alteration.protein && alteration.protein->start > 0;
}

// Bases gained (positive) or lost within the coding sequence; nullopt where the c. form does not say.
std::optional<int> bases_gained(const std::optional<CodingChange>& change) {
  if (!change) return std::nullopt;
  for (const CodingPosition* end : {&change->start, &change->end}) {
    if (end->region != CodingPosition::Region::Coding || end->offset != 0) return std::nullopt;
  }
  const int span = change->end.base - change->start.base + 1;
  const int written = static_cast<int>(change->alt.size());
  switch (change->form) {
    case NucleotideForm::Deletion: return -span;
    case NucleotideForm::Duplication: return span;
    case NucleotideForm::Insertion: return written == 0 ? std::nullopt : std::optional(written);
    case NucleotideForm::Delins: return written == 0 ? std::nullopt : std::optional(written - span);
    case NucleotideForm::Substitution:
    case NucleotideForm::Inversion:
    case NucleotideForm::Unchanged: return std::nullopt;
  }
  return std::nullopt;
}

bool may_undo(const Alteration& second, const Alteration& first) {
  if (!is_small_with_residues(first) || !is_small_with_residues(second) || !truncates(first.consequence)) return false;
  if (keeps_the_end(second.consequence)) {
    return second.protein->start <= first.protein->start && first.protein->start <= second.protein->end;
  }
  const bool two_shifts = first.consequence == Consequence::Frameshift && second.consequence == Consequence::Frameshift;
  if (!two_shifts || std::abs(second.protein->start - first.protein->start) > kFarthestCodons) return false;
  const std::optional<int> one = bases_gained(first.coding);
  const std::optional<int> other = bases_gained(second.coding);
  // Two records of one frameshift never add up to whole codons: neither length is a multiple of three.
  return one && other && (*one + *other) % 3 == 0;
}

bool names_gene(const Alteration& alteration, const std::vector<std::string>& genes) {
  const auto asked = [&](const std::string& symbol) {
    return std::find(genes.begin(), genes.end(), symbol) != genes.end();
  };
  return asked(alteration.gene) || std::any_of(alteration.family.begin(), alteration.family.end(), asked);
}

}  // namespace

std::optional<std::string> stated_reversion(const std::vector<std::string>& genes, const CaseFacts& facts) {
  for (const Alteration& alteration : facts.alterations) {
    if (alteration.effect == nomenclature::Effect::Reversion && names_gene(alteration, genes))
      return alteration.canonical;
  }
  return std::nullopt;
}

std::optional<std::string> possible_reversion(const std::vector<std::string>& genes, const CaseFacts& facts) {
  for (const std::string& gene : genes) {
    const auto found = facts.by_gene.find(gene);
    if (found == facts.by_gene.end()) continue;
    for (const std::size_t first : found->second) {
      for (const std::size_t second : found->second) {
        const Alteration& truncating = facts.alterations[first];
        const Alteration& restoring = facts.alterations[second];
        if (first != second && may_undo(restoring, truncating)) {
          return restoring.canonical + " beside " + truncating.canonical;
        }
      }
    }
  }
  return std::nullopt;
}

}  // namespace treff::match
