// Checks that need more than one record: dangling ids, missing sources, criteria that name nothing (DESIGN section 4).
//
// Walks the field table (`refers`) and every criterion (targets, genes, diagnosis codes, panel ids).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "kb/base/result.h"
#include "kb/model/records.h"

namespace treff::model {

struct Reference {
  RecordKey to;
  std::string pointer;  // JSON pointer inside the record
};

// Every id the record names, in document order.
std::vector<Reference> references_of(const Record& record);
// Levels of nesting (a single leaf is one) and number of leaves; each set member of a clinical condition counts (C1).
struct CriterionSize {
  int depth = 0;
  int leaves = 0;
};
CriterionSize size_of(const Criterion& criterion);

// Every target id, gene symbol, diagnosis code and panel id inside a criterion, with JSON pointers below `at`.
struct CriterionNames {
  std::vector<Reference> targets;
  std::vector<Reference> genes;      // RecordKey.id = symbol as written
  std::vector<Reference> diagnoses;  // RecordKey.id = code as written
  std::vector<Reference> panels;
  std::vector<Reference> drugs;  // of prior treatments
};
CriterionNames names_in(const Criterion& criterion, const std::string& at);
// The criteria of a record with their JSON pointers.
std::vector<std::pair<std::string, const Criterion*>> criteria_of(const Record& record);

// What exists once the change is applied; answers for records inside and outside the change.
struct Existing {
  std::function<bool(const RecordKey&)> has;                   // live record with this id
  std::function<bool(const std::string&)> has_gene_symbol;     // approved symbol
  std::function<bool(const std::string&)> has_diagnosis_code;  // OncoTree code, or solid / haematological / any
  std::function<std::vector<std::string>(RecordKind)> ids;     // for the nearest-id hint
};

// Rules of one record alone: at least one source, slug id, confidence example only under EXAMPLE-marked names,
// criterion depth and leaves, slots left <= cap, dates in order, effects <= evaluable ...
std::vector<Error> check_record(const Record& record);
// Every reference of the record exists.
std::vector<Error> check_references(const Record& record, const Existing& existing);

}  // namespace treff::model
