// Records, their history, revisions and changes: what the store holds, as it holds it.
#include <algorithm>

#include "kb/base/text.h"
#include "server/handlers/handlers.h"
#include "server/http_wire.h"
#include "server/status.h"

namespace treff::server {
namespace {

constexpr std::size_t kPage = 100;
constexpr store::Revision kMaxChanges = 500;

Error no_kind(const std::string& name) {
  std::vector<std::string> known;
  for (const model::RecordKindRow& row : model::kRecordKinds) known.emplace_back(row.name);
  return Error{ErrorCode::NotFound, "there is no record kind '" + name + "'", {}, name,
               std::nullopt,        "known kinds: " + base::join(known, ", ")};
}

std::string entry_json(const store::LogEntry& entry) {
  return "{\"hash\":" + json_string(entry.hash) + ",\"operations\":" + std::to_string(entry.operation_count) +
         ",\"origin\":" + json_string(entry.origin) + ",\"previous_hash\":" + json_string(entry.previous_hash) +
         ",\"published\":" + json_string(entry.published_at) + ",\"reviewed_by\":" + json_string(entry.reviewed_by) +
         ",\"revision\":" + std::to_string(entry.revision) + ",\"who\":" + json_string(entry.who) +
         ",\"why\":" + json_string(entry.why) + "}";
}

}  // namespace

HttpResponse get_records(Service& service, const HttpRequest& request, const Segments& segments) {
  if (const Status known = known_parameters(request, {"after"}); !known) return problem(known.error(), request);
  const auto kind = model::parse_record_kind(segments[0]);
  if (!kind) return problem(no_kind(segments[0]), request);
  const auto view = service.views.current();
  const std::string after(request.query_value("after").value_or(""));
  std::string list;
  std::string last;
  std::size_t count = 0;
  bool more = false;
  const Status scanned = service.views.store().scan(
      *kind, view->revision, [&](const model::RecordKey& key, std::string_view json, store::Revision) {
        if (key.id <= after) return true;
        if (count == kPage) {
          more = true;
          return false;
        }
        list.append(count == 0 ? "" : ",").append(json);
        last = key.id;
        ++count;
        return true;
      });
  if (!scanned) return problem(scanned.error(), request);
  std::string body = "{\"next\":" + (more ? json_string(last) : "null") + ",\"records\":[" + list +
                     "],\"revision\":" + std::to_string(view->revision) + "}\n";
  return with_etag(json_response(std::move(body)), request, view->revision);
}

HttpResponse get_record(Service& service, const HttpRequest& request, const Segments& segments) {
  if (const Status known = known_parameters(request, {"revision"}); !known) return problem(known.error(), request);
  const auto kind = model::parse_record_kind(segments[0]);
  if (!kind) return problem(no_kind(segments[0]), request);
  Result<store::Revision> revision = service.views.current()->revision;
  if (const auto given = request.query_value("revision")) revision = revision_in("revision", *given);
  if (!revision) return problem(revision.error(), request);
  const auto json = service.views.store().get({*kind, segments[1]}, *revision);
  if (!json) return problem(json.error(), request);
  if (!json->has_value()) {
    return problem(Error{ErrorCode::NotFound,
                         "there is no such record at revision " + std::to_string(*revision),
                         {},
                         segments[1],
                         std::nullopt,
                         {}},
                   request);
  }
  return with_etag(json_response(**json + "\n"), request, *revision);
}

HttpResponse get_record_history(Service& service, const HttpRequest& request, const Segments& segments) {
  if (const Status known = known_parameters(request, {}); !known) return problem(known.error(), request);
  const auto kind = model::parse_record_kind(segments[0]);
  if (!kind) return problem(no_kind(segments[0]), request);
  const auto history = service.views.store().history({*kind, segments[1]});
  if (!history) return problem(history.error(), request);
  std::string list;
  for (const store::HistoryItem& item : *history) {
    const auto entry = service.views.store().log_entry(item.revision);
    if (!entry) return problem(entry.error(), request);
    list += std::string(list.empty() ? "" : ",") + "{\"change\":" + entry_json(*entry) +
            ",\"hash\":" + json_string(item.hash) + ",\"retired\":" + (item.retired ? "true" : "false") +
            ",\"revision\":" + std::to_string(item.revision) + "}";
  }
  return with_etag(json_response("{\"history\":[" + list + "]}\n"), request, service.views.current()->revision);
}

HttpResponse get_revision(Service& service, const HttpRequest& request, const Segments& segments) {
  if (const Status known = known_parameters(request, {}); !known) return problem(known.error(), request);
  const auto number = base::parse_int(segments[0]);
  if (!number || *number < 1) {
    return problem(Error{ErrorCode::NotFound, "there is no such revision", {}, segments[0], std::nullopt, {}}, request);
  }
  const auto entry = service.views.store().log_entry(static_cast<store::Revision>(*number));
  if (!entry) return problem(entry.error(), request);
  const auto operations = service.views.store().operations(entry->revision);
  if (!operations) return problem(operations.error(), request);
  std::string list;
  for (const store::Operation& operation : *operations) {
    list += std::string(list.empty() ? "" : ",") + "{\"after\":" + json_string(operation.after_hash) +
            ",\"before\":" + json_string(operation.before_hash) + ",\"id\":" + json_string(operation.key.id) +
            ",\"kind\":" + json_string(model::to_string(operation.key.kind)) + "}";
  }
  return with_etag(json_response("{\"change\":" + entry_json(*entry) + ",\"operations\":[" + list + "]}\n"), request,
                   entry->revision);
}

HttpResponse get_changes(Service& service, const HttpRequest& request, const Segments&) {
  if (const Status known = known_parameters(request, {"since", "wait"}); !known) return problem(known.error(), request);
  const store::Revision head = service.views.current()->revision;
  Result<store::Revision> since = store::Revision{0};
  if (const auto given = request.query_value("since"); given && *given != "0") since = revision_in("since", *given);
  if (!since) return problem(since.error(), request);
  // Waiting itself happens before (server/routes.cc); here the value only has to be one.
  if (const auto wait = request.query_value("wait"); wait && !base::parse_int(*wait)) {
    return problem(Error{ErrorCode::Usage, "'" + std::string(*wait) + "' is not a time to wait", query_pointer("wait"),
                         std::string(*wait), std::nullopt, "give whole seconds, at most 60"},
                   request);
  }
  if (*since > head) {
    return problem(Error{ErrorCode::UnknownRevision,
                         "revision " + std::to_string(*since) + " lies ahead of " + std::to_string(head),
                         query_pointer("since"),
                         std::to_string(*since),
                         std::nullopt,
                         {}},
                   request);
  }
  const store::Revision to = std::min(head, *since + kMaxChanges);
  const auto entries = service.views.store().log(*since + 1, to);
  if (!entries) return problem(entries.error(), request);
  std::string list;
  for (const store::LogEntry& entry : *entries) list += (list.empty() ? "" : ",") + entry_json(entry);
  HttpResponse response = json_response("{\"changes\":[" + list + "],\"head\":" + std::to_string(head) +
                                        ",\"to\":" + std::to_string(to) + "}\n");
  response.headers.emplace_back("Cache-Control", "no-cache");
  return response;
}

}  // namespace treff::server
