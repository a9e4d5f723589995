// Names as real pipelines wrote them, where the folder of example files lies beside the repository.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "kb/base/text.h"
#include "kb/nomenclature/read_alteration.h"
#include "tests/kb/nomenclature/small_gene_table.h"

namespace treff::nomenclature {
namespace {

const std::string kInputs = std::string(TREFF_SOURCE_DIR) + "/../shared/inputs/";

// Rows of a tab-separated file by column name; lines before the header that begin with '#' are skipped.
struct Table {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;

  std::string cell(const std::vector<std::string>& row, const std::string& column) const {
    const auto at = std::find(header.begin(), header.end(), column);
    const auto index = static_cast<std::size_t>(at - header.begin());
    if (at == header.end() || index >= row.size()) return {};
    const auto text = std::string(base::trim(row[index]));
    return text == "NA" || text == "." ? "" : text;
  }
};

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> out;
  for (const auto cell : base::split(line, '\t')) out.emplace_back(cell);
  return out;
}

Table table_of(const std::string& file) {
  Table out;
  std::ifstream in(kInputs + file);
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    if (out.header.empty()) {
      out.header = cells_of(line);
    } else {
      out.rows.push_back(cells_of(line));
    }
  }
  return out;
}

struct Columns {
  const char* file;
  const char* gene;
  const char* protein;
  const char* coding;
  const char* consequence;
  std::size_t at_least;
};

TEST_CASE("every protein and coding name of the example files is read") {
  if (!std::filesystem::is_directory(kInputs)) {
    WARN("the example files do not lie beside the repository: nothing was read");
    return;
  }
  const auto source = GENERATE(values<Columns>({
      {"tsoppi/CL-AcroMetrix-D01_small_variant_table.tsv", "Gene_symbol", "Protein_change_short", "cDNA_change",
       "Coding_status", 500},
      {"tsoppi/CL-AcroMetrix-D01_small_variant_table.tsv", "Gene_symbol", "Protein_change", "cDNA_change",
       "Coding_status", 500},
      {"tsoppi/CL-NA12878N25-D01_small_variant_table.tsv", "Gene_symbol", "Protein_change_short", "cDNA_change",
       "Coding_status", 30},
      {"maf/vcf2maf_test_b38_output.maf", "Hugo_Symbol", "HGVSp_Short", "HGVSc", "Consequence", 20},
      {"cbioportal_study_es_0/data_mutations_extended.maf", "Hugo_Symbol", "HGVSp_Short", "HGVSc", "Consequence", 30},
      {"oncokb_annotator/example_maf.txt", "Hugo_Symbol", "HGVSp_Short", "", "Variant_Classification", 15},
  }));
  const auto table = table_of(source.file);
  std::size_t read_rows = 0;
  for (const auto& row : table.rows) {
    AlterationText in;
    in.gene = table.cell(row, source.gene);
    in.protein = table.cell(row, source.protein);
    in.coding = table.cell(row, source.coding);
    in.consequence = table.cell(row, source.consequence);
    in.keep_unknown_gene = true;
    CAPTURE(source.file, in.gene, in.protein, in.coding);
    const auto read = read_alteration(in, small_gene_table());
    if (!read) FAIL_CHECK(to_text(read.error()));
    ++read_rows;
  }
  CHECK(read_rows >= source.at_least);
}

// The rows of one section of a panel's result file, without its header line.
std::vector<std::vector<std::string>> section_of(const std::string& file, const std::string& name) {
  std::vector<std::vector<std::string>> out;
  std::ifstream in(kInputs + file);
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    const auto text = base::trim(line);
    if (!text.empty() && text.front() == '[') {
      inside = text == "[" + name + "]";
      continue;
    }
    if (inside && !text.empty()) out.push_back(cells_of(line));
  }
  if (!out.empty()) out.erase(out.begin());
  return out;
}

TEST_CASE("every small variant and fusion of the panel's result files is read") {
  if (!std::filesystem::is_directory(kInputs)) {
    WARN("the example files do not lie beside the repository: nothing was read");
    return;
  }
  std::size_t small = 0;
  for (const auto& row : section_of("tso500/awgl_CombinedVariantOutput.tsv", "Small Variants")) {
    if (row.size() < 10 || row[0].empty()) continue;  // one row names no gene
    AlterationText in;
    in.gene = row[0];
    in.protein = row[7];
    in.coding = row[8];
    in.consequence = row[9];
    in.genomic = row[1] + ":" + row[2] + " " + row[3] + ">" + row[4];
    in.assembly = Assembly::GRCh37;
    in.keep_unknown_gene = true;
    CAPTURE(in.gene, in.protein, in.coding, in.genomic);
    const auto read = read_alteration(in, small_gene_table());
    if (!read) FAIL_CHECK(to_text(read.error()));
    if (read) CHECK(read->value.conflict.empty());
    ++small;
  }
  CHECK(small == 34);
  std::size_t fusions = 0;
  for (const auto& row : section_of("tso500/awgl_rna_fusions_CombinedVariantOutput.tsv", "Fusions")) {
    if (row.empty() || base::trim(row[0]).empty()) continue;
    AlterationText in;
    in.text = row[0];
    CAPTURE(in.text);
    const auto read = read_alteration(in, small_gene_table());
    if (!read) FAIL_CHECK(to_text(read.error()));
    if (read) CHECK(read->value.kind == AlterationKind::Fusion);
    ++fusions;
  }
  CHECK(fusions == 16);
}

}  // namespace
}  // namespace treff::nomenclature
