// The variant summary of a run; what it means is told in tsoppi.h.
//
//   amplifications := item {"|" item}        item := gene "(" fold ["," "<DUP>"|"<DEL>" ["," copies]] ")"
//   splice         := item {"|" item}        item := gene "[" exons "]" ["(" breakpoints ")" reads "/" reads]
//   fusions        := item {"|" item}        item := gene pair ["(" breakpoints ")" reads "/" reads "/" reads]
#pragma once

#include <string_view>
#include <vector>

#include "kb/casefile/case_file.h"
#include "kb/casefile/tsv.h"

namespace treff::casefile {

Checked<std::vector<CaseFile>> read_variant_summary(const std::vector<Line>& lines, std::string_view file_name);

}  // namespace treff::casefile
