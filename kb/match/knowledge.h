// Every record of one revision in the form the matcher reads: by kind and id, with the vocabularies built from them.
//
// Built once, then immutable and safe to share between threads. Pointers to records stay valid for its lifetime. The
// knowledge of the next revision shares every record that did not change, and the vocabulary if no name did. A record
// set that does not fit together (cycle of targets, two genes with one symbol) is an error.
#pragma once

#include <map>
#include <memory>
#include <set>
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

using SharedRecord = std::shared_ptr<const model::Record>;

// What one revision is made of.
struct KnowledgeParts {
  std::vector<SharedRecord> records;  // in key order
  // Ids of trials that no rule reads: no criteria of their own and no curated record that speaks of them. They stay
  // encoded in the store, or a hundred thousand registry trials would cost gigabytes and seconds at every start.
  std::shared_ptr<const std::set<std::string>> resting_trials;  // nullptr = none
};

// False for the levels of CIViC that rest on single cases, cells or inference (C, D, E): such evidence is shown, but
// neither cautions (B5: established resistance) nor makes an alteration count as oncogenic by naming it (M9).
bool is_established(const model::Evidence& evidence);

class Knowledge {
 public:
  // Takes every live record of a revision, in key order.
  static Checked<std::shared_ptr<const Knowledge>> build(std::vector<model::Record> records);
  // `like` (may be nullptr) lends its vocabulary where all records that carry names are the same objects.
  static Checked<std::shared_ptr<const Knowledge>> build(KnowledgeParts parts, const Knowledge* like);

  const Vocabulary& vocabulary() const { return *vocabulary_; }
  bool shares_vocabulary_with(const Knowledge& other) const { return vocabulary_ == other.vocabulary_; }
  // Without the resting trials.
  const std::vector<SharedRecord>& records() const { return records_; }
  const std::set<std::string>& resting_trials() const { return *resting_; }
  // A live record, resting or not.
  bool has(const model::RecordKey& key) const;
  // Number of live records of a kind, the resting ones included.
  std::size_t count(model::RecordKind kind) const;
  // nullptr if there is no such record, or if it rests.
  const model::Record* find(const model::RecordKey& key) const;
  template <class T>
  const T* find_as(model::RecordKind kind, const std::string& id) const {
    const model::Record* record = find({kind, id});
    return record == nullptr ? nullptr : std::get_if<T>(record);
  }
  // All records of one kind in id order, without the resting ones.
  std::vector<const model::Record*> all(model::RecordKind kind) const;
  // English display name: names.en, else the id.
  std::string display_name(model::RecordKind kind, const std::string& id) const;

 private:
  std::vector<SharedRecord> records_;
  std::map<model::RecordKey, std::size_t> by_key_;
  std::shared_ptr<const std::set<std::string>> resting_;
  std::shared_ptr<const Vocabulary> vocabulary_;
};

}  // namespace treff::match
