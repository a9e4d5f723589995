#include "indexer/importers/ctml_criterion.h"

#include <array>
#include <utility>

#include "kb/base/text.h"
#include "kb/model/references.h"

namespace treff::indexer {
namespace {

using model::Criterion;
using model::CriterionKind;

// "and", "or", also numbered as in "and_1".
std::optional<CriterionKind> gate_of(std::string_view key) {
  for (const auto& [word, kind] : {std::pair{std::string_view("and"), CriterionKind::All},
                                   std::pair{std::string_view("or"), CriterionKind::Any}}) {
    if (key.substr(0, word.size()) != word) continue;
    const std::string_view rest = key.substr(word.size());
    if (rest.empty() || rest.front() == '_' || base::is_ascii_digit(rest.front())) return kind;
  }
  return std::nullopt;
}

std::optional<Criterion> read_expression(const CtmlNode& node, bool in_choice, const CtmlContext& context);

// nullopt if any part has errors; all parts are read, so that all errors are found.
std::optional<Criterion> read_list(const CtmlNode& list, CriterionKind kind, bool in_choice,
                                   const CtmlContext& context) {
  if (!list.is_list()) {
    context.fail(ErrorCode::WrongType, list.line, "a list of conditions is needed here");
    return std::nullopt;
  }
  if (list.parts.empty()) {
    context.fail(ErrorCode::InvalidValue, list.line, "an empty list of conditions", {}, "leave it out, or fill it");
    return std::nullopt;
  }
  std::vector<Criterion> parts;
  const bool choice = in_choice || (kind == CriterionKind::Any && list.parts.size() > 1);
  for (const CtmlNode& part : list.parts) {
    if (auto criterion = read_expression(part, choice, context)) parts.push_back(std::move(*criterion));
  }
  if (parts.size() != list.parts.size()) return std::nullopt;
  return join_criteria(kind, std::move(parts));
}

std::optional<Criterion> read_key(const CtmlNode& map, std::size_t i, bool in_choice, const CtmlContext& context) {
  const std::string& key = map.keys[i];
  const CtmlNode& value = map.parts[i];
  if (const auto gate = gate_of(key)) return read_list(value, *gate, in_choice, context);
  if (key == "genomic") return read_ctml_genomic(value, context);
  if (key == "clinical") return read_ctml_clinical(value, in_choice, context);
  if (key == "prior_treatment" || key == "prior_treatments") {
    context.fail(ErrorCode::UnsupportedFormat, map.line_of_key(i), "conditions on earlier treatments are not read", key,
                 "add them to the imported cohort as a curated criterion");
    return std::nullopt;
  }
  refuse_ctml_key(map, i, {"and", "or", "genomic", "clinical"}, context);
  return std::nullopt;
}

// Several keys of one map hold together.
std::optional<Criterion> read_expression(const CtmlNode& node, bool in_choice, const CtmlContext& context) {
  if (!node.is_map() || node.keys.empty()) {
    context.fail(ErrorCode::WrongType, node.line, "and, or, genomic or clinical is needed here");
    return std::nullopt;
  }
  std::vector<Criterion> parts;
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    if (auto criterion = read_key(node, i, in_choice, context)) parts.push_back(std::move(*criterion));
  }
  if (parts.size() != node.keys.size()) return std::nullopt;
  return join_criteria(CriterionKind::All, std::move(parts));
}

}  // namespace

void CtmlContext::fail(ErrorCode code, std::size_t line, std::string message, std::string piece,
                       std::string hint) const {
  errors.push_back(Error{code, std::move(message), ctml_place(line), std::move(piece), std::nullopt, std::move(hint)});
}

