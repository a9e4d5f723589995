#include "server/http_head.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "kb/base/text.h"
#include "server/query_string.h"

namespace treff::server {
namespace {

using Check = std::optional<Refusal>;

Refusal refuse(int status, std::string_view detail) { return Refusal{status, std::string(detail)}; }

bool is_token_char(char c) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return base::is_ascii_letter(c) || base::is_ascii_digit(c) || kMarks.find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char); }

bool is_field_char(char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f); }

std::string_view trim_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// The line up to CRLF, taken off `rest`.
std::string_view take_line(std::string_view& rest) {
  const std::size_t end = rest.find("\r\n");
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
  return line;
}

Check read_method(std::string_view method, HttpRequest& request) {
  constexpr std::array<std::string_view, 7> kKnown = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
  if (!is_token(method)) return refuse(400, "malformed method");
  if (std::find(kKnown.begin(), kKnown.end(), method) == kKnown.end()) return refuse(501, "unknown method");
  request.method = method;
  return std::nullopt;
}

Check read_version(std::string_view version, RequestHead& head) {
  const bool has_form = version.size() == 8 && version.starts_with("HTTP/") && base::is_ascii_digit(version[5]) &&
                        version[6] == '.' && base::is_ascii_digit(version[7]);
  if (!has_form) return refuse(400, "malformed HTTP version");
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return refuse(505, "only HTTP/1.1 and HTTP/1.0 are spoken here");
  head.is_http_1_0 = version == "HTTP/1.0";
  return std::nullopt;
}

// Takes scheme and authority off an absolute-form target (a proxy's way); the authority must then equal Host.
Check take_authority(std::string_view& target, std::string_view& authority) {
  constexpr std::string_view kScheme = "http://";
  if (target.starts_with('/')) return std::nullopt;
  if (!base::equals_ignoring_case(target.substr(0, kScheme.size()), kScheme)) {
    return refuse(400, "the target must begin with '/'");
  }
  target.remove_prefix(kScheme.size());
  const std::size_t slash = target.find('/');
  if (slash == std::string_view::npos || slash == 0) return refuse(400, "malformed absolute target");
  authority = target.substr(0, slash);
  target.remove_prefix(slash);
  return std::nullopt;
}

Check read_target(std::string_view target, const HeadLimits& limits, HttpRequest& request) {
  if (target.size() > limits.target_bytes) return refuse(414, "the address is too long");
  const auto is_allowed = [](char c) { return c > 0x20 && c < 0x7f && c != '#'; };
  if (!std::all_of(target.begin(), target.end(), is_allowed)) {
    return refuse(400, "the address holds a character that must be percent-encoded");
  }
  request.raw_target = target;
  const std::size_t mark = target.find('?');
  auto path = decode_path(target.substr(0, mark), limits.path_bytes);
  if (!path) return refuse(path.error().code == ErrorCode::TooLarge ? 414 : 400, path.error().message);
  request.path = std::move(*path);
  if (mark == std::string_view::npos) return std::nullopt;
  auto query = parse_query(target.substr(mark + 1), limits.parameters);
  if (!query) return refuse(400, query.error().message);
  request.query = std::move(*query);
  return std::nullopt;
}

Check read_request_line(std::string_view line, const HeadLimits& limits, RequestHead& head,
                        std::string_view& authority) {
  const std::vector<std::string_view> parts = base::split(line, ' ');
  if (parts.size() != 3) return refuse(400, "malformed request line");
  if (Check bad = read_method(parts[0], head.request); bad && bad->status == 400) return bad;
  if (Check bad = read_version(parts[2], head)) return bad;
  if (Check bad = read_method(parts[0], head.request)) return bad;
  std::string_view target = parts[1];
  if (Check bad = take_authority(target, authority)) return bad;
  return read_target(target, limits, head.request);
}

// Fields of which a second line would leave the choice between two values to chance.
bool is_single(std::string_view name) {
  constexpr std::array<std::string_view, 8> kSingle = {
      "host",          "content-length", "transfer-encoding", "content-type", "content-encoding", "expect",
      "authorization", "origin"};
  return std::find(kSingle.begin(), kSingle.end(), name) != kSingle.end();
}

Check add_field(std::string_view line, HttpRequest& request) {
  if (line.front() == ' ' || line.front() == '\t') return refuse(400, "folded header line");
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return refuse(400, "malformed header name");
  const std::string_view value = trim_blanks(line.substr(colon + 1));
  if (!std::all_of(value.begin(), value.end(), is_field_char)) return refuse(400, "control character in a header");
  std::string name = base::to_lower_ascii(line.substr(0, colon));
  const auto same = [&](const NameValue& entry) { return entry.first == name; };
  const auto earlier = std::find_if(request.headers.begin(), request.headers.end(), same);
  if (earlier == request.headers.end()) {
    request.headers.emplace_back(std::move(name), std::string(value));
    return std::nullopt;
  }
  if (is_single(name)) return refuse(400, "header given twice: " + name);
  earlier->second += name == "cookie" ? "; " : ", ";
  earlier->second += value;
  return std::nullopt;
}

