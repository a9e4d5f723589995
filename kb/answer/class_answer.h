// One line of `treff contains` and `treff relevant` (API.md section 2): NDJSON in, one JSON object out, no newline.
#pragma once

#include <string>
#include <string_view>

#include "kb/match/knowledge.h"

namespace treff::answer {

// {"id","criterion","alteration"[,"gene"]} -> {"id","verdict","rule","relation","reason","read"}, or {"id","error"}.
// Criterion: a text, a criterion node of any kind (leaves, `all`, `any`, `not`, `at_least`, `target`), or the object of
// a `variant` node. Alteration: a text, an alteration of API.md section 3, or {"biomarkers":{...}}.
// A tree is answered for this one finding alone, in Kleene's logic (M5, M6): a leaf about another gene is not_met, a
// condition on the diagnosis or the patient is unknown. `relation` is that to the set the criterion describes: what
// lies inside X is "other" to not X.
std::string contains_line(std::string_view line, const match::Knowledge& knowledge);

// {"id","gene","alteration","candidates":[...]} -> {"id","relevant":[...]}, most specific first; a candidate that
// cannot be read is listed under "unreadable" with its error, never dropped. Candidates are variant classes.
std::string relevant_line(std::string_view line, const match::Knowledge& knowledge);

// "(BRAF V600 mutation or not MSI high)": what was read, in the order of the rule.
std::string criterion_words(const model::Criterion& criterion);

}  // namespace treff::answer
