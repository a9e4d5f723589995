#include "kb/match/status.h"

#include <catch2/catch.hpp>

namespace treff::match {
namespace {

using model::EntryState;
using State = std::optional<EntryState>;

constexpr Date kToday{2026, 11, 22};
constexpr Date kYesterday{2026, 11, 21};
constexpr Date kTomorrow{2026, 11, 23};

model::StatusChange change(EntryState state, std::optional<Date> from = std::nullopt) {
  model::StatusChange out;
  out.state = state;
  out.from = from;
  return out;
}

EffectiveStatus stated(State state) {
  EffectiveStatus out;
  out.state = state;
  return out;
}

}  // namespace

TEST_CASE("B3: the status in force on a day") {
  struct Row {
    const char* name;
    std::vector<model::StatusChange> history;
    State want;
    std::optional<Date> opens_on;
  };
  const Row rows[] = {
      {"nothing stated", {}, std::nullopt, {}},
      {"open since ever", {change(EntryState::Open)}, EntryState::Open, {}},
      {"open from today", {change(EntryState::Open, kToday)}, EntryState::Open, {}},
      {"opens tomorrow", {change(EntryState::Open, kTomorrow)}, EntryState::Planned, kTomorrow},
      {"planned, opens tomorrow",
       {change(EntryState::Planned), change(EntryState::Open, kTomorrow)},
       EntryState::Planned,
       kTomorrow},
      {"closes tomorrow",
       {change(EntryState::Open, kYesterday), change(EntryState::Closed, kTomorrow)},
       EntryState::Open,
       {}},
      {"only a closing ahead", {change(EntryState::Closed, kTomorrow)}, std::nullopt, {}},
      {"the later of two, whatever their order",
       {change(EntryState::Closed, kToday), change(EntryState::Open, kYesterday)},
       EntryState::Closed,
       {}},
      {"of one day the later in the list",
       {change(EntryState::Open, kToday), change(EntryState::Suspended, kToday)},
       EntryState::Suspended,
       {}},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const EffectiveStatus status = status_on(row.history, model::Common{}, kToday);
    CHECK(status.state == row.want);
    CHECK(status.opens_on == row.opens_on);
  }
}

TEST_CASE("B3: the most restrictive of trial and cohort") {
  struct Row {
    State trial, cohort, want;
    const char* decided_by;
  };
  using E = EntryState;
  const Row rows[] = {
      {E::Open, E::Open, E::Open, "cohort"},          {E::Open, E::Full, E::Full, "cohort"},
      {E::Suspended, E::Open, E::Suspended, "trial"}, {E::Suspended, E::Full, E::Suspended, "trial"},
      {E::Closed, E::Suspended, E::Closed, "trial"},  {E::Planned, E::Open, E::Planned, "trial"},
      {E::Planned, E::Full, E::Full, "cohort"},       {E::Open, E::Closed, E::Closed, "cohort"},
      {std::nullopt, E::Open, E::Open, "cohort"},     {E::Open, std::nullopt, std::nullopt, "cohort"},
      {E::Closed, std::nullopt, E::Closed, "trial"},  {std::nullopt, std::nullopt, std::nullopt, "cohort"},
  };
  for (const Row& row : rows) {
    INFO((row.trial ? base::name_of(*row.trial) : "unstated")
         << " and " << (row.cohort ? base::name_of(*row.cohort) : "unstated"));
    const EffectiveStatus status = most_restrictive(stated(row.trial), stated(row.cohort));
    CHECK(status.state == row.want);
    CHECK(status.decided_by == row.decided_by);
  }
}

TEST_CASE("B3: reason, day and source of the change in force") {
  model::Common record;
  record.sources = {"of-record"};
  record.checked_on = Date{2026, 11, 1};
  model::StatusChange closed = change(EntryState::Closed, kYesterday);
  closed.reason = "lack_of_effect";
  closed.sources = {"of-change"};
  const EffectiveStatus status = status_on({change(EntryState::Open), closed}, record, kToday);
  CHECK(status.reason == "lack_of_effect");
  CHECK(status.since == kYesterday);
  CHECK(status.sources == std::vector<std::string>{"of-change"});
  CHECK(status.checked_on == Date{2026, 11, 1});
}

}  // namespace treff::match
