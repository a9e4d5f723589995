#include "server/http_wire.h"

#include <catch2/catch.hpp>
#include <string>

using namespace treff::server;

TEST_CASE("an answer's head is complete and has no banner") {
  HttpResponse response{200, {{"ETag", "\"1-x\""}, {"Server", "treff"}, {"content-length", "7"}}, "text/plain", "ab"};
  CHECK(response_head(response, WireForm{}, "id1") ==
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nETag: \"1-x\"\r\nX-Request-Id: id1\r\n"
        "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n\r\n");
}

TEST_CASE("framing headers follow status and form") {
  struct Row {
    const char* name;
    int status;
    WireForm form;
    bool length;
    bool chunked;
    bool close;
    bool keep;
  };
  const auto row = GENERATE(values<Row>({
      {"plain", 200, {}, true, false, false, false},
      {"closing", 200, {true, false, BodyForm::Length}, true, false, true, false},
      {"kept 1.0", 200, {false, true, BodyForm::Length}, true, false, false, true},
      {"chunked", 200, {true, false, BodyForm::Chunked}, false, true, true, false},
      {"until close", 200, {true, true, BodyForm::UntilClose}, false, false, true, false},
      {"no content", 204, {}, false, false, false, false},
      {"not modified", 304, {}, false, false, false, false},
      {"other status", 299, {}, true, false, false, false},
  }));
  INFO(row.name);
  const std::string head = response_head(HttpResponse{row.status, {}, {}, {}}, row.form, {});
  CHECK((head.find("Content-Length: 0\r\n") != std::string::npos) == row.length);
  CHECK((head.find("Transfer-Encoding: chunked\r\n") != std::string::npos) == row.chunked);
  CHECK((head.find("Connection: close\r\n") != std::string::npos) == row.close);
  CHECK((head.find("Connection: keep-alive\r\n") != std::string::npos) == row.keep);
}

TEST_CASE("an answer that would break the framing is not sendable") {
  struct Row {
    const char* name;
    HttpResponse response;
    bool want;
  };
  const auto row = GENERATE(values<Row>({
      {"good", {200, {{"X-A", "b c"}}, "text/plain", {}}, true},
      {"UTF-8 value", {200, {{"X-A", "ø"}}, {}, {}}, true},
      {"line break in a value", {200, {{"X-A", "b\r\nC: d"}}, {}, {}}, false},
      {"colon in a name", {200, {{"X:A", "b"}}, {}, {}}, false},
      {"empty name", {200, {{"", "b"}}, {}, {}}, false},
      {"line break in the type", {200, {}, "text/plain\n", {}}, false},
      {"informational", {100, {}, {}, {}}, false},
      {"no status", {0, {}, {}, {}}, false},
      {"status too high", {600, {}, {}, {}}, false},
  }));
  INFO(row.name);
  CHECK(is_sendable(row.response) == row.want);
}

TEST_CASE("problem documents are JSON with sorted keys") {
  const HttpResponse response = problem_response(413, "say \"less\"\n", "0f");
  CHECK(response.status == 413);
  CHECK(response.content_type == "application/problem+json");
  CHECK(response.body ==
        "{\"detail\":\"say \\\"less\\\"\\u000a\",\"instance\":\"urn:treff:request:0f\",\"status\":413,"
        "\"title\":\"Content Too Large\",\"type\":\"about:blank\"}");
  CHECK(json_string("\xff") == "\"\\ufffd\"");
  CHECK(json_string("ø\\") == "\"ø\\\\\"");
}
