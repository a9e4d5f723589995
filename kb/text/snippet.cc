#include "kb/text/snippet.h"

#include <algorithm>
#include <set>

#include "kb/base/text.h"
#include "kb/text/query.h"
#include "kb/text/synonyms.h"
#include "kb/text/term_forms.h"
#include "kb/text/topic.h"
#include "kb/text/words.h"

namespace treff::text {
namespace {

constexpr std::size_t kWindowBytes = 220;
constexpr std::size_t kLeadBytes = 40;        // shown before the first mark
constexpr std::size_t kMinNameWordBytes = 4;  // "of", "the" within the name of a tumour are not marked
constexpr std::size_t kBeginningBytes = 3;    // a word and its stem agree in these; saves stemming every word of a text

std::string beginning(std::string_view word) { return std::string(word.substr(0, kBeginningBytes)); }

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Start of the first mark of the window with the most different marked words; the earliest of equals.
std::size_t best_start(std::string_view text, const std::vector<TextMark>& marks) {
  std::size_t best = 0;
  std::size_t most = 0;
  for (std::size_t first = 0; first < marks.size(); ++first) {
    std::set<std::string> different;
    for (std::size_t i = first; i < marks.size() && marks[i].end <= marks[first].begin + kWindowBytes - kLeadBytes;
         ++i) {
      different.insert(base::fold_name(text.substr(marks[i].begin, marks[i].end - marks[i].begin)));
    }
    if (different.size() > most) {
      most = different.size();
      best = marks[first].begin;
    }
  }
  return best;
}

// Moves back to the start of a word, at most `kLeadBytes` before `at`.
std::size_t window_begin(std::string_view text, std::size_t at) {
  if (at <= kLeadBytes) return 0;
  std::size_t begin = at - kLeadBytes;
  while (begin < at && !is_space(text[begin])) ++begin;
  while (begin < at && is_space(text[begin])) ++begin;
  return begin;
}

std::size_t window_end(std::string_view text, std::size_t begin) {
  if (text.size() - begin <= kWindowBytes) return text.size();
  std::size_t end = begin + kWindowBytes;
  while (end > begin && !is_space(text[end])) --end;
  if (end > begin) return end;
  end = begin + kWindowBytes;
  while (end > begin && is_continuation(text[end])) --end;
  return end;
}

}  // namespace

Highlighter::Highlighter(const Query& query, const Synonyms& synonyms, Stemmer& stemmer) : stemmer_(stemmer) {
  const std::vector<const Query*> wanted = wanted_words(query);
  for (const Query* part : wanted) {
    want(part->text, part->kind == QueryKind::Phrase || synonyms.is_gene(part->text));
    for (const OtherName& other : synonyms.find(part->text)) {
      if (other.weight >= 1.0 && tokens_of(other.text).size() == 1) want(other.text, other.exact);
    }
  }
}

Highlighter::Highlighter(const Topic& topic, Stemmer& stemmer) : stemmer_(stemmer) {
  for (const TopicGroup& group : topic.groups) {
    if (group.role == TopicRole::AnyCancer || group.role == TopicRole::Person) continue;
    for (const TopicName& name : group.names) {
      if (name.form == NameForm::Exact) {
        want(name.text, true);
        continue;
      }
      for (const Word& word : words_of(name.text)) {
        if (word.text.size() >= kMinNameWordBytes) want(word.text, false);
      }
    }
  }
}

void Highlighter::want(std::string_view text, bool exact) {
  for (const Token& token : tokens_of(text)) {
    words_.insert(token.whole);
    for (std::string& form : normal_forms(token.whole)) words_.insert(std::move(form));
    if (is_variant_like(token.whole)) continue;
    for (const Word& word : token.words) {
      words_.insert(word.text);
      if (exact || word.exact) continue;
      const auto& [norwegian, english] = stemmer_.stems(word.text);
      for (const std::string& stem : {norwegian, english}) {
        stems_.insert(stem);
        beginnings_.insert(beginning(stem));
      }
    }
  }
}

bool Highlighter::is_wanted(const Word& word) const {
  if (words_.contains(word.text)) return true;
  if (word.exact || !beginnings_.contains(beginning(word.text))) return false;
  const auto& [norwegian, english] = stemmer_.stems(word.text);
  return stems_.contains(norwegian) || stems_.contains(english);
}

bool Highlighter::is_wanted(const Token& token) const {
  if (words_.contains(token.whole)) return true;
  const std::vector<std::string> forms = normal_forms(token.whole);
  return std::any_of(forms.begin(), forms.end(), [this](const std::string& form) { return words_.contains(form); });
}

std::vector<TextMark> Highlighter::marks_in(std::string_view text) const {
  std::vector<TextMark> marks;
  for (const Token& token : tokens_of(text)) {
    if (is_wanted(token)) {
      marks.push_back({token.begin, token.end});
      continue;
    }
    for (const Word& word : token.words) {
      if (is_wanted(word)) marks.push_back({word.begin, word.end});
    }
  }
  return marks;
}

Snippet Highlighter::snippet(std::string_view text) const {
  const std::vector<TextMark> marks = marks_in(text);
  Snippet made;
  const std::size_t begin = window_begin(text, best_start(text, marks));
  const std::size_t end = window_end(text, begin);
  made.text = std::string(text.substr(begin, end - begin));
  std::replace(made.text.begin(), made.text.end(), '\n', ' ');
  made.cut_before = begin > 0;
  made.cut_after = end < text.size();
  for (const TextMark& mark : marks) {
    if (mark.begin >= begin && mark.end <= end) made.marks.push_back({mark.begin - begin, mark.end - begin});
  }
  return made;
}

}  // namespace treff::text
