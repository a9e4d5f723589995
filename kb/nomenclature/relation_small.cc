// Classes of small changes by name or place: protein, coding, genomic, codon, range, exon, any mutation.
#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>
#include <unordered_map>

#include "kb/nomenclature/hgvs.h"
#include "kb/nomenclature/numbering.h"
#include "kb/nomenclature/protein_equality.h"
#include "kb/nomenclature/relation_parts.h"

namespace treff::nomenclature {
namespace {

// An indel in a repeat may be named this many bases or residues away.
constexpr int kFarthestShift = 60;

Stretch exon_codons(const GeneFacts* gene, int first_exon, int last_exon) {
  Stretch out;
  if (gene == nullptr) return out;
  for (const auto& exon : gene->exons) {
    if (exon.exon < first_exon || exon.exon > last_exon) continue;
    if (out.first == 0) out.first = exon.first_codon;
    out.last = exon.last_codon;
  }
  return out;
}

bool names_residues(const Alteration& alteration) {
  return alteration.protein && alteration.protein->start > 0 && alteration.protein->form != ProteinForm::UnknownEffect;
}

bool is_one_of(Consequence consequence, const std::vector<Consequence>& list) {
  return std::find(list.begin(), list.end(), consequence) != list.end();
}

// A class of small changes against a change that names no residue: could it lie on `wanted`?
Relation without_residues(const Question& q, const Stretch& wanted) {
  const Alteration& a = q.alteration;
  const Stretch place = stretch_of(a, q.gene);
  if (place.first != 0 && !overlap(place, wanted)) return other();
  if (a.coding && place.first != 0) return wider("the protein change is not stated");
  if (a.exon != 0) return wider("only the exon is stated");
  if (a.coding || a.genomic) return wider("only the coding or genome change is stated");
  return wider("the place of the change is not stated");
}

// "A600E" where the class knows V600: one of the two numbers must be wrong.
Relation contradiction(const Question& q) {
  return unknown(
      RelationKind::Related, "N9",
      "the reference residue of " + to_one_letter(*q.alteration.protein) + " differs from the one of the rule");
}

Relation to_splice_name(const Question& q, const ProteinChange& wanted) {
  const Alteration& a = q.alteration;
  if (last_base_exon(a) != 0 && overlap(stretch_of(a, q.gene), {wanted.start, wanted.end})) {
    return met("predicted from DNA", "M15");
  }
  if (a.consequence != Consequence::Splice)
    return alters_protein(a) && !names_residues(a) ? wider("the change is not stated") : other();
  const Stretch place = stretch_of(a, q.gene);
  if (place.first == 0) return wider("the splice site is not stated");
  if (overlap(place, {wanted.start, wanted.end})) return met();
  return other();
}

Relation compared(const Question& q, const ProteinChange& wanted) {
  const ProteinChange& found = *q.alteration.protein;
  switch (compare(wanted, found)) {
    case Proof::Equal: return met();
    case Proof::LessDetail: return wider("the rule names the frameshift or extension in more detail");
    case Proof::Contradiction: return contradiction(q);
    case Proof::Unproved:
      return unknown(RelationKind::Overlaps, "N5", "without the sequence the two names cannot be told apart");
    case Proof::Different: break;
  }
  if (contains(found, wanted))
    return unknown(RelationKind::Overlaps, "M2", "the change alters neighbouring residues too");
  const bool near = overlap({found.start, found.end}, {wanted.start, wanted.end});
  return near ? related() : other();
}

// The consequence list of a range or exon class; `inside` tells that the place fits.
Relation by_consequence(const Question& q, std::string note) {
  const Alteration& a = q.alteration;
  const auto& wanted = q.cls.consequences;
  if (wanted.empty()) return alters_protein(a) ? met(std::move(note)) : related("not a change of the protein", "M9");
  if (is_one_of(a.consequence, wanted)) return met(std::move(note));
  if (is_one_of(Consequence::Splice, wanted) && last_base_exon(a) != 0) return met("predicted from DNA", "M15");
  if (a.consequence == Consequence::Unknown) return wider("the kind of change is not stated");
  return related();
}

bool may_be(const Question& q) {
  const auto& wanted = q.cls.consequences;
  const Consequence found = q.alteration.consequence;
  return wanted.empty() || found == Consequence::Unknown || is_one_of(found, wanted);
}

// Codons of a range class on the reference numbering; {0, 0} if its transcript is not known.
Stretch range_codons(const Question& q) {
  const Stretch stated{q.cls.start, q.cls.end == 0 ? q.cls.start : q.cls.end};
  if (q.cls.transcript.empty() || q.gene == nullptr) return stated;
  const auto transcript = match_transcript(*q.gene, q.cls.transcript);
  if (transcript.match == TranscriptMatch::Unknown) return {};
  if (transcript.match != TranscriptMatch::Isoform) return stated;
  const auto first = to_reference(*transcript.isoform, stated.first);
  const auto last = to_reference(*transcript.isoform, stated.last);
  return first && last ? Stretch{*first, *last} : Stretch{};
}

bool is_indel(const CodingChange& change) {
  return change.form != NucleotideForm::Substitution && change.form != NucleotideForm::Unchanged;
}

bool same_sequence(std::string_view a, std::string_view b) {
  return a.substr(0, a.find('.')) == b.substr(0, b.find('.'));
}

Relation compare_coding(const CodingChange& wanted, const CodingChange& found) {
  const bool named = !wanted.accession.empty() && !found.accession.empty();
  if (named && !same_sequence(wanted.accession, found.accession)) {
    return unknown(RelationKind::Overlaps, "N6", "the coding change is numbered on another transcript");
  }
  const bool same_ref = wanted.ref.empty() || found.ref.empty() || wanted.ref == found.ref;
  const bool same = wanted.form == found.form && wanted.start == found.start && wanted.end == found.end;
  if (same && same_ref && wanted.alt == found.alt) return met();
  const bool near =
      wanted.start.region == found.start.region && std::abs(wanted.start.base - found.start.base) <= kFarthestShift;
  if (is_indel(wanted) && is_indel(found) && near && !same) {
    return unknown(RelationKind::Overlaps, "N5", "without the sequence the two names cannot be told apart");
  }
  return wanted.start == found.start ? related() : other();
}

bool fits_allele(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i] && a[i] != 'N' && b[i] != 'N') return false;
  }
  return true;
}

}  // namespace

