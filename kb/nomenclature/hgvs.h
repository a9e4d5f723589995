// HGVS names as a recursive-descent parser: protein, coding and genomic forms (rules N2, N3, N5, N7).
//
// Source: HGVS nomenclature, protein and DNA recommendations. Residues 1-based. Errors carry the byte offset of the
// piece.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kb/base/result.h"
#include "kb/nomenclature/alteration.h"

namespace treff::nomenclature {

// How an ambiguous X is read (N4).
// AnyResidue is the criterion side: it also admits what only a rule may say, a bare number ("600") and an insertion
// with one flank ("A763insLQEA").
enum class XMeans : std::uint8_t { Stop, AnyResidue };

struct ProteinName {
  std::string accession;   // NP_004324.2 or NM_.., empty if not stated
  bool predicted = false;  // in parentheses
  ProteinChange change;
  std::vector<ProteinChange> also;                 // the other changes of "p.[Ser73Arg;Asn103del]"
  bool alternatives = false;                       // "Gly56Ala^Ser": one of `change` and `also`, not known which
  Consequence consequence = Consequence::Unknown;  // follows from `change` alone
};

// "p.(Val600Glu)", "V600E", "NP_004324.2:p.Val600Glu", "E746_A750del", "VK600EI", "X1010_splice",
// "NM_..:c...(p.(Asn999=))". One-letter names may be lower case ("v600e").
Result<ProteinName> parse_protein(std::string_view text, XMeans x = XMeans::Stop);
// "NM_004333.6:c.1799T>A", "c.3082+1G>T", "c.-124C>T".
Result<CodingChange> parse_coding(std::string_view text);
// "NC_000007.13:g.140453136A>T", "7:140453136 A>T", "chr7:g.140453136A>T", "5:g.1295228G>A".
Result<GenomicChange> parse_genomic(std::string_view text);

// "V600E" and "p.Val600Glu": canonical one-letter and three-letter names. parse(print(x)) == x, except that residues
// between the ends of a deletion ("delLREAT") are not printed, because the same deletion is written without them.
std::string to_one_letter(const ProteinChange& change);
std::string to_three_letter(const ProteinChange& change);
std::string to_text(const CodingChange& change);   // "c.1799T>A", without accession
std::string to_text(const GenomicChange& change);  // "GRCh37 7:140453136 A>T"

Consequence consequence_of(const ProteinChange& change);

// The class word for Sequence Ontology terms as pipelines write them; several joined by '&' or ',': the most severe.
Consequence consequence_from_so(std::string_view terms);

}  // namespace treff::nomenclature
