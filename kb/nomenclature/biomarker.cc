#include "kb/nomenclature/biomarker.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "kb/base/text.h"

namespace treff::nomenclature {
namespace {

constexpr std::size_t kLongestText = 200;

// What one word, or several in a row, means. The table is all the vocabulary there is.
enum class Says : std::uint8_t {
  Name,
  State,
  NameAndState,
  PerMb,
  Percent,
  Score,
  PdL1,         // the protein without a score
  Methylation,  // makes MGMT a biomarker
  Mgmt,
  Failed,
  TumourOnly,
  TumourNormal,
  Sites,
  Filler,
};

struct Phrase {
  std::string_view words;  // lower case, single spaces; hyphens are spaces
  Says says;
  BiomarkerName name = BiomarkerName::Tmb;
  BiomarkerState state = BiomarkerState::Unstated;
};

using enum BiomarkerName;
using S = BiomarkerState;

constexpr std::array kPhrases = {
    Phrase{"tmb", Says::Name, Tmb},
    Phrase{"tumor mutational burden", Says::Name, Tmb},
    Phrase{"tumor mutation burden", Says::Name, Tmb},
    Phrase{"tumormutasjonsbyrde", Says::Name, Tmb},
    Phrase{"mutasjonsbyrde", Says::Name, Tmb},
    Phrase{"msi", Says::Name, Msi},
    Phrase{"microsatellite instability", Says::Name, Msi},
    Phrase{"microsatellite", Says::Name, Msi},
    Phrase{"microsatellites", Says::Name, Msi},
    Phrase{"mikrosatellittinstabilitet", Says::Name, Msi},
    Phrase{"mikrosatellitt", Says::Name, Msi},
    Phrase{"mss", Says::NameAndState, Msi, S::Stable},
    Phrase{"mikrosatellittstabil", Says::NameAndState, Msi, S::Stable},
    Phrase{"mikrosatellittinstabil", Says::NameAndState, Msi, S::High},
    Phrase{"microsatellite unstable", Says::NameAndState, Msi, S::High},
    Phrase{"mmr", Says::Name, Mmr},
    Phrase{"mismatch repair", Says::Name, Mmr},
    Phrase{"dmmr", Says::NameAndState, Mmr, S::Deficient},
    Phrase{"mmrd", Says::NameAndState, Mmr, S::Deficient},
    Phrase{"mmr d", Says::NameAndState, Mmr, S::Deficient},
    Phrase{"pmmr", Says::NameAndState, Mmr, S::Proficient},
    Phrase{"mmrp", Says::NameAndState, Mmr, S::Proficient},
    Phrase{"mmr p", Says::NameAndState, Mmr, S::Proficient},
    Phrase{"hrd", Says::Name, Hrd},
    Phrase{"gis", Says::Name, Hrd},
    Phrase{"genomic instability score", Says::Name, Hrd},
    Phrase{"homologous recombination deficiency", Says::Name, Hrd},
    Phrase{"homologous recombination deficient", Says::NameAndState, Hrd, S::Positive},
    Phrase{"homologous recombination proficient", Says::NameAndState, Hrd, S::Negative},
    Phrase{"tps", Says::Name, PdL1Tps},
    Phrase{"tumor proportion score", Says::Name, PdL1Tps},
    Phrase{"cps", Says::Name, PdL1Cps},
    Phrase{"combined positive score", Says::Name, PdL1Cps},
    Phrase{"ic", Says::Name, PdL1Ic},
    Phrase{"pole signature", Says::Name, SignaturePole},
    Phrase{"tobacco signature", Says::Name, SignatureTobacco},
    Phrase{"apobec signature", Says::Name, SignatureApobec},
    Phrase{"uv signature", Says::Name, SignatureUv},
    Phrase{"temozolomide signature", Says::Name, SignatureTemozolomide},
    Phrase{"pd l1", Says::PdL1},
    Phrase{"pdl1", Says::PdL1},
    Phrase{"mgmt", Says::Mgmt},
    Phrase{"promoter", Says::Filler},
    Phrase{"methylation", Says::Methylation},
    Phrase{"metylering", Says::Methylation},
    Phrase{"methylated", Says::Methylation, MgmtMethylation, S::Positive},
    Phrase{"metylert", Says::Methylation, MgmtMethylation, S::Positive},
    Phrase{"unmethylated", Says::Methylation, MgmtMethylation, S::Negative},
    Phrase{"not methylated", Says::Methylation, MgmtMethylation, S::Negative},
    Phrase{"umetylert", Says::Methylation, MgmtMethylation, S::Negative},
    Phrase{"ikke metylert", Says::Methylation, MgmtMethylation, S::Negative},
    Phrase{"h", Says::State, Tmb, S::High},
    Phrase{"high", Says::State, Tmb, S::High},
    Phrase{"unstable", Says::State, Tmb, S::High},
    Phrase{"ustabil", Says::State, Tmb, S::High},
    Phrase{"instabil", Says::State, Tmb, S::High},
    Phrase{"høy", Says::State, Tmb, S::High},
    Phrase{"i", Says::State, Tmb, S::Intermediate},
    Phrase{"intermediate", Says::State, Tmb, S::Intermediate},
    Phrase{"intermediær", Says::State, Tmb, S::Intermediate},
    Phrase{"l", Says::State, Tmb, S::Low},
    Phrase{"low", Says::State, Tmb, S::Low},
    Phrase{"lav", Says::State, Tmb, S::Low},
    Phrase{"s", Says::State, Tmb, S::Stable},
    Phrase{"stable", Says::State, Tmb, S::Stable},
    Phrase{"stabil", Says::State, Tmb, S::Stable},
    Phrase{"deficient", Says::State, Tmb, S::Deficient},
    Phrase{"deficiency", Says::State, Tmb, S::Deficient},
    Phrase{"proficient", Says::State, Tmb, S::Proficient},
    Phrase{"proficiency", Says::State, Tmb, S::Proficient},
    Phrase{"intact", Says::State, Tmb, S::Proficient},
    Phrase{"positive", Says::State, Tmb, S::Positive},
    Phrase{"positiv", Says::State, Tmb, S::Positive},
    Phrase{"pos", Says::State, Tmb, S::Positive},
    Phrase{"+", Says::State, Tmb, S::Positive},
    Phrase{"negative", Says::State, Tmb, S::Negative},
    Phrase{"negativ", Says::State, Tmb, S::Negative},
    Phrase{"neg", Says::State, Tmb, S::Negative},
    Phrase{"mut / mb", Says::PerMb},
    Phrase{"muts / mb", Says::PerMb},
    Phrase{"mutations / mb", Says::PerMb},
    Phrase{"mutasjoner / mb", Says::PerMb},
    Phrase{"mutations per mb", Says::PerMb},
    Phrase{"mutations per megabase", Says::PerMb},
    Phrase{"mutasjoner per mb", Says::PerMb},
    Phrase{"mutasjoner per megabase", Says::PerMb},
    Phrase{"mutations / megabase", Says::PerMb},
    Phrase{"mut per mb", Says::PerMb},
    Phrase{"per mb", Says::PerMb},
    Phrase{"/ mb", Says::PerMb},
    Phrase{"%", Says::Percent},
    Phrase{"percent", Says::Percent},
    Phrase{"prosent", Says::Percent},
    Phrase{"score", Says::Score},
    Phrase{"points", Says::Score},
    Phrase{"failed", Says::Failed},
    Phrase{"fail", Says::Failed},
    Phrase{"feilet", Says::Failed},
    Phrase{"na", Says::Failed},
    Phrase{"n / a", Says::Failed},
    Phrase{"not evaluable", Says::Failed},
    Phrase{"ikke evaluerbar", Says::Failed},
    Phrase{"not assessable", Says::Failed},
    Phrase{"tumor only", Says::TumourOnly},
    Phrase{"tumor normal", Says::TumourNormal},
    Phrase{"usable sites", Says::Sites},
    Phrase{"usable msi sites", Says::Sites},
    Phrase{"sites", Says::Sites},
    Phrase{"status", Says::Filler},
    Phrase{"unstable sites", Says::Filler},
    Phrase{"value", Says::Filler},
    Phrase{"expression", Says::Filler},
    Phrase{"ekspresjon", Says::Filler},
    Phrase{"is", Says::Filler},
    Phrase{"er", Says::Filler},
    Phrase{"of", Says::Filler},
};

// The states that a biomarker can have.
bool fits(BiomarkerName name, BiomarkerState state) {
  switch (name) {
    case Tmb: return state == S::High || state == S::Intermediate || state == S::Low;
    case Msi: return state == S::High || state == S::Intermediate || state == S::Low || state == S::Stable;
    case Mmr: return state == S::Deficient || state == S::Proficient;
    case Hrd: return state == S::Positive || state == S::Negative;
    case PdL1Tps:
    case PdL1Cps:
    case PdL1Ic:
    case MgmtMethylation:
    case SignaturePole:
    case SignatureTobacco:
    case SignatureApobec:
    case SignatureUv:
    case SignatureTemozolomide: return state == S::Positive || state == S::Negative;
  }
  return false;
}

// The word of a biomarker's own vocabulary for a state said in another ("HRD high", "MSI negative" stays refused).
BiomarkerState own_state(BiomarkerName name, BiomarkerState state) {
  if (name == Hrd && state == S::High) return S::Positive;
  if (name == Hrd && state == S::Deficient) return S::Positive;
  if (name == Hrd && state == S::Proficient) return S::Negative;
  return state;
}

double highest_value(BiomarkerName name) { return name == Tmb ? 100000 : 100; }

struct Token {
  std::string text;      // folded word, number or sign
  std::size_t at = 0;    // byte offset in the input
  std::size_t size = 0;  // bytes in the input
  bool number = false;
};

// Bytes of the separator at `at`, 0 if there is none: space, no-break space, plain and typographic dashes, brackets.
std::size_t gap_at(std::string_view text, std::size_t at) {
  constexpr std::array<std::string_view, 8> kWide = {"\u00a0", "\u2010", "\u2011", "\u2012",
                                                     "\u2013", "\u2014", "\u2212", "\u202f"};
  for (const std::string_view wide : kWide) {
    if (text.compare(at, wide.size(), wide) == 0) return wide.size();
  }
  return std::string_view(" \t\n\r-:=(),;_").find(text[at]) == std::string_view::npos ? 0 : 1;
}

// A sign stands before a digit and behind a gap or nothing: "TMB -5", but not "TMB-5" or "TMB - 5".
bool is_sign(std::string_view text, std::size_t at) {
  const std::size_t size = gap_at(text, at);
  const bool dash = text[at] == '-' || text.compare(at, 3, "\u2212") == 0;
  const bool before_digit = at + size < text.size() && base::is_ascii_digit(text[at + size]);
  return dash && before_digit && (at == 0 || std::string_view(" \t=:(").find(text[at - 1]) != std::string_view::npos);
}

bool is_word_byte(char c) { return base::is_ascii_letter(c) || (static_cast<unsigned char>(c) & 0x80) != 0; }

std::size_t word_end(std::string_view text, std::size_t at) {
  for (const std::string_view bound : {"\u2264", "\u2265"}) {
    if (text.compare(at, bound.size(), bound) == 0) return at + bound.size();
  }
  std::size_t end = at + 1;
  while (end < text.size() && gap_at(text, end) == 0 && (is_word_byte(text[end]) || base::is_ascii_digit(text[end]))) {
    ++end;
  }
  return end;
}

// British spelling folds to American so that the phrase table needs one form.
std::string folded_word(std::string_view word) {
  const std::string folded = base::fold_name(word);
  return folded == "tumour" ? "tumor" : folded;
}

// A number takes a decimal mark only between digits; "L1" and "Mb" stay words because they begin with a letter.
std::size_t number_end(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && base::is_ascii_digit(text[end])) ++end;
  const bool mark =
      end + 1 < text.size() && (text[end] == '.' || text[end] == ',') && base::is_ascii_digit(text[end + 1]);
  if (mark) {
    ++end;
    while (end < text.size() && base::is_ascii_digit(text[end])) ++end;
  }
  return end;
}

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t gap = gap_at(text, at);
    if (gap != 0 && !is_sign(text, at)) {
      at += gap;
      continue;
    }
    const bool number = base::is_ascii_digit(text[at]);
    std::size_t end = at + std::max<std::size_t>(gap, 1);
    if (number) {
      end = number_end(text, at);
    } else if (is_word_byte(text[at]) && gap == 0) {
      end = word_end(text, at);
    }
    const std::string_view piece = text.substr(at, end - at);
    tokens.push_back({number ? std::string(piece) : folded_word(piece), at, end - at, number});
    at = end;
  }
  return tokens;
}

