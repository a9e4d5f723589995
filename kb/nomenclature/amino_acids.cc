#include "kb/nomenclature/amino_acids.h"

#include <array>
#include <string>

namespace treff::nomenclature {
namespace {

struct ResidueName {
  char one;
  std::string_view three;
};

constexpr std::array kResidues = {
    ResidueName{'A', "Ala"}, ResidueName{'R', "Arg"}, ResidueName{'N', "Asn"}, ResidueName{'D', "Asp"},
    ResidueName{'C', "Cys"}, ResidueName{'Q', "Gln"}, ResidueName{'E', "Glu"}, ResidueName{'G', "Gly"},
    ResidueName{'H', "His"}, ResidueName{'I', "Ile"}, ResidueName{'L', "Leu"}, ResidueName{'K', "Lys"},
    ResidueName{'M', "Met"}, ResidueName{'F', "Phe"}, ResidueName{'P', "Pro"}, ResidueName{'S', "Ser"},
    ResidueName{'T', "Thr"}, ResidueName{'W', "Trp"}, ResidueName{'Y', "Tyr"}, ResidueName{'V', "Val"},
    ResidueName{'U', "Sec"}, ResidueName{'O', "Pyl"}, ResidueName{'*', "Ter"}, ResidueName{'X', "Xaa"},
};

// Codons in the order TTT, TTC, TTA, TTG, TCT ... GGG (bases T, C, A, G).
constexpr std::string_view kBases = "TCAG";
constexpr std::string_view kGeneticCode = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG";

constexpr std::array kPlaceWeight = {16, 4, 1};

}  // namespace

std::optional<char> residue_of(std::string_view three_letters) {
  for (const auto& row : kResidues) {
    if (row.three == three_letters) return row.one;
  }
  return std::nullopt;
}

std::string_view three_letters_of(char residue) {
  for (const auto& row : kResidues) {
    if (row.one == residue) return row.three;
  }
  return {};
}

bool is_residue(char c) { return !three_letters_of(c).empty(); }

bool exchange_explains(char ref, char alt, int place, char from, char to) {
  const auto from_index = kBases.find(from);
  const auto to_index = kBases.find(to);
  if (from_index == std::string_view::npos || to_index == std::string_view::npos) return false;
  const int weight = kPlaceWeight.at(static_cast<std::size_t>(place));
  for (std::size_t codon = 0; codon < kGeneticCode.size(); ++codon) {
    const auto base = (codon / static_cast<std::size_t>(weight)) % 4;
    if (kGeneticCode[codon] != ref || base != from_index) continue;
    const auto changed = codon - base * static_cast<std::size_t>(weight) + to_index * static_cast<std::size_t>(weight);
    if (kGeneticCode[changed] == alt) return true;
  }
  return false;
}

}  // namespace treff::nomenclature
