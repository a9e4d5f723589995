#include "kb/text/term_forms.h"

#include "kb/base/text.h"

namespace treff::text {
namespace {

// Enough for the vocabulary of 100,000 trials; beyond it is forgotten as a whole, which bounds memory.
constexpr std::size_t kMaxRememberedWords = 200000;

}  // namespace

Stemmer::Stemmer() : norwegian_("norwegian"), english_("english") {}

const std::pair<std::string, std::string>& Stemmer::stems(const std::string& folded_word) {
  const auto known = known_.find(folded_word);
  if (known != known_.end()) return known->second;
  if (known_.size() >= kMaxRememberedWords) known_.clear();
  return known_.emplace(folded_word, std::pair(norwegian_(folded_word), english_(folded_word))).first->second;
}

std::string field_family(std::string_view field) {
  return field.empty() ? std::string() : "X" + base::to_upper_ascii(field) + ":";
}

std::string stem_term(const std::string& stem) { return "Z" + stem; }

std::string facet_term(std::string_view facet, std::string_view value) {
  return "F" + std::string(facet) + ":" + base::fold_name(value);
}

std::string kind_term(model::RecordKind kind) { return "K" + std::string(model::to_string(kind)); }

std::string key_term(const model::RecordKey& key) {
  return "Q" + std::string(model::to_string(key.kind)) + "/" + key.id;
}

std::string suggest_family(model::RecordKind kind, bool later_word) {
  return {'S', static_cast<char>('a' + static_cast<int>(kind)), later_word ? '1' : '0'};
}

}  // namespace treff::text
