#include "indexer/importers/ctml.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "indexer/importers/ctml_criterion.h"
#include "kb/base/hash.h"
#include "kb/base/text.h"

namespace treff::indexer {
namespace {

using model::EntryState;

constexpr std::string_view kOrigin = "ctml";

struct StateRow {
  std::string_view word;  // lower case
  EntryState state;
};
constexpr std::array kStates = {
    StateRow{"open to accrual", EntryState::Open},
    StateRow{"open", EntryState::Open},
    StateRow{"recruiting", EntryState::Open},
    StateRow{"closed to accrual", EntryState::Closed},
    StateRow{"closed", EntryState::Closed},
    StateRow{"completed", EntryState::Closed},
    StateRow{"terminated", EntryState::Closed},
    StateRow{"withdrawn", EntryState::Closed},
    StateRow{"suspended", EntryState::Suspended},
    StateRow{"on hold", EntryState::Suspended},
    StateRow{"temporarily closed to accrual", EntryState::Suspended},
    StateRow{"not yet open", EntryState::Planned},
    StateRow{"not yet recruiting", EntryState::Planned},
    StateRow{"in development", EntryState::Planned},
};

// Keys of the trial that say nothing about who fits; persons' names among them are dropped.
const std::vector<std::string> kTrialKeys = {"protocol_no",
                                             "nct_id",
                                             "long_title",
                                             "short_title",
                                             "phase",
                                             "status",
                                             "_summary",
                                             "treatment_list",
                                             "match",
                                             "drug_list",
                                             "last_updated",
                                             "_updated",
                                             "curated_on",
                                             "_id",
                                             "protocol_id",
                                             "protocol_ids",
                                             "protocol_type",
                                             "age",
                                             "age_group",
                                             "site_list",
                                             "sponsor_list",
                                             "staff_list",
                                             "management_group_list",
                                             "oncology_group_list",
                                             "program_area_list",
                                             "disease_center_list",
                                             "prior_treatment_requirements",
                                             "principal_investigator",
                                             "pi_institution",
                                             "protocol_target_accrual",
                                             "cancer_center_accrual_goal_upto",
                                             "data_table4",
                                             "summary",
                                             "trial_id",
                                             "nickname",
                                             "ctml_status",
                                             "_elasticsearch",
                                             "_genomic",
                                             "_clinical",
                                             "_version"};
const std::vector<std::string> kStepKeys = {"step_internal_id", "step_code", "step_type",
                                            "step_description", "match",     "arm"};
const std::vector<std::string> kArmKeys = {"arm_internal_id", "arm_code", "arm_description",
                                           "arm_suspended",   "arm_info", "arm_eligibility",
                                           "arm_type",        "match",    "dose_level"};
const std::vector<std::string> kLevelKeys = {"level_internal_id", "level_code", "level_description", "level_suspended",
                                             "match"};

std::string text_of(const CtmlNode* node) { return node != nullptr && node->is_scalar() ? node->text : std::string(); }

// One document.
class TrialReader {
 public:
  TrialReader(const CtmlNode& root, const ImportContext& import, const std::string& hash, std::vector<Error>& errors)
      : root_(root), import_(import), hash_(hash), context_{import.knowledge.vocabulary(), errors} {}

  std::vector<ImportedRecord> read() {
    if (!root_.is_map()) {
      context_.fail(ErrorCode::WrongType, root_.line, "a trial document is a map of keys");
      return {};
    }
    const std::size_t errors = context_.errors.size();
    check_keys(root_, kTrialKeys);
    const std::string number = text_of(root_.find("protocol_no"));
    trial_.id = "ctml-" + base::to_slug(number);
    if (number.empty() || !base::is_slug(trial_.id)) {
      context_.fail(ErrorCode::MissingKey, root_.line, "'protocol_no' names the trial", "protocol_no", "state it");
      return {};
    }
    read_dates();
    read_trial(number);
    if (const CtmlNode* match = root_.find("match")) add_cohort({"trial", "", number, "", root_.line}, *match, false);
    if (const CtmlNode* list = root_.find("treatment_list")) read_steps(*list);
    if (cohorts_.empty() && context_.errors.size() == errors) {
      context_.fail(ErrorCode::MissingKey, root_.line, "the trial has no match on any level", "match",
                    "a step, an arm or a dose level needs one");
    }
    return take();
  }

 private:
  struct Level {
    std::string kind;  // "step", "arm", "level", "trial"
    std::string internal_id;
    std::string code;
    std::string description;
    std::size_t line = 0;
  };

  void check_keys(const CtmlNode& map, const std::vector<std::string>& known) const {
    for (std::size_t i = 0; i < map.keys.size(); ++i) {
      if (std::find(known.begin(), known.end(), map.keys[i]) == known.end()) refuse_ctml_key(map, i, known, context_);
    }
  }

  // The day the document was read: the same bytes keep the day they were first read on.
  void read_dates() {
    checked_on_ = import_.today;
    source_note_ = "SHA-256 of the file: " + hash_;
    const auto stored = import_.stored({model::RecordKind::Source, trial_.id});
    if (!stored) {
      context_.errors.push_back(stored.error());
      return;
    }
    const auto* known = stored->has_value() ? std::get_if<model::Source>(&**stored) : nullptr;
    if (known != nullptr && known->note == source_note_ && known->checked_on) checked_on_ = *known->checked_on;
  }

