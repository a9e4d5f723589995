// The piece of a record's text that shows why it was found.
//
// Plain text and byte ranges, no markup: whoever renders it escapes the text and sets the marks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace treff::text {

struct Query;
struct Topic;
class Synonyms;
class Stemmer;

struct TextMark {
  std::size_t begin = 0;  // byte range in Snippet::text
  std::size_t end = 0;
};

struct Snippet {
  std::string text;  // valid UTF-8 if the record is; line ends become spaces
  std::vector<TextMark> marks;
  bool cut_before = false;  // text was left out there
  bool cut_after = false;
};

// The words to mark for one query: as written, by stem, by normal form, by other name.
class Highlighter {
 public:
  Highlighter(const Query& query, const Synonyms& synonyms, Stemmer& stemmer);
  Highlighter(const Topic& topic, Stemmer& stemmer);
  // The window with the most different words of the query; the beginning if there is none.
  Snippet snippet(std::string_view text) const;

 private:
  void want(std::string_view text, bool exact);
  bool is_wanted(const struct Word& word) const;
  bool is_wanted(const struct Token& token) const;
  std::vector<TextMark> marks_in(std::string_view text) const;

  Stemmer& stemmer_;
  std::unordered_set<std::string> words_;  // folded words and whole tokens
  std::unordered_set<std::string> stems_;
  std::unordered_set<std::string> beginnings_;  // first bytes of words that may be found by stem
};

}  // namespace treff::text
