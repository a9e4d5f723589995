#include "kb/nomenclature/protein_parser.h"

#include "kb/nomenclature/amino_acids.h"

namespace treff::nomenclature {
namespace {

constexpr int kLongestProtein = 99'999;
constexpr std::size_t kLongestResidueList = 400;
constexpr std::size_t kMostChanges = 16;

// True for edits that keep the number of residues: V600E, VK600EI.
bool is_plain_exchange(const ProteinChange& change) {
  return change.start == change.end && change.ref.size() <= 1 && change.alt.size() == 1;
}

// "VAL600GLU" may be three residues for three, or three-letter codes in capitals.
bool is_shouted_code(std::string_view letters) {
  if (letters.size() != 3) return false;
  std::string code = base::to_lower_ascii(letters);
  code[0] = letters[0];
  return residue_of(code).has_value();
}

Status unreadable(const Cursor& in, std::string message, std::string hint = {}) {
  return fail(in.error(std::move(message), std::move(hint)));
}

}  // namespace

void complete_reference(ProteinChange& change) {
  if (change.start == change.end && !change.ref_first.empty()) change.ref_last = change.ref_first;
  if (change.form == ProteinForm::Insertion || change.form == ProteinForm::Duplication) return;
  if (change.form == ProteinForm::Repeat || change.form == ProteinForm::SpliceSite || !change.ref.empty()) return;
  if (change.start == change.end) change.ref = change.ref_first;
  const bool neighbours = change.end == change.start + 1 && !change.ref_first.empty() && !change.ref_last.empty();
  if (neighbours) change.ref = change.ref_first + change.ref_last;
}

ProteinParser::ProteinParser(std::string_view text, std::size_t origin, XMeans x, bool any_case)
    : in_(text, origin), x_(x), any_case_(any_case) {}

Status ProteinParser::parse(ProteinName& out) {
  const bool enclosed =
      in_.peek() == '(' && in_.rest().back() == ')' && in_.rest().find(")(") == std::string_view::npos;
  if (enclosed) in_.skip(1);
  if (enclosed && in_.peek() == '[') return unreadable(in_, "the parentheses belong inside the brackets", "p.[(S68R)]");
  out.predicted = out.predicted || enclosed;
  if (const auto read = parse_list(out); !read) return read;
  if (enclosed && !in_.take(')')) return unreadable(in_, "the parenthesis is not closed here");
  if (!in_.done()) return unreadable(in_, "text behind the protein change");
  return {};
}

Status ProteinParser::parse_list(ProteinName& out) {
  ProteinChange special;
  const auto rest = in_.rest();
  const auto word = rest.substr(0, rest.find(')'));
  if (word == "0" || word == "0?") special.form = ProteinForm::NoProtein;
  if (word == "=") special.form = ProteinForm::Synonymous;
  if (word == "0" || word == "0?" || word == "=" || word == "?") {
    in_.skip(word.size());
    out.change = special;
    return {};
  }
  if (in_.peek() == '[') return parse_bracketed(out);
  if (const auto read = add(out, false); !read) return read;
  if (in_.peek() == '^') return parse_alternatives(out, out.change);
  while (in_.take("(;)")) {
    if (const auto read = add(out, false); !read) return read;
  }
  return {};
}

// "[A;B]", "[(A;B)]", "[A];[B]", "[A];[?]": second changes go to `also`; an unknown or unchanged second copy adds none.
Status ProteinParser::parse_bracketed(ProteinName& out) {
  do {
    if (!in_.take('[')) return unreadable(in_, "expected '[' and the changes of the other copy");
    const bool enclosed = in_.peek() == '(' && in_.rest().find(";") < in_.rest().find(')') && in_.take('(');
    out.predicted = out.predicted || enclosed;
    do {
      while (in_.take(' ')) {
      }
      if (const auto read = add(out, true); !read) return read;
    } while (in_.take(';') || in_.take(','));
    if (enclosed && !in_.take(')')) return unreadable(in_, "the parenthesis is not closed here");
    if (!in_.take(']')) return unreadable(in_, "the bracket is not closed here");
  } while (in_.take(';'));
  if (out.change.start == 0) return unreadable(in_, "no change is named in the brackets");
  return {};
}

// One change of a list, with or without its own parentheses.
Status ProteinParser::add(ProteinName& out, bool in_brackets) {
  const bool enclosed = in_.take('(');
  if (in_brackets && (in_.peek() == '?' || in_.peek() == '=')) {
    in_.skip(1);
  } else {
    auto read = change();
    if (!read) return fail(read.error());
    if (out.change.start == 0) {
      out.change = *read;
    } else if (out.also.size() + 1 < kMostChanges) {
      out.also.push_back(*read);
    } else {
      return unreadable(in_, "too many changes in one name");
    }
  }
  if (!enclosed) return {};
  out.predicted = true;
  return in_.take(')') ? Status{} : unreadable(in_, "the parenthesis is not closed here");
}

// "Gly56Ala^Ser^Cys" and "Gly56Ala^Ser67Arg": one of them, it is not known which.
Status ProteinParser::parse_alternatives(ProteinName& out, const ProteinChange& first) {
  out.alternatives = true;
  while (in_.take('^')) {
    const auto before = in_.at();
    ProteinChange next = first;
    next.alt.clear();
    const auto residue = take_residue();
    const bool short_form = residue && (in_.done() || in_.peek() == '^' || in_.peek() == ')');
    if (short_form) {
      next.alt = std::string(1, *residue);
    } else {
      in_.back_to(before);
      auto read = change();
      if (!read) return fail(read.error());
      next = *read;
    }
    if (out.also.size() + 1 >= kMostChanges) return unreadable(in_, "too many changes in one name");
    out.also.push_back(next);
  }
  return {};
}

Result<ProteinChange> ProteinParser::change() {
  ProteinChange out;
  if (const auto read = place(out); !read) return fail(read.error());
  if (const auto read = edit(out); !read) return fail(read.error());
  complete_reference(out);
  return out;
}

std::optional<char> ProteinParser::take_residue() {
  if (style_ != Style::OneLetter) {
    if (const auto residue = residue_of(in_.rest().substr(0, 3))) {
      in_.skip(3);
      if (*residue != '*') style_ = Style::ThreeLetter;
      return residue;
    }
  }
  char c = in_.peek();
  if (c == '*') {
    in_.skip(1);
    return c;
  }
  // "V600Ter": the stop may keep its three letters beside a one-letter residue.
  if (style_ == Style::OneLetter && in_.take("Ter")) return '*';
  if (style_ == Style::ThreeLetter && c != 'X') return std::nullopt;
  if (any_case_ && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (!is_residue(c)) return std::nullopt;
  in_.skip(1);
  if (c != 'X') style_ = Style::OneLetter;
  return c;
}

// Residues until a word of the grammar or something else begins. 'X' stays 'X': its meaning depends on the edit.
std::string ProteinParser::take_residues() {
  std::string out;
  while (out.size() < kLongestResidueList) {
    if (any_case_ && (in_.starts("fs") || in_.starts("ext"))) break;
    const auto residue = take_residue();
    if (!residue) break;
    out += *residue;
  }
  return out;
}

Status ProteinParser::place(ProteinChange& change) {
  const auto begin = in_.at();
  const auto first = take_residues();
  const auto number_at = in_.at();
  const bool stop_written_x = first == "X" && x_ == XMeans::Stop;
  const auto start = in_.take_number();
  if (!start) {
    in_.back_to(begin);
    return unreadable(in_, "expected a residue number", "write it as V600E or p.Val600Glu");
  }
  if (*start < 1 || *start > kLongestProtein) {
    in_.back_to(number_at);
    return unreadable(in_, "residues are counted from 1");
  }
  change.start = *start;
  change.end = *start;
  if (first.size() == 1 && first != "X") change.ref_first = first;
  if (stop_written_x) change.ref_first = "*";
  if (first.size() > 1) {
    if (first.find_first_of("X*") != std::string::npos) {
      in_.back_to(begin);
      return unreadable(in_, "a stop cannot stand inside the residues");
    }
    change.ref = first;
    change.ref_first = first.substr(0, 1);
    change.ref_last = first.substr(first.size() - 1);
    change.end = *start + static_cast<int>(first.size()) - 1;
    if (change.end > kLongestProtein) return unreadable(in_, "no protein is that long");
    return last_number(change);
  }
  if (in_.peek() != '_' || in_.starts("_splice") || in_.starts("_SPLICE")) return {};
  in_.skip(1);
  const auto last = take_residue();
  const auto end = in_.take_number();
  if (!end) return unreadable(in_, "expected the number of the last residue");
  if (*end <= *start || *end > kLongestProtein) return unreadable(in_, "the last residue must follow the first");
  change.end = *end;
  if (last && *last != 'X') change.ref_last = std::string(1, *last);
  return {};
}

// "GL606-607GL": the number of the last residue may stand behind a dash.
Status ProteinParser::last_number(const ProteinChange& change) {
  if (in_.peek() != '-') return {};
  const auto dash = in_.at();
  in_.skip(1);
  if (in_.take_number() == change.end) return {};
  in_.back_to(dash);
  return unreadable(in_, "the numbers do not fit the residues");
}

// Behind one residue or a range INS, DEL and DUP are the words: one residue becomes three only through a delins. Behind
// several residues they may as well be the new ones.
Status ProteinParser::check_capitals(const ProteinChange& change) {
  if (change.ref.size() < 2) return {};
  for (const std::string_view word : {"INS", "DEL", "DUP"}) {
    if (in_.starts(word))
      return unreadable(in_, std::string(word) + " may be the word or residues", "write ins, del, dup, or delins");
  }
  return {};
}

bool ProteinParser::take_splice() {
  const auto before = in_.at();
  in_.take('_');
  if (in_.take("splice") || in_.take("SPLICE")) return true;
  in_.back_to(before);
  return false;
}

Status ProteinParser::edit(ProteinChange& change) {
  if (change.ref.empty() && take_splice()) {
    change.form = ProteinForm::SpliceSite;
    change.ref_first.clear();
    change.ref_last.clear();
    return {};
  }
  if (const auto clear = check_capitals(change); !clear) return clear;
  if (in_.take("delins") || in_.take("DELINS")) return inserted(change, "delins");
  if (in_.take("del") || in_.take("DEL")) return deletion(change);
  if (in_.take("ins") || in_.take("INS")) return insertion(change);
  if (in_.take("dup") || in_.take("DUP")) return duplication(change);
  if (in_.starts("fs") || in_.starts("FS")) return frameshift(change);
  if (in_.starts("ext")) return extension(change);
  if (in_.peek() == '[') return repeat(change);
  if (in_.take("=/")) return mosaic(change);
  if (in_.take('=')) {
    change.form = ProteinForm::Synonymous;
    return {};
  }
  if (in_.take('?')) {
    if (change.start != 1) return unreadable(in_, "'?' stands only behind the first residue");
    change.form = ProteinForm::StartLost;
    return {};
  }
  return substitution(change);
}

// "Val7=/del": part of the cells are unchanged, which does not alter what the change is.
Status ProteinParser::mosaic(ProteinChange& change) {
  in_.take('/');
  return edit(change);
}

// Residues written out behind del or dup must be as many as the range has, with its ends.
Status ProteinParser::named_residues(ProteinChange& change) {
  const auto before = in_.at();
  const auto named = take_residues();
  if (named.empty()) return {};
  const auto expected = static_cast<std::size_t>(change.end - change.start + 1);
  const bool ends_agree = (change.ref_first.empty() || named.substr(0, 1) == change.ref_first) &&
                          (change.ref_last.empty() || named.substr(named.size() - 1) == change.ref_last);
  const bool unknown_residue = named.find('X') != std::string::npos;
  if (named.size() != expected || !ends_agree || unknown_residue) {
    in_.back_to(before);
    return unreadable(in_, "the residues written out do not fit the range");
  }
  change.ref = named;
  change.ref_first = named.substr(0, 1);
  change.ref_last = named.substr(named.size() - 1);
  return {};
}

Status ProteinParser::deletion(ProteinChange& change) {
  change.form = ProteinForm::Deletion;
  if (in_.starts("ext")) return extension(change);
  if (const auto read = named_residues(change); !read) return read;
  if (in_.take("ins")) return inserted(change, "ins");
  return {};
}

Status ProteinParser::insertion(ProteinChange& change) {
  if (change.end == change.start && x_ == XMeans::AnyResidue) {
    change.end = change.start + 1;
  } else if (change.end != change.start + 1) {
    const bool one_side = change.end == change.start;
    return unreadable(in_,
                      one_side ? "an insertion stands between two neighbouring residues, and only one is named"
                               : "an insertion stands between two neighbouring residues",
                      "write both and what is inserted: D770_N771insG");
  }
  if (const auto read = inserted(change, "ins"); !read) return read;
  change.form = ProteinForm::Insertion;
  return {};
}

// New residues, or only their number: "SVD", "23", "(5)", "*63".
Status ProteinParser::inserted(ProteinChange& change, std::string_view after) {
  change.form = ProteinForm::Delins;
  const bool enclosed = in_.peek() == '(' && in_.take('(');
  if (const auto count = in_.take_number(4)) {
    if (*count < 1) return unreadable(in_, "an insertion has at least one residue");
    change.inserted_length = *count;
  } else {
    const auto before = in_.at();
    change.alt = take_residues();
    const auto inner_stop = change.alt.find('*');
    if (change.alt.empty()) return unreadable(in_, "expected the new residues behind " + std::string(after));
    if (inner_stop != std::string::npos && inner_stop + 1 != change.alt.size()) {
      in_.back_to(before);
      return unreadable(in_, "a stop ends the new residues");
    }
    // N4: alone, X is a residue that is not known; behind known residues a pipeline means a stop.
    const bool only_x = change.alt.find_first_not_of('X') == std::string::npos;
    if (!only_x && change.alt.back() == 'X' && x_ == XMeans::Stop && style_ != Style::ThreeLetter)
      change.alt.back() = '*';
    if (change.alt.back() == '*') {
      change.stop_after = in_.take_number(5).value_or(0);
    }
  }
  if (enclosed && !in_.take(')')) return unreadable(in_, "the parenthesis is not closed here");
  if (in_.starts("fs")) return unreadable(in_, "a frameshift is named by its first changed residue", "R97Pfs*23");
  if (after == "delins") settle_single(change);
  return {};
}

// One residue for one is a substitution, also where it is written as a delins: equal findings have equal names.
void ProteinParser::settle_single(ProteinChange& change) {
  const bool single = change.start == change.end && change.alt.size() == 1 && change.ref_first.size() == 1;
  if (!single || change.stop_after != 0 || change.alt == "X" || change.ref_first == "*") return;
  if (change.alt == change.ref_first) {
    change.form = ProteinForm::Synonymous;
    change.alt.clear();
  } else if (change.start == 1) {
    change.form = ProteinForm::StartLost;
  } else {
    change.form = change.alt == "*" ? ProteinForm::Nonsense : ProteinForm::Substitution;
  }
}

Status ProteinParser::duplication(ProteinChange& change) {
  change.form = ProteinForm::Duplication;
  return named_residues(change);
}

// "*", "Ter", "X" with a number, '?' or nothing behind; false if there is none.
bool ProteinParser::take_stop_count(int& count) {
  if (!in_.take('*') && !in_.take("Ter") && !in_.take('X')) return false;
  if (in_.take('?')) return true;
  count = in_.take_number(5).value_or(0);
  return true;
}

Status ProteinParser::frameshift(ProteinChange& change) {
  const bool may_be_residues = in_.starts("FS") && in_.peek(2) != '*';
  if (may_be_residues) return unreadable(in_, "FS may be a frameshift or two residues", "write fs, or delinsFS");
  if (change.ref.size() > 1) return unreadable(in_, "a frameshift is named by its first changed residue", "R97Pfs*23");
  in_.skip(2);
  change.form = ProteinForm::Frameshift;
  take_stop_count(change.stop_after);
  return {};
}

// "*757Kext*36", "Ter110GlnextTer17", "Met1ext-5", "*315TyrextAsnLysGlyThr*", "ext*?".
Status ProteinParser::extension(ProteinChange& change) {
  if (change.ref.size() > 1 || !in_.take("ext")) return unreadable(in_, "expected ext behind one residue");
  change.form = ProteinForm::Extension;
  if (take_stop_count(change.stop_after)) return {};
  const auto residues = take_residues();
  if (in_.take('-')) {
    const auto count = in_.take_number(5);
    if (!count) return unreadable(in_, "expected how many residues the start moves");
    change.stop_after = -*count;
    return {};
  }
  if (residues.empty()) return {};
  if (residues.back() != '*' && residues.back() != 'X') return unreadable(in_, "an extension ends with a stop");
  change.alt += residues.substr(0, residues.size() - 1);
  change.stop_after = static_cast<int>(residues.size());
  return {};
}

Status ProteinParser::repeat(ProteinChange& change) {
  in_.skip(1);
  const auto count = in_.take_number(4);
  if (!count || !in_.take(']')) return unreadable(in_, "expected the number of repeats");
  change.form = ProteinForm::Repeat;
  change.inserted_length = *count;
  if (in_.starts(";[")) return unreadable(in_, "two numbers of repeats", "name each copy as a change of its own");
  return {};
}

// New residues behind the place: V600E, Q1294*, Q1294X, VK600EI, R97Pfs*23, *757Kext*36.
Status ProteinParser::substitution(ProteinChange& change) {
  const auto before = in_.at();
  const bool stop = change.ref.size() < 2 && (in_.rest() == "TER" || in_.starts("TER)")) && in_.take("TER");
  change.alt = stop ? "*" : take_residues();
  if (change.alt.empty()) return finish_bare(change);
  if (in_.starts("fs") || in_.starts("FS")) return frameshift(change);
  if (in_.starts("ext")) return extension(change);
  if (change.end != change.start && change.ref.empty()) {
    in_.back_to(before);
    return unreadable(in_, "expected del, ins, delins or dup behind a range", "write it as D842_I843delinsIM");
  }
  if (is_shouted_code(change.ref) && is_shouted_code(change.alt)) {
    in_.back_to(before);
    return unreadable(in_, "one-letter and three-letter residues cannot be told apart", "write Val600Glu or V600E");
  }
  const bool wildcard = change.alt == "X" && x_ == XMeans::AnyResidue;
  if (wildcard) {
    change.alt.clear();
    return finish_bare(change);
  }
  if (change.alt.back() == 'X' && x_ == XMeans::Stop) change.alt.back() = '*';
  if (change.alt.substr(0, change.alt.size() - 1).find_first_of("*X") != std::string::npos) {
    in_.back_to(before);
    return unreadable(in_, "a stop ends the new residues");
  }
  const std::string ref = change.ref.empty() ? change.ref_first : change.ref;
  if (!ref.empty() && ref == change.alt) {
    change.form = ProteinForm::Synonymous;
    change.alt.clear();
  } else if (!is_plain_exchange(change)) {
    change.form = ProteinForm::Delins;
  } else if (change.ref_first == "*") {
    change.form = ProteinForm::Extension;
  } else if (change.alt == "*") {
    change.form = ProteinForm::Nonsense;
  } else if (change.start == 1 && (change.ref_first == "M" || change.ref_first.empty())) {
    change.form = ProteinForm::StartLost;
  } else {
    change.form = ProteinForm::Substitution;
  }
  return {};
}

Status ProteinParser::finish_bare(ProteinChange& change) {
  const bool whole_codon = change.start == change.end && !change.ref_first.empty() && change.ref_first != "*";
  const bool numbered = change.start == change.end && x_ == XMeans::AnyResidue;
  if (!whole_codon && !numbered) {
    return unreadable(in_, "expected the new residue, del, ins, delins, dup, fs or ext", "write it as V600E");
  }
  change.form = ProteinForm::AnyAtCodon;
  return {};
}

}  // namespace treff::nomenclature
