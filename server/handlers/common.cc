#include <algorithm>
#include <charconv>
#include <system_error>

#include "kb/base/hash.h"
#include "kb/base/text.h"
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

std::string query_pointer(std::string_view name) { return "/query/" + std::string(name); }

Error bad_parameter(std::string_view name, std::string_view value, std::string hint) {
  return Error{ErrorCode::Usage,    "'" + std::string(value) + "' is not a value of '" + std::string(name) + "'",
               query_pointer(name), std::string(value),
               std::nullopt,        std::move(hint)};
}

Status known_parameters(const HttpRequest& request, const std::vector<std::string_view>& known,
                        const std::vector<std::string_view>& repeatable) {
  const auto is_in = [](const std::vector<std::string_view>& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  std::vector<std::string_view> seen;
  for (const auto& [name, value] : request.query) {
    if (!is_in(known, name)) {
      std::string list;
      for (const std::string_view word : known) list += (list.empty() ? "" : ", ") + std::string(word);
      return fail(Error{ErrorCode::Usage, "the parameter '" + name + "' is not known here", query_pointer(name), name,
                        std::nullopt, list.empty() ? "this address takes no parameters" : "known parameters: " + list});
    }
    if (is_in(seen, name) && !is_in(repeatable, name)) {
      return fail(Error{ErrorCode::Usage, "the parameter '" + name + "' is given twice", query_pointer(name), name,
                        std::nullopt, "give it once"});
    }
    seen.push_back(name);
  }
  return {};
}

Result<store::Revision> revision_in(std::string_view name, std::string_view value) {
  const auto number = base::parse_int(value);
  if (!number || *number < 1) return fail(bad_parameter(name, value, "give the number of a revision; the first is 1"));
  return static_cast<store::Revision>(*number);
}

Status body_is(const HttpRequest& request, const std::vector<std::string_view>& types) {
  const auto stated = request.get("content-type");
  if (!stated) return {};
  const std::string type = base::to_lower_ascii(base::trim(stated->substr(0, stated->find(';'))));
  if (std::find(types.begin(), types.end(), type) != types.end()) return {};
  return fail(Error{ErrorCode::UnsupportedFormat,
                    "the body is not read as '" + type + "'",
                    {},
                    type,
                    std::nullopt,
                    "send Content-Type: " + std::string(types.front())});
}

namespace {

// One range of an Accept header: "text/*;q=0.5".
struct AcceptRange {
  std::string type;
  double quality = 1;
};

double quality_in(std::string_view text) {
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc() && value > 0 ? std::min(value, 1.0) : 0;
}

std::vector<AcceptRange> accept_ranges(std::string_view header) {
  std::vector<AcceptRange> out;
  for (const std::string_view part : base::split(header, ',')) {
    const std::vector<std::string_view> pieces = base::split(part, ';');
    AcceptRange range{base::to_lower_ascii(base::trim(pieces.front())), 1};
    for (std::size_t i = 1; i < pieces.size(); ++i) {
      const std::string piece = base::to_lower_ascii(base::trim(pieces[i]));
      if (piece.rfind("q=", 0) == 0) range.quality = quality_in(std::string_view(piece).substr(2));
    }
    if (!range.type.empty()) out.push_back(std::move(range));
  }
  return out;
}

// The quality of the most exact range that takes the type in.
double quality_of(std::string_view type, const std::vector<AcceptRange>& ranges) {
  const std::string group = std::string(type.substr(0, type.find('/'))) + "/*";
  for (const std::string_view wanted : {type, std::string_view(group), std::string_view("*/*")}) {
    for (const AcceptRange& range : ranges) {
      if (range.type == wanted) return range.quality;
    }
  }
  return 0;
}

}  // namespace

std::optional<std::string_view> accepted(const HttpRequest& request, const std::vector<std::string_view>& offered) {
  const auto header = request.get("accept");
  if (!header || base::trim(*header).empty()) return offered.front();
  const std::vector<AcceptRange> ranges = accept_ranges(*header);
  std::optional<std::string_view> best;
  double quality = 0;
  for (const std::string_view type : offered) {
    const double here = quality_of(type, ranges);
    if (here <= quality) continue;
    best = type;
    quality = here;
  }
  return best;
}

HttpResponse not_acceptable(const HttpRequest& request, const std::vector<std::string_view>& offered) {
  std::string list;
  for (const std::string_view type : offered) list += (list.empty() ? "" : ", ") + std::string(type);
  return problem_response(406, "The answer can be given as " + list + " only.", request.request_id);
}

}  // namespace treff::server
