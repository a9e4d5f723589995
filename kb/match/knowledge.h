// Every record of one revision in the form the matcher reads: by kind and id, with the vocabularies built from them.
//
// Built once, then immutable and safe to share between threads. Records are owned here; pointers into it stay valid
// for its lifetime. A record set that does not fit together (cycle of targets, two genes with one symbol) is an error.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "kb/base/result.h"
#include "kb/model/records.h"
#include "kb/nomenclature/diagnosis_tree.h"
#include "kb/nomenclature/drug_names.h"
#include "kb/nomenclature/gene_table.h"

namespace treff::match {

// The gene lists of one panel as approved symbols.
struct PanelGenes {
  std::unordered_set<std::string> small;
  std::unordered_set<std::string> copy_number;
  std::unordered_set<std::string> losses;  // copy_number, where the panel reports deletions
  std::unordered_set<std::string> fusion;
  std::unordered_set<std::string> splice;
};

// One key for "BRAF inhibitor", "BRAF inhibitors", "BRAF-inhibitor" and "BRAF-hemmer".
std::string drug_class_key(const std::string& name);

// Names of one revision: genes, tumours, drugs, panels.
struct Vocabulary {
  nomenclature::GeneTable genes;
  nomenclature::DiagnosisTree diagnoses;
  nomenclature::DrugNames drugs;
  std::unordered_map<std::string, model::Panel> panels;     // by id
  std::unordered_map<std::string, PanelGenes> panel_genes;  // by panel id; names no gene has are left out
  std::unordered_set<std::string> named_alterations;  // canonical texts that targets and evidence name exactly (M9)
  std::unordered_map<std::string, std::vector<std::string>> drugs_against_gene;  // symbol -> drug ids
  std::unordered_map<std::string, std::string> trials;        // folded id, name or synonym -> trial id
  std::unordered_map<std::string, std::string> drug_classes;  // drug_class_key -> the class as it is written
};

class Knowledge {
 public:
  // Takes every live record of a revision, in key order.
  static Checked<std::shared_ptr<const Knowledge>> build(std::vector<model::Record> records);

  const Vocabulary& vocabulary() const { return vocabulary_; }
  const std::vector<model::Record>& records() const { return records_; }
  // nullptr if there is no such record.
  const model::Record* find(const model::RecordKey& key) const;
  template <class T>
  const T* find_as(model::RecordKind kind, const std::string& id) const {
    const model::Record* record = find({kind, id});
    return record == nullptr ? nullptr : std::get_if<T>(record);
  }
  // All records of one kind, in id order.
  std::vector<const model::Record*> all(model::RecordKind kind) const;
  // English display name: names.en, else the id.
  std::string display_name(model::RecordKind kind, const std::string& id) const;

 private:
  std::vector<model::Record> records_;
  std::map<model::RecordKey, std::size_t> by_key_;
  Vocabulary vocabulary_;
};

}  // namespace treff::match
