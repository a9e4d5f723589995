// One variant observation -> the alterations it states.
//
// Source: HL7 Genomics Reporting 3.0.0 (STU3) and the codes of STU2 and mCODE 4.0.0 that differ. LOINC answer lists
// LL1971-2 (present), LL378-1 (source), LL1040-6 (assembly), LL379-9 (change type); Sequence Ontology.
// - Only "present" is a finding. "Absent" adds nothing, not even that the gene was tested (M3, M4); "no call",
//   "indeterminate" and no value at all leave the kind incomplete.
// - Names are handed on as written; p., c. and g. that disagree are for the name reader (N9).
// - Two genes are a fusion only where something says so; which end is which is not in the components (M13).
// - A number of copies is no amplification (M14). In situ hybridisation is no sequencing.
// - Positions in parts (sequence, start, alleles) are not put together: programs write 0-based and 1-based alike.
#pragma once

#include "kb/casefile/fhir_reading.h"

namespace treff::casefile {

void read_variant(FhirReading& reading, const FhirResource& observation);

}  // namespace treff::casefile
