#include "kb/casefile/tsoppi_small.h"

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "kb/base/text.h"
#include "kb/casefile/biomarker_cells.h"
#include "kb/casefile/findings.h"

namespace treff::casefile {
namespace {

using nomenclature::Assembly;

enum Col : std::size_t {
  kSampleId,
  kGene,
  kEnsembl,
  kRefSeq,
  kLocation,
  kDnaChange,
  kCodingChange,
  kExon,
  kProteinShort,
  kProteinLong,
  kStatus,
  kDepth,
  kFraction,
  kCopies,
  kAcmg,
  kClinVar,
  kInclusion,
  kFilters,
  kJudgement,
  kJudgementWhy,
  kColumnCount
};

constexpr std::array<Column, kColumnCount> kColumns = {
    Column{"Sample_ID", false},
    Column{"Gene_symbol"},
    Column{"Ensembl_transcript_ID", false},
    Column{"RefSeq_mRNA", false},
    Column{"Genomic_location"},
    Column{"DNA_change"},
    Column{"cDNA_change"},
    Column{"Exon_number", false},
    Column{"Protein_change_short"},
    Column{"Protein_change", false},
    Column{"Coding_status"},
    Column{"Depth_tumor_DNA", false},
    Column{"AF_tumor_DNA"},
    Column{"Gene_CN", false},
    Column{"CPSR_ACMG_class", false},
    Column{"CPSR_ClinVar_class", false},
    Column{"Inclusion_criteria", false},
    Column{"Filters", false},
    Column{"Class_judgement", false},
    Column{"Class_judgement_comments", false},
};

// What the comment lines say of the whole table.
struct Preface {
  std::string genome;  // "hg19"
  std::string purity;
  std::size_t header = 0;  // index of the header line
};

std::string_view after(std::string_view line, std::string_view mark) {
  const auto at = line.find(mark);
  return at == std::string_view::npos ? std::string_view() : base::trim(line.substr(at + mark.size()));
}

Preface read_preface(const std::vector<Line>& lines) {
  Preface preface;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = base::trim(lines[i].text);
    if (is_blank(line)) continue;
    preface.header = i;
    if (!line.starts_with('#')) break;
    if (const auto version = after(line, "Version string:"); !version.empty()) {
      const auto parts = base::split(version, '/');
      if (parts.size() > 4) preface.genome = base::trim(parts[4]);
    }
    if (const auto purity = after(line, "between 0 and 1):"); line.find("tumor purity") != std::string_view::npos) {
      preface.purity = base::equals_ignoring_case(purity, "not specified") ? "" : std::string(value_of(purity));
    }
  }
  return preface;
}

bool lists(std::string_view cell, std::string_view word) {
  for (const std::string_view part : base::split(cell, '|')) {
    if (base::trim(part) == word) return true;
  }
  return false;
}

bool is_pathogenic(std::string_view cell) {
  return base::equals_ignoring_case(cell, "Pathogenic") || base::equals_ignoring_case(cell, "Likely_Pathogenic");
}

// The table's own class words as Sequence Ontology terms; all others are such terms already.
std::string consequence_of(std::string_view status) {
  if (status == "x:noncoding_variant") return "non_coding_transcript_variant";
  if (status == "coding") return "coding_sequence_variant";
  return std::string(status);
}

// A comma list says that all of them are the same product, so one name that is certain stands for all.
std::string_view transcript_of(std::string_view refseq, std::string_view ensembl) {
  return refseq.empty() || (refseq.find('|') != std::string_view::npos && !ensembl.empty()) ? ensembl : refseq;
}

class SmallVariantReader {
 public:
  SmallVariantReader(const std::vector<Line>& lines, std::string_view file_name)
      : lines_(lines), file_name_(file_name), builder_(file_name), preface_(read_preface(lines)) {}

  Checked<std::vector<CaseFile>> run() {
    auto table = Table::open(lines_[preface_.header], kColumns, file_name_);
    if (!table) return fail_all({table.error()});
    read_assembly();
    add_tumour_fraction(builder_, preface_.purity, 0);
    for (std::size_t i = preface_.header + 1; i < lines_.size(); ++i) {
      const Status status = read_line(*table, lines_[i]);
      if (!status) return fail_all({status.error()});
    }
    state_tested(*table);
    std::vector<CaseFile> files;
    files.push_back(builder_.finish({{}, sample_, {}, {}}, "tsoppi"));
    return files;
  }

 private:
  void read_assembly() {
    const std::string genome = base::to_lower_ascii(preface_.genome);
    if (genome.empty()) {
      builder_.issue("assembly_documented",
                     "positions are GRCh37 by the producer's documentation; the file's comments do not say");
    } else if (genome == "hg38" || genome == "grch38") {
      assembly_ = Assembly::GRCh38;
    } else if (genome != "hg19" && genome != "grch37") {
      assembly_ = Assembly::Unstated;
      builder_.issue("assembly_unknown", "the genome build is not known here; positions are not used", 0,
                     preface_.genome);
    }
  }

