#include "kb/text/index_reader.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <xapian.h>

#include "kb/base/text.h"
#include "kb/text/collection.h"
#include "kb/text/handle.h"
#include "kb/text/searching.h"
#include "kb/text/segment_stamp.h"
#include "kb/text/speller.h"
#include "kb/text/suggester.h"
#include "kb/text/topic_compile.h"
#include "kb/text/xapian_errors.h"

namespace treff::text {

struct LockedSegments {
  std::vector<Segment> segments;
  std::vector<SegmentLock> locks;
};

struct TextIndex::Inside {
  Inside(LockedSegments locked, std::shared_ptr<const Synonyms> names)
      : revision(locked.segments.back().stamp.revision),
        locks(std::move(locked.locks)),
        pool(std::make_unique<HandlePool>(std::move(locked.segments))),
        collection(*pool->borrow(), pool->superseded()),
        synonyms(std::move(names)) {}

  std::uint64_t revision;
  std::vector<SegmentLock> locks;
  std::unique_ptr<HandlePool> pool;
  Collection collection;
  std::shared_ptr<const Synonyms> synonyms;
  Speller speller;
};

namespace {

constexpr std::size_t kMaxTypedBytes = 200;

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size() && !text.empty();
  return whole ? std::optional(value) : std::nullopt;
}

// "REVISION.OFFSET"
Result<std::size_t> offset_of(const SearchOptions& options, std::uint64_t revision) {
  if (options.cursor.empty()) return options.offset;
  const std::size_t dot = options.cursor.find('.');
  const auto of = parse_number(std::string_view(options.cursor).substr(0, dot));
  const auto offset =
      dot == std::string::npos ? std::nullopt : parse_number(std::string_view(options.cursor).substr(dot + 1));
  if (!of || !offset)
    return fail(ErrorCode::InvalidValue, "the cursor is not one of ours", "cursor", "begin again without a cursor");
  if (*of != revision) {
    return fail(ErrorCode::RevisionConflict, "the knowledge base changed while paging", "cursor",
                "begin again without a cursor");
  }
  return static_cast<std::size_t>(*offset);
}

Status check_window(const SearchOptions& options, std::size_t offset) {
  const std::size_t most = options.snippets ? kMaxHits : kMaxRanked;
  if (options.limit > most) {
    return fail(ErrorCode::InvalidValue, "more than " + std::to_string(most) + " hits were asked for", "limit",
                "page with the cursor");
  }
  if (offset > kMaxWindow || offset + options.limit > kMaxWindow) {
    return fail(ErrorCode::InvalidValue, "paging goes no further than " + std::to_string(kMaxWindow) + " hits",
                "offset", "narrow the search");
  }
  if (options.time_limit_ms < 1)
    return fail(ErrorCode::InvalidValue, "the time limit must be positive", "time_limit_ms");
  return {};
}

void set_cursor(SearchResult& result, const SearchOptions& options, std::size_t offset) {
  const std::size_t shown = offset + result.hits.size();
  if (result.hits.empty() || shown >= result.total || shown + options.limit > kMaxWindow) return;
  result.next_cursor = std::to_string(result.revision) + "." + std::to_string(shown);
}

// A segment can be removed between reading CURRENT and locking it, when a newer one took its place meanwhile.
Result<LockedSegments> lock_segments(const std::filesystem::path& dir) {
  constexpr int kTries = 5;
  Result<LockedSegments> last = fail(ErrorCode::Busy, "the text index kept changing", "text index", "try again");
  for (int i = 0; i < kTries; ++i) {
    Result<std::vector<Segment>> segments = read_segments(dir);
    if (!segments) {
      last = fail(segments.error());
      continue;
    }
    LockedSegments locked{std::move(*segments), {}};
    for (const Segment& segment : locked.segments) {
      Result<SegmentLock> lock = SegmentLock::share(segment.path);
      if (!lock) break;
      locked.locks.push_back(std::move(*lock));
    }
    if (locked.locks.size() == locked.segments.size()) return locked;
  }
  return last;
}

}  // namespace

