// Single cells of laboratory tables: numbers, exons, gene names, genome positions.
//
// Nothing is resolved against a gene table here; a gene name is only checked for its shape, so that a date or a
// shifted cell is not taken for a gene.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace treff::casefile {

// A number cell has three outcomes: nothing there, a number, or text that is none.
struct NumberCell {
  std::optional<double> value;
  bool unreadable = false;
};
// Decimal point or comma.
NumberCell read_number(std::string_view cell);

// Printed exon numbers, both ends included.
struct ExonRange {
  int first = 0;
  int last = 0;
};
// "14/21", "2-7/28", "exon5", "14": the number behind the slash is the transcript's count and is left out.
std::optional<ExonRange> read_exons(std::string_view cell);

// A letter, then letters, digits and . - _ @, at most 40 characters, and not a date that a spreadsheet made of a
// symbol.
bool is_gene_name(std::string_view text);
// "14-Sep", "sep.14", "1.mar", "2026-03-01".
bool is_spreadsheet_date(std::string_view text);

// "7:140453136 A>T" from "chr7", "140453136", "A", "T"; nullopt if one of them is not what it should be.
std::optional<std::string> genomic_text(std::string_view chromosome, std::string_view position, std::string_view ref,
                                        std::string_view alt);

// "NM_003820.3" from "NM_003820.3:c.50A>G"; empty if there is no accession.
std::string_view accession_of(std::string_view hgvs);

}  // namespace treff::casefile
