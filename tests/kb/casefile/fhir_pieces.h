// Small FHIR resources for tests: all invented.
#pragma once

#include <string>
#include <vector>

#include "kb/base/text.h"

namespace treff::casefile {

// {"coding":[...]} of "system|code|display" pieces; the display may be left out.
inline std::string concept_json(const std::vector<std::string>& codings, const std::string& text = {}) {
  std::vector<std::string> out;
  for (const std::string& one : codings) {
    const auto parts = base::split(one, '|');
    std::string coding = R"({"system":")" + std::string(parts[0]) + R"(","code":")" + std::string(parts[1]) + "\"";
    if (parts.size() > 2) coding += R"(,"display":")" + std::string(parts[2]) + "\"";
    out.push_back(coding + "}");
  }
  return "{\"coding\":[" + base::join(out, ",") + "]" + (text.empty() ? "" : R"(,"text":")" + text + "\"") + "}";
}

inline std::string component(const std::string& code, const std::string& value) {
  return R"({"code":)" + concept_json({"http://loinc.org|" + code}) + R"(,"valueCodeableConcept":)" + value + "}";
}
inline std::string quantity_component(const std::string& code, const std::string& quantity) {
  return R"({"code":)" + concept_json({"http://loinc.org|" + code}) + R"(,"valueQuantity":)" + quantity + "}";
}

// "BRAF" as an HGNC-coded gene: gene("HGNC:1097", "BRAF").
inline std::string gene(const std::string& id, const std::string& symbol) {
  return component("48018-6", concept_json({"http://www.genenames.org|" + id + "|" + symbol}));
}
inline std::string hgvs(const std::string& code, const std::string& name) {
  return component(code, concept_json({"http://varnomen.hgvs.org|" + name}));
}
inline std::string change(const std::string& so) {
  return component("48019-4", concept_json({"http://www.sequenceontology.org|" + so}));
}

inline std::string observation(const std::string& id, const std::string& code, const std::string& rest) {
  return R"({"resourceType":"Observation","id":")" + id + R"(","status":"final","code":)" +
         concept_json({"http://loinc.org|" + code}) + (rest.empty() ? "" : "," + rest) + "}";
}
// A variant that is present.
inline std::string variant(const std::vector<std::string>& components, const std::string& answer = "LA9633-4") {
  return observation("v1", "69548-6",
                     R"("valueCodeableConcept":)" + concept_json({"http://loinc.org|" + answer}) + R"(,"component":[)" +
                         base::join(components, ",") + "]");
}
inline std::string bundle(const std::vector<std::string>& resources) {
  std::vector<std::string> entries;
  for (const std::string& resource : resources) entries.push_back("{\"resource\":" + resource + "}");
  return R"({"resourceType":"Bundle","type":"collection","entry":[)" + base::join(entries, ",") + "]}";
}

}  // namespace treff::casefile
