// Bytes in any accepted form -> one case ready to be answered; shared by command line and server.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kb/base/result.h"
#include "kb/model/tumour_case.h"

namespace treff::answer {

// Bytes with the name errors show.
using NamedBytes = std::pair<std::string, std::string>;  // name, bytes

// The names of the accepted inputs: "case" and every row of the casefile table.
std::vector<std::string> input_formats();

// One case from the JSON of API.md section 3.
Checked<model::CaseReading> case_from_json(std::string_view json);
// What a browser sends: a case, whose key `files` ([{"name","content"}]) may carry laboratory files of the same tumour.
// What the person typed stands beside what the files hold. A body that is a FHIR document is read as one.
Checked<model::CaseReading> case_from_body(std::string_view json);
// One case from the laboratory files of one tumour; files that name different samples are refused.
// `format` empty: recognised from the content.
Checked<model::CaseReading> case_from_files(std::string_view format, const std::vector<NamedBytes>& files);

// True for a laboratory's file that is JSON too, so that it is not taken for a case.
bool is_laboratory_json(std::string_view bytes);

// "lungekreft", "LUAD" or a name: put in place of the diagnosis of the input, which an issue then tells.
void set_diagnosis_text(model::CaseReading& reading, const std::string& text);

}  // namespace treff::answer
