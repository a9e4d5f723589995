#include "kb/text/query_lexer.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "kb/base/text.h"
#include "kb/text/query.h"
#include "kb/text/words.h"

namespace treff::text {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::optional<QuerySignKind> operator_of(std::string_view chunk) {
  if (chunk == "AND") return QuerySignKind::And;
  if (chunk == "OR") return QuerySignKind::Or;
  if (chunk == "NOT") return QuerySignKind::Not;
  return std::nullopt;
}

const SearchField* known_field(const std::vector<SearchField>& fields, std::string_view name) {
  const std::string folded = base::to_lower_ascii(name);
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const SearchField& f) { return f.name == folded; });
  return found == fields.end() ? nullptr : &*found;
}

// One edit for short names, two for long ones: "gen" means gene, "kit" does not mean kind.
std::optional<std::string> mistyped_field(const std::vector<SearchField>& fields, std::string_view name) {
  constexpr std::size_t kShortBytes = 5;
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (!plain || name.size() < 3) return std::nullopt;
  const std::size_t limit = name.size() <= kShortBytes ? 1 : 2;
  for (const SearchField& field : fields) {
    if (base::edit_distance(name, field.name, limit) <= limit) return std::string(field.name);
  }
  return std::nullopt;
}

// "R213*" and "DPYD*2A" are names, "mel*" asks for any ending.
bool is_wildcard(std::string_view written) {
  return written.find('*') != std::string_view::npos &&
         std::none_of(written.begin(), written.end(), base::is_ascii_digit);
}

Status wildcard_error(std::string_view written, std::size_t at_byte) {
  return query_error(ErrorCode::UnreadableText, "a star for \"any ending\" is not supported", written, at_byte,
                     "write the whole word; suggestions appear while typing");
}

class QueryLexer {
 public:
  QueryLexer(std::string_view text, const std::vector<SearchField>& fields) : text_(text), fields_(fields) {}

