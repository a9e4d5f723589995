#include "kb/text/index_reader.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include <xapian.h>

#include "kb/base/text.h"
#include "kb/text/compile.h"
#include "kb/text/document.h"
#include "kb/text/facet_counter.h"
#include "kb/text/handle.h"
#include "kb/text/segment_stamp.h"
#include "kb/text/speller.h"
#include "kb/text/status_history.h"
#include "kb/text/status_source.h"
#include "kb/text/suggester.h"
#include "kb/text/xapian_errors.h"

namespace treff::text {

struct TextIndex::Inside {
  std::uint64_t revision = 0;
  std::uint64_t documents = 0;
  std::vector<SegmentLock> locks;
  std::unique_ptr<HandlePool> pool;
  std::shared_ptr<const Synonyms> synonyms;
  Speller speller;
};

namespace {

using XQuery = Xapian::Query;

constexpr std::size_t kCountedAtLeast = 1000;  // totals up to here are exact without being asked for
constexpr std::size_t kMaxTypedBytes = 200;

Joining first_joining(WordsRule rule) { return rule == WordsRule::Any ? Joining::Any : Joining::All; }

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

Result<const SearchField*> facet_named(const std::string& name, std::string_view where, const SearchOptions& options) {
  const SearchField* field = find_search_field(name);
  if (field == nullptr || !field->facet) {
    return fail(ErrorCode::InvalidValue, "there is no facet '" + name + "'", std::string(where),
                "one of " + search_field_list(true));
  }
  if (field->name == kStatusField && !options.today) {
    return fail(ErrorCode::InvalidValue, "a status holds on a day, and no day was given", "today");
  }
  return field;
}

Result<XQuery> filter_query(const SearchField& field, const FacetFilter& filter, const SearchOptions& options) {
  if (field.name == kKindField) {
    const auto kind = model::parse_record_kind(filter.value);
    if (!kind) return fail(ErrorCode::InvalidValue, "there is no kind '" + filter.value + "'", "filter");
    return XQuery(kind_term(*kind));
  }
  if (field.name == kStatusField) {
    std::optional<model::EntryState> state;
    if (!parse_status(filter.value, state)) {
      return fail(ErrorCode::InvalidValue, "there is no status '" + filter.value + "'", "filter");
    }
    return XQuery((new StatusSource(state, *options.today))->release());
  }
  const std::string term = facet_term(field.name, filter.value);
  return term.size() > kMaxTermBytes ? XQuery::MatchNothing : XQuery(term);
}

// Kinds and facet values together; MatchAll if nothing is filtered.
Result<XQuery> filters_of(const SearchOptions& options) {
  std::map<std::string, std::vector<XQuery>> by_facet;
  for (const model::RecordKind kind : options.kinds) by_facet["(kinds)"].push_back(XQuery(kind_term(kind)));
  for (const FacetFilter& filter : options.filters) {
    const Result<const SearchField*> field = facet_named(filter.facet, "filter", options);
    if (!field) return fail(field.error());
    Result<XQuery> one = filter_query(**field, filter, options);
    if (!one) return one;
    by_facet[filter.facet].push_back(std::move(*one));
  }
  XQuery all = XQuery::MatchAll;
  for (const auto& [facet, values] : by_facet) {
    const XQuery any(XQuery::OP_OR, values.begin(), values.end());
    all = by_facet.begin()->first == facet ? any : XQuery(XQuery::OP_AND, all, any);
  }
  return all;
}

// One search on one borrowed handle.
class Searching {
 public:
  Searching(Handle& handle, const Synonyms& synonyms, const SearchOptions& options)
      : handle_(handle), synonyms_(synonyms), options_(options) {}

  Result<XQuery> whole_query(const Query& query, Joining joining) {
    Result<XQuery> words = compile(query, {synonyms_, handle_.stemmer, joining, options_.today});
    if (!words) return words;
    const Result<XQuery> filters = filters_of(options_);
    if (!filters) return filters;
    const bool filtered = !options_.kinds.empty() || !options_.filters.empty();
    XQuery whole = filtered ? XQuery(XQuery::OP_FILTER, *words, *filters) : *words;
    if (!handle_.hidden.empty()) whole = XQuery(XQuery::OP_AND_NOT, whole, handle_.hidden);
    return whole;
  }

  Status run(const Query& query, std::size_t offset, SearchResult& result) {
    if (Status made = make_counters(); !made) return made;
    Result<Xapian::MSet> found = match(query, first_joining(options_.words), offset);
    if (!found) return fail(found.error());
    if (found->get_matches_upper_bound() == 0 && options_.words == WordsRule::AllThenAny) {
      found = match(query, Joining::AnyButVariants, offset);
      if (!found) return fail(found.error());
      result.relaxed = found->get_matches_upper_bound() != 0;
    }
    result.total = found->get_matches_estimated();
    result.total_is_exact = found->get_matches_lower_bound() == found->get_matches_upper_bound();
    for (const auto& counter : counters_) result.facets.push_back(counter->take(options_.facet_values));
    return read_hits(query, *found, result);
  }

