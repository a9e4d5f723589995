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
    case BiomarkerName::SignaturePole:
    case BiomarkerName::SignatureTobacco:
    case BiomarkerName::SignatureApobec:
    case BiomarkerName::SignatureUv:
    case BiomarkerName::SignatureTemozolomide: return TestKind::Signatures;
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

// The state of MSI as called, else from the share of unstable sites and the assay's own bands (M16); Unstated between
// the bands, under the minimum of usable sites, or where no band is recorded.
BiomarkerState msi_state(const Biomarker& measured, const Vocabulary& words) {
  const model::PanelLimits* limits = limits_for(measured, words);
  const auto fewest = limits == nullptr ? std::nullopt : limits->msi_usable_sites_min;
  if (fewest && measured.usable_sites && *measured.usable_sites < *fewest) return BiomarkerState::Unstated;
  if (measured.state != BiomarkerState::Unstated) return measured.state;
  if (!measured.value || limits == nullptr) return BiomarkerState::Unstated;
  if (fewest && !measured.usable_sites) return BiomarkerState::Unstated;
  if (limits->msi_high_from_pct && *measured.value >= *limits->msi_high_from_pct) return BiomarkerState::High;
  if (limits->msi_stable_below_pct && *measured.value < *limits->msi_stable_below_pct) return BiomarkerState::Stable;
  return BiomarkerState::Unstated;
}

BiomarkerState state_of(const Biomarker& measured, const Vocabulary& words) {
  return measured.name == BiomarkerName::Msi ? msi_state(measured, words) : measured.state;
}

// What was measured and passed quality control, in the order sent.
std::vector<const Biomarker*> measured_as(BiomarkerName name, const CaseFacts& facts) {
  std::vector<const Biomarker*> out;
  if (facts.tested.failed_biomarkers.count(std::string(base::name_of(name))) != 0) return out;
  for (const Biomarker& biomarker : facts.biomarkers) {
    if (biomarker.name == name && !biomarker.failed) out.push_back(&biomarker);
  }
  return out;
}

// M16: mismatch repair by staining and microsatellites by sequencing that say opposite things.
bool discordant(const CaseFacts& facts, const Vocabulary& words) {
  for (const Biomarker* msi : measured_as(BiomarkerName::Msi, facts)) {
    const BiomarkerState state = msi_state(*msi, words);
    const bool stable = state == BiomarkerState::Stable || state == BiomarkerState::Low;
    for (const Biomarker* mmr : measured_as(BiomarkerName::Mmr, facts)) {
      if (state == BiomarkerState::High && mmr->state == BiomarkerState::Proficient) return true;
      if (stable && mmr->state == BiomarkerState::Deficient) return true;
    }
  }
  return false;
}

// One measurement against the condition; Unknown with the message that says why.
LeafResult compare_one(const model::BiomarkerCondition& condition, const Biomarker& measured, const Vocabulary& words) {
  const std::string detail = nomenclature::to_text(measured);
  const auto open = [&](MessageId why) { return unknown(UnknownBy::Detail, "M16", why, detail, TestKind::None); };
  if (!condition.assay.empty() && condition.assay != measured.assay) return open(MessageId::BiomarkerOtherAssay);
  if (condition.is) {
    const BiomarkerState state = state_of(measured, words);
    const bool between = measured.name == BiomarkerName::Msi && state == BiomarkerState::Intermediate &&
                         *condition.is != BiomarkerState::Intermediate;
    if (state == BiomarkerState::Unstated || between) return open(MessageId::BiomarkerBand);
    return decided(state == *condition.is, measured);
  }
  if (!measured.value) return open(MessageId::BiomarkerBand);
  // A score of genomic instability means something only on the assay it was validated on (M16).
  if (condition.name == BiomarkerName::Hrd && condition.assay.empty()) return open(MessageId::BiomarkerOtherAssay);
  return decided(compare(*measured.value, *condition.op, *condition.value), measured);
}

LeafResult unmeasured(const model::BiomarkerCondition& condition, const CaseFacts& facts) {
  const std::string name(base::name_of(condition.name));
  if (facts.closed_world) {
    return {Verdict::NotMet, UnknownBy::Nothing, "M8", MessageId::BiomarkerUnmeasured, {}, name, TestKind::None};
  }
  bool failed = facts.tested.failed_biomarkers.count(name) != 0;
  for (const Biomarker& biomarker : facts.biomarkers) {
    failed = failed || (biomarker.name == condition.name && biomarker.failed);
  }
  return unknown(UnknownBy::Coverage, failed ? "M3" : "M4",
                 failed ? MessageId::TestFailed : MessageId::BiomarkerUnmeasured, name, test_for(condition.name));
}

}  // namespace

LeafResult evaluate_biomarker(const model::BiomarkerCondition& condition, const CaseFacts& facts,
                              const Vocabulary& words) {
  const std::vector<const Biomarker*> measured = measured_as(condition.name, facts);
  if (measured.empty()) return unmeasured(condition, facts);
  const bool paired = condition.name == BiomarkerName::Msi || condition.name == BiomarkerName::Mmr;
  if (paired && discordant(facts, words)) {
    return unknown(UnknownBy::Detail, "M16", MessageId::BiomarkerDiscordant, nomenclature::to_text(*measured.front()),
                   TestKind::None);
  }
  // Several assays may have measured the same: those that decide must agree.
  std::optional<LeafResult> best;
  for (const Biomarker* one : measured) {
    LeafResult result = compare_one(condition, *one, words);
    const bool decides = result.verdict != Verdict::Unknown;
    if (best && decides && best->verdict != Verdict::Unknown && best->verdict != result.verdict) {
      return unknown(UnknownBy::Detail, "M16", MessageId::BiomarkerDiscordant, best->detail + "; " + result.detail,
                     TestKind::None);
    }
    if (!best || (decides && best->verdict == Verdict::Unknown)) best = std::move(result);
  }
  return *best;
}

}  // namespace treff::match
