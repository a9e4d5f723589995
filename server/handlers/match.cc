// POST match, POST match/batch, POST compare and POST parse: a case travels in the body, the answer is never stored
// anywhere.
#include "kb/answer/answer.h"
#include "kb/answer/case_input.h"
#include "kb/answer/case_lines.h"
#include "kb/answer/compare.h"
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
    const auto revision = revision_in(name, value);
    if (!revision) return fail(revision.error());
    out.as_of = *revision;
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
  } else if (name == "text_hits") {
    const auto number = base::parse_int(value);
    if (!number || *number < 0 || *number > 100) return fail(bad_parameter(name, value, "use 0 to 100"));
    out.request.text_hits = static_cast<std::size_t>(*number);
  }
  return {};
}

Result<MatchParameters> read_parameters(const HttpRequest& request, const Clock& clock) {
  if (const Status known = known_parameters(
          request, {"as_of", "today", "unknown_as", "include", "explain", "lang", "limit", "text_hits"}, {"explain"});
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

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kFhir = "application/fhir+json";
constexpr std::string_view kLines = "application/x-ndjson";
constexpr std::string_view kTable = "text/tab-separated-values";

// The view to answer from: the served one, or the pinned one that was asked for.
Checked<std::shared_ptr<const view::View>> view_for(Service& service, const MatchParameters& parameters) {
  if (!parameters.as_of) return service.views.current();
  return service.views.at(*parameters.as_of);
}

void send_whole(ResponseWriter& writer, const HttpResponse& response) {
  if (writer.start(response) && writer.write(response.body)) writer.finish();
}

// Answers every line while the body still comes. False: the client is gone, or sent what cannot be read on.
bool answer_lines(const view::View& view, const answer::AnswerRequest& request, BodyReader& body,
                  ResponseWriter& writer, const HttpResponse& head) {
  answer::LineSplitter splitter;
  std::string out;
  bool started = false;
  for (bool at_end = false; !at_end;) {
    const auto piece = body.read();
    if (!piece) return false;
    at_end = piece->empty();
    splitter.add(*piece);
    if (at_end) splitter.end();
    // The head waits for the first piece, so that a refused body still gets its own status.
    if (!started && !writer.start(head)) return false;
    started = true;
    while (const auto line = splitter.next()) {
      out.clear();
      answer::append_answer_line(view, *line, request, out);
      if (!writer.write(out)) return false;
    }
  }
  return true;
}

}  // namespace

HttpResponse post_match(Service& service, const HttpRequest& request, const Segments&) {
  // What is sent as FHIR is FHIR; without a type the content decides.
  const bool sent_as_fhir = request.get("content-type") && body_is(request, {kFhir});
  if (const Status type = body_is(request, {kJson, kFhir}); !type) return problem(type.error(), request);
  const auto form = accepted(request, {kJson, kTable});
  if (!form) return not_acceptable(request, {kJson, kTable});
  const auto parameters = read_parameters(request, service.clock);
  if (!parameters) return problem(parameters.error(), request);
  const auto view = view_for(service, *parameters);
  if (!view) return problem(view.error(), request);
  const auto reading =
      sent_as_fhir ? answer::case_from_files("fhir", {{"", request.body}}) : answer::case_from_body(request.body);
  if (!reading) return problem(reading.error(), request);
  const auto answered = answer::answer_case(**view, *reading, parameters->request);
  if (!answered) return problem(answered.error(), request);
  HttpResponse response = json_response({});
  if (*form == kTable) {
    response.content_type = std::string(kTable) + "; charset=utf-8";
    response.body = answer::to_tsv(*answered);
  } else {
    answer::append_json(*answered, response.body);
    response.body += '\n';
  }
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("Treff-Revision", std::to_string((*view)->revision));
  return response;
}

void post_match_batch(Service& service, const HttpRequest& request, BodyReader& body, ResponseWriter& response) {
  const Status type = body_is(request, {kLines, "application/ndjson", "application/jsonl", kJson});
  if (!type) return send_whole(response, problem(type.error(), request));
  if (!accepted(request, {kLines, "application/ndjson", "application/jsonl", kJson})) {
    return send_whole(response, not_acceptable(request, {kLines}));
  }
  const auto parameters = read_parameters(request, service.clock);
  if (!parameters) return send_whole(response, problem(parameters.error(), request));
  const auto view = view_for(service, *parameters);
  if (!view) return send_whole(response, problem(view.error(), request));
  HttpResponse head;
  head.content_type = std::string(kLines);
  head.headers.emplace_back("Cache-Control", "no-store");
  head.headers.emplace_back("Treff-Revision", std::to_string((*view)->revision));
  // What is cut off by the client or its pace stays visibly unfinished.
  if (answer_lines(**view, parameters->request, body, response, head)) response.finish();
}

HttpResponse post_compare(Service& service, const HttpRequest& request, const Segments&) {
  if (const Status type = body_is(request, {kJson}); !type) return problem(type.error(), request);
  if (!accepted(request, {kJson})) return not_acceptable(request, {kJson});
  if (const Status known = known_parameters(request, {"from", "to", "today", "lang"}); !known) {
    return problem(known.error(), request);
  }
  MatchParameters parameters;
  parameters.request.match.today = service.clock.today();
  for (const auto& [name, value] : request.query) {
    if (const Status read = read_parameter(name, value, parameters); !read) return problem(read.error(), request);
  }
  const auto given = request.query_value("from");
  const auto from = revision_in("from", given.value_or(""));
  if (!from) return problem(from.error(), request);
  Result<store::Revision> to = service.views.current()->revision;
  if (const auto stated = request.query_value("to")) to = revision_in("to", *stated);
  if (!to) return problem(to.error(), request);
  const auto before = service.views.at(*from);
  if (!before) return problem(before.error(), request);
  const auto after = service.views.at(*to);
  if (!after) return problem(after.error(), request);
  const auto reading = answer::case_from_body(request.body);
  if (!reading) return problem(reading.error(), request);
  const auto compared = answer::compare_case(**before, **after, service.views.store(), *reading, parameters.request);
  if (!compared) return problem(compared.error(), request);
  HttpResponse response = json_response(answer::to_json(*compared) + "\n");
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("Treff-Revision", std::to_string(*to));
  return response;
}

HttpResponse post_parse(Service& service, const HttpRequest& request, const Segments&) {
  if (const Status type = body_is(request, {kJson}); !type) return problem(type.error(), request);
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
