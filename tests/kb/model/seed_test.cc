// The built-in knowledge base: every file is readable, every reference leads somewhere, and invented content stays
// apart from sourced content.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "kb/base/enum_names.h"
#include "kb/base/error.h"
#include "kb/model/codec.h"
#include "kb/model/references.h"
#include "kb/nomenclature/hgvs.h"

namespace treff::model {
namespace {

namespace fs = std::filesystem;

struct SeedRecord {
  Record record;
  std::string folder;
  std::string place;  // "norway/drugs.ndjson line 3"
};

constexpr std::array kFolders = {"reference", "norway", "example"};

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<fs::path> seed_files(const std::string& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(TREFF_SOURCE_DIR) / "kb/seed" / folder)) {
    if (entry.path().extension() == ".ndjson") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void load_file(const std::string& folder, const fs::path& file, std::vector<SeedRecord>& out) {
  const std::string name = folder + "/" + file.filename().string();
  Checked<std::vector<RecordAt>> decoded = decode_records(read_file(file));
  if (!decoded) {
    for (const Error& error : decoded.error()) UNSCOPED_INFO(name << " " << base::to_text(error));
    FAIL("unreadable seed file " << name);
  }
  for (RecordAt& at : *decoded) out.push_back({std::move(at.record), folder, name + " " + at.place});
}

// Read once: the reference folder alone holds more than two thousand records.
const std::vector<SeedRecord>& seed() {
  static const std::vector<SeedRecord> all = [] {
    std::vector<SeedRecord> records;
    for (const char* folder : kFolders) {
      for (const fs::path& file : seed_files(folder)) load_file(folder, file, records);
    }
    return records;
  }();
  return all;
}

std::vector<const SeedRecord*> seed_of(std::string_view folder) {
  std::vector<const SeedRecord*> some;
  for (const SeedRecord& entry : seed()) {
    if (entry.folder == folder) some.push_back(&entry);
  }
  return some;
}

// Leaves no room for Catch's slow per-record assertions: collects, then asserts once.
void require_none(const std::vector<std::string>& broken) {
  for (const std::string& line : broken) UNSCOPED_INFO(line);
  REQUIRE(broken.empty());
}

bool starts_with_example(std::string_view text) { return text.rfind("EXAMPLE", 0) == 0; }

// ---- what the example seed shows ---------------------------------------------------------------------------------

struct Shown {
  std::set<CriterionKind> criteria;
  std::set<nomenclature::ClassKind> classes;
  std::set<EntryState> states;
  std::set<StageNumber> stages;
  std::set<AccessRoute> routes;
  std::set<PublicFunding> funding;
  std::set<EvidenceDirection> directions;
};

void note_criterion(const Criterion& criterion, Shown& shown) {
  shown.criteria.insert(criterion.kind);
  if (const auto* cls = std::get_if<nomenclature::VariantClass>(&criterion.leaf)) shown.classes.insert(cls->kind);
  for (const Criterion& part : criterion.parts) note_criterion(part, shown);
}

void note_status(const std::vector<StatusChange>& status, Shown& shown) {
  for (const StatusChange& change : status) shown.states.insert(change.state);
}

void note_funding(const std::optional<Funding>& funding, Shown& shown) {
  if (funding) shown.funding.insert(funding->public_funding);
}

Shown shown_by_examples() {
  Shown shown;
  for (const SeedRecord* entry : seed_of("example")) {
    for (const auto& [pointer, criterion] : criteria_of(entry->record)) note_criterion(*criterion, shown);
    if (const auto* trial = std::get_if<Trial>(&entry->record)) note_status(trial->status, shown);
    if (const auto* cohort = std::get_if<Cohort>(&entry->record)) {
      note_status(cohort->status, shown);
      note_funding(cohort->funding, shown);
      shown.stages.insert(cohort->stage);
    }
    if (const auto* programme = std::get_if<AccessProgramme>(&entry->record)) {
      note_status(programme->status, shown);
      note_funding(programme->funding, shown);
      shown.routes.insert(programme->route);
    }
    if (const auto* evidence = std::get_if<Evidence>(&entry->record)) shown.directions.insert(evidence->direction);
  }
  return shown;
}

template <class E>
void require_all_of(const std::set<E>& shown) {
  for (const auto& row : base::EnumNames<E>::rows) {
    CAPTURE(row.name);
    CHECK(shown.count(row.value) == 1);
  }
}

// ---- exact changes -----------------------------------------------------------------------------------------------

template <class Visit>
void visit_class(const nomenclature::VariantClass& cls, const Visit& visit) {
  visit(cls);
  for (const nomenclature::VariantClass& excluded : cls.excludes) visit_class(excluded, visit);
}

template <class Visit>
void for_each_class(const Criterion& criterion, const Visit& visit) {
  if (const auto* cls = std::get_if<nomenclature::VariantClass>(&criterion.leaf)) visit_class(*cls, visit);
  for (const Criterion& part : criterion.parts) for_each_class(part, visit);
}

// A change that cannot be read would make a criterion that nothing ever meets.
bool can_be_read(const nomenclature::VariantClass& cls) {
  if (cls.kind == nomenclature::ClassKind::Coding) return nomenclature::parse_coding(cls.change).has_value();
  if (cls.kind == nomenclature::ClassKind::Genomic) return nomenclature::parse_genomic(cls.change).has_value();
  return nomenclature::parse_protein(cls.change, nomenclature::XMeans::AnyResidue).has_value();
}

// ---- persons -----------------------------------------------------------------------------------------------------

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// As telephone numbers are written: eight digits in one run, or eight and more in groups parted by single spaces.
// Numbers that are part of an identifier (NCT04817956, 10.2340/1651-226X) have a letter or a mark before them, a grant
// number has nine digits in one run.
bool has_phone_number(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    if (!is_digit(text[i])) {
      ++i;
      continue;
    }
    const char before = i == 0 ? ' ' : text[i - 1];
    const bool free_standing = before == ' ' || before == '"' || before == '(' || before == '+' || before == ':';
    std::size_t digits = 0;
    std::size_t spaces = 0;
    while (i < text.size() && (is_digit(text[i]) || (text[i] == ' ' && i + 1 < text.size() && is_digit(text[i + 1])))) {
      ++(is_digit(text[i]) ? digits : spaces);
      ++i;
    }
    const bool written_so = digits == 8 || (digits > 8 && (spaces > 0 || before == '+'));
    if (free_standing && written_so) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("every seed file decodes and every kind of record occurs") {
  std::map<RecordKind, int> counts;
  for (const SeedRecord& entry : seed()) ++counts[kind_of(entry.record)];
  for (const RecordKindRow& row : kRecordKinds) {
    CAPTURE(row.name);
    CHECK(counts[row.kind] > 0);
  }
}

TEST_CASE("no seed record is named twice") {
  std::map<RecordKey, std::string> seen;
  std::vector<std::string> broken;
  for (const SeedRecord& entry : seed()) {
    const auto [at, fresh] = seen.emplace(key_of(entry.record), entry.place);
    if (!fresh) broken.push_back(entry.place + " and " + at->second + ": " + at->first.id);
  }
  require_none(broken);
}

TEST_CASE("every seed record obeys the rules of its kind") {
  std::vector<std::string> broken;
  for (const SeedRecord& entry : seed()) {
    for (const Error& error : base::with_place(check_record(entry.record), entry.place)) {
      broken.push_back(base::to_text(error));
    }
  }
  require_none(broken);
}

TEST_CASE("every reference of the seed leads to a record of the seed") {
  std::set<RecordKey> keys;
  std::set<std::string> symbols;
  std::set<std::string> codes = {"solid", "haematological", "any"};
  for (const SeedRecord& entry : seed()) {
    keys.insert(key_of(entry.record));
    if (const auto* gene = std::get_if<Gene>(&entry.record)) symbols.insert(gene->symbol);
    if (const auto* diagnosis = std::get_if<Diagnosis>(&entry.record)) codes.insert(diagnosis->code);
  }
  Existing existing;
  existing.has = [&](const RecordKey& key) { return keys.count(key) == 1; };
  existing.has_gene_symbol = [&](const std::string& symbol) { return symbols.count(symbol) == 1; };
  existing.has_diagnosis_code = [&](const std::string& code) { return codes.count(code) == 1; };
  existing.ids = [&](RecordKind kind) {
    std::vector<std::string> ids;
    for (const RecordKey& key : keys) {
      if (key.kind == kind) ids.push_back(key.id);
    }
    return ids;
  };
  std::vector<std::string> broken;
  for (const SeedRecord& entry : seed()) {
    for (const Error& error : base::with_place(check_references(entry.record, existing), entry.place)) {
      broken.push_back(base::to_text(error));
    }
  }
  require_none(broken);
}

TEST_CASE("every exact change of a seed criterion can be read") {
  std::vector<std::string> broken;
  int read = 0;
  for (const SeedRecord& entry : seed()) {
    for (const auto& [pointer, criterion] : criteria_of(entry.record)) {
      for_each_class(*criterion, [&](const nomenclature::VariantClass& cls) {
        if (cls.change.empty()) return;
        ++read;
        if (!can_be_read(cls)) broken.push_back(entry.place + pointer + ": " + cls.change);
      });
    }
  }
  CHECK(read > 20);
  require_none(broken);
}

TEST_CASE("examples are marked and hang under examples only") {
  std::vector<std::string> broken;
  for (const SeedRecord* entry : seed_of("example")) {
    const Common& common = common_of(entry->record);
    const bool named = starts_with_example(common.names.en) && starts_with_example(common.names.nb);
    if (!named || common.confidence != Confidence::Example) broken.push_back(entry->place + ": not marked");
    if (common.id.rfind("example-", 0) != 0) broken.push_back(entry->place + ": id " + common.id);
    for (const Reference& reference : references_of(entry->record)) {
      // Genes, tumours and panels are nature and method; all else an example names must be an example.
      const RecordKind kind = reference.to.kind;
      const bool shared = kind == RecordKind::Gene || kind == RecordKind::Diagnosis || kind == RecordKind::Panel;
      if (!shared && reference.to.id.rfind("example-", 0) != 0) {
        broken.push_back(entry->place + reference.pointer + ": " + reference.to.id);
      }
    }
  }
  require_none(broken);
}

TEST_CASE("the examples show every value a reader may meet") {
  const Shown shown = shown_by_examples();
  for (const CriterionKindRow& row : kCriterionKinds) {
    CAPTURE(row.key);
    CHECK(shown.criteria.count(row.kind) == 1);
  }
  require_all_of(shown.classes);
  require_all_of(shown.states);
  require_all_of(shown.stages);
  require_all_of(shown.routes);
  require_all_of(shown.funding);
  require_all_of(shown.directions);
}

TEST_CASE("sourced content holds no example and no person") {
  std::vector<std::string> broken;
  for (const SeedRecord* entry : seed_of("norway")) {
    const std::string json = encode_record(entry->record);
    if (common_of(entry->record).confidence == Confidence::Example) broken.push_back(entry->place + ": example");
    if (json.find("EXAMPLE") != std::string::npos) broken.push_back(entry->place + ": the example mark");
    if (json.find("\"example") != std::string::npos) broken.push_back(entry->place + ": names an example");
    if (json.find('@') != std::string::npos) broken.push_back(entry->place + ": an e-mail sign");
    if (has_phone_number(json)) broken.push_back(entry->place + ": a telephone number");
  }
  require_none(broken);
}

TEST_CASE("telephone numbers are told from identifiers") {
  struct Row {
    const char* name;
    const char* text;
    bool want;
  };
  const Row rows[] = {{"grouped", "call 22 11 33 44", true},          {"one run", "tel. 22113344", true},
                      {"with country", "+47 221 13 344", true},       {"registry id", "\"NCT04817956\"", false},
                      {"doi", "10.2340/1651-226X.2024.28322", false}, {"date", "2026-11-22", false},
                      {"grant", "EU grant 101104269", false},         {"two years", "2019 and 2020", false}};
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(has_phone_number(row.text) == row.want);
  }
}

}  // namespace treff::model
