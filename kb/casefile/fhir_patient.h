// The patient, the specimens and the diagnosis of a FHIR document (rules D4, D5, C1, C4).
//
// Source: FHIR R4 Patient, Specimen, Condition; mCODE 4.0.0.
// - One patient a file; names, addresses and identifiers stay in the file. Age is whole years on the day of sampling.
// - The tumour's specimen is the one called tumour or tissue. Blood beside it is the normal sample.
// - The diagnosis is the one cancer Condition. SNOMED codes are read by their names, as D4 reads any name; metastases
//   (D5), refuted and withdrawn conditions are not the diagnosis. Of several cancers none is chosen.
#pragma once

#include <string>
#include <vector>

#include "kb/casefile/fhir_reading.h"

namespace treff::casefile {

// What tells whether two files speak of one patient; never shown. DifferentSamples where the file holds several.
Result<std::vector<std::string>> read_patient(FhirReading& reading, std::string_view file_name);

// Sets kind and day of the case's specimen. `used` are the specimens that reports and findings name; where they name
// none, all of the file. Returns the pointers of those that are tumour tissue.
std::set<std::string> read_specimens(FhirReading& reading, const std::set<const FhirResource*>& used);

// After read_specimens(): needs the day of sampling.
void read_age_and_sex(FhirReading& reading);

void read_diagnosis(FhirReading& reading);

}  // namespace treff::casefile
