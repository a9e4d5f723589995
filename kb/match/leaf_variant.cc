#include <algorithm>

#include "kb/match/coverage.h"
#include "kb/match/leaf.h"
#include "kb/nomenclature/variant_class.h"

namespace treff::match {
namespace {

using nomenclature::Alteration;
using nomenclature::AlterationKind;
using nomenclature::ClassKind;
using nomenclature::CopyCall;
using nomenclature::RelationKind;
using nomenclature::VariantClass;

// Alterations that touch any gene of the class, ascending; one sent without a gene may touch every class (M2).
// The list is the case's own where it can be, else it is made in `room`.
const std::vector<std::size_t>& touching(const VariantClass& cls, const CaseFacts& facts,
                                         std::vector<std::size_t>& room) {
  if (cls.genes.size() == 1 && facts.without_gene.empty()) {
    const auto only = facts.by_gene.find(cls.genes.front());
    return only == facts.by_gene.end() ? room : only->second;
  }
  std::vector<std::size_t>& found = room;
  found = facts.without_gene;
  for (const std::string& gene : cls.genes) {
    const auto it = facts.by_gene.find(gene);
    if (it != facts.by_gene.end()) found.insert(found.end(), it->second.begin(), it->second.end());
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

// M9: a call below the panel's allele-fraction limit is unknown.
bool below_limit(const Alteration& alteration, const CaseFacts& facts) {
  if (!alteration.allele_fraction) return false;
  for (const model::Panel* panel : facts.tested.panels) {
    if (panel->limits && panel->limits->allele_fraction_min &&
        *alteration.allele_fraction < *panel->limits->allele_fraction_min) {
      return true;
    }
  }
  return false;
}

MessageId message_for_unknown(const std::string& rule, RelationKind kind) {
  if (rule == "M9") return MessageId::FunctionUnassessed;
  if (rule == "M10") return MessageId::OriginUnknown;
  return kind == RelationKind::Overlaps ? MessageId::AlterationOverlaps : MessageId::AlterationWider;
}

LeafResult unknown_by_coverage(const Coverage& coverage) {
  const bool unread = coverage.rule == "N8";
  return {Verdict::Unknown,
          unread ? UnknownBy::Fact : UnknownBy::Coverage,
          coverage.rule,
          coverage.why,
          {},
          coverage.detail,
          coverage.test};
}

// What the findings themselves say, before any question of coverage.
struct Findings {
  std::vector<std::size_t> met;
  std::vector<std::size_t> unknown;
  std::string rule;
  std::string note;
  MessageId message = MessageId::AlterationInside;
};

Findings compare(const VariantClass& cls, const std::vector<std::size_t>& candidates, const CaseFacts& facts,
                 const Vocabulary& words) {
  Findings out;
  for (const std::size_t index : candidates) {
    const Alteration& alteration = facts.alterations[index];
    const nomenclature::Relation relation = nomenclature::relation(cls, alteration, words.genes);
    if (relation.verdict == Verdict::NotMet) continue;
    if (relation.verdict == Verdict::Met && !below_limit(alteration, facts)) {
      if (out.met.empty()) {
        out.rule = relation.rule;
        out.note = relation.note;
        out.message = MessageId::AlterationInside;
      }
      out.met.push_back(index);
      continue;
    }
    if (out.met.empty() && out.unknown.empty()) {
      const bool by_limit = relation.verdict == Verdict::Met;
      out.rule = by_limit ? "M9" : relation.rule;
      out.note = relation.note;
      out.message = by_limit ? MessageId::BelowAlleleFraction : message_for_unknown(relation.rule, relation.kind);
    }
    out.unknown.push_back(index);
  }
  return out;
}

// M15: a DNA splice-site variant stands against a valid negative RNA call.
bool contradicted_by_rna(const VariantClass& cls, const Findings& found, const CaseFacts& facts,
                         const Vocabulary& words) {
  if (cls.kind != ClassKind::Splice) return false;
  for (const std::size_t index : found.met) {
    const Alteration& alteration = facts.alterations[index];
    const bool rna = alteration.splice && alteration.splice->by != nomenclature::SpliceEvidence::Dna;
    const bool refuted = silence_proves(ChangeKind::Splice, {alteration.gene}, facts, words).negative_counts;
    if (rna || !refuted) return false;
  }
  return true;
}

// M3, M4: whether silence is a "no" for everything that could meet the class.
Coverage coverage_of_class(const VariantClass& cls, const CaseFacts& facts, const Vocabulary& words) {
  const Coverage coverage = coverage_of(change_kind_of(cls), cls.genes, facts, words, &cls);
  if (!coverage.negative_counts || !deletion_meets(cls)) return coverage;
  return coverage_of(ChangeKind::CopyLoss, cls.genes, facts, words);
}

LeafResult evaluate_plain(const VariantClass& cls, const CaseFacts& facts, const Vocabulary& words) {
  std::vector<std::size_t> room;
  const std::vector<std::size_t>& candidates = touching(cls, facts, room);
  Findings found = compare(cls, candidates, facts, words);
  if (!found.met.empty()) {
    if (contradicted_by_rna(cls, found, facts, words)) {
      return {Verdict::Unknown, UnknownBy::Detail, "M15", MessageId::SpliceContradicted, found.met, {}, TestKind::None};
    }
    return {Verdict::Met,         UnknownBy::Nothing,    std::move(found.rule), found.message,
            std::move(found.met), std::move(found.note), TestKind::None};
  }
  if (!found.unknown.empty()) {
    return {Verdict::Unknown,         UnknownBy::Detail,     std::move(found.rule), found.message,
            std::move(found.unknown), std::move(found.note), TestKind::None};
  }
  const Coverage coverage = coverage_of_class(cls, facts, words);
  if (!coverage.negative_counts) return unknown_by_coverage(coverage);
  const MessageId message = candidates.empty() ? MessageId::NotFoundTested : MessageId::OutsideClass;
  return {Verdict::NotMet, UnknownBy::Nothing, "M3", message, candidates, {}, TestKind::None};
}

// M11: every named gene examined and no oncogenic alteration; unassessed variants leave it open.
LeafResult evaluate_wild_type(const VariantClass& cls, const CaseFacts& facts, const Vocabulary& words) {
  std::vector<std::size_t> room;
  const Findings found = compare(cls, touching(cls, facts, room), facts, words);
  if (!found.met.empty()) {
    return {Verdict::NotMet, UnknownBy::Nothing, "M11", MessageId::WildTypeBroken, found.met, {}, TestKind::None};
  }
  if (!found.unknown.empty()) {
    return {Verdict::Unknown, UnknownBy::Detail, "M11",         MessageId::WildTypeUncertain,
            found.unknown,    found.note,        TestKind::None};
  }
  const Coverage coverage = coverage_of(ChangeKind::Small, cls.genes, facts, words, &cls);
  if (!coverage.negative_counts) return unknown_by_coverage(coverage);
  return {Verdict::Met, UnknownBy::Nothing, "M11", MessageId::WildTypeShown, {}, {}, TestKind::None};
}

// What one gene shows of two hits (M12).
struct Hits {
  std::vector<std::size_t> pathogenic;  // small variants that destroy the gene
  std::vector<std::size_t> uncertain;
  std::optional<std::size_t> homozygous_deletion;
  std::optional<std::size_t> copy_record;  // a record that states the minor copy number
  bool lost = false;                       // a record states minor copy number 0
  bool kept = false;                       // a record states more; both: the records disagree

  bool heterozygosity_lost() const { return lost && !kept; }
  bool heterozygosity_kept() const { return kept && !lost; }
};

Hits hits_of(const VariantClass& cls, const std::string& gene, const CaseFacts& facts, const Vocabulary& words) {
  Hits hits;
  VariantClass here = cls;  // a finding in "one of BRCA1 and BRCA2" is no sure hit in either
  here.genes = {gene};
  std::vector<std::size_t> candidates = facts.without_gene;
  const auto it = facts.by_gene.find(gene);
  if (it != facts.by_gene.end()) candidates.insert(candidates.end(), it->second.begin(), it->second.end());
  for (const std::size_t index : candidates) {
    const Alteration& alteration = facts.alterations[index];
    if (alteration.kind == AlterationKind::CopyNumber && alteration.copy_number) {
      const nomenclature::CopyNumber& copy = *alteration.copy_number;
      if (copy.call == CopyCall::HomozygousDeletion) hits.homozygous_deletion = index;
      if (copy.minor_copies) {
        hits.copy_record = index;
        (*copy.minor_copies == 0 ? hits.lost : hits.kept) = true;
      } else if (copy.call == CopyCall::Loss) {
        hits.uncertain.push_back(index);  // of one copy or of both
      }
      continue;
    }
    const nomenclature::Relation relation = nomenclature::relation(here, alteration, words.genes);
    if (relation.verdict == Verdict::Met && !below_limit(alteration, facts)) {
      hits.pathogenic.push_back(index);
    } else if (relation.verdict != Verdict::NotMet) {
      hits.uncertain.push_back(index);
    }
  }
  return hits;
}

LeafResult biallelic(Verdict verdict, MessageId message, std::vector<std::size_t> by, TestKind test = TestKind::None) {
  const UnknownBy why = verdict == Verdict::Unknown ? UnknownBy::Detail : UnknownBy::Nothing;
  return {verdict, why, "M12", message, std::move(by), {}, test};
}

LeafResult evaluate_biallelic_gene(const VariantClass& cls, const std::string& gene, const CaseFacts& facts,
                                   const Vocabulary& words) {
  const Hits hits = hits_of(cls, gene, facts, words);
  if (hits.homozygous_deletion) return biallelic(Verdict::Met, MessageId::BiallelicShown, {*hits.homozygous_deletion});
  if (!hits.pathogenic.empty()) {
    std::vector<std::size_t> by = hits.pathogenic;
    if (hits.copy_record) by.push_back(*hits.copy_record);
    if (hits.heterozygosity_lost()) return biallelic(Verdict::Met, MessageId::BiallelicShown, by);
    // Two pathogenic variants: in trans or on one chromosome is not stated by any input we read.
    const bool second_possible = hits.pathogenic.size() > 1 || !hits.uncertain.empty() || !hits.heterozygosity_kept();
    if (second_possible) return biallelic(Verdict::Unknown, MessageId::BiallelicOneHit, by, TestKind::Deletions);
    const Coverage coverage = coverage_of(ChangeKind::Small, {gene}, facts, words);
    if (!coverage.negative_counts) return biallelic(Verdict::Unknown, MessageId::BiallelicOneHit, by, coverage.test);
    return biallelic(Verdict::NotMet, MessageId::BiallelicNot, by);
  }
  if (!hits.uncertain.empty()) {
    return {Verdict::Unknown, UnknownBy::Detail, "M9", MessageId::FunctionUnassessed, hits.uncertain, {},
            TestKind::None};
  }
  if (hits.lost && hits.kept) return biallelic(Verdict::Unknown, MessageId::BiallelicOneHit, {*hits.copy_record});
  for (const ChangeKind kind : {ChangeKind::Small, ChangeKind::CopyLoss}) {
    if (kind == ChangeKind::CopyLoss && hits.heterozygosity_kept()) break;  // two copies were measured
    const Coverage coverage = coverage_of(kind, {gene}, facts, words);
    if (!coverage.negative_counts) return unknown_by_coverage(coverage);
  }
  return biallelic(Verdict::NotMet, MessageId::NotFoundTested, {});
}

// The best gene decides: met beats unknown by detail beats unknown by coverage beats not met.
LeafResult evaluate_biallelic(const VariantClass& cls, const CaseFacts& facts, const Vocabulary& words) {
  LeafResult best;
  int best_score = -1;
  for (const std::string& gene : cls.genes) {
    LeafResult result = evaluate_biallelic_gene(cls, gene, facts, words);
    const int score = static_cast<int>(result.verdict) * 2 + (result.unknown_by == UnknownBy::Detail ? 1 : 0);
    if (score > best_score) {
      best_score = score;
      best = std::move(result);
    }
  }
  return best;
}

}  // namespace

LeafResult evaluate_variant(const VariantClass& cls, const CaseFacts& facts, const Vocabulary& words) {
  if (cls.kind == ClassKind::WildType) return evaluate_wild_type(cls, facts, words);
  if (cls.kind == ClassKind::Biallelic) return evaluate_biallelic(cls, facts, words);
  return evaluate_plain(cls, facts, words);
}

}  // namespace treff::match
