#include "kb/text/searching.h"

#include <map>
#include <utility>

#include "kb/text/deadline.h"
#include "kb/text/document.h"
#include "kb/text/search_fields.h"
#include "kb/text/segment_stamp.h"
#include "kb/text/status_history.h"
#include "kb/text/status_source.h"

namespace treff::text {
namespace {

using XQuery = Xapian::Query;

constexpr std::size_t kCountedAtLeast = 1000;  // so many beyond the page are counted without being asked for

Joining first_joining(WordsRule rule) { return rule == WordsRule::Any ? Joining::Any : Joining::All; }

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

// Kinds and facet values together; every document if nothing is filtered.
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
  XQuery all = every_document();
  for (const auto& [facet, values] : by_facet) {
    const XQuery any(XQuery::OP_OR, values.begin(), values.end());
    all = by_facet.begin()->first == facet ? any : XQuery(XQuery::OP_AND, all, any);
  }
  return all;
}

}  // namespace

Result<XQuery> Searching::whole_query(const Query& query, Joining joining) {
  Result<XQuery> words = compile(query, {synonyms_, handle_.stemmer, shares_, joining, options_.today});
  if (!words) return words;
  return filtered(*words);
}

Result<XQuery> Searching::filtered(const XQuery& query) {
  const Result<XQuery> filters = filters_of(options_);
  if (!filters) return filters;
  const bool any = !options_.kinds.empty() || !options_.filters.empty();
  return collection_.without_hidden(any ? XQuery(XQuery::OP_FILTER, query, *filters) : query);
}

Status Searching::run(const Query& query, std::size_t offset, SearchResult& result) {
  if (Status made = make_counters(); !made) return made;
  Result<Xapian::MSet> found = match(query, first_joining(options_.words), offset);
  if (!found) return fail(found.error());
  if (found->get_matches_upper_bound() == 0 && options_.words == WordsRule::AllThenAny) {
    found = match(query, Joining::AnyButVariants, offset);
    if (!found) return fail(found.error());
    result.relaxed = found->get_matches_upper_bound() != 0;
  }
  take_totals(*found, offset, result);
  return read_hits(Highlighter(query, synonyms_, handle_.stemmer), *found, result);
}

Status Searching::run(const Topic& topic, const TopicWeights& weights, std::size_t offset, SearchResult& result) {
  if (Status made = make_counters(); !made) return made;
  const CompiledTopic compiled = compile_topic(topic, weights, handle_.stemmer, shares_);
  const Result<XQuery> whole = filtered(compiled.query);
  if (!whole) return fail(whole.error());
  const Xapian::MSet found = match(*whole, {weights.bm25_k1, weights.bm25_b, shares_.average_length()}, offset);
  take_totals(found, offset, result);
  if (Status read = read_hits(Highlighter(topic, handle_.stemmer), found, result); !read) return read;
  if (options_.snippets) find_groups(compiled, result);
  return {};
}

// Never the library's estimate, which depends on how the documents lie in segments.
void Searching::take_totals(const Xapian::MSet& found, std::size_t offset, SearchResult& result) {
  const bool known = found.get_matches_lower_bound() == found.get_matches_upper_bound();
  const bool all = !counters_.empty();
  result.total_is_exact = known && (all || found.get_matches_estimated() < counted(offset));
  result.total = result.total_is_exact ? found.get_matches_estimated()
                 : all                 ? found.get_matches_lower_bound()
                                       : counted(offset);
  for (const auto& counter : counters_) result.facets.push_back(counter->take(options_.facet_values));
}

// One small question for each group, asked of the hits of this page only.
void Searching::find_groups(const CompiledTopic& topic, SearchResult& result) {
  std::map<model::RecordKey, SearchHit*> hits;
  std::vector<XQuery> page;
  for (SearchHit& hit : result.hits) {
    hits.emplace(hit.key, &hit);
    page.emplace_back(key_term(hit.key));
  }
  const XQuery any_hit(XQuery::OP_OR, page.begin(), page.end());
  for (std::size_t i = 0; i < topic.groups.size(); ++i) {
    Xapian::Enquire enquire(handle_.database);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.set_query(collection_.without_hidden(XQuery(XQuery::OP_AND, any_hit, topic.groups[i])));
    const Xapian::MSet found = enquire.get_mset(0, static_cast<Xapian::doccount>(page.size()));
    for (auto at = found.begin(); at != found.end(); ++at) {
      StoredRecord stored;
      if (!read_stored(at.get_document().get_data(), stored)) continue;
      const auto hit = hits.find(stored.key);
      if (hit != hits.end()) hit->second->found_by.push_back(i);
    }
  }
}

Status Searching::make_counters() {
  for (const std::string& name : options_.facets) {
    const Result<const SearchField*> field = facet_named(name, "facets", options_);
    if (!field) return fail(field.error());
    counters_.push_back(std::make_unique<FacetCounter>(**field, options_.today));
  }
  return {};
}

Result<Xapian::MSet> Searching::match(const Query& query, Joining joining, std::size_t offset) {
  const Result<XQuery> whole = whole_query(query, joining);
  if (!whole) return fail(whole.error());
  return match(*whole, {1.0, 0.5, shares_.average_length()}, offset);
}

std::size_t Searching::counted(std::size_t offset) const {
  return counters_.empty() ? offset + options_.limit + kCountedAtLeast : handle_.database.get_doccount();
}

Xapian::MSet Searching::match(const XQuery& query, const Bm25& weighting, std::size_t offset) {
  Deadline deadline{std::chrono::milliseconds(options_.time_limit_ms)};
  Xapian::Enquire enquire(handle_.database);
  enquire.set_weighting_scheme(SteadyWeight(weighting));
  enquire.set_query(query);
  enquire.set_sort_by_relevance_then_value(kKeySlot, false);
  enquire.add_matchspy(&deadline);
  for (const auto& counter : counters_) enquire.add_matchspy(counter.get());
  return enquire.get_mset(static_cast<Xapian::doccount>(offset), static_cast<Xapian::doccount>(options_.limit),
                          static_cast<Xapian::doccount>(counted(offset)));
}

Status Searching::read_hits(const Highlighter& highlighter, const Xapian::MSet& found, SearchResult& result) {
  for (auto at = found.begin(); at != found.end(); ++at) {
    StoredRecord stored;
    if (!read_stored(at.get_document().get_data(), stored)) {
      return index_damaged("damaged", "a document of the text index cannot be read");
    }
    SearchHit hit{std::move(stored.key), at.get_weight(), std::move(stored.title), {}, {}};
    if (options_.snippets) hit.snippet = highlighter.snippet(stored.text);
    result.hits.push_back(std::move(hit));
  }
  return {};
}

}  // namespace treff::text
