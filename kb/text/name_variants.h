// Spellings of one tumour or drug name that running text uses: plural, British and American, and the general nouns for
// a tumour that stand for one another behind an organ ("lung cancer", "lung carcinoma", "neoplasms of the lung").
// Internal to kb/text. English rules only: the texts of trial registries are English.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "kb/text/topic.h"

namespace treff::text {

inline constexpr std::size_t kMaxVariants = 16;

// Folded variants, the name itself first, each once. A name of one word gets its plural and spelling only.
std::vector<std::string> name_variants(std::string_view name, NameForm form);

// "AMG 510", "AMG-510" and "AMG510" for any of them: letters, then digits. Folded, without `code` itself; empty for
// what is no such code. A hyphen reads as a space wherever words are looked for, so two spellings do.
std::vector<std::string> code_spellings(std::string_view code);

// The nouns that say "tumour" and nothing of where: "cancer", "carcinoma", "neoplasm" ... in the singular.
bool is_tumour_noun(std::string_view folded_word);

}  // namespace treff::text
