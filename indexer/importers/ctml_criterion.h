// One `match` list of a CTML document as a criterion (MATCHING.md section 8).
//
// Rules: and/or at any depth, several keys of one map are joined by AND; `!` on any value negates the whole genomic
// block; all conditions of one genomic block hold on one and the same finding (M7); every variant leaf carries the
// function policy `any`. Source: MatchMiner's CTML as its engine reads it. A key or value that is not known, and a
// block that no finding could ever satisfy, is an error with its line: never a criterion that is silently dead.
// What that engine ignores (receptor status, disease status) is kept as a question for the bedside (C2).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "indexer/importers/ctml_document.h"
#include "kb/match/knowledge.h"
#include "kb/model/criterion.h"

namespace treff::indexer {

// What reading needs and where its errors go.
struct CtmlContext {
  const match::Vocabulary& words;
  std::vector<Error>& errors;

  // Always adds one error; `line` counted from 1.
  void fail(ErrorCode code, std::size_t line, std::string message, std::string piece = {}, std::string hint = {}) const;
};

// nullopt after errors; an empty list is no criterion and must not be given.
std::optional<model::Criterion> read_ctml_match(const CtmlNode& list, const CtmlContext& context);

// The two kinds of leaf, each in a file of its own. `in_choice`: some `or` stands above, where a question that nobody
// can evaluate would change what the others mean.
std::optional<model::Criterion> read_ctml_genomic(const CtmlNode& block, const CtmlContext& context);
std::optional<model::Criterion> read_ctml_clinical(const CtmlNode& block, bool in_choice, const CtmlContext& context);

// One criterion as it is, several as parts of `kind`.
model::Criterion join_criteria(model::CriterionKind kind, std::vector<model::Criterion> parts);
model::Criterion negated_criterion(model::Criterion part);
template <class Leaf>
model::Criterion leaf_criterion(model::CriterionKind kind, Leaf leaf) {
  model::Criterion out;
  out.kind = kind;
  out.leaf = std::move(leaf);
  return out;
}

// "!Mutation" -> "Mutation", negated. The value of one key of a block.
struct CtmlValue {
  std::string text;
  bool negated = false;
  bool quoted = false;
  std::size_t line = 0;
};
// nullopt with an error if the value is not a single word or number.
std::optional<CtmlValue> read_ctml_value(std::string_view key, const CtmlNode& node, const CtmlContext& context);

// "'x' is not a value of key" with the nearest or all of the known words.
void refuse_ctml_value(std::string_view key, const CtmlValue& value, const std::vector<std::string>& known,
                       const CtmlContext& context);
// "there is no key 'x'" with the nearest known key.
void refuse_ctml_key(const CtmlNode& map, std::size_t i, const std::vector<std::string>& known,
                     const CtmlContext& context);

// "MSI-H" and kin: the operator and number of ">=10", "<0.5"; nullopt with an error otherwise.
struct CtmlBound {
  model::Comparison op = model::Comparison::GreaterEqual;
  double value = 0;
};
std::optional<CtmlBound> read_ctml_bound(std::string_view key, const CtmlValue& value, const CtmlContext& context);

}  // namespace treff::indexer
