#include "kb/text/speller.h"

#include <algorithm>

#include "kb/base/text.h"
#include "kb/text/document.h"
#include "kb/text/words.h"

namespace treff::text {
namespace {

constexpr std::size_t kMinBytes = 5;   // shorter words are mostly symbols
constexpr std::size_t kLongBytes = 8;  // two slips are forgiven from here
constexpr std::string_view kFamily = "W";

// A plain word that is not in the index in any form, and that nobody could mean as a symbol.
bool is_suspect(const std::string& text, Handle& handle, const Collection& collection, const Synonyms& synonyms) {
  const std::vector<Token> tokens = tokens_of(text);
  if (tokens.size() != 1 || tokens[0].words.size() != 1) return false;
  const Word& word = tokens[0].words[0];
  if (word.exact || word.text.size() < kMinBytes || tokens[0].whole != word.text) return false;
  if (synonyms.is_gene(word.text) || !synonyms.find(word.text).empty()) return false;
  const auto& [norwegian, english] = handle.stemmer.stems(word.text);
  const auto forms = {word.text, field_family("gene") + word.text, stem_term(norwegian), stem_term(english), norwegian,
                      english};
  return std::none_of(forms.begin(), forms.end(),
                      [&](const std::string& form) { return collection.frequency(handle, form) > 0; });
}

void apply_changes(const std::vector<Spelling::Change>& changes, Query& query) {
  for (const Spelling::Change& change : changes) {
    if (query.kind == QueryKind::Term && query.at_byte == change.at_byte && query.text == change.from) {
      query.text = change.to;
    }
  }
  for (Query& part : query.parts) apply_changes(changes, part);
}

}  // namespace

Speller::Speller(const Handle& handle, const Collection& collection) {
  const std::string family(kFamily);
  const Xapian::Database& database = handle.database;
  const bool hides = std::any_of(kSpellingKinds.begin(), kSpellingKinds.end(),
                                 [&](model::RecordKind kind) { return collection.hides(kind); });
  for (auto at = database.allterms_begin(family); at != database.allterms_end(family); ++at) {
    const std::uint64_t records = hides ? collection.frequency(handle, *at) : at.get_termfreq();
    if (records > 0) names_.push_back({(*at).substr(family.size()), records});
  }
}

std::optional<std::string> Speller::nearest(const std::string& word) const {
  const std::size_t limit = word.size() >= kLongBytes ? 2 : 1;
  const Name* best = nullptr;
  std::size_t best_distance = limit + 1;
  for (const Name& name : names_) {
    const std::size_t distance = base::edit_distance(word, name.word, limit);
    if (distance > limit) continue;
    const bool better = distance < best_distance || (distance == best_distance && name.records > best->records);
    if (!better) continue;
    best = &name;
    best_distance = distance;
  }
  return best == nullptr ? std::nullopt : std::optional(best->word);
}

std::optional<Spelling> Speller::check(const Query& query, Handle& handle, const Collection& collection,
                                       const Synonyms& synonyms) const {
  Query corrected = query;
  Spelling spelling;
  for (const Query* wanted : wanted_words(corrected)) {
    if (wanted->kind != QueryKind::Term || !is_suspect(wanted->text, handle, collection, synonyms)) continue;
    if (const auto better = nearest(base::fold_name(wanted->text))) {
      spelling.changes.push_back({wanted->text, *better, wanted->at_byte});
    }
  }
  if (spelling.changes.empty()) return std::nullopt;
  apply_changes(spelling.changes, corrected);
  spelling.query = print(corrected);
  return spelling;
}

}  // namespace treff::text