bool alters_protein(const Alteration& alteration) {
  if (alteration.kind != AlterationKind::Small) return false;
  switch (alteration.consequence) {
    case Consequence::Missense:
    case Consequence::Nonsense:
    case Consequence::InframeDeletion:
    case Consequence::InframeInsertion:
    case Consequence::Frameshift:
    case Consequence::Splice:
    case Consequence::StartLost:
    case Consequence::Extension:
    case Consequence::Unknown: return true;
    case Consequence::Synonymous:
    case Consequence::Promoter:
    case Consequence::Noncoding: return false;
  }
  return false;
}

Stretch stretch_of(const Alteration& alteration, const GeneFacts* gene) {
  if (names_residues(alteration)) return {alteration.protein->start, alteration.protein->end};
  if (const auto base = last_base(alteration); base.exon != 0) return {base.codon, base.codon};
  if (alteration.coding) {
    const auto codons = reference_codons(alteration, gene);
    return {codons.first, codons.last};
  }
  if (alteration.splice && alteration.splice->first_exon != 0) {
    return exon_codons(gene, alteration.splice->first_exon, alteration.splice->last_exon);
  }
  return alteration.exon == 0 ? Stretch{} : exon_codons(gene, alteration.exon, alteration.exon);
}

Stretch stretch_of(const VariantClass& cls) {
  if (cls.kind == ClassKind::Range) return {cls.start, cls.end == 0 ? cls.start : cls.end};
  if (cls.kind != ClassKind::Protein && cls.kind != ClassKind::Codon) return {};
  const auto name = parse_protein(cls.kind == ClassKind::Codon ? cls.at : cls.change, XMeans::AnyResidue);
  if (!name) return {};
  return {name->change.start, name->change.end};
}

