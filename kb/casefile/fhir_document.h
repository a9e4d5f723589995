// A FHIR R4 JSON document as its resources: what stands where, and which reference means which resource.
//
// Source: HL7 FHIR R4 (4.0.1), Bundle, references and contained resources. Nothing is interpreted here. Resources,
// pointers and codings are views into the document, which must outlive them. Bounds: 16 MiB, the depth of the JSON
// reader, 20,000 resources.
//
// Names and identifiers of persons never leave this file: label() and shown() leave out whatever holds one.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kb/base/result.h"

namespace treff::casefile {

inline constexpr std::size_t kMaxFhirBytes = 16UL * 1024 * 1024;
inline constexpr std::size_t kMaxFhirResources = 20'000;

struct FhirResource {
  const nlohmann::json* json = nullptr;
  std::string type;      // "Observation"
  std::string id;        // empty if it has none
  std::string full_url;  // of the bundle's entry
  std::string pointer;   // "/entry/3/resource"
  std::size_t top = 0;   // the resource that contains it, or itself: "#id" is looked for there
};

class FhirDocument {
 public:
  // MalformedJson, TooDeep, TooLarge, UnsupportedFormat (no resource that holds findings), DuplicateId (two different
  // resources of one type and id). Places are "file_name" or "file_name#pointer".
  static Checked<FhirDocument> parse(std::string_view text, std::string_view file_name);

  const std::vector<FhirResource>& resources() const { return resources_; }
  // Entries of the bundle that hold no resource, by pointer.
  const std::vector<std::string>& empty_entries() const { return empty_entries_; }

  // The resource that `reference` means where it stands in `from`; nullptr if it is not in the file.
  const FhirResource* resolve(const FhirResource& from, std::string_view reference) const;

  // "Observation/egfr-1", or the type alone where the id is missing or holds a person's name.
  std::string label(const FhirResource& resource) const;
  // At most 200 bytes of `text`, or "(withheld: it holds a person's name)".
  std::string shown(std::string_view text) const;

  FhirDocument(FhirDocument&&) noexcept;
  FhirDocument& operator=(FhirDocument&&) noexcept;
  ~FhirDocument();

 private:
  FhirDocument();
  Status collect(std::string_view file_name);
  Status add(const nlohmann::json& resource, std::string pointer, std::string full_url, std::string_view file_name);
  Status index(std::string_view file_name);
  void gather_names();
  bool holds_name(std::string_view text) const;

  std::unique_ptr<nlohmann::json> json_;
  std::vector<FhirResource> resources_;
  std::vector<std::string> empty_entries_;
  std::unordered_map<std::string, std::size_t> by_key_;  // "Type/id", full address
  std::vector<std::string> names_;                       // lower case, parts of persons' names
};

// One code of a CodeableConcept. `system` in one spelling: lower case, without scheme, "www." and closing slash.
struct FhirCoding {
  std::string system;
  std::string code;
  std::string display;
};
struct FhirConcept {
  std::vector<FhirCoding> codings;
  std::string text;

  bool is_empty() const { return codings.empty() && text.empty(); }
  // A code without a system counts too: the codes asked for here occur in no other system.
  const FhirCoding* find(std::string_view system, std::string_view code) const;
  bool has(std::string_view system, std::string_view code) const { return find(system, code) != nullptr; }
  // The first of text, display and code that there is.
  std::string words() const;
};

inline constexpr std::string_view kLoinc = "loinc.org";
inline constexpr std::string_view kSnomed = "snomed.info/sct";
inline constexpr std::string_view kSequenceOntology = "sequenceontology.org";

// Empty members where `value` is not what it should be.
FhirConcept concept_of(const nlohmann::json& value);
// The member's concept; the first one where the member is a list.
FhirConcept concept_at(const nlohmann::json& object, const char* key);
// The member's string, trimmed; empty if there is none.
std::string string_at(const nlohmann::json& object, const char* key);
// The reference of a Reference member, empty if there is none.
std::string reference_at(const nlohmann::json& object, const char* key);
// The references of a member that is a list of them.
std::vector<std::string> references_at(const nlohmann::json& object, const char* key);
// True if the resource claims a profile whose address ends so.
bool has_profile(const nlohmann::json& resource, std::string_view ending);

}  // namespace treff::casefile
