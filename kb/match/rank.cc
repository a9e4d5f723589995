#include <algorithm>

#include "kb/base/text.h"
#include "kb/match/option_builder.h"

namespace treff::match {
namespace {

constexpr int kNoEvidence = 7;

struct TierRow {
  const char* scale;  // folded
  const char* level;  // folded, prefix of the stated level
  int tier;
};

// The scales side by side, strongest first; our own reading, documented in docs/matching.md.
constexpr TierRow kTiers[] = {
    {"escat", "i-a", 0},   {"escat", "i-b", 0},   {"escat", "i-c", 1}, {"escat", "ii-a", 2}, {"escat", "ii-b", 2},
    {"escat", "iii-a", 3}, {"escat", "iii-b", 4}, {"escat", "iv", 5},  {"escat", "v", 6},    {"escat", "x", 6},
    {"amp", "i-a", 0},     {"amp", "i-b", 1},     {"amp", "ii-c", 2},  {"amp", "ii-d", 5},   {"amp", "iii", 6},
    {"oncokb", "1", 0},    {"oncokb", "2", 0},    {"oncokb", "3a", 1}, {"oncokb", "3b", 3},  {"oncokb", "4", 4},
    {"civic", "a", 0},     {"civic", "b", 1},     {"civic", "c", 2},   {"civic", "d", 5},    {"civic", "e", 6},
};

// B4: open and not full, open, opening, not stated, suspended or full, closed.
int entry_key(const Option& option) {
  if (!option.status.state) return 3;
  switch (*option.status.state) {
    case model::EntryState::Open: {
      const bool free_place = option.stage && option.stage->slots_left && *option.stage->slots_left > 0;
      return free_place || option.kind == OptionKind::OnLabel ? 0 : 1;
    }
    case model::EntryState::Planned: return 2;
    case model::EntryState::Suspended:
    case model::EntryState::Full: return 4;
    case model::EntryState::Closed: return 5;
  }
  return 3;
}

int best_evidence(const Option& option) {
  int best = kNoEvidence;
  for (const EvidenceShown& shown : option.evidence) {
    if (shown.record->direction != model::EvidenceDirection::Sensitive || !shown.record->level) continue;
    best = std::min(best, evidence_tier(shown.record->level->scale, shown.record->level->level,
                                        shown.diagnosis_relation == "same"));
  }
  if (option.cohort != nullptr && !option.cohort->evidence_tier.empty()) {
    const std::string& text = option.cohort->evidence_tier;
    const std::size_t space = text.find(' ');
    if (space != std::string::npos)
      best = std::min(best, evidence_tier(text.substr(0, space), text.substr(space + 1), true));
  }
  return best;
}

int molecular_key(const OptionContext& context, const CompiledOption& compiled) {
  int best = 9;
  for (const auto& signed_leaf : compiled.molecular) {
    if (!signed_leaf.positive) continue;
    const LeafResult& result = context.evaluation.leaf(signed_leaf.leaf);
    const bool linked = result.verdict == Verdict::Met ||
                        (result.verdict == Verdict::Unknown && result.unknown_by == UnknownBy::Detail);
    if (!linked) continue;
    const auto* variant =
        std::get_if<nomenclature::VariantClass>(&context.index.pool().leaves()[signed_leaf.leaf].what);
    // A measured value over its cut-off is as specific as a range of codons.
    best = std::min(best, variant == nullptr ? 2 : nomenclature::specificity_rank(variant->kind));
  }
  return best;
}

// 0 = the same node, then by distance up the tree; a lineage word 50, no condition 60, less specific 70, outside 80.
int diagnosis_key(const OptionContext& context, const CompiledOption& compiled) {
  const auto& tree = context.index.knowledge().vocabulary().diagnoses;
  int best = 60;
  for (const TreeLeaf& tree_leaf : context.evaluation.explaining_leaves(compiled.root)) {
    const auto* diagnosis = std::get_if<DiagnosisLeaf>(&context.index.pool().leaves()[tree_leaf.leaf].what);
    if (diagnosis == nullptr || !tree_leaf.positive) continue;
    const Verdict verdict = context.evaluation.leaf(tree_leaf.leaf).verdict;
    if (verdict == Verdict::Unknown) best = std::max(best, 70);
    if (verdict == Verdict::NotMet) best = std::max(best, 80);
    if (verdict != Verdict::Met) continue;
    for (const DiagnosisLeaf::Entry& entry : diagnosis->any_of) {
      if (entry.word != DiagnosisLeaf::Entry::Word::Node) {
        best = std::min(best, 50);
        continue;
      }
      const std::optional<int> distance = tree.distance_up(context.facts.diagnosis, entry.node);
      if (distance) best = std::min(best, *distance);
    }
  }
  return best;
}

}  // namespace

int evidence_tier(const std::string& scale, const std::string& level, bool same_tumour) {
  std::string folded = base::fold_name(level);
  const std::string wanted = base::fold_name(scale);
  folded.erase(std::remove(folded.begin(), folded.end(), ' '), folded.end());
  int tier = kNoEvidence;
  for (const TierRow& row : kTiers) {
    std::string key = row.level;
    std::string bare = key;
    bare.erase(std::remove(bare.begin(), bare.end(), '-'), bare.end());
    if (wanted.rfind(row.scale, 0) == 0 && (folded == key || folded == bare)) tier = row.tier;
  }
  // Shown in another tumour only: never better than "clinical evidence elsewhere".
  return same_tumour || tier == kNoEvidence ? tier : std::max(tier, 3);
}

RankKeys rank_keys(const OptionContext& context, const CompiledOption& compiled, const Option& option) {
  RankKeys keys;
  keys.bucket = static_cast<int>(option.bucket);
  keys.caution = option.cautions.empty() ? 0 : 1;
  keys.entry = entry_key(option);
  keys.route = static_cast<int>(option.route);
  keys.evidence_tier = best_evidence(option);
  keys.molecular_specificity = molecular_key(context, compiled);
  keys.diagnosis_specificity = diagnosis_key(context, compiled);
  keys.unknowns = static_cast<int>(
      std::count_if(option.reasons.begin(), option.reasons.end(), [](const Reason& reason) { return reason.ask; }));
  return keys;
}

}  // namespace treff::match
