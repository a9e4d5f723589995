// Eligibility text as registries write it -> sentences and list items with their section.
#include <algorithm>
#include <optional>

#include "kb/base/text.h"
#include "kb/nomenclature/marker_text.h"
#include "kb/nomenclature/marker_words.h"

namespace treff::nomenclature {
namespace {

struct Item {
  std::string text;
  std::size_t indent = 0;
  char mark = 'n';  // d = number, a = letter, s = sign, n = no list mark
};

// Length of a list mark ("* ", "- ", "1. ", "a) ") at the start of a trimmed line, 0 if there is none.
std::size_t bullet_length(std::string_view line) {
  if (line.empty()) return 0;
  for (const std::string_view mark : {"*", "-", "\xE2\x80\xA2", "\xC2\xB7", "o ", "\xE2\x96\xAA"}) {
    if (line.substr(0, mark.size()) != mark) continue;
    std::size_t n = mark.size();
    while (n < line.size() && line[n] == ' ') ++n;
    return n > mark.size() || mark == "o " ? n : 0;
  }
  std::size_t n = 0;
  while (n < line.size() && n < 4 &&
         (base::is_ascii_digit(line[n]) || (n == 0 && base::is_ascii_letter(line[n])) ||
          std::string_view("ivx").find(line[n]) != std::string_view::npos)) {
    ++n;
  }
  if (n < line.size() && line[n] == '\\') ++n;  // "1\\. ": registries escape their own marks
  if (n == 0 || n >= line.size() || (line[n] != '.' && line[n] != ')')) return 0;
  ++n;
  if (n >= line.size() || line[n] != ' ') return 0;
  while (n < line.size() && line[n] == ' ') ++n;
  return n;
}

// Lines joined to items: a line without a mark goes on with the item before it, an empty line ends a paragraph.
std::vector<Item> items_of(std::string_view text) {
  std::vector<Item> items;
  bool open = false;
  for (std::string_view line : base::split(text, '\n')) {
    const std::size_t indent = line.find_first_not_of(" \t\r");
    line = base::trim(line);
    if (line.empty()) {
      open = false;
      continue;
    }
    const std::size_t mark = bullet_length(line);
    if (mark > 0) {
      const char first = line.front();
      const char style = base::is_ascii_digit(first) ? 'd' : base::is_ascii_letter(first) ? 'a' : 's';
      items.push_back({std::string(line.substr(mark)), indent, style});
    } else if (open) {
      items.back().text.append(" ").append(line);
    } else {
      items.push_back({std::string(line), indent, 'n'});
    }
    open = true;
  }
  return items;
}

enum class Heading { None, Inclusion, Exclusion };

Heading heading_of(std::string_view text) {
  const std::string low = base::to_lower_ascii(text.substr(0, 90));
  const std::size_t in = low.find("inclusion");
  const std::size_t ex = low.find("exclusion");
  const auto begins = [&](std::size_t at) { return at != std::string::npos && at < 40; };
  const bool short_line = text.size() < 90 || low.find("criteria:") != std::string::npos;
  if (!short_line || low.find("criteria") == std::string::npos) {
    const std::string_view bare = base::trim(std::string_view(low).substr(0, low.find(':')));
    if (bare == "inclusion" || bare == "key inclusion") return Heading::Inclusion;
    if (bare == "exclusion" || bare == "key exclusion" || bare == "exclusions") return Heading::Exclusion;
    return Heading::None;
  }
  if (begins(ex) && (ex < in)) return Heading::Exclusion;
  if (begins(in)) return Heading::Inclusion;
  return Heading::None;
}

bool has_role(std::string_view text, WordRole role) {
  for (const MarkerWord& word : marker_words(text)) {
    if (word.role == role) return true;
  }
  return false;
}

void add_sentences(const std::string& text, MarkerPlace place, std::vector<Passage>& out) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const bool ends = (text[i] == '.' || text[i] == '!' || text[i] == '?') && text[i + 1] == ' ' &&
                      text[i + 2] >= 'A' && text[i + 2] <= 'Z' && i > begin + 2;
    if (!ends) continue;
    out.push_back({text.substr(begin, i + 1 - begin), place});
    begin = i + 2;
  }
  if (begin < text.size()) out.push_back({text.substr(begin), place});
}

