#include "kb/answer/search_answer.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "kb/answer/case_input.h"
#include "kb/base/text.h"

namespace treff::answer {
namespace {

using nlohmann::json;

constexpr const char* kTextLabel = "found by text, criteria not verified";
constexpr const char* kSuggestedLabel = "suggested from text";

std::string dump(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

constexpr int kMaxDepth = 64;  // deeper than any case; the JSON library writes a value by recursion

// Discarded, as for text that is no JSON, if nested too deeply.
json parse_bounded(std::string_view text) {
  bool too_deep = false;
  json value = json::parse(
      text,
      [&too_deep](int depth, json::parse_event_t, json&) {
        too_deep = too_deep || depth > kMaxDepth;
        return !too_deep;
      },
      false);
  return too_deep ? json(json::value_t::discarded) : value;
}

// Takes the members of a small request object apart, gathering every error.
class Fields {
 public:
  Fields(std::string_view text, std::set<std::string> known) : value_(parse_bounded(text)) {
    if (!value_.is_object()) {
      add(ErrorCode::MalformedJson, "the body is not a JSON object", "");
      value_ = json::object();
    }
    for (const auto& [key, member] : value_.items()) {
      if (known.count(key) == 0) add(ErrorCode::UnknownKey, "the key '" + key + "' is not known here", "/" + key);
    }
  }

  std::string text(const char* key, bool required) {
    if (!value_.contains(key)) {
      if (required) add(ErrorCode::MissingKey, std::string("'") + key + "' is missing", std::string("/") + key);
      return {};
    }
    if (!value_[key].is_string()) {
      add(ErrorCode::WrongType, std::string("'") + key + "' must be a string", std::string("/") + key);
      return {};
    }
    return value_[key].get<std::string>();
  }

  std::size_t number(const char* key, std::size_t fallback, std::size_t low, std::size_t high) {
    if (!value_.contains(key)) return fallback;
    if (!value_[key].is_number_unsigned() || value_[key].get<std::size_t>() < low ||
        value_[key].get<std::size_t>() > high) {
      add(ErrorCode::InvalidValue,
          std::string("'") + key + "' must be a whole number from " + std::to_string(low) + " to " +
              std::to_string(high),
          std::string("/") + key);
      return fallback;
    }
    return value_[key].get<std::size_t>();
  }

  std::vector<std::string> texts(const char* key) {
    std::vector<std::string> out;
    if (!value_.contains(key)) return out;
    if (!value_[key].is_array()) {
      add(ErrorCode::WrongType, std::string("'") + key + "' must be a list", std::string("/") + key);
      return out;
    }
    for (const json& item : value_[key]) {
      if (item.is_string()) {
        out.push_back(item.get<std::string>());
      } else {
        add(ErrorCode::WrongType, std::string("'") + key + "' must hold strings", std::string("/") + key);
      }
    }
    return out;
  }

  std::vector<model::RecordKind> kinds() {
    std::vector<model::RecordKind> out;
    for (const std::string& name : texts("kinds")) {
      if (const auto kind = model::parse_record_kind(name)) {
        out.push_back(*kind);
      } else {
        add(ErrorCode::InvalidValue, "there is no record kind '" + name + "'", "/kinds");
      }
    }
    return out;
  }

  // The member as JSON text; nullopt if it is not there.
  std::optional<std::string> object(const char* key) const {
    return value_.contains(key) ? std::optional(dump(value_[key])) : std::nullopt;
  }

  std::vector<Error> errors;

 private:
  void add(ErrorCode code, std::string message, std::string where) {
    errors.push_back(Error{code, std::move(message), std::move(where), {}, std::nullopt, {}});
  }
  json value_;
};

void read_case(const std::string& sent, std::optional<model::TumourCase>& to, std::vector<Error>& errors) {
  auto reading = case_from_json(sent);
  if (reading) {
    to = std::move(reading->tumour_case);
    return;
  }
  for (Error& error : reading.error()) {
    error.where = "/case" + error.where;
    errors.push_back(std::move(error));
  }
}

Result<const text::TextIndex*> index_of(const view::View& view) {
  if (view.text == nullptr) {
    return fail(ErrorCode::IndexDamaged, "text search is not available: " + view.text_issue, {}, "run treff index");
  }
  return view.text.get();
}

json texts_of(const std::vector<model::SuggestedCriterion>& list) {
  json out = json::array();
  for (const model::SuggestedCriterion& one : list) {
    json item = {{"any_of", one.any_of}, {"place", one.place}};
    if (!one.arm.empty()) item["arm"] = one.arm;
    out.push_back(std::move(item));
  }
  return out;
}

// What an importer read from the record's text: shown under its own label, never matched.
void add_suggested(const model::Record& record, json& hit) {
  const auto add = [&](const auto& kind) {
    if (kind.suggested_needs.empty() && kind.suggested_exclusions.empty()) return;
    hit["suggested"] = {{"label", kSuggestedLabel},
                        {"needs", texts_of(kind.suggested_needs)},
                        {"excludes", texts_of(kind.suggested_exclusions)}};
  };
  if (const auto* trial = std::get_if<model::Trial>(&record)) add(*trial);
  if (const auto* programme = std::get_if<model::AccessProgramme>(&record)) add(*programme);
}

}  // namespace

Checked<SearchRequest> search_request_from_json(std::string_view text) {
  Fields fields(text, {"q", "case", "limit", "offset", "cursor", "kinds", "facets"});
  SearchRequest request;
  const std::optional<std::string> sent = fields.object("case");
  request.query = fields.text("q", !sent);
  request.options.limit = fields.number("limit", 20, 1, text::kMaxHits);
  request.options.offset = fields.number("offset", 0, 0, text::kMaxWindow);
  request.options.cursor = fields.text("cursor", false);
  request.options.kinds = fields.kinds();
  request.options.facets = fields.texts("facets");
  if (sent) {
    if (!request.query.empty()) {
      fields.errors.push_back(
          Error{ErrorCode::Usage, "'q' and 'case' cannot be asked at once", "/case", {}, std::nullopt, "send one"});
    }
    read_case(*sent, request.tumour_case, fields.errors);
  }
  if (!fields.errors.empty()) return fail_all(std::move(fields.errors));
  return request;
}

namespace {

std::string_view word_of(text::TopicRole role) {
  switch (role) {
    case text::TopicRole::Diagnosis: return "diagnosis";
    case text::TopicRole::Subtype: return "subtype";
    case text::TopicRole::WiderDiagnosis: return "wider_diagnosis";
    case text::TopicRole::AnyCancer: return "any_cancer";
    case text::TopicRole::Alteration: return "alteration";
    case text::TopicRole::WiderAlteration: return "kind_of_alteration";
    case text::TopicRole::Gene: return "gene";
    case text::TopicRole::WiderGene: return "gene_family";
    case text::TopicRole::Drug: return "drug";
    case text::TopicRole::WiderDrug: return "drug_class";
    case text::TopicRole::Person: return "person";
    case text::TopicRole::Biomarker: return "biomarker";
  }
  return {};
}

Result<SearchAnswer> search_case(const view::View& view, const text::TextIndex& index, const SearchRequest& request) {
  auto made = view::topic_of_case(*request.tumour_case, *view.case_words);
  if (!made) return fail(made.error());
  text::SearchOptions options = request.options;
  if (options.kinds.empty()) options.kinds = {model::RecordKind::Trial, model::RecordKind::AccessProgramme};
  auto found = index.search(made->topic, options);
  if (!found) return fail(found.error());
  SearchAnswer answer{std::move(*found), {}, std::move(made->issues)};
  for (const text::TopicGroup& group : made->topic.groups) {
    answer.searched_for.push_back({std::string(word_of(group.role)), group.label});
  }
  return answer;
}

}  // namespace

Result<SearchAnswer> search(const view::View& view, const SearchRequest& request) {
  const auto index = index_of(view);
  if (!index) return fail(index.error());
  if (request.tumour_case) return search_case(view, **index, request);
  if (base::trim(request.query).empty() && request.options.kinds.empty()) {
    return fail(Error{ErrorCode::Usage,
                      "there is no word to search for",
                      "q",
                      {},
                      std::nullopt,
                      "write a word, or name the kinds of records to list"});
  }
  const auto query = text::parse_query(request.query);
  if (!query) return fail(query.error());
  auto found = (*index)->search(*query, request.options);
  if (!found) return fail(found.error());
  return SearchAnswer{std::move(*found), {}, {}};
}

namespace {

json hit_json(const text::SearchHit& hit, const SearchAnswer& answer, const view::View& view) {
  json marks = json::array();
  for (const auto& mark : hit.snippet.marks) marks.push_back(json::array({mark.begin, mark.end}));
  const std::optional<model::Record> record = view::read_record(view, hit.key);
  const bool example = record && model::common_of(*record).confidence == model::Confidence::Example;
  json out = {{"kind", std::string(model::to_string(hit.key.kind))},
              {"id", hit.key.id},
              {"title", hit.title},
              {"score", hit.score},
              {"snippet", {{"text", hit.snippet.text}, {"marks", std::move(marks)}}},
              {"example", example},
              {"label", kTextLabel}};
  if (record) add_suggested(*record, out);
  if (answer.searched_for.empty()) return out;
  json found_by = json::array();
  for (const std::size_t group : hit.found_by) {
    const SearchedFor& one = answer.searched_for[group];
    found_by.push_back({{"role", one.role}, {"label", one.label}});
  }
  out["found_by"] = std::move(found_by);
  return out;
}

}  // namespace

namespace {

json answer_json(const SearchAnswer& answer, const view::View& view) {
  const text::SearchResult& result = answer.result;
  json hits = json::array();
  for (const text::SearchHit& hit : result.hits) hits.push_back(hit_json(hit, answer, view));
  json facets = json::object();
  for (const text::Facet& facet : result.facets) {
    json counts = json::array();
    for (const text::FacetCount& count : facet.counts)
      counts.push_back({{"value", count.value}, {"count", count.count}});
    facets[facet.name] = {{"values", facet.values}, {"counts", std::move(counts)}};
  }
  json out = {{"hits", std::move(hits)},    {"total", result.total},       {"total_is_exact", result.total_is_exact},
              {"relaxed", result.relaxed},  {"facets", std::move(facets)}, {"echo", result.parsed},
              {"revision", result.revision}};
  if (!result.next_cursor.empty()) out["next_cursor"] = result.next_cursor;
  if (result.spelling) out["spelling"] = {{"query", result.spelling->query}};
  if (!answer.searched_for.empty()) {
    json groups = json::array();
    for (const SearchedFor& one : answer.searched_for) groups.push_back({{"role", one.role}, {"label", one.label}});
    out["searched_for"] = std::move(groups);
    json warnings = json::array();
    for (const Issue& issue : answer.issues) {
      warnings.push_back(
          {{"id", issue.id}, {"message", issue.message}, {"where", issue.where}, {"piece", issue.piece}});
    }
    out["warnings"] = std::move(warnings);
  }
  return out;
}

}  // namespace

std::string to_json(const SearchAnswer& answer, const view::View& view) { return dump(answer_json(answer, view)); }

Checked<QueryLine> query_line_from_json(std::string_view line) {
  Fields fields(line, {"id", "q", "case"});
  QueryLine query;
  query.id = fields.text("id", true);
  const std::optional<std::string> sent = fields.object("case");
  query.query = fields.text("q", !sent);
  if (sent) read_case(*sent, query.tumour_case, fields.errors);
  if (!fields.errors.empty()) return fail_all(std::move(fields.errors));
  return query;
}

std::string line_json(const std::string& id, const SearchAnswer& answer, const view::View& view) {
  json out = answer_json(answer, view);
  out["id"] = id;
  return dump(out);
}

std::string error_line_json(const std::string& id, const std::vector<Error>& errors) {
  json list = json::array();
  for (const Error& error : errors) {
    list.push_back({{"code", std::string(base::to_string(error.code))},
                    {"message", error.message},
                    {"pointer", error.where},
                    {"hint", error.hint}});
  }
  return dump({{"id", id}, {"errors", std::move(list)}});
}

Checked<SuggestRequest> suggest_request_from_json(std::string_view text) {
  Fields fields(text, {"q", "kinds", "limit"});
  SuggestRequest request;
  request.typed = fields.text("q", true);
  request.kinds = fields.kinds();
  request.limit = fields.number("limit", 10, 1, text::kMaxSuggestions);
  if (!fields.errors.empty()) return fail_all(std::move(fields.errors));
  return request;
}

Result<std::string> suggest_json(const view::View& view, const SuggestRequest& request) {
  const auto index = index_of(view);
  if (!index) return fail(index.error());
  // Kinds are chosen afterwards, so more are asked for than are shown.
  const auto found = (*index)->suggest(request.typed, request.kinds.empty() ? request.limit : text::kMaxSuggestions);
  if (!found) return fail(found.error());
  json list = json::array();
  for (const text::Suggestion& suggestion : *found) {
    if (list.size() >= request.limit) break;
    const bool wanted = request.kinds.empty() || std::find(request.kinds.begin(), request.kinds.end(),
                                                           suggestion.key.kind) != request.kinds.end();
    if (!wanted) continue;
    json one = {{"kind", std::string(model::to_string(suggestion.key.kind))},
                {"id", suggestion.key.id},
                {"name", suggestion.name},
                {"matched", suggestion.matched}};
    if (const auto* diagnosis = view.knowledge->find_as<model::Diagnosis>(suggestion.key.kind, suggestion.key.id)) {
      one["code"] = diagnosis->code;
    }
    list.push_back(std::move(one));
  }
  return dump({{"suggestions", std::move(list)}});
}

}  // namespace treff::answer
