// A set of alterations that a rule speaks of: "V600", "exon 19 deletion", "any ALK fusion" (MATCHING.md section 3).
//
// VariantClass is plain data as curated; each kind uses a closed set of the members (kClassKeys says which).
// relation() compares one class with one alteration from the names alone; whether a gene was tested at all (M3, M4)
// is not known here, kb/match decides that.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kb/base/enum_names.h"
#include "kb/base/verdict.h"
#include "kb/nomenclature/alteration.h"

namespace treff::nomenclature {

class GeneTable;

enum class ClassKind : std::uint8_t {
  Protein,          // the same normal form
  Coding,           // the same c. change
  Genomic,          // the same position and alleles, stated assembly
  Codon,            // missense at the codon, or a delins that covers it; with consequences: of this one residue only
  Range,            // overlap of codons and the consequence class
  Exon,             // the exon's codons on the stated transcript
  AnyMutation,      // any non-synonymous small variant
  Functional,       // truncating, loss of function, activating, oncogenic
  CopyNumber,       // call or threshold per assay
  Fusion,           // partners, role, excluded partners
  Splice,           // exon skipping: RNA call or splice-site variant
  NamedStructural,  // EGFRvIII, FLT3-ITD, KDD
  Biallelic,        // two hits (M12)
  WildType,         // tested and nothing oncogenic found (M11)
  Expression,       // level or score by a named method (M14)
};

enum class FunctionClass : std::uint8_t { Truncating, LossOfFunction, Activating, Oncogenic };
enum class FunctionPolicy : std::uint8_t { Oncogenic, NotBenign, Any };
enum class FusionRole : std::uint8_t { Either, FivePrime, ThreePrime };

// Stands for the partner where the other breakpoint lies in no gene: a rule may ask for it, or exclude it.
inline constexpr std::string_view kIntergenic = "intergenic";

struct VariantClass {
  ClassKind kind = ClassKind::AnyMutation;
  std::vector<std::string> genes;  // approved symbols; any of them, for WildType all of them
  std::string change;  // Protein, Coding, Genomic: the change as text ("V600E", "c.-124C>T", "5:1295228 G>A")
  Assembly assembly = Assembly::Unstated;  // Genomic
  std::string at;                          // Codon: "V600"
  int start = 0;                           // Range: first and last codon; 0 = the whole gene ("frameshift mutations")
  int end = 0;
  int exon = 0;                                       // Exon, Splice: printed exon number; Fusion: at the breakpoint
  int exon_end = 0;                                   // last of several exons, 0 = the same
  std::string transcript;                             // Range, Exon: numbering, empty = the gene's reference transcript
  std::vector<Consequence> consequences;              // Codon, Range, Exon: any of them; empty = any non-synonymous
  FunctionClass function = FunctionClass::Oncogenic;  // Functional
  CopyCall copy = CopyCall::Unstated;                 // CopyNumber
  std::optional<double> min_fold_change;              // CopyNumber thresholds, each in its own measure
  std::optional<double> min_copies;
  std::string partner;                            // Fusion: the other gene or kIntergenic, empty = any
  int partner_exon = 0;                           // Fusion: exon at the breakpoint of the partner; `exon`: of the gene
  FusionRole role = FusionRole::Either;           // Fusion: the end at which `genes` must stand
  std::vector<std::string> excluded_partners;     // Fusion
  std::string name;                               // NamedStructural
  std::vector<int> exons;                         // WildType: covered exons, empty = whole gene
  std::string method;                             // Expression
  std::vector<std::string> levels;                // Expression: any of these ("3+", "positive")
  std::vector<VariantClass> excludes;             // never met by what lies inside one of these
  std::optional<Origin> origin;                   // Somatic or Germline; nullopt = either
  std::optional<FunctionPolicy> function_policy;  // nullopt = the kind's default
};

// The policy in force: oncogenic for AnyMutation, Functional and Biallelic, not_benign for the rest.
FunctionPolicy policy_of(const VariantClass& cls);

// "BRAF V600 mutation (excluding V600E, V600K)": what a person reads, and the text read_class reads back.
std::string to_text(const VariantClass& cls);

enum class RelationKind : std::uint8_t {
  Inside,    // the alteration lies in the class
  Wider,     // the alteration names something wider than the class
  Overlaps,  // partly inside, or equality cannot be proved without the sequence
  Related,   // shares a codon or a fusion partner, but lies outside
  Other,     // nothing to do with one another
};

struct Relation {
  RelationKind kind = RelationKind::Other;
  Verdict verdict =
      Verdict::NotMet;      // Inside -> Met (or Unknown by function, origin, detail); Related, Other -> NotMet
  std::string rule = "M3";  // the rule id that decided: M1, M2, M9, M10, N5, N6, N9, M13, M14, M15 ...
  std::string note;         // English words: what is missing or what was assumed; empty if plain
  bool excluded = false;    // inside the class but named in `excludes`
};

// Compares from the names, the stated function and the gene table (roles, transcripts, exon codons, families).
Relation relation(const VariantClass& cls, const Alteration& alteration, const GeneTable& genes);

// True if everything the class speaks of in `gene` lies in these exons (printed numbers, reference transcript), so that
// an examination of them alone decides it. False where the gene table does not tell.
bool lies_in_exons(const VariantClass& cls, const std::string& gene, const std::vector<int>& exons,
                   const GeneTable& genes);

// Indices of the classes that speak of the alteration: those it lies inside or overlaps, and exact changes of the same
// consequence over shared residues (other in-frame indels of the place), but not another allele of one codon. First
// the same change, then parts of it, then by shared residues and specificity (exact, codon, range or exon, functional,
// gene); classes with exclusions last. Left out: classes that exclude it, and the words oncogenic, activating and loss
// of function unless the alteration carries an assessment.
std::vector<std::size_t> relevant(const Alteration& alteration, const std::vector<VariantClass>& classes,
                                  const GeneTable& genes);

// 0 exact, 1 codon, 2 range or exon or named event, 3 functional, 4 gene (rule B4).
int specificity_rank(ClassKind kind);

}  // namespace treff::nomenclature

