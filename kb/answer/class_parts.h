// The parts of a variant class in the words of API.md section 2.1, beside the criterion object: what the text of a rule
// says of consequence, place and residues. What a class leaves open is 0, empty, "unknown" or "any".
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "kb/nomenclature/alteration.h"
#include "kb/nomenclature/variant_class.h"

namespace treff::answer {

// "protein", "hgvs_p", "start", "end", "ref", "alt" and what else the change states, added to `out`.
void add_protein(const nomenclature::ProteinChange& change, nlohmann::json& out);

// `text` is what was read: it may write out residues that the canonical name leaves out.
// {"gene","kind","consequence","start","end","ref","alt",...}. A class of several consequences has the word that
// covers them: "truncating" (nonsense, frameshift) or else "any".
nlohmann::json class_parts(const nomenclature::VariantClass& cls, std::string_view text);

}  // namespace treff::answer
