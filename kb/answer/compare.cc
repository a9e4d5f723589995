#include "kb/answer/compare.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include "kb/model/references.h"

namespace treff::answer {
namespace {

using model::RecordKey;
using model::RecordKind;
using Keys = std::set<RecordKey>;

// What an option is followed through; sources, sites and organisations change no bucket, reason or rank.
bool is_followed(RecordKind kind) {
  return kind == RecordKind::Trial || kind == RecordKind::Cohort || kind == RecordKind::AccessProgramme ||
         kind == RecordKind::Target || kind == RecordKind::Drug || kind == RecordKind::Evidence;
}

bool is_vocabulary(RecordKind kind) {
  return kind == RecordKind::Gene || kind == RecordKind::GeneFamily || kind == RecordKind::Diagnosis ||
         kind == RecordKind::Panel || kind == RecordKind::Target || kind == RecordKind::Evidence ||
         kind == RecordKind::Drug;
}

void follow(const match::Knowledge& knowledge, const RecordKey& key, Keys& out);

void follow_targets(const match::Knowledge& knowledge, const model::Criterion& criterion, Keys& out) {
  for (const model::Reference& target : model::names_in(criterion, {}).targets) follow(knowledge, target.to, out);
}

// Adds the record and whatever it names, as far as that is followed. Of a trial only what holds for all its cohorts.
void follow(const match::Knowledge& knowledge, const RecordKey& key, Keys& out) {
  if (!out.insert(key).second) return;
  const model::Record* record = knowledge.find(key);
  if (record == nullptr) return;
  if (const auto* trial = std::get_if<model::Trial>(record)) {
    if (trial->common_criteria) follow_targets(knowledge, trial->common_criteria->rule, out);
    return;
  }
  for (const model::Reference& reference : model::references_of(*record)) {
    if (is_followed(reference.to.kind)) follow(knowledge, reference.to, out);
  }
}

// The records an option rests on at one revision.
void rests_on(const view::View& view, const AnswerOption& option, Keys& out) {
  const match::MatchIndex& index = *view.index;
  const std::size_t at = index.find(option.id);
  if (at == index.options().size()) return;
  const match::CompiledOption& compiled = index.options()[at];
  const match::Knowledge& knowledge = *view.knowledge;
  if (compiled.cohort != nullptr) follow(knowledge, {RecordKind::Cohort, compiled.cohort->id}, out);
  if (compiled.programme != nullptr) follow(knowledge, {RecordKind::AccessProgramme, compiled.programme->id}, out);
  if (compiled.label_drug != nullptr) follow(knowledge, {RecordKind::Drug, compiled.label_drug->id}, out);
  if (compiled.trial != nullptr) follow(knowledge, {RecordKind::Trial, compiled.trial->id}, out);
  if (compiled.trial_drug != nullptr && compiled.trial_drug->marker) {
    follow_targets(knowledge, *compiled.trial_drug->marker, out);
  }
  for (const std::string& drug : compiled.drugs) follow(knowledge, {RecordKind::Drug, drug}, out);
  for (const std::size_t i : index.evidence_for(compiled.drugs)) {
    follow(knowledge, {RecordKind::Evidence, index.evidence()[i].record->id}, out);
  }
  for (const std::size_t i : compiled.sibling_cohorts) {
    follow(knowledge, {RecordKind::Cohort, index.options()[i].id}, out);
  }
}

// Change sets between two revisions: which of the wanted records each touched, and which names.
struct Touched {
  store::LogEntry entry;
  Keys records;
  std::vector<RecordKey> vocabulary;
};

Result<std::vector<Touched>> touched_between(const store::Store& store, store::Revision from, store::Revision to,
                                             const Keys& wanted) {
  std::vector<Touched> out;
  for (store::Revision revision = from + 1; revision <= to; ++revision) {
    const auto entry = store.log_entry(revision);
    if (!entry) return fail(entry.error());
    const auto operations = store.operations(revision);
    if (!operations) return fail(operations.error());
    Touched touched{*entry, {}, {}};
    for (const store::Operation& operation : *operations) {
      if (wanted.count(operation.key) != 0) touched.records.insert(operation.key);
      if (is_vocabulary(operation.key.kind) && touched.vocabulary.size() < kMaxCauseRecords) {
        touched.vocabulary.push_back(operation.key);
      }
    }
    out.push_back(std::move(touched));
  }
  return out;
}

ChangeCause cause_of(const store::LogEntry& entry, CauseKind kind) {
  return {entry.revision, entry.published_at, entry.who, entry.why, entry.reviewed_by, kind, {}};
}

void add_record(ChangeCause& cause, const RecordKey& key) {
  if (cause.records.size() < kMaxCauseRecords) {
    cause.records.push_back(std::string(model::to_string(key.kind)) + "/" + key.id);
  }
}

std::vector<ChangeCause> causes_by_record(const std::vector<Touched>& log, const Keys& rests) {
  std::vector<ChangeCause> out;
  for (const Touched& touched : log) {
    ChangeCause cause = cause_of(touched.entry, CauseKind::Record);
    for (const RecordKey& key : touched.records) {
      if (rests.count(key) != 0) add_record(cause, key);
    }
    if (!cause.records.empty()) out.push_back(std::move(cause));
  }
  return out;
}

std::vector<ChangeCause> causes_by_vocabulary(const std::vector<Touched>& log) {
  std::vector<ChangeCause> out;
  for (const Touched& touched : log) {
    if (touched.vocabulary.empty()) continue;
    ChangeCause cause = cause_of(touched.entry, CauseKind::Vocabulary);
    for (const RecordKey& key : touched.vocabulary) add_record(cause, key);
    out.push_back(std::move(cause));
  }
  return out;
}

bool same_reasons(const std::vector<ReasonWords>& a, const std::vector<ReasonWords>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const ReasonWords& x, const ReasonWords& y) {
    return std::tie(x.rule, x.verdict, x.words) == std::tie(y.rule, y.verdict, y.words);
  });
}