// The longest phrase that starts at token `from`, and how many tokens it takes.
std::pair<const Phrase*, std::size_t> phrase_at(const std::vector<Token>& tokens, std::size_t from) {
  const Phrase* best = nullptr;
  std::size_t taken = 0;
  if (from >= tokens.size() || tokens[from].number) return {best, taken};
  const std::string& first = tokens[from].text;
  for (const Phrase& phrase : kPhrases) {
    // Nearly every phrase ends here; every text of a case passes this table before it is tried as an alteration.
    if (phrase.words.compare(0, first.size(), first) != 0) continue;
    const std::vector<std::string_view> words = base::split(phrase.words, ' ');
    if (words.size() <= taken || from + words.size() > tokens.size()) continue;
    const auto same = [&](std::size_t i) { return words[i] == tokens[from + i].text && !tokens[from + i].number; };
    bool all = true;
    for (std::size_t i = 0; i < words.size() && all; ++i) all = same(i);
    if (!all) continue;
    best = &phrase;
    taken = words.size();
  }
  return {best, taken};
}

Error unreadable(std::string message, std::string_view text, std::size_t at, std::size_t size, std::string hint) {
  return Error{
      ErrorCode::UnreadableText, std::move(message), {}, std::string(text.substr(at, size)), at, std::move(hint)};
}

