#include "kb/base/text.h"
#include "kb/match/leaf.h"

namespace treff::match {
namespace {

using nomenclature::Biomarker;
using nomenclature::BiomarkerName;
using nomenclature::BiomarkerState;

TestKind test_for(BiomarkerName name) {
  switch (name) {
    case BiomarkerName::Tmb: return TestKind::Tmb;
    case BiomarkerName::Msi: return TestKind::Msi;
    case BiomarkerName::Mmr: return TestKind::Mmr;
    case BiomarkerName::Hrd: return TestKind::Hrd;
    case BiomarkerName::PdL1Tps:
    case BiomarkerName::PdL1Cps:
    case BiomarkerName::PdL1Ic: return TestKind::PdL1;
    case BiomarkerName::MgmtMethylation: return TestKind::Methylation;
  }
  return TestKind::None;
}

LeafResult unknown(UnknownBy why, std::string rule, MessageId message, std::string detail, TestKind test) {
  return {Verdict::Unknown, why, std::move(rule), message, {}, std::move(detail), test};
}

LeafResult decided(bool met, const Biomarker& measured) {
  return {met ? Verdict::Met : Verdict::NotMet,
          UnknownBy::Nothing,
          met ? "M1" : "M3",
          met ? MessageId::BiomarkerMet : MessageId::BiomarkerNotMet,
          {},
          nomenclature::to_text(measured),
          TestKind::None};
}

bool compare(double value, model::Comparison op, double limit) {
  switch (op) {
    case model::Comparison::Less: return value < limit;
    case model::Comparison::LessEqual: return value <= limit;
    case model::Comparison::Equal: return value == limit;
    case model::Comparison::GreaterEqual: return value >= limit;
    case model::Comparison::Greater: return value > limit;
  }
  return false;
}

const model::PanelLimits* limits_for(const Biomarker& measured, const Vocabulary& words) {
  const auto panel = words.panels.find(measured.assay);
  return panel == words.panels.end() || !panel->second.limits ? nullptr : &*panel->second.limits;
}

// The state of MSI from the share of unstable sites and the assay's own bands (M16); Unstated between the bands, under
// the minimum of usable sites, or where no band is recorded.
BiomarkerState msi_state(const Biomarker& measured, const Vocabulary& words) {
  if (measured.state != BiomarkerState::Unstated) return measured.state;
  const model::PanelLimits* limits = limits_for(measured, words);
  if (!measured.value || limits == nullptr) return BiomarkerState::Unstated;
  if (limits->msi_usable_sites_min && measured.usable_sites.value_or(0) < *limits->msi_usable_sites_min) {
    return BiomarkerState::Unstated;
  }
  if (limits->msi_high_from_pct && *measured.value >= *limits->msi_high_from_pct) return BiomarkerState::High;
  if (limits->msi_stable_below_pct && *measured.value < *limits->msi_stable_below_pct) return BiomarkerState::Stable;
  return BiomarkerState::Unstated;
}

BiomarkerState state_of(const Biomarker& measured, const Vocabulary& words) {
  return measured.name == BiomarkerName::Msi ? msi_state(measured, words) : measured.state;
}

const Biomarker* measured_as(BiomarkerName name, const CaseFacts& facts) {
  for (const Biomarker& biomarker : facts.biomarkers) {
    if (biomarker.name == name && !biomarker.failed) return &biomarker;
  }
  return nullptr;
}

// M16: mismatch repair by staining and microsatellites by sequencing that say opposite things.
bool discordant(BiomarkerName name, BiomarkerState state, const CaseFacts& facts, const Vocabulary& words) {
  const bool is_msi = name == BiomarkerName::Msi;
  if (!is_msi && name != BiomarkerName::Mmr) return false;
  const Biomarker* other = measured_as(is_msi ? BiomarkerName::Mmr : BiomarkerName::Msi, facts);
  if (other == nullptr) return false;
  const auto unstable = [](BiomarkerState s) { return s == BiomarkerState::High || s == BiomarkerState::Deficient; };
  const BiomarkerState other_state = state_of(*other, words);
  if (state == BiomarkerState::Unstated || other_state == BiomarkerState::Unstated) return false;
  return unstable(state) != unstable(other_state);
}

LeafResult compare_state(const model::BiomarkerCondition& condition, const Biomarker& measured, const CaseFacts& facts,
                         const Vocabulary& words) {
  const BiomarkerState state = state_of(measured, words);
  const std::string detail = nomenclature::to_text(measured);
  if (state == BiomarkerState::Unstated)
    return unknown(UnknownBy::Detail, "M16", MessageId::BiomarkerBand, detail, TestKind::None);
  if (discordant(condition.name, state, facts, words)) {
    return unknown(UnknownBy::Detail, "M16", MessageId::BiomarkerDiscordant, detail, TestKind::None);
  }
  return decided(state == *condition.is, measured);
}

}  // namespace

LeafResult evaluate_biomarker(const model::BiomarkerCondition& condition, const CaseFacts& facts,
                              const Vocabulary& words) {
  const std::string name(base::name_of(condition.name));
  const Biomarker* measured = measured_as(condition.name, facts);
  if (measured == nullptr && facts.closed_world) {
    return {Verdict::NotMet, UnknownBy::Nothing, "M8", MessageId::BiomarkerUnmeasured, {}, name, TestKind::None};
  }
  if (measured == nullptr) {
    bool failed = facts.tested.failed_biomarkers.count(name) != 0;
    for (const Biomarker& biomarker : facts.biomarkers)
      failed = failed || (biomarker.name == condition.name && biomarker.failed);
    return unknown(UnknownBy::Coverage, failed ? "M3" : "M4",
                   failed ? MessageId::TestFailed : MessageId::BiomarkerUnmeasured, name, test_for(condition.name));
  }
  if (facts.tested.failed_biomarkers.count(name) != 0) {
    return unknown(UnknownBy::Coverage, "M3", MessageId::TestFailed, name, test_for(condition.name));
  }
  const std::string detail = nomenclature::to_text(*measured);
  if (!condition.assay.empty() && condition.assay != measured->assay) {
    return unknown(UnknownBy::Detail, "M16", MessageId::BiomarkerOtherAssay, detail, TestKind::None);
  }
  if (condition.is) return compare_state(condition, *measured, facts, words);
  if (!measured->value) return unknown(UnknownBy::Detail, "M16", MessageId::BiomarkerBand, detail, TestKind::None);
  // A score of genomic instability means something only on the assay it was validated on (M16).
  if (condition.name == BiomarkerName::Hrd && condition.assay.empty()) {
    return unknown(UnknownBy::Detail, "M16", MessageId::BiomarkerOtherAssay, detail, TestKind::None);
  }
  return decided(compare(*measured->value, *condition.op, *condition.value), *measured);
}

}  // namespace treff::match
