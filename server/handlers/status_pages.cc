// What is served, whether it is well, and how it is described: meta, health, metrics, openapi.
#include <fstream>
#include <iterator>

#include "kb/answer/case_input.h"
#include "server/handlers/handlers.h"
#include "server/http_wire.h"
#include "server/status.h"

namespace treff::server {

HttpResponse get_meta(Service& service, const HttpRequest& request, const Segments&) {
  if (const Status known = known_parameters(request, {}); !known) return problem(known.error(), request);
  const auto view = service.views.current();
  std::string counts;
  for (const model::RecordKindRow& row : model::kRecordKinds) {
    counts +=
        (counts.empty() ? "" : ",") + json_string(row.name) + ":" + std::to_string(view->knowledge->count(row.kind));
  }
  std::string inputs;
  for (const std::string& name : answer::input_formats()) inputs += (inputs.empty() ? "" : ",") + json_string(name);
  std::string examples = "false";
  for (const model::Record* record : view->knowledge->all(model::RecordKind::Cohort)) {
    if (model::common_of(*record).confidence == model::Confidence::Example) examples = "true";
  }
  std::string body =
      "{\"counts\":{" + counts + "},\"holds_examples\":" + examples + ",\"inputs\":[" + inputs +
      "],\"knowledge_base\":" + json_string(view->knowledge_base) + ",\"published\":" + json_string(view->published) +
      ",\"revision\":" + std::to_string(view->revision) +
      ",\"software\":\"treff " TREFF_VERSION "\",\"text_search\":" + (view->text != nullptr ? "true" : "false") + "}\n";
  return with_etag(json_response(std::move(body)), request, view->revision);
}

// Per kind: how many, how many invented, and how old their checks are.
HttpResponse get_stats(Service& service, const HttpRequest& request, const Segments&) {
  if (const Status known = known_parameters(request, {}); !known) return problem(known.error(), request);
  const auto view = service.views.current();
  const auto day = [](const std::optional<Date>& date) { return date ? json_string(base::to_string(*date)) : "null"; };
  std::string kinds;
  for (const model::RecordKindRow& row : model::kRecordKinds) {
    std::optional<Date> oldest, newest;
    std::size_t count = 0, examples = 0, unchecked = 0;
    for (const model::Record* record : view->knowledge->all(row.kind)) {
      const model::Common& common = model::common_of(*record);
      ++count;
      examples += common.confidence == model::Confidence::Example ? 1 : 0;
      unchecked += common.checked_on ? 0 : 1;
      if (!common.checked_on) continue;
      if (!oldest || *common.checked_on < *oldest) oldest = common.checked_on;
      if (!newest || *newest < *common.checked_on) newest = common.checked_on;
    }
    kinds += (kinds.empty() ? "" : ",") + json_string(row.name) + ":{\"count\":" + std::to_string(count) +
             ",\"examples\":" + std::to_string(examples) + ",\"newest_check\":" + day(newest) +
             ",\"oldest_check\":" + day(oldest) + ",\"unchecked\":" + std::to_string(unchecked) + "}";
  }
  std::string body = "{\"kinds\":{" + kinds + "},\"knowledge_base\":" + json_string(view->knowledge_base) +
                     ",\"options\":" + std::to_string(view->index->options().size()) +
                     ",\"published\":" + json_string(view->published) +
                     ",\"revision\":" + std::to_string(view->revision) + "}\n";
  return with_etag(json_response(std::move(body)), request, view->revision);
}

HttpResponse get_healthz(Service&, const HttpRequest&, const Segments&) {
  HttpResponse response = json_response("{\"status\":\"ok\"}\n");
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

HttpResponse get_readyz(Service& service, const HttpRequest&, const Segments&) {
  const auto view = service.views.current();
  const bool degraded = view->text == nullptr;
  HttpResponse response =
      json_response(degraded ? "{\"cause\":" + json_string(view->text_issue) + ",\"status\":\"degraded\"}\n"
                             : std::string("{\"status\":\"ok\"}\n"));
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

HttpResponse get_metrics(Service& service, const HttpRequest&, const Segments&) {
  HttpResponse response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.headers.emplace_back("Cache-Control", "no-store");
  response.body = service.metrics.text(*service.views.current());
  return response;
}

HttpResponse get_openapi(Service& service, const HttpRequest& request, const Segments&) {
  std::ifstream file(service.schema_directory + "/openapi.json", std::ios::binary);
  std::string body((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (body.empty())
    return problem(Error{ErrorCode::NotFound, "the description is not installed", {}, {}, std::nullopt, {}}, request);
  return with_etag(json_response(std::move(body)), request, service.views.current()->revision);
}

}  // namespace treff::server
