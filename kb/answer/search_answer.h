// Text search and suggestions as JSON, for command line and server; every hit carries the label that it is text only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kb/base/result.h"
#include "kb/model/tumour_case.h"
#include "kb/text/index_reader.h"
#include "kb/view/view.h"

namespace treff::answer {

struct SearchRequest {
  std::string query;
  std::optional<model::TumourCase> tumour_case;  // instead of `query`
  text::SearchOptions options;
};

// {"q" or "case","limit"?,"offset"?,"cursor"?,"kinds"?,"facets"?}: strict; the case as in API.md section 3.
Checked<SearchRequest> search_request_from_json(std::string_view json);

// One group of names that a case was searched by.
struct SearchedFor {
  std::string role;   // "diagnosis", "gene", "drug" ...
  std::string label;  // "BRAF"
};

struct SearchAnswer {
  text::SearchResult result;
  std::vector<SearchedFor> searched_for;  // a case only; SearchHit::found_by are places in it
  std::vector<Issue> issues;              // a case only: what was searched by its words only
};

// IndexDamaged if the view has no text index; a malformed query with its byte position. An empty query is a Usage error
// unless kinds are named, which asks for a list of them. A case is searched among trials and access programmes where no
// kind is named.
Result<SearchAnswer> search(const view::View& view, const SearchRequest& request);
std::string to_json(const SearchAnswer& answer, const view::View& view);

// One line of `treff search --queries`.
struct QueryLine {
  std::string id;
  std::string query;
  std::optional<model::TumourCase> tumour_case;
};
// {"id","q"} or {"id","case"}: strict.
Checked<QueryLine> query_line_from_json(std::string_view line);
// {"id",...} with the members of to_json, or {"id","errors":[...]}; no newline.
std::string line_json(const std::string& id, const SearchAnswer& answer, const view::View& view);
std::string error_line_json(const std::string& id, const std::vector<Error>& errors);

struct SuggestRequest {
  std::string typed;
  std::vector<model::RecordKind> kinds;  // empty = all
  std::size_t limit = 10;
};
// {"q","kinds"?,"limit"?}: strict.
Checked<SuggestRequest> suggest_request_from_json(std::string_view json);
// {"suggestions":[{"kind","id","name","matched","code"?}]}; `code` for diagnoses.
Result<std::string> suggest_json(const view::View& view, const SuggestRequest& request);

}  // namespace treff::answer
