// The handlers of the endpoints: each a function of the service, the request, and the path's variable segments.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http_message.h"
#include "server/http_stream.h"
#include "server/service.h"

namespace treff::server {

using Segments = std::vector<std::string>;

HttpResponse get_meta(Service& service, const HttpRequest& request, const Segments& segments);
HttpResponse post_match(Service& service, const HttpRequest& request, const Segments& segments);
// NDJSON in, NDJSON out, while the body still comes; one revision for the whole of it.
void post_match_batch(Service& service, const HttpRequest& request, BodyReader& body, ResponseWriter& response);
HttpResponse post_compare(Service& service, const HttpRequest& request, const Segments& segments);
HttpResponse get_stats(Service& service, const HttpRequest& request, const Segments& segments);
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
HttpResponse post_import(Service& service, const HttpRequest& request, const Segments& segments);
HttpResponse post_enrolment(Service& service, const HttpRequest& request, const Segments& segments);
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
// An error naming any query parameter that the route does not know, or that is given twice and may not be.
Status known_parameters(const HttpRequest& request, const std::vector<std::string_view>& known,
                        const std::vector<std::string_view>& repeatable = {});
// "/query/as_of": where an error of a query parameter points.
std::string query_pointer(std::string_view name);
Error bad_parameter(std::string_view name, std::string_view value, std::string hint);
// A revision that may exist: a whole number from 1.
Result<store::Revision> revision_in(std::string_view name, std::string_view value);
// UnsupportedFormat if the body is stated to be something else than `type`; a body without a type is taken for one.
Status body_is(const HttpRequest& request, const std::vector<std::string_view>& types);
// The first of `offered` (best first) that the caller accepts by its Accept header (RFC 9110 section 12.5.1); nullopt
// if none.
std::optional<std::string_view> accepted(const HttpRequest& request, const std::vector<std::string_view>& offered);
HttpResponse not_acceptable(const HttpRequest& request, const std::vector<std::string_view>& offered);

}  // namespace treff::server