namespace {

constexpr std::size_t kMostParsedClasses = 4096;

using ParsedClass = Result<ProteinName>;

// The change that a class names. One class is compared with thousands of tumours, so each thread keeps what it read:
// texts of rules, never of cases, and no more than a bounded number of them.
std::shared_ptr<const ParsedClass> parsed_class(const std::string& change) {
  thread_local std::unordered_map<std::string, std::shared_ptr<const ParsedClass>> parsed;
  const auto known = parsed.find(change);
  if (known != parsed.end()) return known->second;
  if (parsed.size() >= kMostParsedClasses) parsed.clear();
  auto reading = std::make_shared<const ParsedClass>(parse_protein(change, XMeans::AnyResidue));
  parsed.emplace(change, reading);
  return reading;
}

}  // namespace

Relation to_protein(const Question& q) {
  const std::shared_ptr<const ParsedClass> parsed = parsed_class(q.cls.change);
  const ParsedClass& wanted = *parsed;
  if (!wanted) return unknown(RelationKind::Overlaps, "N8", "the rule's change cannot be read: " + q.cls.change);
  const ProteinChange& change = wanted->change;
  const Alteration& a = q.alteration;
  if (a.kind == AlterationKind::Splice && change.form == ProteinForm::SpliceSite) {
    const Stretch place = stretch_of(a, q.gene);
    return place.first != 0 && overlap(place, {change.start, change.end})
               ? wider("an exon is skipped, the site is not stated")
               : other();
  }
  if (a.kind != AlterationKind::Small) return other();
  if (a.consequence == Consequence::Synonymous || a.consequence == Consequence::Noncoding) {
    const bool both_silent = change.form == ProteinForm::Synonymous && names_residues(a);
    return both_silent ? compared(q, change) : related("not a change of the protein", "M9");
  }
  if (a.consequence == Consequence::Promoter) return other();
  if (change.form == ProteinForm::SpliceSite) return to_splice_name(q, change);
  const Stretch place{change.start, change.end};
  if (!names_residues(a)) {
    const auto kind = consequence_of(change);
    const bool fits = a.consequence == Consequence::Unknown || a.consequence == kind;
    return fits ? without_residues(q, place) : other();
  }
  const ProteinChange& found = *a.protein;
  const bool near = overlap({found.start, found.end}, place);
  const bool vague = found.form == ProteinForm::AnyAtCodon || found.form == ProteinForm::Repeat;
  if (!vague) return compared(q, change);
  if (!near) return other();
  if (contradicts(found, change)) return contradiction(q);
  return wider("the new residues are not stated");
}

Relation to_coding(const Question& q) {
  const auto wanted = parse_coding(q.cls.change);
  if (!wanted) return unknown(RelationKind::Overlaps, "N8", "the rule's change cannot be read: " + q.cls.change);
  const Alteration& a = q.alteration;
  if (a.kind != AlterationKind::Small) return other();
  if (a.coding) return compare_coding(*wanted, *a.coding);
  const int codon = codon_of(wanted->start);
  if (names_residues(a)) {
    if (codon == 0 || wanted->start.offset != 0) return other();
    const int reach = is_indel(*wanted) ? kFarthestShift : 0;
    const Stretch place{codon - reach, codon_of(wanted->end) + reach};
    if (!overlap({a.protein->start, a.protein->end}, place)) return other();
  }
  const bool promoter = is_promoter(a.gene, wanted->start);
  if (promoter && a.consequence != Consequence::Promoter && a.consequence != Consequence::Unknown && !a.genomic)
    return other();
  return wider("the coding change is not stated");
}

