// Many cases at once: the same lines from one thread and from many, from the command line and from the service.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "kb/base/text.h"
#include "tests/program/knowledge.h"
#include "tests/program/running_service.h"

namespace treff::program {
namespace {

using nlohmann::json;
using support::Words;

const std::string kToday = "2026-11-22";

// Good cases of several tumours with a bad line here and there.
std::string many_cases(int count) {
  const std::vector<std::string> tumours = {"LUAD", "MEL", "COAD", "BRCA", "NOSUCH"};
  const std::vector<std::string> texts = {"BRAF V600E", "EGFR L858R", "KRAS G12C", "no such text", "EML4::ALK"};
  std::string out;
  for (int i = 0; i < count; ++i) {
    const auto n = static_cast<std::size_t>(i);
    const json one = {{"id", "case-" + std::to_string(i)},
                      {"diagnosis", {{"oncotree", tumours[n % tumours.size()]}}},
                      {"alterations", json::array({{{"text", texts[(n / 2) % texts.size()]}}})}};
    out += i % 17 == 3 ? "{\"id\":\"cut-" + std::to_string(i) + "\n" : one.dump() + "\n";
    if (i % 11 == 0) out += "\n";
  }
  return out;
}

std::vector<json> lines_of(const std::string& text) {
  std::vector<json> out;
  for (const std::string_view line : base::split(text, '\n')) {
    if (!line.empty()) out.push_back(json::parse(line));
  }
  return out;
}

std::string post_lines(const RunningService& service, const std::string& query, const std::string& body) {
  server::RawClient client(service.port());
  REQUIRE(client.connected());
  const auto response = client.ask("POST /api/v1/match/batch" + query +
                                   " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
                                   "Content-Length: " +
                                   std::to_string(body.size()) + "\r\n\r\n" + body);
  REQUIRE(response.has_value());
  INFO(response->body.substr(0, 300));
  REQUIRE(response->status == 200);
  CHECK(response->complete);
  CHECK(response->headers.at("content-type") == "application/x-ndjson");
  CHECK(response->headers.at("cache-control") == "no-store");
  CHECK(response->headers.count("content-security-policy") == 1);
  CHECK(response->headers.at("treff-revision") == "1");
  return response->body;
}

}  // namespace

TEST_CASE("a stream gives the same lines from one thread, from four, from a file and from the service") {
  const SeedBase base;
  const std::string cases = many_cases(400);
  const std::string one = base.out_of({"match", "--today", kToday}, cases);
  const std::vector<json> lines = lines_of(one);
  REQUIRE(lines.size() == 400);
  std::size_t errors = 0;
  std::size_t options = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].contains("errors")) {
      ++errors;
      CHECK(lines[i]["line"].get<std::size_t>() > i);
    } else {
      CHECK(lines[i]["case_id"] == "case-" + std::to_string(i));
      options += lines[i]["options"].size();
    }
  }
  CHECK(errors > 80);
  CHECK(options > 400);

  CHECK(base.out_of({"match", "--today", kToday, "--jobs", "4"}, cases) == one);
  const std::string path = support::write_file(base.folder() / "cases.ndjson", cases);
  CHECK(base.out_of({"match", "--today", kToday, "--jobs", "2", path}) == one);
  // Recognised by its content too: the first line is a whole case and more follows.
  const std::string unnamed = support::write_file(base.folder() / "cases.json", cases);
  CHECK(base.out_of({"match", "--today", kToday, unnamed}) == one);

  RunningService service(base);
  CHECK(post_lines(service, "?today=" + kToday, cases) == one);
  CHECK(service.stop() == 0);
}

TEST_CASE("tables and pages of text of a stream stand one behind the other, the header once") {
  const SeedBase base;
  const std::string cases = many_cases(120);
  const std::string table = base.out_of({"match", "--today", kToday, "--format", "tsv"}, cases);
  CHECK(table.find("case_id\trevision") == table.find("case_id"));
  CHECK(table.find("case_id\trevision") == table.rfind("case_id\trevision"));
  CHECK(base.out_of({"match", "--today", kToday, "--format", "tsv", "--jobs", "3"}, cases) == table);
  const std::string text = base.out_of({"match", "--today", kToday, "--format", "text"}, cases);
  CHECK(base.out_of({"match", "--today", kToday, "--format", "text", "--jobs", "3"}, cases) == text);
  CHECK(support::contains(text, "Options for Melanoma"));
}

TEST_CASE("the batch endpoint refuses before it answers, with a problem document") {
  const SeedBase base;
  RunningService service(base);
  struct Row {
    const char* name;
    std::string target, headers;
    int status;
  };
  const std::vector<Row> rows = {
      {"plain text", "/api/v1/match/batch", "Content-Type: text/plain\r\n", 415},
      {"FHIR wanted", "/api/v1/match/batch", "Accept: application/fhir+json\r\n", 406},
      {"unknown parameter", "/api/v1/match/batch?frob=1", "", 400},
      {"revision nought", "/api/v1/match/batch?as_of=0", "", 400},
      {"revision ahead", "/api/v1/match/batch?as_of=9", "", 404},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    server::RawClient client(service.port());
    const auto response = client.ask("POST " + row.target + " HTTP/1.1\r\nHost: localhost\r\n" + row.headers +
                                     "Content-Length: 3\r\n\r\n{}\n");
    REQUIRE(response.has_value());
    CHECK(response->status == row.status);
    CHECK(response->headers.at("content-type") == "application/problem+json");
    CHECK(json::parse(response->body)["status"] == row.status);
  }
  CHECK(service.ask("GET", "/api/v1/match/batch").status == 405);
  CHECK(service.stop() == 0);
}

TEST_CASE("answers of a batch come back while its body still goes out") {
  const SeedBase base;
  RunningService service(base);
  server::RawClient client(service.port());
  REQUIRE(client.connected());
  client.send(
      "POST /api/v1/match/batch HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
      "Content-Type: application/x-ndjson\r\n\r\n");
  for (const std::string id : {"first", "second"}) {
    const std::string line = R"({"id":")" + id + R"(","diagnosis":{"oncotree":"LUAD"}})" + "\n";
    std::ostringstream size;
    size << std::hex << line.size();
    client.send(size.str() + "\r\n" + line + "\r\n");
    REQUIRE(client.wait_for("\"case_id\":\"" + id + "\""));
  }
  // The client goes away in the middle; the service answers others.
}

TEST_CASE("files of one tumour are laboratory files; a JSON case stands for itself") {
  const SeedBase base;
  const std::string path = source_path("schemas/examples/case.json");
  const auto done = base.run({"match", "--same-case", path, path});
  CHECK(done.status == 2);
  CHECK(support::contains(done.err, "--same-case"));
  CHECK(done.out.empty());
  CHECK(base.run({"match", "--as-of", "0", path}).status == 2);
}

}  // namespace treff::program