// An item above, and whether what is nested below it can stand by itself.
struct Parent {
  std::size_t indent = 0;
  char mark = 'n';
  bool colon = false;
  std::string text;
  // Asked when something is nested below: false if that is an alternative, or a rule for a part of the trial only.
  std::optional<bool> usable = std::nullopt;
};

class PassageReader {
 public:
  std::vector<Passage> read(std::string_view text) {
    for (const Item& item : items_of(text)) take(item);
    return std::move(passages_);
  }

 private:
  void take(const Item& item) {
    if (const Heading heading = heading_of(item.text); heading != Heading::None) {
      place_ = heading == Heading::Exclusion ? MarkerPlace::Exclusion : MarkerPlace::Inclusion;
      parents_.clear();
      // "Inclusion criteria, cohort 2:" rules a part of the trial only.
      const std::size_t colon = item.text.find(':');
      section_usable_ = !part_ && !names_part(item.text.substr(0, colon));
      if (colon != std::string::npos && colon + 2 < item.text.size() && section_usable_) {
        add_sentences(item.text.substr(colon + 1), place_, passages_);
      }
      return;
    }
    if (item.mark == 'n' && item.text.size() < 60 && names_part(item.text)) {
      // "Subprotocol C": from here on nothing is a rule of the whole trial.
      part_ = true;
      section_usable_ = false;
    }
    leave_finished(item);
    bool usable = section_usable_;
    for (Parent& parent : parents_) {
      if (!usable) break;
      if (!parent.usable) parent.usable = rules_all(parent.text);
      usable = *parent.usable;
    }
    const bool colon = item.text.back() == ':';
    parents_.push_back({item.indent, item.mark, colon, item.text});
    if (colon) return;
    // "...; OR" joins an item to the next one: neither is needed by itself.
    const bool joined = place_ == MarkerPlace::Inclusion && (after_or_ || ends_with_or(item.text));
    after_or_ = ends_with_or(item.text);
    // An item may have items of its own below it without a colon; those are read as they stand.
    if (usable && !joined) add_sentences(item.text, place_, passages_);
  }

  static bool ends_with_or(std::string_view text) {
    const std::vector<MarkerWord> words = marker_words(text.substr(text.size() > 40 ? text.size() - 40 : 0));
    return !words.empty() && words.back().role == WordRole::Or;
  }

  // Drops the items above that the new one does not belong to: deeper or equal ones, unless the new one has another
  // kind of mark ("A." with "1." below it, both at the margin).
  void leave_finished(const Item& item) {
    const auto sibling = std::find_if(parents_.begin(), parents_.end(), [&](const Parent& parent) {
      return parent.indent == item.indent && parent.mark == item.mark;
    });
    if (sibling != parents_.end()) parents_.erase(sibling, parents_.end());
    while (!parents_.empty()) {
      const Parent& last = parents_.back();
      if (item.indent > last.indent) return;
      if (item.indent == last.indent && item.mark != 'n' && (last.mark != 'n' || last.colon)) return;
      parents_.pop_back();
    }
  }

  static bool names_part(std::string_view line) {
    for (const MarkerWord& word : marker_words(line)) {
      for (const std::string_view part : {"cohort", "cohorts", "arm", "arms", "part", "parts", "phase", "subprotocol",
                                          "group", "groups", "substudy", "sub-study", "stage"}) {
        if (word.lower == part) return true;
      }
    }
    return false;
  }

  bool rules_all(std::string_view line) const {
    const std::string low = base::to_lower_ascii(line);
    if (place_ == MarkerPlace::Exclusion) return !has_role(line, WordRole::No) && !has_doubt(line);
    if (low.size() < 60 && low.find("criteria") != std::string::npos && low.back() == ':') return !names_part(line);
    return low.find("all of the following") != std::string::npos || low.find("all the following") != std::string::npos;
  }

  static bool has_doubt(std::string_view line) {
    for (const MarkerWord& word : marker_words(line)) {
      if (word.lower != "following" && word.lower != "other" && word.role == WordRole::Doubt) return true;
    }
    return false;
  }

  std::vector<Passage> passages_;
  std::vector<Parent> parents_;
  MarkerPlace place_ = MarkerPlace::Inclusion;
  bool section_usable_ = true;
  bool after_or_ = false;
  bool part_ = false;
};

}  // namespace

std::vector<Passage> eligibility_passages(std::string_view text) { return PassageReader().read(text); }

}  // namespace treff::nomenclature
