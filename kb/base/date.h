// Calendar dates, without time of day or zone. ISO 8601 text.
//
// Date is a whole day; PartialDate may lack day or month ("2022", "2022-04"), as figures in publications do.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kb/base/result.h"

namespace treff::base {

struct Date {
  std::int16_t year = 0;
  std::uint8_t month = 0;  // 1-12
  std::uint8_t day = 0;    // 1-31
  auto operator<=>(const Date&) const = default;
};

// "2026-11-22" only; an impossible day (2026-02-30) is an InvalidDate error.
Result<Date> parse_date(std::string_view text);
std::string to_string(const Date& date);

// Days from `from` to `to`, negative if `to` is earlier.
int days_between(const Date& from, const Date& to);
Date add_days(const Date& date, int days);

struct PartialDate {
  std::int16_t year = 0;
  std::uint8_t month = 0;  // 0 = not stated
  std::uint8_t day = 0;    // 0 = not stated
  auto operator<=>(const PartialDate&) const = default;
};

// "2022", "2022-04" or "2022-04-01".
Result<PartialDate> parse_partial_date(std::string_view text);
std::string to_string(const PartialDate& date);

// First and last day that the text may mean: 2022-04 is 2022-04-01 to 2022-04-30.
Date first_day(const PartialDate& date);
Date last_day(const PartialDate& date);

// "2026-11-22T10:00:00Z": seconds, UTC. Rejects anything else.
Status check_utc_time(std::string_view text);

}  // namespace treff::base

namespace treff {
using base::Date;
using base::PartialDate;
}  // namespace treff
