// One finding in a tumour in one normal form, whatever spelling it came in (rules N1-N9).
//
// Source: HGVS nomenclature 21 (protein, coding, genomic forms), MATCHING.md sections 2-3.
// Residues and bases are counted from 1, ranges include both ends. Residues are one-letter codes, '*' is stop.
// An Alteration may be less precise than a class asks ("EGFR exon 20 insertion", "ALK fusion", "BRAF mutation"):
// what was not stated stays empty or Unknown, it is never filled in by guess.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kb/base/enum_names.h"

namespace treff::nomenclature {

enum class AlterationKind : std::uint8_t { Small, CopyNumber, Fusion, Splice, Structural, Expression, WildType };

enum class Consequence : std::uint8_t {
  Missense,
  Nonsense,
  Synonymous,
  InframeDeletion,
  InframeInsertion,  // duplications too, and a delins that lengthens (N5)
  Frameshift,
  Splice,  // splice site +-1/2 or a laboratory's "splice" consequence
  StartLost,
  Extension,  // stop lost
  Promoter,
  Noncoding,  // intron, UTR, upstream: satisfies no protein class (M9)
  Unknown,
};

enum class Origin : std::uint8_t { Unknown, Somatic, Germline };

// What is known of its effect on the protein. Unassessed is not "no effect" (M9).
enum class Oncogenicity : std::uint8_t { Unassessed, Oncogenic, LikelyOncogenic, Uncertain, LikelyBenign, Benign };
// Reversion: a further change by which a lost gene works again (M12).
enum class Effect : std::uint8_t { Unknown, LossOfFunction, GainOfFunction, Neutral, Reversion };

enum class ProteinForm : std::uint8_t {
  Substitution,   // V600E; one residue for one
  Synonymous,     // S667= ; S667S
  Nonsense,       // Q1294*
  Deletion,       // E746_A750del
  Insertion,      // N771_P772insSVD; start and end flank the insertion
  Delins,         // L747_P753delinsS; VK600EI is V600_K601delinsEI
  Duplication,    // Y772_A775dup
  Frameshift,     // N141fs
  Extension,      // *757Kext*36
  StartLost,      // M1?
  NoProtein,      // p.0
  UnknownEffect,  // p.?
  SpliceSite,     // X1010_splice
  AnyAtCodon,     // a person wrote only "V600": some change at the codon
  Repeat,         // A2[10]: the unit stands 10 times; how many it had is not stated
};

struct ProteinChange {
  ProteinForm form = ProteinForm::UnknownEffect;
  int start = 0;
  int end = 0;              // = start for one residue
  std::string ref_first;    // reference residue at start, empty if not stated
  std::string ref_last;     // reference residue at end, empty if not stated
  std::string ref;          // every replaced or deleted residue where stated, else empty
  std::string alt;          // new residues in order, 'X' = unknown residue
  int inserted_length = 0;  // where only a count is stated (ins23), and the count of a Repeat, else 0
  int stop_after = 0;       // fs*N or ext*N, negative for a start that moves (M1ext-5); 0 = not stated
  bool operator==(const ProteinChange&) const = default;
};

// c. positions: 1799, 3082+1, -124, *35.
struct CodingPosition {
  enum class Region : std::uint8_t { Upstream5, Coding, Downstream3 };
  Region region = Region::Coding;
  int base = 0;    // positive, counted within its region
  int offset = 0;  // intron offset, signed
  bool operator==(const CodingPosition&) const = default;
};

enum class NucleotideForm : std::uint8_t {
  Substitution,
  Deletion,
  Insertion,
  Delins,
  Duplication,
  Inversion,
  Unchanged
};

struct CodingChange {
  std::string accession;  // NM_004333.6, empty if not stated
  NucleotideForm form = NucleotideForm::Substitution;
  CodingPosition start;
  CodingPosition end;
  std::string ref;  // bases where stated
  std::string alt;
  bool operator==(const CodingChange&) const = default;
};

enum class Assembly : std::uint8_t { Unstated, GRCh37, GRCh38 };  // never guessed (N7)

struct GenomicChange {
  Assembly assembly = Assembly::Unstated;
  std::string chromosome;  // "7", "X", "MT", without "chr"
  std::int64_t position = 0;
  std::string ref;
  std::string alt;
  bool operator==(const GenomicChange&) const = default;
};

enum class CopyCall : std::uint8_t { Unstated, Amplification, Gain, Neutral, Loss, HomozygousDeletion };

// Fold change and copies are different measures and are never converted into one another (M14).
struct CopyNumber {
  CopyCall call = CopyCall::Unstated;  // as the laboratory called it
  std::optional<double> fold_change;
  std::optional<double> copies;
  std::optional<int> minor_copies;  // 0 = loss of heterozygosity
  bool operator==(const CopyNumber&) const = default;
};

// One end of a fusion. Several genes = one breakpoint in overlapping genes ("ROS1;GOPC"); none = not stated.
struct FusionSide {
  std::vector<std::string> genes;
  int exon = 0;
  bool operator==(const FusionSide&) const = default;
};

struct Fusion {
  FusionSide five_prime;
  FusionSide three_prime;
  bool direction_known = false;  // false: the two sides may be exchanged ("A/B")
  bool intragenic = false;
  std::optional<bool> in_frame;
  std::optional<bool> kinase_domain_kept;
  bool operator==(const Fusion&) const = default;
};

enum class SpliceEvidence : std::uint8_t { Unstated, Rna, Dna };

struct SpliceEvent {
  int first_exon = 0;  // skipped exons, printed numbers; 0 = not stated
  int last_exon = 0;
  SpliceEvidence by = SpliceEvidence::Unstated;
  bool operator==(const SpliceEvent&) const = default;
};

struct Expression {
  std::string method;  // "ihc", "ish", "rna", empty if not stated
  std::string level;   // "3+", "positive", "overexpression"
  std::optional<double> value;
  bool operator==(const Expression&) const = default;
};

struct Alteration {
  AlterationKind kind = AlterationKind::Small;
  std::string gene;  // approved symbol; for a fusion its first named gene; empty where a family is named
  // Approved symbols where a family was named: "NTRK fusion" lies in one of them, not said which (M2); "RAS wild type"
  // holds for all of them (M11).
  std::vector<std::string> family;
  std::vector<int> wild_type_exons;  // the exons a "wild type" speaks of, empty = the whole gene
  std::string transcript;            // accession as stated, empty if not
  Consequence consequence = Consequence::Unknown;
  std::optional<ProteinChange> protein;  // on the gene's reference transcript where it could be mapped (N6)
  std::vector<ProteinChange> also;       // further changes of one name, "p.[S73R;N103del]"
  bool alternatives = false;             // `protein` and `also` are alternatives: one of them, not known which
  std::optional<CodingChange> coding;
  std::optional<GenomicChange> genomic;
  std::optional<CopyNumber> copy_number;
  std::optional<Fusion> fusion;
  std::optional<SpliceEvent> splice;
  std::optional<Expression> expression;
  std::string structural_name;  // "vIII", "ITD", "KDD", "PTD"
  int exon = 0;                 // printed number, 0 = not stated

