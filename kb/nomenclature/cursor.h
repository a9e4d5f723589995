// A reading position in one short text, for the recursive-descent parsers of this folder.
//
// Holds a view: the text must outlive it. `origin` is the byte offset of the text in what was handed in, so that
// errors name the place in the whole input. Never throws; reading past the end gives '\0'.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "kb/base/result.h"
#include "kb/base/text.h"

namespace treff::nomenclature {

class Cursor {
 public:
  explicit Cursor(std::string_view text, std::size_t origin = 0) : text_(text), origin_(origin) {}

  bool done() const { return at_ >= text_.size(); }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  std::size_t at() const { return at_; }
  void back_to(std::size_t at) { at_ = at; }
  void skip(std::size_t n) { at_ += n; }
  std::string_view rest() const { return at_ < text_.size() ? text_.substr(at_) : std::string_view(); }

  bool starts(std::string_view word) const { return rest().substr(0, word.size()) == word; }
  bool take(char c) {
    if (peek() != c || done()) return false;
    ++at_;
    return true;
  }
  bool take(std::string_view word) {
    if (!starts(word)) return false;
    at_ += word.size();
    return true;
  }

  // Digits as a number; nullopt (and nothing read) if there is none or it has more than `max_digits` digits.
  std::optional<int> take_number(std::size_t max_digits = 7) {
    std::size_t length = 0;
    while (base::is_ascii_digit(peek(length))) ++length;
    if (length == 0 || length > max_digits) return std::nullopt;
    const auto number = base::parse_int(text_.substr(at_, length));
    if (number) at_ += length;
    return number;
  }

  // An UnreadableText error about the unread rest.
  Error error(std::string message, std::string hint = {}) const {
    Error out{ErrorCode::UnreadableText, std::move(message), {}, std::string(rest()), origin_ + at_, std::move(hint)};
    return out;
  }

 private:
  std::string_view text_;
  std::size_t origin_ = 0;
  std::size_t at_ = 0;
};

}  // namespace treff::nomenclature
