// Gathers one tumour's findings while a file is read, so that nothing is dropped in silence.
//
// Every row ends as an alteration, as an entry of `unreadable` or in an issue. A row that could not be read makes its
// kind of finding incomplete: the kind is then listed as failed, because "nothing else found" would be a claim that
// the file no longer supports (N8, M3). Not thread-safe.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kb/casefile/case_file.h"

namespace treff::casefile {

// Where something stood: a line of a table (0 = the file as a whole) or a JSON pointer.
class Place {
 public:
  Place(int line) : line_(line) {}                              // NOLINT(google-explicit-constructor)
  Place(std::string pointer) : pointer_(std::move(pointer)) {}  // NOLINT(google-explicit-constructor)
  // "name:12", "name#/entry/3", or "name".
  std::string in_file(std::string_view file_name) const;

 private:
  int line_ = 0;
  std::string pointer_;
};

class CaseBuilder {
 public:
  explicit CaseBuilder(std::string_view file_name) : file_name_(file_name) {}

  std::string place(const Place& place) const;

  // `kind` is one of the kinds of case_file.h.
  void add(std::string_view kind, model::CaseAlteration alteration, const Place& at);
  void add(nomenclature::Biomarker biomarker);
  // A biomarker that was measured but has no value; `why` completes "TMB has no value: ...".
  void add_failed(nomenclature::Biomarker biomarker, std::string_view why, const Place& at);
  void issue(std::string id, std::string message, const Place& at = 0, std::string piece = {});
  // A row of `kind` that could not be read; the kind becomes incomplete.
  void unreadable(std::string_view kind, std::string message, const Place& at, std::string piece,
                  std::string hint = {});
  // A row that could not be used but names no gene, so that no gene's negative rests on it.
  void unreadable_without_gene(std::string message, const Place& at, std::string piece);
  // Something that may be a finding of any kind: every kind becomes incomplete.
  void unreadable_of_any_kind(std::string message, const Place& at, std::string piece, std::string hint = {});
  // One more row to mention once at the end: "3 rows ...", with the first lines that are meant.
  void count(const std::string& id, const std::string& message, int line);

  void panel(std::string_view id);
  void cover(std::string_view kind);
  void fail_kind(std::string_view kind);
  // Genes that the file lists as validly examined for small variants.
  void cover_genes(std::vector<model::CodedGene> genes);
  bool has_findings(std::string_view kind) const { return findings_.count(std::string(kind)) != 0; }
  model::CaseSpecimen& specimen() { return file_.reading.tumour_case.specimen; }
  model::TumourCase& tumour_case() { return file_.reading.tumour_case; }

  // Call once, last.
  CaseFile finish(SampleNames sample, std::string_view format);

 private:
  struct Tally {
    std::string message;
    int rows = 0;
    std::vector<int> first_lines;
  };
  void finish_tallies();
  void finish_tested();
  void report_silent_classes();

  std::string file_name_;
  CaseFile file_;
  std::vector<std::string> panels_;
  std::vector<std::string> failed_;
  std::vector<model::CodedGene> covered_genes_;
  std::set<std::string> covered_names_;                 // of covered_genes_
  std::map<std::string, int, std::less<>> findings_;    // kind -> alterations
  std::map<std::string, int, std::less<>> incomplete_;  // kind -> rows not read
  std::map<std::string, Tally> tallies_;
};

}  // namespace treff::casefile
