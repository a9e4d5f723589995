#include "server/http_head.h"

#include <catch2/catch.hpp>
#include <string>

using namespace treff::server;

namespace {

constexpr const char* kHost = "Host: a\r\n";

// "method path framing length keep|close", or the status and words of the refusal.
std::string shown(const std::string& head) {
  const auto parsed = parse_head(head, HeadLimits{});
  if (!parsed) return std::to_string(parsed.error().status) + " " + parsed.error().detail;
  const char* framing = parsed->framing == BodyFraming::None ? "none" : "length";
  if (parsed->framing == BodyFraming::Chunked) framing = "chunked";
  return parsed->request.method + " " + parsed->request.path + " " + framing + " " +
         std::to_string(parsed->content_length) + (parsed->keep_alive ? " keep" : " close") +
         (parsed->expects_continue ? " continue" : "");
}

std::string get(const std::string& fields) { return "GET /a HTTP/1.1\r\n" + fields + "\r\n"; }
std::string post(const std::string& fields) { return "POST /a HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n"; }

struct Row {
  const char* name;
  std::string in;
  std::string want;
};

}  // namespace

TEST_CASE("heads that are read") {
  const auto row = GENERATE(values<Row>({
      {"get", get(kHost), "GET /a none 0 keep"},
      {"close", get("Host: a\r\nConnection: foo, Close\r\n"), "GET /a none 0 close"},
      {"1.0", "GET / HTTP/1.0\r\n\r\n", "GET / none 0 close"},
      {"1.0 kept", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "GET / none 0 keep"},
      {"length", post("Content-Length: 12\r\n"), "POST /a length 12 keep"},
      {"zero length", post("Content-Length: 0\r\n"), "POST /a none 0 keep"},
      {"zero length on GET", get("Host: a\r\nContent-Length: 0\r\n"), "GET /a none 0 keep"},
      {"chunked", post("Transfer-Encoding: Chunked\r\n"), "POST /a chunked 0 keep"},
      {"expect", post("Content-Length: 1\r\nExpect: 100-Continue\r\n"), "POST /a length 1 keep continue"},
      {"expect without body", get("Host: a\r\nExpect: 100-continue\r\n"), "GET /a none 0 keep"},
      {"identity coding", post("Content-Length: 1\r\nContent-Encoding: identity\r\n"), "POST /a length 1 keep"},
      {"absolute target", "GET http://A/b?x HTTP/1.1\r\nHost: a\r\n\r\n", "GET /b none 0 keep"},
      {"host with port", get("Host: [::1]:8080\r\n"), "GET /a none 0 keep"},
      {"value with tabs around", get("Host:\t a \t\r\n"), "GET /a none 0 keep"},
  }));
  INFO(row.name);
  CHECK(shown(row.in) == row.want);
}

