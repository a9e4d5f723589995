#include "kb/model/read_criterion.h"

#include <algorithm>
#include <array>
#include <utility>

#include "kb/base/text.h"
#include "kb/nomenclature/result_words.h"

namespace treff::model {
namespace {

using nomenclature::GeneTable;
using nomenclature::Reading;

constexpr std::size_t kLongestText = 4000;

Error unreadable(std::string_view piece, std::string message, std::string hint = {}) {
  return Error{ErrorCode::UnreadableText, std::move(message), {}, std::string(piece), std::nullopt, std::move(hint)};
}

struct OperatorWord {
  std::string_view word;
  Comparison op;
};

// Longer spellings first.
constexpr std::array kOperators = {OperatorWord{">=", Comparison::GreaterEqual},
                                   OperatorWord{"\u2265", Comparison::GreaterEqual},
                                   OperatorWord{"<=", Comparison::LessEqual},
                                   OperatorWord{"\u2264", Comparison::LessEqual},
                                   OperatorWord{" at least ", Comparison::GreaterEqual},
                                   OperatorWord{" minst ", Comparison::GreaterEqual},
                                   OperatorWord{" at most ", Comparison::LessEqual},
                                   OperatorWord{">", Comparison::Greater},
                                   OperatorWord{"<", Comparison::Less},
                                   OperatorWord{"=", Comparison::Equal}};

constexpr std::array<std::string_view, 8> kNegations = {"not ",          "no ",   "without ", "absence of ",
                                                        "negative for ", "ikke ", "ingen ",   "uten "};

// True if the outer parentheses of `text` belong together.
bool is_wrapped(std::string_view text) {
  if (text.size() < 2 || text.front() != '(' || text.back() != ')') return false;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0 && i + 1 < text.size()) return false;
  }
  return depth == 0;
}

