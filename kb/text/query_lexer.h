// Query text to a flat list of signs, each with its place: the first of three small steps (signs, tree, Xapian query).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kb/base/result.h"
#include "kb/text/search_fields.h"

namespace treff::text {

enum class QuerySignKind : std::uint8_t { Word, Phrase, FieldName, And, Or, Not, Open, Close, End };

struct QuerySign {
  QuerySignKind kind = QuerySignKind::End;
  std::string text;         // Word, Phrase: words as written; FieldName: the name; operators: as written
  std::size_t at_byte = 0;  // 0-based, in the query text
};

// Always ends with End. Errors as parse_query gives them, for everything that can be seen without the tree: length,
// number of words, invalid UTF-8, open quote, wildcard, mistyped field name.
Result<std::vector<QuerySign>> lex_query(std::string_view text, const std::vector<SearchField>& fields);

// A failure at a place in the query text.
tl::unexpected<Error> query_error(ErrorCode code, std::string message, std::string_view piece, std::size_t at_byte,
                                  std::string hint);

}  // namespace treff::text
