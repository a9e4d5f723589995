// Text search and suggestions. The pages search by POST; GET is for people and pipelines that search no case.
#include "kb/answer/search_answer.h"
#include "kb/base/text.h"
#include "server/handlers/handlers.h"
#include "server/status.h"

namespace treff::server {
namespace {

HttpResponse answer_search(Service& service, const HttpRequest& request, answer::SearchRequest& search) {
  const auto view = service.views.current();
  search.options.today = service.clock.today();
  const auto found = answer::search(*view, search);
  if (!found) return problem(found.error(), request);
  return json_response(answer::to_json(*found, *view) + "\n");
}

HttpResponse no_store(HttpResponse response) {
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

}  // namespace

HttpResponse post_search(Service& service, const HttpRequest& request, const Segments&) {
  if (const Status type = body_is(request, {"application/json"}); !type) return problem(type.error(), request);
  if (const Status known = known_parameters(request, {}); !known) return problem(known.error(), request);
  auto search = answer::search_request_from_json(request.body);
  if (!search) return problem(search.error(), request);
  return no_store(answer_search(service, request, *search));
}

HttpResponse get_search(Service& service, const HttpRequest& request, const Segments&) {
  if (const Status known = known_parameters(request, {"q", "limit", "cursor"}); !known)
    return problem(known.error(), request);
  answer::SearchRequest search;
  search.query = request.query_value("q").value_or("");
  search.options.cursor = request.query_value("cursor").value_or("");
  if (const auto limit = request.query_value("limit")) {
    const auto number = base::parse_int(*limit);
    if (!number || *number < 1 || *number > static_cast<int>(text::kMaxHits)) {
      return problem(bad_parameter("limit", *limit, "use 1 to 100"), request);
    }
    search.options.limit = static_cast<std::size_t>(*number);
  }
  HttpResponse response = answer_search(service, request, search);
  return response.status == 200 ? with_etag(std::move(response), request, service.views.current()->revision) : response;
}

HttpResponse post_suggest(Service& service, const HttpRequest& request, const Segments&) {
  if (const Status type = body_is(request, {"application/json"}); !type) return problem(type.error(), request);
  if (const Status known = known_parameters(request, {}); !known) return problem(known.error(), request);
  const auto suggest = answer::suggest_request_from_json(request.body);
  if (!suggest) return problem(suggest.error(), request);
  const auto found = answer::suggest_json(*service.views.current(), *suggest);
  return found ? no_store(json_response(*found + "\n")) : problem(found.error(), request);
}

HttpResponse get_suggest(Service& service, const HttpRequest& request, const Segments&) {
  if (const Status known = known_parameters(request, {"q"}); !known) return problem(known.error(), request);
  answer::SuggestRequest suggest;
  suggest.typed = request.query_value("q").value_or("");
  const auto found = answer::suggest_json(*service.views.current(), suggest);
  if (!found) return problem(found.error(), request);
  return with_etag(json_response(*found + "\n"), request, service.views.current()->revision);
}

}  // namespace treff::server
