#include "kb/text/words.h"

#include <algorithm>
#include <utility>

#include "kb/base/text.h"

namespace treff::text {
namespace {

enum class Sort : std::uint8_t { Letter, Joiner, Break };

struct Sign {
  Sort sort = Sort::Break;
  std::size_t length = 1;
  char plain = ' ';  // what a joiner is written as once folded
};

constexpr std::size_t kMaxSymbolBytes = 7;  // capitals up to this length are read as a symbol, not as shouting

Sign ascii_sign(char c) {
  if (base::is_ascii_letter(c) || base::is_ascii_digit(c)) return {Sort::Letter, 1, c};
  constexpr std::string_view kJoiners = "-.>:_/*+=&'";
  return kJoiners.find(c) != std::string_view::npos ? Sign{Sort::Joiner, 1, c} : Sign{Sort::Break, 1, ' '};
}

// U+2000-U+206F: spaces, dashes, quotes, dots.
Sign general_punctuation(unsigned char second, unsigned char third) {
  if (second == 0x80 && third >= 0x90 && third <= 0x95) return {Sort::Joiner, 3, '-'};
  if (second == 0x80 && (third == 0x98 || third == 0x99)) return {Sort::Joiner, 3, '\''};
  return {Sort::Break, 3, ' '};
}

Sign sign_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const unsigned lead = byte(at);
  if (lead < 0x80) return ascii_sign(text[at]);
  // U+0080-U+00BF are signs, but for the micro sign and the two ordinals; U+00D7 and U+00F7 are arithmetic.
  if (lead == 0xC2 && byte(at + 1) != 0xB5 && byte(at + 1) != 0xAA && byte(at + 1) != 0xBA)
    return {Sort::Break, 2, ' '};
  if (lead == 0xC3 && (byte(at + 1) == 0x97 || byte(at + 1) == 0xB7)) return {Sort::Break, 2, ' '};
  if (lead == 0xE2 && (byte(at + 1) == 0x80 || byte(at + 1) == 0x81)) {
    return general_punctuation(static_cast<unsigned char>(byte(at + 1)), static_cast<unsigned char>(byte(at + 2)));
  }
  if (lead == 0xE2 && byte(at + 1) == 0x88 && byte(at + 2) == 0x92) return {Sort::Joiner, 3, '-'};  // minus
  if (lead == 0xE3 && byte(at + 1) == 0x80 && byte(at + 2) <= 0x82) return {Sort::Break, 3, ' '};
  return {Sort::Letter, 1, text[at]};
}

bool is_exact(std::string_view written) {
  const bool digit = std::any_of(written.begin(), written.end(), base::is_ascii_digit);
  const bool capitals = written.size() >= 2 && written.size() <= kMaxSymbolBytes &&
                        std::all_of(written.begin(), written.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return digit || capitals;
}

// Reads one token that starts at a letter or joiner; `at` is left behind it.
class TokenReader {
 public:
  TokenReader(std::string_view text, std::size_t& at, std::uint32_t& position)
      : text_(text), at_(at), position_(position) {}

  Token read() {
    while (at_ < text_.size()) {
      if (opens_prediction()) {
        close_word();
        ++at_;
        continue;
      }
      const Sign sign = sign_at(text_, at_);
      const bool decimal_comma = text_[at_] == ',' && at_ > 0 && base::is_ascii_digit(text_[at_ - 1]) &&
                                 at_ + 1 < text_.size() && base::is_ascii_digit(text_[at_ + 1]);
      if (sign.sort == Sort::Break && !decimal_comma) break;
      if (sign.sort == Sort::Letter) {
        take_letter();
      } else {
        close_word();
        if (!token_.words.empty()) pending_.emplace_back(decimal_comma ? '.' : sign.plain, at_ + sign.length);
        at_ += std::min(sign.length, text_.size() - at_);
      }
    }
    close_word();
    keep_closing_marks();
    return std::move(token_);
  }

 private:
  // The bracket in "p.(Val600Glu)", which says "predicted" and parts nothing.
  bool opens_prediction() const {
    return text_[at_] == '(' && at_ > 0 && text_[at_ - 1] == '.' && !token_.words.empty();
  }

  void take_letter() {
    if (!in_word_) {
      if (token_.words.empty()) token_.begin = at_;
      for (const auto& [plain, end] : pending_) add_joiner(plain);
      pending_.clear();
      word_begin_ = at_;
      in_word_ = true;
    }
    ++at_;
  }

  void close_word() {
    if (!in_word_) return;
    in_word_ = false;
    const std::string_view written = text_.substr(word_begin_, at_ - word_begin_);
    Word word{base::fold_name(written), word_begin_, at_, ++position_, is_exact(written)};
    token_.whole += word.text;
    token_.written += written;
    token_.end = at_;
    token_.words.push_back(std::move(word));
  }

  // "HER2+", "R213*", "p.V600=": these three change the meaning and stay; "-", "." and ":" at the end do not.
  void keep_closing_marks() {
    for (const auto& [plain, end] : pending_) {
      if (token_.words.empty() || (plain != '+' && plain != '*' && plain != '=')) return;
      add_joiner(plain);
      token_.end = end;
    }
  }

  void add_joiner(char plain) {
    token_.whole += plain;
    token_.written += plain;
  }

  std::string_view text_;
  std::size_t& at_;
  std::uint32_t& position_;
  Token token_;
  std::vector<std::pair<char, std::size_t>> pending_;  // joiners not yet followed by a word, with their end
  bool in_word_ = false;
  std::size_t word_begin_ = 0;
};

}  // namespace

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  std::size_t at = 0;
  std::uint32_t position = 0;
  while (at < text.size()) {
    const Sign sign = sign_at(text, at);
    if (sign.sort == Sort::Break) {
      at += sign.length;
      continue;
    }
    Token token = TokenReader(text, at, position).read();
    std::erase_if(token.words, [](const Word& word) { return word.text.size() > kMaxWordBytes; });
    if (!token.words.empty()) tokens.push_back(std::move(token));
  }
  return tokens;
}

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  for (Token& token : tokens_of(text)) {
    std::move(token.words.begin(), token.words.end(), std::back_inserter(words));
  }
  return words;
}

}  // namespace treff::text