TextIndex::TextIndex(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
TextIndex::~TextIndex() = default;

Result<std::shared_ptr<const TextIndex>> TextIndex::open(const std::filesystem::path& dir,
                                                         std::shared_ptr<const Synonyms> synonyms,
                                                         std::optional<std::uint64_t> expected_revision) {
  Result<LockedSegments> locked = lock_segments(dir);
  if (!locked) return fail(locked.error());
  const std::uint64_t revision = locked->segments.back().stamp.revision;
  if (expected_revision && *expected_revision != revision) {
    return index_damaged("stale", "the text index is for revision " + std::to_string(revision) +
                                      ", the knowledge base is at " + std::to_string(*expected_revision));
  }
  return guarded("opening the text index", [&]() -> Result<std::shared_ptr<const TextIndex>> {
    auto inside = std::make_unique<Inside>(std::move(*locked), std::move(synonyms));
    inside->speller = Speller(*inside->pool->borrow(), inside->collection);
    return std::shared_ptr<const TextIndex>(new TextIndex(std::move(inside)));
  });
}

std::uint64_t TextIndex::revision() const { return inside_->revision; }
std::uint64_t TextIndex::documents() const { return inside_->collection.documents(); }

Result<SearchResult> TextIndex::search(const Query& query, const SearchOptions& options) const {
  const Result<std::size_t> offset = offset_of(options, inside_->revision);
  if (!offset) return fail(offset.error());
  if (Status fits = check_window(options, *offset); !fits) return fail(fits.error());
  return guarded("searching", [&]() -> Result<SearchResult> {
    const auto handle = inside_->pool->borrow();
    SearchResult result;
    result.parsed = print(query);
    result.revision = inside_->revision;
    Searching searching(*handle, inside_->collection, *inside_->synonyms, options);
    if (Status done = searching.run(query, *offset, result); !done) return fail(done.error());
    set_cursor(result, options, *offset);
    result.spelling = inside_->speller.check(query, *handle, inside_->collection, *inside_->synonyms);
    return result;
  });
}

Result<SearchResult> TextIndex::search(const Topic& topic, const SearchOptions& options) const {
  return search(topic, options, TopicWeights());
}

Result<SearchResult> TextIndex::search(const Topic& topic, const SearchOptions& options,
                                       const TopicWeights& weights) const {
  const Result<std::size_t> offset = offset_of(options, inside_->revision);
  if (!offset) return fail(offset.error());
  if (Status fits = check_window(options, *offset); !fits) return fail(fits.error());
  return guarded("searching for a case", [&]() -> Result<SearchResult> {
    const auto handle = inside_->pool->borrow();
    SearchResult result;
    result.revision = inside_->revision;
    Searching searching(*handle, inside_->collection, *inside_->synonyms, options);
    if (Status done = searching.run(topic, weights, *offset, result); !done) return fail(done.error());
    set_cursor(result, options, *offset);
    return result;
  });
}

Result<std::vector<Suggestion>> TextIndex::suggest(std::string_view typed, std::size_t limit) const {
  if (limit > kMaxSuggestions || typed.size() > kMaxTypedBytes || base::invalid_utf8_at(typed)) {
    return fail(ErrorCode::InvalidValue,
                "suggestions take up to " + std::to_string(kMaxTypedBytes) + " bytes of UTF-8 text and give up to " +
                    std::to_string(kMaxSuggestions) + " names",
                "q");
  }
  const std::string folded = base::fold_name(typed);
  if (folded.empty()) return std::vector<Suggestion>();
  return guarded("suggesting names", [&]() -> Result<std::vector<Suggestion>> {
    const auto handle = inside_->pool->borrow();
    return find_suggestions(*handle, inside_->collection, folded, limit);
  });
}

Result<std::string> TextIndex::explain(const Query& query, const SearchOptions& options) const {
  return guarded("explaining a query", [&]() -> Result<std::string> {
    const auto handle = inside_->pool->borrow();
    Searching searching(*handle, inside_->collection, *inside_->synonyms, options);
    const Result<Xapian::Query> whole =
        searching.whole_query(query, options.words == WordsRule::Any ? Joining::Any : Joining::All);
    if (!whole) return fail(whole.error());
    return whole->get_description();
  });
}

}  // namespace treff::text
