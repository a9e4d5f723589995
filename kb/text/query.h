// What a person asked for, as a small tree, and the reader and printer of the query language.
//
// Grammar (whatever is not an operator in a well-formed place is a word; no word makes a query fail):
//   query   := either                       empty text = everything
//   either  := both { "OR" both }
//   both    := piece { ["AND"] piece }       words side by side: all of them, see WordsRule in index_reader.h
//   piece   := "NOT" piece | "(" either ")" | [ field ":" ] ( word | "\"" words "\"" )
// Operators in capitals only: "or", "Or" are words, and so is a query that is nothing but one operator. Field names
// come from search_fields(); a colon behind anything else is part of the word (NM_004333.6:c.1799T>A). No wildcards:
// one star costs more than a whole day of honest queries, and suggestions do the job; "R213*" is a word.
// Examples: `BRAF V600E melanom`, `"lung cancer" NOT kind:source`, `drug:olaparib (BRCA1 OR BRCA2)`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kb/base/result.h"
#include "kb/text/search_fields.h"

namespace treff::text {

inline constexpr std::size_t kMaxQueryBytes = 500;
inline constexpr std::size_t kMaxQueryTerms = 32;  // words; those of one hyphenated token count singly
inline constexpr std::size_t kMaxQueryDepth = 16;

enum class QueryKind : std::uint8_t {
  Term,    // `text`: one token as written, without outer punctuation
  Phrase,  // `text`: words in this order
  Field,   // `field` and one part, a Term or Phrase
  And,     // all parts; no part = everything
  Or,      // any part
  Not,     // one part
};

struct Query {
  QueryKind kind = QueryKind::And;
  std::string text;
  std::string field;
  std::vector<Query> parts;
  bool written = false;     // And: the operator was written out; words side by side are not
  std::size_t at_byte = 0;  // where it begins in the text that was read
  // Positions do not count.
  bool operator==(const Query& other) const;
};

// Malformed: UnreadableText (no word, dangling operator, open quote or bracket, wildcard), UnknownName (field, kind or
// status that is nearly one), TooLarge, TooDeep; always with `at_byte` and a hint. `fields` must outlive the call only.
Result<Query> parse_query(std::string_view text, const std::vector<SearchField>& fields = search_fields());

// Text that parse_query reads back as the same tree: the echo beside the results.
std::string print(const Query& query);

// Terms and phrases of the tree that are asked for, not those below Not, in order.
std::vector<const Query*> wanted_words(const Query& query);

}  // namespace treff::text
