#include "kb/base/date.h"

#include <catch2/catch.hpp>

namespace treff::base {
namespace {

TEST_CASE("a date is read only as a real calendar day") {
  struct Row {
    const char* in;
    const char* want;  // empty = error
  };
  const Row rows[] = {
      {"2026-11-22", "2026-11-22"},
      {"2024-02-29", "2024-02-29"},
      {"2026-02-29", ""},
      {"2026-13-01", ""},
      {"2026-00-10", ""},
      {"2026-1-2", ""},
      {"22.11.2026", ""},
      {"2026-11", ""},
      {"", ""},
      {"2026-11-2x", ""},
      {"1799-01-01", ""},
      {"2026/11/22", ""},
  };
  for (const Row& row : rows) {
    INFO(row.in);
    const auto date = parse_date(row.in);
    REQUIRE(date.has_value() == (row.want[0] != '\0'));
    if (date) {
      CHECK(to_string(*date) == row.want);
    } else {
      CHECK(date.error().code == ErrorCode::InvalidDate);
      CHECK(date.error().piece == row.in);
    }
  }
}

TEST_CASE("days are counted over leap years and year ends") {
  CHECK(days_between({2024, 2, 28}, {2024, 3, 1}) == 2);
  CHECK(days_between({2026, 3, 1}, {2026, 2, 28}) == -1);
  CHECK(to_string(add_days({2026, 12, 31}, 1)) == "2027-01-01");
}

TEST_CASE("a partial date keeps what was not stated") {
  for (const char* text : {"2022", "2022-04", "2022-04-01"}) CHECK(to_string(*parse_partial_date(text)) == text);
  CHECK(to_string(first_day(*parse_partial_date("2022"))) == "2022-01-01");
  CHECK(to_string(last_day(*parse_partial_date("2022"))) == "2022-12-31");
  CHECK(to_string(last_day(*parse_partial_date("2024-02"))) == "2024-02-29");
  CHECK_FALSE(parse_partial_date("spring 2022"));
}

TEST_CASE("a UTC time has one form") {
  CHECK(check_utc_time("2026-11-22T10:00:00Z"));
  for (const char* text :
       {"2026-11-22T10:00:00", "2026-11-22 10:00:00Z", "2026-11-22T25:00:00Z", "2026-02-30T10:00:00Z"}) {
    INFO(text);
    CHECK_FALSE(check_utc_time(text));
  }
}

}  // namespace
}  // namespace treff::base
