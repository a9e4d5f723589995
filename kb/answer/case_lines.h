// A stream of NDJSON cases: bytes to lines, one line to one line of answer or error. For `treff match` on a stream and
// for the batch endpoint, so that both give the same bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "kb/answer/answer.h"

namespace treff::answer {

// A case of 200,000 values fits; what is longer is an error line, whatever it holds.
inline constexpr std::size_t kMaxCaseLineBytes = std::size_t{4} << 20;

struct CaseLine {
  std::string text;
  std::size_t number = 0;  // 1-based, blank lines counted
  bool too_long = false;   // `text` is empty then
};

// Cuts a stream into its lines; lines of white space alone are left out. Holds no more than one line.
class LineSplitter {
 public:
  explicit LineSplitter(std::size_t max_line_bytes = kMaxCaseLineBytes) : max_line_bytes_(max_line_bytes) {}

  // To be called when next() has nothing more; the bytes are copied.
  void add(std::string_view bytes);
  // No more bytes will come: the last line needs no line end.
  void end() { ended_ = true; }
  std::optional<CaseLine> next();

 private:
  std::optional<CaseLine> line_of(std::string_view text);

  std::size_t max_line_bytes_;
  std::string pending_;
  std::size_t begin_ = 0;     // of what is not yet given out
  std::size_t searched_ = 0;  // no line end before this
  std::size_t number_ = 0;
  bool skipping_ = false;  // inside a line that is too long
  bool ended_ = false;
};

struct LineAnswer {
  std::optional<Answer> answer;  // empty if the case could not be answered
  std::string error;             // {"case_id","errors":[...],"line"} if it could not; no newline
};

LineAnswer answer_line(const view::View& view, const CaseLine& line, const AnswerRequest& request);

// The same as one line of JSON with its newline, appended. False if it is an error line.
bool append_answer_line(const view::View& view, const CaseLine& line, const AnswerRequest& request, std::string& out);

}  // namespace treff::answer
