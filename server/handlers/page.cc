#include "server/handlers/handlers.h"
#include "server/status.h"

namespace treff::server {

HttpResponse get_page(Service& service, const HttpRequest& request, const Segments&) {
  const auto page = service.pages.find(request.path);
  if (page == service.pages.end())
    return problem_response(404, "There is nothing at this address.", request.request_id);
  HttpResponse response;
  response.content_type = page->second.content_type;
  response.body = page->second.body;
  return with_etag(std::move(response), request, service.views.current()->revision);
}

}  // namespace treff::server
