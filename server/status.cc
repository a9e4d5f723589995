#include "server/status.h"

#include "server/handlers/json.h"

namespace treff::server {

int http_status_of(base::ErrorCode code) {
  using base::ErrorCode;
  switch (code) {
    case ErrorCode::MalformedJson:
    case ErrorCode::Usage: return 400;
    case ErrorCode::NotFound:
    case ErrorCode::UnknownRevision: return 404;
    case ErrorCode::RevisionConflict: return 409;
    case ErrorCode::TooLarge:
    case ErrorCode::TooDeep: return 413;
    case ErrorCode::UnsupportedFormat: return 415;
    case ErrorCode::UnreadableText:
    case ErrorCode::UnknownName:
    case ErrorCode::AmbiguousName:
    case ErrorCode::UnknownKey:
    case ErrorCode::MissingKey:
    case ErrorCode::WrongType:
    case ErrorCode::InvalidValue:
    case ErrorCode::InvalidDate:
    case ErrorCode::DanglingId:
    case ErrorCode::DuplicateId:
    case ErrorCode::MissingSource:
    case ErrorCode::Cycle:
    case ErrorCode::WrongColumns:
    case ErrorCode::TruncatedFile:
    case ErrorCode::DifferentSamples:
    case ErrorCode::Unchanged: return 422;
    case ErrorCode::StoreMissing:
    case ErrorCode::StoreLocked:
    case ErrorCode::IndexDamaged:
    case ErrorCode::ReadOnly:
    case ErrorCode::Cancelled:
    case ErrorCode::Busy: return 503;
    case ErrorCode::DiskFull: return 507;
    case ErrorCode::StoreDamaged:
    case ErrorCode::VersionMismatch:
    case ErrorCode::IoFailure:
    case ErrorCode::Internal: return 500;
  }
  return 500;
}

HttpResponse problem(const std::vector<base::Error>& errors, const HttpRequest& request) {
  const base::ErrorCode code = errors.empty() ? base::ErrorCode::Internal : errors.front().code;
  const int status = http_status_of(code);
  HttpResponse response;
  response.status = status;
  response.content_type = "application/problem+json";
  response.headers.emplace_back("Cache-Control", "no-store");
  if (status == 503) response.headers.emplace_back("Retry-After", "5");
  // What failed inside stays inside; what the caller sent is told in full.
  const bool inner = status == 500;
  const std::string type = "/problems/" + std::string(base::to_string(code));
  const std::string detail = inner || errors.empty() ? "The request could not be answered." : errors.front().message;
  response.body = problem_json({status, type, base::title_of(code), detail, request.request_id},
                               inner ? std::vector<base::Error>{} : errors);
  return response;
}

HttpResponse problem(const base::Error& error, const HttpRequest& request) {
  return problem(std::vector<base::Error>{error}, request);
}

}  // namespace treff::server
