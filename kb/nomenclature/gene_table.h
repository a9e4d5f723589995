// Every gene name to one approved symbol (rule N1), and what the matcher must know of a gene.
//
// Built once per knowledge-base revision from gene and gene_family records; immutable and safe to share afterwards.
// Approved symbol beats alias beats previous symbol; curated names beat those that only a public table gives, whose
// aliases lead everyday names astray (P16, NRF2, ALK1). A name that belongs to several genes, or to a family, is an
// ambiguity with its candidates, never a guess.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kb/base/enum_names.h"
#include "kb/base/result.h"

namespace treff::nomenclature {

enum class GeneRole : std::uint8_t { Unknown, Oncogene, Suppressor, Both };
enum class KinaseEnd : std::uint8_t { None, FivePrime, ThreePrime };  // end of a fusion that keeps the kinase (M13)

struct ExonCodons {
  int exon = 0;         // printed number
  int first_codon = 0;  // 1-based, inclusive; a codon split by an intron belongs to both exons
  int last_codon = 0;
};

// Another numbering in use: from residue `from` on that transcript, reference number = number + add. kNoCounterpart
// marks a stretch that the reference protein lacks.
struct ResidueShift {
  int from = 0;
  int add = 0;
};
inline constexpr int kNoCounterpart = -100000;

struct IsoformFacts {
  std::string refseq;  // without version: NM_001127500
  std::string ensembl;
  int protein_length = 0;
  std::vector<ResidueShift> shifts;  // ascending by `from`
};

// The residue's number on the gene's reference transcript; nullopt where that has no such residue (N6).
std::optional<int> reference_residue(const IsoformFacts& isoform, int residue);

struct GeneFacts {
  std::string symbol;
  std::string hgnc_id;
  std::vector<std::string> aliases;
  std::vector<std::string> previous_symbols;
  bool curated = true;                     // false: only an imported table knows the gene
  std::vector<std::string> table_symbols;  // approved symbols that an imported table gives to this gene, if others
  std::vector<std::string> table_aliases;  // names that only an imported table gives
  std::vector<std::string> table_previous;
  GeneRole role = GeneRole::Unknown;
  KinaseEnd kinase_end = KinaseEnd::None;
  bool hereditary = false;             // a pathogenic call warns "confirm in germline" (M10)
  bool clonal_haematopoiesis = false;  // a plasma call warns (M3)
  std::string refseq;                  // reference transcript, without version
  std::string ensembl;
  int protein_length = 0;
  std::vector<ExonCodons> exons;                // on the reference transcript, ascending
  std::vector<IsoformFacts> isoforms;           // other numberings in use
  std::vector<int> hotspots;                    // listed recurrent residues (M9)
  std::vector<std::string> recurrent_partners;  // curated recurrent fusion partners (M13)
};

struct FamilyFacts {
  std::string name;                  // "RAS"
  std::vector<std::string> names;    // everyday spellings
  std::vector<std::string> members;  // approved symbols
};

class GeneTable {
 public:
  GeneTable() = default;
  GeneTable(std::vector<GeneFacts> genes, std::vector<FamilyFacts> families);

  enum class NameKind : std::uint8_t { Symbol, Alias, Previous, TableAlias, TablePrevious };
  struct Found {
    const GeneFacts* gene = nullptr;
    NameKind by = NameKind::Symbol;
  };
  // Case-insensitive on input. UnknownName (hint: nearest symbols, shown, never applied) or AmbiguousName (hint:
  // candidates).
  Result<Found> find(std::string_view name) const;
  // The same without a word on why: for names that may well be no gene, of which there are many in free text.
  std::optional<Found> lookup(std::string_view name) const;
  // True if the name belongs to a gene, to several, or to a family.
  bool knows(std::string_view name) const;
  // The same for names that a curator gave. A public table has CYS1, AMP and A1 as names of genes, so its names are
  // read only where they stand apart from what follows.
  bool knows_curated(std::string_view name) const;
  // The gene with exactly this approved symbol, or nullptr.
  const GeneFacts* by_symbol(std::string_view symbol) const;
  // The gene with this HGNC id ("HGNC:1097"), or nullptr.
  const GeneFacts* by_hgnc_id(std::string_view id) const;
  // True if the table gives this name to this gene, whatever other genes share it.
  static bool has_name(const GeneFacts& gene, std::string_view name);
  // The family with this everyday name ("RAS", "NTRK"), or nullptr.
  const FamilyFacts* family(std::string_view name) const;
  const std::vector<GeneFacts>& genes() const { return genes_; }

 private:
  struct Entry {
    std::size_t gene;
    NameKind by;
  };
  std::vector<GeneFacts> genes_;
  std::vector<FamilyFacts> families_;
  std::unordered_map<std::string, std::vector<Entry>> by_name_;  // upper-case name -> candidates, best NameKind only
  std::unordered_map<std::string, std::size_t> family_by_name_;
  std::unordered_map<std::string, std::size_t> by_hgnc_id_;
};

}  // namespace treff::nomenclature

namespace treff::base {

template <>
struct EnumNames<nomenclature::GeneRole> {
  using E = nomenclature::GeneRole;
  static constexpr std::array rows = {EnumName<E>{E::Unknown, "unknown"}, EnumName<E>{E::Oncogene, "oncogene"},
                                      EnumName<E>{E::Suppressor, "suppressor"}, EnumName<E>{E::Both, "both"}};
};

template <>
struct EnumNames<nomenclature::KinaseEnd> {
  using E = nomenclature::KinaseEnd;
  static constexpr std::array rows = {EnumName<E>{E::None, "none"}, EnumName<E>{E::FivePrime, "five_prime"},
                                      EnumName<E>{E::ThreePrime, "three_prime"}};
};

}  // namespace treff::base
