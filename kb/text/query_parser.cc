#include <algorithm>
#include <optional>
#include <utility>

#include "kb/base/enum_names.h"
#include "kb/base/text.h"
#include "kb/model/kind.h"
#include "kb/text/query.h"
#include "kb/text/query_lexer.h"
#include "kb/text/status_history.h"

namespace treff::text {
namespace {

std::vector<std::string> kind_words() {
  std::vector<std::string> words;
  for (const auto& row : model::kRecordKinds) words.emplace_back(row.name);
  return words;
}

std::vector<std::string> status_words() {
  std::vector<std::string> words = {"unknown"};
  for (const auto& row : base::EnumNames<model::EntryState>::rows) words.emplace_back(row.name);
  return words;
}

// `kind` and `status` have a closed set of values, so that a slip would silently find nothing.
Status check_closed_value(std::string_view field, std::string_view value, std::size_t at_byte) {
  if (field != kKindField && field != kStatusField) return {};
  const std::vector<std::string> words = field == kKindField ? kind_words() : status_words();
  if (std::find(words.begin(), words.end(), value) != words.end()) return {};
  const auto near = base::nearest(value, words);
  return query_error(ErrorCode::UnknownName, "there is no " + std::string(field) + " '" + std::string(value) + "'",
                     value, at_byte, near ? "did you mean " + *near + "?" : "one of " + base::join(words, ", "));
}

class QueryParser {
 public:
  explicit QueryParser(std::vector<QuerySign> signs) : signs_(std::move(signs)) {}

  Result<Query> run() {
    if (now().kind == QuerySignKind::End) return Query{};
    Result<Query> query = either(0);
    if (!query) return query;
    if (now().kind == QuerySignKind::End) return query;
    return query_error(ErrorCode::UnreadableText, "a closing bracket has no opening one", now().text, now().at_byte,
                       "leave the bracket out, or put the words in quotation marks");
  }

 private:
  Result<Query> either(std::size_t depth) {
    return list(depth, QueryKind::Or, &QueryParser::both,
                [this](Query& /*made*/) { return now().kind == QuerySignKind::Or ? (++at_, true) : false; });
  }

  Result<Query> both(std::size_t depth) {
    return list(depth, QueryKind::And, &QueryParser::piece, [this](Query& made) {
      switch (now().kind) {
        case QuerySignKind::And: made.written = true; return ++at_, true;
        case QuerySignKind::Word:
        case QuerySignKind::Phrase:
        case QuerySignKind::FieldName:
        case QuerySignKind::Not:
        case QuerySignKind::Open: return true;
        case QuerySignKind::Or:
        case QuerySignKind::Close:
        case QuerySignKind::End: return false;
      }
      return false;
    });
  }

  // part { joined part }; a list of one is its part.
  template <class Joined>
  Result<Query> list(std::size_t depth, QueryKind kind, Result<Query> (QueryParser::*part)(std::size_t),
                     Joined joined) {
    Query made;
    made.kind = kind;
    made.at_byte = now().at_byte;
    do {
      Result<Query> one = (this->*part)(depth);
      if (!one) return one;
      made.parts.push_back(std::move(*one));
    } while (joined(made));
    if (made.parts.size() > 1) return made;
    Query only = std::move(made.parts.front());
    return only;
  }

  Result<Query> piece(std::size_t depth) {
    const QuerySign sign = now();
    if (depth >= kMaxQueryDepth) {
      return query_error(ErrorCode::TooDeep, "the query is nested too deeply", sign.text, sign.at_byte,
                         "use fewer brackets");
    }
    switch (sign.kind) {
      case QuerySignKind::Word:
      case QuerySignKind::Phrase: ++at_; return words(sign);
      case QuerySignKind::FieldName: ++at_; return field(sign);
      case QuerySignKind::Not: ++at_; return negated(sign, depth + 1);
      case QuerySignKind::Open: ++at_; return bracket(sign, depth + 1);
      case QuerySignKind::And:
      case QuerySignKind::Or:
      case QuerySignKind::Close:
      case QuerySignKind::End: return nothing_to_find();
    }
    return nothing_to_find();
  }

  static Query words(const QuerySign& sign) {
    Query made;
    made.kind = sign.kind == QuerySignKind::Word ? QueryKind::Term : QueryKind::Phrase;
    made.text = sign.text;
    made.at_byte = sign.at_byte;
    return made;
  }

  Result<Query> field(const QuerySign& name) {
    Query value = words(now());  // the reader of signs puts a word or a phrase behind every field name
    ++at_;
    if (Status ok = check_closed_value(name.text, value.text, value.at_byte); !ok) return fail(ok.error());
    Query made;
    made.kind = QueryKind::Field;
    made.field = name.text;
    made.at_byte = name.at_byte;
    made.parts.push_back(std::move(value));
    return made;
  }

  Result<Query> negated(const QuerySign& sign, std::size_t depth) {
    Result<Query> part = piece(depth);
    if (!part) return part;
    Query made;
    made.kind = QueryKind::Not;
    made.at_byte = sign.at_byte;
    made.parts.push_back(std::move(*part));
    return made;
  }

  Result<Query> bracket(const QuerySign& open, std::size_t depth) {
    Result<Query> inside = either(depth);
    if (!inside) return inside;
    if (now().kind != QuerySignKind::Close) {
      return query_error(ErrorCode::UnreadableText, "the bracket is not closed", open.text, open.at_byte,
                         "close the bracket or leave it out");
    }
    ++at_;
    return inside;
  }

  tl::unexpected<Error> nothing_to_find() const {
    const QuerySign& here = now();
    const QuerySign& blamed = here.kind == QuerySignKind::End && at_ > 0 ? signs_[at_ - 1] : here;
    const bool bracket = blamed.kind == QuerySignKind::Open || blamed.kind == QuerySignKind::Close;
    return query_error(
        ErrorCode::UnreadableText,
        bracket ? "there is no word in the bracket" : "'" + blamed.text + "' stands without a word to join",
        blamed.text, blamed.at_byte,
        bracket ? "write a word in the bracket or leave it out"
                : "write a word on each side, or \"" + base::to_lower_ascii(blamed.text) +
                      "\" in small letters to search for the word itself");
  }

  const QuerySign& now() const { return signs_[at_]; }

  std::vector<QuerySign> signs_;
  std::size_t at_ = 0;
};

void collect_wanted(const Query& query, std::vector<const Query*>& found) {
  if (query.kind == QueryKind::Not) return;
  if (query.kind == QueryKind::Term || query.kind == QueryKind::Phrase) found.push_back(&query);
  for (const Query& part : query.parts) collect_wanted(part, found);
}

}  // namespace

Result<Query> parse_query(std::string_view text, const std::vector<SearchField>& fields) {
  Result<std::vector<QuerySign>> signs = lex_query(text, fields);
  if (!signs) return fail(signs.error());
  if (signs->size() == 1 && !base::trim(text).empty()) {
    return query_error(ErrorCode::UnreadableText, "there is no word to search for", base::trim(text), 0,
                       "write a word with letters or digits");
  }
  return QueryParser(std::move(*signs)).run();
}

bool Query::operator==(const Query& other) const {
  return kind == other.kind && text == other.text && field == other.field && written == other.written &&
         parts == other.parts;
}

std::vector<const Query*> wanted_words(const Query& query) {
  std::vector<const Query*> found;
  collect_wanted(query, found);
  return found;
}

}  // namespace treff::text
