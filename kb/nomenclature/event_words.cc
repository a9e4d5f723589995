#include "kb/nomenclature/event_words.h"

#include <algorithm>
#include <array>
#include <utility>

#include "kb/base/text.h"

namespace treff::nomenclature {
namespace {

constexpr std::size_t kLongestText = 200;

struct Word {
  std::string_view written;
  std::string_view means;  // empty: leaves no trace
};

// One row a spelling; words that stand for themselves need no row.
constexpr std::array kWords = {
    Word{"mutations", "mutation"},
    Word{"mutated", "mutation"},
    Word{"mutant", "mutation"},
    Word{"mut", "mutation"},
    Word{"mutasjon", "mutation"},
    Word{"mutasjoner", "mutation"},
    Word{"mutert", "mutation"},
    Word{"variant", "mutation"},
    Word{"variants", "mutation"},
    Word{"alteration", "mutation"},
    Word{"alterations", "mutation"},
    Word{"forandring", "mutation"},
    Word{"any", ""},
    Word{"gene", ""},
    Word{"a", ""},
    Word{"an", ""},
    Word{"of", ""},
    Word{"by", ""},
    Word{"positiv", "positive"},
    Word{"positivt", "positive"},
    Word{"negativ", "negative"},
    Word{"negativt", "negative"},
    Word{"in", "in"},
    Word{"amplifications", "amplification"},
    Word{"amplified", "amplification"},
    Word{"amp", "amplification"},
    Word{"amplifikasjon", "amplification"},
    Word{"amplifisert", "amplification"},
    Word{"gains", "gain"},
    Word{"losses", "loss"},
    Word{"tap", "loss"},
    Word{"deletions", "deletion"},
    Word{"del", "deletion"},
    Word{"delesjon", "deletion"},
    Word{"delesjoner", "deletion"},
    Word{"deleted", "deletion"},
    Word{"insertions", "insertion"},
    Word{"ins", "insertion"},
    Word{"insersjon", "insertion"},
    Word{"insersjoner", "insertion"},
    Word{"duplications", "duplication"},
    Word{"indels", "indel"},
    Word{"homozygot", "homozygous"},
    Word{"fusions", "fusion"},
    Word{"fusjon", "fusion"},
    Word{"fusjoner", "fusion"},
    Word{"rearrangement", "fusion"},
    Word{"rearrangements", "fusion"},
    Word{"rearranged", "fusion"},
    Word{"rearrangert", "fusion"},
    Word{"translocation", "fusion"},
    Word{"translocations", "fusion"},
    Word{"translokasjon", "fusion"},
    Word{"exons", "exon"},
    Word{"ex", "exon"},
    Word{"ekson", "exon"},
    Word{"kodon", "codon"},
    Word{"skip", "skipping"},
    Word{"skipped", "skipping"},
    Word{"inframe", "in frame"},
    Word{"truncation", "truncating"},
    Word{"truncations", "truncating"},
    Word{"trunkerende", "truncating"},
    Word{"frameshifts", "frameshift"},
    Word{"inactivation", "inactivating"},
    Word{"inaktiverende", "inactivating"},
    Word{"aktiverende", "activating"},
    Word{"onkogen", "oncogenic"},
    Word{"patogen", "pathogenic"},
    Word{"sannsynlig", "likely"},
    Word{"reversions", "reversion"},
    Word{"revertant", "reversion"},
    Word{"reversjon", "reversion"},
    Word{"reversjoner", "reversion"},
    Word{"reversjonsmutasjon", "reversion mutation"},
    Word{"reversjonsmutasjoner", "reversion mutation"},
    Word{"wildtype", "wild type"},
    Word{"villtype", "wild type"},
    Word{"wt", "wild type"},
    Word{"overuttrykk", "overexpression"},
    Word{"overexpressed", "overexpression"},
    Word{"biallelisk", "biallelic"},
    Word{"kimbane", "germline"},
    Word{"somatisk", "somatic"},
};

// The Greek letter, as letter and as mathematical sign, as a word of its own.
std::string with_delta_spelled(std::string plain) {
  for (const std::string_view sign : {"\u0394", "\u2206", "\u03b4"}) {
    for (auto at = plain.find(sign); at != std::string::npos; at = plain.find(sign, at + 1)) {
      plain.replace(at, sign.size(), " delta ");
    }
  }
  return plain;
}

// Lower case, '-' and '_' as spaces, "ex14" as "exon 14", each word in its one spelling.
std::vector<std::string> words_of(std::string_view text) {
  std::string plain = with_delta_spelled(base::to_lower_ascii(text));
  for (std::size_t i = 0; i < plain.size(); ++i) {
    char& c = plain[i];
    const bool decimal = c == ',' && i > 0 && i + 1 < plain.size() && base::is_ascii_digit(plain[i - 1]) &&
                         base::is_ascii_digit(plain[i + 1]);
    if (c == '-' || c == '_' || c == '\t' || (c == ',' && !decimal) || c == '(' || c == ')') c = ' ';
  }
  std::vector<std::string> out;
  const auto add = [&out](std::string_view word) {
    for (const auto& row : kWords) {
      if (row.written == word) word = row.means;
    }
    for (const auto part : base::split(word, ' ')) {
      if (!part.empty()) out.emplace_back(part);
    }
  };
  for (std::string_view word : base::split(plain, ' ')) {
    if (word.empty()) continue;
    const auto digits = word.find_first_of("0123456789");
    const auto letters = word.substr(0, digits);
    if (digits != std::string_view::npos && (letters == "ex" || letters == "exon" || letters == "ekson")) {
      add(letters);
      word.remove_prefix(digits);
      const auto behind = word.find_first_not_of("0123456789");
      add(word.substr(0, behind));
      if (behind != std::string_view::npos) add(word.substr(behind));
    } else {
      add(word);
    }
  }
  return out;
}

struct PhraseRow {
  std::string_view phrase;
  Event event;
};

Event with_consequence(Consequence consequence) {
  Event out;
  out.kind = EventKind::Consequence;
  out.consequence = consequence;
  return out;
}

Event with_function(FunctionClass function, bool likely = false) {
  Event out;
  out.kind = EventKind::Function;
  out.function = function;
  out.likely = likely;
  return out;
}

Event with_copy(CopyCall copy) {
  Event out;
  out.kind = EventKind::CopyNumber;
  out.copy = copy;
  return out;
}

Event of_kind(EventKind kind) {
  Event out;
  out.kind = kind;
  return out;
}

Event with_level(std::string_view method, std::string_view level) {
  Event out;
  out.kind = EventKind::Expression;
  out.method = method;
  out.level = level;
  return out;
}

Event bare_deletion() {
  Event out = with_copy(CopyCall::Loss);
  out.bare_deletion = true;
  return out;
}

Event heterozygosity_lost() {
  Event out = with_copy(CopyCall::Unstated);
  out.minor_copies = 0;
  return out;
}

Event intragenic() {
  Event out = of_kind(EventKind::Fusion);
  out.intragenic = true;
  return out;
}

std::vector<PhraseRow> copy_and_fusion_phrases() {
  return {
      {"", of_kind(EventKind::AnyMutation)},
      {"mutation", of_kind(EventKind::AnyMutation)},
      {"amplification", with_copy(CopyCall::Amplification)},
      {"copy number amplification", with_copy(CopyCall::Amplification)},
      {"high level amplification", with_copy(CopyCall::Amplification)},
      {"gain", with_copy(CopyCall::Gain)},
      {"copy number gain", with_copy(CopyCall::Gain)},
      {"low level gain", with_copy(CopyCall::Gain)},
      {"copy number neutral", with_copy(CopyCall::Neutral)},
      {"loss", with_copy(CopyCall::Loss)},
      {"copy number loss", with_copy(CopyCall::Loss)},
      {"shallow deletion", with_copy(CopyCall::Loss)},
      {"heterozygous deletion", with_copy(CopyCall::Loss)},
      {"hemizygous deletion", with_copy(CopyCall::Loss)},
      {"hemizygous loss", with_copy(CopyCall::Loss)},
      {"heterozygous loss", with_copy(CopyCall::Loss)},
      {"deletion", bare_deletion()},
      {"gene deletion", bare_deletion()},
      {"copy number deletion", bare_deletion()},
      {"homozygous deletion", with_copy(CopyCall::HomozygousDeletion)},
      {"homozygous loss", with_copy(CopyCall::HomozygousDeletion)},
      {"homdel", with_copy(CopyCall::HomozygousDeletion)},
      {"deep deletion", with_copy(CopyCall::HomozygousDeletion)},
      {"biallelic deletion", with_copy(CopyCall::HomozygousDeletion)},
      {"loh", heterozygosity_lost()},
      {"loss heterozygosity", heterozygosity_lost()},
      {"fusion", of_kind(EventKind::Fusion)},
      {"intragenic", intragenic()},
      {"intragenic fusion", intragenic()},
  };
}

std::vector<PhraseRow> change_phrases() {
  return {
      {"promoter", with_consequence(Consequence::Promoter)},
      {"promoter mutation", with_consequence(Consequence::Promoter)},
      {"missense", with_consequence(Consequence::Missense)},
      {"missense mutation", with_consequence(Consequence::Missense)},
      {"nonsense", with_consequence(Consequence::Nonsense)},
      {"nonsense mutation", with_consequence(Consequence::Nonsense)},
      {"stop gained", with_consequence(Consequence::Nonsense)},
      {"frameshift", with_consequence(Consequence::Frameshift)},
      {"frameshift mutation", with_consequence(Consequence::Frameshift)},
      {"in frame deletion", with_consequence(Consequence::InframeDeletion)},
      {"in frame insertion", with_consequence(Consequence::InframeInsertion)},
      {"splice", with_consequence(Consequence::Splice)},
      {"splice mutation", with_consequence(Consequence::Splice)},
      {"splice site", with_consequence(Consequence::Splice)},
      {"splice site mutation", with_consequence(Consequence::Splice)},
      {"synonymous", with_consequence(Consequence::Synonymous)},
      {"synonymous mutation", with_consequence(Consequence::Synonymous)},
      {"silent mutation", with_consequence(Consequence::Synonymous)},
      {"start lost", with_consequence(Consequence::StartLost)},
      {"truncating", with_function(FunctionClass::Truncating)},
      {"truncating mutation", with_function(FunctionClass::Truncating)},
      {"inactivating", with_function(FunctionClass::LossOfFunction)},
      {"inactivating mutation", with_function(FunctionClass::LossOfFunction)},
      {"loss function", with_function(FunctionClass::LossOfFunction)},
      {"loss function mutation", with_function(FunctionClass::LossOfFunction)},
      {"deleterious mutation", with_function(FunctionClass::LossOfFunction)},
      {"lof mutation", with_function(FunctionClass::LossOfFunction)},
      {"activating", with_function(FunctionClass::Activating)},
      {"activating mutation", with_function(FunctionClass::Activating)},
      {"gain function", with_function(FunctionClass::Activating)},
      {"gain function mutation", with_function(FunctionClass::Activating)},
      {"oncogenic", with_function(FunctionClass::Oncogenic)},
      {"oncogenic mutation", with_function(FunctionClass::Oncogenic)},
      {"pathogenic", with_function(FunctionClass::Oncogenic)},
      {"pathogenic mutation", with_function(FunctionClass::Oncogenic)},
      {"likely oncogenic mutation", with_function(FunctionClass::Oncogenic, true)},
      {"likely pathogenic mutation", with_function(FunctionClass::Oncogenic, true)},
      {"biallelic", of_kind(EventKind::Biallelic)},
      {"biallelic mutation", of_kind(EventKind::Biallelic)},
      {"biallelic inactivating", of_kind(EventKind::Biallelic)},
      {"biallelic loss", of_kind(EventKind::Biallelic)},
      {"reversion", of_kind(EventKind::Reversion)},
      {"reversion mutation", of_kind(EventKind::Reversion)},
      {"secondary reversion mutation", of_kind(EventKind::Reversion)},
      {"wild type", of_kind(EventKind::WildType)},
      {"exon skipping", of_kind(EventKind::Splice)},
      {"overexpression", with_level("", "overexpression")},
      {"expression", with_level("", "")},
      {"loss expression", with_level("", "loss")},
      {"protein loss", with_level("", "loss")},
  };
}

const std::vector<PhraseRow>& phrases() {
  static const std::vector<PhraseRow> kPhrases = [] {
    auto rows = copy_and_fusion_phrases();
    for (auto& row : change_phrases()) rows.push_back(std::move(row));
    return rows;
  }();
  return kPhrases;
}

struct StructuralRow {
  std::string_view written;  // words in their one spelling
  std::string_view name;
};

constexpr std::array kStructural = {
    StructuralRow{"vi", "vI"},
    StructuralRow{"vii", "vII"},
    StructuralRow{"viii", "vIII"},
    StructuralRow{"mutation iii", "vIII"},
    StructuralRow{"mutation 3", "vIII"},
    StructuralRow{"viv", "vIV"},
    StructuralRow{"viva", "vIVa"},
    StructuralRow{"vivb", "vIVb"},
    StructuralRow{"vivc", "vIVc"},
    StructuralRow{"vv", "vV"},
    StructuralRow{"itd", "ITD"},
    StructuralRow{"internal tandem duplication", "ITD"},
    StructuralRow{"kdd", "KDD"},
    StructuralRow{"kinase domain duplication", "KDD"},
    StructuralRow{"ptd", "PTD"},
    StructuralRow{"partial tandem duplication", "PTD"},
    StructuralRow{"ctd", "CTD"},
    StructuralRow{"c terminal domain", "CTD"},
    StructuralRow{"c terminal domain deletion", "CTD"},
    StructuralRow{"c terminal truncating", "CTD"},
    StructuralRow{"tkd", "TKD"},
    StructuralRow{"v7", "V7"},
};

struct WiderRow {
  std::string_view name;
  std::string_view wider;
};

constexpr std::array kWider = {WiderRow{"vIV", "CTD"}, WiderRow{"vIVa", "CTD"}, WiderRow{"vIVb", "CTD"},
                               WiderRow{"vIVc", "CTD"}, WiderRow{"vV", "CTD"}};

std::string joined(const std::vector<std::string>& words, std::size_t from) {
  std::string out;
  for (std::size_t i = from; i < words.size(); ++i) {
    if (!out.empty()) out += ' ';
    out += words[i];
  }
  return out;
}

std::string structural_of(std::string phrase) {
  constexpr std::string_view kTail = " mutation";
  if (phrase.size() > kTail.size() && phrase.ends_with(kTail)) phrase.resize(phrase.size() - kTail.size());
  for (const auto& row : kStructural) {
    if (row.written == phrase) return std::string(row.name);
  }
  return {};
}

// "exon 14 skipping", "exon 2 7 skipping", "exon 19", "exon 20 insertion".
std::optional<Event> exon_event(std::vector<std::string> words) {
  const bool delta = !words.empty() && words[0] == "delta";  // the transcript without the exon
  if (delta) words.erase(words.begin());
  if (words.size() < 2 || words[0] != "exon") return std::nullopt;
  const auto first = base::parse_int(words[1]);
  if (!first || *first < 1 || *first > 400) return std::nullopt;
  Event out = of_kind(EventKind::Exon);
  out.exon = *first;
  std::size_t next = 2;
  if (words.size() > 2 && (words[2] == "to" || words[2] == "og" || words[2] == "and")) next = 3;
  const auto last = words.size() > next ? base::parse_int(words[next]) : std::nullopt;
  if (last && *last > *first && *last <= 400) {
    out.exon_end = *last;
    ++next;
  } else if (next == 3) {
    return std::nullopt;
  }
  const std::string rest = joined(words, next);
  if (delta && !rest.empty() && rest != "mutation" && rest != "skipping") return std::nullopt;
  if (delta || rest == "skipping" || rest == "skipping mutation") {
    out.kind = EventKind::Splice;
    return out;
  }
  out.indel = rest == "indel" || rest == "insertion/deletion" || rest == "deletion/insertion";
  if (rest.empty() || rest == "mutation" || out.indel) return out;
  if (rest == "deletion") out.consequence = Consequence::InframeDeletion;
  if (rest == "insertion" || rest == "duplication") out.consequence = Consequence::InframeInsertion;
  if (rest == "deletion mutation") out.consequence = Consequence::InframeDeletion;
  if (rest == "insertion mutation") out.consequence = Consequence::InframeInsertion;
  if (out.consequence != Consequence::Unknown) return out;
  for (const auto& row : phrases()) {
    if (row.phrase != rest || row.event.kind != EventKind::Consequence) continue;
    out.consequence = row.event.consequence;
    return out;
  }
  return std::nullopt;
}

// "copy number 8", "8 copies", "fold change 6.1".
std::optional<Event> measured_copy(const std::vector<std::string>& words) {
  if (words.empty()) return std::nullopt;
  Event out = with_copy(CopyCall::Unstated);
  const auto last = base::parse_decimal(words.back());
  const std::string front = words.size() > 1 ? joined({words.begin(), words.end() - 1}, 0) : "";
  if (last && *last >= 0 && (front == "copy number" || front == "cn" || front == "copies")) {
    out.copies = last;
    return out;
  }
  if (last && *last >= 0 && (front == "fold change" || front == "fc")) {
    out.fold_change = last;
    return out;
  }
  const auto first = base::parse_decimal(words.front());
  if (first && *first >= 0 && words.size() == 2 && words[1] == "copies") {
    out.copies = first;
    return out;
  }
  return std::nullopt;
}

// "ihc 3+", "ihc positive", "3+ ihc", "ihc expression"; "expression positive" leaves the method open.
std::optional<Event> staining(const std::vector<std::string>& words) {
  if (words.size() != 2) return std::nullopt;
  const auto is_method = [](const std::string& word) {
    return word == "ihc" || word == "ish" || word == "fish" || word == "rna";
  };
  const auto says_method = [&](const std::string& word) { return is_method(word) || word == "expression"; };
  const bool first = is_method(words[0]) || (says_method(words[0]) && !is_method(words[1]));
  const std::string& by = words[first ? 0 : 1];
  const std::string& level = words[first ? 1 : 0];
  if (!says_method(by) || is_method(level)) return std::nullopt;
  const std::string_view method = is_method(by) ? std::string_view(by) : std::string_view();
  if (level == "expression" && !method.empty()) return with_level(method, "");
  if (level == "overexpression" && !method.empty()) return with_level(method, level);
  constexpr std::array kLevels = {"0", "1+", "2+", "3+", "positive", "negative", "loss", "low", "high", "equivocal"};
  for (const auto* known : kLevels) {
    if (level == known) return with_level(method, level);
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string_view> same_event_words(std::string_view word) {
  constexpr std::size_t kMinBytes = 4;  // "amp", "del" and "any" mean too much else in running text
  const std::string asked = base::to_lower_ascii(word);
  std::string_view means = asked;
  for (const Word& row : kWords) {
    if (row.written == asked) means = row.means;
  }
  std::vector<std::string_view> same;
  const auto add = [&](std::string_view other) {
    if (other.size() >= kMinBytes && other != asked) same.push_back(other);
  };
  bool known = false;
  for (const Word& row : kWords) known = known || row.means == means;
  if (!known || means.size() < kMinBytes) return {};
  for (const Word& row : kWords) {
    if (row.means == means && same.empty()) add(row.means);
    if (row.means == means) add(row.written);
  }
  return same;
}

std::optional<Event> parse_event(std::string_view text) {
  if (text.size() > kLongestText) return std::nullopt;
  auto words = words_of(text);
  Origin origin = Origin::Unknown;
  std::erase_if(words, [&origin](const std::string& word) {
    if (word == "somatic") origin = Origin::Somatic;
    if (word == "germline") origin = Origin::Germline;
    return word == "somatic" || word == "germline";
  });
  const std::string phrase = joined(words, 0);
  std::optional<Event> out;
  // "()" holds no word at all, which is not the same as nothing.
  const bool only_signs = phrase.empty() && origin == Origin::Unknown && !base::trim(text).empty() &&
                          std::none_of(text.begin(), text.end(), base::is_ascii_letter);
  if (only_signs) return std::nullopt;
  for (const auto& row : phrases()) {
    if (row.phrase == phrase) out = row.event;
  }
  if (!out) {
    if (auto name = structural_of(phrase); !name.empty()) {
      out = of_kind(EventKind::Structural);
      out->name = std::move(name);
    }
  }
  if (!out) out = exon_event(words);
  if (!out) out = measured_copy(words);
  if (!out) out = staining(words);
  if (!out && (words.size() == 2 || words.size() == 3) && words[0] == "codon") {
    const auto codon = base::parse_int(words[1]);
    const bool fits = codon && *codon > 0 && (words.size() == 2 || words[2] == "mutation");
    if (fits) out = of_kind(EventKind::Codon);
    if (fits) out->codon = *codon;
  }
  if (!out) return out;
  out->origin = origin;
  const auto lower = base::to_lower_ascii(base::trim(text).substr(0, 3));
  out->short_exon = lower.size() == 3 && lower.substr(0, 2) == "ex" && base::is_ascii_digit(lower[2]);
  return out;
}

bool is_short_for_skipping(const Event& event, std::string_view gene) {
  const bool whole = event.consequence == Consequence::Unknown && !event.indel && event.exon_end == 0;
  return event.kind == EventKind::Exon && event.short_exon && whole && event.exon == 14 && gene == "MET";
}

std::string structural_name(std::string_view text) { return structural_of(joined(words_of(text), 0)); }

std::string_view wider_structural_name(std::string_view name) {
  for (const auto& row : kWider) {
    if (row.name == name) return row.wider;
  }
  return {};
}

}  // namespace treff::nomenclature
