// The criteria cells of a sheet's row as one criterion.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kb/match/knowledge.h"

namespace treff::indexer {

struct SheetCell {
  std::string text;
  std::string place;  // file:line:column
};

struct SheetCriteria {
  SheetCell diagnoses;      // any of, parted by '|'
  SheetCell not_diagnoses;  // none of
  SheetCell needs;          // '|' between alternatives, '&' between groups of which each must hold
  SheetCell excludes;       // none of, parted by '|'
  SheetCell ask;            // questions for the bedside, parted by '|'
  model::ClinicalCondition clinical;
};

// nullopt without errors: no cell says anything. Every unreadable piece is an error with its place and its text.
std::optional<model::Criterion> sheet_criterion(const SheetCriteria& cells, const match::Vocabulary& words,
                                                std::vector<Error>& errors);

}  // namespace treff::indexer
