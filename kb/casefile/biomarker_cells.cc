#include "kb/casefile/biomarker_cells.h"

#include <cmath>
#include <string>
#include <utility>

#include "kb/casefile/cell_value.h"

namespace treff::casefile {
namespace {

using nomenclature::Biomarker;
using nomenclature::BiomarkerName;

Biomarker of_panel(BiomarkerName name, std::string_view unit, std::string input) {
  Biomarker biomarker;
  biomarker.name = name;
  biomarker.unit = unit;
  biomarker.assay = kDnaPanel;
  biomarker.input = std::move(input);
  return biomarker;
}

std::string_view failure_of(std::string_view cell) {
  return cell.empty() ? "the file says NA" : "the cell holds no number that can be one";
}

// The share the counts give; nothing where they are not stated.
void compare_with_counts(CaseBuilder& builder, double percent, const NumberCell& unstable, const NumberCell& usable,
                         int line) {
  constexpr double kRoundingPct = 0.06;  // files give one or two decimals
  if (!unstable.value || !usable.value || *usable.value <= 0) return;
  const double counted = 100 * *unstable.value / *usable.value;
  if (std::abs(counted - percent) > kRoundingPct) {
    builder.issue("msi_percent_disagrees", "the share of unstable sites is not that of the two counts", line);
  }
}

}  // namespace

bool add_tmb(CaseBuilder& builder, std::string_view cell, bool has_dna, int line) {
  Biomarker tmb = of_panel(BiomarkerName::Tmb, "per_mb", "TMB " + std::string(cell.empty() ? "NA" : cell));
  tmb.tumour_only = true;
  const NumberCell number = read_number(cell);
  if (number.value && *number.value >= 0) {
    tmb.value = number.value;
    builder.add(std::move(tmb));
    return true;
  }
  if (has_dna || !cell.empty()) builder.add_failed(std::move(tmb), failure_of(cell), line);
  return false;
}

bool add_msi(CaseBuilder& builder, const MsiCells& cells, bool has_dna, int line) {
  const NumberCell percent = read_number(cells.percent_unstable);
  const NumberCell unstable = read_number(cells.unstable_sites);
  const NumberCell usable = read_number(cells.usable_sites);
  std::string input = "MSI " + (cells.percent_unstable.empty() ? "NA" : std::string(cells.percent_unstable) + " %");
  if (!cells.usable_sites.empty()) input += " of " + std::string(cells.usable_sites) + " sites";
  Biomarker msi = of_panel(BiomarkerName::Msi, "pct", std::move(input));
  if (usable.value && *usable.value >= 0 && *usable.value <= 1e6) msi.usable_sites = static_cast<int>(*usable.value);
  if (percent.value && *percent.value >= 0 && *percent.value <= 100) {
    msi.value = percent.value;
    compare_with_counts(builder, *percent.value, unstable, usable, line);
    builder.add(std::move(msi));
    return true;
  }
  if (has_dna || !cells.percent_unstable.empty()) {
    builder.add_failed(std::move(msi), failure_of(cells.percent_unstable), line);
  }
  return false;
}

void add_instability_score(CaseBuilder& builder, std::string_view cell, bool has_dna, int line) {
  Biomarker score = of_panel(BiomarkerName::Hrd, "score", "genomic instability score " + std::string(cell));
  const NumberCell number = read_number(cell);
  if (number.value && *number.value >= 0) {
    score.value = number.value;
    builder.issue("genomic_instability", "the genomic instability score counts only for the assay it was measured with",
                  line, std::string(cell));
    builder.add(std::move(score));
  } else if (has_dna || !cell.empty()) {
    builder.add_failed(std::move(score), failure_of(cell), line);
  }
}

void add_tumour_fraction(CaseBuilder& builder, std::string_view cell, int line) {
  if (cell.empty()) return;
  const NumberCell number = read_number(cell);
  if (number.value && *number.value > 0 && *number.value <= 1) {
    builder.specimen().tumour_fraction = number.value;
    builder.issue("tumour_fraction_estimated", "the tumour fraction is the one this file gives, not a pathologist's",
                  line, std::string(cell));
  } else {
    builder.issue("tumour_fraction_unread", "the tumour fraction is not a number from 0 to 1; it is left out", line,
                  std::string(cell));
  }
}

}  // namespace treff::casefile
