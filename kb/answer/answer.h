// The answer to a case as plain values with every name resolved and every reason in words (API.md section 4).
//
// One resolution, four renderings (JSON, NDJSON, TSV, text), the same bytes from command line and server. No clock:
// byte-equal for equal input, revision, date and build.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kb/base/result.h"
#include "kb/match/engine.h"
#include "kb/model/tumour_case.h"
#include "kb/view/view.h"

namespace treff::answer {

enum class Language : std::uint8_t { En, Nb };

struct ReasonWords {
  std::string rule;
  std::string verdict;
  std::string message;  // message id
  std::string criterion;
  std::string by;  // alterations, joined; empty if none
  std::string detail;
  std::string words;  // the reason in the asked language
  bool ask = false;
  bool molecular = false;
};

struct EvidenceWords {
  std::string id;
  std::string scale;
  std::string level;
  std::string direction;
  std::string diagnosis_relation;  // same, other, unknown
  std::vector<std::string> sources;
  bool example = false;
};

struct CautionWords {
  std::string rule;
  std::string message;
  std::string words;
  std::vector<std::string> sources;
};

struct SiteWords {
  std::string id;
  std::string name;
  std::string state;  // empty = not stated
  std::string region;
};

struct AnswerOption {
  std::string kind, id, title, bucket, verdict, route;
  int rank = 0;  // 0 = explained only
  std::vector<std::pair<std::string, int>> rank_keys;
  std::string state, decided_by, status_reason;  // state "unknown" where nothing says it
  std::string checked_on, since, opens_on;       // ISO dates, empty if not stated
  std::vector<std::string> status_sources;
  std::vector<std::string> drug_ids, drugs, company_ids, companies;
  std::string trial, trial_title, stage;  // stage empty if none
  std::optional<int> slots_left, slots_of, awaiting;
  std::string stage_decision, slots_as_of;
  std::vector<SiteWords> sites;
  std::string funding, funding_terms, public_funding;
  std::vector<std::string> drivers;  // canonical alterations
  bool driven_by_biomarker = false, by_diagnosis_only = false, only_unassessed = false;
  std::vector<ReasonWords> reasons, missing;
  std::vector<std::string> ask;  // questions, open leaves first, then the bedside ones
  std::vector<CautionWords> cautions;
  std::vector<EvidenceWords> evidence;
  std::string next_what, next_contact, next_link;
  std::string confidence;
  bool example = false;
  std::string checked_record_on;  // the record's own day
  std::vector<std::string> sources;
};

struct ReadWords {
  std::string input, place, canonical;
  std::vector<std::string> warnings;
  std::string error, error_code, error_hint, error_piece;  // empty if it was read
  std::optional<std::size_t> error_at;
  std::vector<std::string> error_alternatives;  // what an ambiguous name may mean
};

struct SourceWords {
  std::string id, citation, address, date;
};

// A record found by text: its criteria were not verified.
struct TextHitWords {
  std::string kind, id, title, snippet;
  std::vector<std::string> found_by;  // "BRAF", "Melanoma": what of the case occurs in it
  bool example = false;
};

struct Answer {
  std::string case_id, published, knowledge_base, software, evaluated_on, diagnosis;
  std::uint64_t revision = 0;
  bool closed_world = false;
  std::vector<ReadWords> read;
  std::vector<AnswerOption> options, explained;
  std::vector<std::pair<std::string, int>> tests_that_could_help;
  std::vector<TextHitWords> text_hits;  // asked for with AnswerRequest::text_hits
  std::vector<std::string> warnings;
  std::vector<SourceWords> sources;  // every source named above, once, by id
  std::size_t searched_options = 0;  // B7: how many options of this revision were looked at
};

struct AnswerRequest {
  match::MatchRequest match;
  Language language = Language::En;
  std::size_t limit = 500;    // options listed at most
  std::size_t text_hits = 0;  // trials found by text, listed apart; 0-100, of the newest revision only
};

// The whole way from a case to its answer at one View. `reading` carries what a file reader could not use.
// Errors: what match::interpret refuses; an `explain` id that names nothing (NotFound).
Checked<Answer> answer_case(const view::View& view, const model::CaseReading& reading, const AnswerRequest& request);

// Canonical JSON with sorted keys, no trailing newline.
std::string to_json(const Answer& answer);
// The same, appended to a buffer that may be used again.
void append_json(const Answer& answer, std::string& out);
// One line an option, with a header line; tab-separated, no quoting.
std::string to_tsv(const Answer& answer);
// For a terminal: plain text, 100 columns, no colour.
std::string to_text(const Answer& answer);

}  // namespace treff::answer
