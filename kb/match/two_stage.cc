#include "kb/match/two_stage.h"

#include <algorithm>
#include <cmath>

namespace treff::match {
namespace {

using model::StageNumber;

const model::EnrolmentFigures* newest(const model::Cohort& cohort, const Date& today) {
  const model::EnrolmentFigures* best = nullptr;
  for (const model::EnrolmentFigures& figures : cohort.enrolment) {
    if (!figures.as_of || *figures.as_of > today) continue;
    if (best == nullptr || *best->as_of < *figures.as_of) best = &figures;
  }
  return best;
}

double binomial_exactly(int n, int k, double p) {
  if (p <= 0) return k == 0 ? 1.0 : 0.0;
  if (p >= 1) return k == n ? 1.0 : 0.0;
  const double log_choose = std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0);
  return std::exp(log_choose + k * std::log(p) + (n - k) * std::log1p(-p));
}

void set_bounds(StageView& view, const model::Cohort& cohort, const model::Trial* trial) {
  if (trial != nullptr && trial->design) {
    const model::TwoStageDesign& design = *trial->design;
    switch (view.stage) {
      case StageNumber::Stage1:
        view.cap = design.stage1_patients;
        view.effects_needed = design.stage1_min_effects;
        break;
      case StageNumber::Stage2:
        view.cap = design.stage2_patients_total;
        view.effects_needed = design.stage2_min_effects;
        break;
      case StageNumber::Expansion: view.cap = design.expansion_max_patients; break;
      case StageNumber::Unknown: break;
    }
  }
  if (cohort.slots) view.cap = cohort.slots->cap;
}

void decide(StageView& view) {
  if (!view.cap) return;
  if (view.effects && view.effects_needed && *view.effects >= *view.effects_needed &&
      view.stage == StageNumber::Stage1) {
    view.decision = StageDecision::Passed;  // S2: stage 1 passes at the first effect
    return;
  }
  if (view.effects && view.effects_needed && view.evaluable && *view.evaluable >= *view.cap) {
    view.decision = *view.effects >= *view.effects_needed ? StageDecision::Passed : StageDecision::Stopped;
    return;
  }
  if (!view.slots_left) return;
  view.decision = *view.slots_left > 0 ? StageDecision::Recruiting : StageDecision::FullAwaiting;
}

}  // namespace

StageView stage_view(const model::Cohort& cohort, const model::Trial* trial, const Date& today) {
  StageView view;
  view.stage = cohort.stage;
  set_bounds(view, cohort, trial);
  const model::EnrolmentFigures* figures = newest(cohort, today);
  if (figures != nullptr) {
    view.as_of = figures->as_of;
    view.evaluable = figures->evaluable;
    view.effects = figures->effects;
    if (figures->pending) {
      view.awaiting = *figures->pending;
    } else if (figures->started && figures->evaluable) {
      view.awaiting = std::max(0, *figures->started - *figures->evaluable);
    }
    if (view.cap && figures->evaluable) view.slots_left = std::max(0, *view.cap - *figures->evaluable - view.awaiting);
  }
  // A stated number of places is newer knowledge than the figures, if it is dated later.
  const bool known_by_then = cohort.slots && (!cohort.slots->as_of || *cohort.slots->as_of <= today);
  if (known_by_then && cohort.slots->left) {
    const bool newer = !view.as_of || (cohort.slots->as_of && *cohort.slots->as_of >= *view.as_of);
    if (!view.slots_left || newer) {
      view.slots_left = cohort.slots->left;
      if (cohort.slots->as_of) view.as_of = cohort.slots->as_of;
    }
  }
  decide(view);
  return view;
}

double binomial_at_least(int n, int need, double p) {
  double sum = 0;
  for (int k = std::max(need, 0); k <= n; ++k) sum += binomial_exactly(n, k, p);
  return std::min(1.0, sum);
}

OperatingCharacteristics operating_characteristics(const model::TwoStageDesign& design, double rate) {
  const int n1 = design.stage1_patients;
  const int n2 = design.stage2_patients_total - n1;
  OperatingCharacteristics out;
  for (int effects = 0; effects <= n1; ++effects) {
    const double chance = binomial_exactly(n1, effects, rate);
    if (effects < design.stage1_min_effects) {
      out.early_stop += chance;
    } else {
      out.positive += chance * binomial_at_least(n2, design.stage2_min_effects - effects, rate);
    }
  }
  out.expected_patients = n1 + (1.0 - out.early_stop) * n2;
  return out;
}

}  // namespace treff::match
