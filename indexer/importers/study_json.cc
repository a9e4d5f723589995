// ClinicalTrials.gov API v2 JSON and the flattened export of it.
#include <nlohmann/json.hpp>

#include "indexer/importers/registry_study.h"

namespace treff::indexer {
namespace {

using nlohmann::json;

// Reads members and gathers errors with JSON pointers; an absent or null member is empty.
class Members {
 public:
  explicit Members(std::vector<Error>& errors) : errors_(errors) {}

  static const json* at(const json& value, const char* key) {
    const auto it = value.is_object() ? value.find(key) : value.end();
    return it == value.end() || it->is_null() ? nullptr : &*it;
  }

  const json& object(const json& value, const char* key, const std::string& where) {
    static const json kNothing = json::object();
    const json* found = at(value, key);
    if (found == nullptr) return kNothing;
    if (found->is_object()) return *found;
    wrong(where + "/" + key, "an object");
    return kNothing;
  }

  const json& list(const json& value, const char* key, const std::string& where) {
    static const json kNothing = json::array();
    const json* found = at(value, key);
    if (found == nullptr) return kNothing;
    if (found->is_array()) return *found;
    wrong(where + "/" + key, "a list");
    return kNothing;
  }

  std::string text(const json& value, const char* key, const std::string& where) {
    const json* found = at(value, key);
    if (found == nullptr) return {};
    if (found->is_string()) return found->get<std::string>();
    wrong(where + "/" + key, "text");
    return {};
  }

  std::vector<std::string> texts(const json& value, const char* key, const std::string& where) {
    std::vector<std::string> out;
    for (const json& item : list(value, key, where)) {
      if (item.is_string()) {
        out.push_back(item.get<std::string>());
      } else {
        wrong(where + "/" + key, "a list of texts");
      }
    }
    return out;
  }

