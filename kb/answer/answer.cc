#include "kb/answer/answer.h"

#include <algorithm>
#include <map>
#include <set>

#include "kb/answer/catalogue.h"
#include "kb/answer/option_words.h"
#include "kb/answer/parse_answer.h"
#include "kb/answer/text_hits.h"
#include "kb/base/text.h"

namespace treff::answer {
namespace {

using model::RecordKind;

std::string warning_text(const Issue& issue) { return issue.message; }

ReadWords read_words(const match::ReadLine& line) {
  ReadWords out;
  out.input = line.input;
  out.place = line.place;
  out.canonical = line.canonical;
  for (const Issue& warning : line.warnings) out.warnings.push_back(warning_text(warning));
  if (line.error) {
    out.error = line.error->message;
    out.error_code = std::string(base::to_string(line.error->code));
    out.error_hint = line.error->hint;
    out.error_piece = line.error->piece;
    out.error_at = line.error->at_byte;
    if (line.error->code == ErrorCode::AmbiguousName) out.error_alternatives = alternatives_in(line.error->hint);
  }
  return out;
}

ReadWords read_words(const Error& error) {
  ReadWords out;
  out.input = error.piece;
  out.place = error.where;
  out.error = error.message;
  out.error_code = std::string(base::to_string(error.code));
  out.error_hint = error.hint;
  out.error_piece = error.piece;
  out.error_at = error.at_byte;
  if (error.code == ErrorCode::AmbiguousName) out.error_alternatives = alternatives_in(error.hint);
  return out;
}

// Every source id that the answer names, resolved once.
std::vector<SourceWords> source_words(const Answer& answer, const match::Knowledge& knowledge) {
  std::set<std::string> ids;
  const auto add = [&](const std::vector<std::string>& more) { ids.insert(more.begin(), more.end()); };
  for (const auto* options : {&answer.options, &answer.explained}) {
    for (const AnswerOption& option : *options) {
      add(option.sources);
      add(option.status_sources);
      for (const EvidenceWords& evidence : option.evidence) add(evidence.sources);
      for (const CautionWords& caution : option.cautions) add(caution.sources);
    }
  }
  std::vector<SourceWords> out;
  for (const std::string& id : ids) {
    SourceWords words{id, {}, {}, {}};
    if (const auto* source = knowledge.find_as<model::Source>(RecordKind::Source, id)) {
      words.citation = source->citation;
      words.address = source->address;
      words.date = source->date;
    }
    out.push_back(std::move(words));
  }
  return out;
}

void add_case_warnings(const match::CaseInterpretation& interpretation, const match::MatchOutcome& outcome,
                       const AnswerRequest& request, const match::Knowledge& knowledge, Answer& answer) {
  for (const Issue& issue : interpretation.warnings) answer.warnings.push_back(warning_text(issue));
  const bool nb = request.language == Language::Nb;
  if (interpretation.facts.unread_without_gene || !interpretation.facts.unread_genes.empty()) {
    answer.warnings.push_back(nb ? "Noe kunne ikke leses: det som mangler, er ukjent, ikke fraværende (N8)."
                                 : "Something could not be read: what is missing is unknown, not absent (N8).");
  }
  if (interpretation.facts.tested.small.stated && !interpretation.facts.specimen.tumour_fraction) {
    answer.warnings.push_back(nb ? "Tumorandel er ikke oppgitt: «ikke funnet» kan være falskt (M3)."
                                 : "The tumour fraction is not stated: not found may be false (M3).");
  }
  for (const auto& [trial, options] : outcome.consent_blocked) {
    const std::string name = knowledge.display_name(RecordKind::Trial, trial);
    answer.warnings.push_back((nb ? "Ikke samtykke til " : "No consent to ") + name +
                              (nb ? ": muligheter som ikke vises: " : ": options not shown: ") +
                              std::to_string(options) + " (C1).");
  }
  if (request.match.unknown_as_absent) {
    answer.warnings.push_back(
        nb ? "Lukket lesning: det som ikke er rapportert, er regnet som fraværende (M8). Ikke for klinisk bruk."
           : "Closed-world reading: what is not reported counts as absent (M8). Not for clinical use.");
  }
}

}  // namespace

Checked<Answer> answer_case(const view::View& view, const model::CaseReading& reading, const AnswerRequest& request) {
  const match::Knowledge& knowledge = *view.knowledge;
  auto interpretation = match::interpret(reading.tumour_case, knowledge);
  if (!interpretation) return fail_all(std::move(interpretation.error()));
  interpretation->facts.closed_world = request.match.unknown_as_absent;
  const match::MatchOutcome outcome = match::match_case(*view.index, interpretation->facts, request.match);
  if (!outcome.unknown_ids.empty()) {
    std::vector<Error> errors;
    for (const std::string& id : outcome.unknown_ids) {
      errors.push_back(Error{ErrorCode::NotFound, "there is no option '" + id + "'", "explain", id, std::nullopt, {}});
    }
    return fail_all(std::move(errors));
  }

  Answer answer;
  answer.case_id = reading.tumour_case.id;
  answer.revision = view.revision;
  answer.published = view.published;
  answer.knowledge_base = view.knowledge_base;
  answer.software = "treff " TREFF_VERSION;
  answer.evaluated_on = base::to_string(request.match.today);
  answer.diagnosis = interpretation->diagnosis_read;
  answer.closed_world = request.match.unknown_as_absent;
  answer.searched_options = view.index->options().size();
  for (const match::ReadLine& line : interpretation->read) answer.read.push_back(read_words(line));
  for (const Error& error : reading.unreadable) answer.read.push_back(read_words(error));
  const OptionWriter writer(knowledge, interpretation->facts, request.language, request.match.unknown_as_absent);
  answer.options.reserve(std::min(outcome.options.size(), request.limit));
  for (const match::Option& option : outcome.options) {
    if (answer.options.size() >= request.limit) break;
    answer.options.push_back(writer.write(option));
  }
  for (const match::Option& option : outcome.explained) answer.explained.push_back(writer.write(option));
  for (const match::TestThatCouldHelp& test : outcome.tests) {
    answer.tests_that_could_help.emplace_back(std::string(base::name_of(test.test)), test.options);
  }
  for (const Issue& issue : reading.issues) {
    answer.warnings.push_back(issue.where.empty() ? issue.message : issue.where + ": " + issue.message);
  }
  add_case_warnings(*interpretation, outcome, request, knowledge, answer);
  if (outcome.options.size() > request.limit) {
    answer.warnings.push_back("Only the first " + std::to_string(request.limit) + " of " +
                              std::to_string(outcome.options.size()) + " options are listed.");
  }
  add_text_hits(view, reading.tumour_case, request.text_hits, answer);
  answer.sources = source_words(answer, knowledge);
  return answer;
}

}  // namespace treff::answer
