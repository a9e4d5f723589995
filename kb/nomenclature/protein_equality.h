// Are two protein changes the same change? Only as far as the names prove it (rule N5).
//
// Both changes are applied to the stretch of protein they touch. Residues that either name states are known, every
// other residue is a symbol that stands for itself. The results are then compared: the same symbols throughout prove
// equality, another length or another known residue proves a difference, anything else stays open.
#pragma once

#include "kb/nomenclature/alteration.h"

namespace treff::nomenclature {

enum class Proof {
  Equal,
  Different,
  Unproved,       // may be two spellings of one change; only the sequence could tell
  Contradiction,  // the names state different reference residues at one place
  LessDetail,     // equal as far as the alteration goes, but the class states more (fs*41 against fs)
};

// `wanted` is the class side: new residues that it leaves unknown (ins23, insX) are met by any residue.
Proof compare(const ProteinChange& wanted, const ProteinChange& found);

// True if `found` changes the residue that the substitution `wanted` changes, to the same residue, besides others.
bool contains(const ProteinChange& found, const ProteinChange& wanted);

// True if the names state different reference residues at one place.
bool contradicts(const ProteinChange& a, const ProteinChange& b);

}  // namespace treff::nomenclature
