// One search on one borrowed handle: compile, filter, match, count, read the hits. Internal to kb/text.
#pragma once

#include <memory>
#include <vector>

#include <xapian.h>

#include "kb/base/result.h"
#include "kb/text/compile.h"
#include "kb/text/facet_counter.h"
#include "kb/text/handle.h"
#include "kb/text/index_reader.h"
#include "kb/text/steady_weight.h"
#include "kb/text/topic_compile.h"

namespace treff::text {

// Lives no longer than what it is given. Throws what the library throws.
class Searching {
 public:
  Searching(Handle& handle, const Collection& collection, const Synonyms& synonyms, const SearchOptions& options)
      : handle_(handle), collection_(collection), shares_(collection, handle), synonyms_(synonyms), options_(options) {}

  // The query with filters, without superseded documents.
  Result<Xapian::Query> whole_query(const Query& query, Joining joining);
  // Fills hits, totals, facets and `relaxed`.
  Status run(const Query& query, std::size_t offset, SearchResult& result);
  // The same for a topic; each hit says which groups it has, unless snippets are not wanted.
  Status run(const Topic& topic, const TopicWeights& weights, std::size_t offset, SearchResult& result);

 private:
  Status make_counters();
  Result<Xapian::Query> filtered(const Xapian::Query& query);
  Result<Xapian::MSet> match(const Query& query, Joining joining, std::size_t offset);
  Xapian::MSet match(const Xapian::Query& query, const Bm25& weighting, std::size_t offset);
  std::size_t counted(std::size_t offset) const;
  void take_totals(const Xapian::MSet& found, std::size_t offset, SearchResult& result);
  Status read_hits(const Highlighter& highlighter, const Xapian::MSet& found, SearchResult& result);
  void find_groups(const CompiledTopic& topic, SearchResult& result);

  Handle& handle_;
  const Collection& collection_;
  Shares shares_;
  const Synonyms& synonyms_;
  const SearchOptions& options_;
  std::vector<std::unique_ptr<FacetCounter>> counters_;
};

}  // namespace treff::text
