#include "kb/casefile/tsoppi.h"

#include <algorithm>
#include <string>

#include "kb/base/text.h"
#include "kb/casefile/tsoppi_small.h"
#include "kb/casefile/tsoppi_summary.h"

namespace treff::casefile {
namespace {

enum class Kind : std::uint8_t { None, SmallVariants, Summary, CommentsOnly };

bool has_cell(const std::vector<std::string>& cells, std::initializer_list<std::string_view> names) {
  return std::any_of(cells.begin(), cells.end(), [&](const std::string& cell) {
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view name) { return base::equals_ignoring_case(cell, name); });
  });
}

Kind kind_of_header(std::string_view line) {
  const std::vector<std::string> cells = split_cells(line);
  if (has_cell(cells, {"Gene_symbol"}) && has_cell(cells, {"Genomic_location", "DNA_change", "Coding_status"})) {
    return Kind::SmallVariants;
  }
  const bool named = !cells.empty() && base::equals_ignoring_case(cells[0], "sample_id");
  if (named && has_cell(cells, {"TMB", "MSI", "gene_amplifications", "Gene_amplifications_CNV", "fusions"})) {
    return Kind::Summary;
  }
  return Kind::None;
}

// Looks at the first line that is no comment; the comments decide where the file ends within them.
Kind kind_of(std::string_view text) {
  bool own_comments = false;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("\r\n");
    const std::string_view line = text.substr(0, end);
    if (!is_blank(line)) {
      if (!base::trim(line).starts_with('#')) return kind_of_header(line.substr(0, 4 * kMaxFieldBytes));
      own_comments =
          own_comments || line.find("Field formats:") != std::string_view::npos ||
          (line.find("[") != std::string_view::npos && line.find("Version string:") != std::string_view::npos);
    }
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return own_comments ? Kind::CommentsOnly : Kind::None;
}

}  // namespace

bool is_tsoppi(std::string_view text) { return kind_of(text) != Kind::None; }

Checked<std::vector<CaseFile>> read_tsoppi(std::string_view text, std::string_view file_name) {
  const auto lines = split_lines(text, file_name);
  if (!lines) return fail_all({lines.error()});
  switch (kind_of(text)) {
    case Kind::SmallVariants: return read_small_variant_table(*lines, file_name);
    case Kind::Summary: return read_variant_summary(*lines, file_name);
    case Kind::CommentsOnly:
      return fail_all({Error{ErrorCode::TruncatedFile,
                             "the file ends before the header of its table",
                             place_of(file_name, static_cast<int>(lines->size())),
                             {},
                             std::nullopt,
                             {}}});
    case Kind::None: break;
  }
  return fail_all({Error{ErrorCode::UnsupportedFormat,
                         "this is neither a small variant table nor a variant summary",
                         std::string(file_name),
                         {},
                         std::nullopt,
                         {}}});
}

}  // namespace treff::casefile