Check read_fields(std::string_view rest, const HeadLimits& limits, HttpRequest& request) {
  std::size_t count = 0;
  while (true) {
    const std::string_view line = take_line(rest);
    if (line.empty()) return std::nullopt;
    if (++count > limits.headers) return refuse(431, "too many headers");
    if (Check bad = add_field(line, request)) return bad;
  }
}

Check check_host(const RequestHead& head, std::string_view authority) {
  const auto host = head.request.get("host");
  if (!host) {
    if (head.is_http_1_0) return std::nullopt;
    return refuse(400, "the Host header is missing");
  }
  const auto is_host_char = [](char c) {
    return base::is_ascii_letter(c) || base::is_ascii_digit(c) ||
           std::string_view(".-_:[]").find(c) != std::string_view::npos;
  };
  if (host->empty() || !std::all_of(host->begin(), host->end(), is_host_char)) return refuse(400, "malformed Host");
  if (!authority.empty() && !base::equals_ignoring_case(*host, authority)) {
    return refuse(400, "the target names another host than the Host header");
  }
  return std::nullopt;
}

Check read_content_length(std::string_view text, RequestHead& head) {
  const bool digits = !text.empty() && text.size() <= 18 && std::all_of(text.begin(), text.end(), base::is_ascii_digit);
  if (!digits) return refuse(400, "malformed Content-Length");
  std::from_chars(text.data(), text.data() + text.size(), head.content_length);
  head.framing = BodyFraming::Length;
  return std::nullopt;
}

Check read_framing(RequestHead& head) {
  const HttpRequest& request = head.request;
  const auto length = request.get("content-length");
  const auto coding = request.get("transfer-encoding");
  if (length && coding) return refuse(400, "Content-Length beside Transfer-Encoding");
  if (coding) {
    if (head.is_http_1_0) return refuse(400, "Transfer-Encoding in HTTP/1.0");
    if (!base::equals_ignoring_case(*coding, "chunked"))
      return refuse(501, "only the chunked transfer coding is known");
    head.framing = BodyFraming::Chunked;
  }
  if (length) {
    if (Check bad = read_content_length(*length, head)) return bad;
  }
  const bool takes_body = request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
  if (takes_body && head.framing == BodyFraming::None) return refuse(411, "the request has no Content-Length");
  const bool has_body = head.framing == BodyFraming::Chunked || head.content_length > 0;
  if (!takes_body && has_body) return refuse(400, "this method takes no body");
  if (!has_body) head.framing = BodyFraming::None;
  return std::nullopt;
}

Check read_expectations(RequestHead& head) {
  const auto coding = head.request.get("content-encoding");
  if (coding && !base::equals_ignoring_case(*coding, "identity")) return refuse(415, "send the body uncompressed");
  const auto expect = head.request.get("expect");
  if (expect && !head.is_http_1_0) {
    if (!base::equals_ignoring_case(*expect, "100-continue")) return refuse(417, "unknown expectation");
    head.expects_continue = head.framing != BodyFraming::None;
  }
  return std::nullopt;
}

void read_persistence(RequestHead& head) {
  bool says_close = false;
  bool says_keep_alive = false;
  for (std::string_view option : base::split(head.request.get("connection").value_or(""), ',')) {
    option = trim_blanks(option);
    says_close = says_close || base::equals_ignoring_case(option, "close");
    says_keep_alive = says_keep_alive || base::equals_ignoring_case(option, "keep-alive");
  }
  head.keep_alive = !says_close && (!head.is_http_1_0 || says_keep_alive);
}

}  // namespace

HeadScan scan_head(std::string_view bytes, std::size_t from) {
  for (std::size_t i = from; i < bytes.size(); ++i) {
    const char c = bytes[i];
    const bool after_cr = i > 0 && bytes[i - 1] == '\r';
    if (c == '\0' || (c == '\n') != after_cr) return {HeadProgress::Malformed, i};
    if (c == '\n' && i >= 3 && bytes[i - 2] == '\n') return {HeadProgress::Complete, i + 1};
  }
  return {HeadProgress::NeedMore, 0};
}

tl::expected<RequestHead, Refusal> parse_head(std::string_view head_bytes, const HeadLimits& limits) {
  RequestHead head;
  std::string_view authority;
  std::string_view rest = head_bytes;
  const std::string_view request_line = take_line(rest);
  Check bad = read_request_line(request_line, limits, head, authority);
  if (!bad) bad = read_fields(rest, limits, head.request);
  if (!bad) bad = check_host(head, authority);
  if (!bad) bad = read_framing(head);
  if (!bad) bad = read_expectations(head);
  if (bad) return tl::unexpected<Refusal>(std::move(*bad));
  read_persistence(head);
  return head;
}

}  // namespace treff::server
