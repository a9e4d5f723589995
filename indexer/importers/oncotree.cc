#include "indexer/importers/oncotree.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

#include "indexer/importers/disease_ontology.h"
#include "indexer/importers/table_file.h"
#include "kb/base/hash.h"
#include "kb/base/text.h"
#include "kb/model/references.h"

namespace treff::indexer {
namespace {

using model::Diagnosis;
using nlohmann::json;
using nomenclature::Lineage;

constexpr const char* kOrigin = "oncotree";
constexpr const char* kSource = "oncotree-release";
constexpr const char* kMappingSource = "oncotree-mappings";
constexpr const char* kDiseaseSource = "disease-ontology";
constexpr std::size_t kMaxTreeBytes = std::size_t{64} << 20;
constexpr int kDeepest = 32;
constexpr std::size_t kMostErrors = 100;

std::string id_of(std::string_view code) {
  std::string id = base::to_lower_ascii(code);
  for (char& c : id) {
    if (c == '_' || c == '/') c = '-';
  }
  return id;
}

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) {
    return base::is_ascii_letter(c) || base::is_ascii_digit(c) || c == '_' || c == '-' || c == '/';
  });
}

// Blood and histiocytes by tissue and main type: the tree itself has no such mark.
Lineage lineage_of(const std::string& tissue_code, const std::string& main_type) {
  const std::string type = base::to_lower_ascii(main_type);
  if (type.find("histiocyt") != std::string::npos) return Lineage::Histiocytic;
  if (tissue_code == "LYMPH" || tissue_code == "MYELOID" || tissue_code == "BLOOD") return Lineage::Haematological;
  return tissue_code == "OTHER" ? Lineage::Unknown : Lineage::Solid;
}

// Codes of a cell with "," between them.
std::vector<std::string> codes_in(std::string_view cell) {
  std::vector<std::string> out;
  for (const auto part : base::split(cell, ',')) {
    const auto code = base::trim(part);
    if (!code.empty()) out.emplace_back(code);
  }
  return out;
}

void add_once(std::vector<std::string>& list, const std::string& item) {
  if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(item);
}

// Blood, lymph nodes and the brain as a whole are no place that parts one tumour from another.
bool parts_tumours(std::string_view topography) {
  for (const std::string_view whole : {"C42", "C77", "C72"}) {
    if (topography.substr(0, 3) == whole) return false;
  }
  return !topography.empty();
}

class TreeReader {
 public:
  explicit TreeReader(std::string file) : file_(std::move(file)) {}

  void read(const std::string& bytes) {
    const json tree = json::parse(bytes, nullptr, false);
    if (!tree.is_object()) return wrong(ErrorCode::MalformedJson, "", "the file is not a JSON object", {});
    const auto root = tree.find("TISSUE");
    if (root == tree.end() || !root->is_object()) {
      return wrong(ErrorCode::MissingKey, "", "the tree has no 'TISSUE' at its top", {});
    }
    children(*root, "/TISSUE", {}, {}, 1);
    if (errors_.empty() && nodes_.empty()) wrong(ErrorCode::MissingKey, "/TISSUE", "the tree holds no tissue", {});
  }

  std::vector<std::pair<Diagnosis, std::string>> nodes_;
  std::vector<Error> errors_;

 private:
  void wrong(ErrorCode code, const std::string& at, const std::string& message, const std::string& piece) {
    if (errors_.size() >= kMostErrors) return;
    errors_.push_back(Error{code, message, file_ + (at.empty() ? "" : ":" + at), piece, std::nullopt, {}});
  }

  std::string text(const json& node, const char* key, const std::string& at, bool required) {
    const auto member = node.find(key);
    const bool absent = member == node.end() || member->is_null();
    if (absent && required) wrong(ErrorCode::MissingKey, at, std::string("the node has no '") + key + "'", {});
    if (absent) return {};
    if (!member->is_string()) {
      wrong(ErrorCode::WrongType, at + "/" + key, "this must be a text", {});
      return {};
    }
    return member->get<std::string>();
  }

