// A piece of a query with the share of documents it is thought to find, from which its weight follows. Internal to
// kb/text.
#pragma once

#include <utility>
#include <vector>

#include <xapian.h>

#include "kb/text/collection.h"

namespace treff::text {

struct QueryPart {
  Xapian::Query query;   // finds; without weight of its own
  Xapian::Query ranked;  // the same, weighed
  double share = 0;      // of all documents, 0 to 1; of combined parts as if they occurred independently
};

// Weighs as one word by its share, however many parts it has.
inline Xapian::Query weighed(const Xapian::Query& query, double share, const Shares& shares) {
  const std::vector<Xapian::Query> one = {query};
  return Xapian::Query(shares.worth(share), Xapian::Query(Xapian::Query::OP_SYNONYM, one.begin(), one.end()));
}

inline QueryPart no_part() { return {Xapian::Query::MatchNothing, Xapian::Query::MatchNothing, 0}; }

// Any of them, as spellings of one word. Not by OP_MAX: in 1.4.22 its pruning crashes inside get_mset when a page lies
// some hundred hits down.
inline QueryPart any_spelling(std::vector<QueryPart> parts, const Shares& shares) {
  if (parts.empty()) return no_part();
  if (parts.size() == 1) return std::move(parts.front());
  std::vector<Xapian::Query> queries;
  double none = 1;
  for (const QueryPart& part : parts) {
    queries.push_back(part.query);
    none *= 1 - part.share;
  }
  const Xapian::Query any(Xapian::Query::OP_OR, queries.begin(), queries.end());
  return {any, weighed(any, 1 - none, shares), 1 - none};
}

// All of them, each weighed by itself.
inline QueryPart all_parts(std::vector<QueryPart> parts) {
  if (parts.empty()) return no_part();
  if (parts.size() == 1) return std::move(parts.front());
  std::vector<Xapian::Query> queries, ranked;
  double share = 1;
  for (const QueryPart& part : parts) {
    queries.push_back(part.query);
    ranked.push_back(part.ranked);
    share *= part.share;
  }
  return {Xapian::Query(Xapian::Query::OP_AND, queries.begin(), queries.end()),
          Xapian::Query(Xapian::Query::OP_AND, ranked.begin(), ranked.end()), share};
}

// One after another; one word by its weight.
inline QueryPart phrase_of(const std::vector<QueryPart>& words, const Shares& shares) {
  constexpr double kInOrder = 0.25;  // of the documents that hold all words
  if (words.empty()) return no_part();
  if (words.size() == 1) return words.front();
  std::vector<Xapian::Query> queries;
  double share = kInOrder;
  for (const QueryPart& word : words) {
    queries.push_back(word.query);
    share *= word.share;
  }
  const Xapian::Query phrase(Xapian::Query::OP_PHRASE, queries.begin(), queries.end(),
                             static_cast<Xapian::termcount>(queries.size()));
  return {phrase, weighed(phrase, share, shares), share};
}

inline QueryPart term_part(const std::string& term, const Shares& shares) {
  if (term.empty() || term.size() > kMaxTermBytes) return no_part();
  const Xapian::Query query(term);
  const double share = shares.of(term);
  return {query, weighed(query, share, shares), share};
}

}  // namespace treff::text
