// THE table of endpoints: method, path, class, body cap, and the handler. openapi.json must name each of them.
//
// To add an endpoint: one row in routes.cc, one handler, one entry in schemas/openapi.json with an example.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/http_handlers.h"
#include "server/service.h"
#include "server/tokens.h"

namespace treff::server {

struct RouteRow {
  std::string_view method;
  std::string_view path;  // "{name}" matches one segment
  RouteClass kind;
  std::size_t max_body_bytes;
  Role role;
  // Gathered and Parked; nullptr on a Streamed route.
  HttpResponse (*handle)(Service& service, const HttpRequest& request, const std::vector<std::string>& segments);
  // Streamed; nullptr otherwise.
  void (*stream)(Service& service, const HttpRequest& request, BodyReader& body, ResponseWriter& response) = nullptr;
};

const std::vector<RouteRow>& routes();

// The row for a path, or nullptr; `allowed` gets the methods that exist for the path (for 405).
const RouteRow* find_route(std::string_view method, std::string_view path, std::vector<std::string>& segments,
                           std::string& allowed);

// The service as the front's four functions. `service` must outlive them.
Handlers handlers_for(Service& service);

}  // namespace treff::server
