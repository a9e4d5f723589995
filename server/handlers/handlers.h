// The handlers of the endpoints: each a function of the service, the request, and the path's variable segments.
#pragma once

#include <string>
#include <vector>

#include "server/http_message.h"
#include "server/service.h"

namespace treff::server {

using Segments = std::vector<std::string>;

HttpResponse get_meta(Service& service, const HttpRequest& request, const Segments& segments);
HttpResponse post_match(Service& service, const HttpRequest& request, const Segments& segments);
HttpResponse post_parse(Service& service, const HttpRequest& request, const Segments& segments);
HttpResponse post_search(Service& service, const HttpRequest& request, const Segments& segments);
HttpResponse get_search(Service& service, const HttpRequest& request, const Segments& segments);
HttpResponse post_suggest(Service& service, const HttpRequest& request, const Segments& segments);
HttpResponse get_suggest(Service& service, const HttpRequest& request, const Segments& segments);
HttpResponse get_records(Service& service, const HttpRequest& request, const Segments& segments);
HttpResponse get_record(Service& service, const HttpRequest& request, const Segments& segments);
HttpResponse get_record_history(Service& service, const HttpRequest& request, const Segments& segments);
HttpResponse get_revision(Service& service, const HttpRequest& request, const Segments& segments);
HttpResponse get_changes(Service& service, const HttpRequest& request, const Segments& segments);
HttpResponse get_healthz(Service& service, const HttpRequest& request, const Segments& segments);
HttpResponse get_readyz(Service& service, const HttpRequest& request, const Segments& segments);
HttpResponse get_metrics(Service& service, const HttpRequest& request, const Segments& segments);
HttpResponse get_openapi(Service& service, const HttpRequest& request, const Segments& segments);
// Pages: a file below web-static, by a fixed list of names read at start; never a path from outside.
HttpResponse get_page(Service& service, const HttpRequest& request, const Segments& segments);

// Shared by handlers.
HttpResponse json_response(std::string body);
// Strong ETag of build and revision; 304 if the caller has it.
HttpResponse with_etag(HttpResponse response, const HttpRequest& request, store::Revision revision);
// An error naming any query parameter that the route does not know.
Status known_parameters(const HttpRequest& request, const std::vector<std::string_view>& known);

}  // namespace treff::server
