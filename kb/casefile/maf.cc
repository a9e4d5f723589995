#include "kb/casefile/maf.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "kb/base/text.h"
#include "kb/casefile/cell_value.h"
#include "kb/casefile/findings.h"
#include "kb/casefile/tsv.h"

namespace treff::casefile {
namespace {

using nomenclature::Assembly;
using nomenclature::Origin;

enum Col : std::size_t {
  kGene,
  kBuild,
  kChromosome,
  kStart,
  kRef,
  kAlt1,
  kAlt2,
  kBarcode,
  kClass,
  kConsequence,
  kHgvsP,
  kHgvsPShort,
  kHgvsC,
  kTranscript,
  kRefSeq,
  kExon,
  kTumourDepth,
  kTumourRef,
  kTumourAlt,
  kStatus,
  kFilter,
  kColumnCount
};

constexpr std::array<Column, kColumnCount> kColumns = {
    Column{"Hugo_Symbol"},
    Column{"NCBI_Build", false},
    Column{"Chromosome", false},
    Column{"Start_Position", false},
    Column{"Reference_Allele", false},
    Column{"Tumor_Seq_Allele1", false},
    Column{"Tumor_Seq_Allele2", false},
    Column{"Tumor_Sample_Barcode", false},
    Column{"Variant_Classification", false},
    Column{"Consequence", false},
    Column{"HGVSp", false},
    Column{"HGVSp_Short", false},
    Column{"HGVSc", false},
    Column{"Transcript_ID", false},
    Column{"RefSeq", false},
    Column{"Exon_Number", false},
    Column{"t_depth", false},
    Column{"t_ref_count", false},
    Column{"t_alt_count", false},
    Column{"Mutation_Status", false},
    Column{"FILTER", false},
};

std::string_view first_data_line(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("\r\n");
    const std::string_view line = text.substr(0, end);
    if (!is_blank(line) && !base::trim(line).starts_with('#')) return line;
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return {};
}

Assembly assembly_of(std::string_view build) {
  const std::string name = base::to_lower_ascii(build);
  if (name == "grch37" || name == "hg19" || name == "37") return Assembly::GRCh37;
  if (name == "grch38" || name == "hg38" || name == "38") return Assembly::GRCh38;
  return Assembly::Unstated;
}

Origin origin_of(std::string_view status) {
  if (base::equals_ignoring_case(status, "Somatic")) return Origin::Somatic;
  if (base::equals_ignoring_case(status, "Germline")) return Origin::Germline;
  return Origin::Unknown;
}

// "p.Ser60%3D": the equals sign comes percent-encoded from VCF.
std::string with_equals_sign(std::string_view name) {
  std::string out(name);
  for (std::size_t at = out.find("%3D"); at != std::string::npos; at = out.find("%3D", at)) out.replace(at, 3, "=");
  return out;
}

// Shares of reads; nothing where the counts are missing or 0, which annotators write for "not known".
struct Reads {
  std::string fraction;
  std::string depth;
};
Reads reads_of(const Table& table) {
  const NumberCell total = read_number(table.get(kTumourDepth));
  const NumberCell ref = read_number(table.get(kTumourRef));
  const NumberCell alt = read_number(table.get(kTumourAlt));
  const double depth = total.value.value_or(ref.value && alt.value ? *ref.value + *alt.value : 0);
  if (depth <= 0) return {};
  Reads reads;
  reads.depth = base::to_text(depth);
  if (alt.value) reads.fraction = base::to_text(*alt.value / depth);
  return reads;
}

class MafReader {
 public:
  explicit MafReader(std::string_view file_name) : file_name_(file_name) {}

  Checked<std::vector<CaseFile>> run(const std::vector<Line>& lines) {
    std::optional<Table> table;
    for (const Line& line : lines) {
      if (is_blank(line.text) || base::trim(line.text).starts_with('#')) continue;
      if (table) {
        const Status status = read_line(*table, line);
        if (!status) return fail_all({status.error()});
        continue;
      }
      auto opened = open(line);
      if (!opened) return fail_all({opened.error()});
      table = std::move(*opened);
    }
    if (order_.empty()) {
      return fail_all({Error{ErrorCode::TruncatedFile,
                             "the table has no rows",
                             std::string(file_name_),
                             {},
                             std::nullopt,
                             "a tumour without a finding cannot be told from a cut file"}});
    }
    std::vector<CaseFile> files;
    for (const std::string& barcode : order_) {
      CaseBuilder& builder = builders_.at(barcode);
      builder.issue("tests_not_stated", "the file does not say what was tested: what is not listed is unknown");
      files.push_back(builder.finish({{}, {}, {}, barcode}, "maf"));
    }
    return files;
  }

