#include "kb/nomenclature/variant_class.h"

#include <algorithm>

#include "kb/nomenclature/fusion_text.h"
#include "kb/nomenclature/hgvs.h"
#include "kb/nomenclature/numbering.h"
#include "kb/nomenclature/protein_equality.h"
#include "kb/nomenclature/relation_parts.h"

namespace treff::nomenclature {
namespace {

constexpr int kDeepestExclusion = 4;

bool stands_in(const std::vector<std::string>& genes, const std::string& symbol) {
  return std::find(genes.begin(), genes.end(), symbol) != genes.end();
}

bool names_any(const std::vector<std::string>& genes, const FusionSide& side) {
  return std::any_of(side.genes.begin(), side.genes.end(), [&](const std::string& s) { return stands_in(genes, s); });
}

// A class without genes speaks of the gene of whoever asks.
bool same_gene(const VariantClass& cls, const Alteration& a) {
  if (cls.genes.empty() || a.gene.empty() || stands_in(cls.genes, a.gene)) return true;
  return a.fusion && (names_any(cls.genes, a.fusion->five_prime) || names_any(cls.genes, a.fusion->three_prime));
}

// EML4::ALK beside a rule on EML4::NTRK3: the same partner, another gene.
bool shares_partner(const VariantClass& cls, const Alteration& a) {
  if (cls.kind != ClassKind::Fusion || cls.partner.empty() || !a.fusion) return false;
  return names_any({cls.partner}, a.fusion->five_prime) || names_any({cls.partner}, a.fusion->three_prime);
}

// The gene whose facts count: for a fusion the one that the class names.
const GeneFacts* gene_of(const VariantClass& cls, const Alteration& a, const GeneTable& genes) {
  if (a.fusion) {
    for (const auto& symbol : cls.genes) {
      const bool present =
          symbol == a.gene || names_any({symbol}, a.fusion->five_prime) || names_any({symbol}, a.fusion->three_prime);
      if (present) return genes.by_symbol(symbol);
    }
  }
  return genes.by_symbol(a.gene);
}

Relation by_kind(const Question& q) {
  switch (q.cls.kind) {
    case ClassKind::Protein: return to_protein(q);
    case ClassKind::Coding: return to_coding(q);
    case ClassKind::Genomic: return to_genomic(q);
    case ClassKind::Codon: return to_codon(q);
    case ClassKind::Range: return to_range(q);
    case ClassKind::Exon: return to_exon(q);
    case ClassKind::AnyMutation: return to_any_mutation(q);
    case ClassKind::Functional: return to_functional(q);
    case ClassKind::CopyNumber: return to_copy_number(q);
    case ClassKind::Fusion: return to_fusion(q);
    case ClassKind::Splice: return to_splice(q);
    case ClassKind::NamedStructural: return to_named_structural(q);
    case ClassKind::Biallelic: return to_biallelic(q);
    case ClassKind::WildType: return to_wild_type(q);
    case ClassKind::Expression: return to_expression(q);
  }
  return other();
}

bool depends_on_place(ClassKind kind) {
  return kind == ClassKind::Protein || kind == ClassKind::Coding || kind == ClassKind::Genomic ||
         kind == ClassKind::Codon || kind == ClassKind::Range || kind == ClassKind::Exon || kind == ClassKind::Splice;
}

// N9: while the given forms disagree, each of them may be the true one.
Relation under_conflict(const Question& q) {
  const Relation as_given = by_kind(q);
  Alteration by_coding = q.alteration;
  by_coding.protein.reset();
  by_coding.consequence = Consequence::Unknown;
  const bool two_forms = q.alteration.coding.has_value() || q.alteration.genomic.has_value();
  const Relation by_other = two_forms ? by_kind({q.cls, by_coding, q.genes, q.gene}) : as_given;
  const bool outside = as_given.verdict == Verdict::NotMet && by_other.verdict == Verdict::NotMet;
  if (outside) return as_given;
  return unknown(RelationKind::Overlaps, "N9", q.alteration.conflict);
}

// N6: on an unknown numbering only what does not depend on the number can rule a class out.
Relation under_other_numbering(const Question& q) {
  const Alteration& a = q.alteration;
  const std::string note = a.transcript.empty()
                               ? "the residue number may be that of another transcript; state the transcript"
                               : "residue numbers of " + a.transcript + " cannot be mapped to the reference transcript";
  if (!a.protein || a.protein->start == 0) return unknown(RelationKind::Overlaps, "N6", note);
  const bool exact = q.cls.kind == ClassKind::Protein || q.cls.kind == ClassKind::Codon;
  if (exact) {
    const auto wanted = parse_protein(q.cls.kind == ClassKind::Codon ? q.cls.at : q.cls.change, XMeans::AnyResidue);
    const bool single = wanted && wanted->change.start == wanted->change.end && a.protein->start == a.protein->end;
    if (single) {
      ProteinChange moved = *a.protein;
      moved.start = wanted->change.start;
      moved.end = wanted->change.end;
      Alteration there = a;
      there.protein = moved;
      there.numbering_uncertain = false;
      const Relation if_there = by_kind({q.cls, there, q.genes, q.gene});
      const bool ruled_out = if_there.verdict == Verdict::NotMet || if_there.rule == "N9";
      if (ruled_out) return other();
    }
    return unknown(RelationKind::Overlaps, "N6", note);
  }
  const auto& list = q.cls.consequences;
  const bool other_kind = !list.empty() && a.consequence != Consequence::Unknown &&
                          std::find(list.begin(), list.end(), a.consequence) == list.end();
  const bool silent = !alters_protein(a);
  return other_kind || silent ? other() : unknown(RelationKind::Overlaps, "N6", note);
}

// M12: a reversion tells of a gene that was lost and may work again; it is no second hit and no loss.
std::optional<Relation> of_reversion(const Question& q) {
  const bool small = q.alteration.kind == AlterationKind::Small;
  if (!small || q.alteration.effect != Effect::Reversion) return std::nullopt;
  const ClassKind kind = q.cls.kind;
  const bool functional = kind == ClassKind::Functional;
  if (functional && q.cls.function == FunctionClass::Activating) return related("its stated effect is another", "M9");
  const bool touched =
      functional || kind == ClassKind::AnyMutation || kind == ClassKind::Biallelic || kind == ClassKind::WildType;
  if (!touched) return std::nullopt;
  return unknown(RelationKind::Overlaps, "M12", "a reversion: the gene may work again");
}

Relation base_relation(const Question& q) {
  const Alteration& a = q.alteration;
  if (auto reversion = of_reversion(q)) return std::move(*reversion);
  const bool small = a.kind == AlterationKind::Small && depends_on_place(q.cls.kind);
  if (small && !a.conflict.empty()) return under_conflict(q);
  const bool by_residue = q.cls.kind != ClassKind::Coding && q.cls.kind != ClassKind::Genomic;
  if (small && a.numbering_uncertain && by_residue) return under_other_numbering(q);
  return by_kind(q);
}

bool is_benign(const Alteration& a) {
  return a.oncogenicity == Oncogenicity::Benign || a.oncogenicity == Oncogenicity::LikelyBenign;
}

// M9, for what lies inside the class by name.
Relation under_policy(Relation found, const Question& q) {
  if (found.kind != RelationKind::Inside || found.verdict != Verdict::Met) return found;
  const bool hit = q.cls.kind == ClassKind::WildType;
  const FunctionPolicy policy = hit ? FunctionPolicy::Oncogenic : policy_of(q.cls);
  const bool copy_event = q.alteration.kind == AlterationKind::CopyNumber;
  const bool by_effect = q.cls.kind == ClassKind::Functional && q.cls.function != FunctionClass::Truncating &&
                         q.cls.function != FunctionClass::Oncogenic;
  switch (policy) {
    case FunctionPolicy::Any: return found;
    case FunctionPolicy::NotBenign: return is_benign(q.alteration) ? related("benign", "M9") : found;
    case FunctionPolicy::Oncogenic: break;
  }
  if (is_benign(q.alteration)) return related("benign", "M9");
  if (copy_event || by_effect) return found;
  if (oncogenic(q.alteration, q.gene) == Verdict::Met) return found;
  const bool uncertain = q.alteration.oncogenicity == Oncogenicity::Uncertain;
  return unknown(RelationKind::Inside, "M9", uncertain ? "of uncertain significance" : "its effect is not assessed");
}

void add_note(Relation& relation, std::string_view note) {
  if (!relation.note.empty()) relation.note += "; ";
  relation.note += note;
}

// M10.
Relation under_origin(Relation found, const Question& q) {
  if (!q.cls.origin || *q.cls.origin == Origin::Unknown || found.verdict == Verdict::NotMet) return found;
  const Origin origin = q.alteration.origin;
  if (origin == *q.cls.origin) return found;
  if (origin != Origin::Unknown) {
    return related(origin == Origin::Germline ? "a germline finding" : "a somatic finding", "M10");
  }
  const bool hereditary = q.gene != nullptr && q.gene->hereditary;
  if (*q.cls.origin == Origin::Germline || hereditary) {
    return unknown(found.kind, "M10", "somatic or germline is not known; confirm in germline");
  }
  add_note(found, "somatic or germline is not known");
  return found;
}

Relation relation_at(const VariantClass& cls, const Alteration& a, const GeneTable& genes, int depth);

// Exclusions win over the class; an exclusion that stays open opens the class.
Relation under_exclusions(Relation found, const Question& q, int depth) {
  if (found.verdict == Verdict::NotMet || depth >= kDeepestExclusion) return found;
  for (VariantClass excluded : q.cls.excludes) {
    if (excluded.genes.empty()) excluded.genes = q.cls.genes;
    if (!excluded.function_policy) excluded.function_policy = FunctionPolicy::Any;
    const Relation inner = relation_at(excluded, q.alteration, q.genes, depth + 1);
    if (inner.kind == RelationKind::Inside && inner.verdict == Verdict::Met) {
      Relation out = {RelationKind::Inside, Verdict::NotMet, "M1", "excluded: " + to_text(excluded), true};
      return out;
    }
    if (inner.verdict == Verdict::Unknown && found.verdict == Verdict::Met) {
      found = unknown(RelationKind::Overlaps, inner.rule, "may be excluded (" + to_text(excluded) + "): " + inner.note);
    }
  }
  return found;
}

Relation relation_of_one(const VariantClass& cls, const Alteration& a, const GeneTable& genes, int depth) {
  if (!same_gene(cls, a)) return shares_partner(cls, a) ? related("only the partner is shared", "M13") : other();
  const Question q{cls, a, genes, gene_of(cls, a, genes)};
  Relation found = base_relation(q);
  if (found.verdict == Verdict::NotMet) return found;  // nothing that follows could make it more than that
  found = under_origin(under_policy(std::move(found), q), q);
  found = under_exclusions(std::move(found), q, depth);
  const bool open_gene = a.gene.empty() && !a.fusion && !cls.genes.empty() && found.verdict == Verdict::Met;
  return open_gene ? wider("the gene is not stated") : found;
}

// The same finding in one member of the family that was named.
Alteration in_member(const Alteration& a, const std::string& symbol, const GeneTable& genes) {
  Alteration out = a;
  out.family.clear();
  out.gene = symbol;
  const GeneFacts* gene = genes.by_symbol(symbol);
  if (a.fusion && gene != nullptr) out.fusion = fusion_of_one(*gene);
  return out;
}

// It lies in one of the genes, not said which: only what holds for each of them holds (M2).
Relation relation_of_family(const VariantClass& cls, const Alteration& a, const GeneTable& genes, int depth) {
  std::vector<Relation> all;
  for (const auto& symbol : a.family) all.push_back(relation_at(cls, in_member(a, symbol, genes), genes, depth));
  const auto best = *std::max_element(all.begin(), all.end(), [](const Relation& x, const Relation& y) {
    return static_cast<int>(x.verdict) < static_cast<int>(y.verdict);
  });
  const bool same = std::all_of(all.begin(), all.end(), [&](const Relation& r) { return r.verdict == best.verdict; });
  return same ? best : wider("which gene of the family is not stated");
}

// One name with several changes: either of "A;B" may meet the class, all of "A^B" must.
Relation relation_at(const VariantClass& cls, const Alteration& a, const GeneTable& genes, int depth) {
  if (!a.family.empty()) return relation_of_family(cls, a, genes, depth);
  if (a.also.empty()) return relation_of_one(cls, a, genes, depth);
  Alteration one = a;
  one.also.clear();
  Relation best = relation_of_one(cls, one, genes, depth);
  bool all_equal = true;
  for (const auto& change : a.also) {
    one.protein = change;
    one.consequence = consequence_of(change);
    const Relation next = relation_of_one(cls, one, genes, depth);
    all_equal = all_equal && next.verdict == best.verdict;
    if (next.verdict > best.verdict) best = next;
  }
  if (a.alternatives && !all_equal) return wider("the name leaves open which of several changes it is");
  return best;
}

}  // namespace

FunctionPolicy policy_of(const VariantClass& cls) {
  if (cls.function_policy) return *cls.function_policy;
  const bool oncogenic_by_default =
      cls.kind == ClassKind::AnyMutation || cls.kind == ClassKind::Functional || cls.kind == ClassKind::Biallelic;
  return oncogenic_by_default ? FunctionPolicy::Oncogenic : FunctionPolicy::NotBenign;
}

int specificity_rank(ClassKind kind) {
  switch (kind) {
    case ClassKind::Protein:
    case ClassKind::Coding:
    case ClassKind::Genomic: return 0;
    case ClassKind::Codon: return 1;
    case ClassKind::Range:
    case ClassKind::Exon:
    case ClassKind::Splice:
    case ClassKind::Fusion:
    case ClassKind::CopyNumber:
    case ClassKind::NamedStructural: return 2;
    case ClassKind::Functional:
    case ClassKind::Biallelic:
    case ClassKind::Expression: return 3;
    case ClassKind::AnyMutation:
    case ClassKind::WildType: return 4;
  }
  return 4;
}

Relation relation(const VariantClass& cls, const Alteration& alteration, const GeneTable& genes) {
  return relation_at(cls, alteration, genes, 0);
}

}  // namespace treff::nomenclature
