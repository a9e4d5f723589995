// A small invented knowledge base in a fresh store, and imports into it as the program does them.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "indexer/pipeline.h"
#include "kb/model/codec.h"
#include "tests/support/fresh_folder.h"

namespace treff::indexer {

inline std::string import_fixture(const std::string& name) {
  return std::string(TREFF_SOURCE_DIR) + "/tests/fixtures/import/" + name;
}

inline std::string text_of(const std::vector<Error>& errors) {
  std::string all;
  for (const Error& error : errors) all += base::to_text(error) + "\n";
  return all;
}

class ImportWorld {
 public:
  ImportWorld() {
    auto made = store::Store::create(folder_ / "kb");
    REQUIRE(made);
    store_ = std::move(*made);
    REQUIRE(import("curated", {import_fixture("curated")}).changed);
  }

  Checked<ImportReport> try_import(const std::string& format, const std::vector<std::string>& files) {
    ImportOptions options;
    options.format = format;
    options.by = "test";
    options.published_at = "2026-11-22T10:00:00Z";
    NoProgress quiet;
    return import_files(*store_, {files.begin(), files.end()}, options, quiet);
  }
  ImportReport import(const std::string& format, const std::vector<std::string>& files) {
    auto report = try_import(format, files);
    INFO((report ? std::string() : text_of(report.error())));
    REQUIRE(report);
    return std::move(*report);
  }
  // The errors of an import that must fail and change nothing.
  std::string refused(const std::string& format, const std::vector<std::string>& files) {
    const store::Revision head = store_->head();
    const auto report = try_import(format, files);
    REQUIRE_FALSE(report);
    CHECK(store_->head() == head);
    REQUIRE_FALSE(report.error().empty());
    return text_of(report.error());
  }
  std::string file(const std::string& name, const std::string& bytes) {
    return support::write_file(folder_ / name, bytes);
  }

  template <class T>
  T get(model::RecordKind kind, const std::string& id) const {
    const auto json = store_->get({kind, id}, store_->head());
    REQUIRE(json);
    INFO(id);
    REQUIRE(json->has_value());
    return std::get<T>(*model::decode_record(**json));
  }
  std::string json_of(model::RecordKind kind, const std::string& id) const {
    const auto json = store_->get({kind, id}, store_->head());
    REQUIRE(json);
    return json->value_or("");
  }
  store::Store& store() { return *store_; }
  const support::FreshFolder& folder() const { return folder_; }

 private:
  support::FreshFolder folder_;
  std::unique_ptr<store::Store> store_;
};

}  // namespace treff::indexer
