// TMB, MSI and lists of tested genes from FHIR observations (rules M3, M4, M16).
//
// LOINC 94076-7 (mutations a megabase), 81695-9 (microsatellite instability), 53041-0 (region studied). A unit that is
// another than the code's own, a bound (">10") and an answer that is not in the list leave the biomarker unknown.
#pragma once

#include "kb/casefile/fhir_reading.h"

namespace treff::casefile {

// False if the observation is neither.
bool read_biomarker(FhirReading& reading, const FhirResource& observation);

bool is_region_studied(const FhirResource& resource);
// The listed genes count as examined for small variants only where the specimen is stated to be tumour tissue and whole
// genes are listed; `of_tissue` says the former.
void read_region_studied(FhirReading& reading, const FhirResource& observation, bool of_tissue);

}  // namespace treff::casefile
