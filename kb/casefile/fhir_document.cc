#include "kb/casefile/fhir_document.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "kb/base/text.h"
#include "kb/model/codec.h"

namespace treff::casefile {
namespace {

using nlohmann::json;

constexpr std::size_t kShownBytes = 200;
constexpr std::size_t kMaxNames = 500;    // of more, every text is taken to hold one
constexpr std::size_t kShortestName = 3;  // shorter parts ("M") stand in every other word
constexpr std::array<std::string_view, 4> kTopTypes = {"Bundle", "DiagnosticReport", "Observation", "Condition"};

const json& member(const json& object, const char* key) {
  static const json none;
  if (!object.is_object()) return none;
  const auto found = object.find(key);
  return found == object.end() ? none : *found;
}

std::string text_of(const json& value) {
  return value.is_string() ? std::string(base::trim(value.get_ref<const std::string&>())) : std::string();
}

// FHIR's own form of an id; anything else is shown nowhere.
bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
    return base::is_ascii_letter(c) || base::is_ascii_digit(c) || c == '-' || c == '.' || c == '_';
  });
}

std::string plain_system(std::string_view system) {
  std::string out = base::to_lower_ascii(base::trim(system));
  for (const std::string_view start : {"https://", "http://", "www."}) {
    if (out.starts_with(start)) out.erase(0, start.size());
  }
  while (out.ends_with('/')) out.pop_back();
  return out;
}

// "Patient/x" from "http://host/fhir/Patient/x/_history/2"; empty if the reference names no type and id.
std::string type_and_id(std::string_view reference) {
  const std::size_t version = reference.find("/_history/");
  if (version != std::string_view::npos) reference = reference.substr(0, version);
  const auto parts = base::split(reference, '/');
  if (parts.size() < 2 || parts.back().empty() || parts[parts.size() - 2].empty()) return {};
  return std::string(parts[parts.size() - 2]) + "/" + std::string(parts.back());
}

bool is_word(char c) { return base::is_ascii_letter(c) || base::is_ascii_digit(c); }

bool is_person(std::string_view type) {
  return type == "Patient" || type == "Practitioner" || type == "RelatedPerson" || type == "Person";
}

}  // namespace

FhirDocument::FhirDocument() = default;
FhirDocument::FhirDocument(FhirDocument&&) noexcept = default;
FhirDocument& FhirDocument::operator=(FhirDocument&&) noexcept = default;
FhirDocument::~FhirDocument() = default;

Checked<FhirDocument> FhirDocument::parse(std::string_view text, std::string_view file_name) {
  const auto at_file = [&](Error error) {
    error.where = error.where.empty() ? std::string(file_name) : std::string(file_name) + "#" + error.where;
    return fail_all({std::move(error)});
  };
  if (text.size() > kMaxFhirBytes) {
    return at_file(Error{ErrorCode::TooLarge, "the file is larger than 16 MiB", {}, {}, std::nullopt, {}});
  }
  // The strict reader first: what the library would pass over (a key that stands twice, deep nesting) is an error.
  auto canonical = model::canonical_json(text);
  if (!canonical) return at_file(canonical.error());
  FhirDocument document;
  document.json_ = std::make_unique<json>(json::parse(*canonical, nullptr, false));
  if (const Status collected = document.collect(file_name); !collected) return fail_all({collected.error()});
  if (const Status indexed = document.index(file_name); !indexed) return fail_all({indexed.error()});
  document.gather_names();
  return document;
}

Status FhirDocument::collect(std::string_view file_name) {
  const json& top = *json_;
  const std::string type = string_at(top, "resourceType");
  if (std::find(kTopTypes.begin(), kTopTypes.end(), type) == kTopTypes.end()) {
    return fail(Error{ErrorCode::UnsupportedFormat,
                      "a FHIR resource '" + type.substr(0, 64) + "' alone holds no findings",
                      std::string(file_name),
                      {},
                      std::nullopt,
                      "use a Bundle, a DiagnosticReport with its results contained, an Observation or a Condition"});
  }
  if (type != "Bundle") return add(top, {}, {}, file_name);
  const json& entries = member(top, "entry");
  if (!entries.is_null() && !entries.is_array()) {
    return fail(ErrorCode::WrongType, "the entries of a Bundle are a list", std::string(file_name) + "#/entry");
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string pointer = "/entry/" + std::to_string(i);
    const json& resource = member(entries[i], "resource");
    if (!resource.is_object()) {
      empty_entries_.push_back(pointer);
      continue;
    }
    const Status added = add(resource, pointer + "/resource", string_at(entries[i], "fullUrl"), file_name);
    if (!added) return added;
  }
  return {};
}

Status FhirDocument::add(const json& resource, std::string pointer, std::string full_url, std::string_view file_name) {
  const std::size_t top = resources_.size();
  resources_.push_back(
      {&resource, string_at(resource, "resourceType"), string_at(resource, "id"), std::move(full_url), pointer, top});
  const json& contained = member(resource, "contained");
  for (std::size_t i = 0; contained.is_array() && i < contained.size(); ++i) {
    if (!contained[i].is_object()) continue;
    resources_.push_back({&contained[i],
                          string_at(contained[i], "resourceType"),
                          string_at(contained[i], "id"),
                          {},
                          pointer + "/contained/" + std::to_string(i),
                          top});
  }
  if (resources_.size() <= kMaxFhirResources) return {};
  return fail(ErrorCode::TooLarge, "the file holds more than 20,000 resources", std::string(file_name));
}

