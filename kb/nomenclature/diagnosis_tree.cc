#include "kb/nomenclature/diagnosis_tree.h"

#include <algorithm>
#include <array>
#include <utility>

#include "kb/base/text.h"

namespace treff::nomenclature {
namespace {

constexpr std::size_t kHints = 3;
constexpr std::size_t kLongestHintedName = 60;

Error name_error(ErrorCode code, std::string message, std::string_view text, std::string hint) {
  return Error{code, std::move(message), {}, std::string(text), std::nullopt, std::move(hint)};
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

// Names compare without case, hyphens and commas, and with one spelling for British and American words.
std::string name_key(std::string_view text) {
  std::string key(text);
  for (char& c : key) {
    if (c == '-' || c == ',') c = ' ';
  }
  key = base::fold_name(key);
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kSpellings = {{{"tumour", "tumor"},
                                                                                        {"leukaemia", "leukemia"},
                                                                                        {"oesophag", "esophag"},
                                                                                        {"haemat", "hemat"},
                                                                                        {"haemang", "hemang"},
                                                                                        {"oedema", "edema"},
                                                                                        {"paediatric", "pediatric"}}};
  for (const auto& [british, american] : kSpellings) replace_all(key, british, american);
  return key;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), base::is_ascii_digit);
}

// "c341", "C34.1" and "C34.1 " -> "C34.1"; empty if the text has not the shape of an ICD-10 code.
std::string icd10_key(std::string_view text) {
  std::string code = base::to_upper_ascii(base::trim(text));
  code.erase(std::remove(code.begin(), code.end(), '.'), code.end());
  const bool shaped = code.size() >= 3 && code.size() <= 5 && base::is_ascii_letter(code[0]) &&
                      all_digits(std::string_view(code).substr(1));
  if (!shaped) return {};
  return code.size() == 3 ? code : code.substr(0, 3) + "." + code.substr(3);
}

// "8140/3", "M8140/3", "M-8140/3" -> "8140/3".
std::string morphology_key(std::string_view text) {
  std::string code = base::to_upper_ascii(text);
  if (!code.empty() && code[0] == 'M') code.erase(0, code.size() > 1 && code[1] == '-' ? 2 : 1);
  const bool shaped = code.size() == 6 && code[4] == '/' && all_digits(std::string_view(code).substr(0, 4)) &&
                      base::is_ascii_digit(code[5]);
  return shaped ? code : std::string();
}

struct IcdO {
  std::string morphology;
  std::string topography;  // three characters: sub-sites do not split the tumours of the tree
};

// Either part or both, in any order, parted by space, comma, semicolon or '+'.
std::optional<IcdO> parse_icdo(std::string_view text) {
  std::string plain(base::trim(text));
  for (char& c : plain) {
    if (c == ',' || c == ';' || c == '+' || c == '\t') c = ' ';
  }
  IcdO code;
  for (const std::string_view part : base::split(plain, ' ')) {
    if (part.empty()) continue;
    const std::string morphology = morphology_key(part);
    const std::string topography = icd10_key(part);
    if (!morphology.empty() && code.morphology.empty()) {
      code.morphology = morphology;
    } else if (!topography.empty() && topography[0] == 'C' && code.topography.empty()) {
      code.topography = topography.substr(0, 3);
    } else {
      return std::nullopt;
    }
  }
  if (code.morphology.empty() && code.topography.empty()) return std::nullopt;
  return code;
}

std::string ncit_key(std::string_view text) {
  std::string code = base::to_upper_ascii(base::trim(text));
  for (const std::string_view prefix : {"NCIT:", "NCIT_", "NCI:"}) {
    if (code.rfind(prefix, 0) == 0) code.erase(0, prefix.size());
  }
  return code.size() > 1 && code[0] == 'C' && all_digits(std::string_view(code).substr(1)) ? code : std::string();
}

// "DOID:0050523" -> "0050523"; empty if the text has not the shape. Bare digits are taken only where a DOID is asked.
std::string doid_key(std::string_view text) {
  std::string code = base::to_upper_ascii(base::trim(text));
  if (code.rfind("DOID:", 0) == 0) code.erase(0, 5);
  return all_digits(code) ? code : std::string();
}

void add_once(std::vector<DiagnosisNode>& nodes, DiagnosisNode node) {
  if (std::find(nodes.begin(), nodes.end(), node) == nodes.end()) nodes.push_back(node);
}

// Keys of `index` within two edits of `key`, nearest first.
template <class Index>
std::vector<std::string> nearest_keys(const std::string& key, const Index& index) {
  std::vector<std::pair<std::size_t, std::string>> near;
  if (key.empty() || key.size() > kLongestHintedName) return {};
  const std::size_t limit = key.size() <= 3 ? 1 : 2;
  for (const auto& entry : index) {
    const std::size_t distance = base::edit_distance(key, entry.first, limit);
    if (distance <= limit && distance < key.size()) near.emplace_back(distance, entry.first);
  }
  std::sort(near.begin(), near.end());
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < std::min(near.size(), kHints); ++i) keys.push_back(near[i].second);
  return keys;
}

