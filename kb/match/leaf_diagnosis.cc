#include "kb/match/leaf.h"

namespace treff::match {
namespace {

using nomenclature::DiagnosisFacts;
using nomenclature::DiagnosisNode;
using nomenclature::DiagnosisTree;
using nomenclature::Lineage;
using Word = DiagnosisLeaf::Entry::Word;

struct EntryResult {
  Verdict verdict = Verdict::NotMet;
  MessageId why = MessageId::DiagnosisOutside;
  const char* rule = "D1";
};

EntryResult lineage_result(Lineage lineage, Lineage wanted) {
  if (lineage == wanted) return {Verdict::Met, MessageId::DiagnosisWithin, "D3"};
  // Histiocytoses are counted as solid by some trials and as blood cancers by others.
  if (lineage == Lineage::Unknown || lineage == Lineage::Histiocytic) {
    return {Verdict::Unknown, MessageId::DiagnosisLineageUnclear, "D3"};
  }
  return {Verdict::NotMet, MessageId::DiagnosisOutside, "D3"};
}

EntryResult entry_result(const DiagnosisLeaf::Entry& entry, DiagnosisNode node, const DiagnosisTree& tree) {
  const DiagnosisFacts& facts = tree.facts(node);
  switch (entry.word) {
    case Word::Any: return {Verdict::Met, MessageId::DiagnosisWithin, "D3"};
    case Word::Solid: return lineage_result(facts.unknown_primary ? Lineage::Solid : facts.lineage, Lineage::Solid);
    case Word::Haematological:
      return lineage_result(facts.unknown_primary ? Lineage::Solid : facts.lineage, Lineage::Haematological);
    case Word::Node: break;
  }
  if (tree.is_within(node, entry.node)) return {Verdict::Met, MessageId::DiagnosisWithin, "D1"};
  if (tree.is_within(entry.node, node)) return {Verdict::Unknown, MessageId::DiagnosisLessSpecific, "D2"};
  if (facts.unknown_primary) return {Verdict::Unknown, MessageId::DiagnosisUnknownPrimary, "D3"};
  return {};
}

EntryResult best_of(const std::vector<DiagnosisLeaf::Entry>& entries, DiagnosisNode node, const DiagnosisTree& tree) {
  EntryResult best;
  for (const DiagnosisLeaf::Entry& entry : entries) {
    const EntryResult result = entry_result(entry, node, tree);
    const bool first = &entry == &entries.front();  // where nothing fits, the first entry gives the rule
    if (first || result.verdict > best.verdict) best = result;
  }
  return best;
}

EntryResult included_by(const DiagnosisLeaf& condition, DiagnosisNode node, const DiagnosisTree& tree) {
  if (condition.any_of.empty()) return {Verdict::Met, MessageId::DiagnosisWithin, "D1"};
  return best_of(condition.any_of, node, tree);
}

}  // namespace

Verdict diagnosis_verdict(const DiagnosisLeaf& condition, const CaseFacts& facts, const Vocabulary& words) {
  const Verdict excluded = best_of(condition.none_of, facts.diagnosis, words.diagnoses).verdict;
  if (excluded == Verdict::Met) return Verdict::NotMet;
  return base::all_of(included_by(condition, facts.diagnosis, words.diagnoses).verdict, base::negate(excluded));
}

LeafResult evaluate_diagnosis(const DiagnosisLeaf& condition, const CaseFacts& facts, const Vocabulary& words) {
  const DiagnosisTree& tree = words.diagnoses;
  const EntryResult excluded = best_of(condition.none_of, facts.diagnosis, tree);
  const EntryResult included = included_by(condition, facts.diagnosis, tree);
  const std::string& code = tree.facts(facts.diagnosis).code;
  if (excluded.verdict == Verdict::Met) {
    return {Verdict::NotMet, UnknownBy::Nothing, "D1", MessageId::DiagnosisExcluded, {}, code, TestKind::None};
  }
  if (included.verdict == Verdict::Met && excluded.verdict == Verdict::Unknown) {
    return {Verdict::Unknown, UnknownBy::Fact, excluded.rule, MessageId::DiagnosisMaybeExcluded, {}, code,
            TestKind::None};
  }
  const UnknownBy why = included.verdict == Verdict::Unknown ? UnknownBy::Fact : UnknownBy::Nothing;
  return {included.verdict, why, included.rule, included.why, {}, code, TestKind::None};
}

}  // namespace treff::match