  Origin origin = Origin::Unknown;
  Oncogenicity oncogenicity = Oncogenicity::Unassessed;
  Effect effect = Effect::Unknown;
  std::optional<double> allele_fraction;  // 0-1
  std::optional<int> depth;

  bool numbering_uncertain = false;  // stated transcript is not the reference one and could not be mapped (N6)
  std::string mapped_from;           // "M1268T on NM_001127500" where a number was mapped (N6)
  std::string conflict;              // how the given p., c. and g. forms disagree (N9), empty if they agree

  std::string input;      // what was written
  std::string canonical;  // "BRAF V600E", "EML4::ALK", "ERBB2 amplification": equal for equal findings
};

}  // namespace treff::nomenclature

namespace treff::base {
template <>
struct EnumNames<nomenclature::AlterationKind> {
  using E = nomenclature::AlterationKind;
  static constexpr std::array rows = {
      EnumName<E>{E::Small, "small"},           EnumName<E>{E::CopyNumber, "copy_number"},
      EnumName<E>{E::Fusion, "fusion"},         EnumName<E>{E::Splice, "splice"},
      EnumName<E>{E::Structural, "structural"}, EnumName<E>{E::Expression, "expression"},
      EnumName<E>{E::WildType, "wild_type"},
  };
};

template <>
struct EnumNames<nomenclature::Consequence> {
  using E = nomenclature::Consequence;
  static constexpr std::array rows = {
      EnumName<E>{E::Missense, "missense"},
      EnumName<E>{E::Nonsense, "nonsense"},
      EnumName<E>{E::Synonymous, "synonymous"},
      EnumName<E>{E::InframeDeletion, "inframe_deletion"},
      EnumName<E>{E::InframeInsertion, "inframe_insertion"},
      EnumName<E>{E::Frameshift, "frameshift"},
      EnumName<E>{E::Splice, "splice"},
      EnumName<E>{E::StartLost, "start_lost"},
      EnumName<E>{E::Extension, "extension"},
      EnumName<E>{E::Promoter, "promoter"},
      EnumName<E>{E::Noncoding, "noncoding"},
      EnumName<E>{E::Unknown, "unknown"},
  };
};

template <>
struct EnumNames<nomenclature::Origin> {
  using E = nomenclature::Origin;
  static constexpr std::array rows = {EnumName<E>{E::Unknown, "unknown"}, EnumName<E>{E::Somatic, "somatic"},
                                      EnumName<E>{E::Germline, "germline"}};
};

template <>
struct EnumNames<nomenclature::Oncogenicity> {
  using E = nomenclature::Oncogenicity;
  static constexpr std::array rows = {
      EnumName<E>{E::Unassessed, "unassessed"},
      EnumName<E>{E::Oncogenic, "oncogenic"},
      EnumName<E>{E::LikelyOncogenic, "likely_oncogenic"},
      EnumName<E>{E::Uncertain, "uncertain"},
      EnumName<E>{E::LikelyBenign, "likely_benign"},
      EnumName<E>{E::Benign, "benign"},
  };
};

template <>
struct EnumNames<nomenclature::Effect> {
  using E = nomenclature::Effect;
  static constexpr std::array rows = {EnumName<E>{E::Unknown, "unknown"},
                                      EnumName<E>{E::LossOfFunction, "loss_of_function"},
                                      EnumName<E>{E::GainOfFunction, "gain_of_function"},
                                      EnumName<E>{E::Neutral, "neutral"}, EnumName<E>{E::Reversion, "reversion"}};
};

template <>
struct EnumNames<nomenclature::CopyCall> {
  using E = nomenclature::CopyCall;
  static constexpr std::array rows = {
      EnumName<E>{E::Unstated, "unstated"}, EnumName<E>{E::Amplification, "amplification"},
      EnumName<E>{E::Gain, "gain"},         EnumName<E>{E::Neutral, "neutral"},
      EnumName<E>{E::Loss, "loss"},         EnumName<E>{E::HomozygousDeletion, "homozygous_deletion"}};
};

template <>
struct EnumNames<nomenclature::Assembly> {
  using E = nomenclature::Assembly;
  static constexpr std::array rows = {EnumName<E>{E::Unstated, "unstated"}, EnumName<E>{E::GRCh37, "GRCh37"},
                                      EnumName<E>{E::GRCh38, "GRCh38"}};
};

template <>
struct EnumNames<nomenclature::SpliceEvidence> {
  using E = nomenclature::SpliceEvidence;
  static constexpr std::array rows = {EnumName<E>{E::Unstated, "unstated"}, EnumName<E>{E::Rna, "rna"},
                                      EnumName<E>{E::Dna, "dna"}};
};

}  // namespace treff::base
