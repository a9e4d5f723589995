// A store of its own for one test, and imports into it as `treff import` does them.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "indexer/pipeline.h"
#include "kb/match/knowledge.h"
#include "kb/model/codec.h"
#include "tests/support/fresh_folder.h"

namespace treff::indexer {

class ImportFixture {
 public:
  ImportFixture() {
    auto made = store::Store::create(folder_.path() / "kb");
    REQUIRE(made);
    store_ = std::move(*made);
  }

  std::string file(const std::string& name, const std::string& bytes) {
    return support::write_file(folder_.path() / name, bytes);
  }

  Checked<ImportReport> import(const std::string& format, const std::vector<std::string>& files,
                               const std::string& day = "2026-11-22") {
    ImportOptions options;
    options.format = format;
    options.by = "test";
    options.published_at = day + "T10:00:00Z";
    NoProgress quiet;
    return import_files(*store_, {files.begin(), files.end()}, options, quiet);
  }

  // The record in force; fails the test if there is none.
  template <class T>
  T get(model::RecordKind kind, const std::string& id) {
    const auto json = store_->get({kind, id}, store_->head());
    REQUIRE(json);
    INFO(id);
    REQUIRE(json->has_value());
    auto record = model::decode_record(**json);
    REQUIRE(record);
    return std::get<T>(*record);
  }
  bool has(model::RecordKind kind, const std::string& id) {
    const auto json = store_->get({kind, id}, store_->head());
    REQUIRE(json);
    return json->has_value();
  }

  match::Vocabulary words() {
    std::vector<model::Record> records;
    REQUIRE(store_->scan(std::nullopt, store_->head(), [&](const auto&, std::string_view json, auto) {
      auto record = model::decode_record(json);
      REQUIRE(record);
      records.push_back(std::move(*record));
      return true;
    }));
    const auto knowledge = match::Knowledge::build(std::move(records));
    REQUIRE(knowledge);
    return (*knowledge)->vocabulary();
  }

  store::Store& store() { return *store_; }

 private:
  support::FreshFolder folder_;
  std::unique_ptr<store::Store> store_;
};

// One error of the list holds this text in place, message or piece.
inline bool names(const std::vector<Error>& errors, const std::string& text) {
  for (const Error& error : errors) {
    if (base::to_text(error).find(text) != std::string::npos) return true;
  }
  return false;
}

inline bool notes(const ImportReport& report, const std::string& text) {
  for (const Issue& note : report.notes.issues) {
    if ((note.where + " " + note.message + ": " + note.piece).find(text) != std::string::npos) return true;
  }
  return false;
}

}  // namespace treff::indexer
