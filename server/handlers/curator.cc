// What curators write: change sets of records, and the fast lane for enrolment figures.
//
// Both need a bearer token (routes.cc asks for it before the body is looked at) and If-Match with the revision that the
// caller had read: if a record of the change has moved on since, the answer is 412 and nothing is written.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "indexer/publisher.h"
#include "kb/base/text.h"
#include "kb/model/codec.h"
#include "server/handlers/handlers.h"
#include "server/status.h"
#include "server/tokens.h"

namespace treff::server {
namespace {

using nlohmann::json;

constexpr int kTries = 3;  // publications of others may come between; records that both touch are found before

struct Precondition {
  std::optional<HttpResponse> refused;
  store::Revision revision = 0;
};

Precondition precondition(const HttpRequest& request) {
  const auto given = request.get("if-match");
  if (!given) {
    return {problem_response(428, "Say with If-Match which revision you have read, for example If-Match: \"42\".",
                             request.request_id),
            0};
  }
  std::string_view text = base::trim(*given);
  if (text.size() > 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  const auto number = base::parse_int(text);
  if (!number || *number < 0) {
    return {
        problem_response(400, "If-Match names a revision in quotation marks, for example \"42\".", request.request_id),
        0};
  }
  return {std::nullopt, static_cast<store::Revision>(*number)};
}

// The first record of the set that was changed after `revision`; nullopt if none was.
Result<std::optional<model::RecordKey>> moved_on(const store::Store& store, const store::ChangeSet& set,
                                                 store::Revision revision) {
  for (const store::Change& change : set.changes) {
    const auto history = store.history(change.key);
    if (!history) {
      if (history.error().code == ErrorCode::NotFound) continue;
      return fail(history.error());
    }
    if (history->front().revision > revision) return std::optional(change.key);
  }
  return std::optional<model::RecordKey>();
}

HttpResponse moved_on_response(const model::RecordKey& key, const HttpRequest& request) {
  return problem_response(412,
                          "The record " + std::string(model::to_string(key.kind)) + "/" + key.id +
                              " has changed since the revision in If-Match. Read it again.",
                          request.request_id);
}

HttpResponse published(store::Revision revision, std::size_t changes) {
  HttpResponse response =
      json_response("{\"changes\":" + std::to_string(changes) + ",\"revision\":" + std::to_string(revision) + "}\n");
  response.headers.emplace_back("Treff-Revision", std::to_string(revision));
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

HttpResponse publish(Service& service, const HttpRequest& request, store::ChangeSet set, store::Revision read_at) {
  set.published_at = service.clock.utc_now();
  for (int attempt = 1;; ++attempt) {
    const store::Revision head = service.views.store().head();
    if (read_at > head) return problem_response(412, "If-Match names a revision to come.", request.request_id);
    const auto moved = moved_on(service.views.store(), set, read_at);
    if (!moved) return problem(moved.error(), request);
    if (*moved) return moved_on_response(**moved, request);
    const auto revision = service.publisher->publish(set, head);
    if (revision) return published(*revision, set.changes.size());
    if (revision.error().front().code != ErrorCode::RevisionConflict || attempt == kTries) {
      return problem(revision.error(), request);
    }
  }
}

Error not_an_object(const std::string& key) {
  return Error{ErrorCode::WrongType, "'" + key + "' must be an object", "/" + key, {}, std::nullopt, {}};
}

// The cohort with the figures of `body` as the newest of its enrolment, and the slots if given.
Checked<std::string> with_figures(const std::string& cohort_json, json body) {
  json cohort = json::parse(cohort_json);
  if (body.contains("slots")) {
    if (!body["slots"].is_object()) return fail_all({not_an_object("slots")});
    json slots = std::move(body["slots"]);
    body.erase("slots");
    if (!slots.contains("as_of") && body.contains("as_of")) slots["as_of"] = body["as_of"];
    cohort["slots"] = std::move(slots);
  }
  json& enrolment = cohort["enrolment"];
  if (enrolment.is_null()) enrolment = json::array();
  enrolment.push_back(std::move(body));
  const std::string text = cohort.dump();
  auto record = model::decode_record(text);
  if (!record) return fail_all(std::move(record.error()));
  return text;
}

// A small object, at most a few levels deep; the strict reading comes with the whole record.
Checked<json> small_object(const std::string& body) {
  constexpr int kDepth = 8;
  const auto too_deep = [](int depth, json::parse_event_t, json&) { return depth <= kDepth; };
  json parsed = json::parse(body, too_deep, false);
  if (!parsed.is_object()) {
    return fail_all({Error{ErrorCode::MalformedJson,
                           "the body must be a JSON object",
                           "",
                           {},
                           std::nullopt,
                           "for example {\"as_of\":\"2026-11-22\",\"evaluable\":5,\"effects\":1,\"sources\":[...]}"}});
  }
  return parsed;
}

}  // namespace

HttpResponse post_import(Service& service, const HttpRequest& request, const Segments&) {
  if (const Status known = known_parameters(request, {"reason"}); !known) return problem(known.error(), request);
  const Precondition read_at = precondition(request);
  if (read_at.refused) return *read_at.refused;
  auto records = model::decode_records(request.body);
  if (!records) return problem(records.error(), request);
  store::ChangeSet set;
  set.who = request.curator;
  set.why = std::string(request.query_value("reason").value_or(""));
  set.origin = "curated";
  for (const model::RecordAt& item : *records) {
    const model::RecordKey key = model::key_of(item.record);
    const bool twice = std::any_of(set.changes.begin(), set.changes.end(),
                                   [&](const store::Change& change) { return change.key == key; });
    if (twice) {
      return problem(
          Error{ErrorCode::DuplicateId, "the id stands twice in this import", item.place, key.id, std::nullopt, {}},
          request);
    }
    set.changes.push_back({key, model::encode_record(item.record)});
  }
  return publish(service, request, std::move(set), read_at.revision);
}

HttpResponse post_enrolment(Service& service, const HttpRequest& request, const Segments& segments) {
  if (const Status known = known_parameters(request, {"reason"}); !known) return problem(known.error(), request);
  const Precondition read_at = precondition(request);
  if (read_at.refused) return *read_at.refused;
  const model::RecordKey key{model::RecordKind::Cohort, segments[0]};
  const auto before = service.views.store().get(key, service.views.store().head());
  if (!before) return problem(before.error(), request);
  if (!before->has_value()) {
    return problem(Error{ErrorCode::NotFound, "there is no such cohort", {}, key.id, std::nullopt, {}}, request);
  }
  auto figures = small_object(request.body);
  if (!figures) return problem(figures.error(), request);
  auto after = with_figures(**before, std::move(*figures));
  if (!after) return problem(after.error(), request);
  store::ChangeSet set;
  set.who = request.curator;
  set.why = std::string(request.query_value("reason").value_or("enrolment figures"));
  set.origin = "curated";
  set.changes.push_back({key, std::move(*after)});
  return publish(service, request, std::move(set), read_at.revision);
}

}  // namespace treff::server
