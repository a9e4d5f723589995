// Which transcript a number belongs to, and the codon a c. position lies in (rules N6, N7, N9).
//
// Codon n holds bases 3n-2 to 3n. Residues and codons count from 1. Everything here works on one gene's facts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kb/nomenclature/alteration.h"
#include "kb/nomenclature/gene_table.h"

namespace treff::nomenclature {

enum class TranscriptMatch { Unstated, Reference, Isoform, Unknown };

struct TranscriptRelation {
  TranscriptMatch match = TranscriptMatch::Unstated;
  const IsoformFacts* isoform = nullptr;  // for Isoform
};

// Compares without versions. A gene record without any transcript, or an accession that is no transcript (NP_, LRG_),
// says nothing: Unstated.
TranscriptRelation match_transcript(const GeneFacts& gene, std::string_view accession);

// The reference number of residue `number` of the isoform; nullopt if that residue has no counterpart.
std::optional<int> to_reference(const IsoformFacts& isoform, int number);

// Moves a change to the reference numbering; nullopt if an end has no counterpart there.
std::optional<ProteinChange> to_reference(const IsoformFacts& isoform, const ProteinChange& change);

// Codon of a coding base, for an intron position the codon of the exon base it is counted from; 0 outside the coding
// part.
int codon_of(const CodingPosition& position);

struct CodonRange {
  int first = 0;  // 0: not known
  int last = 0;
};

// Codons of the c. change on the gene's reference numbering; {0, 0} if they cannot be placed there.
CodonRange reference_codons(const Alteration& alteration, const GeneFacts* gene);

// The exon whose splice site a c. intron position belongs to, printed number; 0 if not known. '+' counts from the last
// base of an exon, '-' from the first. Where no transcript is stated, the one on which the position is a splice site.
int splice_exon(const Alteration& alteration, const GeneFacts& gene);

// Known promoter variants by either name (N7): c. position <-> genome position on a stated assembly.
bool is_promoter(std::string_view gene, const CodingPosition& position);
bool is_promoter(std::string_view gene, const GenomicChange& change);
std::optional<CodingChange> promoter_coding(std::string_view gene, const GenomicChange& change);

// What an exonic c. indel alone says: Frameshift where the number of bases is no multiple of three, Extension where
// that happens at the stop codon; otherwise Unknown (bases in a multiple of three may still make or remove a stop).
Consequence consequence_of_bases(const CodingChange& change, const GeneFacts* gene);

// What the place of the c. or genome change says where there is no protein name: Promoter, Splice (at +-1 and +-2, or
// across the border of an exon), Noncoding, or what consequence_of_bases says.
Consequence consequence_of_position(const Alteration& alteration, const GeneFacts* gene);

// The exon whose last base the change exchanges or deletes, where that is known to skip the exon (MET c.3028, residue
// D1010), and the codon of that base on the reference; {0, 0} for every other change (M15). Printed exon number.
struct LastBase {
  int exon = 0;
  int codon = 0;
};
LastBase last_base(const Alteration& alteration);
inline int last_base_exon(const Alteration& alteration) { return last_base(alteration).exon; }

// The isoform whose numbering a change without a stated transcript is likely to use: its number means a listed hotspot
// there and none on the reference, or lies beyond the reference protein (N6). `sure`: it can be nothing else, because
// the residue is known.
struct LikelyNumbering {
  const IsoformFacts* isoform = nullptr;
  bool sure = false;
};
LikelyNumbering likely_numbering(const GeneFacts& gene, const ProteinChange& change);

// How the stated protein, coding and genomic forms disagree (N9), in words; empty if nothing contradicts.
// `protein` is the change as it was stated, before any mapping.
std::string conflict_between(const Alteration& alteration, const std::optional<ProteinChange>& protein);

}  // namespace treff::nomenclature