 private:
  Status make_counters() {
    for (const std::string& name : options_.facets) {
      const Result<const SearchField*> field = facet_named(name, "facets", options_);
      if (!field) return fail(field.error());
      counters_.push_back(std::make_unique<FacetCounter>(**field, options_.today));
    }
    return {};
  }

  Result<Xapian::MSet> match(const Query& query, Joining joining, std::size_t offset) {
    const Result<XQuery> whole = whole_query(query, joining);
    if (!whole) return fail(whole.error());
    Xapian::Enquire enquire(handle_.database);
    enquire.set_query(*whole);
    enquire.set_time_limit(options_.time_limit_ms / 1000.0);
    for (const auto& counter : counters_) enquire.add_matchspy(counter.get());
    const std::size_t documents = handle_.database.get_doccount();
    const std::size_t counted = counters_.empty() ? offset + options_.limit + kCountedAtLeast : documents;
    return enquire.get_mset(static_cast<Xapian::doccount>(offset), static_cast<Xapian::doccount>(options_.limit),
                            static_cast<Xapian::doccount>(counted));
  }

  Status read_hits(const Query& query, const Xapian::MSet& found, SearchResult& result) {
    const Highlighter highlighter(query, synonyms_, handle_.stemmer);
    for (auto at = found.begin(); at != found.end(); ++at) {
      StoredRecord stored;
      if (!read_stored(at.get_document().get_data(), stored)) {
        return index_damaged("damaged", "a document of the text index cannot be read");
      }
      SearchHit hit{std::move(stored.key), at.get_weight(), std::move(stored.title), {}};
      if (options_.snippets) hit.snippet = highlighter.snippet(stored.text);
      result.hits.push_back(std::move(hit));
    }
    return {};
  }

  Handle& handle_;
  const Synonyms& synonyms_;
  const SearchOptions& options_;
  std::vector<std::unique_ptr<FacetCounter>> counters_;
};

Status check_window(const SearchOptions& options, std::size_t offset) {
  if (options.limit > kMaxHits) {
    return fail(ErrorCode::InvalidValue, "more than " + std::to_string(kMaxHits) + " hits were asked for", "limit",
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

struct LockedSegments {
  std::vector<Segment> segments;
  std::vector<SegmentLock> locks;
};

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
  auto inside = std::make_unique<Inside>();
  inside->revision = locked->segments.back().stamp.revision;
  if (expected_revision && *expected_revision != inside->revision) {
    return index_damaged("stale", "the text index is for revision " + std::to_string(inside->revision) +
                                      ", the knowledge base is at " + std::to_string(*expected_revision));
  }
  inside->locks = std::move(locked->locks);
  inside->pool = std::make_unique<HandlePool>(std::move(locked->segments));
  inside->synonyms = std::move(synonyms);
  Status ready = guarded("opening the text index", [&]() -> Status {
    const auto handle = inside->pool->borrow();
    inside->speller = Speller(handle->database);
    inside->documents = handle->database.get_doccount();
    if (handle->hidden.empty()) return {};
    Xapian::Enquire enquire(handle->database);
    enquire.set_query(handle->hidden);
    inside->documents -= enquire.get_mset(0, 0, handle->database.get_doccount()).get_matches_estimated();
    return {};
  });
  if (!ready) return fail(ready.error());
  return std::shared_ptr<const TextIndex>(new TextIndex(std::move(inside)));
}

std::uint64_t TextIndex::revision() const { return inside_->revision; }
std::uint64_t TextIndex::documents() const { return inside_->documents; }

Result<SearchResult> TextIndex::search(const Query& query, const SearchOptions& options) const {
  const Result<std::size_t> offset = offset_of(options, inside_->revision);
  if (!offset) return fail(offset.error());
  if (Status fits = check_window(options, *offset); !fits) return fail(fits.error());
  return guarded("searching", [&]() -> Result<SearchResult> {
    const auto handle = inside_->pool->borrow();
    SearchResult result;
    result.parsed = print(query);
    result.revision = inside_->revision;
    Searching searching(*handle, *inside_->synonyms, options);
    if (Status done = searching.run(query, *offset, result); !done) return fail(done.error());
    const std::size_t shown = *offset + result.hits.size();
    if (!result.hits.empty() && shown < result.total && shown + options.limit <= kMaxWindow) {
      result.next_cursor = std::to_string(inside_->revision) + "." + std::to_string(shown);
    }
    result.spelling = inside_->speller.check(query, handle->database, *inside_->synonyms, handle->stemmer);
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
    return find_suggestions(*inside_->pool, *handle, folded, limit);
  });
}

Result<std::string> TextIndex::explain(const Query& query, const SearchOptions& options) const {
  return guarded("explaining a query", [&]() -> Result<std::string> {
    const auto handle = inside_->pool->borrow();
    Searching searching(*handle, *inside_->synonyms, options);
    const Result<XQuery> whole = searching.whole_query(query, first_joining(options.words));
    if (!whole) return fail(whole.error());
    return whole->get_description();
  });
}

}  // namespace treff::text
