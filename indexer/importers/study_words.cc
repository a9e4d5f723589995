// The words of a registry: dates, and what must not be kept of them.
#include <array>
#include <cstdio>

#include "indexer/importers/registry_study.h"
#include "kb/base/text.h"

namespace treff::indexer {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};

bool is_address_byte(char c) {
  return base::is_ascii_letter(c) || base::is_ascii_digit(c) || c == '.' || c == '_' || c == '-' || c == '+' ||
         c == '%';
}

// [begin, end) of an e-mail address round the '@' at `at`; empty if it is none.
std::pair<std::size_t, std::size_t> address_round(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && is_address_byte(text[begin - 1])) --begin;
  std::size_t end = at + 1;
  while (end < text.size() && is_address_byte(text[end])) ++end;
  while (end > at + 1 && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
  const bool dotted = text.substr(at, end - at).find('.') != std::string_view::npos;
  return begin < at && dotted ? std::pair(begin, end) : std::pair(at, at);
}

std::size_t digits_from(std::string_view text, std::size_t at) {
  std::size_t n = 0;
  while (at + n < text.size() && base::is_ascii_digit(text[at + n])) ++n;
  return n;
}

bool is_gap(char c) { return c == ' ' || c == '-' || c == '.' || c == ')' || c == '('; }

// Length of a telephone number that begins at `at`: +47 22 93 40 00, (240) 552-8082, 787-395-7085, 1-800-555-0100.
// Ranges and counts of clinical text have other shapes, and stay.
std::size_t phone_length(std::string_view text, std::size_t at) {
  if (at > 0 && (base::is_ascii_digit(text[at - 1]) || base::is_ascii_letter(text[at - 1]) || text[at - 1] == '.' ||
                 text[at - 1] == ',' || text[at - 1] == '-')) {
    return 0;
  }
  std::size_t i = at;
  std::vector<std::size_t> groups;
  const bool international = text[i] == '+';
  if (international) ++i;
  if (i < text.size() && text[i] == '(') ++i;
  while (groups.size() < 8) {
    const std::size_t n = digits_from(text, i);
    if (n == 0) break;
    groups.push_back(n);
    i += n;
    std::size_t gap = 0;
    while (gap < 2 && i + gap < text.size() && is_gap(text[i + gap])) ++gap;
    if (gap == 0 || i + gap >= text.size() || !base::is_ascii_digit(text[i + gap])) break;
    i += gap;
  }
  std::size_t digits = 0;
  for (const std::size_t n : groups) digits += n;
  if (international) return digits >= 8 && digits <= 15 && groups.size() >= 2 ? i - at : 0;
  const bool american = groups.size() == 3 && groups[0] == 3 && groups[1] == 3 && groups[2] == 4;
  const bool with_one = groups.size() == 4 && groups[0] == 1 && groups[1] == 3 && groups[2] == 3 && groups[3] == 4;
  return american || with_one ? i - at : 0;
}

}  // namespace

std::optional<PartialDate> registry_date(std::string_view text) {
  text = base::trim(text);
  if (text.empty()) return std::nullopt;
  if (base::is_ascii_digit(text.front())) {
    const auto date = base::parse_partial_date(text);
    return date ? std::optional(*date) : std::nullopt;
  }
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const std::string word = base::to_lower_ascii(text.substr(0, space));
  int month = 0;
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (kMonths[i] == word) month = static_cast<int>(i) + 1;
  }
  std::string_view rest = base::trim(text.substr(space));
  std::optional<int> day;
  if (const std::size_t comma = rest.find(','); comma != std::string_view::npos) {
    day = base::parse_int(rest.substr(0, comma));
    rest = base::trim(rest.substr(comma + 1));
    if (!day) return std::nullopt;
  }
  const auto year = base::parse_int(rest);
  if (month == 0 || !year || *year < 1900 || *year > 2200) return std::nullopt;
  std::array<char, 24> iso{};
  if (day) {
    std::snprintf(iso.data(), iso.size(), "%04d-%02d-%02d", *year, month, *day);
  } else {
    std::snprintf(iso.data(), iso.size(), "%04d-%02d", *year, month);
  }
  const auto date = base::parse_partial_date(iso.data());
  return date ? std::optional(*date) : std::nullopt;
}

std::string without_contacts(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '@') {
      const auto [begin, end] = address_round(text, i);
      if (begin != end) {
        out.resize(out.size() - (i - begin));
        out += "[address removed]";
        i = end;
        continue;
      }
    }
    if (c == '+' || c == '(' || base::is_ascii_digit(c)) {
      if (const std::size_t length = phone_length(text, i); length > 0) {
        out += "[number removed]";
        i += length;
        continue;
      }
    }
    out += c;
    ++i;
  }
  return out;
}

}  // namespace treff::indexer
