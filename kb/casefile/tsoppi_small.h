// The small variant table; what it means is told in tsoppi.h.
#pragma once

#include <string_view>
#include <vector>

#include "kb/casefile/case_file.h"
#include "kb/casefile/tsv.h"

namespace treff::casefile {

Checked<std::vector<CaseFile>> read_small_variant_table(const std::vector<Line>& lines, std::string_view file_name);

}  // namespace treff::casefile
