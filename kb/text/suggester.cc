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
constexpr std::size_t kMaxSameName = 10'000;  // looked through for the first of one name

struct FoundName {
  int rank = 0;  // 0 the whole name was typed, 1 the name begins so, 2 a later word begins so
  std::size_t kind = 0;
  std::string folded;
  std::string term;

  auto order() const { return std::make_tuple(rank, kind, folded.size(), std::string_view(folded)); }
};

// Whether a record that can be found has the name.
bool is_shown(const Handle& handle, const Collection& collection, const std::string& term) {
  const Xapian::Database& database = handle.database;
  for (auto at = database.postlist_begin(term); at != database.postlist_end(term); ++at) {
    if (!collection.is_hidden(handle, *at)) return true;
  }
  return false;
}

void collect(const Handle& handle, const Collection& collection, std::size_t kind, bool later_word,
             std::string_view typed, std::size_t limit, std::vector<FoundName>& found) {
  const Xapian::Database& database = handle.database;
  const std::string family = suggest_family(kSuggested[kind], later_word);
  const std::string wanted = family + std::string(typed);
  std::size_t taken = 0;
  for (auto at = database.allterms_begin(wanted); at != database.allterms_end(wanted) && taken < limit; ++at) {
    const std::string term = *at;
    if (!is_shown(handle, collection, term)) continue;
    ++taken;
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

// Documents of the records that have the name, the first few by key.
std::vector<Xapian::docid> first_of_name(const Handle& handle, const Collection& collection, const std::string& term) {
  std::vector<std::pair<std::string, Xapian::docid>> found;
  const Xapian::Database& database = handle.database;
  for (auto at = database.postlist_begin(term); at != database.postlist_end(term); ++at) {
    if (found.size() >= kMaxSameName) break;
    if (!collection.is_hidden(handle, *at)) found.emplace_back(database.get_document(*at).get_value(kKeySlot), *at);
  }
  std::sort(found.begin(), found.end());
  if (found.size() > kMaxRecordsPerName) found.resize(kMaxRecordsPerName);
  std::vector<Xapian::docid> documents;
  for (const auto& [key, document] : found) documents.push_back(document);
  return documents;
}

}  // namespace

Result<std::vector<Suggestion>> find_suggestions(const Handle& handle, const Collection& collection,
                                                 std::string_view typed, std::size_t limit) {
  std::vector<FoundName> names;
  // Twice the limit: some names belong to a record that is already there.
  for (std::size_t kind = 0; kind < kSuggested.size(); ++kind) {
    collect(handle, collection, kind, false, typed, 2 * limit, names);
    collect(handle, collection, kind, true, typed, 2 * limit, names);
  }
  std::sort(names.begin(), names.end(), [](const FoundName& a, const FoundName& b) { return a.order() < b.order(); });
  std::vector<Suggestion> suggestions;
  for (const FoundName& name : names) {
    if (suggestions.size() >= limit) break;
    for (const Xapian::docid document : first_of_name(handle, collection, name.term)) {
      if (suggestions.size() >= limit) return suggestions;
      StoredRecord stored;
      if (!read_stored(handle.database.get_document(document).get_data(), stored)) {
        return index_damaged("damaged", "a document of the text index cannot be read");
      }
      const bool known = std::any_of(suggestions.begin(), suggestions.end(),
                                     [&](const Suggestion& one) { return one.key == stored.key; });
      if (known) continue;
      suggestions.push_back({stored.key, stored.title, matched_name(stored, name.folded)});
    }
  }
  return suggestions;
}

}  // namespace treff::text
