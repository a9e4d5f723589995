#include "kb/text/collection.h"

#include <algorithm>
#include <cmath>

#include "kb/text/hidden_source.h"

namespace treff::text {
namespace {

constexpr std::size_t kMaxKnown = 100'000;  // terms come from queries: what is remembered is bounded

}  // namespace

Collection::Collection(const Handle& handle, const std::unordered_set<std::string>& superseded)
    : documents_(handle.database.get_doccount()), length_(handle.database.get_total_length()) {
  std::vector<Xapian::docid> hidden;
  for (const std::string& term : superseded) {
    for (auto at = handle.base.postlist_begin(term); at != handle.base.postlist_end(term); ++at) {
      hidden.push_back(*at);
      length_ -= handle.base.get_doclength(*at);
    }
  }
  documents_ -= hidden.size();
  std::sort(hidden.begin(), hidden.end());
  hidden_ = std::make_shared<const std::vector<Xapian::docid>>(std::move(hidden));
  for (const model::RecordKindRow& row : model::kRecordKinds) {
    const std::string family = key_term({row.kind, {}});
    const bool some = std::any_of(superseded.begin(), superseded.end(),
                                  [&](const std::string& term) { return term.starts_with(family); });
    if (some) hidden_kinds_.insert(row.kind);
  }
}

double Collection::average_length() const {
  return documents_ == 0 ? 0 : static_cast<double>(length_) / static_cast<double>(documents_);
}

std::uint64_t Collection::hidden_with(const Handle& handle, const std::string& term) const {
  std::uint64_t count = 0;
  auto at = handle.base.postlist_begin(term);
  const auto end = handle.base.postlist_end(term);
  auto hidden = hidden_->begin();
  while (hidden != hidden_->end()) {
    at.skip_to(*hidden);
    if (at == end) break;
    hidden = std::lower_bound(hidden, hidden_->end(), *at);
    if (hidden == hidden_->end() || *hidden != *at) continue;
    ++count;
    ++hidden;
  }
  return count;
}

std::uint64_t Collection::frequency(const Handle& handle, const std::string& term) const {
  {
    const std::lock_guard lock(mutex_);
    const auto known = known_.find(term);
    if (known != known_.end()) return known->second;
  }
  std::uint64_t count = handle.database.get_termfreq(term);
  if (count > 0 && !hidden_->empty()) count -= hidden_with(handle, term);
  const std::lock_guard lock(mutex_);
  if (known_.size() >= kMaxKnown) known_.clear();
  known_.emplace(term, count);
  return count;
}

// Documents of several segments are numbered in turn, the base taking the first of each round.
bool Collection::is_hidden(const Handle& handle, Xapian::docid document) const {
  if (hidden_->empty()) return false;
  const auto segments = static_cast<Xapian::docid>(handle.database.size());
  return (document - 1) % segments == 0 &&
         std::binary_search(hidden_->begin(), hidden_->end(), (document - 1) / segments + 1);
}

Xapian::Query Collection::without_hidden(const Xapian::Query& query) const {
  if (hidden_->empty()) return query;
  return Xapian::Query(Xapian::Query::OP_AND_NOT, query, Xapian::Query((new HiddenSource(hidden_))->release()));
}

double Shares::of(const std::string& term) const {
  if (collection_.documents() == 0) return 0;
  return static_cast<double>(collection_.frequency(handle_, term)) / static_cast<double>(collection_.documents());
}

double Shares::worth(double share) const {
  const auto documents = static_cast<double>(collection_.documents());
  const double odds = (documents * (1 - share) + 0.5) / (documents * share + 0.5);
  // From two thirds of all documents on the usual formula goes negative; it is bent before that.
  return std::log(odds < 2 ? odds * 0.5 + 1 : odds);
}

}  // namespace treff::text
