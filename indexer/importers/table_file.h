// A tab-separated file without quoting: a header line with column names, then rows; '#' may stand before the header.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "kb/base/result.h"

namespace treff::indexer {

// Cells are views into `bytes`, which must outlive the table.
struct TableFile {
  std::string bytes;
  std::vector<std::string_view> header;
  struct Line {
    std::size_t number = 0;  // 1-based line of the file
    std::vector<std::string_view> cells;
  };
  std::vector<Line> lines;

  // Index of the first of these columns that is there, or npos.
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::size_t column(std::initializer_list<std::string_view> names) const;
  // The trimmed cell, empty where the column is absent.
  static std::string_view cell(const Line& line, std::size_t column);
};

// Bounded by kMaxTableBytes; invalid UTF-8, a NUL byte or a row with more cells than the header is an error with
// file:line. Shorter rows are filled up with empty cells.
inline constexpr std::size_t kMaxTableBytes = std::size_t{256} << 20;
Checked<void> parse_table(const std::string& name, TableFile& table);
Checked<void> read_table(const std::filesystem::path& path, TableFile& table);

}  // namespace treff::indexer