  template <class R>
  void set_common(R& record, std::string id, std::string name) const {
    record.id = std::move(id);
    record.names.en = std::move(name);
    record.sources = {trial_.id};
    record.checked_on = checked_on_;
    record.confidence = model::Confidence::Quoted;
    record.origin = kOrigin;
  }

  void read_trial(const std::string& number) {
    std::string name = text_of(root_.find("short_title"));
    if (name.empty()) name = text_of(root_.find("long_title"));
    set_common(source_, trial_.id, "CTML document of " + number);
    source_.citation = "CTML document of trial " + number;
    source_.source_type = "ctml";
    source_.retrieved_on = checked_on_;
    source_.note = source_note_;
    source_.date = text_of(root_.find("last_updated"));
    set_common(trial_, trial_.id, name.empty() ? "Trial " + number : name);
    trial_.registry_ids.push_back({"protocol_no", number});
    if (const std::string nct = text_of(root_.find("nct_id")); !nct.empty())
      trial_.registry_ids.push_back({"nct", nct});
    trial_.phase = text_of(root_.find("phase"));
    trial_.design_text = drugs_in_words();
    read_status();
  }

  std::string drugs_in_words() const {
    const CtmlNode* list = root_.find("drug_list");
    const CtmlNode* drugs = list != nullptr && list->is_map() ? list->find("drug") : nullptr;
    std::vector<std::string> names;
    if (drugs != nullptr && drugs->is_list()) {
      for (const CtmlNode& drug : drugs->parts) {
        const std::string name = drug.is_map() ? text_of(drug.find("drug_name")) : text_of(&drug);
        if (!name.empty()) names.push_back(name);
      }
    }
    return names.empty() ? std::string() : "Drugs of the trial, not parted by cohort: " + base::join(names, ", ");
  }

  // Only `_summary.status` counts, as in the engine whose format it is; without it the status is not stated.
  void read_status() {
    const CtmlNode* summary = root_.find("_summary");
    const CtmlNode* list = summary != nullptr && summary->is_map() ? summary->find("status") : nullptr;
    if (list == nullptr) {
      trial_.note = "The document's _summary states no status.";
      return;
    }
    const bool shaped = list->is_list() && !list->parts.empty() && list->parts.front().is_map();
    const CtmlNode* word = shaped ? list->parts.front().find("value") : nullptr;
    if (word == nullptr) {
      return context_.fail(ErrorCode::WrongType, list->line, "_summary.status is a list whose first entry has a value");
    }
    const auto value = read_ctml_value("value", *word, context_);
    if (!value) return;
    std::vector<std::string> known;
    for (const StateRow& row : kStates) {
      known.emplace_back(row.word);
      if (row.word == base::fold_name(value->text)) trial_state_ = row.state;
    }
    if (!trial_state_) return refuse_ctml_value("_summary.status", *value, known, context_);
    trial_.status.push_back(state(*trial_state_, value->text));
  }

  static model::StatusChange state(EntryState state, std::string reason) {
    model::StatusChange out;
    out.state = state;
    out.reason = std::move(reason);
    return out;
  }

  // "Y" and kin; absent = no.
  bool is_suspended(const CtmlNode& level, std::string_view key) const {
    const CtmlNode* node = level.find(key);
    if (node == nullptr || node->kind == CtmlNode::Kind::Null) return false;
    const auto value = read_ctml_value(key, *node, context_);
    if (!value) return false;
    const std::string word = base::to_lower_ascii(value->text);
    const bool yes = word == "y" || word == "yes" || word == "true";
    const bool no = word == "n" || word == "no" || word == "false";
    if (!yes && !no) refuse_ctml_value(key, *value, {"Y", "N"}, context_);
    return yes;
  }

  // The maps of a list under `key`; a missing or empty list is none.
  std::vector<const CtmlNode*> maps_of(const CtmlNode& parent, std::string_view key,
                                       const std::vector<std::string>& known) const {
    std::vector<const CtmlNode*> out;
    const CtmlNode* list = parent.find(key);
    if (list == nullptr || list->kind == CtmlNode::Kind::Null) return out;
    if (!list->is_list()) {
      context_.fail(ErrorCode::WrongType, list->line, "'" + std::string(key) + "' is a list", std::string(key));
      return out;
    }
    for (const CtmlNode& part : list->parts) {
      if (!part.is_map()) {
        context_.fail(ErrorCode::WrongType, part.line, "an entry of '" + std::string(key) + "' is a map of keys");
        continue;
      }
      check_keys(part, known);
      out.push_back(&part);
    }
    return out;
  }

