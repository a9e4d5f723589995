// Likelier spellings of names of drugs, tumours and companies. Internal to kb/text; the rule is in index_reader.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <xapian.h>

#include "kb/text/collection.h"
#include "kb/text/index_reader.h"
#include "kb/text/query.h"
#include "kb/text/synonyms.h"

namespace treff::text {

class Speller {
 public:
  Speller() = default;
  // Reads the vocabulary of names; throws what the library throws.
  Speller(const Handle& handle, const Collection& collection);

  // nullopt if every word occurs in the index, is a symbol or a variant, or has no near name.
  std::optional<Spelling> check(const Query& query, Handle& handle, const Collection& collection,
                                const Synonyms& synonyms) const;

 private:
  std::optional<std::string> nearest(const std::string& word) const;

  struct Name {
    std::string word;
    std::uint64_t records = 0;
  };
  std::vector<Name> names_;
};

}  // namespace treff::text
