// A FHIR R4 document of genomics reporting (JSON) -> one case.
//
// Source: HL7 Genomics Reporting 3.0.0 and STU2, mCODE 4.0.0. A Bundle, or one DiagnosticReport, Observation or
// Condition with what it contains; references are resolved inside the file.
// - Read: variants, copy numbers, fusions, TMB, MSI, lists of tested genes, the diagnosis, specimen, age, sex.
// - Everything else is listed with the resource's label, its JSON pointer and a reason. A report that refers to results
//   outside the file leaves every kind of finding incomplete (N8).
// - What was tested is unknown unless a list of studied genes says so (M4); what the laboratory concludes about drugs
// is
//   not read.
#pragma once

#include <string_view>
#include <vector>

#include "kb/base/result.h"
#include "kb/casefile/case_file.h"

namespace treff::casefile {

// True for JSON that calls itself a FHIR resource, whole or damaged.
bool is_fhir(std::string_view text);

// One case. `text` has passed check_text(). Errors: those of FhirDocument::parse, DifferentSamples (several patients),
// TooLarge (more alterations than a case may have).
Checked<std::vector<CaseFile>> read_fhir(std::string_view text, std::string_view file_name);

}  // namespace treff::casefile
