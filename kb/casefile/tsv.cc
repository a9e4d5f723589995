#include "kb/casefile/tsv.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "kb/base/text.h"

namespace treff::casefile {
namespace {

std::optional<std::string_view> binary_kind(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\x1F\x8B"sv)) return "a gzip archive; unpack it first";
  if (bytes.starts_with("PK\x03\x04"sv)) return "a zip archive or a spreadsheet; save it as tab-separated UTF-8 text";
  if (bytes.starts_with("\xFF\xFE"sv) || bytes.starts_with("\xFE\xFF"sv)) return "UTF-16 text; save it as UTF-8";
  if (bytes.find('\0') != std::string_view::npos) return "a binary file; tab-separated UTF-8 text is read here";
  return std::nullopt;
}

// Line number of the byte at `at`.
int line_at(std::string_view text, std::size_t at) {
  return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

bool has_long_cell(std::string_view line) {
  std::size_t from = 0;
  while (line.size() - from > kMaxFieldBytes) {
    const std::size_t tab = line.find('\t', from);
    if ((tab == std::string_view::npos ? line.size() : tab) - from > kMaxFieldBytes) return true;
    from = tab + 1;
  }
  return false;
}

// The quoted cell at the start of `rest` and the length it takes; nullopt if the quoting is not well formed.
std::optional<std::pair<std::string, std::size_t>> quoted_cell(std::string_view rest) {
  std::string cell;
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] != '"') {
      cell += rest[i];
    } else if (i + 1 < rest.size() && rest[i + 1] == '"') {
      cell += rest[++i];
    } else if (i + 1 == rest.size() || rest[i + 1] == '\t') {
      return std::pair{std::move(cell), i + 1};
    } else {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

std::string_view without_stray_quotes(std::string_view cell) {
  while (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
  return cell;
}

bool names_column(const Column& column, std::string_view header) {
  return base::equals_ignoring_case(header, column.name) ||
         (!column.other_name.empty() && base::equals_ignoring_case(header, column.other_name));
}

std::string separator_hint(const std::vector<std::string>& header) {
  if (header.size() > 1) return "columns are found by their name; keep the header line as the laboratory wrote it";
  return "the cells must be separated by tabs; save the table as tab-separated text";
}

}  // namespace

std::string place_of(std::string_view file_name, int line) {
  std::string out(file_name);
  if (line > 0) out += ":" + std::to_string(line);
  return out;
}

Result<std::string_view> check_text(std::string_view bytes, std::string_view file_name) {
  const std::string where(file_name);
  if (bytes.size() > kMaxFileBytes) {
    return fail(ErrorCode::TooLarge, "the file is larger than 64 MiB", where, "send one tumour's result at a time");
  }
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (is_blank(bytes)) return fail(ErrorCode::TruncatedFile, "the file is empty", where);
  if (const auto kind = binary_kind(bytes)) {
    return fail(ErrorCode::UnsupportedFormat, "this is " + std::string(*kind), where);
  }
  if (const auto at = base::invalid_utf8_at(bytes)) {
    Error error{
        ErrorCode::UnreadableText,     "the text is not UTF-8", place_of(file_name, line_at(bytes, *at)), {}, *at,
        "save the file as UTF-8 again"};
    return fail(std::move(error));
  }
  return bytes;
}

Result<std::vector<Line>> split_lines(std::string_view text, std::string_view file_name) {
  std::vector<Line> lines;
  std::size_t from = 0;
  while (from < text.size()) {
    const std::size_t end = text.find_first_of("\r\n", from);
    Line line{text.substr(from, end == std::string_view::npos ? end : end - from), static_cast<int>(lines.size()) + 1,
              end != std::string_view::npos};
    if (lines.size() == kMaxRows) {
      return fail(ErrorCode::TooLarge, "the file has more than 200000 lines", place_of(file_name, line.number));
    }
    if (static_cast<std::size_t>(std::count(line.text.begin(), line.text.end(), '\t')) >= kMaxColumns) {
      return fail(ErrorCode::TooLarge, "a line has more than 2000 cells", place_of(file_name, line.number));
    }
    if (has_long_cell(line.text)) {
      return fail(ErrorCode::TooLarge, "a cell is longer than 10000 bytes", place_of(file_name, line.number));
    }
    lines.push_back(line);
    if (!line.ended) break;
    from = end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
  }
  return lines;
}

std::vector<std::string> split_cells(std::string_view line) {
  std::vector<std::string> cells;
  std::size_t from = 0;
  while (from <= line.size()) {
    const std::string_view rest = line.substr(from);
    if (rest.starts_with('"')) {
      if (auto quoted = quoted_cell(rest)) {
        cells.emplace_back(without_stray_quotes(base::trim(quoted->first)));
        from += quoted->second + 1;
        continue;
      }
    }
    const std::size_t tab = rest.find('\t');
    cells.emplace_back(without_stray_quotes(base::trim(rest.substr(0, tab))));
    if (tab == std::string_view::npos) break;
    from += tab + 1;
  }
  while (!cells.empty() && cells.back().empty()) cells.pop_back();
  return cells;
}

std::string_view value_of(std::string_view cell) {
  const std::string_view value = base::trim(cell);
  if (value == "." || base::equals_ignoring_case(value, "NA") || base::equals_ignoring_case(value, "N/A") ||
      base::equals_ignoring_case(value, "NaN")) {
    return {};
  }
  return value;
}

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r\n\"") == std::string_view::npos; }

bool is_lone_na(const Line& line) {
  const std::vector<std::string> cells = split_cells(line.text);
  return !cells.empty() &&
         std::all_of(cells.begin(), cells.end(), [](const std::string& cell) { return value_of(cell).empty(); });
}

Result<Table> Table::open(const Line& header, std::span<const Column> columns, std::string_view file_name) {
  Table table;
  const std::vector<std::string> names = split_cells(header.text);
  table.width_ = names.size();
  table.index_.assign(columns.size(), kAbsent);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto column =
        std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return names_column(c, names[i]); });
    if (column == columns.end()) {
      if (!names[i].empty()) table.unknown_.push_back(names[i]);
      continue;
    }
    std::size_t& index = table.index_[static_cast<std::size_t>(column - columns.begin())];
    if (index != kAbsent) {
      return fail(ErrorCode::WrongColumns, "the column '" + names[i] + "' stands twice in the header",
                  place_of(file_name, header.number));
    }
    index = i;
  }
  // A header without a line end may have lost its last columns, which need not be required ones.
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (table.index_[i] == kAbsent && (columns[i].required || !header.ended)) missing.emplace_back(columns[i].name);
  }
  if (missing.empty()) return table;
  if (!header.ended) {
    return fail(ErrorCode::TruncatedFile, "the file ends inside the header of a table",
                place_of(file_name, header.number), "missing so far: " + base::join(missing, ", "));
  }
  return fail(ErrorCode::WrongColumns, "the table lacks the column " + base::join(missing, ", "),
              place_of(file_name, header.number), separator_hint(names));
}

RowShape Table::load(const Line& line) {
  cells_ = split_cells(line.text);
  if (cells_.size() > width_) return RowShape::Long;
  // Cells that were written and hold nothing are there: a row padded with tabs is whole.
  const auto tabs = static_cast<std::size_t>(std::count(line.text.begin(), line.text.end(), '\t'));
  if (cells_.size() == width_ || tabs + 1 >= width_) return RowShape::Whole;
  return line.ended ? RowShape::Short : RowShape::Cut;
}

bool Table::reaches(std::size_t column) const { return index_[column] == kAbsent || index_[column] < cells_.size(); }

std::string_view Table::get(std::size_t column) const {
  const std::size_t index = index_[column];
  return index == kAbsent || index >= cells_.size() ? std::string_view() : value_of(cells_[index]);
}

}  // namespace treff::casefile
