#include "kb/casefile/fhir.h"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "kb/base/text.h"
#include "kb/casefile/combine.h"
#include "kb/casefile/fhir_biomarker.h"
#include "kb/casefile/fhir_patient.h"
#include "kb/casefile/fhir_variant.h"
#include "kb/model/case_fields.h"

namespace treff::casefile {
namespace {

struct ReasonRow {
  std::string_view what;  // type of resource, or code of an observation
  std::string_view why;
};
constexpr std::string_view kTreatment = "treatments are not read; state prior treatments with the case";
constexpr std::string_view kImplication = "the laboratory's own conclusion; options are looked up anew";
constexpr std::array kTypeReasons = {ReasonRow{"MedicationRequest", kTreatment},
                                     ReasonRow{"MedicationAdministration", kTreatment},
                                     ReasonRow{"MedicationStatement", kTreatment},
                                     ReasonRow{"Procedure", kTreatment},
                                     ReasonRow{"Task", kImplication},
                                     ReasonRow{"ServiceRequest", "an order; the reason for it is not the diagnosis"}};
constexpr std::array kCodeReasons = {
    ReasonRow{"therapeutic-implication", kImplication},
    ReasonRow{"predicted-therapeutic-implication", kImplication},
    ReasonRow{"diagnostic-implication", kImplication},
    ReasonRow{"prognostic-implication", kImplication},
    ReasonRow{"molecular-consequence", kImplication},
    ReasonRow{"genomic-implication", kImplication},
    ReasonRow{"89247-1", "performance status changes with time; state it with the case"},
    ReasonRow{"84413-4", "a genotype"},
    ReasonRow{"84414-2", "a haplotype"}};

// People and places, told of once and without their ids.
constexpr std::array<std::string_view, 6> kPeople = {"Patient",       "Practitioner", "PractitionerRole",
                                                     "RelatedPerson", "Organization", "Location"};

template <std::size_t N>
std::string_view reason_in(const std::array<ReasonRow, N>& rows, std::string_view what) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const ReasonRow& row) { return row.what == what; });
  return found == rows.end() ? std::string_view() : found->why;
}

bool is_genomic_report(const FhirResource& resource) {
  if (concept_at(*resource.json, "code").has(kLoinc, "51969-4")) return true;
  return has_profile(*resource.json, "/genomic-report") || has_profile(*resource.json, "/genomics-report") ||
         has_profile(*resource.json, "/mcode-genomics-report");
}

bool is_genomic_group(const FhirResource& observation) {
  const FhirConcept code = concept_at(*observation.json, "code");
  if (code.has(kLoinc, "81247-9") || code.has(kLoinc, "51969-4")) return true;
  const auto categories = observation.json->find("category");
  if (categories == observation.json->end() || !categories->is_array()) return false;
  return std::any_of(categories->begin(), categories->end(), [](const nlohmann::json& one) {
    return concept_of(one).has("terminology.hl7.org/codesystem/v2-0074", "GE");
  });
}

class FhirReader {
 public:
  FhirReader(const FhirDocument& document, std::string_view file_name)
      : document_(document), file_name_(file_name), builder_(file_name), reading_(document, builder_) {}

  Checked<std::vector<CaseFile>> run() {
    const auto patient = read_patient(reading_, file_name_);
    if (!patient) return fail_all({patient.error()});
    read_reports();
    tissue_ = read_specimens(reading_, used_specimens_);
    find_tissue_reports();
    read_age_and_sex(reading_);
    read_diagnosis(reading_);
    for (const FhirResource& resource : document_.resources()) {
      if (resource.json != nullptr) read_resource(resource);
    }
    finish_others();
    std::vector<CaseFile> files;
    SampleNames names;
    names.patient_keys = *patient;
    files.push_back(builder_.finish(std::move(names), "fhir"));
    drop_copies(files.front().reading);
    if (files.front().reading.tumour_case.alterations.size() > model::kMaxCaseAlterations) {
      return fail_all({Error{ErrorCode::TooLarge,
                             "the file holds more than 5000 alterations",
                             std::string(file_name_),
                             {},
                             std::nullopt,
                             {}}});
    }
    return files;
  }

 private:
  void read_reports() {
    for (const FhirResource& resource : document_.resources()) {
      if (resource.json == nullptr) continue;
      if (resource.type == "DiagnosticReport") read_report(resource);
      if (is_variant(resource)) use_specimen(resource, reference_at(*resource.json, "specimen"));
    }
  }

  void use_specimen(const FhirResource& from, const std::string& reference) {
    const FhirResource* specimen = document_.resolve(from, reference);
    if (specimen != nullptr && specimen->type == "Specimen") used_specimens_.insert(specimen);
  }

  void read_report(const FhirResource& report) {
    const bool genomic = is_genomic_report(report);
    const bool withdrawn = reading_.is_withdrawn(report);
    for (const std::string& reference : references_at(*report.json, "result")) {
      const FhirResource* result = document_.resolve(report, reference);
      if (result == nullptr) {
        missing_result(report, reference, genomic && !withdrawn);
      } else if (withdrawn) {
        reading_.withdraw(*result);
      } else {
        reports_of_[result].push_back(&report);
      }
    }
    if (withdrawn) return;
    if (!genomic) return reading_.not_read(report, "not a report of genomics");
    for (const std::string& reference : references_at(*report.json, "specimen")) use_specimen(report, reference);
    if (report.json->contains("conclusion") || report.json->contains("presentedForm") ||
        report.json->contains("conclusionCode")) {
      reading_.note("fhir_not_read", report, "its conclusion or attached document is not read");
    }
  }

