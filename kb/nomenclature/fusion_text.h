// Names of fusions (rules N3, M13): "EML4::ALK", "EML4-ALK fusion", "EML4--ALK", "A/B", "SLC34A2-ROS1;GOPC",
// "NM_152263.3(TPM3):e.8::NM_002529.3(NTRK1):e.10", "v::ALK", "ALK-intragenic".
//
// A dash is also part of gene names (H1-4, NKX2-1): every split is tried against the gene table. '::' states the
// direction. '/' leaves it open. A single dash is written 5' to 3' by convention, but some sources write it the other
// way round: where the gene table knows which end keeps the kinase and the order contradicts it, the direction counts
// as unknown and the order is set right.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "kb/base/result.h"
#include "kb/nomenclature/alteration.h"
#include "kb/nomenclature/gene_table.h"

namespace treff::nomenclature {

// Two partners, or nullopt if the text has no form of a fusion. An error if it has the form but cannot be split in one
// way. A partner outside the table is kept as written, with the warning "gene_unknown"; behind a single sign only if it
// is printed like a symbol. A common word ("ALK-positive", "EGFR-TKI") is no partner.
Result<std::optional<Fusion>> read_fusion(std::string_view text, const GeneTable& genes, std::vector<Issue>& warnings);

// "ALK fusion": one known gene, put at the end that keeps its kinase.
Fusion fusion_of_one(const GeneFacts& gene);

// A symbol of `side` stands in the fusion's side.
bool has_gene(const FusionSide& side, std::string_view symbol);

}  // namespace treff::nomenclature
