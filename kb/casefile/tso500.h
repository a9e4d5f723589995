// CombinedVariantOutput.tsv of the TruSight Oncology 500 software -> one case.
//
// Source: files of LocalApp ruo-2.2.0.12 and DRAGEN TruSight Oncology 500 2.6.2. Sections are found by name, columns by
// name; what a version adds is named in an issue, never guessed.
// - Positions are GRCh37: the producer's pipelines align to hg19, the file itself does not say so (N7).
// - Tumour-only: origin unknown (M10); TMB carries the flag (M16).
// - DNA and RNA are separate samples of one tumour. Which of them was examined comes from the sample ids: without an
// RNA
//   sample fusions and splice events are unknown (M4). An absent section says nothing of its kind, an empty one (header
//   alone, or NA) says that nothing was reported. NA in TMB or MSI is a failed measurement, never 0.
// - Kept out on purpose: run details, dates, ploidy, coding region size, reference reads, breakpoints.
#pragma once

#include <string_view>
#include <vector>

#include "kb/base/result.h"
#include "kb/casefile/case_file.h"

namespace treff::casefile {

// True if the text is such a file, whole or damaged.
bool is_tso500(std::string_view text);

// One case. `text` has passed check_text(). Errors: TruncatedFile, WrongColumns, DuplicateId, TooLarge; of several
// broken tables all are named.
Checked<std::vector<CaseFile>> read_tso500(std::string_view text, std::string_view file_name);

}  // namespace treff::casefile
