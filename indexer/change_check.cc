#include "indexer/change_check.h"

#include <set>
#include <utility>

#include "kb/model/codec.h"
#include "kb/model/references.h"
#include "kb/nomenclature/hgvs.h"

namespace treff::indexer {
namespace {

using model::RecordKey;
using model::RecordKind;

std::string place_of(const RecordKey& key) { return std::string(model::to_string(key.kind)) + "/" + key.id; }

void append(std::vector<Error>& out, std::vector<Error> more, const std::string& place) {
  for (Error& error : base::with_place(std::move(more), place)) out.push_back(std::move(error));
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

// By the letter: records name codes as the tree writes them.
bool is_code(const nomenclature::DiagnosisTree& tree, const std::string& code) {
  const auto node = tree.by_oncotree(code);
  return node && tree.facts(*node).code == code;
}

model::Existing existing_in(const match::Knowledge& knowledge) {
  model::Existing existing;
  existing.has = [&knowledge](const RecordKey& key) { return knowledge.has(key); };
  existing.has_gene_symbol = [&knowledge](const std::string& symbol) {
    return knowledge.vocabulary().genes.by_symbol(symbol) != nullptr;
  };
  existing.has_diagnosis_code = [&knowledge](const std::string& code) {
    return code == "solid" || code == "haematological" || code == "any" ||
           is_code(knowledge.vocabulary().diagnoses, code);
  };
  existing.ids = [&knowledge](RecordKind kind) {
    std::vector<std::string> ids;
    for (const model::Record* record : knowledge.all(kind)) ids.push_back(model::key_of(*record).id);
    return ids;
  };
  return existing;
}

void refuse_if_speaking(const model::Record& record, const std::set<RecordKey>& retired, std::vector<Error>& errors) {
  for (const model::Reference& reference : model::references_of(record)) {
    if (retired.count(reference.to) == 0) continue;
    errors.push_back(Error{ErrorCode::DanglingId, "this record speaks of " + place_of(reference.to) + ", to be retired",
                           place_of(model::key_of(record)) + reference.pointer, reference.to.id, std::nullopt,
                           "change or retire this record first"});
  }
}

// A trial at rest is decoded only if the retired id occurs in its bytes.
void look_through_resting(const store::Store& store, const view::View& after, const std::set<RecordKey>& changed,
                          const std::set<RecordKey>& retired, std::vector<Error>& errors) {
  if (after.knowledge->resting_trials().empty()) return;
  const Status scanned = store.scan(
      RecordKind::Trial, after.revision - 1, [&](const RecordKey& key, std::string_view json, store::Revision) {
        if (after.knowledge->resting_trials().count(key.id) == 0 || changed.count(key) != 0) return true;
        for (const RecordKey& gone : retired) {
          if (json.find("\"" + gone.id + "\"") == std::string_view::npos) continue;
          const auto record = model::decode_record(json);
          if (record) refuse_if_speaking(*record, retired, errors);
          break;
        }
        return true;
      });
  if (!scanned) errors.push_back(scanned.error());
}

}  // namespace

std::vector<Error> check_named_changes(const model::Record& record) {
  std::vector<Error> errors;
  for (const auto& [pointer, criterion] : model::criteria_of(record)) check_changes(*criterion, pointer, errors);
  return errors;
}

std::vector<Error> make_canonical(store::ChangeSet& set) {
  std::vector<Error> errors;
  for (store::Change& change : set.changes) {
    if (!change.canonical_json) continue;
    auto record = model::decode_record(*change.canonical_json);
    if (!record) {
      append(errors, std::move(record.error()), place_of(change.key));
      continue;
    }
    if (model::key_of(*record) != change.key) {
      errors.push_back(Error{ErrorCode::InvalidValue,
                             "the record carries another kind or id",
                             place_of(change.key),
                             place_of(model::key_of(*record)),
                             std::nullopt,
                             {}});
      continue;
    }
    append(errors, model::check_record(*record), place_of(change.key));
    change.canonical_json = model::encode_record(*record);
  }
  return errors;
}

std::vector<Error> check_changes_fit(const store::Store& store, const view::View& after,
                                     const std::vector<store::Change>& changes) {
  const model::Existing existing = existing_in(*after.knowledge);
  std::vector<Error> errors;
  std::set<RecordKey> changed;
  std::set<RecordKey> retired;
  for (const store::Change& change : changes) {
    changed.insert(change.key);
    if (!change.canonical_json) {
      retired.insert(change.key);
      continue;
    }
    const auto record = model::decode_record(*change.canonical_json);
    if (!record) {
      append(errors, record.error(), place_of(change.key));
      continue;
    }
    append(errors, model::check_references(*record, existing), place_of(change.key));
    append(errors, check_named_changes(*record), place_of(change.key));
  }
  if (!retired.empty()) {
    for (const match::SharedRecord& record : after.knowledge->records()) refuse_if_speaking(*record, retired, errors);
    look_through_resting(store, after, changed, retired, errors);
  }
  return errors;
}

}  // namespace treff::indexer
