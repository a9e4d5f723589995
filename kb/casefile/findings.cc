#include "kb/casefile/findings.h"

#include <cmath>
#include <string>
#include <utility>

#include "kb/base/text.h"
#include "kb/casefile/cell_value.h"
#include "kb/casefile/gene_pair.h"

namespace treff::casefile {
namespace {

using nomenclature::CopyCall;

constexpr double kFewFusionReads = 3;  // national practice: at least 3 unique supporting reads

std::string described(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const std::string_view part : parts) {
    if (!part.empty()) out += (out.empty() ? "" : " ") + std::string(part);
  }
  return out;
}

// False (and the row is listed as unreadable) if the gene cell is no gene name.
bool check_gene(CaseBuilder& builder, std::string_view kind, std::string_view gene, std::string_view piece, int line) {
  if (is_gene_name(gene)) return true;
  if (gene.empty()) {
    builder.unreadable(kind, "the row names no gene", line, std::string(piece));
  } else if (is_spreadsheet_date(gene)) {
    builder.unreadable(kind, "a spreadsheet turned the gene name into a date: '" + std::string(gene) + "'", line,
                       std::string(gene), "take the file as the laboratory's software wrote it");
  } else {
    builder.unreadable(kind, "'" + std::string(gene) + "' does not look like a gene name", line, std::string(gene));
  }
  return false;
}

void read_fraction(CaseBuilder& builder, model::CaseAlteration& alteration, std::string_view cell, int line) {
  const NumberCell number = read_number(cell);
  if (number.value && *number.value >= 0 && *number.value <= 1) {
    alteration.allele_fraction = number.value;
  } else if (!cell.empty()) {
    builder.issue("fraction_unread", "the allele fraction is not a number from 0 to 1; the row is kept without it",
                  line, std::string(cell));
  }
}

void read_depth(CaseBuilder& builder, model::CaseAlteration& alteration, std::string_view cell, int line) {
  const NumberCell number = read_number(cell);
  if (number.value && *number.value >= 0 && *number.value <= 1e9 && std::floor(*number.value) == *number.value) {
    alteration.depth = static_cast<int>(*number.value);
  } else if (!cell.empty()) {
    builder.issue("depth_unread", "the read depth is not a whole number; the row is kept without it", line,
                  std::string(cell));
  }
}

void read_position(CaseBuilder& builder, nomenclature::AlterationText& text, const SmallVariantRow& row, int line) {
  if (row.chromosome.empty() && row.position.empty()) return;
  if (auto genomic = genomic_text(row.chromosome, row.position, row.ref, row.alt)) {
    text.genomic = std::move(*genomic);
    text.assembly = row.assembly;
    return;
  }
  builder.issue("position_unread", "the genome position or its bases could not be read; the row is kept without it",
                line, described({row.chromosome, row.position, row.ref, row.alt}));
}

void read_exon(CaseBuilder& builder, nomenclature::AlterationText& text, std::string_view cell, int line) {
  if (cell.empty()) return;
  const auto exons = read_exons(cell);
  if (!exons) {
    builder.count("exon_unread", "the exon could not be read; the row is kept without it", line);
  } else if (exons->first == exons->last) {
    text.exon = exons->first;
  }
}

}  // namespace

void add_small_variant(CaseBuilder& builder, const SmallVariantRow& row, int line) {
  const std::string piece =
      described({row.gene, row.protein, row.coding, row.chromosome, row.position, row.ref, row.alt});
  if (row.gene.empty() && row.protein.empty() && row.coding.empty()) {
    builder.unreadable_without_gene("the row names no gene: a position outside the panel's genes", line, piece);
    return;
  }
  if (!check_gene(builder, kSmall, row.gene, piece, line)) return;
  model::CaseAlteration alteration;
  nomenclature::AlterationText& text = alteration.text;
  text.gene = row.gene;
  text.protein = row.protein;
  text.coding = row.coding;
  text.transcript = row.transcript;
  text.consequence = row.consequence;
  read_position(builder, text, row, line);
  if (text.protein.empty() && text.coding.empty() && text.genomic.empty()) {
    builder.unreadable(kSmall, "the row holds no protein, coding or genome change", line, piece);
    return;
  }
  read_exon(builder, text, row.exons, line);
  read_fraction(builder, alteration, row.fraction, line);
  read_depth(builder, alteration, row.depth, line);
  alteration.origin = row.origin;
  builder.add(kSmall, std::move(alteration), line);
}

