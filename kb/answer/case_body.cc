#include <nlohmann/json.hpp>

#include "kb/answer/case_input.h"
#include "kb/casefile/combine.h"
#include "kb/casefile/fhir.h"
#include "kb/model/codec.h"

namespace treff::answer {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxFiles = 20;

Error at(ErrorCode code, std::string message, std::string where) {
  return Error{code, std::move(message), std::move(where),
               {},   std::nullopt,       "give {\"name\":\"sample.tsv\",\"content\":\"...\"}"};
}

Checked<std::vector<NamedBytes>> files_from(const json& files) {
  std::vector<NamedBytes> out;
  std::vector<Error> errors;
  if (!files.is_array() || files.size() > kMaxFiles) {
    return fail_all({at(ErrorCode::WrongType, "'files' must be a list of at most 20 files", "/files")});
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string where = "/files/" + std::to_string(i);
    const json& file = files[i];
    const bool whole = file.is_object() && file.size() == 2 && file.contains("name") && file["name"].is_string() &&
                       file.contains("content") && file["content"].is_string();
    if (whole) {
      out.emplace_back(file["name"].get<std::string>(), file["content"].get<std::string>());
    } else {
      errors.push_back(at(ErrorCode::WrongType, "a file has a name and a content, both strings", where));
    }
  }
  if (!errors.empty()) return fail_all(std::move(errors));
  return out;
}

template <class T>
void append(std::vector<T>& to, const std::vector<T>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

// The person's own statements win where both speak of one fact; findings add up.
void merge(model::CaseReading& typed, const model::CaseReading& files) {
  model::TumourCase& to = typed.tumour_case;
  const model::TumourCase& from = files.tumour_case;
  append(to.alterations, from.alterations);
  append(to.biomarkers, from.biomarkers);
  append(typed.issues, files.issues);
  append(typed.unreadable, files.unreadable);
  if (!to.tested) {
    to.tested = from.tested;
  } else if (from.tested) {
    append(to.tested->panels, from.tested->panels);
    append(to.tested->genes_small_variants, from.tested->genes_small_variants);
    append(to.tested->genes_copy_number, from.tested->genes_copy_number);
    append(to.tested->genes_fusion, from.tested->genes_fusion);
    append(to.tested->genes_splice, from.tested->genes_splice);
    append(to.tested->coded_small_variants, from.tested->coded_small_variants);
    append(to.tested->failed, from.tested->failed);
  }
  if (to.specimen.kind.empty()) to.specimen.kind = from.specimen.kind;
  if (!to.specimen.taken_on) to.specimen.taken_on = from.specimen.taken_on;
  if (!to.specimen.tumour_fraction) to.specimen.tumour_fraction = from.specimen.tumour_fraction;
  casefile::take_clinical(to, from, "files", typed.issues);
}

// A diagnosis may stand in a file; the strict codec asks for one, so it is shown one and sees no other difference.
Checked<model::CaseReading> typed_part(json body, bool diagnosis_from_file) {
  if (diagnosis_from_file) body["diagnosis"] = {{"text", "in the file"}};
  auto typed = case_from_json(body.dump(-1, ' ', false, json::error_handler_t::replace));
  if (typed && diagnosis_from_file) typed->tumour_case.diagnosis = {};
  return typed;
}

// Places are pointers into the body itself.
Checked<model::CaseReading> case_from_fhir(std::string_view text) {
  return case_from_files("fhir", {{"", std::string(text)}});
}

}  // namespace

Checked<model::CaseReading> case_from_body(std::string_view text) {
  // Files are large strings: only a body that has them is taken apart here, every other goes to the strict codec as it
  // is.
  if (casefile::is_fhir(text)) return case_from_fhir(text);
  if (text.find("\"files\"") == std::string_view::npos) return case_from_json(text);
  // The strict reader first: what the library would pass over (a key that stands twice, deep nesting) is an error.
  if (const auto strict = model::canonical_json(text); !strict) return fail_all({strict.error()});
  json body = json::parse(text, nullptr, false);
  if (!body.is_object() || !body.contains("files")) return case_from_json(text);
  const auto files = files_from(body["files"]);
  if (!files) return fail_all(files.error());
  body.erase("files");
  if (files->empty()) return typed_part(std::move(body), false);
  const auto read = case_from_files({}, *files);
  if (!read && !body.contains("diagnosis")) return fail_all(read.error());
  const bool from_file = read && !body.contains("diagnosis") && read->tumour_case.diagnosis != model::CaseDiagnosis{};
  auto typed = typed_part(std::move(body), from_file);
  if (!typed) return typed;
  if (!read) return fail_all(read.error());
  merge(*typed, *read);
  return typed;
}

}  // namespace treff::answer
