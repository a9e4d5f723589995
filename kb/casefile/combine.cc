#include "kb/casefile/combine.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "kb/base/text.h"
#include "kb/casefile/sample_id.h"

namespace treff::casefile {
namespace {

using model::CaseAlteration;
using nomenclature::Biomarker;

std::string number_key(const std::optional<double>& value) { return value ? base::to_text(*value) : "?"; }

bool is_small(const CaseAlteration& a) { return !a.copy_number && !a.splice && !a.fusion && !a.expression; }

template <class T>
void append(std::vector<T>& to, std::vector<T>&& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

void add_once(std::vector<std::string>& words, const std::vector<std::string>& more) {
  for (const std::string& word : more) {
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  }
}

class Combiner {
 public:
  explicit Combiner(CaseFile first) : out_(std::move(first)) {
    const auto& alterations = out_.reading.tumour_case.alterations;
    for (std::size_t i = 0; i < alterations.size(); ++i) known_.emplace(finding_key(alterations[i]), i);
    if (tested() != nullptr) failed_ = tested()->failed;
  }

  void add(CaseFile file) {
    add_alterations(file);
    for (Biomarker& biomarker : file.reading.tumour_case.biomarkers)
      add_biomarker(std::move(biomarker), file.file_name);
    add_tested(file);
    add_specimen(file);
    take_clinical(out_.reading.tumour_case, file.reading.tumour_case, file.file_name, out_.reading.issues);
    append(out_.reading.issues, std::move(file.reading.issues));
    append(out_.reading.unreadable, std::move(file.reading.unreadable));
    take_name(out_.sample.pair, file.sample.pair);
    take_name(out_.sample.dna, file.sample.dna);
    take_name(out_.sample.rna, file.sample.rna);
    take_name(out_.sample.other, file.sample.other);
    if (out_.sample.patient_keys.empty()) out_.sample.patient_keys = std::move(file.sample.patient_keys);
    if (out_.format != file.format) out_.format = "combined";
  }

  CaseFile finish() {
    drop_failures_with_value();
    std::erase_if(failed_, [&](const std::string& kind) {
      return std::find(out_.covered.begin(), out_.covered.end(), kind) != out_.covered.end();
    });
    add_once(failed_, conflicts_);
    std::sort(failed_.begin(), failed_.end());
    if (tested() != nullptr) tested()->failed = failed_;
    return std::move(out_);
  }

 private:
  model::CaseTested* tested() {
    auto& tested = out_.reading.tumour_case.tested;
    return tested ? &*tested : nullptr;
  }

  static void take_name(std::string& to, const std::string& from) {
    if (to.empty()) to = from;
  }

  void issue(std::string id, std::string message, std::string where, std::string piece) {
    out_.reading.issues.push_back({std::move(id), std::move(message), std::move(where), std::move(piece)});
  }

  void add_alterations(CaseFile& file) {
    auto& alterations = out_.reading.tumour_case.alterations;
    const std::size_t before = alterations.size();
    int repeated = 0;
    for (CaseAlteration& alteration : file.reading.tumour_case.alterations) {
      const auto [found, is_new] = known_.emplace(finding_key(alteration), alterations.size());
      // Two equal rows of one file are that file's own business.
      if (is_new || found->second >= before) {
        alterations.push_back(std::move(alteration));
        continue;
      }
      ++repeated;
      const CaseAlteration& earlier = alterations[found->second];
      if (is_small(alteration) &&
          (earlier.text.gene != alteration.text.gene || earlier.text.transcript != alteration.text.transcript)) {
        issue("finding_named_twice",
              "the same position is named by another transcript in " + earlier.place + ", which is kept",
              alteration.place, alteration.text.gene + " " + alteration.text.protein);
      }
    }
    if (repeated > 0) {
      issue("duplicate_finding", std::to_string(repeated) + " findings stand in another file too and are kept once",
            file.file_name, {});
    }
  }

  void add_biomarker(Biomarker biomarker, const std::string& where) {
    for (const Biomarker& known : out_.reading.tumour_case.biomarkers) {
      if (known.name != biomarker.name || known.failed || biomarker.failed) continue;
      if (known.value == biomarker.value && known.state == biomarker.state) return;
      const std::string name(base::name_of(biomarker.name));
      issue("biomarker_conflict", "the files give different values of " + name + ": neither decides", where,
            known.input + " and " + biomarker.input);
      add_once(conflicts_, {name});
    }
    out_.reading.tumour_case.biomarkers.push_back(std::move(biomarker));
  }

  // A failed measurement says nothing once another file holds the value.
  void drop_failures_with_value() {
    auto& biomarkers = out_.reading.tumour_case.biomarkers;
    const std::vector<Biomarker> all = biomarkers;
    std::erase_if(biomarkers, [&](const Biomarker& biomarker) {
      return biomarker.failed && std::any_of(all.begin(), all.end(), [&](const Biomarker& other) {
               return other.name == biomarker.name && !other.failed;
             });
    });
  }

  void add_tested(const CaseFile& file) {
    add_once(out_.covered, file.covered);
    const auto& more = file.reading.tumour_case.tested;
    if (!more) return;
    if (tested() == nullptr) out_.reading.tumour_case.tested.emplace();
    model::CaseTested& into = *tested();
    add_once(into.panels, more->panels);
    add_once(into.genes_small_variants, more->genes_small_variants);
    add_once(into.genes_copy_number, more->genes_copy_number);
    add_once(into.genes_fusion, more->genes_fusion);
    add_once(into.genes_splice, more->genes_splice);
    into.coded_small_variants.insert(into.coded_small_variants.end(), more->coded_small_variants.begin(),
                                     more->coded_small_variants.end());
    add_once(failed_, more->failed);
  }

  void add_specimen(const CaseFile& file) {
    model::CaseSpecimen& into = out_.reading.tumour_case.specimen;
    const model::CaseSpecimen& more = file.reading.tumour_case.specimen;
    if (into.kind.empty()) into.kind = more.kind;
    if (!into.taken_on) into.taken_on = more.taken_on;
    if (!into.tumour_fraction) into.tumour_fraction = more.tumour_fraction;
  }

  CaseFile out_;
  std::unordered_map<std::string, std::size_t> known_;
  std::vector<std::string> failed_;
  std::vector<std::string> conflicts_;
};

Error with_files(Error error, const CaseFile& a, const CaseFile& b) {
  error.where = a.file_name + ", " + b.file_name;
  return error;
}

}  // namespace

std::string finding_key(const CaseAlteration& alteration) {
  const nomenclature::AlterationText& text = alteration.text;
  std::string key = base::to_upper_ascii(text.gene) + "\n";
  if (alteration.copy_number) {
    const nomenclature::CopyNumber& copy = *alteration.copy_number;
    return key + "copy " + number_key(copy.fold_change) + " " + number_key(copy.copies) + " " +
           std::to_string(copy.minor_copies.value_or(-1)) + " " + std::string(base::name_of(copy.call));
  }
  if (alteration.splice) {
    return key + "splice " + std::to_string(alteration.splice->first_exon) + "-" +
           std::to_string(alteration.splice->last_exon);
  }
  if (alteration.fusion) {
    const nomenclature::Fusion& fusion = *alteration.fusion;
    return key + "fusion " + base::join(fusion.five_prime.genes, ";") + (fusion.direction_known ? ">" : "/") +
           base::join(fusion.three_prime.genes, ";");
  }
  if (!text.genomic.empty()) return std::string(base::name_of(text.assembly)) + " " + text.genomic;
  return key + text.text + "\n" + text.transcript + "\n" + text.protein + "\n" + text.coding;
}

void take_clinical(model::TumourCase& to, const model::TumourCase& from, std::string_view where,
                   std::vector<Issue>& issues) {
  const auto differs = [&](const char* id, const char* what) {
    issues.push_back({id,
                      std::string("the ") + what + " of this file is another than the one stated, which is kept",
                      std::string(where),
                      {}});
  };
  const bool from_states = from.diagnosis != model::CaseDiagnosis{};
  if (to.diagnosis == model::CaseDiagnosis{}) {
    to.diagnosis = from.diagnosis;
  } else if (from_states && to.diagnosis != from.diagnosis) {
    issues.push_back(
        {"diagnosis_conflict",
         "the diagnosis of this file is not used: it is written otherwise than the one stated, which is kept",
         std::string(where),
         {}});
  }
  if (!to.age_years) {
    to.age_years = from.age_years;
  } else if (from.age_years && to.age_years != from.age_years) {
    differs("age_conflict", "age");
  }
  if (to.sex == model::Sex::Unstated) {
    to.sex = from.sex;
  } else if (from.sex != model::Sex::Unstated && to.sex != from.sex) {
    differs("sex_conflict", "sex");
  }
}

Checked<CaseFile> combine(std::vector<CaseFile> files) {
  if (files.empty()) return fail_all({Error{ErrorCode::Usage, "no file to combine", {}, {}, std::nullopt, {}}});
  std::vector<Error> errors;
  for (std::size_t i = 0; i < files.size(); ++i) {
    for (std::size_t k = i + 1; k < files.size(); ++k) {
      const Status same = check_same_sample(files[i].sample, files[k].sample);
      if (!same) errors.push_back(with_files(same.error(), files[i], files[k]));
    }
  }
  if (!errors.empty()) return fail_all(std::move(errors));
  Combiner combiner(std::move(files.front()));
  for (std::size_t i = 1; i < files.size(); ++i) combiner.add(std::move(files[i]));
  return combiner.finish();
}

Checked<CaseFile> combine_files(std::vector<std::vector<CaseFile>> files) {
  std::vector<CaseFile> chosen;
  for (auto& list : files) {
    if (list.size() == 1) chosen.push_back(std::move(list.front()));
  }
  const std::size_t named = chosen.size();
  for (auto& list : files) {
    if (list.size() == 1) continue;
    std::vector<CaseFile> fitting;
    for (CaseFile& file : list) {
      const bool fits = named > 0 && std::all_of(chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(named),
                                                 [&](const CaseFile& other) {
                                                   return check_same_sample(file.sample, other.sample).has_value();
                                                 });
      if (fits) fitting.push_back(std::move(file));
    }
    if (fitting.size() != 1) {
      const std::string name = list.empty() ? std::string() : list.front().file_name;
      return fail_all({Error{ErrorCode::DifferentSamples,
                             fitting.empty() ? "the file holds several tumours, none of which the other files name"
                                             : "the file holds several tumours that fit the other files",
                             name,
                             {},
                             std::nullopt,
                             "give one tumour's files together"}});
    }
    fitting.front().reading.issues.push_back(
        {"other_samples_left_out",
         std::to_string(list.size() - 1) + " other tumours of the file are left out",
         fitting.front().file_name,
         {}});
    chosen.push_back(std::move(fitting.front()));
  }
  return combine(std::move(chosen));
}

}  // namespace treff::casefile