  std::vector<std::string> texts(const json& node, const char* key, const std::string& at) {
    std::vector<std::string> out;
    const auto member = node.find(key);
    if (member == node.end() || member->is_null()) return out;
    if (!member->is_array()) {
      wrong(ErrorCode::WrongType, at + "/" + key, "this must be a list", {});
      return out;
    }
    for (const json& item : *member) {
      if (item.is_string()) {
        add_once(out, item.get<std::string>());
      } else {
        wrong(ErrorCode::WrongType, at + "/" + key, "this must be a list of texts", {});
      }
    }
    return out;
  }

  void children(const json& parent, const std::string& at, const std::string& parent_code, const std::string& tissue,
                int depth) {
    const auto list = parent.find("children");
    if (list == parent.end()) return;
    if (!list->is_object()) return wrong(ErrorCode::WrongType, at + "/children", "this must be an object", {});
    if (depth > kDeepest) return wrong(ErrorCode::TooDeep, at, "the tree is too deep", {});
    for (const auto& [key, child] : list->items()) {
      const std::string place = at + "/children/" + key;
      if (!child.is_object()) {
        wrong(ErrorCode::WrongType, place, "a node must be an object", {});
        continue;
      }
      node(child, key, place, parent_code, depth == 1 ? key : tissue, depth);
    }
  }

  void node(const json& value, const std::string& key, const std::string& at, const std::string& parent_code,
            const std::string& tissue_code, int depth) {
    Diagnosis out;
    out.code = text(value, "code", at, true);
    if (out.code != key) return wrong(ErrorCode::InvalidValue, at + "/code", "the code differs from its key", out.code);
    if (!is_code(out.code)) return wrong(ErrorCode::InvalidValue, at + "/code", "this is no OncoTree code", out.code);
    if (const auto [first, fresh] = seen_.emplace(base::to_upper_ascii(out.code), at); !fresh) {
      return wrong(ErrorCode::DuplicateId, at, "the code stands twice, first at " + first->second, out.code);
    }
    out.id = id_of(out.code);
    out.parent = parent_code.empty() ? std::string() : id_of(parent_code);
    out.names.en = text(value, "name", at, true);
    out.main_type = text(value, "mainType", at, false);
    out.tissue = text(value, "tissue", at, false);
    out.tissue_level = depth == 1;
    out.lineage = lineage_of(tissue_code, out.main_type);
    out.unknown_primary = out.code == "CUP" || (!parent_code.empty() && unknown_primary_.count(parent_code) != 0);
    if (out.unknown_primary) {
      unknown_primary_.insert(out.code);
      out.lineage = Lineage::Solid;
    }
    out.former_codes = texts(value, "history", at);
    out.precursors = texts(value, "precursors", at);
    out.revocations = texts(value, "revocations", at);
    if (const auto outside = value.find("externalReferences"); outside != value.end() && outside->is_object()) {
      out.ncit = texts(*outside, "NCI", at + "/externalReferences");
    }
    out.confidence = model::Confidence::Derived;
    out.sources = {kSource};
    out.origin = kOrigin;
    const std::string code = out.code;
    nodes_.push_back({std::move(out), file_ + ":" + at});
    children(value, at, code, tissue_code, depth + 1);
  }

  std::string file_;
  std::unordered_map<std::string, std::string> seen_;
  std::set<std::string> unknown_primary_;
};

model::Source source_record(const char* id, const char* name, const char* citation, const char* publisher,
                            const char* address, const std::string& bytes) {
  model::Source source;
  source.id = id;
  source.names.en = name;
  source.citation = citation;
  source.publisher = publisher;
  source.address = address;
  source.source_type = "nomenclature";
  source.confidence = model::Confidence::Quoted;
  source.origin = kOrigin;
  source.note = "SHA-256 of the file: " + base::sha256_hex(bytes);
  return source;
}

