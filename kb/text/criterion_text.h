// The words of a criterion: its genes, alterations, biomarkers, tumours and questions, for the index.
//
// Only what a criterion asks for; whatever stands below `not`, in `excludes` or in `none_of` is left out.
#pragma once

#include <string>
#include <vector>

#include "kb/model/criterion.h"
#include "kb/text/record_text.h"

namespace treff::text {

struct CriterionText {
  std::vector<std::string> genes;      // approved symbols as written, each once
  std::vector<std::string> markers;    // alterations and biomarkers in words, names of targets
  std::vector<std::string> diagnoses;  // codes and names, ancestors included
  std::vector<std::string> questions;  // rules only a person can check
};

// Targets are followed through `referred`; a cycle among them ends at kMaxCriterionDepth.
CriterionText text_of_criterion(const model::Criterion& criterion, const Referred& referred);

}  // namespace treff::text
