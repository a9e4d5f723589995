// Classes of events: function, copy number, fusion, exon skipping, named structural, two hits, wild type, expression.
#include <algorithm>

#include "kb/nomenclature/event_words.h"
#include "kb/nomenclature/fusion_text.h"
#include "kb/nomenclature/numbering.h"
#include "kb/nomenclature/relation_parts.h"

namespace treff::nomenclature {
namespace {

bool is_suppressor(const GeneFacts* gene) {
  return gene != nullptr && (gene->role == GeneRole::Suppressor || gene->role == GeneRole::Both);
}

bool truncates(const Alteration& a) {
  return a.kind == AlterationKind::Small &&
         (a.consequence == Consequence::Nonsense || a.consequence == Consequence::Frameshift);
}

bool is_splice_site(const Alteration& a) {
  return a.kind == AlterationKind::Small && a.consequence == Consequence::Splice;
}

bool is_stated_oncogenic(const Alteration& a) {
  return a.oncogenicity == Oncogenicity::Oncogenic || a.oncogenicity == Oncogenicity::LikelyOncogenic;
}

bool is_stated_benign(const Alteration& a) {
  return a.oncogenicity == Oncogenicity::Benign || a.oncogenicity == Oncogenicity::LikelyBenign;
}

// A missense or in-frame change whose residues are all listed.
bool is_hotspot(const Alteration& a, const GeneFacts* gene) {
  const bool fits = a.consequence == Consequence::Missense || a.consequence == Consequence::InframeDeletion ||
                    a.consequence == Consequence::InframeInsertion;
  const bool precise = a.protein && a.protein->form != ProteinForm::AnyAtCodon && a.protein->start > 0;
  if (gene == nullptr || !fits || !precise || a.numbering_uncertain || !a.conflict.empty()) return false;
  for (int residue = a.protein->start; residue <= a.protein->end; ++residue) {
    if (std::find(gene->hotspots.begin(), gene->hotspots.end(), residue) == gene->hotspots.end()) return false;
  }
  return true;
}

Relation unassessed() { return unknown(RelationKind::Inside, "M9", "its effect is not assessed"); }

Relation to_truncating(const Question& q) {
  const Alteration& a = q.alteration;
  if (a.kind == AlterationKind::Fusion) {
    if (!is_suppressor(q.gene)) return other();
    return unknown(RelationKind::Overlaps, "M9", "a rearrangement may truncate the gene");
  }
  if (a.kind != AlterationKind::Small) return other();
  if (truncates(a)) return met({}, "M9");
  if (is_splice_site(a))
    return unknown(RelationKind::Overlaps, "M9", "a splice-site change usually, not always, truncates");
  if (a.consequence == Consequence::StartLost)
    return unknown(RelationKind::Overlaps, "M9", "another start may be used");
  const bool open = a.consequence == Consequence::Unknown && !a.protein;
  return open ? wider("the kind of change is not stated") : other();
}

Relation to_loss(const Question& q) {
  const Alteration& a = q.alteration;
  const bool both_copies =
      a.kind == AlterationKind::CopyNumber && a.copy_number && a.copy_number->call == CopyCall::HomozygousDeletion;
  if (both_copies) return met();
  if (a.kind == AlterationKind::Fusion && is_suppressor(q.gene)) {
    return unknown(RelationKind::Overlaps, "M9", "a rearrangement may inactivate the gene");
  }
  if (a.kind != AlterationKind::Small) return other();
  if (!alters_protein(a)) return related("not a change of the protein", "M9");
  if (a.effect == Effect::LossOfFunction) return met({}, "M9");
  if (a.effect == Effect::GainOfFunction || a.effect == Effect::Neutral)
    return related("its stated effect is another", "M9");
  const bool inactivates = is_suppressor(q.gene) && (truncates(a) || is_splice_site(a));
  if (inactivates) return met({}, "M9");
  if (is_suppressor(q.gene) && oncogenic(a, q.gene) == Verdict::Met) {
    return met("oncogenic in a suppressor gene, read as loss of function", "M9");
  }
  return unassessed();
}

Relation to_activating(const Question& q) {
  const Alteration& a = q.alteration;
  if (a.kind != AlterationKind::Small && a.kind != AlterationKind::Structural) return other();
  if (a.kind == AlterationKind::Small && !alters_protein(a)) return related("not a change of the protein", "M9");
  if (a.effect == Effect::GainOfFunction) return met({}, "M9");
  if (a.effect == Effect::LossOfFunction || a.effect == Effect::Neutral)
    return related("its stated effect is another", "M9");
  const bool oncogene = q.gene != nullptr && q.gene->role == GeneRole::Oncogene;
  if (!oncogene && is_suppressor(q.gene) && truncates(a)) return related("truncation of a suppressor gene", "M9");
  const bool counts = oncogene && !truncates(a) && oncogenic(a, q.gene) == Verdict::Met;
  return counts ? met("oncogenic in an oncogene, read as activating", "M9") : unassessed();
}

Relation to_oncogenic(const Question& q) {
  const Alteration& a = q.alteration;
  const bool structural = a.kind == AlterationKind::Structural || a.kind == AlterationKind::Splice;
  if (structural) return met({}, "M9");
  if (a.kind != AlterationKind::Small) return other();
  return alters_protein(a) ? met({}, "M9") : related("not a change of the protein", "M9");
}

// A threshold in its own measure: nullopt if the class has none, Unknown if the case gives another measure (M14).
std::optional<Relation> by_threshold(const VariantClass& cls, const CopyNumber& copy) {
  if (!cls.min_copies && !cls.min_fold_change) return std::nullopt;
  if (cls.min_copies && copy.copies) return *copy.copies >= *cls.min_copies ? met({}, "M14") : related({}, "M14");
  if (cls.min_fold_change && copy.fold_change) {
    return *copy.fold_change >= *cls.min_fold_change ? met({}, "M14") : related({}, "M14");
  }
  if (copy.call != CopyCall::Unstated && copy.call != CopyCall::Amplification && copy.call != CopyCall::Gain) {
    return related({}, "M14");
  }
  return unknown(RelationKind::Overlaps, "M14", "the threshold is in another measure than the result");
}

Relation by_call(CopyCall wanted, const CopyNumber& copy) {
  const bool none_left = copy.copies && *copy.copies < 0.5;
  const CopyCall call = copy.call;
  if (call == wanted) return met();
  if (wanted == CopyCall::HomozygousDeletion && none_left) return met();
  if (call == CopyCall::Unstated) {
    return unknown(RelationKind::Overlaps, "M14", "a copy-number figure without the laboratory's call");
  }
  if (wanted == CopyCall::Gain && call == CopyCall::Amplification) return met();
  if (wanted == CopyCall::Loss && call == CopyCall::HomozygousDeletion) return met();
  if (wanted == CopyCall::HomozygousDeletion && call == CopyCall::Loss && !copy.copies) {
    return wider("whether both copies are lost is not stated");
  }
  return related(wanted == CopyCall::Amplification && call == CopyCall::Gain ? "gain is not amplification" : "", "M14");
}

// How the class's genes stand in the fusion.
struct Placement {
  bool five = false;
  bool three = false;
  const GeneFacts* gene = nullptr;
  std::string symbol;
};

Placement placement_of(const Question& q, const Fusion& fusion) {
  Placement out;
  for (const auto& symbol : q.cls.genes) {
    const bool five = has_gene(fusion.five_prime, symbol);
    const bool three = has_gene(fusion.three_prime, symbol);
    if (!five && !three) continue;
    out.five = five;
    out.three = three;
    out.symbol = symbol;
    out.gene = q.genes.by_symbol(symbol);
    break;
  }
  return out;
}

std::string with(std::string_view first, std::string_view second) {
  if (first.empty() || second.empty()) return std::string(first) + std::string(second);
  return std::string(first) + "; " + std::string(second);
}

// M13: the end that keeps the kinase, the domain and the frame.
Relation by_kinase(const Fusion& fusion, const Placement& place, const FusionSide& partner, bool pair) {
  const KinaseEnd end = place.gene == nullptr ? KinaseEnd::None : place.gene->kinase_end;
  const bool wrong_end = fusion.direction_known && ((end == KinaseEnd::ThreePrime && !place.three) ||
                                                    (end == KinaseEnd::FivePrime && !place.five));
  if (end == KinaseEnd::None) return met();
  if (wrong_end) return related("the kinase stands at the end that is lost", "M13");
  if (fusion.in_frame == false) return related("out of frame", "M13");
  if (fusion.kinase_domain_kept == false) return related("the kinase domain is lost", "M13");
  if (fusion.in_frame == true && fusion.kinase_domain_kept == true && fusion.direction_known) return met();
  if (partner.genes.empty()) return met("partner, frame and kinase domain are not stated", "M13");
  const auto& recurrent = place.gene->recurrent_partners;
  const bool known = std::any_of(partner.genes.begin(), partner.genes.end(), [&](const std::string& gene) {
    return std::find(recurrent.begin(), recurrent.end(), gene) != recurrent.end();
  });
  const std::string direction = fusion.direction_known ? "" : "direction not stated";
  if (known || pair) return met(with("recurrent pair, frame or kinase domain not stated", direction), "M13");
  return unknown(RelationKind::Inside, "M13", with("frame or kinase domain not stated", direction));
}

Relation by_role(const VariantClass& cls, const Fusion& fusion, const Placement& place) {
  const bool five = cls.role == FusionRole::FivePrime;
  if (cls.role == FusionRole::Either || (five ? place.five : place.three)) {
    const bool open = cls.role != FusionRole::Either && !fusion.direction_known;
    if (open) return unknown(RelationKind::Overlaps, "M13", "the direction of the fusion is not stated");
    return met();
  }
  if (!fusion.direction_known)
    return unknown(RelationKind::Overlaps, "M13", "the direction of the fusion is not stated");
  return related("the gene stands at the other end", "M13");
}

// The partner conditions of the class; Met if there is none or it holds.
Relation by_partner(const VariantClass& cls, const FusionSide& partner) {
  for (const auto& excluded : cls.excluded_partners) {
    if (!has_gene(partner, excluded)) continue;
    Relation out = related("the partner is excluded", "M1");
    out.excluded = true;
    return out;
  }
  if (!cls.partner.empty()) {
    if (partner.genes.empty()) return wider("the partner is not stated");
    return has_gene(partner, cls.partner) ? met() : related({}, "M3");
  }
  if (!cls.excluded_partners.empty() && partner.genes.empty()) return wider("the partner is not stated");
  return met();
}

// The breakpoint's exons where the class names them; Met if it names none or they agree.
Relation by_exons(const VariantClass& cls, const FusionSide& own, const FusionSide& partner) {
  const auto differs = [](int wanted, int found) { return wanted != 0 && found != 0 && wanted != found; };
  if (differs(cls.exon, own.exon) || differs(cls.partner_exon, partner.exon)) {
    return related("the breakpoint lies at another exon", "M3");
  }
  const bool open = (cls.exon != 0 && own.exon == 0) || (cls.partner_exon != 0 && partner.exon == 0);
  return open ? wider("the exon of the breakpoint is not stated") : met();
}

// EGFRvIII and vII as a transcript without exons 2-7 or 14-15.
Relation exons_lost(const Question& q, std::string_view name) {
  const bool egfr = q.alteration.gene == "EGFR";
  const auto& splice = q.alteration.splice;
  if (!splice || !egfr) return other();
  const bool viii = name == "vIII" && splice->first_exon == 2 && splice->last_exon == 7;
  const bool vii = name == "vII" && splice->first_exon == 14 && splice->last_exon == 15;
  return viii || vii ? met() : other();
}

// An in-frame duplication in FLT3 exon 14 or 15 is an internal tandem duplication.
Relation tandem_duplication(const Question& q) {
  const Alteration& a = q.alteration;
  const bool grows = a.consequence == Consequence::InframeInsertion && q.gene != nullptr;
  if (a.gene != "FLT3" || !grows) return other();
  const Stretch place = stretch_of(a, q.gene);
  bool inside = a.exon == 14 || a.exon == 15;
  for (const auto& exon : q.gene->exons) {
    const bool itd_exon = exon.exon == 14 || exon.exon == 15;
    if (place.first != 0 && itd_exon && overlap(place, {exon.first_codon, exon.last_codon})) inside = true;
  }
  if (!inside) return other();
  const bool duplication = a.protein && a.protein->form == ProteinForm::Duplication;
  if (duplication) return met("a duplication in exon 14 or 15", "M1");
  return unknown(RelationKind::Overlaps, "N5", "an insertion here may be a tandem duplication");
}

}  // namespace

Verdict oncogenic(const Alteration& a, const GeneFacts* gene) {
  if (is_stated_oncogenic(a)) return Verdict::Met;
  if (is_stated_benign(a)) return Verdict::NotMet;
  if (a.oncogenicity == Oncogenicity::Uncertain) return Verdict::Unknown;
  if (is_suppressor(gene) && (truncates(a) || is_splice_site(a))) return Verdict::Met;
  return is_hotspot(a, gene) ? Verdict::Met : Verdict::Unknown;
}

Relation to_functional(const Question& q) {
  switch (q.cls.function) {
    case FunctionClass::Truncating: return to_truncating(q);
    case FunctionClass::LossOfFunction: return to_loss(q);
    case FunctionClass::Activating: return to_activating(q);
    case FunctionClass::Oncogenic: return to_oncogenic(q);
  }
  return other();
}

Relation to_copy_number(const Question& q) {
  const Alteration& a = q.alteration;
  if (a.kind != AlterationKind::CopyNumber || !a.copy_number) return other();
  if (const auto decided = by_threshold(q.cls, *a.copy_number)) return *decided;
  if (q.cls.copy == CopyCall::Unstated) {
    return unknown(RelationKind::Overlaps, "M14", "the rule names neither a call nor a threshold");
  }
  return by_call(q.cls.copy, *a.copy_number);
}

Relation to_fusion(const Question& q) {
  const Alteration& a = q.alteration;
  if (a.kind != AlterationKind::Fusion || !a.fusion) return other();
  const Fusion& fusion = *a.fusion;
  const Placement place = placement_of(q, fusion);
  if (!place.five && !place.three) return related({}, "M13");
  if (fusion.intragenic) {
    return unknown(RelationKind::Overlaps, "M13", "a rearrangement inside the gene, no partner");
  }
  const FusionSide& partner = place.five ? fusion.three_prime : fusion.five_prime;
  const Relation by_pair = by_partner(q.cls, partner);
  if (by_pair.verdict != Verdict::Met) return by_pair;
  const FusionSide& own = place.five ? fusion.five_prime : fusion.three_prime;
  const Relation at_exons = by_exons(q.cls, own, partner);
  if (at_exons.verdict != Verdict::Met) return at_exons;
  const Relation by_end = by_role(q.cls, fusion, place);
  if (by_end.verdict != Verdict::Met) return by_end;
  // Policy `any` asks for the event, not for what it does: kinase end, domain and frame are its function.
  if (policy_of(q.cls) == FunctionPolicy::Any) return met();
  Relation out = by_kinase(fusion, place, partner, !q.cls.partner.empty());
  const bool several = fusion.five_prime.genes.size() > 1 || fusion.three_prime.genes.size() > 1;
  if (several && out.kind == RelationKind::Inside) out.note = with(out.note, "several genes at one breakpoint");
  return out;
}

Relation to_splice(const Question& q) {
  const Alteration& a = q.alteration;
  const int first = q.cls.exon;
  const int last = q.cls.exon_end == 0 ? first : q.cls.exon_end;
  const auto predicted = [] { return met("predicted from DNA", "M15"); };
  if (a.kind == AlterationKind::Splice && a.splice) {
    if (a.splice->first_exon == 0 || first == 0) {
      return first == 0 ? met() : wider("the skipped exon is not stated");
    }
    const bool same = a.splice->first_exon == first && a.splice->last_exon == last;
    if (same) return a.splice->by == SpliceEvidence::Dna ? predicted() : met();
    const bool touches = a.splice->first_exon <= last && first <= a.splice->last_exon;
    return touches ? unknown(RelationKind::Overlaps, "M15", "other exons are skipped too") : related({}, "M15");
  }
  if (a.kind != AlterationKind::Small) return other();
  if (a.consequence == Consequence::InframeDeletion && a.exon >= first && a.exon <= last && !a.protein) {
    return unknown(RelationKind::Overlaps, "M15", "a deletion in the exon; whether the exon is skipped is not stated");
  }
  const int by_base = last_base_exon(a);
  if (by_base != 0) return first == 0 || (by_base >= first && by_base <= last) ? predicted() : other();
  if (!is_splice_site(a))
    return a.consequence == Consequence::Unknown && !a.protein ? wider("the change is not stated") : other();
  if (first == 0) return predicted();
  const int exon = q.gene == nullptr ? 0 : splice_exon(a, *q.gene);
  const int stated = exon != 0 ? exon : a.exon;
  if (stated != 0) return stated >= first && stated <= last ? predicted() : other();
  const Stretch place = stretch_of(a, q.gene);
  if (place.first == 0 || q.gene == nullptr || q.gene->exons.empty())
    return wider("the exon of the splice site is not known");
  for (const auto& part : q.gene->exons) {
    const bool wanted = part.exon >= first && part.exon <= last;
    if (wanted && overlap(place, {part.first_codon, part.last_codon})) return predicted();
  }
  return other();
}

Relation to_named_structural(const Question& q) {
  const Alteration& a = q.alteration;
  const std::string known = structural_name(q.cls.name);
  const std::string& wanted = known.empty() ? q.cls.name : known;
  if (a.kind == AlterationKind::Structural) {
    if (a.structural_name == wanted || wider_structural_name(a.structural_name) == wanted) return met();
    return wider_structural_name(wanted) == a.structural_name ? wider("which form is not stated") : related();
  }
  if (a.kind == AlterationKind::Splice) return exons_lost(q, wanted);
  if (a.kind != AlterationKind::Small) return other();
  if (wanted == "ITD") return tandem_duplication(q);
  const bool open = a.consequence == Consequence::Unknown && !a.protein && !a.coding;
  return open ? wider("the change is not stated") : other();
}

Relation to_biallelic(const Question& q) {
  const Alteration& a = q.alteration;
  if (a.kind == AlterationKind::CopyNumber && a.copy_number) {
    const CopyNumber& copy = *a.copy_number;
    if (copy.call == CopyCall::HomozygousDeletion) return met("both copies are lost", "M12");
    const bool lost = copy.minor_copies && *copy.minor_copies == 0;
    if (lost) return met("second hit: loss of heterozygosity", "M12");
    const bool loss = copy.call == CopyCall::Loss;
    return loss ? unknown(RelationKind::Overlaps, "M12", "loss of one copy or of both is not stated") : other();
  }
  if (a.kind == AlterationKind::Fusion)
    return unknown(RelationKind::Overlaps, "M12", "a rearrangement may inactivate the gene");
  if (a.kind != AlterationKind::Small) return other();
  if (!alters_protein(a)) return related("not a change of the protein", "M9");
  return a.effect == Effect::GainOfFunction ? related("its stated effect is another", "M9") : met({}, "M12");
}

Relation to_wild_type(const Question& q) {
  const Alteration& a = q.alteration;
  const bool fusion =
      a.kind == AlterationKind::Fusion || a.kind == AlterationKind::Structural || a.kind == AlterationKind::Splice;
  if (fusion) return met({}, "M11");
  if (a.kind != AlterationKind::Small) return other();
  if (!alters_protein(a)) return related("silent changes are ignored", "M11");
  if (q.cls.exons.empty()) return met({}, "M11");
  bool known = false;
  for (const int exon : q.cls.exons) {
    VariantClass one;
    one.kind = ClassKind::Exon;
    one.genes = q.cls.genes;
    one.exon = exon;
    const Relation here = to_exon({one, a, q.genes, q.gene});
    if (here.kind == RelationKind::Inside) return met({}, "M11");
    known = known || here.verdict == Verdict::Unknown;
  }
  return known ? unknown(RelationKind::Overlaps, "M11", "the exon of the change is not known") : other();
}

Relation to_expression(const Question& q) {
  const Alteration& a = q.alteration;
  if (a.kind != AlterationKind::Expression || !a.expression) return other();
  const Expression& found = *a.expression;
  if (!q.cls.method.empty() && found.method.empty()) {
    return unknown(RelationKind::Overlaps, "M14", "the method is not named");
  }
  if (!q.cls.method.empty() && q.cls.method != found.method) return related("another method", "M14");
  if (q.cls.levels.empty()) return met();
  if (found.level.empty()) return wider("the level is not stated");
  const auto& levels = q.cls.levels;
  return std::find(levels.begin(), levels.end(), found.level) != levels.end() ? met() : related();
}

}  // namespace treff::nomenclature