  Status read_line(Table& table, const Line& line) {
    if (is_blank(line.text) || base::trim(line.text).starts_with('#') || is_lone_na(line)) return {};
    ++rows_;
    const RowShape shape = table.load(line);
    if (shape == RowShape::Cut) {
      return fail(ErrorCode::TruncatedFile, "the file ends inside a row", place_of(file_name_, line.number));
    }
    const bool lacks_cells = shape == RowShape::Short && !(table.reaches(kFraction) && table.reaches(kJudgement));
    if (shape == RowShape::Long || lacks_cells) {
      builder_.unreadable(kSmall, "the row has not as many cells as the header", line.number, table.cells().front());
      return {};
    }
    if (!line.ended) {
      builder_.issue("last_line_open", "the file stops in this row without a line end: its last cell may be cut",
                     line.number);
    }
    if (const std::string_view id = table.get(kSampleId); !id.empty()) {
      if (!sample_.empty() && id != sample_) {
        return fail(ErrorCode::DifferentSamples, "the table holds rows of two samples",
                    place_of(file_name_, line.number), "give each sample's table on its own");
      }
      sample_ = id;
    }
    if (is_finding(table, line.number)) add_row(table, line.number);
    return {};
  }

  // False for what the pipeline or its curator took out; says so.
  bool is_finding(const Table& table, int line) {
    if (!table.get(kCopies).empty()) rows_with_copies_ = true;
    const std::string_view judgement = table.get(kJudgement);
    const bool normal_only = lists(table.get(kFilters), "normal_origin");
    if (!normal_only && !base::equals_ignoring_case(judgement, "exclude")) {
      static constexpr std::array kWords = {"include", "LikSOM", "SOM", "LikGL", "incon"};
      bool known = judgement.empty();
      for (const std::string_view word : kWords) known = known || base::equals_ignoring_case(judgement, word);
      if (!known) {
        builder_.issue("judgement_unknown", "the class judgement is not known; the row is kept", line,
                       std::string(judgement));
      }
      return true;
    }
    std::string why(normal_only ? "normal_origin" : table.get(kJudgementWhy));
    if (why.find(',') != std::string::npos) why.resize(why.find(','));
    if (why.find('(') != std::string::npos) why.resize(why.find('('));
    builder_.count("excluded_by_pipeline",
                   "left out by the class judgement" + (why.empty() ? std::string() : ", first reason " + why), line);
    if (is_pathogenic(table.get(kAcmg)) || is_pathogenic(table.get(kClinVar))) {
      builder_.issue("excluded_pathogenic",
                     "left out by the class judgement although classed pathogenic: look at it, and confirm in germline",
                     line, name_of_row(table));
    }
    return false;
  }

  static std::string name_of_row(const Table& table) {
    std::string name(table.get(kGene));
    const std::string_view change =
        table.get(kProteinShort).empty() ? table.get(kCodingChange) : table.get(kProteinShort);
    return name + (change.empty() ? "" : " " + std::string(change));
  }

  void add_row(const Table& table, int line) {
    const std::string consequence = consequence_of(table.get(kStatus));
    const std::string_view location = table.get(kLocation);
    const std::string_view change = table.get(kDnaChange);
    SmallVariantRow row;
    row.gene = table.get(kGene);
    row.protein = table.get(table.get(kProteinLong).empty() ? kProteinShort : kProteinLong);
    row.coding = table.get(kCodingChange);
    row.transcript = transcript_of(table.get(kRefSeq), table.get(kEnsembl));
    if (assembly_ != Assembly::Unstated) {
      row.chromosome = location.substr(0, location.find(':'));
      row.position = location.find(':') == std::string_view::npos ? "" : location.substr(location.find(':') + 1);
      row.ref = change.substr(0, change.find('>'));
      row.alt = change.find('>') == std::string_view::npos ? "" : change.substr(change.find('>') + 1);
    }
    row.consequence = consequence;
    row.exons = base::equals_ignoring_case(table.get(kExon), "exonNA") ? std::string_view() : table.get(kExon);
    row.fraction = table.get(kFraction);
    row.depth = table.get(kDepth);
    row.assembly = assembly_;
    if (lists(table.get(kInclusion), "absent_in_normal")) row.origin = nomenclature::Origin::Somatic;
    somatic_seen_ = somatic_seen_ || row.origin == nomenclature::Origin::Somatic;
    add_small_variant(builder_, row, line);
  }

  void state_tested(const Table& table) {
    builder_.panel(kDnaPanel);
    if (rows_ == 0) {
      builder_.fail_kind(kSmall);
      builder_.issue("table_without_rows", "the table has no rows: not even a germline variant, so nothing is known");
    } else {
      builder_.cover(kSmall);
    }
    for (const std::string_view kind : {kCopyNumber, kTmb, kMsi}) builder_.fail_kind(kind);
    builder_.issue("not_in_file", "this table holds small variants only: nothing is known of copy number, TMB and MSI");
    if (rows_with_copies_) {
      builder_.issue("column_not_read",
                     "the gene's copy number beside a variant is no copy-number call and is not read", 0, "Gene_CN");
    }
    if (!table.has(kJudgement)) {
      builder_.issue("judgement_unknown", "the table has no class judgement: every row is kept", 0, "Class_judgement");
    }
    if (!somatic_seen_) {
      builder_.issue("tumour_only", "no variant is compared with a normal sample: the origin is unknown");
    }
  }

  const std::vector<Line>& lines_;
  std::string_view file_name_;
  CaseBuilder builder_;
  Preface preface_;
  Assembly assembly_ = Assembly::GRCh37;
  std::string sample_;
  int rows_ = 0;
  bool rows_with_copies_ = false;
  bool somatic_seen_ = false;
};

}  // namespace

Checked<std::vector<CaseFile>> read_small_variant_table(const std::vector<Line>& lines, std::string_view file_name) {
  return SmallVariantReader(lines, file_name).run();
}

}  // namespace treff::casefile
