// The legacy XML of ClinicalTrials.gov (clinical_study).
#include <algorithm>
#include <pugixml.hpp>

#include "indexer/importers/registry_study.h"
#include "kb/base/text.h"

namespace treff::indexer {
namespace {

std::string text_of(const pugi::xml_node& node, const char* name) {
  return std::string(base::trim(node.child_value(name)));
}

// A text block is wrapped and indented for the eye: the indentation that all lines share goes, and so does nothing
// else.
std::string text_block(const pugi::xml_node& node) {
  const std::string raw = node.child_value("textblock");
  std::size_t shared = std::string::npos;
  for (const std::string_view line : base::split(raw, '\n')) {
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first != std::string_view::npos) shared = std::min(shared, first);
  }
  std::string out;
  for (std::string_view line : base::split(raw, '\n')) {
    line.remove_prefix(std::min(line.size(), shared));
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
    if (!out.empty() || !line.empty()) out.append(line).append("\n");
  }
  return std::string(base::trim(out));
}

std::vector<std::string> texts_of(const pugi::xml_node& node, const char* name) {
  std::vector<std::string> out;
  for (const pugi::xml_node& child : node.children(name)) out.emplace_back(base::trim(child.child_value()));
  return out;
}

// "ClinicalTrials.gov processed this data on May 14, 2018".
std::string release_date(const pugi::xml_node& study) {
  const std::string said = study.child("required_header").child_value("download_date");
  const std::size_t on = said.rfind(" on ");
  return on == std::string::npos ? std::string() : said.substr(on + 4);
}

void read_arms(const pugi::xml_node& study, RegistryStudy& out) {
  for (const pugi::xml_node& arm : study.children("arm_group")) {
    out.arms.push_back(
        {text_of(arm, "arm_group_label"), text_of(arm, "arm_group_type"), text_of(arm, "description"), {}});
  }
  for (const pugi::xml_node& intervention : study.children("intervention")) {
    const std::string name = text_of(intervention, "intervention_name");
    out.interventions.push_back(name);
    for (std::string& other : texts_of(intervention, "other_name")) out.interventions.push_back(std::move(other));
    for (const std::string& label : texts_of(intervention, "arm_group_label")) {
      for (StudyArm& arm : out.arms) {
        if (arm.label == label) arm.interventions.push_back(text_of(intervention, "intervention_type") + ": " + name);
      }
    }
  }
}

}  // namespace

Checked<RegistryStudy> study_from_xml(std::string_view xml) {
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_buffer(xml.data(), xml.size());
  if (!parsed) {
    const std::string_view before = xml.substr(0, static_cast<std::size_t>(parsed.offset));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    return fail_all({Error{
        parsed.status == pugi::status_end_element_mismatch ? ErrorCode::TruncatedFile : ErrorCode::UnsupportedFormat,
        std::string("the XML cannot be read: ") + parsed.description(),
        std::to_string(line),
        {},
        std::nullopt,
        "copy or download the file again"}});
  }
  const pugi::xml_node study = document.child("clinical_study");
  if (!study) {
    return fail_all({Error{ErrorCode::UnsupportedFormat, "this XML is no study of ClinicalTrials.gov", "1",
                           document.first_child().name(), std::nullopt, "a study begins with <clinical_study>"}});
  }
  RegistryStudy out;
  out.nct_id = text_of(study.child("id_info"), "nct_id");
  out.other_ids = texts_of(study.child("id_info"), "secondary_id");
  out.other_ids.insert(out.other_ids.begin(), text_of(study.child("id_info"), "org_study_id"));
  out.other_ids.push_back(text_of(study, "acronym"));
  out.brief_title = text_of(study, "brief_title");
  out.official_title = text_of(study, "official_title");
  out.study_type = text_of(study, "study_type");
  out.phases.push_back(text_of(study, "phase"));
  out.status = text_of(study, "overall_status");
  out.why_stopped = text_of(study, "why_stopped");
  out.sponsor = text_of(study.child("sponsors").child("lead_sponsor"), "agency");
  for (const pugi::xml_node& other : study.child("sponsors").children("collaborator")) {
    out.collaborators.push_back(text_of(other, "agency"));
  }
  out.conditions = texts_of(study, "condition");
  out.keywords = texts_of(study, "keyword");
  read_arms(study, out);
  out.summary = text_block(study.child("brief_summary"));
  out.description = text_block(study.child("detailed_description"));
  const pugi::xml_node eligibility = study.child("eligibility");
  out.eligibility = text_block(eligibility.child("criteria"));
  out.minimum_age = text_of(eligibility, "minimum_age");
  out.maximum_age = text_of(eligibility, "maximum_age");
  out.sex = text_of(eligibility, "gender");
  for (const pugi::xml_node& place : study.children("location")) {
    const pugi::xml_node facility = place.child("facility");
    out.locations.push_back({text_of(facility, "name"), text_of(facility.child("address"), "city"),
                             text_of(facility.child("address"), "country"), text_of(place, "status")});
  }
  out.countries = texts_of(study.child("location_countries"), "country");
  out.start_date = text_of(study, "start_date");
  out.released_on = release_date(study);
  out.updated_on = text_of(study, "last_update_posted");
  if (out.updated_on.empty()) out.updated_on = text_of(study, "last_update_submitted");
  if (out.updated_on.empty()) out.updated_on = text_of(study, "lastchanged_date");
  return out;
}

}  // namespace treff::indexer
