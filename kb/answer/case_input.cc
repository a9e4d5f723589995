#include "kb/answer/case_input.h"

#include "kb/base/text.h"
#include "kb/casefile/combine.h"
#include "kb/casefile/fhir.h"
#include "kb/casefile/registry.h"
#include "kb/model/codec.h"

namespace treff::answer {

std::vector<std::string> input_formats() {
  std::vector<std::string> names = {"case"};
  for (const casefile::Format& format : casefile::formats()) names.emplace_back(format.name);
  return names;
}

Checked<model::CaseReading> case_from_json(std::string_view json) {
  auto tumour_case = model::decode_case(json);
  if (!tumour_case) return fail_all(std::move(tumour_case.error()));
  return model::CaseReading{std::move(*tumour_case), {}, {}};
}

Checked<model::CaseReading> case_from_files(std::string_view format, const std::vector<NamedBytes>& files) {
  std::vector<std::vector<casefile::CaseFile>> read;
  std::vector<Error> errors;
  for (const auto& [name, bytes] : files) {
    auto one = casefile::read_case_files(format, bytes, name);
    if (one) {
      read.push_back(std::move(*one));
    } else {
      errors.insert(errors.end(), one.error().begin(), one.error().end());
    }
  }
  if (!errors.empty()) return fail_all(std::move(errors));
  auto combined = casefile::combine_files(std::move(read));
  if (!combined) return fail_all(std::move(combined.error()));
  return std::move(combined->reading);
}

bool is_laboratory_json(std::string_view bytes) { return casefile::is_fhir(bytes); }

void set_diagnosis_text(model::CaseReading& reading, const std::string& text) {
  if (reading.tumour_case.diagnosis != model::CaseDiagnosis{}) {
    reading.issues.push_back(
        {"diagnosis_conflict", "the diagnosis of the file is not used, but the one given", {}, {}});
  }
  reading.tumour_case.diagnosis = model::CaseDiagnosis{};
  reading.tumour_case.diagnosis.text = text;
}

}  // namespace treff::answer