  Result<std::vector<QuerySign>> run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (is_space(c)) {
        ++at_;
      } else if (c == '(' || c == ')') {
        signs_.push_back({c == '(' ? QuerySignKind::Open : QuerySignKind::Close, std::string(1, c), at_});
        ++at_;
      } else if (Status done = c == '"' ? phrase() : chunk(); !done) {
        return fail(done.error());
      }
    }
    lone_operator_is_word();
    signs_.push_back({QuerySignKind::End, {}, text_.size()});
    return std::move(signs_);
  }

 private:
  Status phrase() {
    const std::size_t open = at_;
    const std::size_t close = text_.find('"', open + 1);
    if (close == std::string_view::npos) {
      return query_error(ErrorCode::UnreadableText, "the quotation mark is not closed", text_.substr(open), open,
                         "close the quotation mark or leave it out");
    }
    const std::string_view inside = text_.substr(open + 1, close - open - 1);
    std::vector<std::string> written;
    for (const Token& token : tokens_of(inside)) {
      if (Status counted = count(token, open + 1); !counted) return counted;
      written.push_back(token.written);
    }
    at_ = close + 1;
    if (written.empty()) {
      return query_error(ErrorCode::UnreadableText, "there is no word between the quotation marks",
                         text_.substr(open, at_ - open), open, "write the words to find, or leave the marks out");
    }
    signs_.push_back({QuerySignKind::Phrase, base::join(written, " "), open});
    return {};
  }

  // What stands up to the next space, quotation mark or bracket. A bracket that closes within it belongs to it.
  std::size_t chunk_end() const {
    std::size_t end = at_;
    while (end < text_.size() && !is_space(text_[end]) && text_[end] != '"' && text_[end] != ')') {
      if (text_[end] == '(') {
        const std::size_t close = text_.find_first_of(") \t\r\n\"", end);
        if (close == std::string_view::npos || text_[close] != ')') break;
        end = close;
      }
      ++end;
    }
    return end;
  }

  Status chunk() {
    const std::size_t begin = at_;
    at_ = chunk_end();
    const std::string_view written = text_.substr(begin, at_ - begin);
    if (const auto kind = operator_of(written)) {
      signs_.push_back({*kind, std::string(written), begin});
      return {};
    }
    if (is_wildcard(written)) return wildcard_error(written, begin);
    const bool quote_follows = at_ < text_.size() && text_[at_] == '"' && !written.empty() && written.back() == ':';
    std::vector<Token> tokens = tokens_of(written);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const bool names_field = quote_follows && i + 1 == tokens.size();
      if (Status taken = take(tokens[i], begin, names_field); !taken) return taken;
    }
    return {};
  }

  Status take(const Token& token, std::size_t offset, bool before_quote) {
    if (is_wildcard(token.written)) return wildcard_error(token.written, offset + token.begin);
    if (before_quote && known_field(fields_, token.written) != nullptr) {
      signs_.push_back({QuerySignKind::FieldName, base::to_lower_ascii(token.written), offset + token.begin});
      return {};
    }
    const std::size_t colon = token.written.find(':');
    if (colon == std::string::npos) return word(token, token.written, offset);
    const std::string head = token.written.substr(0, colon);
    if (known_field(fields_, head) != nullptr) {
      signs_.push_back({QuerySignKind::FieldName, base::to_lower_ascii(head), offset + token.begin});
      std::string tail = token.written.substr(colon + 1);
      tail.erase(0, std::min(tail.find_first_not_of(":-.>/=&'_+*"), tail.size()));
      return word(token, std::move(tail), offset, colon);
    }
    const auto meant = is_variant_like(token.whole) ? std::nullopt : mistyped_field(fields_, head);
    if (!meant) return word(token, token.written, offset);
    return query_error(
        ErrorCode::UnknownName, "there is no search field '" + head + "'", head, offset + token.begin,
        "did you mean " + *meant + ": ? Put the words in quotation marks to search for them as they are");
  }

  // `behind`: a field name of that many bytes stands in front of the word, within the token.
  Status word(const Token& token, std::string written, std::size_t offset, std::size_t behind = 0) {
    if (Status counted = count(token, offset); !counted) return counted;
    // Kept in small letters so that the printed query reads back as the word, not as the operator.
    if (operator_of(written)) written = base::to_lower_ascii(written);
    const auto first = std::find_if(token.words.begin(), token.words.end(),
                                    [&](const Word& one) { return one.begin >= token.begin + behind; });
    const std::size_t begin = first == token.words.end() ? token.begin : first->begin;
    signs_.push_back({QuerySignKind::Word, std::move(written), offset + begin});
    return {};
  }

  Status count(const Token& token, std::size_t offset) {
    words_ += token.words.size();
    if (words_ <= kMaxQueryTerms) return {};
    return query_error(ErrorCode::TooLarge, "the query has more than " + std::to_string(kMaxQueryTerms) + " words",
                       token.written, offset + token.begin, "leave out what matters least");
  }

  void lone_operator_is_word() {
    if (signs_.size() != 1 || !operator_of(signs_.front().text)) return;
    signs_.front().kind = QuerySignKind::Word;
    signs_.front().text = base::to_lower_ascii(signs_.front().text);
  }

  std::string_view text_;
  const std::vector<SearchField>& fields_;
  std::size_t at_ = 0;
  std::size_t words_ = 0;
  std::vector<QuerySign> signs_;
};

}  // namespace

tl::unexpected<Error> query_error(ErrorCode code, std::string message, std::string_view piece, std::size_t at_byte,
                                  std::string hint) {
  constexpr std::size_t kMaxPieceBytes = 60;
  return fail(
      Error{code, std::move(message), "q", std::string(piece.substr(0, kMaxPieceBytes)), at_byte, std::move(hint)});
}

Result<std::vector<QuerySign>> lex_query(std::string_view text, const std::vector<SearchField>& fields) {
  if (text.size() > kMaxQueryBytes) {
    return query_error(ErrorCode::TooLarge, "the query is longer than " + std::to_string(kMaxQueryBytes) + " bytes", {},
                       kMaxQueryBytes, "search for the words that matter most");
  }
  if (const auto bad = base::invalid_utf8_at(text)) {
    return query_error(ErrorCode::UnreadableText, "the query is not valid UTF-8 text", {}, *bad, "send UTF-8");
  }
  return QueryLexer(text, fields).run();
}

}  // namespace treff::text
