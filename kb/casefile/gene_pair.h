// The gene pair of a fusion row: "EML4-ALK", "KIF5B/RET", "SLC34A2-ROS1;GOPC" (rule M13).
//
//   pair := side ("-" | "--" | "::" | "/") side        side := gene {";" gene}
//
// "-" and "::" give the 5' gene first; "/" says that the direction is not known; ";" joins several genes at one
// breakpoint. A dash is also part of gene names (NKX2-1): a split counts only if both sides have the shape of gene
// names. Where more than one split is left, the text goes on unsplit to the reader that knows the gene table.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kb/base/result.h"
#include "kb/nomenclature/alteration.h"

namespace treff::casefile {

// Exactly one member is filled.
struct GenePair {
  std::optional<nomenclature::Fusion> fusion;
  std::string text;  // "HLA-A-ALK": which dash divides is not known here
};

// UnreadableText names the pair and says why.
Result<GenePair> read_gene_pair(std::string_view text);

}  // namespace treff::casefile
