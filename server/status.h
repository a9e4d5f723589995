// How a failure looks over HTTP: the edge that maps error codes to status codes and problem documents (RFC 9457).
#pragma once

#include <string>
#include <vector>

#include "kb/base/error.h"
#include "server/http_message.h"

namespace treff::server {

int http_status_of(base::ErrorCode code);

// application/problem+json with `errors[]` (JSON Pointers). The detail names input only where the caller sent it in the
// body: it goes back to the caller and into no log.
HttpResponse problem(const std::vector<base::Error>& errors, const HttpRequest& request);
HttpResponse problem(const base::Error& error, const HttpRequest& request);

}  // namespace treff::server
