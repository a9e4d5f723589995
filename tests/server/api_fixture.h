// The whole service without sockets: a real store in a folder of its own, and the handlers as functions of requests.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "indexer/pipeline.h"
#include "indexer/publisher.h"
#include "indexer/text_build.h"
#include "kb/base/text.h"
#include "server/query_string.h"
#include "server/routes.h"
#include "server/service.h"
#include "server/tokens.h"
#include "tests/support/fresh_folder.h"

namespace treff::server {

inline HttpRequest request_of(const std::string& method, const std::string& target, const std::string& body = {},
                              std::vector<NameValue> headers = {}) {
  HttpRequest request;
  request.method = method;
  request.raw_target = target;
  const std::size_t mark = target.find('?');
  request.path = target.substr(0, mark);
  if (mark != std::string::npos) {
    auto query = parse_query(target.substr(mark + 1), 20);
    REQUIRE(query.has_value());
    request.query = std::move(*query);
  }
  request.headers = std::move(headers);
  request.body = body;
  request.request_id = "request-1";
  return request;
}

inline std::optional<std::string> header_of(const HttpResponse& response, const std::string& name) {
  for (const auto& [known, value] : response.headers) {
    if (known == name) return value;
  }
  return std::nullopt;
}

inline std::string head_text(const HttpResponse& response) {
  std::string text = response.content_type;
  for (const auto& [name, value] : response.headers) text += "\n" + name + ": " + value;
  return text;
}

// A body and an answer of a streamed route, in memory; the body comes in pieces of a few bytes.
class MemoryBody final : public BodyReader {
 public:
  explicit MemoryBody(std::string_view body) : body_(body) {}
  Result<std::string_view> read() override {
    const std::string_view piece = body_.substr(0, 7);
    body_.remove_prefix(piece.size());
    return piece;
  }

 private:
  std::string_view body_;
};

class MemoryWriter final : public ResponseWriter {
 public:
  bool start(const HttpResponse& head) override {
    response = head;
    response.body.clear();
    return true;
  }
  bool write(std::string_view bytes) override {
    response.body += bytes;
    return true;
  }
  bool flush() override { return true; }
  bool finish() override { return finished = true; }

  HttpResponse response;
  bool finished = false;
};

// The shipped reference and example records as revision 1.
class ApiFixture {
 public:
  explicit ApiFixture(bool with_text = false) {
    auto created = store::Store::create(folder_.path() / "kb");
    REQUIRE(created.has_value());
    store_ = std::move(*created);
    const std::string seed = std::string(TREFF_SOURCE_DIR) + "/kb/seed/";
    publish({seed + "reference", seed + "example"});
    views_ = std::make_unique<view::ViewHolder>(store_, folder_.path() / "kb", "test");
    refresh();
    if (with_text) build_text();
    service_.reset(new Service{
        *views_, clock_, log_, {}, std::string(TREFF_SOURCE_DIR) + "/schemas", {}, {}, nullptr, folder_.path() / "kb"});
    publisher_ = std::make_unique<indexer::Publisher>(store_, *views_, folder_.path() / "kb", log_,
                                                      [this] { service_->publications.announce(); });
    service_->publisher = publisher_.get();
    const auto token = add_token(folder_.path() / "kb", "curator-1", Role::Curator, clock_.today());
    REQUIRE(token.has_value());
    token_ = *token;
    handlers_ = handlers_for(*service_);
  }

  Service& service() { return *service_; }
  indexer::Publisher& publisher() { return *publisher_; }
  const std::string& token() const { return token_; }
  // A curator who has read the newest revision.
  std::vector<NameValue> curator_headers() const {
    return {{"authorization", "Bearer " + token_}, {"if-match", "\"" + std::to_string(store_->head()) + "\""}};
  }
  const Handlers& handlers() const { return handlers_; }

  HttpResponse ask(const HttpRequest& request) const {
    if (handlers_.classify(request.method, request.path).kind == RouteClass::Streamed) {
      MemoryBody body(request.body);
      MemoryWriter writer;
      handlers_.stream(request, body, writer);
      REQUIRE(writer.finished);
      return writer.response;
    }
    Answer answer = handlers_.answer(request);
    REQUIRE(std::holds_alternative<HttpResponse>(answer));
    return std::get<HttpResponse>(std::move(answer));
  }
  HttpResponse get(const std::string& target, std::vector<NameValue> headers = {}) const {
    return ask(request_of("GET", target, {}, std::move(headers)));
  }
  HttpResponse post(const std::string& target, const std::string& body, std::vector<NameValue> headers = {}) const {
    return ask(request_of("POST", target, body, std::move(headers)));
  }

  void publish(std::vector<std::filesystem::path> paths) {
    indexer::ImportOptions options;
    options.by = "curator";
    options.published_at = "2026-11-22T10:00:00Z";
    NoProgress quiet;
    const auto done = indexer::import_files(*store_, paths, options, quiet);
    if (!done) UNSCOPED_INFO(base::to_text(done.error().front()));
    REQUIRE(done.has_value());
    REQUIRE(done->changed);
  }
  // Gives a cohort another English name, as the next revision, and serves it.
  void rename_cohort(const std::string& id, const std::string& name) {
    const auto json = store_->get({model::RecordKind::Cohort, id}, store_->head());
    REQUIRE((json.has_value() && json->has_value()));
    nlohmann::json record = nlohmann::json::parse(**json);
    record["names"]["en"] = name;
    publish({support::write_file(folder_ / "renamed.json", record.dump())});
    refresh();
  }
  void build_text() {
    NoProgress quiet;
    REQUIRE(indexer::build_text_index(*store_, *views_->current(), folder_.path() / "kb", quiet).has_value());
    refresh();
  }

 private:
  void refresh() {
    NoProgress quiet;
    REQUIRE(views_->refresh(quiet).has_value());
  }

  support::FreshFolder folder_;
  base::FixedClock clock_{Date{2026, 11, 22}};
  base::NoLog log_;
  std::shared_ptr<store::Store> store_;
  std::unique_ptr<view::ViewHolder> views_;
  std::unique_ptr<Service> service_;
  std::unique_ptr<indexer::Publisher> publisher_;
  std::string token_;
  Handlers handlers_;
};

}  // namespace treff::server
