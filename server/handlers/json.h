// Small JSON texts that handlers build; keeps the JSON library inside server/handlers.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "kb/base/error.h"

namespace treff::server {

struct ProblemText {
  int status = 500;
  std::string_view type;  // "/problems/<code>"
  std::string_view title;
  std::string_view detail;
  std::string_view instance;
};
std::string problem_json(const ProblemText& text, const std::vector<base::Error>& errors);

}  // namespace treff::server