std::string similar(const std::vector<std::string>& names) {
  return names.empty() ? std::string() : "similar: " + base::join(names, ", ");
}

}  // namespace

Result<DiagnosisTree> DiagnosisTree::build(std::vector<DiagnosisFacts> nodes) {
  DiagnosisTree tree;
  tree.nodes_ = std::move(nodes);
  if (Status linked = tree.link(); !linked) return fail(linked.error());
  tree.index();
  return tree;
}

Status DiagnosisTree::link() {
  for (DiagnosisNode i = 0; i < nodes_.size(); ++i) {
    if (!by_code_.emplace(base::to_upper_ascii(nodes_[i].code), i).second) {
      return fail(name_error(ErrorCode::DuplicateId, "two diagnoses have this code", nodes_[i].code, {}));
    }
  }
  for (DiagnosisNode i = 0; i < nodes_.size(); ++i) {
    for (const std::string& former : nodes_[i].former_codes) {
      const std::string key = base::to_upper_ascii(former);
      if (by_code_.count(key) != 0) continue;  // the code has found a new use
      const auto [at, first] = by_former_code_.emplace(key, i);
      if (!first && at->second != i) {
        return fail(name_error(ErrorCode::DuplicateId, "two diagnoses had this code before", former, {}));
      }
    }
  }
  parents_.resize(nodes_.size());
  for (DiagnosisNode i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].parent.empty()) continue;
    const auto parent = by_code_.find(base::to_upper_ascii(nodes_[i].parent));
    if (parent == by_code_.end()) {
      return fail(name_error(ErrorCode::DanglingId, "the parent of diagnosis " + nodes_[i].code + " is unknown",
                             nodes_[i].parent,
                             similar(nearest_keys(base::to_upper_ascii(nodes_[i].parent), by_code_))));
    }
    parents_[i] = parent->second;
  }
  for (DiagnosisNode i = 0; i < nodes_.size(); ++i) {
    std::size_t steps = 0;
    for (std::optional<DiagnosisNode> at = parents_[i]; at; at = parents_[*at]) {
      if (*at == i || ++steps > nodes_.size()) {
        return fail(name_error(ErrorCode::Cycle, "the diagnosis lies below itself", nodes_[i].code, {}));
      }
    }
  }
  return {};
}

void DiagnosisTree::index() {
  for (DiagnosisNode i = 0; i < nodes_.size(); ++i) {
    const DiagnosisFacts& facts = nodes_[i];
    add_once(by_name_[name_key(facts.name)], i);
    for (const std::string& synonym : facts.synonyms) add_once(by_name_[name_key(synonym)], i);
    for (const std::string& code : facts.icd10) add_once(by_icd10_[icd10_key(code)], i);
    for (const std::string& code : facts.ncit) add_once(by_ncit_[ncit_key(code)], i);
    for (const std::string& code : facts.doid) add_once(by_doid_[doid_key(code)], i);
    for (const std::string& code : facts.icdo3) {
      const std::optional<IcdO> parts = parse_icdo(code);
      if (!parts) continue;
      if (!parts->morphology.empty()) add_once(by_icdo3_[parts->morphology], i);
      const std::string both = parts->morphology + " " + parts->topography;
      if (parts->topography.empty()) {
        add_once(by_icdo3_[parts->morphology + " *"], i);
      } else {
        add_once(by_icdo3_[parts->morphology.empty() ? parts->topography : both], i);
      }
    }
  }
  // A text that lacks the shape of its code has the empty key; it must not answer to other texts without a shape.
  for (auto* map : {&by_name_, &by_icd10_, &by_icdo3_, &by_ncit_, &by_doid_}) map->erase("");
}

Result<DiagnosisNode> DiagnosisTree::common_ancestor(const std::vector<DiagnosisNode>& nodes,
                                                     std::string_view text) const {
  std::optional<DiagnosisNode> ancestor = nodes.front();
  const auto covers_all = [&](DiagnosisNode candidate) {
    return std::all_of(nodes.begin(), nodes.end(), [&](DiagnosisNode n) { return is_within(n, candidate); });
  };
  while (ancestor && !covers_all(*ancestor)) ancestor = parents_[*ancestor];
  if (ancestor) return *ancestor;
  return fail(ambiguous(nodes, text));
}

Error DiagnosisTree::ambiguous(const std::vector<DiagnosisNode>& nodes, std::string_view text) const {
  constexpr std::size_t kMost = 12;
  std::vector<std::string> names;
  for (const DiagnosisNode node : nodes) names.push_back(nodes_[node].name + " (" + nodes_[node].code + ")");
  std::sort(names.begin(), names.end());
  if (names.size() > kMost) {
    names.resize(kMost);
    names.emplace_back("...");
  }
  return name_error(ErrorCode::AmbiguousName, "several diagnoses fit this text", text,
                    "one of " + base::join(names, "; "));
}

Result<DiagnosisNode> DiagnosisTree::by_oncotree(std::string_view code) const {
  const std::string key = base::to_upper_ascii(base::trim(code));
  if (const auto at = by_code_.find(key); at != by_code_.end()) return at->second;
  if (const auto at = by_former_code_.find(key); at != by_former_code_.end()) return at->second;
  return fail(name_error(ErrorCode::UnknownName, "no diagnosis has this OncoTree code", code,
                         similar(nearest_keys(key, by_code_))));
}

