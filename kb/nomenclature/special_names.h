// Spellings of reports that are no name of any standard, each with the one meaning it has in practice, or an error.
//
// Text behind a name ("(VAF 31%)"), promoter changes named by the last digits of their genome position ("TERT C228T"),
// names on a numbering that is no longer used ("BRCA2 6174delT"). Pure functions of the text; nothing is guessed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kb/base/result.h"
#include "kb/nomenclature/alteration.h"

namespace treff::nomenclature {

// Takes "(VAF 31%)", ", VAF 0,31" or a bare "(31 %)" off the end of `text`; the fraction is 0-1, nullopt if there is
// none. A number above 1 without '%' is in percent; 1 without '%' is left in the text, because it may be either.
std::optional<double> take_allele_fraction(std::string_view& text);

// "NM_004333.6", "ENST00000288602", "NM_004333.6(BRAF)": a transcript and no change on it.
bool is_transcript_alone(std::string_view word);

// Takes " on NM_004333.6" off the end and gives the accession; also takes " on an unstated transcript", which a
// canonical text says, and gives nothing.
std::string take_transcript(std::string_view& text);

// Takes "(exons 2, 3, 4)" or "(exons 2-4)" off the end; empty, and nothing taken, if there is no such list.
std::vector<int> take_exons(std::string_view& text);

// "C228T" and "C250T" of TERT: the promoter changes c.-124C>T and c.-146C>T, named by the last digits of their GRCh37
// position (N7). nullopt for every other text, and for "p.C228T", which names a residue.
std::optional<CodingChange> promoter_shorthand(std::string_view gene, std::string_view text);

// True for "6174delT", "185delAG", "5382insC", "58_59insA": a number, an edit and letters that are all bases. Such a
// name may be an old coding name on another numbering (BRCA) or a protein change without its first residue.
bool may_be_old_coding_name(std::string_view text);

// The error for such a name, with the way out.
Error old_coding_name_error(std::string_view text);

}  // namespace treff::nomenclature