// What the words said, before it is judged.
struct Draft {
  std::optional<BiomarkerName> name;
  BiomarkerState state = BiomarkerState::Unstated;
  std::optional<Says> unit;
  std::vector<double> numbers;
  std::optional<std::pair<int, int>> fraction;  // unstable of usable sites
  std::optional<int> usable_sites;
  std::optional<bool> tumour_only;
  bool pd_l1 = false;
  bool mgmt = false;
  bool failed = false;
};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), tokens_(tokens_of(text)) {}

  Result<Biomarker> read() {
    if (tokens_.empty()) return fail(unreadable("no biomarker is named", text_, 0, 0, {}));
    for (std::size_t at = 0; at < tokens_.size();) {
      const Result<std::size_t> taken = tokens_[at].number ? take_number(at) : take_phrase(at);
      if (!taken) return fail(taken.error());
      at += *taken;
    }
    return judged();
  }

 private:
  Error refused(std::string message, std::size_t token, std::string hint = {}) const {
    return unreadable(std::move(message), text_, tokens_[token].at, tokens_[token].size, std::move(hint));
  }
  Error refused_all(std::string message, std::string hint) const {
    return unreadable(std::move(message), text_, 0, text_.size(), std::move(hint));
  }

  bool follows(std::size_t at, std::string_view text) const { return at < tokens_.size() && tokens_[at].text == text; }

  Result<std::size_t> take_number(std::size_t at) {
    // "(1/114)": unstable of usable sites, as the run summaries print it.
    if (follows(at + 1, "/") && at + 2 < tokens_.size() && tokens_[at + 2].number) {
      const std::optional<int> unstable = base::parse_int(tokens_[at].text);
      const std::optional<int> usable = base::parse_int(tokens_[at + 2].text);
      const bool plain = unstable && usable && *unstable <= *usable;
      if (!plain || draft_.fraction) return fail(refused("these counts of sites cannot be read", at));
      draft_.fraction = {*unstable, *usable};
      return std::size_t{3};
    }
    if (const auto [phrase, taken] = phrase_at(tokens_, at + 1); phrase != nullptr && phrase->says == Says::Sites) {
      const std::optional<int> sites = base::parse_int(tokens_[at].text);
      if (!sites || draft_.usable_sites) return fail(refused("this count of sites cannot be read", at));
      draft_.usable_sites = sites;
      return 1 + taken;
    }
    const std::optional<double> value = base::parse_decimal(tokens_[at].text);
    if (!value || !draft_.numbers.empty()) return fail(refused("only one value can be read", at));
    draft_.numbers.push_back(*value);
    return std::size_t{1};
  }

  Result<std::size_t> take_phrase(std::size_t at) {
    const auto [phrase, taken] = phrase_at(tokens_, at);
    if (phrase == nullptr) {
      const std::string& word = tokens_[at].text;
      const bool bound = word == "<" || word == ">" || word == "\u2265" || word == "\u2264";
      return fail(refused(bound ? "a bound is no measured value" : "this word is not understood", at,
                          bound ? "give the measured value" : std::string()));
    }
    if (const Status said = take(*phrase, at); !said) return fail(said.error());
    return taken;
  }

  Status take(const Phrase& phrase, std::size_t at) {
    switch (phrase.says) {
      case Says::Name: return set_name(phrase.name, at);
      case Says::State: return set_state(phrase.state, at);
      case Says::NameAndState:
        if (Status named = set_name(phrase.name, at); !named) return named;
        return set_state(phrase.state, at);
      case Says::Methylation:
        if (Status named = set_name(MgmtMethylation, at); !named) return named;
        return phrase.state == S::Unstated ? Status() : set_state(phrase.state, at);
      case Says::PerMb:
      case Says::Percent:
      case Says::Score: return set_unit(phrase.says, at);
      case Says::PdL1: draft_.pd_l1 = true; return {};
      case Says::Mgmt: draft_.mgmt = true; return {};
      case Says::Failed: draft_.failed = true; return {};
      case Says::TumourOnly: draft_.tumour_only = true; return {};
      case Says::TumourNormal: draft_.tumour_only = false; return {};
      case Says::Sites: return fail(refused("no count stands before this", at));
      case Says::Filler: return {};
    }
    return {};
  }

  Status set_name(BiomarkerName name, std::size_t at) {
    if (draft_.name && *draft_.name != name) {
      return fail(refused("a second biomarker begins here", at, "give each biomarker by itself"));
    }
    draft_.name = name;
    return {};
  }

  Status set_state(BiomarkerState state, std::size_t at) {
    if (draft_.state != S::Unstated && draft_.state != state)
      return fail(refused("this contradicts what stands before", at));
    draft_.state = state;
    return {};
  }

  Status set_unit(Says unit, std::size_t at) {
    // "score" is part of several names, so it gives way to a real unit.
    if (unit == Says::Score && draft_.unit) return {};
    if (draft_.unit && *draft_.unit != Says::Score && *draft_.unit != unit) return fail(refused("a second unit", at));
    draft_.unit = unit;
    return {};
  }

  Result<Biomarker> judged() {
    if (!draft_.name) {
      return fail(
          refused_all("no biomarker is named", draft_.pd_l1 ? "name the PD-L1 score: TPS, CPS or IC" : std::string()));
    }
    const BiomarkerName name = *draft_.name;
    if (name == MgmtMethylation && !draft_.mgmt)
      return fail(refused_all("methylation of which gene?", "MGMT methylated"));
    if (name != MgmtMethylation && draft_.mgmt) return fail(refused_all("a second biomarker is named", {}));
    const bool pd_l1_score = name == PdL1Tps || name == PdL1Cps || name == PdL1Ic;
    if (draft_.pd_l1 && !pd_l1_score) return fail(refused_all("a second biomarker is named", {}));
    if (name == PdL1Ic && !draft_.pd_l1) return fail(refused_all("IC of which protein?", "PD-L1 IC 5 %"));

    Biomarker biomarker;
    biomarker.name = name;
    biomarker.unit = unit_of(name);
    biomarker.input = std::string(text_);
    biomarker.failed = draft_.failed;
    biomarker.tumour_only = draft_.tumour_only;
    biomarker.state = own_state(name, draft_.state);
    if (biomarker.state != S::Unstated && !fits(name, biomarker.state)) {
      return fail(refused_all("this state does not belong to the biomarker", {}));
    }
    if (Status measured = set_measure(biomarker); !measured) return fail(measured.error());
    const bool said = biomarker.value || biomarker.state != S::Unstated || biomarker.failed;
    if (!said) return fail(refused_all("neither value nor state is given", {}));
    return biomarker;
  }

  Status set_measure(Biomarker& biomarker) const {
    const BiomarkerName name = biomarker.name;
    if ((draft_.fraction || draft_.usable_sites) && name != Msi) return fail(refused_all("only MSI counts sites", {}));
    if (draft_.usable_sites) biomarker.usable_sites = draft_.usable_sites;
    if (draft_.fraction) biomarker.usable_sites = draft_.fraction->second;
    if (!draft_.numbers.empty()) biomarker.value = draft_.numbers.front();
    if (draft_.fraction && !biomarker.value && draft_.fraction->second > 0) {
      biomarker.value = 100.0 * draft_.fraction->first / draft_.fraction->second;
    }
    if (!biomarker.value) return {};
    const std::string_view unit = unit_of(name);
    const bool unit_fits = !draft_.unit || *draft_.unit == Says::Score ||
                           (*draft_.unit == Says::PerMb && unit == "per_mb") ||
                           (*draft_.unit == Says::Percent && unit == "pct");
    // PD-L1 scores are written with and without "%" for the same number.
    if (!unit_fits && !(name == PdL1Cps && *draft_.unit == Says::Percent)) {
      return fail(refused_all("the unit does not belong to the biomarker", "unit: " + std::string(unit)));
    }
    if (unit.empty()) return fail(refused_all("this biomarker has states, no value", "dMMR or pMMR"));
    if (*biomarker.value > highest_value(name)) return fail(refused_all("the value is out of range", {}));
    return {};
  }

  std::string_view text_;
  std::vector<Token> tokens_;
  Draft draft_;
};

