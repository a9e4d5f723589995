// A second change that may undo a truncating one: the gene may work again (M12: a reversion is a caution).
//
// Read from the findings alone; it never changes a verdict. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kb/match/case_facts.h"

namespace treff::match {

// "BRCA2 reversion mutation", if a finding in one of `genes` is called so.
std::optional<std::string> stated_reversion(const std::vector<std::string>& genes, const CaseFacts& facts);

// "BRCA2 Q1295R beside BRCA2 Q1295*" for the first pair of findings in one of `genes` of which one may undo the other:
// a change that does not truncate at or over the codon of a stop or frameshift, or two frameshifts at most 100 codons
// apart whose stated lengths together keep the frame. nullopt if there is none.
std::optional<std::string> possible_reversion(const std::vector<std::string>& genes, const CaseFacts& facts);

}  // namespace treff::match
