// A case as one revision's vocabulary reads it: every name resolved, nothing guessed, what was not read named.
//
// Rules N1-N9 on the way in, C1 and M3/M4 for what was tested. One CaseFacts belongs to one request.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "kb/base/result.h"
#include "kb/match/knowledge.h"
#include "kb/model/tumour_case.h"
#include "kb/nomenclature/alteration.h"

namespace treff::match {

// Approved symbols: whole lists of panels, owned by the Knowledge, and symbols of the case's own.
class GeneSet {
 public:
  void insert(const std::string& symbol) { own_.insert(symbol); }
  // `list` must outlive the set.
  void add(const std::unordered_set<std::string>& list) { lists_.push_back(&list); }
  // 1 if the symbol is in the set, else 0.
  std::size_t count(const std::string& symbol) const {
    for (const auto* list : lists_) {
      if (list->count(symbol) != 0) return 1;
    }
    return own_.count(symbol);
  }

 private:
  std::vector<const std::unordered_set<std::string>*> lists_;
  std::unordered_set<std::string> own_;
};

// What was validly examined of one kind of change.
struct TestedKind {
  bool stated = false;  // something says which genes were examined
  bool failed = false;  // examined, but quality control was not passed
  GeneSet genes;
};

struct TestedFacts {
  TestedKind small;
  TestedKind copy_number;
  TestedKind fusion;
  TestedKind splice;
  // Genes of which only these exons were examined for small variants ("RAS wild type", M11).
  std::unordered_map<std::string, std::vector<int>> small_exons;
  TestedKind losses;  // genes whose deletions are reported too: a report of amplifications says nothing of them (M3)
  std::vector<const model::Panel*> panels;  // owned by the Knowledge
  std::unordered_set<std::string> failed_biomarkers;
};

struct PriorFacts {
  std::string drug_id;  // empty where only a class is known
  std::string drug_class;
  std::optional<int> line;
  model::TreatmentOutcome outcome = model::TreatmentOutcome::Unstated;
  std::optional<Date> last_day;  // `to`, else `from`
};

// One thing that was sent, and what it was read as.
struct ReadLine {
  std::string input;
  std::string place;
  std::string canonical;  // empty if it could not be read
  std::vector<Issue> warnings;
  std::optional<Error> error;
};

struct CaseFacts {
  std::string id;
  nomenclature::DiagnosisNode diagnosis = 0;
  std::vector<nomenclature::Alteration> alterations;
  std::vector<nomenclature::Biomarker> biomarkers;
  std::unordered_map<std::string, std::vector<std::size_t>> by_gene;  // symbol -> alterations that touch it
  std::vector<std::size_t> without_gene;  // alterations whose gene was not stated: any class may be meant
  TestedFacts tested;
  model::CaseSpecimen specimen;
  std::optional<std::vector<PriorFacts>> prior_treatments;
  std::optional<double> age_years;  // a whole number = completed years, with decimals = the age itself
  model::Sex sex = model::Sex::Unstated;
  std::optional<int> ecog;
  std::string disease_extent;
  std::optional<bool> measurable_disease;
  std::optional<int> prior_lines;
  std::optional<bool> standard_treatment_exhausted;
  std::unordered_set<std::string> consent_blocks;
  std::string region;
  // N8: text that could not be read. In a gene: that gene's negatives prove nothing. Without a gene: no negative does.
  std::unordered_set<std::string> unread_genes;
  bool unread_without_gene = false;
  bool closed_world = false;  // M8: what is not reported counts as absent; only for comparison with other engines
};

struct CaseInterpretation {
  CaseFacts facts;
  std::string diagnosis_read;   // "Lung Adenocarcinoma (LUAD)"
  std::vector<ReadLine> read;   // one per alteration and biomarker, in the order sent
  std::vector<Issue> warnings;  // about the case as a whole
};

// Fails only where no answer would be honest: an unknown diagnosis code or name, an unknown panel id, an unknown gene
// in a list of tests. An alteration that cannot be read is kept as a ReadLine with its error and makes negatives
// unknown.
Checked<CaseInterpretation> interpret(const model::TumourCase& tumour_case, const Knowledge& knowledge);

// Alterations and biomarkers alone, whatever the case says of the diagnosis and the patient: for `treff contains`.
Checked<CaseInterpretation> interpret_findings(const model::TumourCase& findings, const Knowledge& knowledge);

}  // namespace treff::match