struct Mapping {
  std::vector<std::string> ncit;
  std::vector<std::string> icdo3;
};

std::map<std::string, Mapping> mappings_in(const TableFile& table) {
  std::map<std::string, Mapping> out;
  const std::size_t code = table.column({"ONCOTREE_CODE"});
  const std::size_t ncit = table.column({"NCIT_CODE"});
  const std::size_t topography = table.column({"ICDO_TOPOGRAPHY_CODE"});
  const std::size_t morphology = table.column({"ICDO_MORPHOLOGY_CODE"});
  for (const auto& line : table.lines) {
    Mapping& mapping = out[std::string(TableFile::cell(line, code))];
    mapping.ncit = codes_in(TableFile::cell(line, ncit));
    const auto places = codes_in(TableFile::cell(line, topography));
    for (const auto& form : codes_in(TableFile::cell(line, morphology))) {
      const bool placed = std::any_of(places.begin(), places.end(), parts_tumours);
      if (!placed) add_once(mapping.icdo3, form);
      for (const auto& place : places) {
        if (parts_tumours(place)) add_once(mapping.icdo3, form + " " + place);
      }
    }
  }
  return out;
}

// All that one import reads; the files in any order.
struct Release {
  std::vector<std::pair<Diagnosis, std::string>> nodes;
  std::map<std::string, Mapping> mappings;
  std::optional<DiseaseOntology> diseases;
  std::vector<ImportedRecord> sources;
  std::vector<Error> errors;

  void append(std::vector<Error> more) { errors.insert(errors.end(), more.begin(), more.end()); }
  void read(const std::filesystem::path& path);
  void read_bytes(const std::string& name, const std::string& bytes);
  void read_tree(const std::string& name, const std::string& bytes);
  Checked<std::vector<ImportedRecord>> finish();
};

void Release::read_tree(const std::string& name, const std::string& bytes) {
  if (!nodes.empty()) {
    return append({Error{ErrorCode::DuplicateId, "a second tree in one import", name, {}, std::nullopt, {}}});
  }
  TreeReader reader(name);
  reader.read(bytes);
  append(std::move(reader.errors_));
  nodes = std::move(reader.nodes_);
  sources.push_back({source_record(kSource, "OncoTree", "OncoTree, a release of the tumour tree",
                                   "Memorial Sloan Kettering Cancer Center", "oncotree.info", bytes),
                     name});
}

void Release::read(const std::filesystem::path& path) {
  const auto bytes = read_file(path, kMaxTreeBytes);
  if (!bytes) return append({bytes.error()});
  read_bytes(path.string(), *bytes);
}

void Release::read_bytes(const std::string& name, const std::string& bytes) {
  const auto start = base::trim(std::string_view(bytes).substr(0, 4096));
  if (!start.empty() && start.front() == '{') return read_tree(name, bytes);
  if (name.ends_with(".obo") || start.substr(0, 14) == "format-version") {
    auto parsed = DiseaseOntology::parse(name, bytes);
    if (!parsed) return append(std::move(parsed.error()));
    diseases = std::move(*parsed);
    sources.push_back({source_record(kDiseaseSource, "Disease Ontology",
                                     "Disease Ontology: ids joined through shared NCI Thesaurus codes",
                                     "Disease Ontology project", "disease-ontology.org", bytes),
                       name});
    return;
  }
  TableFile table;
  table.bytes = bytes;
  if (auto parsed = parse_table(name, table); !parsed) return append(std::move(parsed.error()));
  if (table.column({"ONCOTREE_CODE"}) == TableFile::kNone) {
    return append({Error{ErrorCode::UnsupportedFormat,
                         "neither a tree, nor mappings, nor a disease ontology",
                         name,
                         {},
                         std::nullopt,
                         "an OncoTree release is JSON, mappings have a column ONCOTREE_CODE, the ontology is OBO"}});
  }
  mappings = mappings_in(table);
  sources.push_back({source_record(kMappingSource, "OncoTree mappings", "OncoTree code to NCIt and ICD-O-3",
                                   "Memorial Sloan Kettering Cancer Center", "oncotree.info", bytes),
                     name});
}

