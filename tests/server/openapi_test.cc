// schemas/openapi.json and the table of endpoints name each other, and what it shows as examples works.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "tests/server/api_fixture.h"

namespace treff::server {
namespace {

using nlohmann::json;

json description() {
  return json::parse(support::read_file(std::filesystem::path(TREFF_SOURCE_DIR) / "schemas" / "openapi.json"));
}

// A parameter or answer may be written in place or named among the components.
const json& resolved(const json& document, const json& value) {
  if (!value.contains("$ref")) return value;
  const std::string pointer = value["$ref"].get<std::string>();
  REQUIRE(pointer.substr(0, 2) == "#/");
  return document.at(json::json_pointer(pointer.substr(1)));
}

void check_references(const json& document, const json& value) {
  if (value.is_object() && value.contains("$ref")) {
    INFO(value.dump());
    CHECK_FALSE(resolved(document, value).is_null());
  }
  if (value.is_structured()) {
    for (const json& member : value) check_references(document, member);
  }
}

// The path with the examples of its variables, for a real request.
std::string example_path(const json& document, std::string path, const json& operation) {
  for (const json& listed : operation.value("parameters", json::array())) {
    const json& parameter = resolved(document, listed);
    if (parameter["in"] != "path") continue;
    const std::string slot = "{" + parameter["name"].get<std::string>() + "}";
    const std::size_t at = path.find(slot);
    REQUIRE(at != std::string::npos);
    const json value = parameter.value("example", json("1"));
    path.replace(at, slot.size(), value.get<std::string>());
  }
  CHECK(path.find('{') == std::string::npos);
  bool first = true;
  for (const json& listed : operation.value("parameters", json::array())) {
    const json& parameter = resolved(document, listed);
    if (parameter["in"] != "query" || !parameter.value("required", false)) continue;
    path += (first ? "?" : "&") + parameter["name"].get<std::string>() + "=1";
    first = false;
  }
  return path;
}

std::string bare_path(const json& document, const std::string& path, const json& operation) {
  const std::string whole = example_path(document, path, operation);
  return whole.substr(0, whole.find('?'));
}

TEST_CASE("every endpoint is described, and nothing else") {
  const json document = description();
  CHECK(document["openapi"] == "3.1.0");
  CHECK(document["info"]["license"]["identifier"] == "GPL-3.0-or-later");
  std::set<std::string> described, served, ids;
  for (const auto& [path, methods] : document["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) {
      described.insert(base::to_upper_ascii(method) + " " + path);
      INFO(path);
      CHECK(ids.insert(operation["operationId"]).second);
    }
  }
  for (const RouteRow& row : routes()) served.insert(std::string(row.method) + " " + std::string(row.path));
  CHECK(described == served);
  check_references(document, document);
}

TEST_CASE("the kinds of record described are those there are") {
  std::set<std::string> described, known;
  const json document = description();
  for (const json& kind : document["components"]["schemas"]["RecordKind"]["enum"]) described.insert(kind);
  for (const model::RecordKindRow& row : model::kRecordKinds) known.emplace(row.name);
  CHECK(described == known);
}

TEST_CASE("every example of a body is answered, with the keys and the type described") {
  const ApiFixture api(true);
  const json document = description();
  for (const auto& [path, methods] : document["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) {
      std::vector<std::string> bodies;
      if (operation.contains("requestBody")) {
        for (const json& content : operation["requestBody"]["content"]) {
          for (const json& example : content["examples"]) {
            const json& value = example["value"];
            bodies.push_back(value.is_string() ? value.get<std::string>() : value.dump());
          }
        }
        REQUIRE_FALSE(bodies.empty());
      } else {
        bodies.emplace_back();
      }
      const auto first = operation["responses"]["200"]["content"].begin();
      const std::string& type = first.key();
      const json& content = first.value();
      for (const std::string& body : bodies) {
        INFO(method << " " << path << " " << body);
        const HttpResponse response =
            api.ask(request_of(base::to_upper_ascii(method), example_path(document, path, operation), body,
                               operation.contains("security") ? api.curator_headers() : std::vector<NameValue>{}));
        INFO(response.body.substr(0, 500));
        REQUIRE(response.status == 200);
        CHECK(response.content_type.find(type) == 0);
        if (type != "application/json") continue;
        const json answer = json::parse(response.body);
        const json& schema = resolved(document, content["schema"]);
        for (const json& key : schema.value("required", json::array())) {
          INFO(key);
          CHECK(answer.contains(key.get<std::string>()));
        }
        if (!schema.contains("properties") || schema == document["components"]["schemas"]["Record"]) continue;
        for (const auto& [key, value] : answer.items()) {
          INFO(key);
          CHECK(schema["properties"].contains(key));
        }
      }
    }
  }
}

TEST_CASE("every parameter described is taken, and the examples of answers have the keys required") {
  const ApiFixture api(true);
  const json document = description();
  for (const auto& [path, methods] : document["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) {
      for (const json& listed : operation.value("parameters", json::array())) {
        const json& parameter = resolved(document, listed);
        if (parameter["in"] != "query") continue;
        const std::string name = parameter["name"];
        INFO(path << " " << name);
        const HttpResponse response =
            api.ask(request_of(base::to_upper_ascii(method), bare_path(document, path, operation) + "?" + name + "=0",
                               {}, operation.contains("security") ? api.curator_headers() : std::vector<NameValue>{}));
        CHECK(response.status != 401);
        CHECK(response.body.find("the parameter '" + name + "' is not known here") == std::string::npos);
      }
      for (const auto& [status, listed] : operation["responses"].items()) {
        const json& answer = resolved(document, listed);
        if (!answer.contains("content") || !answer["content"].contains("application/json")) continue;
        const json& content = answer["content"]["application/json"];
        for (const json& key : resolved(document, content["schema"]).value("required", json::array())) {
          INFO(path << " " << status << " " << key);
          CHECK(content["example"].contains(key.get<std::string>()));
        }
      }
    }
  }
}

}  // namespace
}  // namespace treff::server
