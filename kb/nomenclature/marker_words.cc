#include "kb/nomenclature/marker_words.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "kb/base/text.h"

namespace treff::nomenclature {
namespace {

struct RoleRow {
  WordRole role;
  std::string_view words;  // separated by spaces
};

constexpr std::array kRoles = {
    RoleRow{WordRole::Filler,
            "activating oncogenic somatic known documented confirmed gene genes sensitizing sensitising pathogenic "
            "deleterious driver hotspot canonical common classical classic a an the tumor tumour tumoral actionable "
            "proven kinase-domain inactivating p any homozygous deep bi-allelic"},
    RoleRow{WordRole::Mutation,
            "mutation mutations mutant mutants mutated mutational-positive variant variants mut mutations-positive "
            "mutation-positive mutant-positive"},
    RoleRow{WordRole::Fusion,
            "fusion fusions rearrangement rearrangements rearranged translocation translocations translocated "
            "fusion-positive gene-fusion inversion"},
    RoleRow{WordRole::Amplification, "amplification amplifications amplified"},
    RoleRow{WordRole::Loss, "loss lost losses"},
    RoleRow{WordRole::Deletion, "deletion deletions deleted del"},
    RoleRow{WordRole::Insertion, "insertion insertions ins"},
    RoleRow{WordRole::Skipping, "skipping skip"},
    RoleRow{WordRole::Positive, "positive positivity +"},
    RoleRow{WordRole::Negative, "negative negativity"},
    RoleRow{WordRole::WildType, "wild-type wildtype wt wild"},
    RoleRow{WordRole::Or, "or and/or"},
    RoleRow{WordRole::And, "and plus"},
    RoleRow{WordRole::Treatment,
            "inhibitor inhibitors inhibition inhibiting antibody antibodies therapy therapies targeted targeting "
            "directed tki tkis agent agents agonist antagonist blocker blockers car car-t vaccine adc adcs drug drugs "
            "mab degrader protac conjugate inhibitory blockade treatment treatments i axis naive naïve pretreated"},
    RoleRow{
        WordRole::Test,
        "status testing test tests tested assay assays expression expressing expressed overexpression "
        "overexpressing overexpressed protein level levels panel analysis signalling signaling pathway pathways "
        "screening sequencing antigen ligand receptor receptors specific specificity ihc methylation phosphorylation "
        "genotype genotypes genotyping polymorphism clearance burden ratio kinase kinases copy"},
    RoleRow{
        WordRole::No,
        "no not without absence absent lack lacks lacking excluding exclude excludes excluded except exclusion free "
        "never nor neither non none cannot undetected undetectable ineligible"},
    RoleRow{
        WordRole::Doubt,
        "regardless irrespective unless if whether when prior previous previously progress progressed progressing "
        "progression progresses received receiving receive treated treat treating refractory resistant resistance "
        "intolerant intolerance standard approved available e.g eg i.e such including include includes like example "
        "unknown allowed permitted acceptable other others another stratified stratification stratify history "
        "candidate candidates either failed failure relapsed after following cohort cohorts part arm arms group "
        "groups dose phase escalation expansion determine evaluate assess correlate compare versus vs family "
        "relative relatives carrier carriers prospective retrospective screening screened referred study substudy "
        "healthy exception exceptions indicated eligible indication who whom whose where unresponsive "
        "unselected all-comers"},
    RoleRow{WordRole::Condition,
            "must should shall may might can could will would are is need needs required require requires requiring "
            "have has had was were recommended enroll enrolled enrol undergo"},
};

const std::unordered_map<std::string_view, WordRole>& roles() {
  static const auto table = [] {
    std::unordered_map<std::string_view, WordRole> made;
    for (const RoleRow& row : kRoles) {
      for (const std::string_view word : base::split(row.words, ' ')) made.emplace(word, row.role);
    }
    return made;
  }();
  return table;
}

bool is_edge(char c) {
  return c == '(' || c == '[' || c == '{' || c == ')' || c == ']' || c == '}' || c == ',' || c == ';' || c == ':' ||
         c == '.' || c == '"' || c == '\'' || c == '*' || c == '?' || c == '!' || c == '\\';
}

// Tails that are parted from a name before a hyphen: "EGFR-mutated", "HER2-negative", "ALK-rearranged".
bool is_parted_tail(std::string_view lower) {
  const WordRole role = role_of(lower);
  switch (role) {
    case WordRole::Mutation:
    case WordRole::Fusion:
    case WordRole::Amplification:
    case WordRole::Loss:
    case WordRole::Deletion:
    case WordRole::Positive:
    case WordRole::Negative:
    case WordRole::WildType:
    case WordRole::Treatment:
    case WordRole::Test: return true;
    case WordRole::Plain: return lower == "altered" || lower == "driven" || lower == "deficient" || lower == "low";
    case WordRole::Filler:
    case WordRole::Insertion:
    case WordRole::Skipping:
    case WordRole::Or:
    case WordRole::And:
    case WordRole::No:
    case WordRole::Doubt:
    case WordRole::Condition: return false;
  }
  return false;
}

class WordSplitter {
 public:
  explicit WordSplitter(std::string_view text) : text_(text) {}

