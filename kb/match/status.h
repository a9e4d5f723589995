// Effective status of a cohort or programme on a day (rule B3).
//
// The most restrictive of trial and cohort in force on the evaluation date; a closed one is never shown as open.
// Nothing stated is its own answer (`state` empty), never "open" and never "closed".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kb/base/date.h"
#include "kb/model/records.h"

namespace treff::match {

struct EffectiveStatus {
  std::optional<model::EntryState> state;  // nullopt: no source states it
  std::optional<Date> since;
  std::optional<Date> opens_on;  // Planned with a known day
  std::optional<Date> checked_on;
  std::string reason;
  std::vector<std::string> sources;
  std::string decided_by;  // "trial" or "cohort"
};

// The change in force on `today`: the last with `from` on or before it. Where there is none, an opening that lies ahead
// makes it Planned.
EffectiveStatus status_on(const std::vector<model::StatusChange>& history, const model::Common& record,
                          const Date& today);

// Closed > suspended > full > planned > open; both missing leave it unknown. A trial without a status leaves the
// cohort's own. A cohort without one takes the trial's, unless that is open: an open trial does not open its cohorts.
EffectiveStatus most_restrictive(EffectiveStatus trial, EffectiveStatus cohort);

}  // namespace treff::match
