#include "server/routes.h"

#include <algorithm>

#include "kb/base/text.h"
#include "server/handlers/handlers.h"
#include "server/status.h"

namespace treff::server {
namespace {

constexpr std::size_t kSmallBody = 64 * 1024;
constexpr std::size_t kTermsBody = std::size_t{2} << 20;
constexpr std::size_t kImportBody = std::size_t{32} << 20;
constexpr std::size_t kCaseBody = std::size_t{32} << 20;  // laboratory files travel inside
constexpr std::size_t kBatchBody = std::size_t{1} << 30;  // never gathered

constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src "
    "'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

bool matches(std::string_view pattern, const std::vector<std::string_view>& path, std::vector<std::string>& segments) {
  const std::vector<std::string_view> parts = base::split(pattern, '/');
  if (parts.size() != path.size()) return false;
  segments.clear();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!parts[i].empty() && parts[i].front() == '{') {
      if (path[i].empty()) return false;
      segments.emplace_back(path[i]);
    } else if (parts[i] != path[i]) {
      return false;
    }
  }
  return true;
}

void add_policy(HttpResponse& response, const Service& service) {
  response.headers.emplace_back("Content-Security-Policy", std::string(kPolicy));
  response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  const bool stated = std::any_of(response.headers.begin(), response.headers.end(),
                                  [](const NameValue& header) { return header.first == "Treff-Revision"; });
  if (!stated) response.headers.emplace_back("Treff-Revision", std::to_string(service.views.current()->revision));
}

// 401 without a token that is known here; the handler gets its name, never the token.
HttpResponse as_curator(Service& service, const HttpRequest& request, const RouteRow& row,
                        const std::vector<std::string>& segments) {
  if (service.publisher == nullptr) {
    return problem_response(503, "This server does not take changes.", request.request_id);
  }
  const auto tokens = read_tokens(service.kb_directory);
  if (!tokens) {
    service.log.write(LogLevel::Error, base::to_text(tokens.error()));
    return problem_response(503, "The tokens cannot be read.", request.request_id);
  }
  constexpr std::string_view kScheme = "Bearer ";
  const std::string_view given = request.get("authorization").value_or("");
  const TokenRow* token = given.starts_with(kScheme) ? find_token(*tokens, given.substr(kScheme.size())) : nullptr;
  if (token == nullptr) {
    HttpResponse response = problem_response(401, "This address needs a curator's token.", request.request_id);
    response.headers.emplace_back("WWW-Authenticate", "Bearer");
    return response;
  }
  if (token->role < row.role) return problem_response(403, "This token may not do that.", request.request_id);
  HttpRequest known = request;
  known.curator = token->name;
  return row.handle(service, known, segments);
}

HttpResponse dispatch(Service& service, const HttpRequest& request) {
  std::vector<std::string> segments;
  std::string allowed;
  const std::string method = request.method == "HEAD" ? "GET" : request.method;
  const RouteRow* row = find_route(method, request.path, segments, allowed);
  if (row != nullptr && row->handle != nullptr) {
    return row->role == Role::Anyone ? row->handle(service, request, segments)
                                     : as_curator(service, request, *row, segments);
  }
  if (!allowed.empty()) {
    HttpResponse response = problem_response(405, "This address does not take that method.", request.request_id);
    response.headers.emplace_back("Allow", allowed);
    return response;
  }
  if (method == "GET") return get_page(service, request, segments);
  return problem_response(404, "There is nothing at this address.", request.request_id);
}

// Adds the policy of every answer to a streamed one.
class PolicyWriter final : public ResponseWriter {
 public:
  PolicyWriter(ResponseWriter& inner, const Service& service) : inner_(inner), service_(service) {}
  bool start(const HttpResponse& head) override {
    HttpResponse with_policy = head;
    add_policy(with_policy, service_);
    return inner_.start(with_policy);
  }
  bool write(std::string_view bytes) override { return inner_.write(bytes); }
  bool flush() override { return inner_.flush(); }
  bool finish() override { return inner_.finish(); }

 private:
  ResponseWriter& inner_;
  const Service& service_;
};

// The route's own pattern, never the path as sent: record ids and guesses stay out of the counters.
std::string route_name(const HttpRequest& request) {
  std::vector<std::string> segments;
  std::string allowed;
  const RouteRow* row = find_route(request.method == "HEAD" ? "GET" : request.method, request.path, segments, allowed);
  return row == nullptr ? "other" : std::string(row->path);
}