Checked<std::vector<ImportedRecord>> Release::finish() {
  if (errors.empty() && nodes.empty()) {
    append({Error{ErrorCode::MissingKey, "no file holds a tree", "FILE", {}, std::nullopt, {}}});
  }
  if (!errors.empty()) return fail_all(std::move(errors));
  std::vector<ImportedRecord> out = std::move(sources);
  for (auto& [node, place] : nodes) {
    if (const auto mapped = mappings.find(node.code); mapped != mappings.end()) {
      for (const auto& code : mapped->second.ncit) add_once(node.ncit, code);
      node.icdo3 = mapped->second.icdo3;
      node.sources.emplace_back(kMappingSource);
    }
    if (diseases) {
      for (const auto& id : diseases->by_ncit(node.ncit)) node.doid.push_back("DOID:" + id);
      if (!node.doid.empty()) node.sources.emplace_back(kDiseaseSource);
    }
    out.push_back({std::move(node), std::move(place)});
  }
  return out;
}

// What the release says otherwise about a curated diagnosis, which is kept.
void compare(const Diagnosis& curated, const Diagnosis& release, const std::string& place, ImportSink& sink) {
  const auto differs = [&](const char* what, const std::string& ours, const std::string& theirs) {
    if (ours == theirs) return;
    sink.note({"curated_differs",
               std::string("the release gives as ") + what + " '" + theirs + "' instead of '" + ours + "'", place,
               "diagnosis/" + curated.id});
  };
  differs("parent", curated.parent, release.parent);
  differs("name", curated.names.en, release.names.en);
  differs("main type", curated.main_type, release.main_type);
  differs("tissue", curated.tissue, release.tissue);
}

}  // namespace

void stream_oncotree(const std::vector<std::filesystem::path>& paths, const ImportContext& context, ImportSink& sink,
                     Progress& progress) {
  auto read = read_oncotree(paths, progress);
  if (!read) {
    for (Error& error : read.error()) sink.error(std::move(error));
    return;
  }
  std::size_t nodes = 0;
  std::size_t mapped = 0;
  for (ImportedRecord& item : *read) {
    if (const auto* node = std::get_if<Diagnosis>(&item.record)) {
      ++nodes;
      mapped += node->doid.empty() ? 0 : 1;
      const auto stored = context.stored(model::key_of(item.record));
      if (!stored) return sink.error(stored.error());
      const auto* curated = stored->has_value() ? std::get_if<Diagnosis>(&**stored) : nullptr;
      if (curated != nullptr && curated->origin.empty()) compare(*curated, *node, item.place, sink);
    }
    sink.record(std::move(item));
  }
  if (mapped > 0 && mapped < nodes) {
    sink.note({"doid_unmapped",
               std::to_string(nodes - mapped) + " of " + std::to_string(nodes) +
                   " diagnoses share no NCIt code with the Disease Ontology and stay unmapped",
               {},
               {}});
  }
}

Checked<std::vector<ImportedRecord>> read_oncotree(const std::vector<std::filesystem::path>& paths,
                                                   Progress& progress) {
  Release release;
  progress.begin("reading files", paths.size());
  for (std::size_t i = 0; i < paths.size(); ++i) {
    release.read(paths[i]);
    progress.advance(i + 1);
  }
  return release.finish();
}

Checked<std::vector<ImportedRecord>> read_oncotree_text(const std::string& name, const std::string& bytes) {
  Release release;
  release.read_bytes(name, bytes);
  return release.finish();
}

}  // namespace treff::indexer
