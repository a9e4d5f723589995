#include "kb/nomenclature/special_names.h"

#include <algorithm>
#include <array>
#include <string>

#include "kb/base/text.h"
#include "kb/nomenclature/cursor.h"

namespace treff::nomenclature {
namespace {

// Longer words first: "variant allele frequency" ends with none of the shorter ones.
constexpr std::array<std::string_view, 11> kFractionWords = {"variant allele frequency",
                                                             "variant allele fraction",
                                                             "allele frequency",
                                                             "allele fraction",
                                                             "allelfrekvens",
                                                             "allelefrekvens",
                                                             "allelfraksjon",
                                                             "allelefraksjon",
                                                             "vaf",
                                                             "maf",
                                                             "af"};

// A number with its unit at the end: "31%", "31 %", "0,31", "12.5 prosent".
struct Measured {
  std::size_t at = 0;  // where the number begins
  double value = 0;
  bool percent = false;
};

std::optional<Measured> number_at_end(std::string_view text) {
  Measured out;
  for (const std::string_view unit : {"%", "prosent", "percent"}) {
    if (text.size() <= unit.size() || !base::equals_ignoring_case(text.substr(text.size() - unit.size()), unit))
      continue;
    text = base::trim(text.substr(0, text.size() - unit.size()));
    out.percent = true;
    break;
  }
  std::size_t from = text.size();
  while (from > 0 && (base::is_ascii_digit(text[from - 1]) || text[from - 1] == '.' || text[from - 1] == ',')) --from;
  while (from < text.size() && !base::is_ascii_digit(text[from])) ++from;  // ", 31": the comma joins
  const auto value = base::parse_decimal(text.substr(from));
  if (!value) return std::nullopt;
  out.at = from;
  out.value = *value;
  return out;
}

std::optional<double> fraction_of(const Measured& number) {
  if (number.percent) return number.value <= 100 ? std::optional(number.value / 100) : std::nullopt;
  if (number.value < 1) return number.value;
  const bool surely_percent = number.value > 1 && number.value <= 100;
  return surely_percent ? std::optional(number.value / 100) : std::nullopt;
}

std::string_view without_joint(std::string_view text) {
  while (!text.empty() && std::string_view(" (,;:=~\t").find(text.back()) != std::string_view::npos)
    text.remove_suffix(1);
  return text;
}

// The text before a word of the table at its end; nullopt if there is none.
std::optional<std::string_view> before_fraction_word(std::string_view text) {
  for (const std::string_view word : kFractionWords) {
    if (text.size() <= word.size()) continue;
    const auto tail = text.substr(text.size() - word.size());
    const char before = text[text.size() - word.size() - 1];
    const bool separate = std::string_view(" (,;").find(before) != std::string_view::npos;
    if (separate && base::equals_ignoring_case(tail, word)) return text.substr(0, text.size() - word.size());
  }
  return std::nullopt;
}

struct ShorthandRow {
  std::string_view name;
  int upstream;
  std::string_view ref;
  std::string_view alt;
};

// Named on the strand of the gene (C) or of the genome (G). Source: GRCh37 5:1295228 and 5:1295250.
constexpr std::array kTertShorthand = {ShorthandRow{"C228T", 124, "C", "T"}, ShorthandRow{"G228A", 124, "C", "T"},
                                       ShorthandRow{"C228A", 124, "C", "A"}, ShorthandRow{"C250T", 146, "C", "T"},
                                       ShorthandRow{"G250A", 146, "C", "T"}};

// "promoter C228T mutation" -> "C228T".
std::string_view without_promoter_words(std::string_view text) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view word : {"promoter", "mutation", "mutasjon", "variant"}) {
      const auto front = text.substr(0, word.size());
      if (text.size() > word.size() && text[word.size()] == ' ' && base::equals_ignoring_case(front, word)) {
        text = base::trim(text.substr(word.size()));
        again = true;
      }
      const auto cut = text.size() > word.size() ? text.size() - word.size() : 0;
      if (cut > 0 && text[cut - 1] == ' ' && base::equals_ignoring_case(text.substr(cut), word)) {
        text = base::trim(text.substr(0, cut));
        again = true;
      }
    }
  }
  return text;
}

}  // namespace

