// Names as real pipelines wrote them, where the folder of example files lies beside the repository.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
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

// Why a name of an annotated file is not read, by rule; empty if there is no such reason and it must be read.
std::string reason_unread(const std::string& coding) {
  if (coding.find(":n.") != std::string::npos) return "n. counts on a transcript that makes no protein";
  return {};
}

// HGVS inside a VCF is percent-encoded.
std::string decoded(std::string text) {
  for (auto at = text.find("%3D"); at != std::string::npos; at = text.find("%3D", at)) text.replace(at, 3, "=");
  return text;
}

struct Tally {
  std::size_t read = 0;
  std::map<std::string, std::size_t> unread;  // by reason
};

void tally_annotation(const AlterationText& in, Tally& tally) {
  const auto reason = reason_unread(in.coding);
  const auto read = read_alteration(in, small_gene_table());
  CAPTURE(in.gene, in.protein, in.coding);
  if (read) ++tally.read;
  if (!read && reason.empty()) FAIL_CHECK("not read, and no rule says why: " << to_text(read.error()));
  if (!read) ++tally.unread[reason];
}

// The entries of CSQ= or ANN= in every line, each split at '|'.
std::vector<std::vector<std::string>> annotations_of(const std::string& file, const std::string& key) {
  std::vector<std::vector<std::string>> out;
  std::ifstream in(kInputs + file);
  for (std::string line; std::getline(in, line);) {
    const auto from = line.find(key + "=");
    if (line.empty() || line[0] == '#' || from == std::string::npos) continue;
    const auto end = line.find_first_of(";\t", from);
    const auto value = line.substr(from + key.size() + 1, end == std::string::npos ? end : end - from - key.size() - 1);
    for (const auto entry : base::split(value, ',')) {
      out.emplace_back();
      for (const auto cell : base::split(entry, '|')) out.back().emplace_back(cell);
    }
  }
  return out;
}

TEST_CASE("names inside annotated VCF files are read, or a rule says why not") {
  if (!std::filesystem::is_directory(kInputs)) {
    WARN("the example files do not lie beside the repository: nothing was read");
    return;
  }
  struct Source {
    const char* file;
    const char* key;
    std::size_t gene, coding, protein, consequence;
    std::size_t at_least;
  };
  const auto source = GENERATE(values<Source>(
      {{"vcf/split-vep.vcf", "CSQ", 3, 10, 11, 1, 28}, {"vcf/snpeff_cancer.ann.vcf", "ANN", 3, 9, 10, 1, 3}}));
  Tally tally;
  for (const auto& cells : annotations_of(source.file, source.key)) {
    if (cells.size() <= source.protein) continue;
    AlterationText in;
    in.gene = cells[source.gene];
    in.coding = cells[source.coding];
    in.protein = decoded(cells[source.protein]);
    in.consequence = cells[source.consequence];
    in.keep_unknown_gene = true;
    if (in.gene.empty() || (in.coding.empty() && in.protein.empty())) continue;
    tally_annotation(in, tally);
  }
  std::cout << "inputs: " << source.file << " read " << tally.read;
  for (const auto& [reason, count] : tally.unread) std::cout << ", " << count << " not read (" << reason << ")";
  std::cout << std::endl;
  CHECK(tally.read >= source.at_least);
}

TEST_CASE("fusions of other tools' tables are read") {
  if (!std::filesystem::is_directory(kInputs)) {
    WARN("the example files do not lie beside the repository: nothing was read");
    return;
  }
  struct Source {
    const char* file;
    const char* column;
    std::size_t at_least;
  };
  const auto source = GENERATE(values<Source>(
      {{"pcgr/T001-COAD.grch38.fusions.tsv", "FusionGene", 5}, {"oncokb_annotator/example_fusions.txt", "Fusion", 5}}));
  const auto table = table_of(source.file);
  std::size_t read_rows = 0;
  for (const auto& row : table.rows) {
    AlterationText in;
    in.text = table.cell(row, source.column);
    if (in.text.empty()) continue;
    CAPTURE(source.file, in.text);
    const auto read = read_alteration(in, small_gene_table());
    if (!read) FAIL_CHECK(to_text(read.error()));
    if (read) CHECK(read->value.kind == AlterationKind::Fusion);
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
