#include "kb/text/suggester.h"

#include <algorithm>
#include <array>
#include <string>
#include <tuple>

#include "kb/base/text.h"
#include "kb/text/document.h"
#include "kb/text/search_fields.h"
#include "kb/text/segment_stamp.h"
#include "kb/text/words.h"

namespace treff::text {
namespace {

using model::RecordKind;

// The kinds a suggestion may be of, in the order they are offered.
constexpr std::array kSuggested = {RecordKind::Gene,       RecordKind::GeneFamily,   RecordKind::Drug,
                                   RecordKind::Diagnosis,  RecordKind::Organisation, RecordKind::Target,
                                   RecordKind::Trial,      RecordKind::Cohort,       RecordKind::AccessProgramme,
                                   RecordKind::Initiative, RecordKind::Panel,        RecordKind::Site};

constexpr std::size_t kMaxRecordsPerName = 4;

struct FoundName {
  int rank = 0;  // 0 the whole name was typed, 1 the name begins so, 2 a later word begins so
  std::size_t kind = 0;
  std::string folded;
  std::string term;

  auto order() const { return std::make_tuple(rank, kind, folded.size(), std::string_view(folded)); }
};

void collect(const Xapian::Database& database, std::size_t kind, bool later_word, std::string_view typed,
             std::size_t limit, std::vector<FoundName>& found) {
  const std::string family = suggest_family(kSuggested[kind], later_word);
  const std::string wanted = family + std::string(typed);
  std::size_t taken = 0;
  for (auto at = database.allterms_begin(wanted); at != database.allterms_end(wanted) && taken < limit; ++at, ++taken) {
    const std::string term = *at;
    const bool whole = !later_word && term.size() == wanted.size();
    found.push_back({whole ? 0 : later_word ? 2 : 1, kind, term.substr(family.size()), term});
  }
}

// The name of the record that the index term came from, as it was written: the shortest that holds it.
std::string matched_name(const StoredRecord& record, const std::string& folded) {
  const std::string* best = &record.title;
  std::size_t best_bytes = std::string::npos;
  for (const std::string& name : record.names) {
    const bool fits = base::fold_name(name).find(folded) != std::string::npos;
    if (!fits || name.size() >= best_bytes) continue;
    best = &name;
    best_bytes = name.size();
  }
  return *best;
}

}  // namespace

Result<std::vector<Suggestion>> find_suggestions(const HandlePool& pool, const Handle& handle, std::string_view typed,
                                                 std::size_t limit) {
  const Xapian::Database& database = handle.database;
  std::vector<FoundName> names;
  // Twice the limit: some names belong to records that were superseded, some to a record that is already there.
  for (std::size_t kind = 0; kind < kSuggested.size(); ++kind) {
    collect(database, kind, false, typed, 2 * limit, names);
    collect(database, kind, true, typed, 2 * limit, names);
  }
  std::sort(names.begin(), names.end(), [](const FoundName& a, const FoundName& b) { return a.order() < b.order(); });
  std::vector<Suggestion> suggestions;
  for (const FoundName& name : names) {
    std::size_t records = 0;
    for (auto at = database.postlist_begin(name.term); at != database.postlist_end(name.term); ++at) {
      if (suggestions.size() >= limit) return suggestions;
      if (++records > kMaxRecordsPerName) break;
      StoredRecord stored;
      if (!read_stored(database.get_document(*at).get_data(), stored)) {
        return index_damaged("damaged", "a document of the text index cannot be read");
      }
      const bool known = std::any_of(suggestions.begin(), suggestions.end(),
                                     [&](const Suggestion& one) { return one.key == stored.key; });
      if (known || pool.is_hidden(handle, *at, stored.key)) continue;
      suggestions.push_back({stored.key, stored.title, matched_name(stored, name.folded)});
    }
  }
  return suggestions;
}

}  // namespace treff::text
