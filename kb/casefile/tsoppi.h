// Files of TSOPPI, the national post-processing of the 500-gene panel: the small variant table of one sample and the
// variant summary of a run -> one case a tumour.
//
// Source: tables of TSOPPI 0.3.2 and the summary's own column notes; summary of the successor with eleven columns.
// Missing values are NA or a dot.
//
// Small variant table
// - X is a stop (N4), the long form is taken where there is one. Comments name the genome build; without them positions
//   are GRCh37 by the producer's documentation.
// - A row is a finding unless the class judgement says "exclude" or the variant was seen in the normal sample only.
//   Excluded rows are counted with their reason; one that a germline database calls pathogenic is named on its own.
// - Transcript: RefSeq where it is one accession, the Ensembl transcript where several RefSeq records share the
// product.
// - Only small variants are covered; copy number, TMB and MSI stand in the summary.
// Summary
// - DNA and RNA of one tumour stand in separate rows and are joined by their ids; NA in a row of the other material
//   means "not examined", NA beside failed TMB and MSI is no negative.
#pragma once

#include <string_view>
#include <vector>

#include "kb/base/result.h"
#include "kb/casefile/case_file.h"

namespace treff::casefile {

bool is_tsoppi(std::string_view text);

// The small variant table gives one case, the summary one for each tumour. `text` has passed check_text().
// Errors: WrongColumns, TruncatedFile, DifferentSamples (rows of two samples in one small variant table), TooLarge.
Checked<std::vector<CaseFile>> read_tsoppi(std::string_view text, std::string_view file_name);

}  // namespace treff::casefile
