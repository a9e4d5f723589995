#include <nlohmann/json.hpp>

#include "kb/answer/answer.h"

namespace treff::answer {
namespace {

using nlohmann::json;

template <class T>
json or_null(const std::optional<T>& value) {
  return value ? json(*value) : json();
}

json text_or_null(const std::string& value) { return value.empty() ? json() : json(value); }

json to_value(const ReasonWords& reason) {
  json out = {{"rule", reason.rule},           {"verdict", reason.verdict}, {"message", reason.message},
              {"criterion", reason.criterion}, {"words", reason.words},     {"molecular", reason.molecular}};
  if (!reason.by.empty()) out["by"] = reason.by;
  if (!reason.detail.empty()) out["detail"] = reason.detail;
  if (reason.ask) out["ask"] = reason.words;
  return out;
}

json to_value(const EvidenceWords& evidence) {
  return {{"id", evidence.id},
          {"scale", text_or_null(evidence.scale)},
          {"level", text_or_null(evidence.level)},
          {"direction", evidence.direction},
          {"diagnosis_relation", evidence.diagnosis_relation},
          {"example", evidence.example},
          {"sources", evidence.sources}};
}

json to_value(const CautionWords& caution) {
  return {{"rule", caution.rule}, {"message", caution.message}, {"words", caution.words}, {"sources", caution.sources}};
}

json to_value(const SiteWords& site) {
  return {
      {"id", site.id}, {"name", site.name}, {"state", text_or_null(site.state)}, {"region", text_or_null(site.region)}};
}

json to_value(const AnswerOption& option);
json to_value(const ReadWords& read);

template <class T>
json list_of(const std::vector<T>& items) {
  json out = json::array();
  for (const T& item : items) out.push_back(to_value(item));
  return out;
}

json status_of(const AnswerOption& option) {
  json out = {
      {"state", option.state}, {"checked_on", text_or_null(option.checked_on)}, {"sources", option.status_sources}};
  if (!option.since.empty()) out["since"] = option.since;
  if (!option.opens_on.empty()) out["opens_on"] = option.opens_on;
  if (!option.status_reason.empty()) out["reason"] = option.status_reason;
  if (!option.decided_by.empty()) out["decided_by"] = option.decided_by;
  return out;
}

json slots_of(const AnswerOption& option) {
  if (!option.slots_left && !option.slots_of) return json();
  json out = {{"left", or_null(option.slots_left)},
              {"of", or_null(option.slots_of)},
              {"as_of", text_or_null(option.slots_as_of)}};
  if (option.awaiting) out["awaiting"] = *option.awaiting;
  if (!option.stage_decision.empty()) out["decision"] = option.stage_decision;
  return out;
}

json to_value(const AnswerOption& option) {
  json keys = json::object();
  for (const auto& [name, value] : option.rank_keys) keys[name] = value;
  json out = {{"kind", option.kind},
              {"id", option.id},
              {"title", option.title},
              {"bucket", option.bucket},
              {"verdict", option.verdict},
              {"route", option.route},
              {"rank", option.rank},
              {"rank_keys", std::move(keys)},
              {"status", status_of(option)},
              {"stage", text_or_null(option.stage)},
              {"slots", slots_of(option)},
              {"drugs", option.drugs},
              {"drug_ids", option.drug_ids},
              {"companies", option.companies},
              {"company_ids", option.company_ids},
              {"trial", text_or_null(option.trial)},
              {"trial_title", text_or_null(option.trial_title)},
              {"sites", list_of(option.sites)},
              {"funding", text_or_null(option.funding)},
              {"public_funding", text_or_null(option.public_funding)},
              {"drivers", option.drivers},
              {"driven_by_biomarker", option.driven_by_biomarker},
              {"by_diagnosis_only", option.by_diagnosis_only},
              {"only_unassessed", option.only_unassessed},
              {"reasons", list_of(option.reasons)},
              {"missing", list_of(option.missing)},
              {"ask", option.ask},
              {"cautions", list_of(option.cautions)},
              {"evidence", list_of(option.evidence)},
              {"confidence", option.confidence},
              {"example", option.example},
              {"checked_on", text_or_null(option.checked_record_on)},
              {"sources", option.sources}};
  if (!option.funding_terms.empty()) out["funding_terms"] = option.funding_terms;
  out["next_step"] = {{"what", option.next_what},
                      {"contact", text_or_null(option.next_contact)},
                      {"link", text_or_null(option.next_link)}};
  return out;
}

json to_value(const ReadWords& read) {
  json out = {{"input", read.input}, {"canonical", text_or_null(read.canonical)}, {"warnings", read.warnings}};
  if (!read.place.empty()) out["place"] = read.place;
  if (!read.error_code.empty()) {
    out["error"] = {{"code", read.error_code},
                    {"message", read.error},
                    {"piece", text_or_null(read.error_piece)},
                    {"hint", text_or_null(read.error_hint)},
                    {"at", or_null(read.error_at)}};
  }
  return out;
}

}  // namespace

std::string to_json(const Answer& answer) {
  json tests = json::array();
  for (const auto& [test, options] : answer.tests_that_could_help)
    tests.push_back({{"test", test}, {"options", options}});
  json sources = json::object();
  for (const SourceWords& source : answer.sources) {
    sources[source.id] = {{"citation", text_or_null(source.citation)},
                          {"address", text_or_null(source.address)},
                          {"date", text_or_null(source.date)}};
  }
  json out = {{"case_id", answer.case_id},
              {"revision", answer.revision},
              {"published", text_or_null(answer.published)},
              {"knowledge_base", answer.knowledge_base},
              {"software", answer.software},
              {"evaluated_on", answer.evaluated_on},
              {"diagnosis", answer.diagnosis},
              {"closed_world", answer.closed_world},
              {"searched_options", answer.searched_options},
              {"read", list_of(answer.read)},
              {"options", list_of(answer.options)},
              {"tests_that_could_help", std::move(tests)},
              {"text_hits", json::array()},
              {"sources", std::move(sources)},
              {"warnings", answer.warnings}};
  if (!answer.explained.empty()) out["explained"] = list_of(answer.explained);
  // Text that is not UTF-8 was refused on the way in; replacing is the safe way out if any were left.
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace treff::answer
