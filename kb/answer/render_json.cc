#include <algorithm>

#include "kb/answer/answer.h"
#include "kb/answer/json_writer.h"
#include "kb/answer/option_json.h"

namespace treff::answer {
namespace {

// Keys stand in sorted order in every function of this file.

void write(JsonWriter& w, const ReasonWords& reason) {
  w.begin_object();
  if (reason.ask) w.member("ask", reason.words);
  if (!reason.by.empty()) w.member("by", reason.by);
  w.member("criterion", reason.criterion);
  if (!reason.detail.empty()) w.member("detail", reason.detail);
  w.member("message", reason.message);
  w.member("molecular", reason.molecular);
  w.member("rule", reason.rule);
  w.member("verdict", reason.verdict);
  w.member("words", reason.words);
  w.end_object();
}

void write(JsonWriter& w, const EvidenceWords& evidence) {
  w.begin_object();
  w.member("diagnosis_relation", evidence.diagnosis_relation);
  w.member("direction", evidence.direction);
  w.member("example", evidence.example);
  w.member("id", evidence.id);
  w.member_or_null("level", evidence.level);
  w.member_or_null("scale", evidence.scale);
  w.member("sources", evidence.sources);
  w.end_object();
}

void write(JsonWriter& w, const CautionWords& caution) {
  w.begin_object();
  w.member("message", caution.message);
  w.member("rule", caution.rule);
  w.member("sources", caution.sources);
  w.member("words", caution.words);
  w.end_object();
}

void write(JsonWriter& w, const SiteWords& site) {
  w.begin_object();
  w.member("id", site.id);
  w.member("name", site.name);
  w.member_or_null("region", site.region);
  w.member_or_null("state", site.state);
  w.end_object();
}

void write(JsonWriter& w, const AnswerOption& option);
void write(JsonWriter& w, const ReadWords& read);
void write(JsonWriter& w, const TextHitWords& hit);

template <class T>
void write_list(JsonWriter& w, std::string_view key, const std::vector<T>& items) {
  w.key(key);
  w.begin_list();
  for (const T& item : items) write(w, item);
  w.end_list();
}

void write(JsonWriter& w, const TextHitWords& hit) {
  w.begin_object();
  w.member("example", hit.example);
  w.member("found_by", hit.found_by);
  w.member("id", hit.id);
  w.member("kind", hit.kind);
  w.member("label", "found by text, criteria not verified");
  w.member("snippet", hit.snippet);
  w.member("title", hit.title);
  w.end_object();
}

void write_status(JsonWriter& w, const AnswerOption& option) {
  w.key("status");
  w.begin_object();
  w.member_or_null("checked_on", option.checked_on);
  if (!option.decided_by.empty()) w.member("decided_by", option.decided_by);
  if (!option.opens_on.empty()) w.member("opens_on", option.opens_on);
  if (!option.status_reason.empty()) w.member("reason", option.status_reason);
  if (!option.since.empty()) w.member("since", option.since);
  w.member("sources", option.status_sources);
  w.member("state", option.state);
  w.end_object();
}

void write_slots(JsonWriter& w, const AnswerOption& option) {
  w.key("slots");
  if (!option.slots_left && !option.slots_of) return w.null();
  w.begin_object();
  w.member_or_null("as_of", option.slots_as_of);
  if (option.awaiting) w.member("awaiting", *option.awaiting);
  if (!option.stage_decision.empty()) w.member("decision", option.stage_decision);
  w.member("left", option.slots_left);
  w.member("of", option.slots_of);
  w.end_object();
}

void write_rank_keys(JsonWriter& w, const AnswerOption& option) {
  auto keys = option.rank_keys;
  std::sort(keys.begin(), keys.end());
  w.key("rank_keys");
  w.begin_object();
  for (const auto& [name, value] : keys) w.member(name, value);
  w.end_object();
}

void write(JsonWriter& w, const AnswerOption& option) {
  w.begin_object();
  w.member("ask", option.ask);
  w.member("bucket", option.bucket);
  w.member("by_diagnosis_only", option.by_diagnosis_only);
  write_list(w, "cautions", option.cautions);
  w.member_or_null("checked_on", option.checked_record_on);
  w.member("companies", option.companies);
  w.member("company_ids", option.company_ids);
  w.member("confidence", option.confidence);
  w.member("driven_by_biomarker", option.driven_by_biomarker);
  w.member("drivers", option.drivers);
  w.member("drug_ids", option.drug_ids);
  w.member("drugs", option.drugs);
  write_list(w, "evidence", option.evidence);
  w.member("example", option.example);
  w.member_or_null("funding", option.funding);
  if (!option.funding_terms.empty()) w.member("funding_terms", option.funding_terms);
  w.member("id", option.id);
  w.member("kind", option.kind);
  write_list(w, "missing", option.missing);
  w.key("next_step");
  w.begin_object();
  w.member_or_null("contact", option.next_contact);
  w.member_or_null("link", option.next_link);
  w.member("what", option.next_what);
  w.end_object();
  w.member("only_unassessed", option.only_unassessed);
  w.member_or_null("public_funding", option.public_funding);
  w.member("rank", option.rank);
  write_rank_keys(w, option);
  write_list(w, "reasons", option.reasons);
  w.member("route", option.route);
  write_list(w, "sites", option.sites);
  write_slots(w, option);
  w.member("sources", option.sources);
  w.member_or_null("stage", option.stage);
  write_status(w, option);
  w.member("title", option.title);
  w.member_or_null("trial", option.trial);
  w.member_or_null("trial_title", option.trial_title);
  w.member("verdict", option.verdict);
  w.end_object();
}

void write(JsonWriter& w, const ReadWords& read) {
  w.begin_object();
  w.member_or_null("canonical", read.canonical);
  if (!read.error_code.empty()) {
    w.key("error");
    w.begin_object();
    if (!read.error_alternatives.empty()) w.member("alternatives", read.error_alternatives);
    w.member("at", read.error_at);
    w.member("code", read.error_code);
    w.member_or_null("hint", read.error_hint);
    w.member("message", read.error);
    w.member_or_null("piece", read.error_piece);
    w.end_object();
  }
  w.member("input", read.input);
  if (!read.place.empty()) w.member("place", read.place);
  w.member("warnings", read.warnings);
  w.end_object();
}

// `answer.sources` is sorted by id.
void write_sources(JsonWriter& w, const Answer& answer) {
  w.key("sources");
  w.begin_object();
  for (const SourceWords& source : answer.sources) {
    w.data_key(source.id);
    w.begin_object();
    w.member_or_null("address", source.address);
    w.member_or_null("citation", source.citation);
    w.member_or_null("date", source.date);
    w.end_object();
  }
  w.end_object();
}

}  // namespace

void write_option(JsonWriter& writer, const AnswerOption& option) { write(writer, option); }

void append_json(const Answer& answer, std::string& out) {
  JsonWriter w(out);
  w.begin_object();
  w.member("case_id", answer.case_id);
  w.member("closed_world", answer.closed_world);
  w.member("diagnosis", answer.diagnosis);
  w.member("evaluated_on", answer.evaluated_on);
  if (!answer.explained.empty()) write_list(w, "explained", answer.explained);
  w.member("knowledge_base", answer.knowledge_base);
  write_list(w, "options", answer.options);
  w.member_or_null("published", answer.published);
  write_list(w, "read", answer.read);
  w.member("revision", answer.revision);
  w.member("searched_options", answer.searched_options);
  w.member("software", answer.software);
  write_sources(w, answer);
  w.key("tests_that_could_help");
  w.begin_list();
  for (const auto& [test, options] : answer.tests_that_could_help) {
    w.begin_object();
    w.member("options", options);
    w.member("test", test);
    w.end_object();
  }
  w.end_list();
  write_list(w, "text_hits", answer.text_hits);
  w.member("warnings", answer.warnings);
  w.end_object();
}

std::string to_json(const Answer& answer) {
  std::string out;
  append_json(answer, out);
  return out;
}

}  // namespace treff::answer
