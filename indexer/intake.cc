#include "indexer/intake.h"

#include <utility>

#include "indexer/change_check.h"
#include "kb/match/match_index.h"
#include "kb/model/codec.h"

namespace treff::indexer {
namespace {

using model::Record;
using model::RecordKey;
using model::RecordKind;

std::string name_of(const RecordKey& key) { return std::string(model::to_string(key.kind)) + "/" + key.id; }

std::string with_origin(Record record, const std::string& origin) {
  std::visit([&](auto& r) { r.origin = origin; }, record);
  return model::encode_record(record);
}

}  // namespace

Intake::Intake(const store::Store& store, const ImporterRow& importer, base::Date today, Progress& progress)
    : store_(store), importer_(importer), progress_(progress), today_(today), head_(store.head()) {}

// The origin is looked for in the canonical bytes: inside a JSON string a quotation mark is escaped, so that only the
// key itself can read like this, and the other `origin` of the model (of a variant) has other words.
bool Intake::is_inert(RecordKind kind, std::string_view json) const {
  if (kind != RecordKind::Trial) return false;
  for (const ImporterRow& row : importers()) {
    if (row.inert_trials && json.find("\"origin\":\"" + std::string(row.name) + "\"") != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

bool Intake::is_inert(const Record& record) const {
  if (model::kind_of(record) != RecordKind::Trial) return false;
  for (const ImporterRow& row : importers()) {
    if (row.inert_trials && model::common_of(record).origin == row.name) return true;
  }
  return false;
}

Status Intake::load() {
  progress_.begin("reading what is in force", 0);
  std::uint64_t seen = 0;
  return store_.scan(std::nullopt, head_, [&](const RecordKey& key, std::string_view json, store::Revision) {
    progress_.advance(++seen);
    if (is_inert(key.kind, json)) {
      inert_.insert(key.id);
      return true;
    }
    auto record = model::decode_record(json);
    if (record) {
      learn(*record);
      records_.insert_or_assign(key, std::move(*record));
    } else {
      add_errors(std::move(record.error()), name_of(key));
    }
    return true;
  });
}

Checked<std::shared_ptr<const match::Knowledge>> Intake::foreign() const {
  if (!errors_.empty()) return fail_all(errors_);
  std::vector<Record> records;
  for (const auto& [key, record] : records_) {
    if (model::common_of(record).origin != importer_.name) records.push_back(record);
  }
  return match::Knowledge::build(std::move(records));
}

Result<std::optional<Record>> Intake::stored(const RecordKey& key) const {
  const auto json = store_.get(key, head_);
  if (!json) return fail(json.error());
  if (!json->has_value()) return std::optional<Record>();
  auto record = model::decode_record(**json);
  if (!record) return fail(std::move(record.error().front()));
  return std::optional<Record>(std::move(*record));
}

void Intake::learn(const Record& record) {
  if (const auto* gene = std::get_if<model::Gene>(&record)) symbols_.insert(gene->symbol);
  if (const auto* diagnosis = std::get_if<model::Diagnosis>(&record)) {
    codes_.insert(diagnosis->code);
    codes_.insert(diagnosis->former_codes.begin(), diagnosis->former_codes.end());
  }
}

// What only a retired record knew is known no more.
void Intake::learn_anew() {
  symbols_.clear();
  codes_.clear();
  for (const auto& [key, record] : records_) learn(record);
}

void Intake::add_errors(std::vector<Error> errors, const std::string& place) {
  for (Error& error : base::with_place(std::move(errors), place)) this->error(std::move(error));
}

void Intake::error(Error error) {
  if (!is_full()) errors_.push_back(std::move(error));
}

void Intake::note(Issue note) {
  if (++taken_.notes.counts[note.id] <= kMaxImportNotes) taken_.notes.issues.push_back(std::move(note));
}

// True if the stored record is somebody else's, or newer: then it stays as it is, and the difference is reported.
bool Intake::must_stay(const ImportedRecord& imported, const std::string& before) {
  const auto old = model::decode_record(before);
  if (!old) return false;  // not readable: load() has reported it
  const std::string& owner = model::common_of(*old).origin;
  const std::string& origin = model::common_of(imported.record).origin;
  if (owner == origin) return importer_.keeps_newer && is_older(imported, *old);
  const RecordKey key = model::key_of(imported.record);
  if (importer_.name == "curated") {
    if (owner.empty()) return false;
    error(Error{ErrorCode::InvalidValue, "the record belongs to the importer '" + owner + "'", imported.place, key.id,
                std::nullopt, "add a record of your own that refers to it"});
    return true;
  }
  if (with_origin(imported.record, owner) == before) {
    ++taken_.same;
    return true;
  }
  ++taken_.kept;
  note({"kept_" + (owner.empty() ? std::string("curated") : owner),
        "the " + (owner.empty() ? std::string("curated") : "'" + owner + "'") +
            " record was kept; the import would change it",
        imported.place, name_of(key)});
  return true;
}

bool Intake::is_older(const ImportedRecord& imported, const Record& old) {
  const auto& before = model::common_of(old).checked_on;
  const auto& now = model::common_of(imported.record).checked_on;
  if (!before || !now || *now >= *before) return false;
  ++taken_.kept;
  note({"kept_newer", "a newer state is stored already, of " + base::to_string(*before), imported.place,
        name_of(model::key_of(imported.record))});
  return true;
}

void Intake::keep(ImportedRecord imported, std::string json, bool is_new) {
  const RecordKey key = model::key_of(imported.record);
  ++(is_new ? taken_.added : taken_.altered);
  taken_.changes.push_back({key, std::move(json)});
  if (!is_inert(imported.record)) {
    learn(imported.record);
    inert_.erase(key.kind == RecordKind::Trial ? key.id : std::string());
    records_.insert_or_assign(key, std::move(imported.record));
    return;
  }
  inert_.insert(key.id);
  records_.erase(key);
  if (!model::check_references(imported.record, existing()).empty()) deferred_.push_back(std::move(imported));
}

// The canonical bytes. A record that states no day gets today's, or the stored one's if nothing else has changed.
std::string Intake::encoded(ImportedRecord& imported, const std::optional<std::string>& before) const {
  auto& day = std::visit([](auto& r) -> std::optional<base::Date>& { return r.checked_on; }, imported.record);
  if (day || importer_.name == "curated") return model::encode_record(imported.record);
  day = today_;
  std::string json = model::encode_record(imported.record);
  if (!before || *before == json) return json;
  const auto old = model::decode_record(*before);
  if (!old || !model::common_of(*old).checked_on) return json;
  day = model::common_of(*old).checked_on;
  std::string dated = model::encode_record(imported.record);
  if (dated == *before) return dated;
  day = today_;
  return json;
}

void Intake::record(ImportedRecord imported) {
  ++taken_.read;
  const RecordKey key = model::key_of(imported.record);
  const auto [place, first] = places_.emplace(key, imported.place);
  if (!first) {
    error(Error{ErrorCode::DuplicateId, "the id '" + key.id + "' stands twice in this import", imported.place, key.id,
                std::nullopt, "the first is at " + place->second});
    return;
  }
  if (importer_.name != "curated" && model::common_of(imported.record).origin != importer_.name) {
    error(
        Error{ErrorCode::Internal, "an imported record without its origin", imported.place, key.id, std::nullopt, {}});
    return;
  }
  const auto before = store_.get(key, head_);
  if (!before) return error(before.error());
  std::string json = encoded(imported, *before);
  std::vector<Error> wrong = model::check_record(imported.record);
  for (Error& unreadable : check_named_changes(imported.record)) wrong.push_back(std::move(unreadable));
  if (!wrong.empty()) return add_errors(std::move(wrong), imported.place);
  if (before->has_value() && **before == json) {
    ++taken_.same;
    return;
  }
  if (before->has_value() && must_stay(imported, **before)) return;
  keep(std::move(imported), std::move(json), !before->has_value());
}

model::Existing Intake::existing() const {
  model::Existing existing;
  existing.has = [this](const RecordKey& key) {
    return records_.count(key) != 0 || (key.kind == RecordKind::Trial && inert_.count(key.id) != 0);
  };
  existing.has_gene_symbol = [this](const std::string& symbol) { return symbols_.count(symbol) != 0; };
  existing.has_diagnosis_code = [this](const std::string& code) {
    return code == "solid" || code == "haematological" || code == "any" || codes_.count(code) != 0;
  };
  existing.ids = [this](RecordKind kind) {
    std::vector<std::string> ids;
    for (auto it = records_.lower_bound({kind, {}}); it != records_.end() && it->first.kind == kind; ++it) {
      ids.push_back(it->first.id);
    }
    return ids;
  };
  return existing;
}

// A record of ours that the files would hold if it were still there.
bool Intake::is_missing(const Record& record) const {
  if (model::common_of(record).origin != importer_.name || places_.count(model::key_of(record)) != 0) return false;
  if (importer_.whole_release) return true;
  const auto* cohort = std::get_if<model::Cohort>(&record);
  return cohort != nullptr && places_.count({RecordKind::Trial, cohort->trial}) != 0;
}

void Intake::review() {
  const std::function<bool(const RecordKey&)> imported = [this](const RecordKey& key) {
    return places_.count(key) != 0;
  };
  importer_.review({records_, imported}, *this);
}

// A withdrawn record that somebody else's record names stays, so that nothing of theirs breaks; it is reported.
void Intake::retire_missing() {
  std::set<RecordKey> named;
  for (const auto& [key, record] : records_) {
    if (model::common_of(record).origin == importer_.name) continue;
    for (const model::Reference& reference : model::references_of(record)) named.insert(reference.to);
  }
  for (const auto& [key, record] : records_) {
    if (!is_missing(record)) continue;
    if (named.count(key) != 0) {
      note({"kept_though_withdrawn",
            "not in this release any more, but still named by records of others",
            {},
            name_of(key)});
      continue;
    }
    retired_.insert(key);
    taken_.changes.push_back({key, std::nullopt});
    ++taken_.retired;
  }
  for (const RecordKey& key : retired_) records_.erase(key);
  if (!retired_.empty()) learn_anew();
}

void Intake::check_inert_after_retirement(const model::Existing& existing) {
  const Status scanned =
      store_.scan(RecordKind::Trial, head_, [&](const RecordKey& key, std::string_view json, store::Revision) {
        if (inert_.count(key.id) == 0 || places_.count(key) != 0) return true;
        auto record = model::decode_record(json);
        add_errors(record ? model::check_references(*record, existing) : std::move(record.error()), name_of(key));
        return true;
      });
  if (!scanned) error(scanned.error());
}

void Intake::check_all() {
  const model::Existing existing = this->existing();
  progress_.begin("checking records", records_.size() + deferred_.size());
  std::uint64_t done = 0;
  for (const auto& [key, record] : records_) {
    // A record that was there before is checked too: the import may have taken away what it refers to.
    const auto place = places_.find(key);
    add_errors(model::check_references(record, existing), place == places_.end() ? name_of(key) : place->second);
    progress_.advance(++done);
  }
  for (const ImportedRecord& late : deferred_) {
    add_errors(model::check_references(late.record, existing), late.place);
    progress_.advance(++done);
  }
  if (!retired_.empty() && !inert_.empty()) check_inert_after_retirement(existing);
}

Result<std::optional<Record>> Intake::inert_trial(const RecordKey& key) const {
  for (const store::Change& change : taken_.changes) {
    if (change.key != key || !change.canonical_json) continue;
    auto record = model::decode_record(*change.canonical_json);
    if (!record) return fail(std::move(record.error().front()));
    return std::optional<Record>(std::move(*record));
  }
  return stored(key);
}

void Intake::compile() {
  // A trial of a registry takes part in matching only through a cohort or another record that names it.
  std::set<RecordKey> wanted;
  for (const auto& [key, record] : records_) {
    for (const model::Reference& reference : model::references_of(record)) {
      if (reference.to.kind == RecordKind::Trial && inert_.count(reference.to.id) != 0) wanted.insert(reference.to);
    }
  }
  for (const RecordKey& key : wanted) {
    auto trial = inert_trial(key);
    if (!trial) return error(trial.error());
    if (trial->has_value()) records_.insert_or_assign(key, std::move(**trial));
  }
  progress_.begin("compiling criteria", 0);
  std::vector<Record> records;
  records.reserve(records_.size());
  for (auto& [key, record] : records_) records.push_back(std::move(record));
  records_.clear();
  const auto knowledge = match::Knowledge::build(std::move(records));
  if (!knowledge) return add_errors(knowledge.error(), {});
  const auto index = match::MatchIndex::build(*knowledge);
  if (!index) add_errors(index.error(), {});
}

Checked<Intake::Taken> Intake::finish() {
  if (importer_.review != nullptr && errors_.empty()) review();
  if ((importer_.whole_release || importer_.whole_trials) && errors_.empty()) retire_missing();
  if (errors_.empty()) check_all();
  if (errors_.empty() && !taken_.changes.empty()) compile();
  if (!errors_.empty()) return fail_all(std::move(errors_));
  return std::move(taken_);
}

}  // namespace treff::indexer
