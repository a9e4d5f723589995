// Tab-separated text as laboratories and spreadsheets leave it: lines, cells, columns by name.
//
// Copes with a byte order mark, CRLF and lone CR, trailing tabs, quoted cells with doubled quotes, other column
// orders. Refuses what would be misread: other encodings, binary files, cells and files beyond the bounds.
// Views point into the caller's bytes. Line numbers are counted from 1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kb/base/result.h"

namespace treff::casefile {

inline constexpr std::size_t kMaxFileBytes = 64UL * 1024 * 1024;
inline constexpr std::size_t kMaxRows = 200'000;  // lines of any kind
inline constexpr std::size_t kMaxColumns = 2'000;
inline constexpr std::size_t kMaxFieldBytes = 10'000;

struct Line {
  std::string_view text;
  int number = 0;
  bool ended = true;  // false: the file stops here without a line end, so the line may be cut
};

// "name:12", or "name" for line 0.
std::string place_of(std::string_view file_name, int line);

// The text without byte order mark. TooLarge, TruncatedFile (nothing in it), UnsupportedFormat (packed, UTF-16, other
// binary) or UnreadableText (not UTF-8).
Result<std::string_view> check_text(std::string_view bytes, std::string_view file_name);

// TooLarge for too many lines, too many cells in a line or too long a cell.
Result<std::vector<Line>> split_lines(std::string_view text, std::string_view file_name);

// Cells of a line, trimmed and unquoted; empty cells at the end are left out.
std::vector<std::string> split_cells(std::string_view line);

// The cell, or nothing for the spellings of a missing value: empty, NA, N/A, NaN, a single dot.
std::string_view value_of(std::string_view cell);

// True if no cell holds anything.
bool is_blank(std::string_view line);

// True for a line that holds nothing but missing values, such as the lone NA of an empty table.
bool is_lone_na(const Line& line);

struct Column {
  std::string_view name;  // compared without regard to case
  bool required = true;
  std::string_view other_name = {};  // the same column in another version of the format
};

enum class RowShape : std::uint8_t {
  Whole,
  Short,  // cells are missing at the end, which is harmless only where they would be empty
  Cut,    // short, and the file stops in this line
  Long,   // cells beyond the header: the row is shifted
};

// One table: its header once, then row by row. Columns are addressed by their index in the list given to open().
class Table {
 public:
  // WrongColumns names every missing column; TruncatedFile if the file stops inside the header.
  static Result<Table> open(const Line& header, std::span<const Column> columns, std::string_view file_name);

  // Makes `line` the current row.
  RowShape load(const Line& line);

  // The current row's value; empty for a missing value, column or cell.
  std::string_view get(std::size_t column) const;
  bool has(std::size_t column) const { return index_[column] != kAbsent; }
  // False if the current row stops before a column that the header has.
  bool reaches(std::size_t column) const;
  const std::vector<std::string>& cells() const { return cells_; }
  // Header names that the list does not know.
  const std::vector<std::string>& unknown_columns() const { return unknown_; }

 private:
  static constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);
  std::size_t width_ = 0;
  std::vector<std::size_t> index_;
  std::vector<std::string> unknown_;
  std::vector<std::string> cells_;
};

}  // namespace treff::casefile
