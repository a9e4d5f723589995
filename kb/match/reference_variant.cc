// Variant leaves of the plain matcher: what was found, and whether silence means absence (M1-M4, M9-M15).
#include <algorithm>

#include "kb/base/text.h"
#include "kb/match/reference_leaf.h"

namespace treff::match::reference {
namespace {

using nomenclature::Alteration;
using nomenclature::AlterationKind;
using nomenclature::ClassKind;
using nomenclature::CopyCall;
using nomenclature::VariantClass;

// M4: nothing of this kind was examined in the gene, or nothing says that it was.
bool examined(const TestedKind& kind, const std::string& gene) {
  return kind.stated && !kind.failed && kind.genes.count(gene) == 1;
}

// M3: a drug against the gene was given, and the sample is not known to be younger than its last day.
bool sampled_too_early(const std::string& gene, const CaseFacts& facts, const Vocabulary& words) {
  const auto against = words.drugs_against_gene.find(gene);
  if (!facts.prior_treatments || against == words.drugs_against_gene.end()) return false;
  for (const PriorFacts& prior : *facts.prior_treatments) {
    bool same_target = false;
    for (const std::string& id : against->second) {
      if (prior.drug_id == id) same_target = true;
      if (prior.drug_id.empty() && prior.drug_class.empty()) same_target = true;
      const auto* drug = words.drugs.by_id(id);
      if (!prior.drug_id.empty() || drug == nullptr) continue;
      for (const std::string& name : drug->classes) {
        if (base::fold_name(name) == base::fold_name(prior.drug_class)) same_target = true;
      }
    }
    if (!same_target) continue;
    const bool after = facts.specimen.taken_on && prior.last_day && *facts.specimen.taken_on > *prior.last_day;
    if (!after) return true;
  }
  return false;
}

// N8: something about the gene was sent and not read. No test would help, reading it would.
bool unread(const std::vector<std::string>& genes, const CaseFacts& facts) {
  if (facts.unread_without_gene) return true;
  return std::any_of(genes.begin(), genes.end(), [&](const auto& gene) { return facts.unread_genes.count(gene) != 0; });
}

// M3: the sample itself lets silence count.
bool sample_is_good(const std::string& gene, const CaseFacts& facts, const Vocabulary& words) {
  if (facts.specimen.kind == "plasma") return false;
  for (const model::Panel* panel : facts.tested.panels) {
    const bool limit = panel->limits && panel->limits->tumour_fraction_min && facts.specimen.tumour_fraction;
    if (limit && *facts.specimen.tumour_fraction < *panel->limits->tumour_fraction_min) return false;
  }
  return !sampled_too_early(gene, facts, words);
}

bool silence_counts(const TestedKind& kind, const std::vector<std::string>& genes, const CaseFacts& facts,
                    const Vocabulary& words) {
  for (const std::string& gene : genes) {
    if (!examined(kind, gene) || !sample_is_good(gene, facts, words)) return false;
  }
  return true;
}

// Small variants: the whole gene was examined, or those of its exons that the class speaks of (M11).
bool small_silence_counts(const VariantClass& cls, const CaseFacts& facts, const Vocabulary& words) {
  const TestedFacts& tested = facts.tested;
  for (const std::string& gene : cls.genes) {
    const auto part = tested.small_exons.find(gene);
    const bool usable = tested.small.stated && !tested.small.failed && part != tested.small_exons.end();
    const bool in_part = usable && nomenclature::lies_in_exons(cls, gene, part->second, words.genes);
    if (!in_part && !examined(tested.small, gene)) return false;
    if (!sample_is_good(gene, facts, words)) return false;
  }
  return true;
}

bool losses_count(const std::vector<std::string>& genes, const CaseFacts& facts, const Vocabulary& words) {
  return silence_counts(facts.tested.losses, genes, facts, words);
}

bool wants_loss(const VariantClass& cls) {
  return cls.copy == CopyCall::Loss || cls.copy == CopyCall::HomozygousDeletion;
}

// NotMet if nothing inside the class can have been missed, else unknown by coverage with the test to ask for.
Finding by_silence(const VariantClass& cls, const CaseFacts& facts, const Vocabulary& words) {
  if (facts.closed_world) return not_met();  // M8
  if (unread(cls.genes, facts)) return open_by_fact();
  const TestedFacts& tested = facts.tested;
  const auto if_small = [&] {
    return small_silence_counts(cls, facts, words) ? not_met() : open_by_coverage(TestKind::SmallVariants);
  };
  const auto if_spliced = [&] {
    return silence_counts(tested.splice, cls.genes, facts, words) ? not_met() : open_by_coverage(TestKind::RnaSplice);
  };
  switch (cls.kind) {
    case ClassKind::Protein:
    case ClassKind::Coding:
    case ClassKind::Genomic:
    case ClassKind::Codon:
    case ClassKind::Range:
    case ClassKind::Exon:
    case ClassKind::AnyMutation:
    case ClassKind::Biallelic:
    case ClassKind::WildType: return if_small();
    case ClassKind::Functional: {
      const Finding small = if_small();
      // Both copies lost is a loss of function too, so that must have been looked for.
      const bool needs_losses = cls.function == nomenclature::FunctionClass::LossOfFunction;
      if (small.verdict != Verdict::NotMet || !needs_losses) return small;
      return losses_count(cls.genes, facts, words) ? not_met() : open_by_coverage(TestKind::Deletions);
    }
    case ClassKind::CopyNumber:
      if (wants_loss(cls)) {
        return losses_count(cls.genes, facts, words) ? not_met() : open_by_coverage(TestKind::Deletions);
      }
      return silence_counts(tested.copy_number, cls.genes, facts, words) ? not_met()
                                                                         : open_by_coverage(TestKind::CopyNumber);
    case ClassKind::Fusion:
      return silence_counts(tested.fusion, cls.genes, facts, words) ? not_met() : open_by_coverage(TestKind::RnaFusion);
    case ClassKind::Splice: return if_spliced();  // M15: DNA alone proves nothing
    case ClassKind::NamedStructural: return cls.name == "ITD" ? if_small() : if_spliced();
    case ClassKind::Expression: return open_by_coverage(TestKind::Staining);
  }
  return open_by_coverage(TestKind::None);
}

// M9: below what the panel can tell from noise.
bool below_the_limit(const Alteration& alteration, const CaseFacts& facts) {
  for (const model::Panel* panel : facts.tested.panels) {
    const bool limit = panel->limits && panel->limits->allele_fraction_min && alteration.allele_fraction;
    if (limit && *alteration.allele_fraction < *panel->limits->allele_fraction_min) return true;
  }
  return false;
}

// One class against one alteration, with what the case adds.
Verdict one(const VariantClass& cls, const Alteration& alteration, const CaseFacts& facts, const Vocabulary& words) {
  const Verdict verdict = nomenclature::relation(cls, alteration, words.genes).verdict;
  return verdict == Verdict::Met && below_the_limit(alteration, facts) ? Verdict::Unknown : verdict;
}

// M15: DNA predicts the skipped exon, and a valid RNA test of the gene did not see it.
bool refuted_by_rna(const VariantClass& cls, const Alteration& alteration, const CaseFacts& facts,
                    const Vocabulary& words) {
  const bool rna = alteration.splice && alteration.splice->by != nomenclature::SpliceEvidence::Dna;
  const std::vector<std::string> gene = {alteration.gene};
  const bool valid = !unread(gene, facts) && silence_counts(facts.tested.splice, gene, facts, words);
  return cls.kind == ClassKind::Splice && !rna && valid;
}

Finding wild_type(const VariantClass& cls, const CaseFacts& facts, const Vocabulary& words) {
  bool uncertain = false;
  for (const Alteration& alteration : facts.alterations) {
    if (alteration.kind == AlterationKind::WildType) continue;
    const Verdict broken = one(cls, alteration, facts, words);
    if (broken == Verdict::Met) return not_met();
    uncertain = uncertain || broken == Verdict::Unknown;
  }
  if (uncertain) return open_by_detail();
  const Finding silence = by_silence(cls, facts, words);
  return silence.verdict == Verdict::NotMet ? met() : silence;
}

// M12, one gene.
Finding biallelic_in(const VariantClass& cls, const CaseFacts& facts, const Vocabulary& words) {
  const std::string& gene = cls.genes.front();
  int hits = 0;
  bool uncertain = false;
  bool lost = false, kept = false;
  for (const Alteration& alteration : facts.alterations) {
    if (alteration.gene == gene && alteration.copy_number) {
      const auto& copy = *alteration.copy_number;
      if (copy.call == CopyCall::HomozygousDeletion) return met();
      if (copy.minor_copies) (*copy.minor_copies == 0 ? lost : kept) = true;
      uncertain = uncertain || (copy.call == CopyCall::Loss && !copy.minor_copies);
      continue;
    }
    const Verdict hit = one(cls, alteration, facts, words);
    if (hit == Verdict::Met) ++hits;
    uncertain = uncertain || hit == Verdict::Unknown;
  }
  if (lost && kept) uncertain = true;  // two records disagree: as good as not measured
  if (hits > 0 && lost && !kept) return met();
  if (uncertain || hits > 1) return open_by_detail();  // the phase of two hits is never stated
  if (hits == 1 && !kept) return open_by_detail();     // loss of heterozygosity not measured
  if (facts.closed_world) return not_met();
  if (unread({gene}, facts)) return hits == 1 ? open_by_detail() : open_by_fact();
  const bool no_other_hit = silence_counts(facts.tested.small, {gene}, facts, words);
  if (!no_other_hit) return hits == 1 ? open_by_detail() : open_by_coverage(TestKind::SmallVariants);
  // Two unequal copies were measured, so not both are lost.
  return kept || losses_count({gene}, facts, words) ? not_met() : open_by_coverage(TestKind::Deletions);
}

Finding biallelic(VariantClass cls, const CaseFacts& facts, const Vocabulary& words) {
  const std::vector<std::string> genes = cls.genes;
  Finding best = not_met();
  for (const std::string& gene : genes) {
    cls.genes = {gene};
    const Finding here = biallelic_in(cls, facts, words);
    const bool better =
        here.verdict > best.verdict || (here.verdict == Verdict::Unknown && here.unknown_by == UnknownBy::Detail);
    if (best.verdict != Verdict::Met && better) best = here;
  }
  return best;
}

}  // namespace

Finding variant(const VariantClass& cls, const CaseFacts& facts, const Vocabulary& words) {
  if (cls.kind == ClassKind::WildType) return wild_type(cls, facts, words);
  if (cls.kind == ClassKind::Biallelic) return biallelic(cls, facts, words);
  bool uncertain = false;
  for (const Alteration& alteration : facts.alterations) {
    const Verdict inside = one(cls, alteration, facts, words);
    if (inside == Verdict::Met && !refuted_by_rna(cls, alteration, facts, words)) return met();
    uncertain = uncertain || inside != Verdict::NotMet;
  }
  return uncertain ? open_by_detail() : by_silence(cls, facts, words);
}

bool is_of_lost_gene(const nomenclature::VariantClass& cls) {
  using nomenclature::ClassKind;
  using nomenclature::FunctionClass;
  if (cls.kind == ClassKind::Functional)
    return cls.function != FunctionClass::Activating && cls.function != FunctionClass::Oncogenic;
  return cls.kind == ClassKind::Biallelic;
}

bool is_of_small_changes(const nomenclature::VariantClass& cls) {
  using nomenclature::ClassKind;
  for (const ClassKind other : {ClassKind::CopyNumber, ClassKind::Fusion, ClassKind::Expression, ClassKind::WildType}) {
    if (cls.kind == other) return false;
  }
  return cls.kind != ClassKind::Functional || cls.function != nomenclature::FunctionClass::Activating;
}

bool undoes(const nomenclature::Alteration& second, const nomenclature::Alteration& first) {
  using nomenclature::Consequence;
  using nomenclature::NucleotideForm;
  const auto small = [](const nomenclature::Alteration& a) {
    return a.kind == nomenclature::AlterationKind::Small && a.protein && a.protein->start >= 1;
  };
  if (!small(first) || !small(second)) return false;
  const int stop_at = first.protein->start;
  const bool shift = first.consequence == Consequence::Frameshift;
  if (!shift && first.consequence != Consequence::Nonsense) return false;
  switch (second.consequence) {
    case Consequence::Missense:
    case Consequence::Synonymous:
    case Consequence::InframeDeletion:
    case Consequence::InframeInsertion: return second.protein->start <= stop_at && stop_at <= second.protein->end;
    case Consequence::Frameshift: break;
    case Consequence::Nonsense:
    case Consequence::Splice:
    case Consequence::StartLost:
    case Consequence::Extension:
    case Consequence::Promoter:
    case Consequence::Noncoding:
    case Consequence::Unknown: return false;
  }
  const int apart = second.protein->start - stop_at;
  if (!shift || apart > 100 || apart < -100) return false;
  int sum = 0;
  for (const auto* one : {&first, &second}) {
    if (!one->coding) return false;
    const nomenclature::CodingChange& c = *one->coding;
    const bool inside = c.start.region == nomenclature::CodingPosition::Region::Coding &&
                        c.end.region == c.start.region && c.start.offset == 0 && c.end.offset == 0;
    const bool counted = c.form == NucleotideForm::Deletion || c.form == NucleotideForm::Duplication;
    const bool written = c.form == NucleotideForm::Insertion || c.form == NucleotideForm::Delins;
    if (!inside || (!counted && (!written || c.alt.empty()))) return false;
    const int replaced = c.end.base - c.start.base + 1;
    if (c.form == NucleotideForm::Duplication) sum += replaced;
    if (c.form == NucleotideForm::Deletion || c.form == NucleotideForm::Delins) sum -= replaced;
    if (written) sum += static_cast<int>(c.alt.size());
  }
  return sum % 3 == 0;
}

}  // namespace treff::match::reference
