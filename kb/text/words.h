// Text to words: the one tokenizer that indexing, queries and snippets share, so that they can never disagree.
//
// A token is what stands between white space, brackets, quotes, commas and semicolons: "c.1799T>A", "EML4-ALK",
// "non-small-cell". Its words are its runs of letters and digits. Both are kept: the words for language, the whole
// token because a variant, a fusion or "PD-L1" means nothing in pieces.
// Folded means lower case in ASCII and Latin-1 letters; everything else stays byte for byte. Typographic dashes count
// as '-', typographic quotes and no-break spaces as their plain kin. Any bytes are accepted, invalid UTF-8 included.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace treff::text {

// Longer words and tokens are left out: the index cannot hold them (a term has at most 245 bytes, prefix included).
inline constexpr std::size_t kMaxWordBytes = 180;

struct Word {
  std::string text;       // folded
  std::size_t begin = 0;  // byte range in the input
  std::size_t end = 0;
  std::uint32_t position = 0;  // counted from 1 over the whole input, for phrases
  bool exact = false;          // holds a digit, or is written in capitals like a symbol ("MET"): never stemmed
};

struct Token {
  std::string whole;      // folded, without outer punctuation; equal to the word if there is but one
  std::string written;    // the same in the case it was written in
  std::size_t begin = 0;  // byte range in the input of `whole`
  std::size_t end = 0;
  std::vector<Word> words;  // one or more, in order
};

// Tokens in order; a token without any letter or digit is left out.
std::vector<Token> tokens_of(std::string_view text);

// The words of all tokens.
std::vector<Word> words_of(std::string_view text);

// Further exact terms for a folded token or word, so that spellings of one thing meet; never the token itself:
// "p.val600glu" and "val600glu" -> "v600e"; "nm_004333.6:c.1799t>a" -> "c.1799t>a"; "eml4::alk" -> "eml4-alk";
// "pd-l1" -> "pdl1". Shape only, no nomenclature: what a name means is decided by the matcher, not by search.
std::vector<std::string> normal_forms(std::string_view token);

// True for tokens that name one variant ("v600e", "c.1799t>a", "r213*"): no part of them may stand for the whole.
bool is_variant_like(std::string_view folded_token);

}  // namespace treff::text