bool same_cautions(const AnswerOption& a, const AnswerOption& b) {
  return std::equal(a.cautions.begin(), a.cautions.end(), b.cautions.begin(), b.cautions.end(),
                    [](const CautionWords& x, const CautionWords& y) {
                      return std::tie(x.rule, x.words) == std::tie(y.rule, y.words);
                    });
}

bool same_evidence(const AnswerOption& a, const AnswerOption& b) {
  const auto of = [](const EvidenceWords& e) {
    return std::tie(e.id, e.scale, e.level, e.direction, e.diagnosis_relation);
  };
  return std::equal(a.evidence.begin(), a.evidence.end(), b.evidence.begin(), b.evidence.end(),
                    [&](const EvidenceWords& x, const EvidenceWords& y) { return of(x) == of(y); });
}

std::vector<std::string> differences(const AnswerOption& a, const AnswerOption& b) {
  const auto status = [](const AnswerOption& o) {
    return std::tie(o.state, o.status_reason, o.opens_on, o.stage, o.stage_decision, o.slots_left, o.slots_of);
  };
  std::vector<std::string> out;
  if (a.bucket != b.bucket) out.emplace_back("bucket");
  if (status(a) != status(b)) out.emplace_back("status");
  if (a.rank != b.rank) out.emplace_back("rank");
  if (!same_reasons(a.reasons, b.reasons) || !same_reasons(a.missing, b.missing)) out.emplace_back("reasons");
  if (!same_cautions(a, b)) out.emplace_back("cautions");
  if (!same_evidence(a, b)) out.emplace_back("evidence");
  return out;
}

class Comparer {
 public:
  Comparer(const view::View& from, const view::View& to, const store::Store& store, const model::CaseReading& reading,
           const AnswerRequest& request)
      : from_(from), to_(to), store_(store), reading_(reading), request_(request) {
    request_.match.explain.clear();
    request_.limit = std::numeric_limits<std::size_t>::max();
  }

  Checked<Comparison> run() {
    auto before = options_at(from_, {});
    if (!before) return fail_all(std::move(before.error()));
    auto after = options_at(to_, {});
    if (!after) return fail_all(std::move(after.error()));
    describe(*after);
    // What is listed on one side only is explained on the other.
    auto explained_before = options_at(from_, missing_in(*before, *after));
    auto explained_after = options_at(to_, missing_in(*after, *before));
    if (!explained_before) return fail_all(std::move(explained_before.error()));
    if (!explained_after) return fail_all(std::move(explained_after.error()));
    pair_up(*before, *after, *explained_before, *explained_after);
    if (const Status traced = trace(); !traced) return fail_all({traced.error()});
    return std::move(out_);
  }

 private:
  struct Side {
    Answer answer;
    std::map<std::string, const AnswerOption*> listed;
    std::map<std::string, const AnswerOption*> explained;
  };

  Checked<Side> options_at(const view::View& view, const std::vector<std::string>& ids) {
    AnswerRequest request = request_;
    for (const std::string& id : ids) {
      if (view.index->find(id) != view.index->options().size()) request.match.explain.push_back(id);
    }
    auto answer = answer_case(view, reading_, request);
    if (!answer) return fail_all(std::move(answer.error()));
    Side side{std::move(*answer), {}, {}};
    for (const AnswerOption& option : side.answer.options) side.listed.emplace(option.id, &option);
    for (const AnswerOption& option : side.answer.explained) side.explained.emplace(option.id, &option);
    return side;
  }

  static std::vector<std::string> missing_in(const Side& here, const Side& there) {
    std::vector<std::string> out;
    for (const auto& [id, option] : there.listed) {
      if (here.listed.count(id) == 0) out.push_back(id);
    }
    return out;
  }

