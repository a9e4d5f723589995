#include "kb/text/query.h"

namespace treff::text {
namespace {

std::string print_part(const Query& part) {
  const bool list = part.kind == QueryKind::And || part.kind == QueryKind::Or;
  return list ? "(" + print(part) + ")" : print(part);
}

std::string print_list(const Query& query, std::string_view between) {
  std::string out;
  for (const Query& part : query.parts) {
    if (!out.empty()) out += between;
    out += print_part(part);
  }
  return out;
}

}  // namespace

std::string print(const Query& query) {
  switch (query.kind) {
    case QueryKind::Term: return query.text;
    case QueryKind::Phrase: return "\"" + query.text + "\"";
    case QueryKind::Field: return query.field + ":" + print(query.parts.front());
    case QueryKind::And: return print_list(query, query.written ? " AND " : " ");
    case QueryKind::Or: return print_list(query, " OR ");
    case QueryKind::Not: return "NOT " + print_part(query.parts.front());
  }
  return {};
}

}  // namespace treff::text
