#include "kb/text/status_history.h"

#include <algorithm>

#include "kb/base/enum_names.h"
#include "kb/base/text.h"

namespace treff::text {
namespace {

using model::EntryState;

constexpr std::size_t kEntryBytes = 9;
constexpr std::string_view kSinceBefore = "00000000";
constexpr std::string_view kUnknown = "unknown";

std::string compact(const Date& date) {
  std::string text = base::to_string(date);
  std::erase(text, '-');
  return text;
}

std::string encode(const std::vector<model::StatusChange>& history) {
  std::vector<std::string> entries;
  for (const model::StatusChange& change : history) {
    const std::string day = change.from ? compact(*change.from) : std::string(kSinceBefore);
    entries.push_back(day + static_cast<char>('0' + static_cast<int>(change.state)));
  }
  // Of two changes on one day the later in the list is in force.
  std::stable_sort(entries.begin(), entries.end(), [](const std::string& a, const std::string& b) {
    return a.compare(0, kEntryBytes - 1, b, 0, kEntryBytes - 1) < 0;
  });
  return base::join(entries, "");
}

std::optional<EntryState> in_force(std::string_view entries, std::string_view day) {
  std::optional<EntryState> state;
  for (std::size_t at = 0; at + kEntryBytes <= entries.size(); at += kEntryBytes) {
    const auto entry = static_cast<EntryState>(entries[at + kEntryBytes - 1] - '0');
    if (entries.substr(at, kEntryBytes - 1) <= day) {
      state = entry;
    } else {
      const bool will_open = entry == EntryState::Open || entry == EntryState::Planned;
      return state || !will_open ? state : std::optional(EntryState::Planned);
    }
  }
  return state;
}

int restriction(EntryState state) {
  switch (state) {
    case EntryState::Open: return 0;
    case EntryState::Planned: return 1;
    case EntryState::Suspended: return 2;
    case EntryState::Full: return 3;
    case EntryState::Closed: return 4;
  }
  return 4;
}

}  // namespace

std::string encode_status(const std::vector<model::StatusChange>& own, const std::vector<model::StatusChange>& trial) {
  std::string text = encode(own);
  if (!trial.empty()) text += "|" + encode(trial);
  return text;
}

std::optional<EntryState> status_on(std::string_view encoded, const Date& day) {
  const std::string today = compact(day);
  const std::size_t bar = encoded.find('|');
  const auto own = in_force(encoded.substr(0, bar), today);
  if (bar == std::string_view::npos) return own;
  const auto trial = in_force(encoded.substr(bar + 1), today);
  if (!own || !trial) {
    // One side alone says only what it forbids: an open trial does not open a cohort of unknown state.
    const auto known = own ? own : trial;
    return known && *known == EntryState::Open ? std::nullopt : known;
  }
  return restriction(*own) >= restriction(*trial) ? own : trial;
}

std::string_view status_name(std::optional<EntryState> state) { return state ? base::name_of(*state) : kUnknown; }

bool parse_status(std::string_view word, std::optional<EntryState>& state) {
  state = base::from_name<EntryState>(word);
  return state.has_value() || word == kUnknown;
}

}  // namespace treff::text
