// What `treff parse` and `POST parse` answer for one term (API.md section 2.1): the reading, or the error with its
// place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kb/base/result.h"
#include "kb/match/knowledge.h"

namespace treff::answer {

enum class ParseAs : std::uint8_t { Alteration, Criterion, Diagnosis, Drug };

// "alteration", "criterion", "diagnosis", "drug"; Usage otherwise.
Result<ParseAs> parse_as_from(std::string_view word);

struct ParseTerm {
  std::string id;  // the caller's own, may be empty
  std::string text;
  std::string gene;  // may be empty
};

// One line of NDJSON input {"id","text","gene"?}, or a plain term (then `id` is empty).
Checked<ParseTerm> parse_term_from_line(std::string_view line);
// A JSON array of such objects or strings, or an object {"terms":[...]}; at most 10,000.
Checked<std::vector<ParseTerm>> parse_terms_from_json(std::string_view json);

// What an ambiguous name may mean, from the hint of its error ("one of A, B" for genes, "one of A; B" for diagnoses and
// findings); empty if the hint lists nothing.
std::vector<std::string> alternatives_in(std::string_view hint);

// One JSON object, no newline. Never fails: what cannot be read is `"ok":false` with the error.
std::string parse_answer(const ParseTerm& term, ParseAs as, const match::Vocabulary& words);
// The same shape for a term that could not even be taken in.
std::string parse_failure(std::string_view input, const Error& error);
// Such an object for a person, one line or a few: "HER2 IHC 3+ = ERBB2 ihc 3+", "ALK-positive: not read: ...", with
// what it may mean.
std::string parse_text(std::string_view answer);

}  // namespace treff::answer
