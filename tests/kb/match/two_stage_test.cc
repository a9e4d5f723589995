#include "kb/match/two_stage.h"

#include <catch2/catch.hpp>

namespace treff::match {
namespace {

using model::StageNumber;

model::TwoStageDesign design_8_24() {
  model::TwoStageDesign out;
  out.stage1_patients = 8;
  out.stage1_min_effects = 1;
  out.stage2_patients_total = 24;
  out.stage2_min_effects = 5;
  return out;
}

constexpr Date kToday{2026, 11, 22};

model::EnrolmentFigures figures(Date as_of, int evaluable, int pending, int effects) {
  model::EnrolmentFigures out;
  out.as_of = as_of;
  out.evaluable = evaluable;
  out.pending = pending;
  out.effects = effects;
  return out;
}

}  // namespace

TEST_CASE("S2: operating characteristics of 8/24 with at least 1 and at least 5") {
  const auto at_10 = operating_characteristics(design_8_24(), 0.10);
  CHECK(at_10.positive == Approx(0.078).margin(0.0005));
  CHECK(at_10.early_stop == Approx(0.43).margin(0.005));
  CHECK(at_10.expected_patients == Approx(8 + 16 * (1 - at_10.early_stop)));
  const auto at_30 = operating_characteristics(design_8_24(), 0.30);
  CHECK(at_30.positive == Approx(0.857).margin(0.0005));
  CHECK(at_30.early_stop == Approx(0.0576).margin(0.0005));
}

TEST_CASE("S2: the chance of at least so many effects is exact at its ends") {
  struct Row {
    int n, need;
    double rate, want;
  };
  const Row rows[] = {{8, 0, 0.3, 1},    {8, 1, 0, 0},      {8, 1, 1, 1},        {8, 9, 0.5, 0}, {1, 1, 0.25, 0.25},
                      {2, 1, 0.5, 0.75}, {2, 2, 0.5, 0.25}, {4, 2, 0.5, 0.6875}, {0, 0, 0.5, 1}};
  for (const Row& row : rows) {
    INFO(row.n << " patients, " << row.need << " at " << row.rate);
    CHECK(binomial_at_least(row.n, row.need, row.rate) == Approx(row.want).margin(1e-12));
  }
}

TEST_CASE("S2: a stage's places and decision") {
  struct Row {
    const char* name;
    StageNumber stage;
    int evaluable, pending, effects;
    int want_left;
    StageDecision want;
  };
  const Row rows[] = {
      {"empty", StageNumber::Stage1, 0, 0, 0, 8, StageDecision::Recruiting},
      {"five evaluable, three awaited", StageNumber::Stage1, 5, 3, 0, 0, StageDecision::FullAwaiting},
      {"the first effect passes", StageNumber::Stage1, 3, 1, 1, 4, StageDecision::Passed},
      {"eight without effect stop", StageNumber::Stage1, 8, 0, 0, 0, StageDecision::Stopped},
      {"seven without effect do not", StageNumber::Stage1, 7, 0, 0, 1, StageDecision::Recruiting},
      {"stage 2 counts to its end", StageNumber::Stage2, 20, 2, 6, 2, StageDecision::Recruiting},
      {"stage 2 positive", StageNumber::Stage2, 24, 0, 5, 0, StageDecision::Passed},
      {"stage 2 negative", StageNumber::Stage2, 24, 0, 4, 0, StageDecision::Stopped},
  };
  model::Trial trial;
  trial.design = design_8_24();
  for (const Row& row : rows) {
    INFO(row.name);
    model::Cohort cohort;
    cohort.stage = row.stage;
    cohort.enrolment = {figures({2026, 11, 1}, row.evaluable, row.pending, row.effects)};
    const StageView view = stage_view(cohort, &trial, kToday);
    REQUIRE(view.slots_left.has_value());
    CHECK(*view.slots_left == row.want_left);
    CHECK(view.decision == row.want);
    CHECK(view.awaiting == row.pending);
  }
}

TEST_CASE("S2: inevaluable patients are replaced, later figures wait for their day") {
  model::Trial trial;
  trial.design = design_8_24();
  model::Cohort cohort;
  cohort.stage = StageNumber::Stage1;
  cohort.enrolment = {figures({2026, 10, 1}, 4, 1, 0), figures({2026, 11, 23}, 8, 0, 0)};
  cohort.enrolment[0].started = 8;  // three of them inevaluable
  const StageView view = stage_view(cohort, &trial, kToday);
  CHECK(view.slots_left == 3);
  CHECK(view.as_of == Date{2026, 10, 1});

  model::Slots slots;
  slots.cap = 8;
  slots.left = 0;
  slots.as_of = Date{2026, 11, 23};
  cohort.slots = slots;
  CHECK(stage_view(cohort, &trial, kToday).slots_left == 3);
  cohort.slots->as_of = Date{2026, 11, 20};
  CHECK(stage_view(cohort, &trial, kToday).slots_left == 0);
}

TEST_CASE("S2: without figures or design nothing is claimed") {
  const StageView view = stage_view(model::Cohort{}, nullptr, kToday);
  CHECK(view.decision == StageDecision::Unknown);
  CHECK_FALSE(view.slots_left.has_value());
  CHECK_FALSE(view.cap.has_value());
}

}  // namespace treff::match
