// One case at two revisions: which options were gained, lost or changed, and which change sets did it.
//
// Both answers are given for one day, so that only the knowledge base differs. A change is traced through the records
// that the option rests on at either revision (its own, trial, drugs, targets, evidence, cohorts beside it); where none
// of them was touched, through the names it was read with, or through the options that came before it. Pure but for
// reading the store's log.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kb/answer/answer.h"
#include "kb/store/store.h"

namespace treff::answer {

// How a change set reached the option.
enum class CauseKind : std::uint8_t {
  Record,      // it touched a record the option rests on
  Vocabulary,  // it touched names: genes, tumours, drugs, panels, targets, evidence
  Options,     // it changed other options, and those this one: an order of options, or a trial that comes first
};

struct ChangeCause {
  store::Revision revision = 0;
  std::string published, who, why, reviewed_by;
  CauseKind kind = CauseKind::Record;
  std::vector<std::string> records;  // "cohort/x", at most kMaxCauseRecords
};
inline constexpr std::size_t kMaxCauseRecords = 20;

struct OptionChange {
  std::string kind, id, title;
  std::vector<std::string> what;  // bucket, status, rank, reasons, cautions, evidence; empty if gained or lost
  std::optional<AnswerOption> before, after;  // nullopt: there was no such option; not listed has rank 0
  std::vector<ChangeCause> because;           // oldest first
  std::vector<std::string> through;           // Options: their ids, at most kMaxCauseRecords
};

struct RevisionWords {
  store::Revision revision = 0;
  std::string published;
};

struct Comparison {
  std::string case_id, diagnosis, evaluated_on, knowledge_base, software;
  RevisionWords from, to;
  std::vector<OptionChange> gained, lost, changed;  // by rank at `to`, lost ones by rank at `from`
  std::size_t unchanged = 0;
  std::vector<std::string> warnings;  // of the newer answer
};

// `request.match.explain` and `request.limit` are not used: every option is compared.
// Errors: those of answer_case, Usage if `from` is the newer one, and those of reading the log.
Checked<Comparison> compare_case(const view::View& from, const view::View& to, const store::Store& store,
                                 const model::CaseReading& reading, const AnswerRequest& request);

// Canonical JSON with sorted keys, no trailing newline.
std::string to_json(const Comparison& comparison);
// For a terminal: plain text, no colour.
std::string to_text(const Comparison& comparison);

}  // namespace treff::answer

namespace treff::base {

template <>
struct EnumNames<answer::CauseKind> {
  using E = answer::CauseKind;
  static constexpr std::array rows = {EnumName<E>{E::Record, "record"}, EnumName<E>{E::Vocabulary, "vocabulary"},
                                      EnumName<E>{E::Options, "options"}};
};

}  // namespace treff::base