// Without exponent, so that the text reads back.
std::string printed_value(double value) {
  std::array<char, 400> buffer{};
  const auto [end, error] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  return error == std::errc() ? std::string(buffer.data(), end) : base::to_text(value);
}

std::string_view printed_name(BiomarkerName name) {
  switch (name) {
    case Tmb: return "TMB";
    case Msi: return "MSI";
    case Mmr: return "MMR";
    case Hrd: return "HRD";
    case PdL1Tps: return "PD-L1 TPS";
    case PdL1Cps: return "PD-L1 CPS";
    case PdL1Ic: return "PD-L1 IC";
    case MgmtMethylation: return "MGMT methylation";
    case SignaturePole: return "POLE signature";
    case SignatureTobacco: return "tobacco signature";
    case SignatureApobec: return "APOBEC signature";
    case SignatureUv: return "UV signature";
    case SignatureTemozolomide: return "temozolomide signature";
  }
  return {};
}

}  // namespace

std::string_view unit_of(BiomarkerName name) {
  switch (name) {
    case Tmb: return "per_mb";
    case Hrd:
    case PdL1Cps: return "score";
    case Msi:
    case PdL1Tps:
    case PdL1Ic:
    case MgmtMethylation: return "pct";
    case Mmr:
    case SignaturePole:
    case SignatureTobacco:
    case SignatureApobec:
    case SignatureUv:
    case SignatureTemozolomide: return "";
  }
  return {};
}

