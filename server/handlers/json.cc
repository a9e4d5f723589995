#include "server/handlers/json.h"

#include <nlohmann/json.hpp>

namespace treff::server {

using nlohmann::json;

std::string problem_json(const ProblemText& text, const std::vector<base::Error>& errors) {
  json list = json::array();
  for (const base::Error& error : errors) {
    json one = {{"code", std::string(base::to_string(error.code))}, {"detail", error.message}};
    if (!error.where.empty()) one["pointer"] = error.where;
    if (!error.piece.empty()) one["piece"] = error.piece;
    if (error.at_byte) one["at"] = *error.at_byte;
    if (!error.hint.empty()) one["hint"] = error.hint;
    list.push_back(std::move(one));
  }
  const json out = {
      {"type", std::string(text.type)},     {"title", std::string(text.title)},       {"status", text.status},
      {"detail", std::string(text.detail)}, {"instance", std::string(text.instance)}, {"errors", std::move(list)}};
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace treff::server
