#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "kb/base/text.h"
#include "kb/text/words.h"

namespace treff::text {
namespace {

struct Residue {
  std::string_view three;
  char one;
};

constexpr std::array kResidues = {Residue{"ala", 'a'}, Residue{"arg", 'r'}, Residue{"asn", 'n'}, Residue{"asp", 'd'},
                                  Residue{"cys", 'c'}, Residue{"gln", 'q'}, Residue{"glu", 'e'}, Residue{"gly", 'g'},
                                  Residue{"his", 'h'}, Residue{"ile", 'i'}, Residue{"leu", 'l'}, Residue{"lys", 'k'},
                                  Residue{"met", 'm'}, Residue{"phe", 'f'}, Residue{"pro", 'p'}, Residue{"sec", 'u'},
                                  Residue{"ser", 's'}, Residue{"ter", '*'}, Residue{"thr", 't'}, Residue{"trp", 'w'},
                                  Residue{"tyr", 'y'}, Residue{"val", 'v'}};

constexpr std::string_view kOneLetterResidues = "acdefghiklmnpqrstuvwy";

std::optional<char> residue_at(std::string_view text, std::size_t at) {
  for (const Residue& residue : kResidues) {
    if (text.substr(at, 3) == residue.three) return residue.one;
  }
  return std::nullopt;
}

bool digit_at(std::string_view text, std::size_t at) { return at < text.size() && base::is_ascii_digit(text[at]); }

// "val600glu" -> "v600e", "glu746_ala750del" -> "e746_a750del"; words of change (del, ins, dup, fs) stay.
std::string with_one_letter_residues(std::string_view text) {
  constexpr std::array<std::string_view, 5> kWords = {"del", "ins", "dup", "ext", "fs"};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto word =
        std::find_if(kWords.begin(), kWords.end(), [&](std::string_view w) { return text.substr(at, w.size()) == w; });
    if (word != kWords.end()) {
      out += *word;
      at += word->size();
    } else if (const auto residue = residue_at(text, at)) {
      out += *residue;
      at += 3;
    } else {
      out += text[at++];
    }
  }
  return out;
}

// One residue letter, digits, and something behind: "v600e", "r213*", "e746_a750del".
bool is_one_letter_change(std::string_view text) {
  if (text.size() < 3 || kOneLetterResidues.find(text[0]) == std::string_view::npos || !digit_at(text, 1)) return false;
  std::size_t at = 1;
  while (digit_at(text, at)) ++at;
  if (at == text.size()) return false;
  if (at + 1 == text.size())
    return kOneLetterResidues.find(text[at]) != std::string_view::npos || text[at] == '*' || text[at] == '=';
  const std::string_view rest = text.substr(at);
  const auto starts = [&](std::string_view word) { return rest.substr(0, word.size()) == word; };
  return starts("_") || starts("del") || starts("ins") || starts("dup") || starts("fs") || starts("ext") ||
         (rest.size() > 2 && (rest.substr(1, 2) == "fs"));
}

// The protein change in one-letter form, if the text is one.
std::optional<std::string> protein_form(std::string_view text) {
  if (text.substr(0, 2) == "p.") text.remove_prefix(2);
  if (residue_at(text, 0) && digit_at(text, 3)) {
    std::string plain = with_one_letter_residues(text);
    if (is_one_letter_change(plain)) return plain;
    return std::nullopt;
  }
  return is_one_letter_change(text) ? std::optional(std::string(text)) : std::nullopt;
}

// "c." and kin with something behind.
bool has_hgvs_prefix(std::string_view text) {
  constexpr std::string_view kLevels = "cgmnpr";
  return text.size() > 3 && text[1] == '.' && kLevels.find(text[0]) != std::string_view::npos;
}

std::string_view behind_reference(std::string_view token) {
  const std::size_t colon = token.rfind(':');
  if (colon == std::string_view::npos || !has_hgvs_prefix(token.substr(colon + 1))) return token;
  return token.substr(colon + 1);
}

bool is_plain_name(std::string_view part) {
  return part.size() >= 2 && part.size() <= 12 && base::is_ascii_letter(part[0]) &&
         std::all_of(part.begin(), part.end(),
                     [](char c) { return base::is_ascii_letter(c) || base::is_ascii_digit(c); });
}

// Two plain names around "::", "--" or "/" are written with one hyphen.
std::optional<std::string> pair_form(std::string_view token) {
  for (const std::string_view sign : {std::string_view("::"), std::string_view("--"), std::string_view("/")}) {
    const std::size_t at = token.find(sign);
    if (at == std::string_view::npos) continue;
    const std::string_view first = token.substr(0, at);
    const std::string_view second = token.substr(at + sign.size());
    if (is_plain_name(first) && is_plain_name(second)) return std::string(first) + "-" + std::string(second);
  }
  return std::nullopt;
}

// "pd-l1" -> "pdl1": short hyphenated symbols are as often written in one word.
std::optional<std::string> joined_form(std::string_view token) {
  constexpr std::size_t kMaxBytes = 10;
  if (token.size() > kMaxBytes || token.find('-') == std::string_view::npos) return std::nullopt;
  std::string joined;
  for (const char c : token) {
    if (c == '-') continue;
    if (!base::is_ascii_letter(c) && !base::is_ascii_digit(c)) return std::nullopt;
    joined += c;
  }
  const bool short_part = [&] {
    const auto parts = base::split(token, '-');
    return std::any_of(parts.begin(), parts.end(), [](std::string_view part) { return part.size() <= 2; });
  }();
  const bool digit = std::any_of(joined.begin(), joined.end(), base::is_ascii_digit);
  return short_part || digit ? std::optional(joined) : std::nullopt;
}

}  // namespace

std::vector<std::string> normal_forms(std::string_view token) {
  std::vector<std::string> forms;
  const auto add = [&](std::string form) {
    if (form != token && std::find(forms.begin(), forms.end(), form) == forms.end()) forms.push_back(std::move(form));
  };
  const std::string_view change = behind_reference(token);
  add(std::string(change));
  if (auto form = protein_form(change)) add(std::move(*form));
  if (auto form = pair_form(token)) add(std::move(*form));
  if (auto form = joined_form(token)) add(std::move(*form));
  return forms;
}

bool is_variant_like(std::string_view folded_token) {
  const std::string_view change = behind_reference(folded_token);
  return protein_form(change).has_value() || has_hgvs_prefix(change) || change.find('>') != std::string_view::npos;
}

}  // namespace treff::text