Result<Biomarker> parse_biomarker(std::string_view text) {
  if (text.size() > kLongestText) {
    return fail(unreadable("too long for a biomarker", text, 0, kLongestText, {}));
  }
  return Reader(text).read();
}

bool names_biomarker(std::string_view text) {
  const std::vector<Token> tokens = tokens_of(text.substr(0, kLongestText));
  if (tokens.empty()) return false;
  const Phrase* first = phrase_at(tokens, 0).first;
  if (first == nullptr) return false;
  const auto has = [&](auto wanted) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const Phrase* phrase = phrase_at(tokens, i).first;
      if (wanted(tokens[i], phrase)) return true;
    }
    return false;
  };
  switch (first->says) {
    case Says::Name: return first->name != PdL1Ic;
    case Says::NameAndState: return true;
    case Says::Mgmt: return has([](const Token&, const Phrase* p) { return p && p->says == Says::Methylation; });
    case Says::PdL1: {
      // "PD-L1 positive" asks for its score; "PD-L1 IHC positive" and "PD-L1 amplification" are no such markers.
      const Phrase* last = phrase_at(tokens, tokens.size() - 1).first;
      if (last != nullptr && last->says == Says::State && tokens.size() <= 3) return true;
      return has(
          [](const Token&, const Phrase* p) { return p && (p->says == Says::Name || p->says == Says::Percent); });
    }
    case Says::State:
    case Says::PerMb:
    case Says::Percent:
    case Says::Score:
    case Says::Methylation:
    case Says::Failed:
    case Says::TumourOnly:
    case Says::TumourNormal:
    case Says::Sites:
    case Says::Filler: return false;
  }
  return false;
}

std::string to_text(const Biomarker& biomarker) {
  std::string out(printed_name(biomarker.name));
  if (biomarker.value) {
    out += ' ' + printed_value(*biomarker.value);
    const std::string_view unit = unit_of(biomarker.name);
    if (unit == "per_mb") out += " per Mb";
    if (unit == "pct") out += " %";
  }
  if (biomarker.state != S::Unstated)
    out += (biomarker.value ? ", " : " ") + std::string(base::name_of(biomarker.state));
  if (biomarker.usable_sites) out += ", " + std::to_string(*biomarker.usable_sites) + " usable sites";
  if (biomarker.failed) out += ", failed";
  if (biomarker.tumour_only) out += *biomarker.tumour_only ? ", tumour-only" : ", tumour-normal";
  return out;
}

}  // namespace treff::nomenclature
