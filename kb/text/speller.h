// Likelier spellings of names of drugs, tumours and companies. Internal to kb/text; the rule is in index_reader.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <xapian.h>

#include "kb/text/index_reader.h"
#include "kb/text/query.h"
#include "kb/text/synonyms.h"
#include "kb/text/term_forms.h"

namespace treff::text {

class Speller {
 public:
  Speller() = default;
  // Reads the vocabulary of names; throws what the library throws.
  explicit Speller(const Xapian::Database& database);

  // nullopt if every word occurs in the index, is a symbol or a variant, or has no near name.
  std::optional<Spelling> check(const Query& query, const Xapian::Database& database, const Synonyms& synonyms,
                                Stemmer& stemmer) const;

 private:
  std::optional<std::string> nearest(const std::string& word) const;

  struct Name {
    std::string word;
    Xapian::doccount records = 0;
  };
  std::vector<Name> names_;
};

}  // namespace treff::text
