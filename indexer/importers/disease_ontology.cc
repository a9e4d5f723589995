#include "indexer/importers/disease_ontology.h"

#include <algorithm>

#include "indexer/importers/registry.h"
#include "kb/base/text.h"

namespace treff::indexer {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{256} << 20;

std::string key_of(std::string_view name) {
  std::string key(name);
  std::replace(key.begin(), key.end(), '-', ' ');
  return base::fold_name(key);
}

void add_once(std::vector<std::string>& list, const std::string& id) {
  if (std::find(list.begin(), list.end(), id) == list.end()) list.push_back(id);
}

// "synonym: "ATLL" EXACT []" -> ATLL; empty for other scopes.
std::string exact_synonym(std::string_view value) {
  if (value.empty() || value.front() != '"') return {};
  std::string text;
  std::size_t at = 1;
  for (; at < value.size() && value[at] != '"'; ++at) {
    if (value[at] == '\\' && at + 1 < value.size()) ++at;
    text += value[at];
  }
  const auto behind = at < value.size() ? base::trim(value.substr(at + 1)) : std::string_view();
  return behind.substr(0, 5) == "EXACT" ? text : std::string();
}

}  // namespace

struct DiseaseOntology::Term {
  std::string id;
  std::string name;
  std::vector<std::string> synonyms;
  std::vector<std::string> ncit;
  bool obsolete = false;
};

void DiseaseOntology::add(const Term& term) {
  if (term.id.empty() || term.obsolete) return;
  ++terms_;
  add_once(by_name_[key_of(term.name)], term.id);
  for (const auto& synonym : term.synonyms) add_once(by_synonym_[key_of(synonym)], term.id);
  for (const auto& code : term.ncit) add_once(by_ncit_[code], term.id);
}

Checked<DiseaseOntology> DiseaseOntology::parse(const std::string& name, std::string_view text) {
  DiseaseOntology out;
  Term term;
  bool inside = false;
  bool any = false;
  std::size_t number = 0;
  for (std::string_view rest = text; !rest.empty();) {
    ++number;
    const std::size_t end = rest.find('\n');
    const auto line = base::trim(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    if (base::invalid_utf8_at(line)) {
      return fail_all({Error{ErrorCode::UnreadableText,
                             "the line is not UTF-8 text",
                             name + ":" + std::to_string(number),
                             {},
                             std::nullopt,
                             {}}});
    }
    if (!line.empty() && line.front() == '[') {
      if (inside) out.add(term);
      term = {};
      inside = line == "[Term]";
      any = any || inside;
      continue;
    }
    const auto colon = line.find(": ");
    if (!inside || colon == std::string_view::npos) continue;
    const auto key = line.substr(0, colon);
    const auto value = base::trim(line.substr(colon + 2));
    if (key == "id" && value.substr(0, 5) == "DOID:") term.id = value.substr(5);
    if (key == "name") term.name = value;
    if (key == "is_obsolete") term.obsolete = value == "true";
    if (key == "xref" && value.substr(0, 4) == "NCI:") term.ncit.emplace_back(value.substr(4));
    if (key != "synonym") continue;
    if (auto synonym = exact_synonym(value); !synonym.empty()) term.synonyms.push_back(std::move(synonym));
  }
  if (inside) out.add(term);
  if (!any) {
    return fail_all(
        {Error{ErrorCode::TruncatedFile, "the file holds no [Term]", name, {}, std::nullopt, "an OBO file is asked"}});
  }
  return out;
}

Checked<DiseaseOntology> DiseaseOntology::read(const std::filesystem::path& path) {
  const auto bytes = read_file(path, kMaxBytes);
  if (!bytes) return fail_all({bytes.error()});
  return parse(path.string(), *bytes);
}

std::vector<std::string> DiseaseOntology::by_ncit(const std::vector<std::string>& codes) const {
  std::vector<std::string> out;
  for (const auto& code : codes) {
    const auto at = by_ncit_.find(code);
    if (at == by_ncit_.end()) continue;
    for (const auto& id : at->second) add_once(out, id);
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::string DiseaseOntology::by_name(std::string_view name) const {
  const std::string key = key_of(name);
  if (const auto at = by_name_.find(key); at != by_name_.end() && at->second.size() == 1) return at->second.front();
  if (by_name_.count(key) != 0) return {};
  const auto at = by_synonym_.find(key);
  return at != by_synonym_.end() && at->second.size() == 1 ? at->second.front() : std::string();
}

}  // namespace treff::indexer