namespace treff::base {

template <>
struct EnumNames<nomenclature::ClassKind> {
  using E = nomenclature::ClassKind;
  static constexpr std::array rows = {
      EnumName<E>{E::Protein, "protein"},
      EnumName<E>{E::Coding, "coding"},
      EnumName<E>{E::Genomic, "genomic"},
      EnumName<E>{E::Codon, "codon"},
      EnumName<E>{E::Range, "range"},
      EnumName<E>{E::Exon, "exon"},
      EnumName<E>{E::AnyMutation, "any_mutation"},
      EnumName<E>{E::Functional, "functional"},
      EnumName<E>{E::CopyNumber, "copy_number"},
      EnumName<E>{E::Fusion, "fusion"},
      EnumName<E>{E::Splice, "splice"},
      EnumName<E>{E::NamedStructural, "named_structural"},
      EnumName<E>{E::Biallelic, "biallelic"},
      EnumName<E>{E::WildType, "wild_type"},
      EnumName<E>{E::Expression, "expression"},
  };
};

template <>
struct EnumNames<nomenclature::FunctionClass> {
  using E = nomenclature::FunctionClass;
  static constexpr std::array rows = {EnumName<E>{E::Truncating, "truncating"},
                                      EnumName<E>{E::LossOfFunction, "loss_of_function"},
                                      EnumName<E>{E::Activating, "activating"}, EnumName<E>{E::Oncogenic, "oncogenic"}};
};

template <>
struct EnumNames<nomenclature::FunctionPolicy> {
  using E = nomenclature::FunctionPolicy;
  static constexpr std::array rows = {EnumName<E>{E::Oncogenic, "oncogenic"}, EnumName<E>{E::NotBenign, "not_benign"},
                                      EnumName<E>{E::Any, "any"}};
};

template <>
struct EnumNames<nomenclature::FusionRole> {
  using E = nomenclature::FusionRole;
  static constexpr std::array rows = {EnumName<E>{E::Either, "either"}, EnumName<E>{E::FivePrime, "five_prime"},
                                      EnumName<E>{E::ThreePrime, "three_prime"}};
};

}  // namespace treff::base
