// What must hold for any bytes handed to the query parser. Used by the fuzz target and by the replay of its corpus.
#pragma once

#include <string>
#include <string_view>

#include "kb/text/query.h"

namespace treff::text {

// nullptr, or the property that does not hold.
inline const char* query_problem(std::string_view text) {
  const Result<Query> query = parse_query(text);
  if (!query) {
    if (query.error().message.empty() || query.error().hint.empty()) return "an error without words";
    return query.error().at_byte && *query.error().at_byte <= text.size() ? nullptr : "an error behind the end";
  }
  const std::string printed = print(*query);
  if (printed.size() > kMaxQueryBytes) return nullptr;  // written brackets and operators may exceed the bound
  const Result<Query> again = parse_query(printed);
  if (!again) return "the printed query does not parse";
  return *again == *query ? nullptr : "the printed query reads back as another";
}

}  // namespace treff::text
