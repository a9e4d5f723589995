#include <algorithm>

#include "kb/base/hash.h"
#include "server/handlers/handlers.h"
#include "server/status.h"

namespace treff::server {

HttpResponse json_response(std::string body) {
  HttpResponse response;
  response.content_type = "application/json";
  response.body = std::move(body);
  return response;
}

HttpResponse with_etag(HttpResponse response, const HttpRequest& request, store::Revision revision) {
  // Build, revision and content: a patched page or another encoding never hides behind an old tag.
  const std::string tag =
      "\"" TREFF_VERSION "-" + std::to_string(revision) + "-" + base::sha256_hex(response.body).substr(0, 16) + "\"";
  response.headers.emplace_back("ETag", tag);
  response.headers.emplace_back("Cache-Control", "no-cache");
  const auto known = request.get("if-none-match");
  if (response.status == 200 && known && (*known == "*" || known->find(tag) != std::string_view::npos)) {
    response.status = 304;
    response.body.clear();
    response.content_type.clear();
  }
  return response;
}

Status known_parameters(const HttpRequest& request, const std::vector<std::string_view>& known) {
  for (const auto& [name, value] : request.query) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      std::string list;
      for (const std::string_view word : known) list += (list.empty() ? "" : ", ") + std::string(word);
      return fail(Error{ErrorCode::Usage, "the parameter '" + name + "' is not known here", name, name, std::nullopt,
                        list.empty() ? "this address takes no parameters" : "known parameters: " + list});
    }
  }
  return {};
}

}  // namespace treff::server
