#include "kb/nomenclature/protein_equality.h"

#include <algorithm>
#include <map>
#include <vector>

namespace treff::nomenclature {
namespace {

// Two names of one indel lie in one repeat; no repeat of a protein is longer.
constexpr int kLongestRepeat = 300;

bool is_exchange(const ProteinChange& change) {
  return change.form == ProteinForm::Substitution || change.form == ProteinForm::Nonsense;
}

// A residue that is known (`letter`), or one that stands for itself (`place`), or a new residue of unknown kind.
struct Symbol {
  char letter = 0;
  int place = 0;      // residue number, for a reference residue that is not known
  bool open = false;  // new and unknown
};

using Known = std::map<int, char>;

void note(Known& known, int place, std::string_view residue, bool& contradiction) {
  if (residue.size() != 1 || residue[0] == 'X' || place <= 0) return;
  const auto [at, added] = known.emplace(place, residue[0]);
  if (!added && at->second != residue[0]) contradiction = true;
}

void note_all(Known& known, const ProteinChange& change, bool& contradiction) {
  note(known, change.start, change.ref_first, contradiction);
  note(known, change.end, change.ref_last, contradiction);
  for (std::size_t i = 0; i < change.ref.size(); ++i) {
    note(known, change.start + static_cast<int>(i), std::string_view(change.ref).substr(i, 1), contradiction);
  }
}

bool is_sequence_form(ProteinForm form) {
  switch (form) {
    case ProteinForm::Substitution:
    case ProteinForm::Nonsense:
    case ProteinForm::Deletion:
    case ProteinForm::Insertion:
    case ProteinForm::Delins:
    case ProteinForm::Duplication: return true;
    case ProteinForm::Synonymous:
    case ProteinForm::Frameshift:
    case ProteinForm::Extension:
    case ProteinForm::StartLost:
    case ProteinForm::NoProtein:
    case ProteinForm::UnknownEffect:
    case ProteinForm::SpliceSite:
    case ProteinForm::AnyAtCodon:
    case ProteinForm::Repeat: return false;
  }
  return false;
}

Symbol reference(const Known& known, int place) {
  const auto at = known.find(place);
  return at == known.end() ? Symbol{0, place, false} : Symbol{at->second, place, false};
}

void append_new(std::vector<Symbol>& out, const ProteinChange& change) {
  for (int i = 0; i < change.inserted_length; ++i) out.push_back({0, 0, true});
  for (const char letter : change.alt) out.push_back(letter == 'X' ? Symbol{0, 0, true} : Symbol{letter, 0, false});
}

// The stretch [first, last] after the change; nothing follows a stop.
std::vector<Symbol> applied(const ProteinChange& change, const Known& known, int first, int last) {
  std::vector<Symbol> out;
  const bool keeps = change.form == ProteinForm::Insertion || change.form == ProteinForm::Duplication;
  for (int place = first; place <= last; ++place) {
    const bool inside = place >= change.start && place <= change.end;
    if (!inside || keeps) out.push_back(reference(known, place));
    if (change.form == ProteinForm::Insertion && place == change.start) append_new(out, change);
    if (change.form == ProteinForm::Duplication && place == change.end) {
      for (int copy = change.start; copy <= change.end; ++copy) out.push_back(reference(known, copy));
    }
    const bool replaced = !keeps && change.form != ProteinForm::Deletion && place == change.end;
    if (replaced) append_new(out, change);
    if (!out.empty() && out.back().letter == '*') return out;
  }
  return out;
}

Proof compare_sequences(const ProteinChange& wanted, const ProteinChange& found, const Known& known) {
  const int first = std::min(wanted.start, found.start);
  const int last = std::max(wanted.end, found.end);
  const auto left = applied(wanted, known, first, last);
  const auto right = applied(found, known, first, last);
  if (left.size() != right.size()) return Proof::Different;
  bool open = false;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i].open) continue;
    const bool both_known = left[i].letter != 0 && right[i].letter != 0;
    if (both_known && left[i].letter != right[i].letter) return Proof::Different;
    const bool same_symbol =
        left[i].letter == 0 && right[i].letter == 0 && !right[i].open && left[i].place == right[i].place;
    if (!both_known && !same_symbol) open = true;
  }
  return open ? Proof::Unproved : Proof::Equal;
}

// Frameshift and extension: the first new residue and the distance to the stop must agree where both state them.
Proof compare_tails(const ProteinChange& wanted, const ProteinChange& found) {
  if (wanted.start != found.start) return Proof::Different;
  const bool other_residue = !wanted.alt.empty() && !found.alt.empty() && wanted.alt != found.alt;
  const bool other_stop = wanted.stop_after != 0 && found.stop_after != 0 && wanted.stop_after != found.stop_after;
  if (other_residue || other_stop) return Proof::Different;
  const bool less = (!wanted.alt.empty() && found.alt.empty()) || (wanted.stop_after != 0 && found.stop_after == 0);
  return less ? Proof::LessDetail : Proof::Equal;
}

}  // namespace

bool contradicts(const ProteinChange& a, const ProteinChange& b) {
  Known known;
  bool contradiction = false;
  note_all(known, a, contradiction);
  note_all(known, b, contradiction);
  return contradiction;
}

Proof compare(const ProteinChange& wanted, const ProteinChange& found) {
  const bool apart = wanted.end < found.start || found.end < wanted.start;
  const bool sequences = is_sequence_form(wanted.form) && is_sequence_form(found.form);
  const bool far_apart = found.start - wanted.end > kLongestRepeat || wanted.start - found.end > kLongestRepeat;
  const bool exchanges = is_exchange(wanted) && is_exchange(found);
  if (far_apart || (apart && (!sequences || exchanges))) return Proof::Different;
  Known known;
  bool contradiction = false;
  note_all(known, wanted, contradiction);
  note_all(known, found, contradiction);
  if (contradiction) return Proof::Contradiction;
  if (sequences) return compare_sequences(wanted, found, known);
  if (wanted.form != found.form) return Proof::Different;
  if (wanted.form == ProteinForm::Frameshift || wanted.form == ProteinForm::Extension) {
    return compare_tails(wanted, found);
  }
  if (wanted.start != found.start || wanted.end != found.end) return Proof::Different;
  return wanted.inserted_length == found.inserted_length ? Proof::Equal : Proof::Different;
}

bool contains(const ProteinChange& found, const ProteinChange& wanted) {
  const bool replaces = found.form == ProteinForm::Delins && found.start != found.end &&
                        static_cast<int>(found.alt.size()) == found.end - found.start + 1;
  const bool inside =
      wanted.form == ProteinForm::Substitution && wanted.start >= found.start && wanted.start <= found.end;
  if (!replaces || !inside || contradicts(found, wanted)) return false;
  return found.alt[static_cast<std::size_t>(wanted.start - found.start)] == wanted.alt[0];
}

}  // namespace treff::nomenclature
