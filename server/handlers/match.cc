// POST match and POST parse: a case travels in the body, the answer is never stored anywhere.
#include "kb/answer/answer.h"
#include "kb/answer/case_input.h"
#include "kb/answer/parse_answer.h"
#include "kb/base/text.h"
#include "server/handlers/handlers.h"
#include "server/status.h"

namespace treff::server {
namespace {

struct MatchParameters {
  answer::AnswerRequest request;
  std::optional<store::Revision> as_of;
};

Error bad_parameter(std::string_view name, std::string_view value, std::string hint) {
  return Error{ErrorCode::Usage,  "'" + std::string(value) + "' is not a value of '" + std::string(name) + "'",
               std::string(name), std::string(value),
               std::nullopt,      std::move(hint)};
}

Status read_include(std::string_view value, match::MatchRequest& request) {
  request.include_closed = request.include_near_miss = request.include_possible = false;
  for (const std::string_view word : base::split(value, ',')) {
    if (word == "closed") {
      request.include_closed = true;
    } else if (word == "near_miss") {
      request.include_near_miss = true;
    } else if (word == "possible") {
      request.include_possible = true;
    } else {
      return fail(bad_parameter("include", word, "use closed, near_miss, possible"));
    }
  }
  return {};
}

Status read_parameter(const std::string& name, const std::string& value, MatchParameters& out) {
  if (name == "as_of") {
    const auto number = base::parse_int(value);
    if (!number) return fail(bad_parameter(name, value, "give a revision number"));
    out.as_of = static_cast<store::Revision>(*number);
  } else if (name == "today") {
    const auto date = base::parse_date(value);
    if (!date) return fail(bad_parameter(name, value, date.error().hint));
    out.request.match.today = *date;
  } else if (name == "unknown_as") {
    if (value != "absent") return fail(bad_parameter(name, value, "use absent"));
    out.request.match.unknown_as_absent = true;
  } else if (name == "include") {
    return read_include(value, out.request.match);
  } else if (name == "explain") {
    out.request.match.explain.push_back(value);
  } else if (name == "lang") {
    if (value != "en" && value != "nb") return fail(bad_parameter(name, value, "use en or nb"));
    out.request.language = value == "nb" ? answer::Language::Nb : answer::Language::En;
  } else if (name == "limit") {
    const auto number = base::parse_int(value);
    if (!number || *number < 1 || *number > 5000) return fail(bad_parameter(name, value, "use 1 to 5000"));
    out.request.limit = static_cast<std::size_t>(*number);
  }
  return {};
}

Result<MatchParameters> read_parameters(const HttpRequest& request, const Clock& clock) {
  if (const Status known =
          known_parameters(request, {"as_of", "today", "unknown_as", "include", "explain", "lang", "limit"});
      !known) {
    return fail(known.error());
  }
  MatchParameters out;
  out.request.match.today = clock.today();
  for (const auto& [name, value] : request.query) {
    if (const Status read = read_parameter(name, value, out); !read) return fail(read.error());
  }
  return out;
}

bool wants_table(const HttpRequest& request) {
  const auto accept = request.get("accept");
  return accept && accept->find("text/tab-separated-values") != std::string_view::npos;
}

}  // namespace

HttpResponse post_match(Service& service, const HttpRequest& request, const Segments&) {
  const auto parameters = read_parameters(request, service.clock);
  if (!parameters) return problem(parameters.error(), request);
  std::shared_ptr<const view::View> view = service.views.current();
  if (parameters->as_of) {
    const auto pinned = service.views.at(*parameters->as_of);
    if (!pinned) return problem(pinned.error(), request);
    view = *pinned;
  }
  const auto reading = answer::case_from_body(request.body);
  if (!reading) return problem(reading.error(), request);
  const auto answered = answer::answer_case(*view, *reading, parameters->request);
  if (!answered) return problem(answered.error(), request);
  HttpResponse response =
      json_response(wants_table(request) ? answer::to_tsv(*answered) : answer::to_json(*answered) + "\n");
  if (wants_table(request)) response.content_type = "text/tab-separated-values; charset=utf-8";
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("Treff-Revision", std::to_string(view->revision));
  return response;
}

HttpResponse post_parse(Service& service, const HttpRequest& request, const Segments&) {
  if (const Status known = known_parameters(request, {"as"}); !known) return problem(known.error(), request);
  const auto as = answer::parse_as_from(request.query_value("as").value_or("alteration"));
  if (!as) return problem(as.error(), request);
  const auto terms = answer::parse_terms_from_json(request.body);
  if (!terms) return problem(terms.error(), request);
  const auto view = service.views.current();
  std::string body = "{\"results\":[";
  for (std::size_t i = 0; i < terms->size(); ++i) {
    body += (i == 0 ? "" : ",") + answer::parse_answer((*terms)[i], *as, view->knowledge->vocabulary());
  }
  HttpResponse response = json_response(body + "]}\n");
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

}  // namespace treff::server
