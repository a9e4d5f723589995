// Gathers one tumour's findings while a file is read, so that nothing is dropped in silence.
//
// Every row ends as an alteration, as an entry of `unreadable` or in an issue. A row that could not be read makes its
// kind of finding incomplete: the kind is then listed as failed, because "nothing else found" would be a claim that
// the file no longer supports (N8, M3). Not thread-safe.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kb/casefile/case_file.h"

namespace treff::casefile {

class CaseBuilder {
 public:
  explicit CaseBuilder(std::string_view file_name) : file_name_(file_name) {}

  std::string place(int line) const;

  // `kind` is one of the kinds of case_file.h.
  void add(std::string_view kind, model::CaseAlteration alteration, int line);
  void add(nomenclature::Biomarker biomarker);
  // A biomarker that was measured but has no value; `why` completes "TMB has no value: ...".
  void add_failed(nomenclature::Biomarker biomarker, std::string_view why, int line);
  void issue(std::string id, std::string message, int line = 0, std::string piece = {});
  // A row of `kind` that could not be read; the kind becomes incomplete.
  void unreadable(std::string_view kind, std::string message, int line, std::string piece, std::string hint = {});
  // A row that could not be used but names no gene, so that no gene's negative rests on it.
  void unreadable_without_gene(std::string message, int line, std::string piece);
  // One more row to mention once at the end: "3 rows ...", with the first lines that are meant.
  void count(const std::string& id, const std::string& message, int line);

  void panel(std::string_view id);
  void cover(std::string_view kind);
  void fail_kind(std::string_view kind);
  bool has_findings(std::string_view kind) const { return findings_.count(std::string(kind)) != 0; }
  model::CaseSpecimen& specimen() { return file_.reading.tumour_case.specimen; }

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
  std::map<std::string, int, std::less<>> findings_;    // kind -> alterations
  std::map<std::string, int, std::less<>> incomplete_;  // kind -> rows not read
  std::map<std::string, Tally> tallies_;
};

}  // namespace treff::casefile
