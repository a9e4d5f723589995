#include "kb/casefile/fhir_patient.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "kb/base/date.h"
#include "kb/base/text.h"

namespace treff::casefile {
namespace {

using nlohmann::json;

constexpr int kOldestYears = 130;

const FhirResource* patient_of(FhirReading& reading) {
  for (const FhirResource& resource : reading.document().resources()) {
    if (resource.json != nullptr && resource.type == "Patient") return &resource;
  }
  return nullptr;
}

// The day of a dateTime; nullopt for a month or a year alone.
std::optional<Date> day_of(const std::string& date_time) {
  const auto date = base::parse_date(std::string_view(date_time).substr(0, 10));
  return date ? std::optional<Date>(*date) : std::nullopt;
}

// "identifier|system|value" of an identifier, empty without a value.
std::string identifier_key(const json& identifier) {
  const std::string value = string_at(identifier, "value");
  return value.empty() ? std::string() : "identifier|" + string_at(identifier, "system") + "|" + value;
}

// Everything one subject is known by. A patient in the file is known by its place there as well.
std::vector<std::string> keys_of_patient(const FhirResource& patient) {
  std::vector<std::string> keys = {"at|" + patient.pointer};
  if (!patient.id.empty()) keys.push_back("Patient/" + patient.id);
  if (!patient.full_url.empty()) keys.push_back(patient.full_url);
  const auto identifiers = patient.json->find("identifier");
  if (identifiers == patient.json->end() || !identifiers->is_array()) return keys;
  for (const json& identifier : *identifiers) {
    std::string key = identifier_key(identifier);
    if (!key.empty()) keys.push_back(std::move(key));
  }
  return keys;
}

std::vector<std::string> keys_of_subject(const FhirDocument& document, const FhirResource& resource) {
  for (const char* key : {"subject", "patient"}) {
    const auto found = resource.json->find(key);
    if (found == resource.json->end() || !found->is_object()) continue;
    const std::string reference = string_at(*found, "reference");
    if (const FhirResource* subject = document.resolve(resource, reference)) {
      return {"at|" + subject->pointer};
    }
    if (!reference.empty()) {
      const std::size_t relative = reference.rfind("Patient/");
      return {relative == std::string::npos ? reference : reference.substr(relative)};
    }
    const auto identifier = found->find("identifier");
    if (identifier == found->end()) continue;
    std::string by_identifier = identifier_key(*identifier);
    if (!by_identifier.empty()) return {std::move(by_identifier)};
  }
  return {};
}

bool share(const std::set<std::string>& known, const std::vector<std::string>& keys) {
  return std::any_of(keys.begin(), keys.end(), [&](const std::string& key) { return known.count(key) != 0; });
}

Error several_patients(const FhirResource& resource, std::string_view file_name) {
  return Error{ErrorCode::DifferentSamples,
               "the file speaks of several patients",
               std::string(file_name) + "#" + resource.pointer,
               {},
               std::nullopt,
               "give one patient's resources in a file, each with the same subject"};
}

enum class SpecimenKind : std::uint8_t { Unstated, Tissue, Plasma, Blood };

SpecimenKind kind_of(const FhirConcept& type) {
  struct Row {
    std::string_view code;  // v2-0487 or SNOMED
    SpecimenKind kind;
  };
  constexpr std::array kCodes = {Row{"TUMOR", SpecimenKind::Tissue},     Row{"TISS", SpecimenKind::Tissue},
                                 Row{"PLAS", SpecimenKind::Plasma},      Row{"BLD", SpecimenKind::Blood},
                                 Row{"BLDV", SpecimenKind::Blood},       Row{"119376003", SpecimenKind::Tissue},
                                 Row{"258435002", SpecimenKind::Tissue}, Row{"441652008", SpecimenKind::Tissue},
                                 Row{"119361006", SpecimenKind::Plasma}, Row{"119297000", SpecimenKind::Blood},
                                 Row{"122555007", SpecimenKind::Blood}};
  SpecimenKind found = SpecimenKind::Unstated;
  for (const FhirCoding& coding : type.codings) {
    for (const Row& row : kCodes) {
      if (row.code != coding.code) continue;
      if (found != SpecimenKind::Unstated && found != row.kind) return SpecimenKind::Unstated;
      found = row.kind;
    }
  }
  return found;
}

// A cancer, by what the condition itself says.
enum class Cancer : std::uint8_t { No, Perhaps, Yes };

std::string code_in(const FhirConcept& value, std::string_view part_of_system) {
  for (const FhirCoding& coding : value.codings) {
    if (coding.system.find(part_of_system) != std::string::npos && !coding.code.empty()) return coding.code;
  }
  return {};
}

bool is_neoplasm_code(std::string_view icd10) {
  return !icd10.empty() && (icd10.front() == 'C' || icd10.front() == 'D') &&
         (icd10.front() == 'C' || icd10.substr(0, 3) <= "D48");
}

Cancer cancer_in(const FhirResource& condition) {
  if (has_profile(*condition.json, "/mcode-primary-cancer-condition")) return Cancer::Yes;
  const FhirConcept code = concept_at(*condition.json, "code");
  if (!code_in(code, "icd-o-3").empty() || !code_in(code, "oncotree").empty()) return Cancer::Yes;
  const std::string icd10 = code_in(code, "icd-10");
  if (!icd10.empty()) return is_neoplasm_code(icd10) ? Cancer::Yes : Cancer::No;
  return Cancer::Perhaps;
}

// "Non-small cell lung cancer" from "Non-small cell lung cancer (disorder)".
std::string without_tag(std::string text) {
  for (const std::string_view tag : {" (disorder)", " (morphologic abnormality)", " (finding)"}) {
    if (text.ends_with(tag)) text.resize(text.size() - tag.size());
  }
  return text;
}

// US and German codes go deeper than WHO's four characters; the first four mean the same in the neoplasm chapter.
std::string who_code(const std::string& code) {
  std::string plain = code;
  const std::size_t dot = plain.find('.');
  if (dot != std::string::npos && plain.size() > dot + 2) plain.resize(dot + 2);
  return plain;
}

// Histology as mCODE gives it beside a condition whose code is a site.
FhirConcept histology_of(const FhirResource& condition) {
  const auto extensions = condition.json->find("extension");
  if (extensions == condition.json->end() || !extensions->is_array()) return {};
  for (const json& extension : *extensions) {
    if (string_at(extension, "url").ends_with("/mcode-histology-morphology-behavior")) {
      return concept_at(extension, "valueCodeableConcept");
    }
  }
  return {};
}

model::CaseDiagnosis diagnosis_of(FhirReading& reading, const FhirResource& condition) {
  const FhirConcept code = concept_at(*condition.json, "code");
  const FhirConcept histology = histology_of(condition);
  const FhirConcept site = concept_at(*condition.json, "bodySite");
  model::CaseDiagnosis out;
  std::string morphology = code_in(code, "icd-o-3");
  if (morphology.empty()) morphology = code_in(histology, "icd-o-3");
  const std::string topography = code_in(site, "icd-o-3");
  if (!(out.oncotree = code_in(code, "oncotree")).empty()) return out;
  if (!morphology.empty()) {
    out.icdo3 = morphology + (topography.empty() ? "" : " " + topography);
    return out;
  }
  if (!(out.ncit = code_in(code, "ncit")).empty()) return out;
  if (!(out.ncit = code_in(code, "ncithesaurus")).empty()) return out;
  const std::string icd10 = code_in(code, "icd-10");
  if (!icd10.empty()) {
    out.icd10 = who_code(icd10);
    return out;
  }
  out.text = without_tag(code.words());
  if (reading.document().shown(out.text) != out.text) out.text.clear();
  if (!histology.is_empty()) {
    reading.note("fhir_histology_not_read", condition,
                 "its histology is not read: the code's own name is the diagnosis, which may be less specific",
                 reading.document().shown(histology.words()));
  }
  return out;
}

std::string value_of_diagnosis(const model::CaseDiagnosis& diagnosis) {
  for (const std::string* one :
       {&diagnosis.oncotree, &diagnosis.icdo3, &diagnosis.ncit, &diagnosis.icd10, &diagnosis.text}) {
    if (!one->empty()) return *one;
  }
  return {};
}

bool is_candidate(FhirReading& reading, const FhirResource& condition) {
  const FhirConcept verified = concept_at(*condition.json, "verificationStatus");
  for (const FhirCoding& coding : verified.codings) {
    if (coding.code == "refuted" || coding.code == "entered-in-error" || coding.code == "differential") {
      reading.not_read(condition, "the condition is " + coding.code);
      return false;
    }
    if (coding.code == "unconfirmed" || coding.code == "provisional") {
      reading.note("fhir_diagnosis_unconfirmed", condition, "the diagnosis is " + coding.code);
    }
  }
  if (has_profile(*condition.json, "/mcode-secondary-cancer-condition")) {
    reading.not_read(condition, "a metastasis, which is not the diagnosis (D5)");
    return false;
  }
  if (cancer_in(condition) == Cancer::No) {
    reading.not_read(condition, "not a tumour");
    return false;
  }
  return true;
}

}  // namespace

Result<std::vector<std::string>> read_patient(FhirReading& reading, std::string_view file_name) {
  std::set<std::string> known;
  const auto join = [&](const std::vector<std::string>& keys) {
    if (!known.empty() && !keys.empty() && !share(known, keys)) return false;
    known.insert(keys.begin(), keys.end());
    return true;
  };
  const FhirDocument& document = reading.document();
  for (const FhirResource& resource : document.resources()) {
    if (resource.json == nullptr || resource.type != "Patient") continue;
    if (!join(keys_of_patient(resource))) return fail(several_patients(resource, file_name));
  }
  for (const FhirResource& resource : document.resources()) {
    if (resource.json == nullptr) continue;
    if (!join(keys_of_subject(document, resource))) return fail(several_patients(resource, file_name));
  }
  std::erase_if(known, [](const std::string& key) { return key.starts_with("at|"); });
  return std::vector<std::string>(known.begin(), known.end());
}

std::set<std::string> read_specimens(FhirReading& reading, const std::set<const FhirResource*>& used) {
  std::set<std::string> tissue;
  std::set<Date> tissue_days, plasma_days;
  bool plasma = false;
  bool day_unread = false;
  for (const FhirResource& resource : reading.document().resources()) {
    if (resource.json == nullptr || resource.type != "Specimen") continue;
    if (!used.empty() && used.count(&resource) == 0) {
      reading.not_read(resource, "no report or finding names this specimen");
      continue;
    }
    const SpecimenKind kind = kind_of(concept_at(*resource.json, "type"));
    if (kind == SpecimenKind::Unstated) {
      reading.note("fhir_specimen_unstated", resource, "it does not say what kind of specimen it is");
    } else if (kind == SpecimenKind::Blood) {
      reading.note("fhir_specimen_blood", resource, "blood; not taken for the tumour's specimen");
    } else {
      const auto collection = resource.json->find("collection");
      const std::string taken =
          collection == resource.json->end() ? std::string() : string_at(*collection, "collectedDateTime");
      const auto day = day_of(taken);
      if (day) (kind == SpecimenKind::Tissue ? tissue_days : plasma_days).insert(*day);
      day_unread = day_unread || !day;
      if (kind == SpecimenKind::Tissue) tissue.insert(resource.pointer);
      plasma = plasma || kind == SpecimenKind::Plasma;
    }
  }
  model::CaseSpecimen& specimen = reading.builder().specimen();
  if (plasma) specimen.kind = "plasma";
  if (!plasma && !tissue.empty()) specimen.kind = "tissue";
  if (plasma && !tissue.empty()) {
    reading.builder().issue("plasma",
                            "tissue and plasma stand in one file: read as plasma, of which a negative is "
                            "unknown (M3)");
  }
  const std::set<Date>& days = plasma ? plasma_days : tissue_days;
  if (days.size() == 1 && !day_unread) specimen.taken_on = *days.begin();
  if (days.size() > 1 || (day_unread && !specimen.kind.empty())) {
    reading.builder().issue("fhir_sampling_day", "the day of sampling is not stated, or not once for all specimens");
  }
  return tissue;
}

void read_age_and_sex(FhirReading& reading) {
  const FhirResource* patient = patient_of(reading);
  if (patient == nullptr) return;
  model::TumourCase& tumour_case = reading.builder().tumour_case();
  const std::string gender = string_at(*patient->json, "gender");
  if (gender == "female") tumour_case.sex = model::Sex::Female;
  if (gender == "male") tumour_case.sex = model::Sex::Male;
  if (patient->json->value("deceasedBoolean", json()) == json(true) || patient->json->contains("deceasedDateTime")) {
    reading.builder().issue("fhir_deceased", "the file says that the patient has died", patient->pointer);
  }
  const std::string born = string_at(*patient->json, "birthDate");
  if (born.empty()) return;
  const auto birth = base::parse_date(born);
  const auto& taken = tumour_case.specimen.taken_on;
  if (!birth || !taken) {
    reading.builder().issue("fhir_age_not_read",
                            birth ? "the age is not read: no day of sampling is stated"
                                  : "the age is not read: the day of birth is not stated in full",
                            patient->pointer);
    return;
  }
  int years = taken->year - birth->year;
  if (std::pair(taken->month, taken->day) < std::pair(birth->month, birth->day)) --years;
  if (years < 0 || years > kOldestYears) {
    reading.builder().issue("fhir_age_not_read", "the age is not read: the days of birth and sampling do not fit",
                            patient->pointer);
    return;
  }
  tumour_case.age_years = years;
  reading.builder().issue(
      "fhir_age_at_sampling",
      "the age is that on the day of sampling, " + base::to_string(*taken) + "; state it if years have passed",
      patient->pointer);
}

void read_diagnosis(FhirReading& reading) {
  std::vector<const FhirResource*> certain, possible;
  for (const FhirResource& resource : reading.document().resources()) {
    if (resource.json == nullptr || resource.type != "Condition" || !is_candidate(reading, resource)) continue;
    (cancer_in(resource) == Cancer::Yes ? certain : possible).push_back(&resource);
  }
  const std::vector<const FhirResource*>& chosen = certain.empty() ? possible : certain;
  if (!certain.empty()) {
    for (const FhirResource* other : possible) reading.not_read(*other, "nothing says that it is a tumour");
  }
  if (chosen.size() > 1) {
    for (const FhirResource* one : chosen) {
      reading.not_read(*one, "the file names several conditions that may be the diagnosis; none is chosen");
    }
    return;
  }
  if (chosen.empty()) return;
  model::CaseDiagnosis diagnosis = diagnosis_of(reading, *chosen.front());
  const std::string value = value_of_diagnosis(diagnosis);
  if (value.empty()) {
    reading.not_read(*chosen.front(), "it has no code and no name that can be used");
    return;
  }
  reading.note("fhir_diagnosis", *chosen.front(), "its diagnosis is '" + value + "'", value);
  reading.builder().tumour_case().diagnosis = std::move(diagnosis);
}

}  // namespace treff::casefile
