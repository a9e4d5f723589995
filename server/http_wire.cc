#include "server/http_wire.h"

#include <algorithm>
#include <array>

#include "kb/base/text.h"

namespace treff::server {
namespace {

struct StatusRow {
  int status;
  std::string_view phrase;
};

constexpr std::array kStatuses = {
    StatusRow{200, "OK"},
    StatusRow{201, "Created"},
    StatusRow{202, "Accepted"},
    StatusRow{204, "No Content"},
    StatusRow{301, "Moved Permanently"},
    StatusRow{302, "Found"},
    StatusRow{303, "See Other"},
    StatusRow{304, "Not Modified"},
    StatusRow{307, "Temporary Redirect"},
    StatusRow{308, "Permanent Redirect"},
    StatusRow{400, "Bad Request"},
    StatusRow{401, "Unauthorized"},
    StatusRow{403, "Forbidden"},
    StatusRow{404, "Not Found"},
    StatusRow{405, "Method Not Allowed"},
    StatusRow{406, "Not Acceptable"},
    StatusRow{408, "Request Timeout"},
    StatusRow{409, "Conflict"},
    StatusRow{410, "Gone"},
    StatusRow{411, "Length Required"},
    StatusRow{412, "Precondition Failed"},
    StatusRow{413, "Content Too Large"},
    StatusRow{414, "URI Too Long"},
    StatusRow{415, "Unsupported Media Type"},
    StatusRow{417, "Expectation Failed"},
    StatusRow{422, "Unprocessable Content"},
    StatusRow{428, "Precondition Required"},
    StatusRow{429, "Too Many Requests"},
    StatusRow{431, "Request Header Fields Too Large"},
    StatusRow{500, "Internal Server Error"},
    StatusRow{501, "Not Implemented"},
    StatusRow{503, "Service Unavailable"},
    StatusRow{505, "HTTP Version Not Supported"},
    StatusRow{507, "Insufficient Storage"},
};

// Written by the front alone, whatever a handler gives.
bool is_front_header(std::string_view name) {
  constexpr std::array<std::string_view, 9> kOwn = {
      "content-length", "content-type", "transfer-encoding",      "connection",     "keep-alive",
      "server",         "x-request-id", "x-content-type-options", "referrer-policy"};
  return std::any_of(kOwn.begin(), kOwn.end(), [&](auto own) { return base::equals_ignoring_case(own, name); });
}

bool is_name(std::string_view name) {
  const auto is_allowed = [](char c) {
    return base::is_ascii_letter(c) || base::is_ascii_digit(c) || c == '-' || c == '_';
  };
  return !name.empty() && std::all_of(name.begin(), name.end(), is_allowed);
}

bool is_value(std::string_view value) {
  return std::none_of(value.begin(), value.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

void add_line(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

void add_framing(std::string& out, const HttpResponse& response, const WireForm& form) {
  if (allows_body(response.status)) {
    if (form.body == BodyForm::Length) add_line(out, "Content-Length", std::to_string(response.body.size()));
    if (form.body == BodyForm::Chunked) add_line(out, "Transfer-Encoding", "chunked");
  }
  if (form.close) {
    add_line(out, "Connection", "close");
  } else if (form.is_http_1_0) {
    add_line(out, "Connection", "keep-alive");
  }
}

}  // namespace

std::string_view reason_phrase(int status) {
  const auto is_it = [&](const StatusRow& row) { return row.status == status; };
  const auto* row = std::find_if(kStatuses.begin(), kStatuses.end(), is_it);
  return row == kStatuses.end() ? std::string_view("Other") : row->phrase;
}

bool is_sendable(const HttpResponse& response) {
  if (response.status < 200 || response.status > 599 || !is_value(response.content_type)) return false;
  return std::all_of(response.headers.begin(), response.headers.end(),
                     [](const NameValue& header) { return is_name(header.first) && is_value(header.second); });
}

bool allows_body(int status) { return status >= 200 && status != 204 && status != 304; }

std::string response_head(const HttpResponse& response, const WireForm& form, std::string_view request_id) {
  std::string out;
  out.reserve(320);
  out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  out.append(reason_phrase(response.status)).append("\r\n");
  if (!response.content_type.empty()) add_line(out, "Content-Type", response.content_type);
  add_framing(out, response, form);
  for (const auto& [name, value] : response.headers) {
    if (!is_front_header(name)) add_line(out, name, value);
  }
  if (!request_id.empty()) add_line(out, "X-Request-Id", request_id);
  out.append("X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n\r\n");
  return out;
}

std::string json_string(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "\"";
  const bool is_text = !base::invalid_utf8_at(text);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (byte < 0x20) {
      out.append("\\u00");
      out.push_back(kHex[byte >> 4]);
      out.push_back(kHex[byte & 15]);
    } else if (byte >= 0x80 && !is_text) {
      out.append("\\ufffd");
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
  return out;
}

HttpResponse problem_response(int status, std::string_view detail, std::string_view request_id) {
  HttpResponse response;
  response.status = status;
  response.content_type = "application/problem+json";
  response.body = "{\"detail\":" + json_string(detail) +
                  ",\"instance\":" + json_string("urn:treff:request:" + std::string(request_id)) +
                  ",\"status\":" + std::to_string(status) + ",\"title\":" + json_string(reason_phrase(status)) +
                  ",\"type\":\"about:blank\"}";
  response.headers.emplace_back("Cache-Control", "no-store");
  if (status == 503 || status == 429) response.headers.emplace_back("Retry-After", "1");
  return response;
}

}  // namespace treff::server