std::optional<Answer> park_changes(Service& service, const HttpRequest& request) {
  const auto wait = request.query_value("wait");
  const auto since = request.query_value("since");
  if (!wait || !since || !known_parameters(request, {"since", "wait"})) return std::nullopt;
  const auto seconds = base::parse_int(*wait);
  const auto revision = base::parse_int(*since);
  if (!seconds || !revision || *seconds == 0 ||
      static_cast<store::Revision>(*revision) != service.views.current()->revision) {
    return std::nullopt;
  }
  Park park;
  park.wait = std::chrono::seconds(std::min(*seconds, 60));
  park.subscribe = [&service](Waker waker) { service.publications.subscribe(std::move(waker)); };
  park.resume = [&service, request](WakeReason) -> std::optional<HttpResponse> {
    HttpResponse response = get_changes(service, request, {});
    add_policy(response, service);
    return response;
  };
  return park;
}

}  // namespace

const std::vector<RouteRow>& routes() {
  constexpr RouteClass kGathered = RouteClass::Gathered;
  static const std::vector<RouteRow> table = {
      {"GET", "/api/v1/meta", kGathered, 0, Role::Anyone, get_meta},
      {"POST", "/api/v1/match", kGathered, kCaseBody, Role::Anyone, post_match},
      {"POST", "/api/v1/match/batch", RouteClass::Streamed, kBatchBody, Role::Anyone, nullptr, post_match_batch},
      {"POST", "/api/v1/compare", kGathered, kCaseBody, Role::Anyone, post_compare},
      {"GET", "/api/v1/stats", kGathered, 0, Role::Anyone, get_stats},
      {"POST", "/api/v1/parse", kGathered, kTermsBody, Role::Anyone, post_parse},
      {"POST", "/api/v1/search", kGathered, kSmallBody, Role::Anyone, post_search},
      {"GET", "/api/v1/search", kGathered, 0, Role::Anyone, get_search},
      {"POST", "/api/v1/suggest", kGathered, kSmallBody, Role::Anyone, post_suggest},
      {"GET", "/api/v1/suggest", kGathered, 0, Role::Anyone, get_suggest},
      {"GET", "/api/v1/records/{kind}", kGathered, 0, Role::Anyone, get_records},
      {"GET", "/api/v1/records/{kind}/{id}", kGathered, 0, Role::Anyone, get_record},
      {"GET", "/api/v1/records/{kind}/{id}/history", kGathered, 0, Role::Anyone, get_record_history},
      {"GET", "/api/v1/revisions/{rev}", kGathered, 0, Role::Anyone, get_revision},
      {"GET", "/api/v1/changes", RouteClass::Parked, 0, Role::Anyone, get_changes},
      {"POST", "/api/v1/import", kGathered, kImportBody, Role::Curator, post_import},
      {"POST", "/api/v1/cohorts/{id}/enrolment", kGathered, kSmallBody, Role::Curator, post_enrolment},
      {"GET", "/healthz", kGathered, 0, Role::Anyone, get_healthz},
      {"GET", "/readyz", kGathered, 0, Role::Anyone, get_readyz},
      {"GET", "/metrics", kGathered, 0, Role::Anyone, get_metrics},
      {"GET", "/openapi.json", kGathered, 0, Role::Anyone, get_openapi},
  };
  return table;
}

const RouteRow* find_route(std::string_view method, std::string_view path, std::vector<std::string>& segments,
                           std::string& allowed) {
  const std::vector<std::string_view> parts = base::split(path, '/');
  for (const RouteRow& row : routes()) {
    if (!matches(row.path, parts, segments)) continue;
    if (row.method == method) return &row;
    allowed += (allowed.empty() ? "" : ", ") + std::string(row.method);
  }
  segments.clear();
  return nullptr;
}

Handlers handlers_for(Service& service) {
  Handlers handlers;
  handlers.classify = [](std::string_view method, std::string_view path) {
    std::vector<std::string> segments;
    std::string allowed;
    const RouteRow* row = find_route(method == "HEAD" ? "GET" : method, path, segments, allowed);
    return row == nullptr ? Route{} : Route{row->kind, row->max_body_bytes};
  };
  handlers.answer = [&service](const HttpRequest& request) -> Answer {
    if (request.method == "GET" && request.path == "/api/v1/changes") {
      if (auto parked = park_changes(service, request)) return std::move(*parked);
    }
    HttpResponse response = dispatch(service, request);
    add_policy(response, service);
    return response;
  };
  handlers.stream = [&service](const HttpRequest& request, BodyReader& body, ResponseWriter& response) {
    std::vector<std::string> segments;
    std::string allowed;
    const RouteRow* row = find_route(request.method, request.path, segments, allowed);
    PolicyWriter writer(response, service);
    if (row != nullptr && row->stream != nullptr) row->stream(service, request, body, writer);
  };
  handlers.observe = [&service](const AccessRecord& record) {
    const std::string route = route_name(record.request);
    service.metrics.count(route, record.status, record.took);
    service.log.write(LogLevel::Info, record.request.method + " " + route + " " + std::to_string(record.status) + " " +
                                          std::to_string(record.body_bytes) + "B " +
                                          std::to_string(record.took.count()) + "us " + record.request.request_id);
  };
  return handlers;
}

}  // namespace treff::server
