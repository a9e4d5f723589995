#include "kb/casefile/tso500.h"

#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "kb/base/text.h"
#include "kb/casefile/biomarker_cells.h"
#include "kb/casefile/cell_value.h"
#include "kb/casefile/sections.h"
#include "kb/casefile/tso500_tables.h"

namespace treff::casefile {
namespace {

constexpr std::string_view kTitle = "Combined Variant Output";
constexpr std::string_view kAnalysis = "Analysis Details";
constexpr std::array<std::string_view, 5> kValueSections = {kAnalysis, "Sequencing Run Details", "TMB", "MSI", "GIS"};

// Values that are read nowhere because no rule of matching uses them.
constexpr std::array<std::string_view, 11> kKnownKeys = {"Pair ID",
                                                         "DNA Sample ID",
                                                         "RNA Sample ID",
                                                         "Library Prep Kit",
                                                         "Output Date",
                                                         "Output Time",
                                                         "Module Version",
                                                         "Pipeline Version",
                                                         "Coding Region Size in Megabases",
                                                         "Number of Passing Eligible Variants",
                                                         "Ploidy"};

bool mentions(std::string_view text, std::string_view word) {
  return base::to_lower_ascii(text).find(base::to_lower_ascii(word)) != std::string::npos;
}

class Tso500Reader {
 public:
  Tso500Reader(const SectionFile& file, std::string_view file_name)
      : file_(file), file_name_(file_name), builder_(file_name) {}

  Checked<std::vector<CaseFile>> run() {
    if (file_.find(kAnalysis) == nullptr) {
      errors_.push_back({ErrorCode::TruncatedFile,
                         "the section [Analysis Details] is missing",
                         std::string(file_name_),
                         {},
                         std::nullopt,
                         "without it the file does not say which of DNA and RNA was examined"});
      return fail_all(std::move(errors_));
    }
    read_identity();
    read_tmb();
    read_msi();
    read_gis();
    const TableSections tables = read_tables(file_, file_name_, builder_, errors_);
    if (!errors_.empty()) return fail_all(std::move(errors_));
    report_other_sections(tables);
    state_tested(tables);
    std::vector<CaseFile> files;
    files.push_back(builder_.finish(std::move(sample_), "tso500"));
    return files;
  }

 private:
  // The section's pairs; empty and `present` false where the file has no such section.
  struct Values {
    bool present = false;
    std::vector<KeyValue> pairs;

    const KeyValue* find(std::string_view key) const {
      for (const KeyValue& pair : pairs) {
        if (base::equals_ignoring_case(pair.key, key)) return &pair;
      }
      return nullptr;
    }
    // A view into `pairs`.
    std::string_view value(std::string_view key) const {
      const KeyValue* pair = find(key);
      return pair == nullptr ? std::string_view() : pair->value;
    }
  };

  Values values_of(std::string_view section_name) {
    const Section* section = file_.find(section_name);
    if (section == nullptr) return {};
    auto pairs = read_key_values(*section, file_name_);
    if (pairs) return {true, std::move(*pairs)};
    errors_.push_back(pairs.error());
    return {true, {}};
  }

  void report_keys(const Values& values, std::initializer_list<std::string_view> used) {
    for (const KeyValue& pair : values.pairs) {
      bool known = false;
      for (const std::string_view key : used) known = known || base::equals_ignoring_case(key, pair.key);
      for (const std::string_view key : kKnownKeys) known = known || base::equals_ignoring_case(key, pair.key);
      if (!known) builder_.issue("key_not_read", "this value is not read", pair.line, pair.key);
    }
  }

  void read_identity() {
    const Values values = values_of(kAnalysis);
    for (const std::string_view key : {"DNA Sample ID", "RNA Sample ID"}) {
      if (values.find(key) == nullptr && errors_.empty()) lacks_value(kAnalysis, key);
    }
    sample_.pair = values.value("Pair ID");
    sample_.dna = values.value("DNA Sample ID");
    sample_.rna = values.value("RNA Sample ID");
    plasma_ = mentions(file_.preamble, "ctDNA") || mentions(values.value("Library Prep Kit"), "ctDNA");
    report_keys(values, {});
  }

  void read_tmb() {
    const Values values = values_of("TMB");
    const KeyValue* tmb = values.find("Total TMB");
    report_keys(values, {"Total TMB"});
    if (values.present && tmb == nullptr && errors_.empty()) lacks_value("TMB", "Total TMB");
    if (tmb != nullptr) {
      tmb_failed_ = !add_tmb(builder_, tmb->value, has_dna(), tmb->line);
    } else if (has_dna()) {
      absent(kTmb, "TMB");
    }
  }