std::optional<Criterion> read_ctml_match(const CtmlNode& list, const CtmlContext& context) {
  auto out = read_list(list, CriterionKind::All, false, context);
  if (!out) return out;
  const model::CriterionSize size = model::size_of(*out);
  if (size.depth > model::kMaxCriterionDepth) {
    context.fail(ErrorCode::TooDeep, list.line, "the conditions are nested too deeply", std::to_string(size.depth),
                 "at most " + std::to_string(model::kMaxCriterionDepth) + " levels");
    return std::nullopt;
  }
  if (size.leaves > model::kMaxCriterionLeaves) {
    context.fail(ErrorCode::TooLarge, list.line, "too many conditions", std::to_string(size.leaves),
                 "at most " + std::to_string(model::kMaxCriterionLeaves));
    return std::nullopt;
  }
  return out;
}

Criterion join_criteria(CriterionKind kind, std::vector<Criterion> parts) {
  if (parts.size() == 1) return std::move(parts.front());
  Criterion out;
  out.kind = kind;
  out.parts = std::move(parts);
  return out;
}

Criterion negated_criterion(Criterion part) {
  Criterion out;
  out.kind = CriterionKind::Not;
  out.parts.push_back(std::move(part));
  return out;
}

std::optional<CtmlValue> read_ctml_value(std::string_view key, const CtmlNode& node, const CtmlContext& context) {
  if (!node.is_scalar()) {
    context.fail(ErrorCode::WrongType, node.line, "'" + std::string(key) + "' takes one word or number",
                 std::string(key));
    return std::nullopt;
  }
  CtmlValue out;
  std::string_view text = base::trim(node.text);
  out.negated = !text.empty() && text.front() == '!';
  if (out.negated) text = base::trim(text.substr(1));
  out.text = text;
  out.quoted = node.quoted;
  out.line = node.line;
  if (!out.text.empty()) return out;
  context.fail(ErrorCode::InvalidValue, node.line, "'" + std::string(key) + "' is empty", node.text, "state it");
  return std::nullopt;
}

void refuse_ctml_value(std::string_view key, const CtmlValue& value, const std::vector<std::string>& known,
                       const CtmlContext& context) {
  const auto near = base::nearest(value.text, known);
  context.fail(ErrorCode::InvalidValue, value.line, "not a value of '" + std::string(key) + "'", value.text,
               near ? "did you mean '" + *near + "'?" : "one of: " + base::join(known, ", "));
}

void refuse_ctml_key(const CtmlNode& map, std::size_t i, const std::vector<std::string>& known,
                     const CtmlContext& context) {
  const auto near = base::nearest(map.keys[i], known);
  context.fail(ErrorCode::UnknownKey, map.line_of_key(i), "there is no key '" + map.keys[i] + "' here", map.keys[i],
               near ? "did you mean '" + *near + "'?" : "known: " + base::join(known, ", "));
}

std::optional<CtmlBound> read_ctml_bound(std::string_view key, const CtmlValue& value, const CtmlContext& context) {
  using model::Comparison;
  constexpr std::array kOperators = {
      std::pair{std::string_view("=="), Comparison::Equal}, std::pair{std::string_view("<="), Comparison::LessEqual},
      std::pair{std::string_view(">="), Comparison::GreaterEqual}, std::pair{std::string_view("<"), Comparison::Less},
      std::pair{std::string_view(">"), Comparison::Greater}};
  if (value.negated) {
    context.fail(ErrorCode::InvalidValue, value.line, "'" + std::string(key) + "' takes no '!'", "!" + value.text,
                 "turn the operator round");
    return std::nullopt;
  }
  for (const auto& [word, op] : kOperators) {
    if (value.text.substr(0, word.size()) != word) continue;
    const std::string number = value.text.substr(word.size());
    const bool point_only = number.find(',') == std::string::npos;
    const auto read = point_only ? base::parse_decimal(number) : std::nullopt;
    if (read && *read >= 0) return CtmlBound{op, *read};
    break;
  }
  context.fail(ErrorCode::InvalidValue, value.line, "'" + std::string(key) + "' needs an operator and a number",
               value.text, "for example >=18: ==, <=, >=, < or > with no space behind it");
  return std::nullopt;
}

}  // namespace treff::indexer
