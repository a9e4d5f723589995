#include "kb/text/status_history.h"

#include <catch2/catch.hpp>

#include "tests/kb/text/small_world.h"

namespace treff::text {
namespace {

using model::EntryState;
using test::status;

TEST_CASE("B3: the state in force on a day is the most restrictive of cohort and trial") {
  struct Row {
    std::string name;
    std::vector<model::StatusChange> own, trial;
    std::string want;
  };
  const Date past{2024, 1, 1};
  const Date future{2027, 1, 1};
  const std::vector<Row> rows = {
      {"nothing stated", {}, {}, "unknown"},
      {"open since before", {status(EntryState::Open)}, {}, "open"},
      {"closed later", {status(EntryState::Open), status(EntryState::Closed, past)}, {}, "closed"},
      {"order in the record does not matter",
       {status(EntryState::Closed, past), status(EntryState::Open)},
       {},
       "closed"},
      {"opens in the future", {status(EntryState::Open, future)}, {}, "planned"},
      {"closes in the future", {status(EntryState::Open, past), status(EntryState::Closed, future)}, {}, "open"},
      {"only a future closing", {status(EntryState::Closed, future)}, {}, "unknown"},
      {"two on one day: the later in the list",
       {status(EntryState::Open, past), status(EntryState::Full, past)},
       {},
       "full"},
      {"trial closed", {status(EntryState::Open)}, {status(EntryState::Closed, past)}, "closed"},
      {"cohort full in an open trial", {status(EntryState::Full)}, {status(EntryState::Open)}, "full"},
      {"an open trial does not open a cohort", {}, {status(EntryState::Open)}, "unknown"},
      {"a closed trial closes it", {}, {status(EntryState::Closed)}, "closed"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK(status_name(status_on(encode_status(row.own, row.trial), Date{2026, 1, 1})) == row.want);
  }
}

TEST_CASE("the encoded form is as documented") {
  CHECK(encode_status({status(EntryState::Open, Date{2023, 4, 1}), status(EntryState::Closed, Date{2024, 10, 1})},
                      {status(EntryState::Open, Date{2021, 1, 1})}) == "202304011202410014|202101011");
  CHECK(encode_status({}, {}).empty());
}

}  // namespace
}  // namespace treff::text