  void read_msi() {
    const Values values = values_of("MSI");
    const KeyValue* percent = values.find("Percent Unstable MSI Sites");
    report_keys(values, {"Usable MSI Sites", "Total MSI Sites Unstable", "Percent Unstable MSI Sites"});
    if (values.present && percent == nullptr && errors_.empty()) lacks_value("MSI", "Percent Unstable MSI Sites");
    if (percent != nullptr) {
      const MsiCells cells{percent->value, values.value("Total MSI Sites Unstable"), values.value("Usable MSI Sites")};
      msi_failed_ = !add_msi(builder_, cells, has_dna(), percent->line);
    } else if (has_dna()) {
      absent(kMsi, "MSI");
    }
  }

  void read_gis() {
    const Values values = values_of("GIS");
    report_keys(values, {"Genomic Instability Score", "Tumor Fraction"});
    if (const KeyValue* score = values.find("Genomic Instability Score")) {
      add_instability_score(builder_, score->value, has_dna(), score->line);
    }
    if (const KeyValue* fraction = values.find("Tumor Fraction")) {
      add_tumour_fraction(builder_, fraction->value, fraction->line);
    }
  }

  // In the last section of the file a missing value means that the file was cut.
  void lacks_value(std::string_view section, std::string_view key) {
    const bool is_last = base::equals_ignoring_case(file_.sections.back().name, section);
    errors_.push_back({is_last ? ErrorCode::TruncatedFile : ErrorCode::WrongColumns,
                       "the section [" + std::string(section) + "] lacks '" + std::string(key) + "'" +
                           (is_last ? ", and the file ends there" : ""),
                       place_of(file_name_, file_.find(section)->line),
                       {},
                       std::nullopt,
                       {}});
  }

  void absent(std::string_view kind, std::string_view section) {
    builder_.fail_kind(kind);
    builder_.issue("section_absent",
                   "the file has no section [" + std::string(section) + "]: nothing is known of " + std::string(kind));
  }

  void report_other_sections(const TableSections& tables) {
    for (const Section& section : file_.sections) {
      bool known = tables.is_known(section.name);
      for (const std::string_view name : kValueSections)
        known = known || base::equals_ignoring_case(section.name, name);
      if (known) continue;
      builder_.issue(
          "section_not_read",
          "the section [" + section.name + "] with " + std::to_string(section.lines.size()) + " lines is not read",
          section.line, section.name);
    }
  }

  bool has_dna() const { return !sample_.dna.empty(); }
  bool has_rna() const { return !sample_.rna.empty(); }

  // M3, M4: which kinds were validly examined.
  void state_tested(const TableSections& tables) {
    if (plasma_) {
      builder_.specimen().kind = "plasma";
      builder_.issue("plasma", "a result from plasma: what is not reported is unknown (M3)");
    } else {
      if (has_dna()) builder_.panel(kDnaPanel);
      if (has_rna()) builder_.panel(kRnaPanel);
    }
    if (!has_dna() && !has_rna()) {
      builder_.issue("sample_not_named",
                     "neither a DNA nor an RNA sample is named: nothing is known of what was tested");
    }
    for (const KindOfTable& kind : tables.kinds) {
      const bool examined = kind.from_rna ? has_rna() : has_dna();
      if (!examined && builder_.has_findings(kind.kind)) {
        builder_.issue(
            "finding_without_sample",
            "findings are listed though no " + std::string(kind.from_rna ? "RNA" : "DNA") + " sample is named",
            kind.line, std::string(kind.kind));
      }
      if (!examined) continue;
      if (!kind.present) {
        absent(kind.kind, kind.section);
      } else if (!kind.from_rna && tmb_failed_ && msi_failed_ && !builder_.has_findings(kind.kind)) {
        builder_.fail_kind(kind.kind);
      } else {
        builder_.cover(kind.kind);
      }
    }
    if (has_dna() && tmb_failed_ && msi_failed_) {
      builder_.issue("dna_may_have_failed",
                     "neither TMB nor MSI has a value: the DNA may have failed, an empty list is not a negative");
    }
    if (has_dna() || builder_.has_findings(kSmall)) {
      builder_.issue("tumour_only", "tumour-only sequencing: the origin of small variants is unknown");
    }
    if (builder_.has_findings(kSmall)) {
      builder_.issue("assembly_documented",
                     "positions are GRCh37 by the producer's documentation; the file does not say");
    }
  }

  const SectionFile& file_;
  std::string_view file_name_;
  CaseBuilder builder_;
  SampleNames sample_;
  std::vector<Error> errors_;
  bool plasma_ = false;
  bool tmb_failed_ = false;
  bool msi_failed_ = false;
};

}  // namespace

bool is_tso500(std::string_view text) {
  const std::string_view head = text.substr(0, 4096);
  return mentions(head, "[Analysis Details]") || mentions(head.substr(0, head.find_first_of("\r\n")), kTitle);
}

Checked<std::vector<CaseFile>> read_tso500(std::string_view text, std::string_view file_name) {
  const auto lines = split_lines(text, file_name);
  if (!lines) return fail_all({lines.error()});
  const auto sections = split_sections(*lines, file_name);
  if (!sections) return fail_all({sections.error()});
  return Tso500Reader(*sections, file_name).run();
}

}  // namespace treff::casefile