  void missing_result(const FhirResource& report, const std::string& reference, bool may_be_finding) {
    const std::string piece = document_.shown(reference);
    if (may_be_finding) {
      reading_.unread({}, report, "it refers to a result that is not in the file", piece,
                      "export the report together with its results");
    } else {
      reading_.note("fhir_not_read", report, "it refers to a result that is not in the file", piece);
    }
  }

  bool is_of_tissue(const FhirResource& observation) const {
    const std::string own = reference_at(*observation.json, "specimen");
    if (!own.empty()) {
      const FhirResource* specimen = document_.resolve(observation, own);
      return specimen != nullptr && tissue_.count(specimen->pointer) != 0;
    }
    const auto reports = reports_of_.find(&observation);
    return reports != reports_of_.end() &&
           std::any_of(reports->second.begin(), reports->second.end(),
                       [&](const auto* one) { return tissue_reports_.count(one) != 0; });
  }

  void find_tissue_reports() {
    for (const FhirResource& resource : document_.resources()) {
      if (resource.json == nullptr || resource.type != "DiagnosticReport") continue;
      for (const std::string& reference : references_at(*resource.json, "specimen")) {
        const FhirResource* specimen = document_.resolve(resource, reference);
        if (specimen != nullptr && tissue_.count(specimen->pointer) != 0) tissue_reports_.insert(&resource);
      }
    }
  }

  void read_resource(const FhirResource& resource) {
    if (resource.type == "DiagnosticReport" || resource.type == "Specimen" || resource.type == "Condition") return;
    if (std::find(kPeople.begin(), kPeople.end(), resource.type) != kPeople.end()) {
      ++people_;
      return;
    }
    if (resource.type == "Bundle") {
      return reading_.unread({}, resource, "a bundle inside the file, which may hold findings", {});
    }
    if (resource.type != "Observation") {
      const std::string_view why = reason_in(kTypeReasons, resource.type);
      return reading_.not_read(resource, why.empty() ? "this kind of resource is not used" : why);
    }
    read_observation(resource);
  }

  void read_observation(const FhirResource& observation) {
    if (is_variant(observation)) return read_variant(reading_, observation);
    if (is_region_studied(observation)) {
      return read_region_studied(reading_, observation, is_of_tissue(observation));
    }
    if (read_biomarker(reading_, observation)) return;
    check_members(observation);
    const FhirConcept code = concept_at(*observation.json, "code");
    for (const FhirCoding& coding : code.codings) {
      const std::string_view why = reason_in(kCodeReasons, coding.code);
      if (!why.empty()) return reading_.not_read(observation, why);
    }
    reading_.not_read(observation, "this observation is not used (" + document_.shown(code.words()) + ")");
  }

  // A group of genomic observations whose members are elsewhere may hold variants.
  void check_members(const FhirResource& observation) {
    if (!is_genomic_group(observation)) return;
    for (const std::string& reference : references_at(*observation.json, "hasMember")) {
      if (document_.resolve(observation, reference) != nullptr) continue;
      reading_.unread({}, observation, "a member of it is not in the file", document_.shown(reference));
    }
  }

  void finish_others() {
    for (const std::string& pointer : document_.empty_entries()) {
      builder_.unreadable_of_any_kind("an entry of the bundle holds no resource", pointer, {});
    }
    if (people_ > 0) {
      builder_.issue("fhir_people_not_read", "names, addresses and identifiers of " + std::to_string(people_) +
                                                 " persons and organisations are not read");
    }
    report_biomarker_conflicts();
    reading_.finish();
  }

  void report_biomarker_conflicts() {
    std::map<nomenclature::BiomarkerName, const nomenclature::Biomarker*> first;
    std::set<std::string> differing;
    for (const nomenclature::Biomarker& one : builder_.tumour_case().biomarkers) {
      const nomenclature::Biomarker& other = *first.emplace(one.name, &one).first->second;
      if (one.value != other.value || one.state != other.state) differing.emplace(base::name_of(one.name));
    }
    for (const std::string& name : differing) {
      builder_.issue("biomarker_conflict",
                     base::to_upper_ascii(name) + " has two values in the file: neither decides anything (M16)", 0,
                     name);
      builder_.fail_kind(name);
    }
  }

  // The same finding in two observations must not pass for two hits (M12).
  static void drop_copies(model::CaseReading& reading) {
    std::unordered_map<std::string, std::size_t> known;
    std::vector<model::CaseAlteration> kept;
    for (model::CaseAlteration& alteration : reading.tumour_case.alterations) {
      const auto [at, is_new] = known.emplace(finding_key(alteration), kept.size());
      if (is_new) {
        kept.push_back(std::move(alteration));
      } else {
        if (kept[at->second].origin != alteration.origin) kept[at->second].origin = nomenclature::Origin::Unknown;
        reading.issues.push_back({"duplicate_finding", "the same finding once more; it is kept once", alteration.place,
                                  alteration.text.gene});
      }
    }
    reading.tumour_case.alterations = std::move(kept);
  }

  const FhirDocument& document_;
  std::string_view file_name_;
  CaseBuilder builder_;
  FhirReading reading_;
  std::set<const FhirResource*> used_specimens_;
  std::set<std::string> tissue_;  // pointers of specimens
  std::set<const FhirResource*> tissue_reports_;
  std::map<const FhirResource*, std::vector<const FhirResource*>> reports_of_;
  std::size_t people_ = 0;
};

}  // namespace

bool is_fhir(std::string_view text) {
  const std::string_view body = base::trim(text);
  return body.starts_with('{') && body.find("\"resourceType\"") != std::string_view::npos;
}

Checked<std::vector<CaseFile>> read_fhir(std::string_view text, std::string_view file_name) {
  const auto document = FhirDocument::parse(text, file_name);
  if (!document) return fail_all(document.error());
  return FhirReader(*document, file_name).run();
}

}  // namespace treff::casefile
