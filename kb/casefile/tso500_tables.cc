#include "kb/casefile/tso500_tables.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "kb/base/text.h"
#include "kb/casefile/cell_value.h"
#include "kb/casefile/findings.h"

namespace treff::casefile {
namespace {

using RowReader = void (*)(const Table& table, CaseBuilder& builder, int line);

struct TableSpec {
  std::string_view section;
  std::string_view kind;
  bool from_rna;
  bool shows_coverage;  // an empty table says that the whole kind was examined
  std::span<const Column> columns;
  RowReader read_row;
};

// SO terms joined by ','; the software joins them by ':' or ';' in places.
std::string joined_by_comma(std::string_view terms) {
  std::string out(terms);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c == ':' || c == ';' || c == '|'; }, ',');
  return out;
}

constexpr std::array<Column, 11> kSmallColumns = {Column{"Gene"},
                                                  Column{"Chromosome"},
                                                  Column{"Genomic Position"},
                                                  Column{"Reference Call"},
                                                  Column{"Alternative Call"},
                                                  Column{"Allele Frequency"},
                                                  Column{"Depth"},
                                                  Column{"P-Dot Notation"},
                                                  Column{"C-Dot Notation"},
                                                  Column{"Consequence(s)"},
                                                  Column{"Affected Exon(s)", false}};

void read_small_row(const Table& table, CaseBuilder& builder, int line) {
  const std::string consequence = joined_by_comma(table.get(9));
  SmallVariantRow row;
  row.gene = table.get(0);
  row.chromosome = table.get(1);
  row.position = table.get(2);
  row.ref = table.get(3);
  row.alt = table.get(4);
  row.fraction = table.get(5);
  row.depth = table.get(6);
  row.protein = table.get(7);
  row.coding = table.get(8);
  row.transcript = accession_of(row.coding.empty() ? std::string_view() : row.coding);
  row.consequence = consequence;
  row.exons = table.get(10);
  row.assembly = nomenclature::Assembly::GRCh37;
  add_small_variant(builder, row, line);
}

constexpr std::array<Column, 4> kCopyColumns = {
    Column{"Gene"}, Column{"Fold Change"}, Column{"Copy Number Variant", false}, Column{"Absolute Copy Number", false}};

void read_copy_row(const Table& table, CaseBuilder& builder, int line) {
  add_copy_number(builder, {table.get(0), table.get(1), table.get(2), table.get(3), {}}, line);
}

constexpr std::array<Column, 3> kLohColumns = {Column{"Gene"}, Column{"Absolute Copy Number"},
                                               Column{"Minor Copy Number"}};

void read_loh_row(const Table& table, CaseBuilder& builder, int line) {
  add_copy_number(builder, {table.get(0), {}, {}, table.get(1), table.get(2)}, line);
}

constexpr std::array<Column, 6> kSpliceColumns = {Column{"Gene"},
                                                  Column{"Affected Exon", true, "Affected Exon(s)"},
                                                  Column{"Breakpoint 1", false},
                                                  Column{"Breakpoint 2", false},
                                                  Column{"Splice Supporting Reads", false},
                                                  Column{"Reference Reads Transcript", false}};

void read_splice_row(const Table& table, CaseBuilder& builder, int line) {
  add_splice(builder, table.get(0), table.get(1), line);
}

constexpr std::array<Column, 6> kFusionColumns = {Column{"Gene Pair"},
                                                  Column{"Breakpoint 1", false},
                                                  Column{"Breakpoint 2", false},
                                                  Column{"Fusion Supporting Reads", false},
                                                  Column{"Gene 1 Reference Reads", false},
                                                  Column{"Gene 2 Reference Reads", false}};

void read_fusion_row(const Table& table, CaseBuilder& builder, int line) {
  add_fusion(builder, {table.get(0), table.get(3)}, line);
}

constexpr std::array<Column, 7> kRearrangementColumns = {
    Column{"Gene"},           Column{"Chromosome", false},       Column{"Start", false},
    Column{"Stop", false},    Column{"Affected Exon(s)", false}, Column{"Fold Change", false},
    Column{"CNV Type", false}};

// A loss or gain of single exons is neither a small variant nor the gene's copy number.
void read_rearrangement_row(const Table& table, CaseBuilder& builder, int line) {
  std::string piece(table.get(0));
  for (const std::size_t column : {std::size_t{4}, std::size_t{6}}) {
    if (!table.get(column).empty()) piece += " " + std::string(table.get(column));
  }
  builder.unreadable(kCopyNumber, "a change of single exons is listed, which no rule of matching reads", line, piece,
                     "judge this finding by hand");
}

