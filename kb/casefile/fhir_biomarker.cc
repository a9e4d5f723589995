#include "kb/casefile/fhir_biomarker.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "kb/base/text.h"
#include "kb/casefile/fhir_genes.h"

namespace treff::casefile {
namespace {

using nlohmann::json;
using nomenclature::Biomarker;
using nomenclature::BiomarkerName;
using nomenclature::BiomarkerState;

// UCUM and everyday spellings of "a megabase", in lower case without spaces.
constexpr std::array<std::string_view, 16> kPerMegabase = {"1/1000000",
                                                           "1/1000000{base}",
                                                           "/1000000{base}",
                                                           "1/10*6{base}",
                                                           "1/10*6",
                                                           "{mutations}/{megabase}",
                                                           "{mutation}/{megabase}",
                                                           "{mut}/{mb}",
                                                           "1/{megabase}",
                                                           "/mb",
                                                           "1/mb",
                                                           "mut/mb",
                                                           "muts/mb",
                                                           "mutations/mb",
                                                           "mutations/megabase",
                                                           "mutationspermegabase"};

bool is_per_megabase(std::string_view unit) {
  std::string plain = base::to_lower_ascii(unit);
  std::erase(plain, ' ');
  return std::find(kPerMegabase.begin(), kPerMegabase.end(), plain) != kPerMegabase.end();
}

Biomarker made(BiomarkerName name, std::string input) {
  Biomarker out;
  out.name = name;
  out.unit = nomenclature::unit_of(name);
  out.input = std::move(input);
  return out;
}

void fail_biomarker(FhirReading& reading, const FhirResource& observation, BiomarkerName name, std::string_view why,
                    std::string_view words) {
  const std::string input = base::to_upper_ascii(base::name_of(name)) + " " + reading.document().shown(words);
  reading.builder().add_failed(made(name, std::string(base::trim(input))), why, observation.pointer);
}

void read_tmb(FhirReading& reading, const FhirResource& observation) {
  const auto quantity = observation.json->find("valueQuantity");
  const auto fail_with = [&](std::string_view why, std::string_view words) {
    fail_biomarker(reading, observation, BiomarkerName::Tmb, why, words);
  };
  if (quantity == observation.json->end() || !quantity->is_object()) {
    const FhirConcept reason = concept_at(*observation.json, "dataAbsentReason");
    return fail_with("the report gives no number", reason.words());
  }
  const auto value = quantity->find("value");
  const std::string code = string_at(*quantity, "code");
  const std::string unit = string_at(*quantity, "unit");
  if (value == quantity->end() || !value->is_number()) return fail_with("the report gives no number", {});
  const std::string number = base::to_text(value->get<double>());
  const std::string words = number + (unit.empty() ? " " + code : " " + unit);
  if (!string_at(*quantity, "comparator").empty()) return fail_with("a bound is no measured value", words);
  if (value->get<double>() < 0) return fail_with("the number is negative", words);
  const std::string& stated = code.empty() ? unit : code;
  if (stated.empty()) {
    reading.note("fhir_unit_unstated", observation, "TMB without a unit: the code itself means mutations a megabase",
                 number);
  } else if (!is_per_megabase(stated)) {
    return fail_with("its unit is not known as mutations a megabase", words);
  }
  Biomarker tmb = made(BiomarkerName::Tmb, std::string(base::trim("TMB " + reading.document().shown(words))));
  tmb.value = value->get<double>();
  reading.builder().add(std::move(tmb));
}

void read_msi(FhirReading& reading, const FhirResource& observation) {
  struct Row {
    std::string_view code;
    BiomarkerState state;
  };
  constexpr std::array kStates = {Row{"LA14122-8", BiomarkerState::Stable}, Row{"LA26202-4", BiomarkerState::Low},
                                  Row{"LA26203-2", BiomarkerState::High}};
  const FhirConcept value = concept_at(*observation.json, "valueCodeableConcept");
  const Row* found = nullptr;
  for (const Row& row : kStates) {
    if (!value.has(kLoinc, row.code)) continue;
    if (found != nullptr) {
      return fail_biomarker(reading, observation, BiomarkerName::Msi, "it states two results", value.words());
    }
    found = &row;
  }
  if (found == nullptr) {
    return fail_biomarker(reading, observation, BiomarkerName::Msi, "its result is none of stable, low and high",
                          value.words());
  }
  Biomarker msi = made(BiomarkerName::Msi, "MSI " + reading.document().shown(value.words()));
  msi.state = found->state;
  reading.builder().add(std::move(msi));
}

}  // namespace

bool read_biomarker(FhirReading& reading, const FhirResource& observation) {
  const FhirConcept code = concept_at(*observation.json, "code");
  const bool tmb = code.has(kLoinc, "94076-7");
  const bool msi = code.has(kLoinc, "81695-9");
  if (!tmb && !msi) return false;
  const BiomarkerName name = tmb ? BiomarkerName::Tmb : BiomarkerName::Msi;
  if (reading.is_withdrawn(observation)) return true;
  const std::string status = string_at(*observation.json, "status");
  const bool final = status == "final" || status == "amended" || status == "corrected" || status == "preliminary";
  if (!final || observation.json->contains("focus")) {
    fail_biomarker(reading, observation, name, "its status or subject does not make it a result of this patient",
                   status);
    return true;
  }
  if (tmb) {
    read_tmb(reading, observation);
  } else {
    read_msi(reading, observation);
  }
  return true;
}

bool is_region_studied(const FhirResource& resource) {
  if (resource.type != "Observation") return false;
  return concept_at(*resource.json, "code").has(kLoinc, "53041-0") ||
         has_profile(*resource.json, "/genomics-reporting/StructureDefinition/region-studied") ||
         has_profile(*resource.json, "/mcode-genomic-region-studied");
}

void read_region_studied(FhirReading& reading, const FhirResource& observation, bool of_tissue) {
  if (reading.is_withdrawn(observation)) return;
  FhirGenes genes;
  for (const FhirComponent& component : components_of(observation)) {
    if (component.code == "48018-6") {
      add_genes(genes, genes_of(component.value));
      continue;
    }
    reading.not_read(observation, "the region studied names more than whole genes (" +
                                      reading.document().shown(component.code) +
                                      "): what is absent there stays unknown");
    return;
  }
  const std::string status = string_at(*observation.json, "status");
  if (!of_tissue) {
    reading.not_read(observation,
                     "the genes studied; the specimen is not stated to be tumour tissue, so nothing follows for the "
                     "tumour (M3)");
  } else if (!genes.problem.empty()) {
    reading.not_read(observation, "the genes studied: " + genes.problem);
  } else if (genes.genes.empty() || (status != "final" && status != "amended" && status != "corrected")) {
    reading.not_read(observation, "it lists no genes, or is not final");
  } else {
    reading.note("fhir_genes_studied", observation,
                 std::to_string(genes.genes.size()) + " genes are stated as studied; taken as small variants alone");
    reading.builder().cover_genes(std::move(genes.genes));
  }
}

}  // namespace treff::casefile