 private:
  Result<Table> open(const Line& line) const {
    auto table = Table::open(line, kColumns, file_name_);
    if (!table) return table;
    const bool has_position = table->has(kChromosome) && table->has(kStart) && table->has(kRef) && table->has(kAlt2);
    if (table->has(kHgvsP) || table->has(kHgvsPShort) || table->has(kHgvsC) || has_position) return table;
    return fail(line.ended ? ErrorCode::WrongColumns : ErrorCode::TruncatedFile,
                "the table has no column of the change: HGVSp_Short, HGVSp, HGVSc, or position and alleles",
                place_of(file_name_, line.number));
  }

  Status read_line(Table& table, const Line& line) {
    const RowShape shape = table.load(line);
    if (shape == RowShape::Cut) {
      return fail(ErrorCode::TruncatedFile, "the file ends inside a row", place_of(file_name_, line.number));
    }
    const bool lacks_cells = shape == RowShape::Short && !(table.reaches(kBarcode) && table.reaches(kHgvsPShort) &&
                                                           table.reaches(kHgvsC) && table.reaches(kAlt2));
    if (shape == RowShape::Long || (lacks_cells && !table.reaches(kBarcode))) {
      return fail(ErrorCode::WrongColumns, "the row has not as many cells as the header",
                  place_of(file_name_, line.number));
    }
    CaseBuilder& builder = builder_of(table.get(kBarcode));
    if (lacks_cells) {
      builder.unreadable(kSmall, "the row has not as many cells as the header", line.number, table.cells().front());
      return {};
    }
    if (!line.ended) {
      builder.issue("last_line_open", "the file stops in this row without a line end: its last cell may be cut",
                    line.number);
    }
    add_row(builder, table, line.number);
    return {};
  }

  CaseBuilder& builder_of(std::string_view barcode) {
    const auto [found, is_new] = builders_.try_emplace(std::string(barcode), file_name_);
    if (is_new) order_.emplace_back(barcode);
    return found->second;
  }

  static void add_row(CaseBuilder& builder, const Table& table, int line) {
    if (base::equals_ignoring_case(table.get(kClass), "Fusion")) {
      builder.unreadable(kFusion, "a fusion stands in a table of small variants", line, std::string(table.get(kGene)));
      return;
    }
    const std::string_view alt1 = table.get(kAlt1);
    const std::string_view alt2 = table.get(kAlt2);
    const std::string_view ref = table.get(kRef);
    const std::string_view alt = alt2.empty() || alt2 == ref ? alt1 : alt2;
    const std::string protein = with_equals_sign(table.get(table.get(kHgvsP).empty() ? kHgvsPShort : kHgvsP));
    const Reads reads = reads_of(table);
    SmallVariantRow row;
    if (!base::equals_ignoring_case(table.get(kGene), "Unknown")) row.gene = table.get(kGene);
    row.protein = protein;
    row.coding = table.get(kHgvsC);
    row.transcript = table.get(table.get(kRefSeq).empty() ? kTranscript : kRefSeq);
    row.assembly = assembly_of(table.get(kBuild));
    const bool indel = ref == "-" || alt == "-";
    if (row.assembly != Assembly::Unstated && !indel) {
      row.chromosome = table.get(kChromosome);
      row.position = table.get(kStart);
      row.ref = ref;
      row.alt = alt;
    } else if (!table.get(kStart).empty()) {
      builder.count("position_unread",
                    indel ? "the genome position of an insertion or deletion is not used"
                          : "no known genome build is stated: positions are not used",
                    line);
    }
    row.consequence = table.get(table.get(kConsequence).empty() ? kClass : kConsequence);
    row.exons = table.get(kExon);
    row.fraction = reads.fraction;
    row.depth = reads.depth;
    row.origin = origin_of(table.get(kStatus));
    const std::string_view filter = table.get(kFilter);
    if (!filter.empty() && filter != "PASS") {
      builder.count("filter_not_passed", "kept although FILTER does not say PASS", line);
    }
    add_small_variant(builder, row, line);
  }

  std::string_view file_name_;
  std::unordered_map<std::string, CaseBuilder> builders_;
  std::vector<std::string> order_;  // barcodes as they appear
};

}  // namespace

bool is_maf(std::string_view text) {
  const std::string_view line = first_data_line(text);
  const auto cells = split_cells(line.substr(0, 4 * kMaxFieldBytes));
  return std::any_of(cells.begin(), cells.end(),
                     [](const std::string& cell) { return base::equals_ignoring_case(cell, "Hugo_Symbol"); });
}

Checked<std::vector<CaseFile>> read_maf(std::string_view text, std::string_view file_name) {
  const auto lines = split_lines(text, file_name);
  if (!lines) return fail_all({lines.error()});
  return MafReader(file_name).run(*lines);
}

}  // namespace treff::casefile