  void read_steps(const CtmlNode& list) {
    if (!list.is_map()) {
      return context_.fail(ErrorCode::WrongType, list.line, "treatment_list holds the key 'step'", "treatment_list");
    }
    check_keys(list, {"step"});
    for (const CtmlNode* step : maps_of(list, "step", kStepKeys)) {
      const auto arms = maps_of(*step, "arm", kArmKeys);
      bool some_arm_open = false;
      for (const CtmlNode* arm : arms) {
        const bool suspended = is_suspended(*arm, "arm_suspended");
        some_arm_open = some_arm_open || !suspended;
        read_arm(*arm, suspended);
      }
      // A step is entered through its arms.
      if (const CtmlNode* match = step->find("match")) {
        add_cohort(level("step", *step, "step_type"), *match, !some_arm_open);
      }
    }
  }

  void read_arm(const CtmlNode& arm, bool suspended) {
    if (const CtmlNode* match = arm.find("match")) add_cohort(level("arm", arm, "arm_description"), *match, suspended);
    for (const CtmlNode* dose : maps_of(arm, "dose_level", kLevelKeys)) {
      const bool closed = is_suspended(*dose, "level_suspended") || suspended;
      if (const CtmlNode* match = dose->find("match")) {
        add_cohort(level("level", *dose, "level_description"), *match, closed);
      }
    }
  }

  static Level level(std::string kind, const CtmlNode& node, std::string_view description) {
    Level out;
    out.internal_id = text_of(node.find(kind + "_internal_id"));
    out.code = text_of(node.find(kind + "_code"));
    out.description = text_of(node.find(description));
    out.line = node.line;
    out.kind = std::move(kind);
    return out;
  }

  void add_cohort(const Level& level, const CtmlNode& match, bool suspended) {
    const bool none = match.kind == CtmlNode::Kind::Null || (match.is_list() && match.parts.empty());
    if (none) return;
    const auto rule = read_ctml_match(match, context_);
    const std::string own = base::to_slug(level.internal_id.empty() ? level.code : level.internal_id);
    std::string id = trial_.id + "-" + level.kind + (own.empty() ? "" : "-" + own);
    const bool needs_own = own.empty() && level.kind != "trial";
    if (needs_own || !base::is_slug(id)) {
      return context_.fail(ErrorCode::MissingKey, level.line, "the " + level.kind + " has no id of its own",
                           level.kind + "_internal_id", "state it, or a code");
    }
    if (!ids_.insert(id).second) {
      return context_.fail(ErrorCode::DuplicateId, level.line, "two levels have the id '" + id + "'", id,
                           "give each its own internal id");
    }
    if (!rule) return;
    model::Cohort cohort;
    set_common(cohort, std::move(id),
               trial_.names.en + ", " + level.kind + " " + level.code +
                   (level.description.empty() ? "" : ": " + level.description));
    cohort.trial = trial_.id;
    cohort.criteria = model::CriteriaPart{{}, *rule};
    if (suspended) {
      cohort.status.push_back(
          state(EntryState::Suspended, level.kind == "step" ? "no arm of the step is open" : "suspended"));
    } else if (trial_state_ == EntryState::Open) {
      cohort.status.push_back(state(EntryState::Open, {}));
    }
    cohorts_.push_back({std::move(cohort), ctml_place(level.line)});
  }

  std::vector<ImportedRecord> take() {
    std::vector<ImportedRecord> out = {{std::move(source_), ctml_place(root_.line)},
                                       {std::move(trial_), ctml_place(root_.line)}};
    for (ImportedRecord& cohort : cohorts_) out.push_back(std::move(cohort));
    return out;
  }

  const CtmlNode& root_;
  const ImportContext& import_;
  const std::string& hash_;
  CtmlContext context_;
  base::Date checked_on_;
  std::string source_note_;
  std::optional<EntryState> trial_state_;
  model::Source source_;
  model::Trial trial_;
  std::vector<ImportedRecord> cohorts_;
  std::set<std::string> ids_;
};

}  // namespace

Checked<std::vector<ImportedRecord>> read_ctml_text(std::string_view bytes, const ImportContext& context) {
  const auto documents = read_ctml_documents(bytes);
  if (!documents) return fail_all({documents.error()});
  const std::string hash = base::sha256_hex(bytes);
  std::vector<ImportedRecord> out;
  std::vector<Error> errors;
  for (const CtmlNode& root : *documents) {
    for (ImportedRecord& record : TrialReader(root, context, hash, errors).read()) out.push_back(std::move(record));
  }
  if (!errors.empty()) return fail_all(std::move(errors));
  return out;
}

void stream_ctml(const std::vector<std::filesystem::path>& paths, const ImportContext& context, ImportSink& sink,
                 Progress& progress) {
  progress.begin("reading files", paths.size());
  for (std::size_t i = 0; i < paths.size() && !sink.is_full(); ++i) {
    const Result<std::string> bytes = read_file(paths[i], kMaxCtmlBytes);
    if (!bytes) {
      sink.error(bytes.error());
      continue;
    }
    auto records = read_ctml_text(*bytes, context);
    if (records) {
      for (ImportedRecord& record : *records) {
        sink.record({std::move(record.record), paths[i].string() + ":" + record.place});
      }
    } else {
      for (Error& error : base::with_place(std::move(records.error()), paths[i].string())) sink.error(std::move(error));
    }
    progress.advance(i + 1);
  }
}

}  // namespace treff::indexer
