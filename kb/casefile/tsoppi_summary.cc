#include "kb/casefile/tsoppi_summary.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "kb/base/text.h"
#include "kb/casefile/biomarker_cells.h"
#include "kb/casefile/combine.h"
#include "kb/casefile/findings.h"
#include "kb/casefile/sample_id.h"

namespace treff::casefile {
namespace {

enum Col : std::size_t {
  kId,
  kTmbCell,
  kMsiCell,
  kCopies,
  kSpliceCell,
  kFusionCell,
  kLoh,
  kScore,
  kTumourFraction,
  kPloidy,
  kRearrangements,
  kColumnCount
};

constexpr std::array<Column, kColumnCount> kColumns = {
    Column{"sample_id"},
    Column{"TMB"},
    Column{"MSI"},
    Column{"gene_amplifications", true, "Gene_amplifications_CNV"},
    Column{"splice_variants"},
    Column{"fusions"},
    Column{"LOH", false},
    Column{"GIS", false},
    Column{"Tumor_fraction", false},
    Column{"Ploidy", false},
    Column{"Large_rearrangements", false},
};

// "12.50 (4/32)" -> "12.50" and "4/32".
struct ValueAndNote {
  std::string_view value;
  std::string_view note;
};
ValueAndNote split_note(std::string_view cell) {
  const auto open = cell.find('(');
  if (open == std::string_view::npos) return {value_of(cell), {}};
  std::string_view note = cell.substr(open + 1);
  note = note.substr(0, note.find(')'));
  return {value_of(cell.substr(0, open)), base::trim(note)};
}

std::vector<std::string_view> items_of(std::string_view cell) {
  std::vector<std::string_view> items;
  for (const std::string_view part : base::split(cell, '|')) {
    if (!value_of(part).empty()) items.push_back(base::trim(part));
  }
  return items;
}

// "61" from "EML4-ALK (chr2:1-chr2:2) 61/702/8".
std::string_view reads_behind(std::string_view item) {
  const auto close = item.rfind(')');
  if (close == std::string_view::npos) return {};
  const std::string_view counts = base::trim(item.substr(close + 1));
  return counts.substr(0, counts.find('/'));
}

class RowReader {
 public:
  RowReader(const Table& table, std::string_view file_name, int line)
      : table_(table), builder_(file_name), line_(line), id_(table.get(kId)) {}

  CaseFile run() {
    material_ = material_of(id_);
    if (material_ == Material::Unstated) guess_material();
    read_biomarkers();
    for (const std::string_view item : items_of(table_.get(kCopies))) read_copy_item(item);
    for (const std::string_view item : items_of(table_.get(kSpliceCell))) read_splice_item(item);
    for (const std::string_view item : items_of(table_.get(kFusionCell))) {
      add_fusion(builder_, {base::trim(item.substr(0, item.find('('))), reads_behind(item)}, line_);
    }
    report_unread_cells();
    state_tested();
    SampleNames names;
    (material_ == Material::Dna ? names.dna : material_ == Material::Rna ? names.rna : names.other) = id_;
    return builder_.finish(std::move(names), "tsoppi");
  }

 private:
  bool is_dna() const { return material_ == Material::Dna; }

  // Where the id does not say, a row that holds values of one material only speaks of that material.
  void guess_material() {
    const bool dna = !table_.get(kTmbCell).empty() || !table_.get(kMsiCell).empty() || !table_.get(kCopies).empty();
    const bool rna = !table_.get(kSpliceCell).empty() || !table_.get(kFusionCell).empty();
    if (dna != rna) material_ = dna ? Material::Dna : Material::Rna;
    if (dna == rna) {
      builder_.issue("sample_not_named", "the row does not say whether DNA or RNA was examined", line_);
    }
  }

  void read_biomarkers() {
    const ValueAndNote tmb = split_note(table_.get(kTmbCell));
    const ValueAndNote msi = split_note(table_.get(kMsiCell));
    const auto slash = msi.note.find('/');
    const std::string_view unstable = slash == std::string_view::npos ? "" : msi.note.substr(0, slash);
    const std::string_view usable = slash == std::string_view::npos ? "" : msi.note.substr(slash + 1);
    const bool has_tmb = add_tmb(builder_, tmb.value, is_dna(), line_);
    const bool has_msi = add_msi(builder_, {msi.value, unstable, usable}, is_dna(), line_);
    dna_failed_ = is_dna() && !has_tmb && !has_msi;
    if (!table_.get(kScore).empty()) add_instability_score(builder_, table_.get(kScore), is_dna(), line_);
    add_tumour_fraction(builder_, table_.get(kTumourFraction), line_);
  }

  // "EGFR (1.509)", "EGFR (1.5, <DUP>, 5)".
  void read_copy_item(std::string_view item) {
    const auto open = item.find('(');
    const auto close = item.find(')', open == std::string_view::npos ? 0 : open);
    if (open == std::string_view::npos || close == std::string_view::npos) {
      builder_.unreadable(kCopyNumber, "the amplification could not be read", line_, std::string(item),
                          "expected a gene and its fold change, EGFR (6.2)");
      return;
    }
    CopyNumberRow row;
    row.gene = base::trim(item.substr(0, open));
    // A decimal comma has no space behind it, the comma between parts has.
    std::string_view inside = item.substr(open + 1, close - open - 1);
    std::vector<std::string_view> parts;
    for (std::size_t comma = inside.find(", "); comma != std::string_view::npos; comma = inside.find(", ")) {
      parts.push_back(base::trim(inside.substr(0, comma)));
      inside.remove_prefix(comma + 2);
    }
    parts.push_back(base::trim(inside));
    row.fold_change = value_of(parts[0]);
    if (parts.size() > 1) row.caller_word = value_of(parts[1]);
    if (parts.size() > 2) row.copies = value_of(parts[2]);
    add_copy_number(builder_, row, line_);
  }

