#include "kb/text/name_variants.h"

#include <algorithm>
#include <array>

#include "kb/base/text.h"
#include "kb/text/words.h"

namespace treff::text {
namespace {

// What stands for "tumour" behind an organ. Cancer and carcinoma first: the commonest come before the bound is reached.
constexpr std::array<std::string_view, 5> kTumourNouns = {"cancer", "carcinoma", "neoplasm", "tumor", "malignancy"};

std::string singular(std::string_view word) {
  if (word.size() > 4 && word.substr(word.size() - 3) == "ies")
    return std::string(word.substr(0, word.size() - 3)) + "y";
  const bool plural = word.size() > 4 && word.back() == 's' && word[word.size() - 2] != 's' &&
                      word.substr(word.size() - 2) != "us" && word.substr(word.size() - 2) != "is";
  return std::string(plural ? word.substr(0, word.size() - 1) : word);
}

std::string plural(const std::string& word) {
  if (word.empty() || word.back() == 's' || base::is_ascii_digit(word.back())) return word;
  if (word.back() == 'y' && word.size() > 2) return word.substr(0, word.size() - 1) + "ies";
  return word + "s";
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

// The same word as written on the other side of the ocean, or the word itself.
std::string other_spelling(const std::string& word) {
  struct Pair {
    std::string_view british, american;
  };
  constexpr std::array<Pair, 5> kPairs = {Pair{"tumour", "tumor"}, Pair{"leukaemi", "leukemi"}, Pair{"haem", "hem"},
                                          Pair{"oesoph", "esoph"}, Pair{"paed", "ped"}};
  for (const Pair& pair : kPairs) {
    if (word.find(pair.british) != std::string::npos) return replaced(word, pair.british, pair.american);
  }
  for (const Pair& pair : kPairs) {
    if (pair.american == "hem" || pair.american == "ped") continue;  // too common within other words
    if (word.find(pair.american) != std::string::npos) return replaced(word, pair.american, pair.british);
  }
  return word;
}

class Variants {
 public:
  explicit Variants(NameForm form) : form_(form) {}

  std::vector<std::string> of(std::string_view name) {
    std::vector<std::string> words;
    for (const Word& word : words_of(name)) words.push_back(word.text);
    if (words.empty()) return {};
    add(words);
    if (form_ == NameForm::Exact) return std::move(found_);
    words.back() = singular(words.back());
    with_last(words);
    if (form_ == NameForm::Free && words.size() > 1 && is_tumour_noun(words.back())) {
      std::vector<std::string> swapped = words;
      for (const std::string_view noun : kTumourNouns) {
        swapped.back() = noun;
        with_last(swapped);
      }
      if (words.size() == 2) of_the(words.front());
    }
    return std::move(found_);
  }

 private:
  // Singular and plural, in both spellings.
  void with_last(std::vector<std::string> words) {
    const std::string last = words.back();
    for (const std::string& form : {last, plural(last)}) {
      words.back() = form;
      add(words);
      if (form_ != NameForm::Free) continue;
      words.back() = other_spelling(form);
      add(words);
    }
  }

  void of_the(const std::string& organ) {
    for (const std::string_view noun : {"cancer", "carcinoma"}) {
      add({std::string(noun), "of", "the", organ});
    }
  }

  void add(const std::vector<std::string>& words) {
    std::string text = base::join(words, " ");
    if (found_.size() < kMaxVariants && std::find(found_.begin(), found_.end(), text) == found_.end()) {
      found_.push_back(std::move(text));
    }
  }

  NameForm form_;
  std::vector<std::string> found_;
};

}  // namespace

bool is_tumour_noun(std::string_view word) {
  return word == "cancer" || word == "carcinoma" || word == "neoplasm" || word == "tumor" || word == "tumour" ||
         word == "malignancy";
}

std::vector<std::string> code_spellings(std::string_view code) {
  constexpr std::size_t kMaxBytes = 20;
  const std::string folded = base::fold_name(code);
  std::string joined;
  for (const char c : folded) {
    if (base::is_ascii_letter(c) || base::is_ascii_digit(c)) {
      joined += c;
    } else if (c != ' ' && c != '-') {
      return {};
    }
  }
  const auto digit = std::find_if(joined.begin(), joined.end(), base::is_ascii_digit);
  const auto letters = static_cast<std::size_t>(digit - joined.begin());
  const bool is_code = joined.size() <= kMaxBytes && letters >= 2 && joined.size() - letters >= 3 &&
                       std::all_of(digit, joined.end(), base::is_ascii_digit);
  if (!is_code) return {};
  std::vector<std::string> spellings = {joined, joined.substr(0, letters) + " " + joined.substr(letters)};
  std::erase(spellings, folded);
  return spellings;
}

std::vector<std::string> name_variants(std::string_view name, NameForm form) { return Variants(form).of(name); }

}  // namespace treff::text
