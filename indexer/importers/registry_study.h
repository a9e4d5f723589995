// One study as a trial registry states it: the form between the registry's files and our records.
//
// Holds no person: names, e-mail addresses and telephone numbers of contacts and investigators are never read, and
// addresses inside running text are blanked. Words are the registry's own until to_record() reads them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "indexer/importers/registry.h"
#include "kb/base/date.h"

namespace treff::indexer {

struct StudyArm {
  std::string label;
  std::string type;
  std::string description;
  std::vector<std::string> interventions;
};

struct StudyLocation {
  std::string facility;
  std::string town;
  std::string country;
  std::string status;
};

struct RegistryStudy {
  std::string nct_id;
  std::string brief_title;
  std::string official_title;
  std::vector<std::string> other_ids;
  std::string study_type;
  std::vector<std::string> phases;
  std::string status;
  std::string why_stopped;
  std::string sponsor;
  std::vector<std::string> collaborators;
  std::vector<std::string> conditions;
  std::vector<std::string> keywords;
  std::vector<std::string> interventions;
  std::vector<StudyArm> arms;
  std::string summary;
  std::string description;  // the detailed one
  std::string eligibility;
  std::string minimum_age;
  std::string maximum_age;
  std::string sex;
  std::vector<StudyLocation> locations;
  std::vector<std::string> countries;  // where the form has no locations
  std::string start_date;
  std::string updated_on;   // last update, else the day of the export
  std::string released_on;  // day of the registry's export
};

// API v2 JSON (protocolSection) or the flattened export (nct_id, eligibility.raw_text). UnsupportedFormat for the older
// "FullStudiesResponse" and for anything else, by name; a stub without title or dates is what it is.
Checked<RegistryStudy> study_from_json(std::string_view json);
// Legacy XML (clinical_study).
Checked<RegistryStudy> study_from_xml(std::string_view xml);

// A trial, or an access programme for study type "Expanded Access". Unknown status words and impossible dates are
// errors; an unknown country is kept as text.
struct StudyRecord {
  model::Record record;
  std::vector<Issue> notes;
};
Checked<StudyRecord> to_record(const RegistryStudy& study, const ImportContext& context);

// "2020-10-08", "2020-10", "October 8, 2020", "October 2020"; nullopt if it is none of these.
std::optional<PartialDate> registry_date(std::string_view text);
// ISO 3166-1 alpha-2 of a registry's country name; empty if it is not known.
std::string_view country_code(std::string_view name);
// E-mail addresses and telephone numbers as "[address removed]" and "[number removed]".
std::string without_contacts(std::string_view text);

}  // namespace treff::indexer