TEST_CASE("heads that are refused") {
  const std::string long_line(9000, 'a');
  std::string many_fields = "Host: a\r\n";
  for (int i = 0; i < 100; ++i) many_fields += "X" + std::to_string(i) + ": y\r\n";
  const auto row = GENERATE_COPY(values<Row>({
      {"empty line", "\r\n\r\n", "400 malformed request line"},
      {"two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", "400 malformed request line"},
      {"no version", "GET /\r\nHost: a\r\n\r\n", "400 malformed request line"},
      {"lower-case version", "GET / http/1.1\r\nHost: a\r\n\r\n", "400 malformed HTTP version"},
      {"version with more digits", "GET / HTTP/1.10\r\nHost: a\r\n\r\n", "400 malformed HTTP version"},
      {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\n", "505 only HTTP/1.1 and HTTP/1.0 are spoken here"},
      {"malformed method", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n", "400 malformed method"},
      {"unknown method", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", "501 unknown method"},
      {"lower-case method", "get / HTTP/1.1\r\nHost: a\r\n\r\n", "501 unknown method"},
      {"CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", "501 unknown method"},
      {"asterisk", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "400 the target must begin with '/'"},
      {"other scheme", "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", "400 the target must begin with '/'"},
      {"absolute to another host", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n",
       "400 the target names another host than the Host header"},
      {"fragment", "GET /#a HTTP/1.1\r\nHost: a\r\n\r\n",
       "400 the address holds a character that must be percent-encoded"},
      {"raw UTF-8", "GET /\xc3\xb8 HTTP/1.1\r\nHost: a\r\n\r\n",
       "400 the address holds a character that must be percent-encoded"},
      {"long target", "GET /?" + long_line + " HTTP/1.1\r\nHost: a\r\n\r\n", "414 the address is too long"},
      {"long path", "GET /" + long_line.substr(0, 600) + " HTTP/1.1\r\nHost: a\r\n\r\n", "414 the path is too long"},
      {"bad escape in the query", "GET /?v=% HTTP/1.1\r\nHost: a\r\n\r\n",
       "400 malformed percent escape in the address"},
      {"no host", get(""), "400 the Host header is missing"},
      {"two hosts", get("Host: a\r\nHost: a\r\n"), "400 header given twice: host"},
      {"empty host", get("Host: \r\n"), "400 malformed Host"},
      {"host with a path", get("Host: a/b\r\n"), "400 malformed Host"},
      {"two hosts in 1.0", "GET / HTTP/1.0\r\nHost: a\r\nhost: b\r\n\r\n", "400 header given twice: host"},
      {"space before the colon", get("Host : a\r\n"), "400 malformed header name"},
      {"no colon", get("Host: a\r\nX\r\n"), "400 malformed header name"},
      {"no name", get("Host: a\r\n: x\r\n"), "400 malformed header name"},
      {"folded", get("Host: a\r\nX: y\r\n z\r\n"), "400 folded header line"},
      {"control character", get("Host: a\r\nX: y\x01\r\n"), "400 control character in a header"},
      {"too many", get(many_fields), "431 too many headers"},
      {"no length", post(""), "411 the request has no Content-Length"},
      {"doubled length", post("Content-Length: 1\r\nContent-Length: 1\r\n"), "400 header given twice: content-length"},
      {"unequal lengths", post("Content-Length: 1\r\ncontent-length: 2\r\n"), "400 header given twice: content-length"},
      {"length list", post("Content-Length: 1, 1\r\n"), "400 malformed Content-Length"},
      {"signed length", post("Content-Length: +1\r\n"), "400 malformed Content-Length"},
      {"hexadecimal length", post("Content-Length: 0x1\r\n"), "400 malformed Content-Length"},
      {"empty length", post("Content-Length:\r\n"), "400 malformed Content-Length"},
      {"overflowing length", post("Content-Length: 18446744073709551617\r\n"), "400 malformed Content-Length"},
      {"both framings", post("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"),
       "400 Content-Length beside Transfer-Encoding"},
      {"zero length and chunked", post("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n"),
       "400 Content-Length beside Transfer-Encoding"},
      {"other coding", post("Transfer-Encoding: gzip\r\n"), "501 only the chunked transfer coding is known"},
      {"coding list", post("Transfer-Encoding: gzip, chunked\r\n"), "501 only the chunked transfer coding is known"},
      {"disguised coding", post("Transfer-Encoding: xchunked\r\n"), "501 only the chunked transfer coding is known"},
      {"two codings", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
       "400 header given twice: transfer-encoding"},
      {"coding in 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", "400 Transfer-Encoding in HTTP/1.0"},
      {"body on GET", get("Host: a\r\nContent-Length: 1\r\n"), "400 this method takes no body"},
      {"chunked GET", get("Host: a\r\nTransfer-Encoding: chunked\r\n"), "400 this method takes no body"},
      {"body on DELETE", "DELETE / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n", "400 this method takes no body"},
      {"body on HEAD", "HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n", "400 this method takes no body"},
      {"compressed body", post("Content-Length: 1\r\nContent-Encoding: gzip\r\n"), "415 send the body uncompressed"},
      {"unknown expectation", post("Content-Length: 1\r\nExpect: tea\r\n"), "417 unknown expectation"},
  }));
  INFO(row.name);
  CHECK(shown(row.in) == row.want);
}

TEST_CASE("repeated list headers are joined, names are lower case, values keep their bytes") {
  const auto head = parse_head(
      "GET /a?v=c.12+1G>A HTTP/1.1\r\nHOST: a\r\nAccept: x\r\nCookie: b=1\r\naccept: y ; q=1\r\nCookie: c=2\r\n\r\n",
      HeadLimits{});
  REQUIRE(head.has_value());
  CHECK(head->request.get("host") == "a");
  CHECK(head->request.get("accept") == "x, y ; q=1");
  CHECK(head->request.get("cookie") == "b=1; c=2");
  CHECK_FALSE(head->request.get("absent").has_value());
  CHECK(head->request.raw_target == "/a?v=c.12+1G>A");
  CHECK(head->request.query_value("v") == "c.12+1G>A");
}

TEST_CASE("the end of a head is found however the bytes arrive") {
  struct ScanRow {
    const char* name;
    std::string in;
    HeadProgress want;
    std::size_t end;
  };
  using enum HeadProgress;
  const auto row = GENERATE(values<ScanRow>({
      {"nothing", "", NeedMore, 0},
      {"one line", "GET / HTTP/1.1\r\n", NeedMore, 0},
      {"whole", "A\r\nB\r\n\r\nrest", Complete, 8},
      {"cut inside the last line end", "A\r\nB\r\n\r", NeedMore, 0},
      {"bare LF", "A\nB", Malformed, 1},
      {"LF LF", "A\r\nB\n\n", Malformed, 4},
      {"bare CR", "A\rB", Malformed, 2},
      {"CR CR LF", "A\r\r\n", Malformed, 2},
      {"NUL", std::string("A\0B", 3), Malformed, 1},
  }));
  INFO(row.name);
  const HeadScan at_once = scan_head(row.in, 0);
  CHECK(at_once.progress == row.want);
  CHECK(at_once.end == row.end);
  HeadScan step;
  for (std::size_t have = 1; have <= row.in.size() && step.progress == NeedMore; ++have) {
    step = scan_head(std::string_view(row.in).substr(0, have), have - 1);
  }
  CHECK(step.progress == row.want);
  CHECK(step.end == row.end);
}
