// The classes of a list that speak of one alteration, in the order a reader wants them.
#include <algorithm>
#include <tuple>

#include "kb/nomenclature/hgvs.h"
#include "kb/nomenclature/protein_equality.h"
#include "kb/nomenclature/relation_parts.h"

namespace treff::nomenclature {
namespace {

struct Entry {
  std::size_t index = 0;
  bool excludes = false;  // a class with exclusions stands behind those without
  int nearness = 0;       // 0 the same change, 1 a part of it, 2 shares residues, 3 the rest
  int shared = 0;         // residues in common
  int rank = 0;           // specificity_rank
  int length = 0;         // residues of the class; of other classes the wider one has more
  std::string text;
};

// Another change of the same consequence over shared residues: the neighbours a curator looks at. Two different
// residues for one codon are two alleles, not neighbours.
bool is_neighbour(const VariantClass& cls, const Alteration& a) {
  if (cls.kind != ClassKind::Protein || !a.protein || a.numbering_uncertain || !a.conflict.empty()) return false;
  const auto wanted = parse_protein(cls.change, XMeans::AnyResidue);
  if (!wanted || contradicts(wanted->change, *a.protein)) return false;
  const ProteinChange& change = wanted->change;
  if (consequence_of(change) != a.consequence || a.consequence == Consequence::Synonymous) return false;
  if (!overlap({change.start, change.end}, {a.protein->start, a.protein->end})) return false;
  const bool alleles = change.start == change.end && a.protein->start == a.protein->end &&
                       change.form == ProteinForm::Substitution && a.protein->form == ProteinForm::Substitution;
  if (alleles) return false;
  // A frameshift or a stop has one place: beside it there is only another one.
  const bool tail = a.consequence == Consequence::Frameshift || a.consequence == Consequence::Nonsense;
  return !tail;
}

// The words "oncogenic", "activating" and "loss of function" rest on an assessment, which the name alone is not.
bool needs_assessment(const VariantClass& cls, const Alteration& a) {
  const bool assessed = a.oncogenicity != Oncogenicity::Unassessed || a.effect != Effect::Unknown;
  return cls.kind == ClassKind::Functional && cls.function != FunctionClass::Truncating && !assessed;
}

bool speaks_of(const VariantClass& cls, const Alteration& a, const Relation& found) {
  if (found.excluded || needs_assessment(cls, a)) return false;
  if (found.kind == RelationKind::Inside) return found.verdict != Verdict::NotMet;
  if (found.kind == RelationKind::Overlaps) return true;
  return found.rule != "N9" && is_neighbour(cls, a);
}

Entry entry_of(std::size_t index, const VariantClass& cls, const Alteration& a, const Relation& found) {
  Entry out;
  out.index = index;
  out.excludes = !cls.excludes.empty();
  out.rank = specificity_rank(cls.kind);
  out.text = to_text(cls);
  const Stretch wanted = stretch_of(cls);
  const Stretch place = stretch_of(a, nullptr);
  const bool exact = out.rank == 0 && found.kind == RelationKind::Inside;
  const bool part = out.rank == 0 && found.kind == RelationKind::Overlaps && found.rule == "M2";
  out.nearness = exact ? 0 : part ? 1 : wanted.first != 0 ? 2 : 3;
  const bool any_partner = cls.kind == ClassKind::Fusion && cls.partner.empty();
  const bool other_name = cls.kind == ClassKind::NamedStructural && cls.name != a.structural_name;
  const int exons_named = cls.kind == ClassKind::Fusion ? (cls.exon != 0 ? 1 : 0) + (cls.partner_exon != 0 ? 1 : 0) : 0;
  out.length = (any_partner ? 3 : other_name ? 1 : 0) - exons_named;
  if (wanted.first == 0) return out;
  out.length = wanted.last - wanted.first;
  out.shared = std::min(wanted.last, place.last) - std::max(wanted.first, place.first);
  return out;
}

}  // namespace

std::vector<std::size_t> relevant(const Alteration& alteration, const std::vector<VariantClass>& classes,
                                  const GeneTable& genes) {
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const Relation found = relation(classes[i], alteration, genes);
    if (speaks_of(classes[i], alteration, found)) entries.push_back(entry_of(i, classes[i], alteration, found));
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tuple(a.excludes, a.nearness, -a.shared, a.rank, a.length, a.text, a.index) <
           std::tuple(b.excludes, b.nearness, -b.shared, b.rank, b.length, b.text, b.index);
  });
  std::vector<std::size_t> out;
  for (const auto& entry : entries) out.push_back(entry.index);
  return out;
}

}  // namespace treff::nomenclature