Status FhirDocument::index(std::string_view file_name) {
  for (FhirResource& resource : resources_) {
    if (resources_[resource.top].json == nullptr) {
      resource.json = nullptr;  // contained in a copy
      continue;
    }
    std::vector<std::string> keys;
    const bool is_contained = resource.json != resources_[resource.top].json;
    if (is_contained) {
      if (!resource.id.empty()) keys.push_back(std::to_string(resource.top) + "#" + resource.id);
    } else {
      if (!resource.id.empty()) keys.push_back(resource.type + "/" + resource.id);
      if (!resource.full_url.empty()) keys.push_back(resource.full_url);
    }
    bool is_copy = false;
    for (const std::string& key : keys) {
      const auto known = by_key_.find(key);
      if (known == by_key_.end()) continue;
      if (*resources_[known->second].json != *resource.json) {
        return fail(Error{ErrorCode::DuplicateId,
                          "two different resources of the file have one id",
                          std::string(file_name) + "#" + resource.pointer,
                          {},
                          std::nullopt,
                          "give one version of each resource"});
      }
      is_copy = true;
    }
    if (is_copy) {
      resource.json = nullptr;  // the same once more
      continue;
    }
    const auto at = static_cast<std::size_t>(&resource - resources_.data());
    for (std::string& key : keys) by_key_.emplace(std::move(key), at);
  }
  return {};
}

const FhirResource* FhirDocument::resolve(const FhirResource& from, std::string_view reference) const {
  std::string key;
  if (reference.starts_with('#')) {
    if (reference.size() == 1) return &resources_[from.top];
    key = std::to_string(from.top) + std::string(reference);
  } else {
    key = reference;
  }
  auto found = by_key_.find(key);
  if (found == by_key_.end() && !reference.starts_with('#')) found = by_key_.find(type_and_id(reference));
  return found == by_key_.end() ? nullptr : &resources_[found->second];
}

void FhirDocument::gather_names() {
  const auto keep = [this](std::string_view text) {
    for (const std::string_view word : base::split(text, ' ')) {
      if (word.size() >= kShortestName) names_.push_back(base::to_lower_ascii(word));
    }
  };
  for (const FhirResource& resource : resources_) {
    if (resource.json == nullptr || !is_person(resource.type)) continue;
    for (const json& name : member(*resource.json, "name")) {
      keep(string_at(name, "text"));
      keep(string_at(name, "family"));
      for (const json& given : member(name, "given")) keep(text_of(given));
    }
    for (const json& identifier : member(*resource.json, "identifier")) keep(string_at(identifier, "value"));
  }
  std::sort(names_.begin(), names_.end());
  names_.erase(std::unique(names_.begin(), names_.end()), names_.end());
}

bool FhirDocument::holds_name(std::string_view text) const {
  if (names_.size() > kMaxNames) return true;
  const std::string folded = base::to_lower_ascii(text);
  return std::any_of(names_.begin(), names_.end(), [&](const std::string& name) {
    for (std::size_t at = folded.find(name); at != std::string::npos; at = folded.find(name, at + 1)) {
      const std::size_t end = at + name.size();
      const bool starts = at == 0 || !is_word(folded[at - 1]);
      if (starts && (end == folded.size() || !is_word(folded[end]))) return true;
    }
    return false;
  });
}

std::string FhirDocument::label(const FhirResource& resource) const {
  const std::string type = is_id(resource.type) ? resource.type : "a resource without a type";
  return is_id(resource.id) && !holds_name(resource.id) ? type + "/" + resource.id : type;
}

std::string FhirDocument::shown(std::string_view text) const {
  if (holds_name(text)) return "(withheld: it holds a person's name)";
  if (text.size() <= kShownBytes) return std::string(text);
  std::size_t end = kShownBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // whole letters only
  return std::string(text.substr(0, end)) + "...";
}

const FhirCoding* FhirConcept::find(std::string_view system, std::string_view code) const {
  const auto found = std::find_if(codings.begin(), codings.end(), [&](const FhirCoding& coding) {
    return coding.code == code && (coding.system == system || coding.system.empty());
  });
  return found == codings.end() ? nullptr : &*found;
}

std::string FhirConcept::words() const {
  if (!text.empty()) return text;
  for (const FhirCoding& coding : codings) {
    if (!coding.display.empty()) return coding.display;
  }
  return codings.empty() ? std::string() : codings.front().code;
}

FhirConcept concept_of(const json& value) {
  FhirConcept out;
  out.text = string_at(value, "text");
  const json& codings = member(value, "coding");
  if (!codings.is_array()) return out;
  for (const json& coding : codings) {
    out.codings.push_back(
        {plain_system(string_at(coding, "system")), string_at(coding, "code"), string_at(coding, "display")});
  }
  return out;
}

FhirConcept concept_at(const json& object, const char* key) {
  const json& value = member(object, key);
  if (!value.is_array()) return concept_of(value);
  return value.empty() ? FhirConcept{} : concept_of(value.front());
}

std::string string_at(const json& object, const char* key) { return text_of(member(object, key)); }

std::string reference_at(const json& object, const char* key) { return string_at(member(object, key), "reference"); }

std::vector<std::string> references_at(const json& object, const char* key) {
  std::vector<std::string> out;
  const json& list = member(object, key);
  if (!list.is_array()) return out;
  for (const json& one : list) out.push_back(string_at(one, "reference"));
  return out;
}

bool has_profile(const json& resource, std::string_view ending) {
  const json& profiles = member(member(resource, "meta"), "profile");
  if (!profiles.is_array()) return false;
  return std::any_of(profiles.begin(), profiles.end(), [&](const json& profile) {
    const std::string address = text_of(profile).substr(0, text_of(profile).find('|'));
    return address.ends_with(ending);
  });
}

}  // namespace treff::casefile