  std::vector<MarkerWord> split() {
    for (std::size_t i = 0; i < text_.size();) {
      if (is_blank(text_[i])) {
        ++i;
        continue;
      }
      std::size_t end = i;
      while (end < text_.size() && !is_blank(text_[end])) ++end;
      run(i, end);
      i = end;
    }
    return std::move(words_);
  }

 private:
  static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

  void run(std::size_t begin, std::size_t end) {
    MarkerWord word;
    while (begin < end && is_edge(text_[begin])) {
      word.opens = word.opens || text_[begin] == '(' || text_[begin] == '[';
      // A mark that stands alone, or before a word, closes what came before it.
      if (!words_.empty()) mark(words_.back(), text_[begin]);
      ++begin;
    }
    std::size_t last = end;
    while (last > begin && is_edge(text_[last - 1])) --last;
    if (begin == last) return;
    for (std::size_t i = last; i < end; ++i) mark(word, text_[i]);
    // The full stop of an abbreviation ends no clause.
    const std::string lower = base::to_lower_ascii(text_.substr(begin, last - begin));
    if (lower == "i.e" || lower == "e.g" || lower == "ie" || lower == "eg" || lower == "incl" || lower == "vs") {
      word.stop = false;
    }
    add(begin, last, word);
  }

  static void mark(MarkerWord& word, char c) {
    if (c == ',') word.comma = true;
    if (c == ';' || c == ':' || c == '.' || c == '?' || c == '!') word.stop = true;
    if (c == ':') word.colon = true;
    if (c == ')' || c == ']') word.closes = true;
  }

  void add(std::size_t begin, std::size_t end, MarkerWord word) {
    const std::string_view text = text_.substr(begin, end - begin);
    const bool opens = word.opens;
    // "EGFR/ALK": parts that each begin like a name; "NTRK1/2/3" and "V600E/K" have short tails and stay whole.
    if (const std::size_t slash = text.find('/'); slash != std::string_view::npos && text != "and/or") {
      const std::string_view tail = text.substr(slash + 1);
      const bool short_part = tail.size() < 3 || tail.find('/') < 2;
      if (slash > 1 && !short_part && !base::is_ascii_digit(tail.front())) {
        MarkerWord first;
        first.opens = opens;
        add(begin, begin + slash, first);
        words_.push_back({"or", "or", WordRole::Or, begin + slash, begin + slash + 1});
        word.opens = false;
        add(begin + slash + 1, end, word);
        return;
      }
    }
    for (std::size_t hyphen = text.find('-'); hyphen != std::string_view::npos; hyphen = text.find('-', hyphen + 1)) {
      const std::string tail = base::to_lower_ascii(text.substr(hyphen + 1));
      if (hyphen < 2 || !is_parted_tail(tail)) continue;
      const std::string head = base::to_lower_ascii(text.substr(0, hyphen));
      if (head == "wild" || head == "non") break;
      MarkerWord first;
      first.opens = opens;
      add(begin, begin + hyphen, first);
      word.opens = false;
      begin += hyphen + 1;
      break;
    }
    // "ROS1+", "HER2+".
    if (end - begin > 2 && text_[end - 1] == '+') {
      MarkerWord first;
      first.opens = word.opens;
      add(begin, end - 1, first);
      word.opens = false;
      begin = end - 1;
    }
    word.begin = begin;
    word.end = end;
    word.text = std::string(text_.substr(begin, end - begin));
    word.lower = base::to_lower_ascii(word.text);
    word.role = role_of(word.lower);
    words_.push_back(std::move(word));
  }

  std::string_view text_;
  std::vector<MarkerWord> words_;
};

}  // namespace

WordRole role_of(std::string_view lower_word) {
  const auto found = roles().find(lower_word);
  return found == roles().end() ? WordRole::Plain : found->second;
}

std::vector<MarkerWord> marker_words(std::string_view text) { return WordSplitter(text).split(); }

}  // namespace treff::nomenclature