 private:
  void wrong(std::string where, const char* wanted) {
    errors_.push_back(
        Error{ErrorCode::WrongType, std::string("expected ") + wanted, std::move(where), {}, std::nullopt, {}});
  }
  std::vector<Error>& errors_;
};

std::string first_of(std::initializer_list<std::string> texts) {
  for (const std::string& text : texts) {
    if (!text.empty()) return text;
  }
  return {};
}

// A stub has no status module; the day of its last event is all that is known.
std::string last_event(const json& study, Members& members) {
  const std::string at = "/annotationSection/annotationModule";
  const json& module = members.object(members.object(study, "annotationSection", {}), "annotationModule", at);
  std::string last;
  for (const json& event : members.list(members.object(module, "unpostedAnnotation", at), "unpostedEvents", at)) {
    last = std::max(last, members.text(event, "date", at));
  }
  return last;
}

void read_identity(const json& protocol, Members& members, RegistryStudy& out) {
  const std::string at = "/protocolSection/identificationModule";
  const json& identity = members.object(protocol, "identificationModule", "/protocolSection");
  out.nct_id = members.text(identity, "nctId", at);
  out.brief_title = members.text(identity, "briefTitle", at);
  out.official_title = members.text(identity, "officialTitle", at);
  out.other_ids.push_back(members.text(members.object(identity, "orgStudyIdInfo", at), "id", at));
  for (const json& other : members.list(identity, "secondaryIdInfos", at)) {
    out.other_ids.push_back(members.text(other, "id", at));
  }
  out.other_ids.push_back(members.text(identity, "acronym", at));
}

void read_status(const json& study, const json& protocol, Members& members, RegistryStudy& out) {
  const std::string at = "/protocolSection/statusModule";
  const json& status = members.object(protocol, "statusModule", "/protocolSection");
  out.status = members.text(status, "overallStatus", at);
  out.why_stopped = members.text(status, "whyStopped", at);
  out.start_date = members.text(members.object(status, "startDateStruct", at), "date", at);
  out.released_on =
      members.text(members.object(members.object(study, "derivedSection", {}), "miscInfoModule", "/derivedSection"),
                   "versionHolder", "/derivedSection/miscInfoModule");
  out.updated_on = first_of({members.text(members.object(status, "lastUpdatePostDateStruct", at), "date", at),
                             members.text(status, "lastUpdateSubmitDate", at), last_event(study, members)});
}

void read_design(const json& protocol, Members& members, RegistryStudy& out) {
  const json& design = members.object(protocol, "designModule", "/protocolSection");
  out.study_type = members.text(design, "studyType", "/protocolSection/designModule");
  out.phases = members.texts(design, "phases", "/protocolSection/designModule");
  const std::string at = "/protocolSection/armsInterventionsModule";
  const json& arms = members.object(protocol, "armsInterventionsModule", "/protocolSection");
  for (const json& arm : members.list(arms, "armGroups", at)) {
    out.arms.push_back({members.text(arm, "label", at), members.text(arm, "type", at),
                        members.text(arm, "description", at), members.texts(arm, "interventionNames", at)});
  }
  for (const json& intervention : members.list(arms, "interventions", at)) {
    out.interventions.push_back(members.text(intervention, "name", at));
    for (std::string& name : members.texts(intervention, "otherNames", at))
      out.interventions.push_back(std::move(name));
  }
}

void read_people_free_places(const json& protocol, Members& members, RegistryStudy& out) {
  const std::string at = "/protocolSection/contactsLocationsModule";
  const json& places = members.object(protocol, "contactsLocationsModule", "/protocolSection");
  for (const json& place : members.list(places, "locations", at)) {
    out.locations.push_back({members.text(place, "facility", at), members.text(place, "city", at),
                             members.text(place, "country", at), members.text(place, "status", at)});
  }
}

RegistryStudy read_v2(const json& study, Members& members) {
  RegistryStudy out;
  const json& protocol = members.object(study, "protocolSection", {});
  read_identity(protocol, members, out);
  read_status(study, protocol, members, out);
  const std::string at = "/protocolSection/";
  const json& sponsors = members.object(protocol, "sponsorCollaboratorsModule", at);
  out.sponsor = members.text(members.object(sponsors, "leadSponsor", at), "name", at + "sponsorCollaboratorsModule");
  for (const json& other : members.list(sponsors, "collaborators", at)) {
    out.collaborators.push_back(members.text(other, "name", at + "sponsorCollaboratorsModule"));
  }
  const json& description = members.object(protocol, "descriptionModule", at);
  out.summary = members.text(description, "briefSummary", at + "descriptionModule");
  out.description = members.text(description, "detailedDescription", at + "descriptionModule");
  const json& conditions = members.object(protocol, "conditionsModule", at);
  out.conditions = members.texts(conditions, "conditions", at + "conditionsModule");
  out.keywords = members.texts(conditions, "keywords", at + "conditionsModule");
  read_design(protocol, members, out);
  const json& eligibility = members.object(protocol, "eligibilityModule", at);
  out.eligibility = members.text(eligibility, "eligibilityCriteria", at + "eligibilityModule");
  out.minimum_age = members.text(eligibility, "minimumAge", at + "eligibilityModule");
  out.maximum_age = members.text(eligibility, "maximumAge", at + "eligibilityModule");
  out.sex = members.text(eligibility, "sex", at + "eligibilityModule");
  read_people_free_places(protocol, members, out);
  return out;
}

RegistryStudy read_flat(const json& study, Members& members) {
  RegistryStudy out;
  out.nct_id = members.text(study, "nct_id", {});
  out.brief_title = members.text(study, "title", {});
  out.phases.push_back(members.text(study, "phase", {}));
  out.status = members.text(study, "status", {});
  out.study_type = members.text(study, "study_type", {});
  out.conditions = members.texts(study, "conditions", {});
  out.interventions = members.texts(study, "interventions", {});
  out.sponsor = members.text(study, "sponsor", {});
  out.collaborators = members.texts(study, "collaborators", {});
  out.start_date = members.text(study, "start_date", {});
  out.countries = members.texts(study, "locations", {});
  out.summary = members.text(study, "summary", {});
  const json& eligibility = members.object(study, "eligibility", {});
  out.eligibility = members.text(eligibility, "raw_text", "/eligibility");
  out.minimum_age = members.text(eligibility, "minimum_age", "/eligibility");
  out.maximum_age = members.text(eligibility, "maximum_age", "/eligibility");
  out.sex = members.text(eligibility, "sex", "/eligibility");
  return out;
}

}  // namespace

Checked<RegistryStudy> study_from_json(std::string_view text) {
  const auto refuse = [](ErrorCode code, std::string message, std::string hint) {
    return fail_all({Error{code, std::move(message), {}, {}, std::nullopt, std::move(hint)}});
  };
  const json study = json::parse(text, nullptr, false);
  if (!study.is_object()) {
    return refuse(ErrorCode::MalformedJson, "this is not a JSON object", "is the file complete?");
  }
  if (study.contains("FullStudiesResponse") || study.contains("Study")) {
    return refuse(ErrorCode::UnsupportedFormat, "this is the older \"FullStudiesResponse\" form of ClinicalTrials.gov",
                  "download the studies from the API version 2 (protocolSection)");
  }
  if (study.contains("StudyFieldsResponse")) {
    return refuse(ErrorCode::UnsupportedFormat, "this is the older \"StudyFieldsResponse\" form of ClinicalTrials.gov",
                  "download the studies from the API version 2 (protocolSection)");
  }
  const bool is_v2 = study.contains("protocolSection");
  if (!is_v2 && !study.contains("nct_id")) {
    return refuse(ErrorCode::UnsupportedFormat, "this is no study of ClinicalTrials.gov",
                  "a study has \"protocolSection\" (API version 2) or \"nct_id\" (flattened export)");
  }
  std::vector<Error> errors;
  Members members(errors);
  RegistryStudy out = is_v2 ? read_v2(study, members) : read_flat(study, members);
  if (!errors.empty()) return fail_all(std::move(errors));
  return out;
}

}  // namespace treff::indexer
