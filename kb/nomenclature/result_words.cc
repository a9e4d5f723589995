#include "kb/nomenclature/result_words.h"

#include <algorithm>
#include <array>

#include "kb/base/text.h"
#include "kb/nomenclature/marker_words.h"

namespace treff::nomenclature {
namespace {

struct Word {
  std::string_view written;
  bool positive;
};

constexpr std::array kWords = {Word{"positive", true},  Word{"positiv", true},   Word{"positivt", true},
                               Word{"pos", true},       Word{"negative", false}, Word{"negativ", false},
                               Word{"negativt", false}, Word{"neg", false}};

// Proteins whose everyday name is used for their staining alone; their genes' other changes are named by the gene.
constexpr std::array<std::string_view, 4> kStained = {"ER", "PR", "PgR", "p16"};

constexpr std::array<std::string_view, 10> kCommon = {"low",       "high",   "driven",    "altered",      "deficient",
                                                      "sensitive", "status", "equivocal", "intermediate", "unknown"};

bool is_joint(char c) { return c == ' ' || c == '-' || c == '_' || c == '\t'; }

const Word* word_named(std::string_view text) {
  const auto at = std::find_if(kWords.begin(), kWords.end(),
                               [&](const Word& row) { return base::equals_ignoring_case(row.written, text); });
  return at == kWords.end() ? nullptr : &*at;
}

std::string_view without_joints(std::string_view text) {
  while (!text.empty() && is_joint(text.back())) text.remove_suffix(1);
  while (!text.empty() && is_joint(text.front())) text.remove_prefix(1);
  return text;
}

bool is_suppressor(const std::string& symbol, const GeneTable& genes) {
  const auto* gene = genes.by_symbol(symbol);
  return gene != nullptr && gene->role == GeneRole::Suppressor;
}

bool keeps_kinase(const std::string& symbol, const GeneTable& genes) {
  const auto* gene = genes.by_symbol(symbol);
  return gene != nullptr && gene->kinase_end != KinaseEnd::None && !gene->recurrent_partners.empty();
}

template <class Test>
bool all_are(const std::vector<std::string>& symbols, const GeneTable& genes, Test test) {
  return std::all_of(symbols.begin(), symbols.end(), [&](const std::string& s) { return test(s, genes); });
}

}  // namespace

std::optional<ResultWord> result_word(std::string_view text) {
  const auto whole = base::trim(text);
  std::size_t from = 0;
  for (std::size_t at = 0; at <= whole.size(); ++at) {
    if (at < whole.size() && !is_joint(whole[at])) continue;
    const auto word = whole.substr(from, at - from);
    const auto front = without_joints(whole.substr(0, from));
    const auto behind = without_joints(whole.substr(at));
    from = at + 1;
    if (const auto* row = word_named(word); row != nullptr && !front.empty()) {
      return ResultWord{front, row->positive, false, behind};
    }
    // "ALK+", but not the "3+" of a staining.
    const bool plus = word.size() > 1 && word.back() == '+' && base::is_ascii_letter(word.front());
    if (plus) return ResultWord{base::trim(whole.substr(0, at - 1)), true, true, behind};
  }
  return std::nullopt;
}

bool is_common_word(std::string_view word) {
  const std::string lower = base::to_lower_ascii(word);
  if (word_named(lower) != nullptr || role_of(lower) != WordRole::Plain) return true;
  return std::find(kCommon.begin(), kCommon.end(), lower) != kCommon.end();
}

bool is_stained_only(std::string_view name) {
  return std::any_of(kStained.begin(), kStained.end(),
                     [&](std::string_view row) { return base::equals_ignoring_case(row, name); });
}

std::vector<std::string> meanings_of_result(std::string_view name, const std::vector<std::string>& symbols,
                                            bool positive, bool negation, const GeneTable& genes) {
  const bool one = symbols.size() == 1;
  const bool kinase = all_are(symbols, genes, keeps_kinase);
  const bool suppressor = all_are(symbols, genes, is_suppressor);
  std::vector<std::string> events;
  if (kinase) events.emplace_back("fusion");
  events.emplace_back("mutation");
  if (one && !suppressor) events.emplace_back("amplification");
  std::vector<std::string> out;
  for (const auto& event : events) {
    if (positive) out.push_back(std::string(name) + " " + event);
    if (!positive && negation) out.push_back("not " + std::string(name) + " " + event);
  }
  const std::string staining = one && symbols.front() == "ERBB2" ? (positive ? "3+" : "0")
                               : positive                        ? "positive"
                                                                 : "negative";
  if (one) out.push_back(std::string(name) + " IHC " + staining);
  if (!positive) out.push_back(std::string(name) + " wild type");
  return out;
}

Error unstated_kind(std::string_view text, const std::vector<std::string>& meanings) {
  return Error{ErrorCode::AmbiguousName,
               "the words do not say which kind of change is meant",
               {},
               std::string(base::trim(text)),
               0,
               "one of " + base::join(meanings, "; ")};
}

Error unread_name(const ResultWord& result, const Error& error, const GeneTable& genes) {
  const bool one_word = result.named.find(' ') == std::string_view::npos;
  return one_word && !genes.knows(result.named) ? genes.find(result.named).error() : error;
}

Error text_behind_result(std::string_view behind) {
  return Error{ErrorCode::UnreadableText,
               "the name of a marker ends before this",
               {},
               std::string(behind),
               0,
               "give a diagnosis, and each further marker, as an entry of its own"};
}

}  // namespace treff::nomenclature