// The parts between the word `separator` (" or ", " and "), outside brackets; one part if it does not occur.
std::vector<std::string_view> parts_of(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> out;
  int depth = 0;
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(' || text[i] == '{' || text[i] == '[') ++depth;
    if (text[i] == ')' || text[i] == '}' || text[i] == ']') --depth;
    if (depth != 0 || !base::equals_ignoring_case(text.substr(i, separator.size()), separator)) continue;
    out.push_back(base::trim(text.substr(from, i - from)));
    from = i + separator.size();
    i = from - 1;
  }
  out.push_back(base::trim(text.substr(from)));
  return out;
}

// The gene of the last class in reading order, for a following part that names none.
std::string gene_in(const Criterion& criterion) {
  if (const auto* cls = std::get_if<nomenclature::VariantClass>(&criterion.leaf)) return base::join(cls->genes, "/");
  return criterion.parts.empty() ? std::string() : gene_in(criterion.parts.back());
}

bool lacks_gene(const Criterion& criterion) {
  const auto* cls = std::get_if<nomenclature::VariantClass>(&criterion.leaf);
  return cls != nullptr && cls->genes.empty();
}

class Reader {
 public:
  Reader(const GeneTable& genes, std::string_view gene) : genes_(genes), gene_(gene) {}

  Result<Criterion> read(std::string_view text, const std::string& before, int depth) {
    if (depth > kMaxCriterionDepth) return fail(ErrorCode::TooDeep, "the rule is nested too deep");
    text = base::trim(text);
    const bool empty = std::none_of(text.begin(), text.end(),
                                    [](char c) { return base::is_ascii_letter(c) || base::is_ascii_digit(c); });
    if (empty) return fail(unreadable(text, "a part of the rule is empty"));
    auto leaf = variant(text, before);
    if (leaf) return leaf;
    if (auto marker = biomarker(text)) return std::move(*marker);
    if (is_wrapped(text)) return read(text.substr(1, text.size() - 2), before, depth + 1);
    for (const auto& [separator, kind] : {std::pair{std::string_view(" or "), CriterionKind::Any},
                                          {" eller ", CriterionKind::Any},
                                          {" and ", CriterionKind::All},
                                          {" og ", CriterionKind::All}}) {
      const auto parts = parts_of(text, separator);
      if (parts.size() > 1) return joined(kind, parts, before, depth);
    }
    for (const auto word : kNegations) {
      if (text.size() <= word.size() || !base::equals_ignoring_case(text.substr(0, word.size()), word)) continue;
      auto part = read(text.substr(word.size()), before, depth + 1);
      if (!part) return part;
      return negated(std::move(*part));
    }
    // "EGFR T790M-negative"; a gene alone with "negative" leaves open what is absent, and its error says so.
    if (const auto result = nomenclature::result_word(text); result && !result->positive && result->behind.empty()) {
      if (auto part = read(result->named, before, depth + 1)) return negated(std::move(*part));
    }
    if (nomenclature::names_biomarker(text)) return fail(read_biomarker_condition(text).error());
    return leaf;
  }

  std::vector<Issue> take_warnings() { return std::move(warnings_); }

 private:
  static Criterion negated(Criterion part) {
    Criterion out;
    out.kind = CriterionKind::Not;
    out.parts.push_back(std::move(part));
    return out;
  }

  Result<Criterion> variant(std::string_view text, const std::string& before) {
    auto reading = nomenclature::read_class(text, gene_, genes_);
    if (!reading) {
      if (before.empty() || !gene_.empty()) return fail(reading.error());
      auto with_gene = nomenclature::read_class(text, before, genes_);
      if (!with_gene) return fail(reading.error());
      reading = std::move(with_gene);
    } else if (reading->value.genes.empty() && !before.empty()) {
      if (auto with_gene = nomenclature::read_class(text, before, genes_)) reading = std::move(with_gene);
    }
    if (++leaves_ > kMaxCriterionLeaves) return fail(ErrorCode::TooLarge, "the rule has too many conditions");
    warnings_.insert(warnings_.end(), reading->warnings.begin(), reading->warnings.end());
    Criterion out;
    out.kind = CriterionKind::Variant;
    out.leaf = std::move(reading->value);
    return out;
  }

  std::optional<Criterion> biomarker(std::string_view text) {
    auto condition = read_biomarker_condition(text);
    if (!condition) return std::nullopt;
    ++leaves_;
    Criterion out;
    out.kind = CriterionKind::Biomarker;
    out.leaf = std::move(*condition);
    return out;
  }

  Result<Criterion> joined(CriterionKind kind, const std::vector<std::string_view>& parts, std::string before,
                           int depth) {
    Criterion out;
    out.kind = kind;
    bool bare_not = false;
    for (const auto part : parts) {
      // "no EGFR mutation or ALK fusion" may mean either; only brackets tell.
      const bool after_bare_not = !out.parts.empty() && out.parts.back().kind == CriterionKind::Not && bare_not;
      if (after_bare_not && !is_negated(part)) {
        return fail(
            unreadable(part, "does the 'not' before it reach this part?", "write (not A) and B, or not (A or B)"));
      }
      auto read_part = read(part, before, depth + 1);
      if (!read_part) return read_part;
      if (lacks_gene(*read_part)) return fail(unreadable(part, "no gene is named", "name the gene in each part"));
      if (auto gene = gene_in(*read_part); !gene.empty()) before = std::move(gene);
      bare_not = part.front() != '(';
      out.parts.push_back(std::move(*read_part));
    }
    return out;
  }

  static bool is_negated(std::string_view part) {
    return std::any_of(kNegations.begin(), kNegations.end(), [&](std::string_view word) {
      return base::equals_ignoring_case(part.substr(0, word.size()), word);
    });
  }

  const GeneTable& genes_;
  std::string gene_;
  int leaves_ = 0;
  std::vector<Issue> warnings_;
};

}  // namespace

Result<BiomarkerCondition> read_biomarker_condition(std::string_view text) {
  const auto words = base::trim(text);
  std::string plain(words);
  std::optional<Comparison> op;
  for (const auto& row : kOperators) {
    const auto at = base::to_lower_ascii(plain).find(row.word);
    if (at == std::string::npos) continue;
    op = row.op;
    plain = plain.substr(0, at) + " " + plain.substr(at + row.word.size());
    break;
  }
  const auto marker = nomenclature::parse_biomarker(plain);
  if (!marker) return fail(marker.error());
  if (marker->failed) return fail(unreadable(words, "a failed measurement is no condition"));
  BiomarkerCondition out;
  out.name = marker->name;
  if (marker->value) {
    if (!op) return fail(unreadable(words, "a limit needs its direction", "write TMB >= 10 or TMB < 10"));
    out.op = op;
    out.value = marker->value;
    out.unit = nomenclature::unit_of(marker->name);
    return out;
  }
  if (op || marker->state == nomenclature::BiomarkerState::Unstated) {
    return fail(unreadable(words, "neither a limit nor a state is named", "write TMB >= 10 or MSI high"));
  }
  out.is = marker->state;
  return out;
}

Result<Reading<Criterion>> read_criterion(std::string_view text, std::string_view gene, const GeneTable& genes) {
  if (text.size() > kLongestText) return fail(ErrorCode::TooLarge, "the rule is too long");
  if (const auto at = base::invalid_utf8_at(text)) {
    return fail(Error{ErrorCode::UnreadableText, "the text is not UTF-8", {}, {}, *at, {}});
  }
  Reader reader(genes, base::trim(gene));
  auto criterion = reader.read(text, {}, 1);
  if (!criterion) return fail(criterion.error());
  return Reading<Criterion>{std::move(*criterion), reader.take_warnings()};
}

}  // namespace treff::model
