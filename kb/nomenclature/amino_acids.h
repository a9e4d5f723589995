// The residue alphabet of protein names: one letter, three letters, and the genetic code that ties both to bases.
//
// Source: HGVS protein standards (IUPAC-IUB codes; selenocysteine U and pyrrolysine O included), standard genetic code.
// '*' is a stop, 'X' an unknown residue. Ambiguity codes (B, J, Z) are not names of a residue.
#pragma once

#include <optional>
#include <string_view>

namespace treff::nomenclature {

// 'V' for "Val" (exact case), '*' for "Ter", 'X' for "Xaa".
std::optional<char> residue_of(std::string_view three_letters);
// "Val" for 'V'; empty for a character that is no residue.
std::string_view three_letters_of(char residue);
// True for the 22 residues, '*' and 'X', in upper case.
bool is_residue(char c);

// Can one exchange of `from` for `to` at base `place` (0-2) of a codon turn residue `ref` into `alt`?
// Bases A, C, G, T in upper case; residues incl. '*'. Used to see whether a c. and a p. form can be the same (N9).
bool exchange_explains(char ref, char alt, int place, char from, char to);

}  // namespace treff::nomenclature
