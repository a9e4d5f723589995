#include "kb/casefile/fhir_reading.h"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

namespace treff::casefile {
namespace {

using nlohmann::json;

// Beyond these the rest is counted.
constexpr std::size_t kMaxNotes = 1000;
constexpr std::size_t kMaxUnread = 2000;
constexpr std::size_t kMaxCodes = 200;

}  // namespace

void FhirReading::unread(std::string_view kind, const FhirResource& resource, std::string_view why, std::string piece,
                         std::string hint) {
  if (++unread_ > kMaxUnread) {
    for (const std::string_view one : {kSmall, kCopyNumber, kFusion, kSplice}) builder_.fail_kind(one);
    return;
  }
  std::string message = document_.label(resource) + ": " + std::string(why);
  if (kind.empty()) {
    builder_.unreadable_of_any_kind(std::move(message), resource.pointer, std::move(piece), std::move(hint));
  } else {
    builder_.unreadable(kind, std::move(message), resource.pointer, std::move(piece), std::move(hint));
  }
}

void FhirReading::note(std::string id, const FhirResource& resource, std::string_view what, std::string piece) {
  if (++notes_ > kMaxNotes) {
    ++notes_left_out_;
    return;
  }
  builder_.issue(std::move(id), document_.label(resource) + ": " + std::string(what), resource.pointer,
                 std::move(piece));
}

void FhirReading::not_read(const FhirResource& resource, std::string_view why) {
  note("fhir_not_read", resource, "not read: " + std::string(why));
}

void FhirReading::value_not_read(const FhirComponent& component, std::string_view why) {
  std::string code = component.code.empty() ? "without a known code" : document_.shown(component.code);
  if (values_.size() >= kMaxCodes && values_.count(code) == 0) code = "of other codes";
  Tally& tally = values_[code];
  if (++tally.count > 1) return;
  tally = {component.name, std::string(why), 1, component.pointer};
}

bool FhirReading::is_withdrawn(const FhirResource& resource) {
  const std::string status = string_at(*resource.json, "status");
  const bool by_itself = status == "entered-in-error" || status == "cancelled";
  if (!by_itself && withdrawn_.count(resource.pointer) == 0) return false;
  not_read(resource, by_itself ? "its status is " + status : "its report is withdrawn");
  return true;
}

bool FhirReading::is_usable(std::string_view kind, const FhirResource& resource) {
  const std::string status = string_at(*resource.json, "status");
  if (resource.json->contains("focus")) {
    unread(kind, resource, "it is about something else than the patient (focus)", {});
    return false;
  }
  if (status == "final" || status == "amended" || status == "corrected") return true;
  if (status == "preliminary") {
    note("fhir_preliminary", resource, "the laboratory calls this result preliminary");
    return true;
  }
  unread(kind, resource, "its status does not say that there is a result", status.substr(0, 64));
  return false;
}

void FhirReading::finish() {
  for (const auto& [code, tally] : values_) {
    const std::string name = tally.name.empty() ? code : code + " (" + document_.shown(tally.name) + ")";
    builder_.issue("fhir_value_not_read",
                   std::to_string(tally.count) + (tally.count == 1 ? " value " : " values ") + name +
                       " not read: " + tally.why + (tally.count == 1 ? "" : "; the first stands here"),
                   tally.pointer, code);
  }
  if (unread_ > kMaxUnread) {
    builder_.unreadable_of_any_kind(
        std::to_string(unread_ - kMaxUnread) + " more resources or references could not be read", 0, {});
  }
  if (notes_left_out_ > 0) {
    builder_.issue("fhir_not_read", std::to_string(notes_left_out_) + " more resources have notes that are not listed");
  }
}

std::vector<FhirComponent> components_of(const FhirResource& observation) {
  std::vector<FhirComponent> out;
  const auto list = observation.json->find("component");
  if (list == observation.json->end() || !list->is_array()) return out;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const json& one = (*list)[i];
    FhirComponent component;
    component.json = &one;
    component.pointer = observation.pointer + "/component/" + std::to_string(i);
    component.value = concept_at(one, "valueCodeableConcept");
    for (const FhirCoding& coding : concept_at(one, "code").codings) {
      const bool known = coding.system.empty() || coding.system == kLoinc || coding.system.ends_with("/tbd-codes-cs") ||
                         coding.system.ends_with("/tbd-codes");
      if (!known || !component.code.empty()) continue;
      component.code = coding.code;
      component.name = coding.display;
    }
    out.push_back(std::move(component));
  }
  return out;
}

bool is_variant(const FhirResource& resource) {
  if (resource.type != "Observation") return false;
  if (concept_at(*resource.json, "code").has(kLoinc, "69548-6")) return true;
  constexpr std::array<std::string_view, 4> kProfiles = {"/genomics-reporting/StructureDefinition/variant",
                                                         "/mcode-genomic-variant", "/mcode-genetic-variant",
                                                         "/mcode-cancer-genetic-variant"};
  for (const std::string_view profile : kProfiles) {
    if (has_profile(*resource.json, profile)) return true;
  }
  return false;
}

}  // namespace treff::casefile
