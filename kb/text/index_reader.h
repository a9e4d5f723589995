// Full-text search over one revision (DESIGN section 6).
//
// A hit says "the words occur", nothing more: callers label it "found by text, criteria not verified" and keep it apart
// from verified matches. A TextIndex never changes: publishing opens the next one and drops this one; searches under
// way end on the old files, which stay until the last TextIndex that uses them is gone. Thread-safety: all members may
// be called from any number of threads; each call borrows a handle of its own. Bounds: limit <= 100, offset + limit <=
// 10,000, 500 bytes and 32 words a query, at most 400 index terms compiled. Errors: InvalidValue for options,
// IndexDamaged and Internal from the files; exceptions never leave.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kb/base/date.h"
#include "kb/base/result.h"
#include "kb/model/kind.h"
#include "kb/text/query.h"
#include "kb/text/snippet.h"
#include "kb/text/synonyms.h"
#include "kb/text/topic.h"

namespace treff::text {

struct TopicWeights;

inline constexpr std::size_t kMaxHits = 100;
inline constexpr std::size_t kMaxRanked = 1000;  // hits of a ranking without snippets, for evaluation
inline constexpr std::size_t kMaxWindow = 10000;
inline constexpr std::size_t kMaxSuggestions = 50;

// How words side by side are read. Fields, NOT and written AND/OR are kept to the letter in all three.
enum class WordsRule : std::uint8_t {
  All,         // every word must occur
  Any,         // more words rank higher; for queries made from a case
  AllThenAny,  // every word; if no record has them all, those with some, and `relaxed` says so. A named variant must
               // occur even then.
};

struct FacetFilter {
  std::string facet;
  std::string value;  // as counted; any case
};

struct SearchOptions {
  std::vector<model::RecordKind> kinds;  // any of them; empty = all
  std::vector<FacetFilter> filters;      // values of one facet: any; different facets: all
  std::size_t limit = 20;
  std::size_t offset = 0;
  std::string cursor;               // from SearchResult::next_cursor, instead of `offset`
  std::vector<std::string> facets;  // names to count; every matching record is then visited
  std::size_t facet_values = 50;    // most frequent values kept per facet
  WordsRule words = WordsRule::AllThenAny;
  std::optional<Date> today;  // needed wherever `status` is asked for, filtered or counted
  bool snippets = true;
  int time_limit_ms = 10000;  // beyond it the search is given up with Busy
};

struct SearchHit {
  model::RecordKey key;
  double score = 0;  // comparable within one result only
  std::string title;
  Snippet snippet;
  std::vector<std::size_t> found_by;  // topics only: the groups of the topic that occur, ascending
};

struct FacetCount {
  std::string value;
  std::uint64_t count = 0;
};
struct Facet {
  std::string name;
  std::vector<FacetCount> counts;  // most frequent first, then by value
  std::size_t values = 0;          // number of different values, of which `counts` may hold the first only
};

// A likelier spelling of names of drugs, tumours and companies; offered, never applied. Never a gene or a variant.
struct Spelling {
  struct Change {
    std::string from;
    std::string to;
    std::size_t at_byte = 0;  // in the query text
  };
  std::vector<Change> changes;
  std::string query;  // the whole query with the changes, ready to be asked
};

struct SearchResult {
  std::vector<SearchHit> hits;
  std::uint64_t total = 0;  // at least so many unless total_is_exact
  bool total_is_exact = false;
  bool relaxed = false;     // no record holds all words; these hold some
  std::string next_cursor;  // empty at the end
  std::vector<Facet> facets;
  std::optional<Spelling> spelling;
  std::string parsed;  // the query as understood
  std::uint64_t revision = 0;
};

struct Suggestion {
  model::RecordKey key;
  std::string name;     // the record's name
  std::string matched;  // the name that was being typed: a brand, a code, an alias, or the same
};

class TextIndex {
 public:
  // Opens the index in force. IndexDamaged with piece "missing", "damaged", "format", or "stale" if its revision is not
  // `expected_revision`.
  static Result<std::shared_ptr<const TextIndex>> open(const std::filesystem::path& dir,
                                                       std::shared_ptr<const Synonyms> synonyms,
                                                       std::optional<std::uint64_t> expected_revision = std::nullopt);
  ~TextIndex();
  TextIndex(const TextIndex&) = delete;
  TextIndex& operator=(const TextIndex&) = delete;

  std::uint64_t revision() const;
  std::uint64_t documents() const;  // records that can be found

  Result<SearchResult> search(const Query& query, const SearchOptions& options) const;
  // What is about the same tumour or the same molecule as a case. `words` is not used; `weights` are for benchmarks.
  Result<SearchResult> search(const Topic& topic, const SearchOptions& options) const;
  Result<SearchResult> search(const Topic& topic, const SearchOptions& options, const TopicWeights& weights) const;
  // Records whose name, or a later word of a name, begins with `typed`: whole names first, then genes, drugs, tumours,
  // companies, then the rest; short before long. Nothing typed, nothing suggested.
  Result<std::vector<Suggestion>> suggest(std::string_view typed, std::size_t limit) const;
  // The compiled form of a query, for people who look into a strange result.
  Result<std::string> explain(const Query& query, const SearchOptions& options) const;

 private:
  struct Inside;
  explicit TextIndex(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace treff::text