void add_fusion(CaseBuilder& builder, const FusionRow& row, int line) {
  auto pair = read_gene_pair(row.pair);
  if (!pair) {
    builder.unreadable(kFusion, pair.error().message, line, std::string(row.pair), pair.error().hint);
    return;
  }
  const NumberCell reads = read_number(row.supporting_reads);
  if (reads.value && *reads.value < kFewFusionReads) {
    builder.issue("fusion_few_reads", "fewer than 3 supporting reads for " + std::string(row.pair), line,
                  std::string(row.pair));
  }
  model::CaseAlteration alteration;
  alteration.fusion = std::move(pair->fusion);
  alteration.text.text = std::move(pair->text);
  builder.add(kFusion, std::move(alteration), line);
}

void add_splice(CaseBuilder& builder, std::string_view gene, std::string_view exons, int line) {
  if (!check_gene(builder, kSplice, gene, exons, line)) return;
  const auto range = read_exons(exons);
  if (!range) {
    builder.unreadable(kSplice, "the affected exons could not be read", line, described({gene, exons}),
                       "expected exons as 14/21 or 2-7/28");
    return;
  }
  model::CaseAlteration alteration;
  alteration.text.gene = gene;
  alteration.splice = nomenclature::SpliceEvent{range->first, range->last, nomenclature::SpliceEvidence::Rna};
  builder.add(kSplice, std::move(alteration), line);
}

void add_copy_number(CaseBuilder& builder, const CopyNumberRow& row, int line) {
  const std::string piece = described({row.gene, row.fold_change, row.caller_word, row.copies, row.minor_copies});
  if (!check_gene(builder, kCopyNumber, row.gene, piece, line)) return;
  const NumberCell fold = read_number(row.fold_change);
  const NumberCell copies = read_number(row.copies);
  const NumberCell minor = read_number(row.minor_copies);
  const bool negative = fold.value.value_or(0) < 0 || copies.value.value_or(0) < 0 || minor.value.value_or(0) < 0;
  const bool minor_is_whole =
      minor.value.value_or(0) <= 1e6 && std::floor(minor.value.value_or(0)) == minor.value.value_or(0);
  if (fold.unreadable || copies.unreadable || minor.unreadable || negative || !minor_is_whole) {
    builder.unreadable(kCopyNumber, "the fold change or copy number is not a number", line, piece);
    return;
  }
  nomenclature::CopyNumber copy;
  copy.fold_change = fold.value;
  copy.copies = copies.value;
  if (minor.value) copy.minor_copies = static_cast<int>(*minor.value);
  if (row.caller_word == "<DEL>") copy.call = CopyCall::Loss;
  if (row.caller_word == "<DUP>" && !fold.value && !copies.value) copy.call = CopyCall::Gain;
  const bool word_known = row.caller_word.empty() || row.caller_word == "<DEL>" || row.caller_word == "<DUP>";
  if (!word_known || (copy.call == CopyCall::Unstated && !fold.value && !copies.value && !copy.minor_copies)) {
    builder.unreadable(kCopyNumber, "the row states no copy number that is understood", line, piece);
    return;
  }
  if (copy.call != CopyCall::Loss && !copy.minor_copies) {
    builder.count("listed_not_amplified", "listed with a measured value, which is not yet an amplification", line);
  }
  model::CaseAlteration alteration;
  alteration.text.gene = row.gene;
  alteration.copy_number = copy;
  builder.add(kCopyNumber, std::move(alteration), line);
}

}  // namespace treff::casefile
