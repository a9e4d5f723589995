#include "indexer/importers/table_file.h"

#include <algorithm>

#include "indexer/importers/registry.h"
#include "kb/base/text.h"

namespace treff::indexer {
namespace {

constexpr std::size_t kMostErrors = 100;

}  // namespace

std::size_t TableFile::column(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    const auto at = std::find(header.begin(), header.end(), name);
    if (at != header.end()) return static_cast<std::size_t>(at - header.begin());
  }
  return kNone;
}

std::string_view TableFile::cell(const Line& line, std::size_t column) {
  return column < line.cells.size() ? base::trim(line.cells[column]) : std::string_view();
}

Checked<void> parse_table(const std::string& name, TableFile& table) {
  std::vector<Error> errors;
  const auto wrong = [&](std::size_t line, ErrorCode code, const std::string& message, std::string_view piece) {
    errors.push_back(
        Error{code, message, name + ":" + std::to_string(line), std::string(piece.substr(0, 80)), std::nullopt, {}});
  };
  std::string_view rest = table.bytes;
  if (rest.substr(0, 3) == "\xEF\xBB\xBF") rest.remove_prefix(3);
  for (std::size_t number = 1; !rest.empty() && errors.size() < kMostErrors; ++number) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (base::trim(line).empty()) continue;
    if (base::invalid_utf8_at(line) || line.find('\0') != std::string_view::npos) {
      wrong(number, ErrorCode::UnreadableText, "the line is not UTF-8 text", {});
      continue;
    }
    if (table.header.empty()) {
      if (line.front() == '#') line.remove_prefix(1);
      for (const auto cell : base::split(line, '\t')) table.header.push_back(base::trim(cell));
      continue;
    }
    TableFile::Line row{number, {}};
    for (const auto cell : base::split(line, '\t')) row.cells.push_back(cell);
    if (row.cells.size() > table.header.size()) {
      wrong(number, ErrorCode::WrongColumns,
            "the row has " + std::to_string(row.cells.size()) + " cells, the header " +
                std::to_string(table.header.size()),
            line);
    } else {
      table.lines.push_back(std::move(row));
    }
  }
  if (table.header.empty()) wrong(1, ErrorCode::WrongColumns, "the file has no header line", {});
  if (!errors.empty()) return fail_all(std::move(errors));
  return {};
}

Checked<void> read_table(const std::filesystem::path& path, TableFile& table) {
  auto bytes = read_file(path, kMaxTableBytes);
  if (!bytes) return fail_all({bytes.error()});
  table.bytes = std::move(*bytes);
  return parse_table(path.string(), table);
}

}  // namespace treff::indexer
