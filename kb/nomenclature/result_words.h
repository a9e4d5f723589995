// "ALK-positive", "T790M negativ", "HER2+": the result of a test behind a name (rule N8).
//
// Behind a named change the word adds nothing but that it was found. Behind a gene alone it does not say what was found
// (a fusion, a mutation, an amplification, a staining), and what cannot be known is asked back, never guessed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kb/base/result.h"
#include "kb/nomenclature/gene_table.h"

namespace treff::nomenclature {

struct ResultWord {
  std::string_view named;  // what stands before it: "ALK", "BRAF V600E"
  bool positive = true;
  bool sign = false;        // written '+'
  std::string_view behind;  // what follows it: "NSCLC"
};

// The first such word of the text with something before it; nullopt if there is none. Views point into `text`. A '-' at
// the end is no result: it may be a piece of anything.
std::optional<ResultWord> result_word(std::string_view text);

// A word for a result or of running text ("positive", "naive", "inhibitor", "low"), which is no name of a gene. Case
// does not matter.
bool is_common_word(std::string_view word);

// True for names whose result always speaks of a staining: ER, PR, p16.
bool is_stained_only(std::string_view name);

// What a result behind the bare name of a gene, family or list may mean, each as a text that can be read: "ALK fusion",
// "ALK IHC positive". `name` as it was written; `symbols` its genes. `negation`: "not ALK fusion" may be among them.
std::vector<std::string> meanings_of_result(std::string_view name, const std::vector<std::string>& symbols,
                                            bool positive, bool negation, const GeneTable& genes);

// AmbiguousName with those meanings: hint "one of A; B".
Error unstated_kind(std::string_view text, const std::vector<std::string>& meanings);
// What to say where `named` cannot be read: that it is no gene, if it is one word; else `error`.
Error unread_name(const ResultWord& result, const Error& error, const GeneTable& genes);
// UnreadableText about what follows the result word.
Error text_behind_result(std::string_view behind);

}  // namespace treff::nomenclature
