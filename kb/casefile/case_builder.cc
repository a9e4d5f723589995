#include "kb/casefile/case_builder.h"

#include <algorithm>
#include <utility>

#include "kb/base/text.h"
#include "kb/casefile/tsv.h"
#include "kb/nomenclature/hgvs.h"

namespace treff::casefile {
namespace {

constexpr std::size_t kLinesShown = 8;

void add_once(std::vector<std::string>& words, std::string_view word) {
  if (std::find(words.begin(), words.end(), word) == words.end()) words.emplace_back(word);
}

std::string counted(int count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

}  // namespace

std::string Place::in_file(std::string_view file_name) const {
  return pointer_.empty() ? place_of(file_name, line_) : std::string(file_name) + "#" + pointer_;
}

std::string CaseBuilder::place(const Place& place) const { return place.in_file(file_name_); }

void CaseBuilder::add(std::string_view kind, model::CaseAlteration alteration, const Place& at) {
  alteration.place = place(at);
  ++findings_[std::string(kind)];
  file_.reading.tumour_case.alterations.push_back(std::move(alteration));
}

void CaseBuilder::add(nomenclature::Biomarker biomarker) {
  cover(base::name_of(biomarker.name));
  file_.reading.tumour_case.biomarkers.push_back(std::move(biomarker));
}

void CaseBuilder::add_failed(nomenclature::Biomarker biomarker, std::string_view why, const Place& at) {
  const std::string name(base::name_of(biomarker.name));
  biomarker.failed = true;
  biomarker.value.reset();
  issue("biomarker_failed", base::to_upper_ascii(name) + " has no value: " + std::string(why), at, biomarker.input);
  fail_kind(name);
  file_.reading.tumour_case.biomarkers.push_back(std::move(biomarker));
}

void CaseBuilder::issue(std::string id, std::string message, const Place& at, std::string piece) {
  file_.reading.issues.push_back({std::move(id), std::move(message), place(at), std::move(piece)});
}

void CaseBuilder::unreadable(std::string_view kind, std::string message, const Place& at, std::string piece,
                             std::string hint) {
  ++incomplete_[std::string(kind)];
  file_.reading.unreadable.push_back(
      Error{ErrorCode::UnreadableText, std::move(message), place(at), std::move(piece), std::nullopt, std::move(hint)});
}

void CaseBuilder::unreadable_without_gene(std::string message, const Place& at, std::string piece) {
  file_.reading.unreadable.push_back(
      Error{ErrorCode::UnreadableText, std::move(message), place(at), std::move(piece), std::nullopt, {}});
}

void CaseBuilder::unreadable_of_any_kind(std::string message, const Place& at, std::string piece, std::string hint) {
  for (const std::string_view kind : {kSmall, kCopyNumber, kFusion, kSplice}) ++incomplete_[std::string(kind)];
  file_.reading.unreadable.push_back(
      Error{ErrorCode::UnreadableText, std::move(message), place(at), std::move(piece), std::nullopt, std::move(hint)});
}

void CaseBuilder::count(const std::string& id, const std::string& message, int line) {
  Tally& tally = tallies_[id + "\n" + message];
  tally.message = message;
  ++tally.rows;
  if (tally.first_lines.size() < kLinesShown) tally.first_lines.push_back(line);
}

void CaseBuilder::panel(std::string_view id) { add_once(panels_, id); }
void CaseBuilder::cover(std::string_view kind) { add_once(file_.covered, kind); }
void CaseBuilder::fail_kind(std::string_view kind) { add_once(failed_, kind); }
void CaseBuilder::cover_genes(std::vector<model::CodedGene> genes) {
  for (model::CodedGene& gene : genes) {
    if (covered_names_.insert(gene.hgnc_id + " " + gene.name).second) covered_genes_.push_back(std::move(gene));
  }
}

void CaseBuilder::finish_tallies() {
  for (const auto& [key, tally] : tallies_) {
    std::string lines;
    for (const int line : tally.first_lines) lines += (lines.empty() ? "" : ", ") + std::to_string(line);
    if (tally.first_lines.size() < static_cast<std::size_t>(tally.rows)) lines += " ...";
    const std::string message =
        counted(tally.rows, "row") + ": " + tally.message + " (" + (tally.rows == 1 ? "line " : "lines ") + lines + ")";
    issue(key.substr(0, key.find('\n')), message, tally.first_lines.front());
  }
}

// Alterations that can meet no protein class (M9) are kept; this says how many of what kind there are.
void CaseBuilder::report_silent_classes() {
  std::map<std::string, int> classes;
  for (const model::CaseAlteration& alteration : file_.reading.tumour_case.alterations) {
    const std::string& terms = alteration.text.consequence;
    if (terms.empty()) continue;
    const auto consequence = nomenclature::consequence_from_so(terms);
    if (consequence == nomenclature::Consequence::Synonymous) {
      ++classes["synonymous"];
    } else if (consequence == nomenclature::Consequence::Noncoding) {
      std::string name(base::trim(terms.substr(0, terms.find_first_of(",&;"))));
      if (name.ends_with("_variant")) name.resize(name.size() - 8);
      std::replace(name.begin(), name.end(), '_', ' ');
      ++classes[name];
    }
  }
  std::string list;
  for (const auto& [name, rows] : classes) list += (list.empty() ? "" : ", ") + std::to_string(rows) + " " + name;
  if (!list.empty()) issue("kept_without_protein_class", list + ": read and kept, they meet no protein class");
}

void CaseBuilder::finish_tested() {
  for (const auto& [kind, rows] : incomplete_) {
    fail_kind(kind);
    issue("class_incomplete",
          counted(rows, "row") + " of " + kind + " could not be read: what else is absent there stays unknown");
  }
  std::erase_if(file_.covered, [&](const std::string& kind) { return incomplete_.count(kind) != 0; });
  if (panels_.empty() && failed_.empty() && covered_genes_.empty()) return;
  model::CaseTested tested;
  tested.coded_small_variants = covered_genes_;
  tested.panels = panels_;
  tested.failed = failed_;
  std::sort(tested.failed.begin(), tested.failed.end());
  file_.reading.tumour_case.tested = std::move(tested);
}

CaseFile CaseBuilder::finish(SampleNames sample, std::string_view format) {
  finish_tallies();
  report_silent_classes();
  finish_tested();
  file_.sample = std::move(sample);
  file_.format = format;
  file_.file_name = file_name_;
  return std::move(file_);
}

}  // namespace treff::casefile
