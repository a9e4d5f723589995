#include "kb/answer/option_words.h"

#include <algorithm>
#include <set>

#include "kb/answer/catalogue.h"
#include "kb/base/text.h"

namespace treff::answer {
namespace {

using model::RecordKind;

std::string iso(const std::optional<Date>& date) { return date ? base::to_string(*date) : std::string(); }

void append_new(std::vector<std::string>& out, const std::vector<std::string>& more) {
  for (const std::string& item : more) {
    if (std::find(out.begin(), out.end(), item) == out.end()) out.push_back(item);
  }
}

const model::Common* record_of(const match::Option& option) {
  switch (option.kind) {
    case match::OptionKind::Cohort: return option.cohort;
    case match::OptionKind::AccessProgramme: return option.programme;
    case match::OptionKind::OnLabel: return option.label_drug;
    case match::OptionKind::NewCohort: return option.trial;
  }
  return nullptr;
}

std::vector<std::pair<std::string, int>> keys_of(const match::RankKeys& keys) {
  return {{"bucket", keys.bucket},
          {"caution", keys.caution},
          {"entry", keys.entry},
          {"route", keys.route},
          {"evidence_tier", keys.evidence_tier},
          {"molecular_specificity", keys.molecular_specificity},
          {"diagnosis_specificity", keys.diagnosis_specificity},
          {"unknowns", keys.unknowns}};
}

}  // namespace

std::string OptionWriter::name_of(RecordKind kind, const std::string& id) const {
  const model::Record* record = knowledge_.find({kind, id});
  if (record == nullptr) return id;
  const model::Common& common = model::common_of(*record);
  if (language_ == Language::Nb && !common.names.nb.empty()) return common.names.nb;
  return common.names.en.empty() ? id : common.names.en;
}

std::string OptionWriter::alterations(const std::vector<std::size_t>& indices) const {
  std::vector<std::string> names;
  for (const std::size_t i : indices) append_new(names, {facts_.alterations[i].canonical});
  return base::join(names, ", ");
}

ReasonWords OptionWriter::reason(const match::Reason& given) const {
  ReasonWords out;
  out.rule = given.rule;
  out.verdict = std::string(base::to_string(given.verdict));
  out.message = std::string(base::name_of(given.message));
  out.criterion = given.criterion;
  out.by = alterations(given.by);
  out.detail = given.detail;
  out.words = words_of(given.message, language_, given.criterion, out.by, given.detail);
  out.ask = given.ask;
  out.molecular = given.molecular;
  return out;
}

void OptionWriter::write_identity(const match::Option& option, AnswerOption& out) const {
  out.kind = std::string(base::name_of(option.kind));
  out.id = option.id;
  out.bucket = std::string(base::name_of(option.bucket));
  out.verdict = std::string(base::to_string(option.verdict));
  out.route = std::string(base::name_of(option.route));
  out.rank = option.rank;
  out.rank_keys = keys_of(option.keys);
  out.confidence = std::string(base::name_of(option.confidence));
  out.example = option.confidence == model::Confidence::Example;
  switch (option.kind) {
    case match::OptionKind::Cohort: out.title = name_of(RecordKind::Cohort, option.id); break;
    case match::OptionKind::AccessProgramme: out.title = name_of(RecordKind::AccessProgramme, option.id); break;
    case match::OptionKind::OnLabel: out.title = option.label->text; break;
    case match::OptionKind::NewCohort: {
      std::vector<std::string> drugs;
      for (const std::string& id : option.drugs) drugs.push_back(name_of(RecordKind::Drug, id));
      out.title = (language_ == Language::Nb ? "Ny kohort med " : "New cohort with ") + base::join(drugs, " + ") +
                  (language_ == Language::Nb ? " i " : " in ") + name_of(RecordKind::Trial, option.trial->id);
      break;
    }
  }
  if (const model::Common* record = record_of(option)) {
    out.sources = record->sources;
    out.checked_record_on = iso(record->checked_on);
  }
  if (option.trial_drug != nullptr) append_new(out.sources, option.trial_drug->sources);
  if (option.label != nullptr) append_new(out.sources, option.label->sources);
  if (option.cohort != nullptr && option.cohort->criteria) append_new(out.sources, option.cohort->criteria->sources);
  if (option.programme != nullptr && option.programme->criteria)
    append_new(out.sources, option.programme->criteria->sources);
}

void OptionWriter::write_status(const match::Option& option, AnswerOption& out) const {
  out.state = option.status.state ? std::string(base::name_of(*option.status.state)) : "unknown";
  out.decided_by = option.status.decided_by;
  out.status_reason = option.status.reason;
  out.checked_on = iso(option.status.checked_on);
  out.since = iso(option.status.since);
  out.opens_on = iso(option.status.opens_on);
  out.status_sources = option.status.sources;
  if (!option.stage) return;
  if (option.stage->stage != model::StageNumber::Unknown) out.stage = std::string(base::name_of(option.stage->stage));
  out.slots_left = option.stage->slots_left;
  out.slots_of = option.stage->cap;
  if (option.stage->awaiting > 0) out.awaiting = option.stage->awaiting;
  if (option.stage->decision != match::StageDecision::Unknown)
    out.stage_decision = std::string(base::name_of(option.stage->decision));
  out.slots_as_of = iso(option.stage->as_of);
}

void OptionWriter::write_people(const match::Option& option, AnswerOption& out) const {
  for (const std::string& id : option.drugs) {
    out.drug_ids.push_back(id);
    const auto* drug = knowledge_.find_as<model::Drug>(RecordKind::Drug, id);
    out.drugs.push_back(drug == nullptr ? id : name_of(RecordKind::Drug, id));
    if (drug != nullptr) append_new(out.company_ids, drug->companies);
  }
  if (option.programme != nullptr) {
    if (!option.programme->company.empty()) append_new(out.company_ids, {option.programme->company});
    if (out.drugs.empty() && !option.programme->drug_text.empty()) out.drugs.push_back(option.programme->drug_text);
  }
  for (const std::string& id : out.company_ids) out.companies.push_back(name_of(RecordKind::Organisation, id));
  if (option.trial != nullptr) {
    out.trial = option.trial->id;
    out.trial_title = name_of(RecordKind::Trial, option.trial->id);
  }
}

void OptionWriter::write_funding(const match::Option& option, AnswerOption& out) const {
  const model::Funding* funding = nullptr;
  if (option.cohort != nullptr && option.cohort->funding) funding = &*option.cohort->funding;
  if (option.programme != nullptr && option.programme->funding) funding = &*option.programme->funding;
  if (funding != nullptr) {
    out.funding = funding->payer_kind;
    out.funding_terms = funding->terms;
    out.public_funding = std::string(base::name_of(funding->public_funding));
  }
  if (option.label != nullptr) out.public_funding = std::string(base::name_of(option.label->public_funding));
}

void OptionWriter::write_sites(const match::Option& option, AnswerOption& out) const {
  if (option.trial == nullptr) return;
  const bool own = option.cohort != nullptr && !option.cohort->sites.empty();
  for (const model::TrialSite& given : own ? option.cohort->sites : option.trial->sites) {
    SiteWords site{given.site, name_of(RecordKind::Site, given.site), {}, {}};
    if (given.state) site.state = std::string(base::name_of(*given.state));
    if (const auto* record = knowledge_.find_as<model::Site>(RecordKind::Site, given.site))
      site.region = record->region;
    out.sites.push_back(std::move(site));
  }
}

void OptionWriter::write_reasons(const match::Option& option, AnswerOption& out) const {
  for (const match::Reason& given : option.reasons) {
    // That the patient has not said no is no reason for an option.
    if (given.criterion.rfind("consent not withheld", 0) == 0 && given.verdict == Verdict::Met) continue;
    out.reasons.push_back(reason(given));
    if (given.ask) append_new(out.ask, {out.reasons.back().words});
  }
  for (const match::Reason& given : option.missing) out.missing.push_back(reason(given));
  for (const model::TextRule* rule : option.bedside) {
    const std::string& text = language_ == Language::Nb && !rule->ask_nb.empty() ? rule->ask_nb : rule->ask;
    ReasonWords words;
    words.rule = "C2";
    words.verdict = "unknown";
    words.message = "ask_at_bedside";
    words.criterion = text;
    words.words = words_of(match::MessageId::AskAtBedside, language_, {}, {}, text);
    words.ask = true;
    append_new(out.ask, {words.words});
    out.reasons.push_back(std::move(words));
  }
  for (const std::size_t i : option.drivers) append_new(out.drivers, {facts_.alterations[i].canonical});
  out.driven_by_biomarker = option.driven_by_biomarker;
  out.by_diagnosis_only = option.by_diagnosis_only;
  out.only_unassessed = option.only_unassessed;
}

void OptionWriter::write_evidence(const match::Option& option, AnswerOption& out) const {
  for (const match::EvidenceShown& shown : option.evidence) {
    EvidenceWords words;
    words.id = shown.record->id;
    if (shown.record->level) {
      words.scale = shown.record->level->scale;
      words.level = shown.record->level->level;
    }
    words.direction = std::string(base::name_of(shown.record->direction));
    words.diagnosis_relation = shown.diagnosis_relation;
    words.sources = shown.record->sources;
    words.example = shown.record->confidence == model::Confidence::Example;
    out.evidence.push_back(std::move(words));
  }
  for (const match::Caution& caution : option.cautions) {
    out.cautions.push_back({caution.rule, std::string(base::name_of(caution.message)),
                            words_of(caution.message, language_, {}, {}, caution.detail), caution.sources});
  }
  if (closed_world_) {
    out.cautions.push_back({"M8",
                            "closed_world",
                            language_ == Language::Nb ? "Det som ikke er rapportert, er regnet som fraværende."
                                                      : "What is not reported was counted as absent.",
                            {}});
  }
}

void OptionWriter::write_next_step(const match::Option& option, AnswerOption& out) const {
  const bool nb = language_ == Language::Nb;
  const std::vector<model::Contact>* contacts = nullptr;
  switch (option.kind) {
    case match::OptionKind::Cohort:
      out.next_what = nb ? "Spør studiekontoret om plass i kohorten" : "Ask the trial office for a place in the cohort";
      break;
    case match::OptionKind::NewCohort:
      out.next_what = nb ? "Spør studiekontoret om en ny kohort kan åpnes"
                         : "Ask the trial office whether a new cohort can be opened";
      break;
    case match::OptionKind::OnLabel:
      out.next_what =
          nb ? "Vurder godkjent bruk og offentlig finansiering" : "Consider the approved use and its public funding";
      break;
    case match::OptionKind::AccessProgramme:
      out.next_what = nb ? "Søk om tilgang etter programmets regler" : "Apply for access by the rules of the programme";
      contacts = &option.programme->contacts;
      out.next_link = option.programme->link;
      break;
  }
  if (option.trial != nullptr) {
    contacts = &option.trial->contacts;
    out.next_link = option.trial->link;
  }
  if (contacts != nullptr && !contacts->empty())
    out.next_contact = contacts->front().role + ": " + contacts->front().channel;
}

AnswerOption OptionWriter::write(const match::Option& option) const {
  AnswerOption out;
  write_identity(option, out);
  write_status(option, out);
  write_people(option, out);
  write_funding(option, out);
  write_sites(option, out);
  write_reasons(option, out);
  write_evidence(option, out);
  write_next_step(option, out);
  return out;
}

}  // namespace treff::answer
