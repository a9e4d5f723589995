// Several files of one tumour (DNA, RNA, summary) as one case.
//
// A kind of finding counts as validly examined if one of the files covers it. The same finding in two files is kept
// once, so that it cannot pass for two hits (M12); where two files give different values of one biomarker, both are
// kept and the biomarker is listed as failed: neither value decides anything (M16).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kb/casefile/case_file.h"

namespace treff::casefile {

// At least one file. DifferentSamples names the two files and their samples.
Checked<CaseFile> combine(std::vector<CaseFile> files);

// As read_case_files() gives them, one list a file. From a file of several tumours the one that the other files speak
// of is taken. DifferentSamples if that leaves none or several.
Checked<CaseFile> combine_files(std::vector<std::vector<CaseFile>> files);

// Equal for the same finding, wherever it stands.
std::string finding_key(const model::CaseAlteration& alteration);

// Diagnosis, age and sex of `from` where `to` has none; what `to` states stays, and an issue tells of a difference.
// `where` is the place of `from`.
void take_clinical(model::TumourCase& to, const model::TumourCase& from, std::string_view where,
                   std::vector<Issue>& issues);

}  // namespace treff::casefile