Relation to_genomic(const Question& q) {
  auto wanted = parse_genomic(q.cls.change);
  if (!wanted) return unknown(RelationKind::Overlaps, "N8", "the rule's change cannot be read: " + q.cls.change);
  if (wanted->assembly == Assembly::Unstated) wanted->assembly = q.cls.assembly;
  const Alteration& a = q.alteration;
  if (a.kind != AlterationKind::Small) return other();
  if (const auto promoter = promoter_coding(a.gene, *wanted); promoter && a.coding)
    return compare_coding(*promoter, *a.coding);
  if (!a.genomic) return wider("the genome position is not stated");
  const GenomicChange& found = *a.genomic;
  const bool alleles = fits_allele(wanted->ref, found.ref) && fits_allele(wanted->alt, found.alt);
  if (wanted->chromosome != found.chromosome || !alleles) return other();
  const bool stated = wanted->assembly != Assembly::Unstated && found.assembly != Assembly::Unstated;
  if (!stated) return unknown(RelationKind::Overlaps, "N7", "the assembly of the genome position is not stated");
  if (wanted->assembly != found.assembly) {
    return unknown(RelationKind::Overlaps, "N7", "the genome positions belong to different assemblies");
  }
  return wanted->position == found.position ? met() : other();
}

// A codon class with consequences speaks of changes of this one residue: a delins over it is another change.
Relation to_one_residue(const Question& q) {
  const ProteinChange& found = *q.alteration.protein;
  if (found.form == ProteinForm::AnyAtCodon) return wider("the new residue is not stated");
  if (found.form == ProteinForm::Repeat) return wider("how the repeat changed is not stated");
  if (found.form == ProteinForm::Delins || found.start != found.end) return related();
  return is_one_of(consequence_of(found), q.cls.consequences) ? met() : related();
}

Relation to_codon(const Question& q) {
  const auto wanted = parse_protein(q.cls.at, XMeans::AnyResidue);
  if (!wanted || wanted->change.form != ProteinForm::AnyAtCodon) {
    return unknown(RelationKind::Overlaps, "N8", "the rule's codon cannot be read: " + q.cls.at);
  }
  const Alteration& a = q.alteration;
  if (a.kind != AlterationKind::Small) return other();
  if (!alters_protein(a)) return related("not a change of the protein", "M9");
  const int codon = wanted->change.start;
  if (!names_residues(a)) {
    const bool may_fit = a.consequence == Consequence::Unknown || a.consequence == Consequence::Missense;
    return may_fit ? without_residues(q, {codon, codon}) : other();
  }
  const ProteinChange& found = *a.protein;
  if (!overlap({found.start, found.end}, {codon, codon})) return other();
  if (contradicts(found, wanted->change)) return contradiction(q);
  if (!q.cls.consequences.empty()) return to_one_residue(q);
  const bool covers = found.form == ProteinForm::Delins && consequence_of(found) != Consequence::Nonsense;
  if (found.form == ProteinForm::Substitution || found.form == ProteinForm::AnyAtCodon || covers) return met();
  if (found.form == ProteinForm::Repeat) return wider("how the repeat changed is not stated");
  return related();
}

Relation to_range(const Question& q) {
  const Alteration& a = q.alteration;
  const bool whole_gene = q.cls.start == 0;
  const bool splice_range = is_one_of(Consequence::Splice, q.cls.consequences);
  if (a.kind == AlterationKind::Splice && splice_range && !whole_gene) {
    const Stretch place = stretch_of(a, q.gene);
    if (place.first == 0) return wider("the skipped exon is not stated");
    return overlap(place, range_codons(q)) ? met() : other();
  }
  if (a.kind != AlterationKind::Small) return other();
  const bool promoter = a.consequence == Consequence::Promoter && is_one_of(Consequence::Promoter, q.cls.consequences);
  if (promoter) return met();
  if (!alters_protein(a)) return related("not a change of the protein", "M9");
  if (whole_gene) return by_consequence(q, {});
  const Stretch wanted = range_codons(q);
  if (wanted.first == 0) return unknown(RelationKind::Overlaps, "N6", "the transcript of the rule is not known");
  const bool by_coding = a.coding && a.consequence != Consequence::Unknown && stretch_of(a, q.gene).first != 0;
  const bool located = names_residues(a) || by_coding || last_base_exon(a) != 0;
  if (!located) return may_be(q) ? without_residues(q, wanted) : other();
  if (!overlap(stretch_of(a, q.gene), wanted)) return other();
  return by_consequence(q, {});
}

