#include "kb/casefile/cell_value.h"

#include <algorithm>
#include <array>

#include "kb/base/text.h"

namespace treff::casefile {
namespace {

constexpr int kMaxExon = 400;  // the longest human gene has 363

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), base::is_ascii_digit);
}

bool is_month(std::string_view text) {
  static constexpr std::array kMonths = {"jan",  "feb", "mar", "mars", "apr", "mai", "may", "jun", "juni", "jul",
                                         "juli", "aug", "sep", "sept", "okt", "oct", "nov", "des", "dec"};
  return std::any_of(kMonths.begin(), kMonths.end(),
                     [&](std::string_view month) { return base::equals_ignoring_case(text, month); });
}

bool is_bases(std::string_view text) {
  return !text.empty() && text.find_first_not_of("ACGTNacgtn") == std::string_view::npos;
}

std::optional<std::string> chromosome_name(std::string_view text) {
  if (text.size() > 3 && base::equals_ignoring_case(text.substr(0, 3), "chr")) text.remove_prefix(3);
  const std::string name = base::to_upper_ascii(text);
  if (name == "M" || name == "MT") return "MT";
  if (name == "X" || name == "Y") return name;
  const auto number = base::parse_int(name);
  if (!number || *number < 1 || *number > 22) return std::nullopt;
  return std::to_string(*number);
}

}  // namespace

NumberCell read_number(std::string_view cell) {
  if (cell.empty()) return {};
  const auto value = base::parse_decimal(cell);
  return {value, !value};
}

std::optional<ExonRange> read_exons(std::string_view cell) {
  if (cell.size() > 4 && base::equals_ignoring_case(cell.substr(0, 4), "exon")) cell = base::trim(cell.substr(4));
  if (const auto slash = cell.find('/'); slash != std::string_view::npos) {
    if (!is_digits(cell.substr(slash + 1))) return std::nullopt;
    cell = cell.substr(0, slash);
  }
  const auto dash = cell.find('-');
  const auto first = base::parse_int(cell.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : base::parse_int(cell.substr(dash + 1));
  if (!first || !last || *first < 1 || *last < *first || *last > kMaxExon) return std::nullopt;
  return ExonRange{*first, *last};
}

bool is_spreadsheet_date(std::string_view text) {
  const auto mark = text.find_first_of("-./ ");
  if (mark == std::string_view::npos) return false;
  std::string_view before = text.substr(0, mark);
  std::string_view after = text.substr(mark + 1);
  while (!after.empty() && (after.back() == '.' || after.back() == ' ')) after.remove_suffix(1);
  if (is_digits(before) && before.size() == 4 && after.find_first_not_of("0123456789-.") == std::string_view::npos) {
    return true;
  }
  return (is_digits(before) && is_month(after)) || (is_month(before) && is_digits(after));
}

bool is_gene_name(std::string_view text) {
  if (text.size() < 2 || text.size() > 40 || !base::is_ascii_letter(text.front())) return false;
  const auto inside = [](char c) {
    return base::is_ascii_letter(c) || base::is_ascii_digit(c) || c == '-' || c == '.' || c == '_' || c == '@';
  };
  return std::all_of(text.begin(), text.end(), inside) && text.back() != '-' && !is_spreadsheet_date(text);
}

std::optional<std::string> genomic_text(std::string_view chromosome, std::string_view position, std::string_view ref,
                                        std::string_view alt) {
  const auto name = chromosome_name(chromosome);
  const auto at = base::parse_int(position);
  if (!name || !at || *at < 1 || !is_bases(ref) || !is_bases(alt)) return std::nullopt;
  return *name + ":" + std::to_string(*at) + " " + base::to_upper_ascii(ref) + ">" + base::to_upper_ascii(alt);
}

std::string_view accession_of(std::string_view hgvs) {
  const auto colon = hgvs.find(':');
  return colon == std::string_view::npos ? std::string_view() : base::trim(hgvs.substr(0, colon));
}

}  // namespace treff::casefile
