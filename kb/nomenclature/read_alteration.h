// Text that a laboratory or a person wrote -> Alteration, and criterion text -> VariantClass (rules N1-N9).
//
// Never guesses: what cannot be read is an error with the piece, its byte offset and a hint (N8). In a patient's
// alteration X is a stop; in a criterion E709X is "any change at codon 709" (N4). Thread-safe; pure.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "kb/base/result.h"
#include "kb/nomenclature/alteration.h"
#include "kb/nomenclature/biomarker.h"
#include "kb/nomenclature/gene_table.h"
#include "kb/nomenclature/variant_class.h"

namespace treff::nomenclature {

// What pipelines give in separate columns; every member may be empty.
struct AlterationText {
  std::string text;  // free form with gene: "BRAF V600E", "EML4::ALK", "MET exon 14 skipping"
  std::string gene;
  std::string protein;  // with or without p., accession and parentheses
  std::string coding;
  std::string genomic;  // "7:140453136 A>T" or "NC_000007.13:g.140453136A>T"
  std::string transcript;
  std::string consequence;  // SO terms joined by '&' or ',' as VEP, TSO500 or TSOPPI write them
  Assembly assembly = Assembly::Unstated;
  int exon = 0;
  // For files whose genes go far beyond the table (exomes): a name that is not in it is kept as written, with the
  // warning "gene_unknown", instead of being an error. Such a gene meets no class.
  bool keep_unknown_gene = false;
};

template <class T>
struct Reading {
  T value;
  std::vector<Issue> warnings;  // outdated symbol, transcript shift mapped (N6), conflict (N9) ...
};

// Free text or columns -> one normal form; gene names go through `genes`. `canonical` is filled. Columns win over the
// same part of `text`; where both are given and differ, that is a conflict (N9). Warnings: gene_missing,
// gene_symbol_outdated, gene_unknown, residue_mapped, transcript_unknown, residue_beyond_protein, conflict,
// start_codon, deletion_copies, fusion_order.
Result<Reading<Alteration>> read_alteration(const AlterationText& text, const GeneTable& genes);
// Text that may also be a biomarker ("TMB 12.3", "MSI-H").
Result<Reading<std::variant<Alteration, Biomarker>>> read_finding(std::string_view text, const GeneTable& genes);
// Criterion text: "BRAF V600", "EGFR exon 19 deletion", "KRAS G12C", "MET exon 14 skipping", "V600 {excluding V600E}",
// "ALK fusion", "E709X", "Truncating Mutations", "729_761del". `gene` may be empty if the text names it.
Result<Reading<VariantClass>> read_class(std::string_view text, std::string_view gene, const GeneTable& genes);

// The canonical text of an alteration ("BRAF V600E"), equal for equal findings.
std::string canonical_text(const Alteration& alteration);

}  // namespace treff::nomenclature