Relation to_exon(const Question& q) {
  const Alteration& a = q.alteration;
  const int last_exon = q.cls.exon_end == 0 ? q.cls.exon : q.cls.exon_end;
  if (a.kind != AlterationKind::Small) return other();
  if (!alters_protein(a)) return related("not a change of the protein", "M9");
  if (q.gene != nullptr && a.consequence == Consequence::Splice) {
    const int exon = splice_exon(a, *q.gene);
    if (exon != 0) return exon >= q.cls.exon && exon <= last_exon ? by_consequence(q, {}) : other();
  }
  const Stretch codons = exon_codons(q.gene, q.cls.exon, last_exon);
  const bool located = names_residues(a) || (a.coding && stretch_of(a, q.gene).first != 0);
  if (codons.first != 0 && located) {
    return overlap(stretch_of(a, q.gene), codons) ? by_consequence(q, {}) : other();
  }
  if (a.exon != 0) {
    if (a.exon < q.cls.exon || a.exon > last_exon) return other();
    return by_consequence(q, names_residues(a) ? "by the printed exon number" : "");
  }
  return may_be(q) ? wider("the exon is not known") : other();
}

bool lies_in_exons(const VariantClass& cls, const std::string& gene, const std::vector<int>& exons,
                   const GeneTable& genes) {
  const auto examined = [&](int exon) { return std::find(exons.begin(), exons.end(), exon) != exons.end(); };
  if (!cls.transcript.empty()) return false;
  if (cls.kind == ClassKind::WildType) {
    return !cls.exons.empty() && std::all_of(cls.exons.begin(), cls.exons.end(), examined);
  }
  if (cls.kind == ClassKind::Exon) {
    for (int exon = cls.exon; exon <= std::max(cls.exon, cls.exon_end); ++exon) {
      if (!examined(exon)) return false;
    }
    return true;
  }
  const GeneFacts* facts = genes.by_symbol(gene);
  const Stretch wanted = stretch_of(cls);
  if (facts == nullptr || wanted.first == 0) return false;
  for (int codon = wanted.first; codon <= wanted.last; ++codon) {
    const bool inside = std::any_of(facts->exons.begin(), facts->exons.end(), [&](const ExonCodons& exon) {
      return examined(exon.exon) && exon.first_codon <= codon && codon <= exon.last_codon;
    });
    if (!inside) return false;
  }
  return true;
}

Relation to_any_mutation(const Question& q) {
  const Alteration& a = q.alteration;
  switch (a.kind) {
    case AlterationKind::Small: break;
    case AlterationKind::Structural:
      if (a.structural_name == "ITD") return met();
      return unknown(RelationKind::Overlaps, "M2", "a rearrangement inside the gene, not a small change");
    case AlterationKind::Splice:
      return unknown(RelationKind::Overlaps, "M2", "a transcript without the exon; the DNA change is not stated");
    case AlterationKind::CopyNumber:
    case AlterationKind::Fusion:
    case AlterationKind::Expression:
    case AlterationKind::WildType: return other();
  }
  if (a.consequence == Consequence::Promoter) {
    return unknown(RelationKind::Overlaps, "M2", "a promoter change leaves the protein as it is");
  }
  if (!alters_protein(a)) return related("not a change of the protein", "M9");
  return met();
}

}  // namespace treff::nomenclature