std::optional<double> take_allele_fraction(std::string_view& text) {
  auto body = base::trim(text);
  const bool closed = !body.empty() && body.back() == ')';
  if (closed) body = base::trim(body.substr(0, body.size() - 1));
  const auto number = number_at_end(body);
  if (!number) return std::nullopt;
  const auto fraction = fraction_of(*number);
  if (!fraction) return std::nullopt;
  const auto front = body.substr(0, number->at);
  const auto named = before_fraction_word(without_joint(front));
  const bool bare = closed && number->percent && !front.empty() && front.back() == '(';
  if (!named && !bare) return std::nullopt;
  const auto open = named ? named->substr(0, named->size()) : front;
  const bool opened = !base::trim(open).empty() && base::trim(open).back() == '(';
  if (opened != closed) return std::nullopt;
  const auto left = base::trim(without_joint(open));
  if (left.empty()) return std::nullopt;
  text = left;
  return fraction;
}

namespace {

// "NM_004333.6", "ENST00000288602": a transcript by its accession, with or without version.
bool is_transcript_name(std::string_view text) {
  for (const std::string_view prefix : {"NM_", "ENST"}) {
    if (!text.starts_with(prefix)) continue;
    const auto number = text.substr(prefix.size());
    const auto dot = number.find('.');
    const auto digits = [](std::string_view part) {
      return !part.empty() && std::all_of(part.begin(), part.end(), base::is_ascii_digit);
    };
    return digits(number.substr(0, dot)) && (dot == std::string_view::npos || digits(number.substr(dot + 1)));
  }
  return false;
}

}  // namespace

bool is_transcript_alone(std::string_view word) {
  const auto open = word.find('(');
  const bool closed = open == std::string_view::npos || word.back() == ')';
  return closed && word.find(':') == std::string_view::npos && is_transcript_name(word.substr(0, open));
}

std::string take_transcript(std::string_view& text) {
  constexpr std::string_view kUnstated = " on an unstated transcript";
  if (text.ends_with(kUnstated)) {
    text = base::trim(text.substr(0, text.size() - kUnstated.size()));
    return {};
  }
  const auto at = text.rfind(" on ");
  if (at == std::string_view::npos) return {};
  const auto name = base::trim(text.substr(at + 4));
  if (!is_transcript_name(name)) return {};
  text = base::trim(text.substr(0, at));
  return std::string(name);
}

std::vector<int> take_exons(std::string_view& text) {
  constexpr std::string_view kOpen = "(exons ";
  const auto at = text.rfind(kOpen);
  if (at == std::string_view::npos || text.back() != ')') return {};
  const auto list = text.substr(at + kOpen.size(), text.size() - at - kOpen.size() - 1);
  std::vector<int> out;
  for (const auto part : base::split(list, ',')) {
    const auto item = base::trim(part);
    const auto dash = item.find('-');
    const auto first = base::parse_int(item.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : base::parse_int(item.substr(dash + 1));
    if (!first || !last || *first < 1 || *last < *first || *last > 400) return {};
    for (int exon = *first; exon <= *last; ++exon) out.push_back(exon);
  }
  text = base::trim(text.substr(0, at));
  return out;
}

std::optional<CodingChange> promoter_shorthand(std::string_view gene, std::string_view text) {
  if (gene != "TERT") return std::nullopt;
  const auto name = without_promoter_words(base::trim(text));
  for (const auto& row : kTertShorthand) {
    if (!base::equals_ignoring_case(name, row.name)) continue;
    CodingChange out;
    out.start = {CodingPosition::Region::Upstream5, row.upstream, 0};
    out.end = out.start;
    out.ref = std::string(row.ref);
    out.alt = std::string(row.alt);
    return out;
  }
  return std::nullopt;
}

bool may_be_old_coding_name(std::string_view text) {
  Cursor in(base::trim(text));
  if (!in.take_number()) return false;
  if (in.take('_') && !in.take_number()) return false;
  if (!in.take("del") && !in.take("ins") && !in.take("dup")) return false;
  const auto letters = in.rest();
  const auto is_base = [](char c) { return std::string_view("ACGTacgt").find(c) != std::string_view::npos; };
  return !letters.empty() && std::all_of(letters.begin(), letters.end(), is_base);
}

Error old_coding_name_error(std::string_view text) {
  return Error{ErrorCode::UnreadableText,
               "this may be an old coding name or a protein change, and the two count differently",
               {},
               std::string(text),
               0,
               "write c. and the number from the start codon (old BRCA names count from the start of the transcript: "
               "BRCA1 119, BRCA2 228 bases more), or p. and the residue"};
}

}  // namespace treff::nomenclature
