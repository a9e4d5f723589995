// What the parts of the FHIR reader share: one document, the case it becomes, and what was not read of it.
//
// Every resource ends as a part of the case, as an entry of `unreadable`, or in an issue with its label and pointer.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kb/casefile/case_builder.h"
#include "kb/casefile/fhir_document.h"

namespace treff::casefile {

// One component of an observation.
struct FhirComponent {
  std::string code;  // LOINC code or the guide's own word ("molecular-consequence"), empty if it has neither
  std::string name;  // display of the code
  std::string pointer;
  const nlohmann::json* json = nullptr;
  FhirConcept value;  // of valueCodeableConcept
};

class FhirReading {
 public:
  FhirReading(const FhirDocument& document, CaseBuilder& builder) : document_(document), builder_(builder) {}

  const FhirDocument& document() const { return document_; }
  CaseBuilder& builder() { return builder_; }

  // A finding may be hidden in it: no kind of finding is complete then. `kind` empty: of any kind.
  void unread(std::string_view kind, const FhirResource& resource, std::string_view why, std::string piece,
              std::string hint = {});
  // It holds no finding, or none that is asked for here.
  void not_read(const FhirResource& resource, std::string_view why);
  void note(std::string id, const FhirResource& resource, std::string_view what, std::string piece = {});
  // One value of an observation that is used; told once a code.
  void value_not_read(const FhirComponent& component, std::string_view why);
  // True for observations that a withdrawn report lists or that are withdrawn themselves; says so.
  bool is_withdrawn(const FhirResource& resource);
  void withdraw(const FhirResource& resource) { withdrawn_.insert(resource.pointer); }
  // False (and listed as unread, of `kind`) unless the observation is about the patient and stated as final enough.
  bool is_usable(std::string_view kind, const FhirResource& resource);
  void finish();

 private:
  struct Tally {
    std::string name;
    std::string why;
    int count = 0;
    std::string pointer;
  };
  const FhirDocument& document_;
  CaseBuilder& builder_;
  std::map<std::string, Tally> values_;
  std::set<std::string> withdrawn_;  // pointers
  std::size_t unread_ = 0;
  std::size_t notes_ = 0;
  std::size_t notes_left_out_ = 0;
};

std::vector<FhirComponent> components_of(const FhirResource& observation);

// True for 69548-6, and for what a profile of a genomic variant claims to be.
bool is_variant(const FhirResource& resource);

}  // namespace treff::casefile
