// Trials and their cohorts as CTML documents, one JSON file a trial: the way back of ctml.h.
//
// A cohort becomes an arm whose match holds the trial's common criteria and its own. Targets are written out, negations
// moved to the leaves. Nothing is written that would mean something else to its reader: what CTML cannot say (policies,
// origins, thresholds, at_least, most clinical conditions and questions) is an error that names record and leaf, and
// then no file is made.
#pragma once

#include <string>
#include <vector>

#include "kb/base/date.h"
#include "kb/base/result.h"
#include "kb/match/knowledge.h"

namespace treff::indexer {

struct CtmlFile {
  std::string name;  // "ctml-10-001.json"
  std::string text;
};

// `trials`: ids; empty = every trial that has a cohort with criteria. `today` decides which status is in force.
Checked<std::vector<CtmlFile>> export_ctml(const match::Knowledge& knowledge, const std::vector<std::string>& trials,
                                           const base::Date& today);

}  // namespace treff::indexer
