// What holds of every importer on any bytes: errors have words and a place, records pass their own checks.
#pragma once

#include <cstdlib>
#include <string>

#include "indexer/importers/registry.h"
#include "kb/model/codec.h"
#include "kb/model/references.h"

namespace treff::indexer {

class CheckingSink final : public ImportSink {
 public:
  void record(ImportedRecord imported) override {
    // What the importer lets pass is either a sound record or one that the record's own check refuses.
    if (imported.place.empty()) std::abort();
    if (!model::check_record(imported.record).empty()) return;
    const std::string json = model::encode_record(imported.record);
    const auto again = model::decode_record(json);
    if (!again || model::encode_record(*again) != json) std::abort();
  }
  void error(Error error) override {
    ++errors_;
    if (error.message.empty() || error.where.empty()) std::abort();
  }
  void note(Issue note) override {
    if (note.id.empty() || note.message.empty()) std::abort();
  }
  bool is_full() const override { return errors_ > 100; }

 private:
  std::size_t errors_ = 0;
};

// A few genes, one tumour and one drug.
inline const match::Knowledge& fuzz_knowledge() {
  static const auto knowledge = [] {
    std::vector<model::Record> records;
    for (
        const char* json :
        {R"({"kind":"gene","id":"braf","symbol":"BRAF","sources":["b"],"checked_on":"2026-01-01","confidence":"quoted"})",
         R"({"kind":"gene","id":"egfr","symbol":"EGFR","sources":["b"],"checked_on":"2026-01-01","confidence":"quoted"})",
         R"({"kind":"gene","id":"alk","symbol":"ALK","sources":["b"],"checked_on":"2026-01-01","confidence":"quoted"})",
         R"({"kind":"drug","id":"vemurafenib","substance":"vemurafenib","sources":["b"],"checked_on":"2026-01-01","confidence":"quoted"})"}) {
      records.push_back(*model::decode_record(json));
    }
    return *match::Knowledge::build(std::move(records));
  }();
  return *knowledge;
}

inline ImportContext fuzz_context() {
  return {
      fuzz_knowledge(),
      [](const model::RecordKey&) -> Result<std::optional<model::Record>> { return std::optional<model::Record>(); },
      Date{2026, 11, 22}};
}

}  // namespace treff::indexer
