#include "indexer/importers/delimited.h"

#include <algorithm>
#include <array>

#include "kb/base/text.h"

namespace treff::indexer {
namespace {

std::string_view without_mark(std::string_view text) {
  return text.substr(0, 3) == "\xEF\xBB\xBF" ? text.substr(3) : text;
}

std::string place(const std::string& file_name, std::size_t line, std::size_t column = 0) {
  return file_name + ":" + std::to_string(line) + (column == 0 ? "" : ":" + std::to_string(column));
}

class RowReader {
 public:
  RowReader(std::string_view text, char separator, Quoting quoting, const std::string& file_name)
      : text_(text), separator_(separator), quoting_(quoting), file_name_(file_name) {}

  Result<std::vector<DelimitedRow>> read() {
    begin_row();
    while (at_ < text_.size()) {
      if (const Status cell = read_cell(); !cell) return fail(cell.error());
      if (rows_.size() > kMaxDelimitedRows) {
        return fail(ErrorCode::TooLarge, "more than " + std::to_string(kMaxDelimitedRows) + " rows", file_name_);
      }
    }
    if (!row_.cells.empty()) end_row();
    return std::move(rows_);
  }

 private:
  void begin_row() {
    row_ = DelimitedRow();
    row_.line = line_;
  }

  void end_row() {
    const bool blank = std::all_of(row_.cells.begin(), row_.cells.end(),
                                   [](const std::string& cell) { return base::trim(cell).empty(); });
    if (!blank) rows_.push_back(std::move(row_));
    begin_row();
  }

  Status read_cell() {
    const std::size_t line = line_;
    row_.columns.push_back(at_ - line_begin_ + 1);
    std::string cell;
    if (quoting_ == Quoting::Doubled && text_[at_] == '"') {
      ++at_;
      while (true) {
        if (at_ >= text_.size()) {
          return fail(ErrorCode::UnreadableText, "a quoted cell is not closed",
                      place(file_name_, line, row_.columns.back()),
                      "close it with \"; inside a cell a quote is written twice");
        }
        const char c = text_[at_++];
        if (c == '"') {
          if (at_ < text_.size() && text_[at_] == '"') {
            cell += '"';
            ++at_;
            continue;
          }
          break;
        }
        if (c == '\n') new_line();
        if (c != '\r') cell += c;
        if (cell.size() > kMaxCellBytes) return too_long(line);
      }
    }
    while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n') {
      if (text_[at_] != '\r') cell += text_[at_];
      ++at_;
      if (cell.size() > kMaxCellBytes) return too_long(line);
    }
    row_.cells.push_back(std::move(cell));
    if (at_ >= text_.size()) return {};
    const char end = text_[at_++];
    if (end == '\n') {
      new_line();
      end_row();
    } else if (at_ >= text_.size()) {
      row_.columns.push_back(at_ - line_begin_ + 1);
      row_.cells.emplace_back();
    }
    return {};
  }

  Status too_long(std::size_t line) const {
    return fail(ErrorCode::TooLarge, "a cell is longer than " + std::to_string(kMaxCellBytes) + " bytes",
                place(file_name_, line, row_.columns.back()));
  }

  void new_line() {
    ++line_;
    line_begin_ = at_;
  }

  std::string_view text_;
  char separator_;
  Quoting quoting_;
  const std::string& file_name_;
  std::vector<DelimitedRow> rows_;
  DelimitedRow row_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t line_begin_ = 0;
};

}  // namespace

Result<std::vector<DelimitedRow>> read_delimited(std::string_view text, char separator, Quoting quoting,
                                                 const std::string& file_name) {
  if (text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF") {
    return fail(ErrorCode::UnreadableText, "the file is UTF-16", place(file_name, 1), "save it as CSV UTF-8");
  }
  if (const auto at = base::invalid_utf8_at(text)) {
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(*at), '\n');
    return fail(ErrorCode::UnreadableText, "the text is not UTF-8", place(file_name, static_cast<std::size_t>(line)),
                "save it as CSV UTF-8");
  }
  auto rows = RowReader(without_mark(text), separator, quoting, file_name).read();
  if (!rows) return rows;
  if (rows->empty()) return fail(ErrorCode::TruncatedFile, "there is nothing in the file", place(file_name, 1));
  return rows;
}

char separator_of(std::string_view text) {
  text = without_mark(text);
  std::array<std::size_t, 3> counts{};
  static constexpr std::array<char, 3> kSeparators = {'\t', ';', ','};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (c == '\n' && !quoted) break;
    for (std::size_t i = 0; i < kSeparators.size(); ++i) counts[i] += !quoted && c == kSeparators[i] ? 1 : 0;
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  return kSeparators[static_cast<std::size_t>(most - counts.begin())];
}

}  // namespace treff::indexer
