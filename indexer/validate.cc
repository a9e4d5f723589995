#include "indexer/validate.h"

#include <set>
#include <unordered_set>
#include <utility>

#include "kb/match/match_index.h"
#include "kb/model/codec.h"
#include "kb/model/references.h"
#include "kb/nomenclature/hgvs.h"

namespace treff::indexer {
namespace {

using model::Record;
using model::RecordKey;
using model::RecordKind;

// Every record after the import, by key, with the place of the imported ones.
struct After {
  std::map<RecordKey, Record> records;
  std::map<RecordKey, std::string> places;
  std::unordered_set<std::string> symbols;
  std::unordered_set<std::string> codes;
};

void append(std::vector<Error>& out, std::vector<Error> more, const std::string& place) {
  for (Error& error : base::with_place(std::move(more), place)) out.push_back(std::move(error));
}

Status load_existing(const store::Store& store, After& after, std::vector<Error>& errors) {
  return store.scan(std::nullopt, store.head(), [&](const RecordKey& key, std::string_view json, store::Revision) {
    auto record = model::decode_record(json);
    if (record) {
      after.records.insert_or_assign(key, std::move(*record));
    } else {
      append(errors, std::move(record.error()), std::string(model::to_string(key.kind)) + "/" + key.id);
    }
    return true;
  });
}

void add_imported(const std::vector<ImportedRecord>& imported, After& after, std::vector<Error>& errors) {
  for (const ImportedRecord& item : imported) {
    const RecordKey key = model::key_of(item.record);
    const auto [place, first] = after.places.emplace(key, item.place);
    if (!first) {
      errors.push_back(Error{ErrorCode::DuplicateId, "the id '" + key.id + "' stands twice in this import", item.place,
                             key.id, std::nullopt, "the first is at " + place->second});
      continue;
    }
    append(errors, model::check_record(item.record), item.place);
    after.records.insert_or_assign(key, item.record);
  }
  for (const auto& [key, record] : after.records) {
    if (const auto* gene = std::get_if<model::Gene>(&record)) after.symbols.insert(gene->symbol);
    if (const auto* diagnosis = std::get_if<model::Diagnosis>(&record)) after.codes.insert(diagnosis->code);
  }
}

model::Existing existing_of(const After& after) {
  model::Existing existing;
  existing.has = [&after](const RecordKey& key) { return after.records.count(key) != 0; };
  existing.has_gene_symbol = [&after](const std::string& symbol) { return after.symbols.count(symbol) != 0; };
  existing.has_diagnosis_code = [&after](const std::string& code) {
    return code == "solid" || code == "haematological" || code == "any" || after.codes.count(code) != 0;
  };
  existing.ids = [&after](RecordKind kind) {
    std::vector<std::string> ids;
    for (auto it = after.records.lower_bound({kind, {}}); it != after.records.end() && it->first.kind == kind; ++it) {
      ids.push_back(it->first.id);
    }
    return ids;
  };
  return existing;
}

// Every change named inside a criterion must be readable, or the class could never be met: a silently dead criterion.
void check_named_change(const nomenclature::VariantClass& cls, const std::string& at, std::vector<Error>& errors) {
  Result<void> readable;
  switch (cls.kind) {
    case nomenclature::ClassKind::Protein:
      if (const auto name = nomenclature::parse_protein(cls.change, nomenclature::XMeans::AnyResidue); !name) {
        readable = fail(name.error());
      }
      break;
    case nomenclature::ClassKind::Coding:
      if (const auto name = nomenclature::parse_coding(cls.change); !name) readable = fail(name.error());
      break;
    case nomenclature::ClassKind::Genomic:
      if (const auto name = nomenclature::parse_genomic(cls.change); !name) readable = fail(name.error());
      break;
    case nomenclature::ClassKind::Codon:
    case nomenclature::ClassKind::Range:
    case nomenclature::ClassKind::Exon:
    case nomenclature::ClassKind::AnyMutation:
    case nomenclature::ClassKind::Functional:
    case nomenclature::ClassKind::CopyNumber:
    case nomenclature::ClassKind::Fusion:
    case nomenclature::ClassKind::Splice:
    case nomenclature::ClassKind::NamedStructural:
    case nomenclature::ClassKind::Biallelic:
    case nomenclature::ClassKind::WildType:
    case nomenclature::ClassKind::Expression: break;
  }
  if (!readable) {
    Error error = readable.error();
    error.where = at + "/change";
    errors.push_back(std::move(error));
  }
  for (std::size_t i = 0; i < cls.excludes.size(); ++i) {
    check_named_change(cls.excludes[i], at + "/excludes/" + std::to_string(i), errors);
  }
}

void check_changes(const model::Criterion& criterion, const std::string& at, std::vector<Error>& errors) {
  for (const model::Criterion& part : criterion.parts) check_changes(part, at, errors);
  if (const auto* cls = std::get_if<nomenclature::VariantClass>(&criterion.leaf)) check_named_change(*cls, at, errors);
}

}  // namespace

Checked<std::vector<Record>> validate(const store::Store& store, const std::vector<ImportedRecord>& imported,
                                      Progress& progress) {
  After after;
  std::vector<Error> errors;
  if (const Status loaded = load_existing(store, after, errors); !loaded) errors.push_back(loaded.error());
  if (!errors.empty()) return fail_all(std::move(errors));
  add_imported(imported, after, errors);

  const model::Existing existing = existing_of(after);
  progress.begin("checking records", after.records.size());
  std::size_t done = 0;
  for (const auto& [key, record] : after.records) {
    // A record that was there before is checked too: the import may have taken away what it refers to.
    const auto place = after.places.find(key);
    const std::string where =
        place == after.places.end() ? std::string(model::to_string(key.kind)) + "/" + key.id : place->second;
    append(errors, model::check_references(record, existing), where);
    if (place != after.places.end()) {
      std::vector<Error> unreadable;
      for (const auto& [pointer, criterion] : model::criteria_of(record))
        check_changes(*criterion, pointer, unreadable);
      append(errors, std::move(unreadable), where);
    }
    progress.advance(++done);
  }
  if (!errors.empty()) return fail_all(std::move(errors));

  std::vector<Record> records;
  records.reserve(after.records.size());
  for (auto& [key, record] : after.records) records.push_back(record);
  progress.begin("compiling criteria", 0);
  const auto knowledge = match::Knowledge::build(records);
  if (!knowledge) return fail_all(knowledge.error());
  const auto index = match::MatchIndex::build(*knowledge);
  if (!index) return fail_all(index.error());
  return records;
}

}  // namespace treff::indexer
