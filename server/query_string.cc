#include "server/query_string.h"

#include "kb/base/text.h"

namespace treff::server {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f;
}

// Neither the escape nor the text is repeated in the message: a query may hold a case by mistake.
Result<std::string> decode(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    char c = raw[i];
    if (c == '%') {
      const int high = i + 2 < raw.size() ? hex_value(raw[i + 1]) : -1;
      const int low = i + 2 < raw.size() ? hex_value(raw[i + 2]) : -1;
      if (high < 0 || low < 0) {
        return fail(ErrorCode::InvalidValue, "malformed percent escape in the address", {},
                    "write a percent sign as %25");
      }
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (is_control(c)) return fail(ErrorCode::InvalidValue, "control character in the address");
    out.push_back(c);
  }
  if (base::invalid_utf8_at(out)) return fail(ErrorCode::InvalidValue, "the address is not valid UTF-8");
  return out;
}

Result<std::string> decode_segment(std::string_view raw) {
  auto segment = decode(raw);
  if (!segment) return segment;
  if (*segment == "." || *segment == "..") return fail(ErrorCode::InvalidValue, "relative segment in the path");
  if (segment->find_first_of("/\\") != std::string::npos) {
    return fail(ErrorCode::InvalidValue, "slash or backslash inside a path segment");
  }
  return segment;
}

}  // namespace

Result<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view raw, std::size_t max_parameters) {
  std::vector<std::pair<std::string, std::string>> parameters;
  if (raw.empty()) return parameters;
  for (std::string_view piece : base::split(raw, '&')) {
    if (piece.empty()) continue;
    if (parameters.size() == max_parameters) return fail(ErrorCode::TooLarge, "too many query parameters");
    const std::size_t equals = piece.find('=');
    auto name = decode(piece.substr(0, equals));
    if (!name) return fail(std::move(name.error()));
    auto value = decode(equals == std::string_view::npos ? std::string_view() : piece.substr(equals + 1));
    if (!value) return fail(std::move(value.error()));
    parameters.emplace_back(std::move(*name), std::move(*value));
  }
  return parameters;
}

Result<std::string> decode_path(std::string_view raw, std::size_t max_bytes) {
  if (raw.empty() || raw.front() != '/') return fail(ErrorCode::InvalidValue, "the path must begin with '/'");
  const std::vector<std::string_view> segments = base::split(raw.substr(1), '/');
  std::string path;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const bool is_last = i + 1 == segments.size();
    if (segments[i].empty() && !is_last) return fail(ErrorCode::InvalidValue, "empty segment in the path");
    auto segment = decode_segment(segments[i]);
    if (!segment) return segment;
    path += '/';
    path += *segment;
    if (path.size() > max_bytes) return fail(ErrorCode::TooLarge, "the path is too long");
  }
  return path;
}

}  // namespace treff::server