constexpr std::array kTables = {
    TableSpec{"Small Variants", kSmall, false, true, kSmallColumns, read_small_row},
    TableSpec{"Gene Amplifications", kCopyNumber, false, true, kCopyColumns, read_copy_row},
    TableSpec{"Copy Number Variants", kCopyNumber, false, true, kCopyColumns, read_copy_row},
    TableSpec{"Loss of Heterozygosity", kCopyNumber, false, false, kLohColumns, read_loh_row},
    TableSpec{"Large Rearrangements", kCopyNumber, false, false, kRearrangementColumns, read_rearrangement_row},
    TableSpec{"Splice Variants", kSplice, true, true, kSpliceColumns, read_splice_row},
    TableSpec{"Fusions", kFusion, true, true, kFusionColumns, read_fusion_row},
};

// A sentence in the first cell, as the software writes beside features under test.
bool is_note(const std::vector<std::string>& cells) {
  return cells.size() == 1 && cells[0].find(' ') != std::string::npos;
}

Status read_rows(const Section& section, const TableSpec& spec, Table& table, std::string_view file_name,
                 CaseBuilder& builder) {
  for (std::size_t i = 1; i < section.lines.size(); ++i) {
    const Line& line = section.lines[i];
    if (is_lone_na(line)) continue;
    const RowShape shape = table.load(line);
    if (shape == RowShape::Cut) {
      return fail(ErrorCode::TruncatedFile, "the file ends inside a row of [" + section.name + "]",
                  place_of(file_name, line.number));
    }
    if (is_note(table.cells())) {
      builder.issue("section_note", "a note stands in the table", line.number, table.cells().front());
      continue;
    }
    if (shape == RowShape::Long) {
      builder.unreadable(spec.kind, "the row has more cells than the header", line.number, table.cells().front());
      continue;
    }
    if (!line.ended) {
      builder.issue("last_line_open", "the file stops in this row without a line end: its last cell may be cut",
                    line.number);
    }
    spec.read_row(table, builder, line.number);
  }
  return {};
}

Status read_table(const Section& section, const TableSpec& spec, std::string_view file_name, CaseBuilder& builder) {
  if (section.lines.empty()) {
    return fail(ErrorCode::TruncatedFile, "the section [" + section.name + "] has no table",
                place_of(file_name, section.line), "an empty table is a header line, or NA");
  }
  if (section.lines.size() == 1 && is_lone_na(section.lines[0]) && section.lines[0].ended) return {};
  auto table = Table::open(section.lines[0], spec.columns, file_name);
  if (!table) return fail(table.error());
  for (const std::string& name : table->unknown_columns()) {
    builder.issue("column_not_read", "this column of [" + section.name + "] is not read", section.lines[0].number,
                  name);
  }
  // The software itself may end a file so; rows behind the header may also be lost.
  if (!section.lines[0].ended) {
    builder.issue("last_line_open", "the file stops at this header without a line end: rows may be missing",
                  section.lines[0].number);
  }
  return read_rows(section, spec, *table, file_name, builder);
}

}  // namespace

bool TableSections::is_known(std::string_view section) const {
  return std::any_of(kTables.begin(), kTables.end(),
                     [&](const TableSpec& spec) { return base::equals_ignoring_case(spec.section, section); });
}

TableSections read_tables(const SectionFile& file, std::string_view file_name, CaseBuilder& builder,
                          std::vector<Error>& errors) {
  TableSections out;
  for (const TableSpec& spec : kTables) {
    const Section* section = file.find(spec.section);
    if (section != nullptr) {
      const Status status = read_table(*section, spec, file_name, builder);
      if (!status) errors.push_back(status.error());
    }
    if (!spec.shows_coverage) continue;
    auto kind = std::find_if(out.kinds.begin(), out.kinds.end(),
                             [&](const KindOfTable& known) { return known.kind == spec.kind; });
    if (kind == out.kinds.end()) {
      kind = out.kinds.insert(out.kinds.end(), {spec.kind, spec.section, spec.from_rna, false, 0});
    }
    if (section != nullptr) {
      kind->present = true;
      kind->line = section->line;
    }
  }
  return out;
}

}  // namespace treff::casefile
