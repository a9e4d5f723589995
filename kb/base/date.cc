#include "kb/base/date.h"

#include <chrono>
#include <cstdio>

namespace treff::base {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

// Reads exactly `count` digits at `at`; -1 if they are not all digits.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

year_month_day to_chrono(const Date& d) { return {year(d.year), month(d.month), day(d.day)}; }

Date from_chrono(const year_month_day& d) {
  return {static_cast<std::int16_t>(static_cast<int>(d.year())),
          static_cast<std::uint8_t>(static_cast<unsigned>(d.month())),
          static_cast<std::uint8_t>(static_cast<unsigned>(d.day()))};
}

tl::unexpected<Error> bad_date(std::string_view text, const char* expected) {
  return fail(Error{ErrorCode::InvalidDate,
                    "'" + std::string(text) + "' is not a date",
                    {},
                    std::string(text),
                    std::nullopt,
                    expected});
}

}  // namespace

Result<Date> parse_date(std::string_view text) {
  constexpr const char* kExpected = "write a real day as YYYY-MM-DD, for example 2026-11-22";
  if (text.size() != 10) return bad_date(text, kExpected);
  const Result<PartialDate> partial = parse_partial_date(text);
  if (!partial) return bad_date(text, kExpected);
  return Date{partial->year, partial->month, partial->day};
}

std::string to_string(const Date& date) {
  // Every option of an answer has several dates; snprintf was two percent of a bulk answer.
  std::string out = "0000-00-00";
  if (date.year < 0 || date.year > 9999) return to_string(PartialDate{date.year, date.month, date.day});
  const auto digit = [](int value) { return static_cast<char>('0' + value % 10); };
  out[0] = digit(date.year / 1000);
  out[1] = digit(date.year / 100);
  out[2] = digit(date.year / 10);
  out[3] = digit(date.year);
  out[5] = digit(date.month / 10);
  out[6] = digit(date.month);
  out[8] = digit(date.day / 10);
  out[9] = digit(date.day);
  return out;
}

int days_between(const Date& from, const Date& to) {
  return static_cast<int>((sys_days(to_chrono(to)) - sys_days(to_chrono(from))).count());
}

Date add_days(const Date& date, int days) {
  return from_chrono(year_month_day(sys_days(to_chrono(date)) + std::chrono::days(days)));
}

Result<PartialDate> parse_partial_date(std::string_view text) {
  constexpr const char* kExpected = "write YYYY, YYYY-MM or YYYY-MM-DD";
  const bool shape = (text.size() == 4) || (text.size() == 7 && text[4] == '-') ||
                     (text.size() == 10 && text[4] == '-' && text[7] == '-');
  if (!shape) return bad_date(text, kExpected);
  const int y = digits(text, 0, 4);
  const int m = text.size() >= 7 ? digits(text, 5, 2) : 1;
  const int d = text.size() == 10 ? digits(text, 8, 2) : 1;
  if (y < 1800 || m < 1 || d < 1) return bad_date(text, kExpected);
  const year_month_day whole(year(y), month(static_cast<unsigned>(m)), day(static_cast<unsigned>(d)));
  if (!whole.ok()) return bad_date(text, "that day does not exist");
  PartialDate date = {static_cast<std::int16_t>(y), 0, 0};
  if (text.size() >= 7) date.month = static_cast<std::uint8_t>(m);
  if (text.size() == 10) date.day = static_cast<std::uint8_t>(d);
  return date;
}

std::string to_string(const PartialDate& date) {
  char buffer[16];
  if (date.month == 0) {
    std::snprintf(buffer, sizeof buffer, "%04d", date.year);
  } else if (date.day == 0) {
    std::snprintf(buffer, sizeof buffer, "%04d-%02u", date.year, unsigned{date.month});
  } else {
    std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", date.year, unsigned{date.month}, unsigned{date.day});
  }
  return buffer;
}

Date first_day(const PartialDate& date) {
  return {date.year, date.month == 0 ? std::uint8_t{1} : date.month, date.day == 0 ? std::uint8_t{1} : date.day};
}

Date last_day(const PartialDate& date) {
  if (date.day != 0) return {date.year, date.month, date.day};
  const unsigned m = date.month == 0 ? 12 : date.month;
  return from_chrono(year_month_day(year(date.year) / month(m) / std::chrono::last));
}

Status check_utc_time(std::string_view text) {
  const bool shape = text.size() == 20 && text[10] == 'T' && text[13] == ':' && text[16] == ':' && text[19] == 'Z';
  const int h = shape ? digits(text, 11, 2) : -1;
  const int m = shape ? digits(text, 14, 2) : -1;
  const int s = shape ? digits(text, 17, 2) : -1;
  if (h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 60 || !parse_date(text.substr(0, 10))) {
    return bad_date(text, "write a UTC time as YYYY-MM-DDThh:mm:ssZ");
  }
  return {};
}

}  // namespace treff::base
