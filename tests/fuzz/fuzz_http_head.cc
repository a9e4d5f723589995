// Any bytes as a request head: no crash, the same end however they arrive, and what is accepted keeps its promises.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "kb/base/text.h"
#include "server/http_head.h"

using namespace treff::server;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

HeadScan scan_bytewise(std::string_view bytes) {
  HeadScan scan;
  for (std::size_t have = 1; have <= bytes.size() && scan.progress == HeadProgress::NeedMore; ++have) {
    scan = scan_head(bytes.substr(0, have), have - 1);
  }
  return scan;
}

bool has_relative_segment(std::string_view path) {
  for (const std::string_view segment : treff::base::split(path, '/')) {
    if (segment == "." || segment == "..") return true;
  }
  return false;
}

void check_accepted(const RequestHead& head, const HeadLimits& limits) {
  const HttpRequest& request = head.request;
  require(request.path.starts_with('/') && request.path.size() <= limits.path_bytes);
  require(!treff::base::invalid_utf8_at(request.path) && !has_relative_segment(request.path));
  require(request.path.find('\0') == std::string::npos && request.path.find('\\') == std::string::npos);
  require(request.headers.size() <= limits.headers && request.query.size() <= limits.parameters);
  require(head.framing != BodyFraming::Length || head.content_length > 0);
  require(head.framing == BodyFraming::None ||
          (request.method == "POST" || request.method == "PUT" || request.method == "PATCH"));
  require(!(request.get("content-length") && request.get("transfer-encoding")));
  require(head.is_http_1_0 || request.get("host").has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const HeadLimits limits;
  const HeadScan scan = scan_head(bytes, 0);
  const HeadScan slow = scan_bytewise(bytes);
  require(scan.progress == slow.progress && scan.end == slow.end);
  if (scan.progress != HeadProgress::Complete) return 0;
  const auto head = parse_head(bytes.substr(0, scan.end), limits);
  if (head) {
    check_accepted(*head, limits);
  } else {
    require(head.error().status >= 400 && head.error().status < 600 && !head.error().detail.empty());
  }
  return 0;
}
