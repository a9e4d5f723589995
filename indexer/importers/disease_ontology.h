// The Disease Ontology (OBO format): ids, names, exact synonyms and NCI Thesaurus cross references of its terms.
//
// Only joins that the file states are made: a name or an exact synonym, or a shared NCIt code. What it does not state
// stays unmapped, never guessed. Obsolete terms are left out. Immutable after reading.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kb/base/result.h"

namespace treff::indexer {

class DiseaseOntology {
 public:
  // `name` stands before the line in errors. TooLarge, UnreadableText, MalformedJson never; TruncatedFile if the text
  // has no [Term].
  static Checked<DiseaseOntology> parse(const std::string& name, std::string_view text);
  static Checked<DiseaseOntology> read(const std::filesystem::path& path);

  // Ids without "DOID:", ascending, each once. Empty = unmapped.
  std::vector<std::string> by_ncit(const std::vector<std::string>& codes) const;
  // The id whose name, else whose exact synonym this is; case and hyphens do not count. Empty if none or several.
  std::string by_name(std::string_view name) const;
  std::size_t size() const { return terms_; }

 private:
  struct Term;
  void add(const Term& term);

  std::unordered_map<std::string, std::vector<std::string>> by_ncit_;
  std::unordered_map<std::string, std::vector<std::string>> by_name_;
  std::unordered_map<std::string, std::vector<std::string>> by_synonym_;
  std::size_t terms_ = 0;
};

}  // namespace treff::indexer
