// Tables of text with one header line: tab, comma or semicolon separated, quoted cells with doubled quotes.
//
// Copes with a byte order mark, CRLF, and line breaks inside quoted cells. Lines and columns are counted from 1.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "kb/base/result.h"

namespace treff::indexer {

struct DelimitedRow {
  std::vector<std::string> cells;
  std::size_t line = 0;              // of its first character
  std::vector<std::size_t> columns;  // of each cell's first character in its line
};

enum class Quoting : bool { None, Doubled };

// Every row, the header first; rows without any text are left out. UnreadableText (not UTF-8, a quote that is not
// closed), TooLarge (more than kMaxDelimitedRows rows or a cell beyond kMaxCellBytes), TruncatedFile (nothing in it).
inline constexpr std::size_t kMaxDelimitedRows = 500'000;
inline constexpr std::size_t kMaxCellBytes = 100'000;
Result<std::vector<DelimitedRow>> read_delimited(std::string_view text, char separator, Quoting quoting,
                                                 const std::string& file_name);

// Tab, semicolon or comma: the one that stands most often in the first line, outside quotes.
char separator_of(std::string_view text);

}  // namespace treff::indexer
