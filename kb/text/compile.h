// Query tree to the search library's own query: the last of the three small steps. Internal to kb/text.
//
// A word is looked for as it stands, by both stems, by its normal forms and by its other names, whichever weighs most;
// symbols, variants and words with digits never by stems. Other names of several words ("lung cancer") are recognised
// across neighbouring words. The size of what comes out is bounded by kMaxLeaves: other names are left out beyond it,
// what the person wrote never.
#pragma once

#include <optional>
#include <string>

#include <xapian.h>

#include "kb/base/date.h"
#include "kb/base/result.h"
#include "kb/text/collection.h"
#include "kb/text/query.h"
#include "kb/text/synonyms.h"
#include "kb/text/term_forms.h"

namespace treff::text {

inline constexpr std::size_t kMaxLeaves = 400;

// How words side by side are joined. Written operators, fields and NOT are always kept to the letter.
enum class Joining : std::uint8_t {
  All,             // every word
  AnyButVariants,  // some words, but every variant that was named: V600E must not find V600K through its gene
  Any,             // some words; more words rank higher
};

struct Compiling {
  const Synonyms& synonyms;
  Stemmer& stemmer;
  const Shares& shares;
  Joining joining = Joining::All;
  std::optional<Date> today;  // needed for the field `status`
};

// InvalidValue if `status` is asked for without a day.
Result<Xapian::Query> compile(const Query& query, const Compiling& with);

}  // namespace treff::text
