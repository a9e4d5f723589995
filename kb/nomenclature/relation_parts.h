// The parts of relation(): one function a kind of class, each looking at names only.
//
// They leave out what holds for every class (another gene, exclusions, origin, function policy): relation() in
// variant_class.cc adds that. `gene` is the alteration's gene in the table, or nullptr.
#pragma once

#include <string>

#include "kb/nomenclature/gene_table.h"
#include "kb/nomenclature/variant_class.h"

namespace treff::nomenclature {

struct Question {
  const VariantClass& cls;
  const Alteration& alteration;
  const GeneTable& genes;
  const GeneFacts* gene = nullptr;
};

inline Relation met(std::string note = {}, std::string rule = "M1") {
  return {RelationKind::Inside, Verdict::Met, std::move(rule), std::move(note), false};
}
inline Relation unknown(RelationKind kind, std::string rule, std::string note) {
  return {kind, Verdict::Unknown, std::move(rule), std::move(note), false};
}
inline Relation wider(std::string note) { return unknown(RelationKind::Wider, "M2", std::move(note)); }
inline Relation related(std::string note = {}, std::string rule = "M3") {
  return {RelationKind::Related, Verdict::NotMet, std::move(rule), std::move(note), false};
}
inline Relation other() { return {}; }

Relation to_protein(const Question& q);
Relation to_coding(const Question& q);
Relation to_genomic(const Question& q);
Relation to_codon(const Question& q);
Relation to_range(const Question& q);
Relation to_exon(const Question& q);
Relation to_any_mutation(const Question& q);

Relation to_functional(const Question& q);
Relation to_copy_number(const Question& q);
Relation to_fusion(const Question& q);
Relation to_splice(const Question& q);
Relation to_named_structural(const Question& q);
Relation to_biallelic(const Question& q);
Relation to_wild_type(const Question& q);
Relation to_expression(const Question& q);

// Small change that alters the protein, or may: not synonymous, not noncoding.
bool alters_protein(const Alteration& alteration);

// Whether the alteration counts as oncogenic (M9): the stated assessment, else truncation or splice site in a
// suppressor, else a listed hotspot; otherwise Unknown. Benign is NotMet.
Verdict oncogenic(const Alteration& alteration, const GeneFacts* gene);

// Codons the alteration touches on the reference numbering, as far as it says; {0, 0} if not.
struct Stretch {
  int first = 0;
  int last = 0;
};
Stretch stretch_of(const Alteration& alteration, const GeneFacts* gene);
// The residues a class names; {0, 0} if it names none.
Stretch stretch_of(const VariantClass& cls);
inline bool overlap(const Stretch& a, const Stretch& b) { return a.first <= b.last && b.first <= a.last; }

}  // namespace treff::nomenclature