  // "EGFR[2-7] (chr7:1-chr7:2) 57/2".
  void read_splice_item(std::string_view item) {
    const auto open = item.find('[');
    const auto close = item.find(']');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
      builder_.unreadable(kSplice, "the splice event could not be read", line_, std::string(item),
                          "expected a gene and its exons, MET[14]");
      return;
    }
    add_splice(builder_, base::trim(item.substr(0, open)), base::trim(item.substr(open + 1, close - open - 1)), line_);
  }

  void report_unread_cells() {
    for (const Col column : {kLoh, kRearrangements}) {
      if (table_.get(column).empty()) continue;
      builder_.unreadable(kCopyNumber,
                          "the content of the column " + std::string(kColumns[column].name) + " is not read", line_,
                          std::string(table_.get(column)), "judge this finding by hand");
    }
  }

  void state_tested() {
    if (is_dna()) {
      builder_.panel(kDnaPanel);
      builder_.fail_kind(kSmall);
      builder_.issue("not_in_file", "the summary holds no small variants: nothing is known of them", line_);
      if (dna_failed_ && !builder_.has_findings(kCopyNumber)) {
        builder_.fail_kind(kCopyNumber);
        builder_.issue("dna_may_have_failed",
                       "neither TMB nor MSI has a value: the DNA may have failed, an empty list is not a negative",
                       line_);
      } else {
        builder_.cover(kCopyNumber);
      }
    }
    if (material_ == Material::Rna) {
      builder_.panel(kRnaPanel);
      builder_.cover(kSplice);
      builder_.cover(kFusion);
    }
  }

  const Table& table_;
  CaseBuilder builder_;
  int line_;
  std::string id_;
  Material material_ = Material::Unstated;
  bool dna_failed_ = false;
};

// Joins the DNA row and the RNA row of one tumour; other rows stay as they are. Keeps the order of the file.
Checked<std::vector<CaseFile>> joined_by_tumour(std::vector<CaseFile> rows) {
  std::vector<CaseFile> files;
  std::unordered_map<std::string, std::size_t> by_tumour;
  for (CaseFile& row : rows) {
    const bool is_dna = !row.sample.dna.empty();
    const std::string key = tumour_key(is_dna ? row.sample.dna : row.sample.rna + row.sample.other);
    const auto [found, is_new] = by_tumour.emplace(key, files.size());
    CaseFile* partner = is_new ? nullptr : &files[found->second];
    const bool joins = partner != nullptr && (is_dna ? partner->sample.dna : partner->sample.rna).empty() &&
                       check_same_sample(partner->sample, row.sample);
    if (!joins) {
      found->second = files.size();
      files.push_back(std::move(row));
      continue;
    }
    std::vector<CaseFile> pair;
    pair.push_back(std::move(*partner));
    pair.push_back(std::move(row));
    auto both = combine(std::move(pair));
    if (!both) return fail_all(std::move(both.error()));
    *partner = std::move(*both);
  }
  return files;
}

}  // namespace

Checked<std::vector<CaseFile>> read_variant_summary(const std::vector<Line>& lines, std::string_view file_name) {
  std::optional<Table> table;
  std::vector<CaseFile> rows;
  std::vector<Error> errors;
  for (const Line& line : lines) {
    if (is_blank(line.text) || base::trim(line.text).starts_with('#')) continue;
    if (!table) {
      auto opened = Table::open(line, kColumns, file_name);
      if (!opened) return fail_all({opened.error()});
      table = std::move(*opened);
      continue;
    }
    const RowShape shape = table->load(line);
    const std::string where = place_of(file_name, line.number);
    if (shape == RowShape::Cut) {
      errors.push_back({ErrorCode::TruncatedFile, "the file ends inside a row", where, {}, std::nullopt, {}});
    } else if (shape == RowShape::Long || (shape == RowShape::Short && !table->reaches(kFusionCell))) {
      // Which sample's findings are lost cannot be told from a shifted row.
      errors.push_back({ErrorCode::WrongColumns,
                        "the row has not as many cells as the header",
                        where,
                        {},
                        std::nullopt,
                        "an empty cell is written as NA"});
    } else if (table->get(kId).empty()) {
      errors.push_back({ErrorCode::WrongColumns, "the row names no sample", where, {}, std::nullopt, {}});
    } else {
      rows.push_back(RowReader(*table, file_name, line.number).run());
      if (!line.ended) {
        rows.back().reading.issues.push_back(
            {"last_line_open", "the file stops in this row without a line end: its last cell may be cut", where, {}});
      }
    }
  }
  if (!errors.empty()) return fail_all(std::move(errors));
  if (rows.empty()) {
    return fail_all(
        {Error{ErrorCode::TruncatedFile, "the summary has no rows", std::string(file_name), {}, std::nullopt, {}}});
  }
  return joined_by_tumour(std::move(rows));
}

}  // namespace treff::casefile