Result<DiagnosisNode> DiagnosisTree::by_icd10(std::string_view code) const {
  const std::string key = icd10_key(code);
  // C34.1 is a place within C34: where the tree does not part the places, the category decides.
  for (const std::size_t length : {std::size_t{6}, std::size_t{5}, std::size_t{3}}) {
    const auto at = by_icd10_.find(key.substr(0, length));
    if (at != by_icd10_.end()) return common_ancestor(at->second, code);
  }
  return fail(name_error(ErrorCode::UnknownName, "no diagnosis has this ICD-10 code", code,
                         key.empty() ? "an ICD-10 code looks like C34 or C34.1" : std::string()));
}

Result<DiagnosisNode> DiagnosisTree::by_icdo3(std::string_view code) const {
  const std::optional<IcdO> parts = parse_icdo(code);
  if (!parts) {
    return fail(name_error(ErrorCode::UnknownName, "this is no ICD-O-3 code", code,
                           "morphology and topography look like 8140/3 C34.1"));
  }
  const auto find = [&](const std::string& key) { return by_icdo3_.find(key); };
  if (!parts->morphology.empty() && find(parts->morphology) == by_icdo3_.end()) {
    return fail(name_error(ErrorCode::UnknownName, "no diagnosis has this ICD-O-3 morphology", code, {}));
  }
  std::vector<std::string> keys;
  if (!parts->morphology.empty() && !parts->topography.empty()) {
    // A morphology that the tree lists without a place (glioma, leukaemia) holds wherever the tumour sits.
    keys = {parts->morphology + " " + parts->topography, parts->morphology + " *", parts->topography};
  } else {
    keys = {parts->morphology.empty() ? parts->topography : parts->morphology};
  }
  for (const std::string& key : keys) {
    if (const auto at = find(key); at != by_icdo3_.end()) return common_ancestor(at->second, code);
  }
  return fail(name_error(ErrorCode::UnknownName, "no diagnosis has this ICD-O-3 topography", code, {}));
}

Result<DiagnosisNode> DiagnosisTree::by_ncit(std::string_view code) const {
  const auto at = by_ncit_.find(ncit_key(code));
  if (at != by_ncit_.end()) return common_ancestor(at->second, code);
  return fail(name_error(ErrorCode::UnknownName, "no diagnosis has this NCIt code", code, {}));
}

Result<DiagnosisNode> DiagnosisTree::by_doid(std::string_view code) const {
  const auto at = by_doid_.find(doid_key(code));
  if (at != by_doid_.end()) return common_ancestor(at->second, code);
  return fail(name_error(ErrorCode::UnknownName, "no diagnosis has this Disease Ontology id", code, {}));
}

Result<DiagnosisNode> DiagnosisTree::by_text(std::string_view text) const {
  // A code as printed beats a name, a name beats a code in other letters: PNET and pNET are different tumours.
  const std::string_view trimmed = base::trim(text);
  const auto code = by_code_.find(base::to_upper_ascii(trimmed));
  if (code != by_code_.end() && nodes_[code->second].code == trimmed) return code->second;
  const std::string key = name_key(text);
  const auto named = by_name_.find(key);
  if (named != by_name_.end()) {
    // One of the candidates that holds all the others is the less specific reading, and so the safe one.
    for (const DiagnosisNode candidate : named->second) {
      const auto inside = [&](DiagnosisNode n) { return is_within(n, candidate); };
      if (std::all_of(named->second.begin(), named->second.end(), inside)) return candidate;
    }
    return fail(ambiguous(named->second, text));
  }
  if (code != by_code_.end()) return code->second;
  if (const auto at = by_former_code_.find(base::to_upper_ascii(trimmed)); at != by_former_code_.end())
    return at->second;
  if (base::to_upper_ascii(trimmed.substr(0, 5)) == "DOID:") return by_doid(trimmed);
  for (const auto by_code : {&DiagnosisTree::by_icd10, &DiagnosisTree::by_icdo3, &DiagnosisTree::by_ncit}) {
    Result<DiagnosisNode> node = (this->*by_code)(text);
    if (node || node.error().code == ErrorCode::AmbiguousName) return node;
  }
  return fail(
      name_error(ErrorCode::UnknownName, "no diagnosis has this name", text, similar(nearest_keys(key, by_name_))));
}

std::optional<DiagnosisNode> DiagnosisTree::parent(DiagnosisNode node) const { return parents_[node]; }

bool DiagnosisTree::is_within(DiagnosisNode node, DiagnosisNode ancestor) const {
  return distance_up(node, ancestor).has_value();
}

std::optional<int> DiagnosisTree::distance_up(DiagnosisNode node, DiagnosisNode ancestor) const {
  int edges = 0;
  for (std::optional<DiagnosisNode> at = node; at; at = parents_[*at], ++edges) {
    if (*at == ancestor) return edges;
  }
  return std::nullopt;
}

}  // namespace treff::nomenclature