  void describe(const Side& after) {
    const Answer& answer = after.answer;
    out_.case_id = answer.case_id;
    out_.diagnosis = answer.diagnosis;
    out_.evaluated_on = answer.evaluated_on;
    out_.knowledge_base = answer.knowledge_base;
    out_.software = answer.software;
    out_.warnings = answer.warnings;
    out_.from = {from_.revision, from_.published};
    out_.to = {to_.revision, to_.published};
  }

  static OptionChange change_of(const AnswerOption& shown) {
    OptionChange out;
    out.kind = shown.kind;
    out.id = shown.id;
    out.title = shown.title;
    return out;
  }

  static std::optional<AnswerOption> copy_of(const std::map<std::string, const AnswerOption*>& options,
                                             const std::string& id) {
    const auto it = options.find(id);
    return it == options.end() ? std::nullopt : std::optional<AnswerOption>(*it->second);
  }

  void pair_up(const Side& before, const Side& after, const Side& explained_before, const Side& explained_after) {
    for (const AnswerOption& option : after.answer.options) {
      const auto old = before.listed.find(option.id);
      OptionChange change = change_of(option);
      change.after = option;
      if (old == before.listed.end()) {
        change.before = copy_of(explained_before.explained, option.id);
        out_.gained.push_back(std::move(change));
        continue;
      }
      change.what = differences(*old->second, option);
      if (change.what.empty()) {
        ++out_.unchanged;
        continue;
      }
      change.before = *old->second;
      out_.changed.push_back(std::move(change));
    }
    for (const AnswerOption& option : before.answer.options) {
      if (after.listed.count(option.id) != 0) continue;
      OptionChange change = change_of(option);
      change.before = option;
      change.after = copy_of(explained_after.explained, option.id);
      out_.lost.push_back(std::move(change));
    }
  }

  // Another place in the list and nothing else: the option itself is as it was.
  static bool is_shifted_only(const OptionChange& change) {
    return change.what == std::vector<std::string>{"rank"} && change.before->rank_keys == change.after->rank_keys;
  }

  Status trace() {
    std::vector<OptionChange*> own, shifted;
    for (auto* list : {&out_.gained, &out_.lost, &out_.changed}) {
      for (OptionChange& change : *list) (is_shifted_only(change) ? shifted : own).push_back(&change);
    }
    std::vector<Keys> rests;
    Keys wanted;
    for (const OptionChange* change : own) {
      Keys keys;
      rests_on(from_, change->before ? *change->before : *change->after, keys);
      rests_on(to_, change->after ? *change->after : *change->before, keys);
      wanted.insert(keys.begin(), keys.end());
      rests.push_back(std::move(keys));
    }
    if (own.empty() && shifted.empty()) return {};
    const auto log = touched_between(store_, from_.revision, to_.revision, wanted);
    if (!log) return fail(log.error());
    for (std::size_t i = 0; i < own.size(); ++i) {
      own[i]->because = causes_by_record(*log, rests[i]);
    }
    std::vector<OptionChange*> through_others = shifted;
    for (OptionChange* change : own) {
      if (!change->because.empty()) continue;
      change->because = causes_by_vocabulary(*log);
      if (change->because.empty()) through_others.push_back(change);
    }
    for (OptionChange* change : through_others) trace_through_others(*change, own);
    return {};
  }

  // The causes of the options that changed by themselves.
  static void trace_through_others(OptionChange& change, const std::vector<OptionChange*>& own) {
    std::map<store::Revision, ChangeCause> causes;
    for (const OptionChange* other : own) {
      if (other == &change) continue;
      bool counts = false;
      for (const ChangeCause& cause : other->because) {
        if (cause.kind == CauseKind::Options) continue;
        counts = true;
        ChangeCause by_option = cause;
        by_option.kind = CauseKind::Options;
        by_option.records.clear();
        causes.emplace(cause.revision, std::move(by_option));
      }
      if (counts && change.through.size() < kMaxCauseRecords) change.through.push_back(other->id);
    }
    for (auto& [revision, cause] : causes) change.because.push_back(std::move(cause));
  }

  const view::View& from_;
  const view::View& to_;
  const store::Store& store_;
  const model::CaseReading& reading_;
  AnswerRequest request_;
  Comparison out_;
};

}  // namespace

Checked<Comparison> compare_case(const view::View& from, const view::View& to, const store::Store& store,
                                 const model::CaseReading& reading, const AnswerRequest& request) {
  if (from.revision > to.revision) {
    return fail_all(
        {Error{ErrorCode::Usage,
               "revision " + std::to_string(from.revision) + " is newer than " + std::to_string(to.revision),
               {},
               std::to_string(from.revision),
               std::nullopt,
               "exchange from and to"}});
  }
  return Comparer(from, to, store, reading, request).run();
}

}  // namespace treff::answer
