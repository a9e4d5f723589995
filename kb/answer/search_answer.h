// Text search and suggestions as JSON, for command line and server; every hit carries the label that it is text only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kb/base/result.h"
#include "kb/text/index_reader.h"
#include "kb/view/view.h"

namespace treff::answer {

struct SearchRequest {
  std::string query;
  text::SearchOptions options;
};

// {"q","limit"?,"offset"?,"cursor"?,"kinds"?,"facets"?}: strict.
Checked<SearchRequest> search_request_from_json(std::string_view json);

// IndexDamaged if the view has no text index; a malformed query with its byte position.
Result<text::SearchResult> search(const view::View& view, const SearchRequest& request);
std::string to_json(const text::SearchResult& result, const view::View& view);

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
