#include "kb/match/status.h"

#include <utility>

namespace treff::match {
namespace {

using model::EntryState;

int severity(EntryState state) {
  switch (state) {
    case EntryState::Open: return 0;
    case EntryState::Planned: return 1;
    case EntryState::Full: return 2;
    case EntryState::Suspended: return 3;
    case EntryState::Closed: return 4;
  }
  return 0;
}

}  // namespace

EffectiveStatus status_on(const std::vector<model::StatusChange>& history, const model::Common& record,
                          const Date& today) {
  const model::StatusChange* in_force = nullptr;
  const model::StatusChange* ahead = nullptr;
  for (const model::StatusChange& change : history) {
    if (change.from && *change.from > today) {
      if (change.state == EntryState::Open && (ahead == nullptr || *change.from < *ahead->from)) ahead = &change;
      continue;
    }
    // Of two changes on one day the later in the list holds.
    if (in_force == nullptr || !in_force->from || (change.from && *change.from >= *in_force->from)) in_force = &change;
  }
  EffectiveStatus out;
  const model::StatusChange* shown = in_force != nullptr ? in_force : ahead;
  if (shown == nullptr) return out;
  out.state = in_force != nullptr ? in_force->state : EntryState::Planned;
  out.since = shown == in_force ? shown->from : std::nullopt;
  if (*out.state == EntryState::Planned && ahead != nullptr) out.opens_on = ahead->from;
  out.checked_on = shown->checked_on ? shown->checked_on : record.checked_on;
  out.reason = shown->reason;
  out.sources = shown->sources.empty() ? record.sources : shown->sources;
  return out;
}

EffectiveStatus most_restrictive(EffectiveStatus trial, EffectiveStatus cohort) {
  const auto named = [](EffectiveStatus& status, const char* by) {
    status.decided_by = by;
    return std::move(status);
  };
  if (!trial.state && !cohort.state) return named(cohort, "cohort");
  if (!trial.state) return named(cohort, "cohort");
  if (!cohort.state) {
    if (*trial.state == EntryState::Open) return named(cohort, "cohort");
    return named(trial, "trial");
  }
  return severity(*trial.state) > severity(*cohort.state) ? named(trial, "trial") : named(cohort, "cohort");
}

}  // namespace treff::match
