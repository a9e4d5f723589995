// How words become index terms, the same for writing and for asking.
//
// Term grammar (ASCII capitals never occur in folded words, so the families cannot meet):
//   word | token | normal form            braf, c.1799t>a, v600e          words carry positions
//   "Z" stem                              Zsvulst                         Norwegian and English stems side by side,
//                                                                         where they differ from the word: a query asks
//                                                                         for the stem as a word as well
//   "X" FIELD ":" (any of the above)      XDRUG:olaparib, XNAME:Zsvulst   one family per query field
//   "F" FACET ":" value                   Fdrug:olaparib                  exact facet values, lower case
//   "K" kind                              Kcohort
//   "Q" kind "/" id                       Qcohort/c1                      the one document of a record
//   "S" kind-letter ("0" | "1") name      Sed0vemurafenib                 suggestions: 0 whole name, 1 from a later
//   word "W" word                              Wmelanom                        spelling: names of drugs, tumours,
//   companies "D"                                   D                               document of a delta segment
// A term over 245 bytes is left out of the index.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <xapian.h>

#include "kb/model/kind.h"
#include "kb/text/words.h"

namespace treff::text {

inline constexpr std::size_t kMaxTermBytes = 245;
inline constexpr std::string_view kDeltaTerm = "D";

// Both stems of a folded word. Not thread-safe (it remembers); one per thread.
class Stemmer {
 public:
  Stemmer();
  // Norwegian and English; equal to one another for many words.
  const std::pair<std::string, std::string>& stems(const std::string& folded_word);

 private:
  Xapian::Stem norwegian_;
  Xapian::Stem english_;
  std::unordered_map<std::string, std::pair<std::string, std::string>> known_;
};

// Every document. Made anew for each query: Xapian::Query::MatchAll is one object for the whole process, and its count
// of users is not safe between threads.
inline Xapian::Query every_document() { return Xapian::Query(std::string()); }

std::string field_family(std::string_view field);  // "XDRUG:"; "" for ""
std::string stem_term(const std::string& stem);
std::string facet_term(std::string_view facet, std::string_view value);
std::string kind_term(model::RecordKind kind);
std::string key_term(const model::RecordKey& key);
// Prefix of the suggestion terms of a kind.
std::string suggest_family(model::RecordKind kind, bool later_word);

}  // namespace treff::text
