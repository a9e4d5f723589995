#include "kb/answer/case_lines.h"

#include <nlohmann/json.hpp>

#include "kb/answer/case_input.h"

namespace treff::answer {
namespace {

using nlohmann::json;

// The caller's own id, if the line holds one that can be read at all.
json id_of(std::string_view line) {
  const json value = json::parse(line, nullptr, false);
  return value.is_object() && value.contains("id") && value["id"].is_string() ? value["id"] : json();
}

std::string errors_line(std::string_view line, const std::vector<Error>& errors) {
  json list = json::array();
  for (const Error& error : errors) {
    list.push_back({{"code", std::string(base::to_string(error.code))},
                    {"message", error.message},
                    {"pointer", error.where},
                    {"hint", error.hint}});
  }
  return json({{"case_id", id_of(line)}, {"errors", std::move(list)}})
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

LineAnswer answer_line(const view::View& view, std::string_view line, const AnswerRequest& request) {
  const auto reading = case_from_json(line);
  if (!reading) return {std::nullopt, errors_line(line, reading.error())};
  auto answer = answer_case(view, *reading, request);
  if (!answer) return {std::nullopt, errors_line(line, answer.error())};
  LineAnswer out{std::move(*answer), {}};
  out.json = to_json(*out.answer);
  return out;
}

}  // namespace treff::answer
