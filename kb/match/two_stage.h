// Cohort stages: how far a cohort is, how many places are left, what decides next (rules S1-S3).
//
// A chance of passing belongs to the cohort, never to the patient (B11). Pure.
#pragma once

#include <optional>
#include <string>

#include "kb/base/date.h"
#include "kb/model/records.h"

namespace treff::match {

enum class StageDecision : std::uint8_t {
  Unknown,       // no figures or no design
  Recruiting,    // places left
  FullAwaiting,  // no place left, `awaiting` patients not yet evaluable
  Passed,        // enough effects in this stage
  Stopped,       // all evaluable, too few effects
};

struct StageView {
  model::StageNumber stage = model::StageNumber::Unknown;
  std::optional<int> cap;         // patients in this stage
  std::optional<int> slots_left;  // cap - evaluable - pending; inevaluable patients are replaced (S2)
  std::optional<int> evaluable;
  std::optional<int> effects;
  std::optional<int> effects_needed;
  int awaiting = 0;  // started, not yet evaluable
  StageDecision decision = StageDecision::Unknown;
  std::optional<Date> as_of;  // day of the figures used
};

// `today` chooses the newest figures on or before it.
StageView stage_view(const model::Cohort& cohort, const model::Trial* trial, const Date& today);

// Exact chance of at least `need` effects among `n` independent patients at true rate `p`.
double binomial_at_least(int n, int need, double p);

// Exact operating characteristics of a two-stage rule at one true rate (S2).
struct OperatingCharacteristics {
  double positive = 0;    // chance that the rule ends positive (alpha or power)
  double early_stop = 0;  // chance to stop after stage 1
  double expected_patients = 0;
};
OperatingCharacteristics operating_characteristics(const model::TwoStageDesign& design, double rate);

}  // namespace treff::match

namespace treff::base {

template <>
struct EnumNames<match::StageDecision> {
  using E = match::StageDecision;
  static constexpr std::array rows = {EnumName<E>{E::Unknown, "unknown"}, EnumName<E>{E::Recruiting, "recruiting"},
                                      EnumName<E>{E::FullAwaiting, "full_awaiting"}, EnumName<E>{E::Passed, "passed"},
                                      EnumName<E>{E::Stopped, "stopped"}};
};

}  // namespace treff::base
