// Mutation Annotation Format (GDC and vcf2maf columns, cBioPortal and OncoKB-style subsets) -> one case a tumour.
//
// Source: GDC MAF format v1; columns by name, any subset with the gene and one form of the change. Genome build per
// row; without it positions are not used (N7). Tumours are told apart by Tumor_Sample_Barcode. A MAF does not say what
// was tested: everything not listed is unknown (M4). Mutation_Status gives the origin where it says Somatic or
// Germline. Insertions and deletions carry '-' for an allele, from which no genome change in one normal form follows
// without the reference: their position is left out, the protein and coding change stay.
#pragma once

#include <string_view>
#include <vector>

#include "kb/base/result.h"
#include "kb/casefile/case_file.h"

namespace treff::casefile {

bool is_maf(std::string_view text);

// `text` has passed check_text(). Errors: WrongColumns, TruncatedFile, TooLarge.
Checked<std::vector<CaseFile>> read_maf(std::string_view text, std::string_view file_name);

}  // namespace treff::casefile
