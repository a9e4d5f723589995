#include "kb/answer/case_lines.h"

#include <nlohmann/json.hpp>

#include "kb/answer/case_input.h"
#include "kb/base/text.h"

namespace treff::answer {
namespace {

using nlohmann::json;

constexpr int kMaxDepth = 64;  // deeper than any case

// The caller's own id, if the line holds one that can be read at all.
json id_of(std::string_view line) {
  bool too_deep = false;
  const json value = json::parse(
      line,
      [&too_deep](int depth, json::parse_event_t, json&) {
        too_deep = too_deep || depth > kMaxDepth;
        return !too_deep;
      },
      false);
  return !too_deep && value.is_object() && value.contains("id") && value["id"].is_string() ? value["id"] : json();
}

std::string errors_line(const CaseLine& line, const std::vector<Error>& errors) {
  json list = json::array();
  for (const Error& error : errors) {
    list.push_back({{"code", std::string(base::to_string(error.code))},
                    {"message", error.message},
                    {"pointer", error.where},
                    {"hint", error.hint}});
  }
  return json({{"case_id", id_of(line.text)}, {"errors", std::move(list)}, {"line", line.number}})
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

void LineSplitter::add(std::string_view bytes) {
  pending_.erase(0, begin_);
  searched_ -= begin_;
  begin_ = 0;
  pending_ += bytes;
}

std::optional<CaseLine> LineSplitter::line_of(std::string_view text) {
  ++number_;
  if (skipping_ || text.size() > max_line_bytes_) {
    skipping_ = false;
    return CaseLine{{}, number_, true};
  }
  const std::string_view trimmed = base::trim(text);
  if (trimmed.empty()) return std::nullopt;
  return CaseLine{std::string(trimmed), number_, false};
}

std::optional<CaseLine> LineSplitter::next() {
  while (begin_ < pending_.size()) {
    const std::size_t end = pending_.find('\n', searched_);
    if (end == std::string::npos && !ended_) {
      searched_ = pending_.size();
      if (searched_ - begin_ > max_line_bytes_) {
        skipping_ = true;
        begin_ = searched_;
      }
      return std::nullopt;
    }
    const std::size_t stop = end == std::string::npos ? pending_.size() : end;
    const std::string_view text = std::string_view(pending_).substr(begin_, stop - begin_);
    auto line = line_of(text);
    begin_ = searched_ = std::min(stop + 1, pending_.size());
    if (line) return line;
  }
  if (ended_ && skipping_) return line_of({});
  return std::nullopt;
}

LineAnswer answer_line(const view::View& view, const CaseLine& line, const AnswerRequest& request) {
  if (line.too_long) {
    const Error error{ErrorCode::TooLarge,
                      "the line is longer than a case can be",
                      {},
                      {},
                      std::nullopt,
                      "at most " + std::to_string(kMaxCaseLineBytes) + " bytes"};
    return {std::nullopt, errors_line(line, {error})};
  }
  const auto reading = case_from_json(line.text);
  if (!reading) return {std::nullopt, errors_line(line, reading.error())};
  auto answer = answer_case(view, *reading, request);
  if (!answer) return {std::nullopt, errors_line(line, answer.error())};
  return {std::move(*answer), {}};
}

bool append_answer_line(const view::View& view, const CaseLine& line, const AnswerRequest& request, std::string& out) {
  const LineAnswer one = answer_line(view, line, request);
  if (one.answer) {
    append_json(*one.answer, out);
  } else {
    out += one.error;
  }
  out += '\n';
  return one.answer.has_value();
}

}  // namespace treff::answer
