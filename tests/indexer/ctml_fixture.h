// A small world in which CTML documents are read: a few genes and tumours.
#pragma once

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <string>

#include "indexer/importers/ctml.h"
#include "kb/model/codec.h"

namespace treff::indexer::ctml_world {

inline std::shared_ptr<const match::Knowledge> knowledge() {
  std::vector<model::Record> records;
  for (const char* symbol : {"ALK", "BRAF", "EGFR", "EML4", "ERBB2", "KRAS"}) {
    model::Gene gene;
    gene.symbol = symbol;
    gene.id = gene.symbol;
    if (gene.symbol == "ERBB2") gene.synonyms = {"HER2"};
    records.push_back(gene);
  }
  const auto tumour = [&](const char* id, const char* code, const char* name, const char* parent) {
    model::Diagnosis diagnosis;
    diagnosis.id = id;
    diagnosis.code = code;
    diagnosis.names.en = name;
    diagnosis.parent = parent;
    diagnosis.lineage = nomenclature::Lineage::Solid;
    records.push_back(diagnosis);
  };
  tumour("lung", "LUNG", "Lung", "");
  tumour("nsclc", "NSCLC", "Non-Small Cell Lung Cancer", "lung");
  tumour("luad", "LUAD", "Lung Adenocarcinoma", "nsclc");
  auto built = match::Knowledge::build(std::move(records));
  REQUIRE(built);
  return *built;
}

inline const match::Knowledge& shared_knowledge() {
  static const auto built = knowledge();
  return *built;
}

inline ImportContext context_of(const match::Knowledge& knowledge, const base::Date& today) {
  const auto stored = [&knowledge](const model::RecordKey& key) -> Result<std::optional<model::Record>> {
    const model::Record* found = knowledge.find(key);
    return found == nullptr ? std::optional<model::Record>() : std::optional<model::Record>(*found);
  };
  return ImportContext{knowledge, stored, today};
}

inline Checked<std::vector<ImportedRecord>> read(const std::string& text) {
  return read_ctml_text(text, context_of(shared_knowledge(), base::Date{2026, 11, 22}));
}

inline std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

inline const model::Cohort* cohort(const std::vector<ImportedRecord>& records, const std::string& id) {
  for (const ImportedRecord& item : records) {
    const auto* found = std::get_if<model::Cohort>(&item.record);
    if (found != nullptr && found->id == id) return found;
  }
  return nullptr;
}

}  // namespace treff::indexer::ctml_world
