#include "kb/nomenclature/marker_text.h"

#include <algorithm>
#include <array>

#include "kb/base/text.h"
#include "kb/nomenclature/gene_reading.h"
#include "kb/nomenclature/marker_words.h"
#include "kb/nomenclature/read_alteration.h"

namespace treff::nomenclature {
namespace {

constexpr std::size_t kMaxFillers = 4;
constexpr std::size_t kNegationReach = 10;  // words between "no" and what it turns

// Words of doubt that count in a title or label too; "progressed" or "cohort" do not matter there.
constexpr std::array<std::string_view, 16> kHeadingDoubts = {
    "regardless", "irrespective", "unless", "whether", "other",  "others",     "either",   "including",
    "include",    "such",         "e.g",    "eg",      "family", "unselected", "carriers", "all-comers"};
constexpr std::array<std::string_view, 7> kPermissions = {"may", "might", "can", "could", "will", "would", "allowed"};

template <class List>
bool is_one_of(std::string_view word, const List& list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// One marker as it stands, before the sentence round it is looked at. Words [first, last).
struct Raw {
  std::vector<std::string> texts;
  bool all = false;       // each text is needed by itself ("KRAS and NRAS wild type")
  bool negative = false;  // "HER2-negative", "ALK-negative"
  std::size_t first = 0;
  std::size_t last = 0;
};

class MarkerReader {
 public:
  MarkerReader(std::string_view text, MarkerPlace place, const GeneTable& genes)
      : text_(text), place_(place), genes_(genes), words_(marker_words(text)) {}

  std::vector<Marker> read() {
    for (std::size_t i = 0; i < words_.size();) {
      const std::size_t next = read_at(i);
      i = next > i ? next : i + 1;
    }
    merge_alternatives();
    std::vector<Marker> markers;
    for (const Raw& raw : raws_) judge(raw, markers);
    return markers;
  }

 private:
  WordRole role(std::size_t i) const { return i < words_.size() ? words_[i].role : WordRole::Plain; }
  bool ends_clause(std::size_t i) const { return i >= words_.size() || words_[i].stop; }

  // The name as read_class takes it ("BRAF", "NTRK1/2/3"), or empty. Lower-case words are never genes.
  std::string gene_at(std::size_t i) const {
    if (i >= words_.size()) return {};
    const std::string& word = words_[i].text;
    if (word.size() < 3 || word.size() > 24) return {};
    std::size_t capitals = 0;
    bool digit = false;
    for (const char c : word) {
      capitals += c >= 'A' && c <= 'Z' ? 1 : 0;
      digit = digit || base::is_ascii_digit(c);
    }
    if (capitals < 2 && !(capitals == 1 && digit)) return {};
    if (genes_.family(word) != nullptr) return word;
    // A public table has everyday abbreviations among its aliases; of its names only approved symbols count here.
    const auto found = genes_.lookup(word);
    if (found && (found->by == GeneTable::NameKind::Symbol || genes_.knows_curated(word))) return found->gene->symbol;
    if (word.find('/') == std::string::npos) return {};
    std::vector<Issue> warnings;
    const auto list = read_gene_list(word, genes_, warnings);
    return list && list->size() > 1 ? word : std::string();
  }

  // "V600E", "p.G12C", "V600E/K", "V600": the changes that the word names; empty if it is none.
  static std::vector<std::string> changes_of(std::string_view word) {
    if (word.size() > 2 && word[0] == 'p' && word[1] == '.') word.remove_prefix(2);
    if (word.size() < 3 || word[0] < 'A' || word[0] > 'Z' || !base::is_ascii_digit(word[1])) return {};
    std::size_t digits = 1;
    while (digits < word.size() && base::is_ascii_digit(word[digits])) ++digits;
    if (digits < 3 || digits > 5) return {};
    const std::string stem(word.substr(0, digits));
    std::vector<std::string> out;
    const std::string_view tail = word.substr(digits);
    // A codon alone has three digits at most: "(M1774)" behind a gene is the code of a drug.
    if (tail.empty()) return digits <= 4 ? std::vector<std::string>{stem} : std::vector<std::string>{};
    for (const std::string_view part : base::split(tail, '/')) {
      const bool letter = part.size() == 1 && ((part[0] >= 'A' && part[0] <= 'Z') || part[0] == '*');
      if (letter) {
        out.push_back(stem + std::string(part));
      } else if (!changes_of(part).empty()) {
        for (std::string& other : changes_of(part)) out.push_back(std::move(other));
      } else {
        return {};
      }
    }
    return out;
  }

  // Fillers from `i` on that stand between a gene and its event; stops at a clause end.
  std::size_t skip_fillers(std::size_t i) const {
    std::size_t seen = 0;
    while (i < words_.size() && seen < kMaxFillers && (role(i) == WordRole::Filler || words_[i].lower == "germline") &&
           !words_[i].stop) {
      ++i;
      ++seen;
    }
    return i;
  }

  static bool is_joint(WordRole role) { return role == WordRole::Or || role == WordRole::And; }

  std::size_t read_at(std::size_t i) {
    if (const std::size_t next = read_biomarker(i); next > i) return next;
    if (const std::size_t next = read_whole_name(i); next > i) return next;
    if (!gene_at(i).empty()) return read_genes_first(i);
    return read_event_first(i);
  }

  void keep(Raw raw) {
    if (!raw.texts.empty()) raws_.push_back(std::move(raw));
  }

  // "MSI-H", "dMMR", "TMB-high", "microsatellite instability-high".
  std::size_t read_biomarker(std::size_t i) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kOneWord = {
        {{"msi-h", "MSI high"},
         {"msi-high", "MSI high"},
         {"msi-h/dmmr", "MSI high"},
         {"dmmr", "MMR deficient"},
         {"mmr-d", "MMR deficient"},
         {"mmrd", "MMR deficient"},
         {"tmb-h", "TMB high"},
         {"tmb-high", "TMB high"},
         {"instability-high", "MSI high"},
         {"mss", "MSI stable"},
         {"pmmr", "MMR proficient"},
         {"repair-deficient", "MMR deficient"}}};
    for (const auto& [word, text] : kOneWord) {
      if (words_[i].lower != word) continue;
      Raw raw{{std::string(text)}, false, false, i, i + 1};
      if (word == "instability-high" && i > 0 && words_[i - 1].lower == "microsatellite") --raw.first;
      keep(std::move(raw));
      return i + 1;
    }
    return i;
  }

  // One word that names gene and event: "FLT3-ITD", "EGFRvIII", "BCR-ABL1", "EML4::ALK".
  std::size_t read_whole_name(std::size_t i) {
    const std::string& word = words_[i].text;
    if (word.size() < 6 || !gene_at(i).empty()) return i;
    const bool named = word.ends_with("-ITD") || word.ends_with("vIII");
    const std::size_t colons = word.find("::");
    const std::size_t mark = colons != std::string::npos ? colons : word.find('-');
    bool pair = false;
    if (mark != std::string::npos) {
      const std::string_view tail = std::string_view(word).substr(mark + (colons != std::string::npos ? 2 : 1));
      pair = genes_.by_symbol(word.substr(0, mark)) != nullptr && genes_.by_symbol(tail) != nullptr;
    }
    if (!named && !pair) return i;
    const std::string text = class_text(word);
    if (text.empty()) return i;
    std::size_t last = i + 1;
    while (role(last) == WordRole::Fusion || role(last) == WordRole::Mutation || role(last) == WordRole::Positive)
      ++last;
    if (is_other_thing(last, i)) return last;
    keep({{text}, false, false, i, last});
    return last;
  }

  // The canonical text of a class, or empty if it cannot be read.
  std::string class_text(std::string text) const {
    // What trials call the exon 14 deletion of MET is the skipping of that exon, not an in-frame deletion inside it.
    if (text == "MET exon 14 deletion") text = "MET exon 14 skipping";
    const auto read = read_class(text, {}, genes_);
    if (!read) return {};
    std::string canonical = to_text(read->value);
    // Only what reads back as itself is handed out.
    const auto again = read_class(canonical, {}, genes_);
    return again && to_text(again->value) == canonical ? canonical : text;
  }

  // The genes named together from word `i` on: "KRAS, NRAS or BRAF". Sets `next` behind the list.
  std::vector<std::string> gene_list(std::size_t i, std::size_t& next, bool& joined_by_and, bool& joined_by_or) const {
    std::vector<std::string> list = {gene_at(i)};
    next = i + 1;
    while (!words_[next - 1].stop) {
      std::size_t at = next;
      const bool comma = words_[at - 1].comma;
      const bool joint = at < words_.size() && is_joint(role(at));
      if (!comma && !joint) break;
      if (joint) {
        (role(at) == WordRole::And ? joined_by_and : joined_by_or) = true;
        ++at;
      }
      const std::string gene = gene_at(at);
      if (gene.empty() || (at > 0 && words_[at - 1].stop)) break;
      list.push_back(gene);
      next = at + 1;
    }
    return list;
  }

  // "MYC and BCL2 and/or BCL6 rearrangements": which of them is needed is more than the words say. A longer list that
  // only "and" joins ("ALK, ROS1, and RET fusions") names the genes of a trial; of two, both may be meant.
  bool is_unclear_list(std::size_t genes, bool joined_by_and, bool joined_by_or) const {
    if (place_ == MarkerPlace::Exclusion || !joined_by_and) return false;
    return joined_by_or || genes == 2;
  }

  // The word at `i` makes a treatment or a test of what stands before it.
  bool is_other_thing(std::size_t i, std::size_t first) const {
    if (first > 0 && (words_[first - 1].lower == "anti" || words_[first - 1].lower == "non")) return true;
    if (i >= words_.size() || (i > 0 && words_[i - 1].stop)) return false;
    // "NRAS mutation in codon 12", "in the kinase domain": narrower than what was read.
    if (words_[i].lower == "in" && i + 1 < words_.size() &&
        (words_[i + 1].lower.starts_with("codon") || words_[i + 1].lower.starts_with("exon") ||
         words_[i + 1].lower == "the")) {
      return true;
    }
    // "a KRAS G12D (ON/OFF) inhibitor".
    if (words_[i].opens && i > 0 && !words_[i - 1].comma) {
      while (i < words_.size() && !words_[i].closes) ++i;
      return i + 1 < words_.size() && !words_[i].comma && !words_[i].stop && role(i + 1) == WordRole::Treatment;
    }
    if (words_[i - 1].comma || words_[i - 1].closes) return false;
    return role(i) == WordRole::Treatment || role(i) == WordRole::Test || role(i) == WordRole::WildType;
  }

  struct Events {
    std::vector<std::string> words;  // "mutation", "fusion": as read_class takes them behind a gene
    std::size_t next = 0;
    bool positive = false;
    bool negative = false;
    bool wild_type = false;
  };

  // "exon 19 deletions", "exon 9, 11 or 13 mutation", from `i` on.
  bool read_exons(std::size_t& i, std::vector<std::string>& out) const {
    if (words_[i].lower != "exon" && words_[i].lower != "exons" && words_[i].lower != "ex") return false;
    std::vector<std::string> numbers;
    std::size_t at = i + 1;
    while (at < words_.size()) {
      if (base::parse_int(words_[at].text)) {
        numbers.push_back(words_[at].text);
        ++at;
      } else if (!numbers.empty() && is_joint(role(at)) && at + 1 < words_.size() &&
                 base::parse_int(words_[at + 1].text)) {
        ++at;
      } else {
        break;
      }
    }
    if (numbers.empty() || numbers.size() > 6) return false;
    at = skip_fillers(at);
    if (at < words_.size() && (words_[at].lower == "in-frame" || words_[at].lower == "inframe")) ++at;
    std::string event;
    if (role(at) == WordRole::Deletion) event = "deletion";
    if (role(at) == WordRole::Insertion) event = "insertion";
    if (role(at) == WordRole::Skipping) event = "skipping";
    if (role(at) == WordRole::Mutation) event = "mutation";
    if (event.empty()) return false;
    ++at;
    // "exon 14 skipping mutation", "exon 20 insertion mutations".
    if (event != "mutation" && role(at) == WordRole::Mutation && !words_[at - 1].stop && !words_[at - 1].comma) ++at;
    for (const std::string& number : numbers) out.push_back("exon " + number + " " + event);
    i = at;
    return true;
  }

  // One change, exon event or kind of event at `i`; false if there is none.
  bool read_event(std::size_t& i, Events& events, std::string_view function) const {
    if (i >= words_.size()) return false;
    if (read_exons(i, events.words)) return true;
    if (std::vector<std::string> changes = changes_of(words_[i].text); !changes.empty()) {
      for (std::string& change : changes) events.words.push_back(std::move(change));
      ++i;
      if (role(i) == WordRole::Mutation && !words_[i - 1].stop && !words_[i - 1].comma) ++i;
      return true;
    }
    // "loss of function mutations", "loss-of-function".
    if (words_[i].lower == "loss-of-function" || (words_[i].lower == "loss" && i + 2 < words_.size() &&
                                                  words_[i + 1].lower == "of" && words_[i + 2].lower == "function")) {
      events.words.emplace_back("loss of function");
      i += words_[i].lower == "loss" ? 3 : 1;
      if (role(i) == WordRole::Mutation) ++i;
      return true;
    }
    std::string event;
    switch (role(i)) {
      case WordRole::Mutation: event = function.empty() ? "mutation" : std::string(function) + " mutation"; break;
      case WordRole::Fusion: event = "fusion"; break;
      case WordRole::Amplification: event = "amplification"; break;
      case WordRole::Loss: event = "loss"; break;
      case WordRole::Deletion: event = "deletion"; break;
      case WordRole::Filler:
      case WordRole::Insertion:
      case WordRole::Skipping:
      case WordRole::Positive:
      case WordRole::Negative:
      case WordRole::WildType:
      case WordRole::Or:
      case WordRole::And:
      case WordRole::Treatment:
      case WordRole::Test:
      case WordRole::No:
      case WordRole::Doubt:
      case WordRole::Condition:
      case WordRole::Plain: return false;
    }
    events.words.push_back(event);
    ++i;
    return true;
  }

  // "activating" and "inactivating" narrow the mutations that are meant.
  std::string_view function_word(std::size_t i) const {
    if (words_[i].lower == "activating") return "activating";
    return words_[i].lower == "inactivating" ? "loss of function" : std::string_view();
  }

  // Everything that is said of the genes before `i`: "V600E or V600K mutation", "fusion or rearrangement".
  Events events_from(std::size_t i) const {
    Events events;
    const std::size_t from = i;
    i = skip_fillers(i);
    std::string_view function;
    for (std::size_t k = from; k < i; ++k) function = function.empty() ? function_word(k) : function;
    events.next = from;
    // "(EGFR), gene rearrangement of ALK": the comma parts the name from the event.
    if (from > 0 && words_[from - 1].comma) return events;
    if (i >= words_.size() || (i > 0 && words_[i - 1].stop)) return events;
    if (words_[i].lower == "wild-type" || words_[i].lower == "wildtype" || words_[i].lower == "wt" ||
        (words_[i].lower == "wild" && i + 1 < words_.size() && words_[i + 1].lower == "type")) {
      events.wild_type = true;
      events.next = i + (words_[i].lower == "wild" ? 2 : 1);
      return events;
    }
    if (role(i) == WordRole::Positive || role(i) == WordRole::Negative) {
      events.positive = role(i) == WordRole::Positive;
      events.negative = !events.positive;
      events.next = i + 1;
      return events;
    }
    while (read_event(i, events, function)) {
      events.next = i;
      if (words_[i - 1].stop) break;
      std::size_t at = i;
      const bool listed = words_[i - 1].comma;
      if (at < words_.size() && is_joint(role(at))) ++at;
      if (at == i && !listed) break;
      at = skip_fillers(at);
      // The next event belongs to another gene if a gene stands before it.
      if (at >= words_.size() || !gene_at(at).empty()) break;
      i = at;
    }
    after_events(events);
    return events;
  }

  // "mutation-positive", "mutation negative"; "(exon 19 deletion or L858R)" says which mutations are meant.
  void after_events(Events& events) const {
    if (events.words.empty() || events.next >= words_.size()) return;
    if (!words_[events.next - 1].comma && !words_[events.next - 1].stop) {
      if (role(events.next) == WordRole::Positive) ++events.next;
      if (role(events.next) == WordRole::Negative) {
        events.negative = true;
        ++events.next;
      }
    }
    if (events.next >= words_.size() || !words_[events.next].opens) return;
    Events inner;
    std::size_t i = events.next;
    std::size_t end = i;
    while (i < words_.size() && read_event(i, inner, {})) {
      end = i;
      if (words_[i - 1].closes) break;
      if (i < words_.size() && is_joint(role(i))) ++i;
      i = skip_fillers(i);
    }
    const bool closed = end > events.next && words_[end - 1].closes;
    if (!inner.words.empty() && closed) {
      events.words = inner.words;
      events.next = end;
    }
  }

  static bool is_kinase_fusion(const GeneFacts* gene) {
    return gene != nullptr && gene->kinase_end == KinaseEnd::ThreePrime;
  }

  // "ALK-positive" means a fusion, "HER2-positive" amplification or overexpression; of other genes it says too little.
  void add_positive(const std::string& gene, Raw& raw) const {
    const GeneFacts* facts = genes_.by_symbol(gene);
    if (is_kinase_fusion(facts) || gene == "NTRK") {
      raw.texts.push_back(class_text(gene + " fusion"));
    } else if (gene == "ERBB2") {
      raw.texts.push_back(class_text("ERBB2 amplification"));
      raw.texts.emplace_back("ERBB2 overexpression");
    }
  }

  std::size_t read_genes_first(std::size_t i) {
    std::size_t next = i;
    bool joined_by_and = false;
    bool joined_by_or = false;
    const std::vector<std::string> genes = gene_list(i, next, joined_by_and, joined_by_or);
    const Events events = events_from(next);
    if (events.next == next || is_other_thing(events.next, i)) return events.next;
    if (!events.wild_type && is_unclear_list(genes.size(), joined_by_and, joined_by_or)) return events.next;
    Raw raw;
    raw.first = i;
    raw.last = events.next;
    raw.negative = events.negative;
    bool readable = true;
    for (const std::string& gene : genes) {
      if (events.wild_type) {
        // Wild type of a family is read by its own rule; of single genes each by itself.
        raw.texts.push_back(class_text(gene + " wild type"));
        raw.all = true;
      } else if (events.words.empty()) {
        add_positive(gene, raw);
        readable = readable && !raw.texts.empty();
      }
      // A change of residues belongs to one gene; "KRAS or NRAS G12C" is not a list to share it.
      for (const std::string& event : events.words) {
        const bool shared = changes_of(event).empty() || genes.size() == 1;
        raw.texts.push_back(shared ? class_text(with_origin(gene, event)) : std::string());
      }
    }
    readable = readable && std::none_of(raw.texts.begin(), raw.texts.end(), [](const auto& t) { return t.empty(); });
    if (readable) keep(std::move(raw));
    return events.next;
  }

  // "germline BRCA1 mutation" keeps its origin; where somatic is said as well, either will do.
  std::string with_origin(const std::string& gene, const std::string& event) const {
    if (event != "mutation") return gene + " " + event;
    bool germline = false;
    bool somatic = false;
    for (const MarkerWord& word : words_) {
      germline = germline || word.lower.find("germline") != std::string::npos || word.lower == "gbrca";
      somatic = somatic || word.lower.find("somatic") != std::string::npos;
    }
    return gene + (germline && !somatic ? " germline " : " ") + event;
  }

  // "V600E BRAF mutation", "wild-type KRAS", "mutations in BRCA1 or BRCA2", "exon 20 insertion of EGFR".
  std::size_t read_event_first(std::size_t i) {
    Events events;
    std::size_t at = i;
    bool wild_type = false;
    if (words_[i].lower == "wild-type" || words_[i].lower == "wildtype") {
      wild_type = true;
      at = i + 1;
    } else if (words_[i].lower == "wild" && i + 1 < words_.size() && words_[i + 1].lower == "type") {
      wild_type = true;
      at = i + 2;
    } else if (!read_event(at, events, i > 0 ? function_word(i - 1) : std::string_view())) {
      return i;
    }
    if (at >= words_.size() || words_[at - 1].stop || words_[at - 1].comma) return i;
    const bool linked = words_[at].lower == "in" || words_[at].lower == "of" || words_[at].lower == "involving";
    const bool is_change = !events.words.empty() && !changes_of(events.words.front()).empty();
    if (!linked && !wild_type && !is_change) return i;
    std::size_t gene = linked ? at + 1 : at;
    while (gene < words_.size() && (words_[gene].lower == "the" || words_[gene].lower == "either")) ++gene;
    if (gene_at(gene).empty()) return i;
    std::size_t next = gene;
    bool joined_by_and = false;
    bool joined_by_or = false;
    const std::vector<std::string> genes = gene_list(gene, next, joined_by_and, joined_by_or);
    if (role(next) == WordRole::Mutation && !words_[next - 1].stop && !words_[next - 1].comma) {
      ++next;
    } else if (role(next) == WordRole::Filler && !words_[next - 1].stop && words_[next].lower.starts_with("gene")) {
      ++next;
    }
    if (is_other_thing(next, i)) return next;
    if (!wild_type && is_unclear_list(genes.size(), joined_by_and, joined_by_or)) return next;
    Raw raw;
    raw.first = i;
    raw.last = next;
    raw.all = wild_type;
    for (const std::string& name : genes) {
      if (wild_type) raw.texts.push_back(class_text(name + " wild type"));
      for (const std::string& event : events.words) {
        const bool shared = changes_of(event).empty() || genes.size() == 1;
        raw.texts.push_back(shared ? class_text(with_origin(name, event)) : std::string());
      }
    }
    const bool readable =
        std::none_of(raw.texts.begin(), raw.texts.end(), [](const auto& text) { return text.empty(); });
    if (readable) keep(std::move(raw));
    return next;
  }

  // Fillers and brackets aside, what stands between two markers is "or" (or a comma): one marker with alternatives.
  void merge_alternatives() {
    std::vector<Raw> merged;
    for (Raw& raw : raws_) {
      if (!merged.empty() && !merged.back().all && !raw.all && merged.back().negative == raw.negative &&
          are_alternatives(merged.back(), raw)) {
        Raw& before = merged.back();
        for (std::string& text : raw.texts) before.texts.push_back(std::move(text));
        before.last = raw.last;
        continue;
      }
      merged.push_back(std::move(raw));
    }
    raws_ = std::move(merged);
  }

  bool are_alternatives(const Raw& a, const Raw& b) const {
    if (words_[a.last - 1].stop) return false;
    bool joined = false;
    for (std::size_t i = a.last; i < b.first; ++i) {
      if (role(i) == WordRole::Or) {
        joined = true;
      } else if (role(i) != WordRole::Filler || words_[i].stop) {
        return false;
      }
    }
    if (joined) return true;
    // "A, B or C": the comma joins if an "or" follows somewhere behind b in the same clause.
    if (a.last != b.first || !words_[a.last - 1].comma) return false;
    for (std::size_t i = b.last; i < words_.size() && !words_[i - 1].stop; ++i) {
      if (role(i) == WordRole::Or) return true;
      if (role(i) == WordRole::And || role(i) == WordRole::No) return false;
    }
    return false;
  }

  std::size_t clause_begin(std::size_t i) const {
    while (i > 0 && !words_[i - 1].stop && !is_but(i - 1)) --i;
    return i;
  }
  std::size_t clause_end(std::size_t i) const {
    while (i < words_.size() && !words_[i - 1].stop && !is_but(i)) ++i;
    return i;
  }
  // "but" turns to something else; "(but not limited to)" does not.
  bool is_but(std::size_t i) const {
    return words_[i].lower == "but" && (i + 1 >= words_.size() || words_[i + 1].lower != "not");
  }

  bool is_doubt(std::size_t i) const {
    if (place_ == MarkerPlace::Heading) return is_one_of(words_[i].lower, kHeadingDoubts);
    return role(i) == WordRole::Doubt || is_one_of(words_[i].lower, kPermissions);
  }

  // "EGFR mutation or brain metastases" needs neither by itself.
  bool has_unread_alternative(const Raw& raw) const {
    if (place_ == MarkerPlace::Exclusion) return false;
    if (raw.last < words_.size() && !words_[raw.last - 1].stop) {
      const bool behind = role(raw.last) == WordRole::Or;
      if (behind) return true;
    }
    std::size_t before = raw.first;
    while (before > 0 && role(before - 1) == WordRole::Filler && !words_[before - 1].stop) --before;
    return before > 0 && !words_[before - 1].stop && role(before - 1) == WordRole::Or;
  }

  enum class Reading { Drop, Plain, Turned };

  Reading reading_before(const Raw& raw) const {
    std::size_t turns = 0;
    for (std::size_t i = clause_begin(raw.first); i < raw.first; ++i) {
      if (is_doubt(i)) return Reading::Drop;
      // "negative for PD-L1 and positive for KRAS G12C".
      if (turns > 0 && role(i) == WordRole::Positive) return Reading::Drop;
      const bool negative_for = role(i) == WordRole::Negative && i + 1 < words_.size() && words_[i + 1].lower == "for";
      if (role(i) != WordRole::No && !negative_for) continue;
      // "with or without", and a "no" that is too far away to be sure of.
      if (i > 0 && (role(i - 1) == WordRole::Or || raw.first - i > kNegationReach)) return Reading::Drop;
      ++turns;
    }
    if (turns > 1) return Reading::Drop;
    return turns == 1 ? Reading::Turned : Reading::Plain;
  }

  // "are excluded", "not detected", "absent" right behind the marker; any other "no" there is about something else.
  bool turns_behind(std::size_t i) const {
    static constexpr std::array<std::string_view, 6> kAbsent = {"excluded",   "ineligible",   "absent",
                                                                "undetected", "undetectable", "excluded/ineligible"};
    static constexpr std::array<std::string_view, 7> kNotWhat = {"detected", "allowed",    "permitted", "present",
                                                                 "eligible", "identified", "found"};
    while (i < words_.size() && (words_[i].lower == "is" || words_[i].lower == "are" || words_[i].lower == "was" ||
                                 words_[i].lower == "were" || words_[i].lower == "will" || words_[i].lower == "be")) {
      ++i;
    }
    if (i >= words_.size()) return false;
    if (is_one_of(words_[i].lower, kAbsent)) return true;
    return words_[i].lower == "not" && i + 1 < words_.size() && is_one_of(words_[i + 1].lower, kNotWhat);
  }

  Reading reading_after(const Raw& raw) const {
    if (!words_[raw.last - 1].stop && turns_behind(raw.last)) return Reading::Turned;
    for (std::size_t i = raw.last; i < clause_end(raw.last); ++i) {
      if (is_doubt(i) || role(i) == WordRole::No) return Reading::Drop;
      if (place_ != MarkerPlace::Heading && role(i) == WordRole::Condition) return Reading::Drop;
    }
    return Reading::Plain;
  }

  // "NSCLC: KRAS G12C mutation" rules one tumour, one part or one phase; an exception turns what it stands beside.
  bool is_for_a_part(const Raw& raw) const {
    if (place_ == MarkerPlace::Heading) return false;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (words_[i].lower.starts_with("exception")) return true;
      if (place_ != MarkerPlace::Inclusion) continue;
      if (i < raw.first && words_[i].colon) return true;
      // "breast cancer; MSS colorectal cancer; or lymphoma": one of several.
      if (words_[i].stop && role(i + 1) == WordRole::Or) return true;
    }
    // "at least one EGFR mutation: L858R, ..." is narrower than what was read.
    return place_ == MarkerPlace::Inclusion && words_[raw.last - 1].colon;
  }

  void judge(const Raw& raw, std::vector<Marker>& markers) const {
    if (has_unread_alternative(raw) || is_for_a_part(raw) || is_half_of_a_pair(raw)) return;
    const Reading before = reading_before(raw);
    const Reading after = reading_after(raw);
    if (before == Reading::Drop || after == Reading::Drop) return;
    int turns = (before == Reading::Turned ? 1 : 0) + (after == Reading::Turned ? 1 : 0) + (raw.negative ? 1 : 0);
    // "Patients with EGFR mutation are excluded" under the exclusion criteria says it twice and means it once.
    if (place_ == MarkerPlace::Exclusion && after == Reading::Turned && is_excluded_word_near(raw)) --turns;
    if (turns > 1 || (place_ == MarkerPlace::Exclusion && turns > 0)) return;
    const bool excluded = place_ == MarkerPlace::Exclusion || turns == 1;
    // "no KRAS wild type" is more than a reader should turn round.
    if (raw.all && turns > 0) return;
    Marker marker;
    marker.sense = excluded ? MarkerSense::Excluded : MarkerSense::Needed;
    marker.begin = words_[raw.first].begin;
    marker.end = words_[raw.last - 1].end;
    if (raw.all && !excluded) {
      for (const std::string& text : raw.texts) {
        marker.any_of = {text};
        markers.push_back(marker);
      }
      return;
    }
    for (const std::string& text : raw.texts) {
      if (!is_one_of(text, marker.any_of)) marker.any_of.push_back(text);
    }
    markers.push_back(std::move(marker));
  }

  // "RAS-mutated and microsatellite stable" under the exclusion criteria rules out only what is both.
  bool is_half_of_a_pair(const Raw& raw) const {
    if (place_ != MarkerPlace::Exclusion || words_[raw.last - 1].stop || words_[raw.last - 1].comma) return false;
    std::size_t i = raw.last;
    if (i < words_.size() && words_[i].opens) {
      while (i < words_.size() && !words_[i].closes) ++i;
      ++i;
    }
    if (role(i) != WordRole::And) return false;
    return std::none_of(raws_.begin(), raws_.end(), [&](const Raw& other) {
      return other.first > i && std::all_of(words_.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                            words_.begin() + static_cast<std::ptrdiff_t>(other.first),
                                            [](const MarkerWord& w) { return w.role == WordRole::Filler; });
    });
  }

  bool is_excluded_word_near(const Raw& raw) const {
    for (std::size_t i = raw.last; i < words_.size() && i < raw.last + 7; ++i) {
      if (words_[i].lower == "excluded" || words_[i].lower == "ineligible") return true;
    }
    return false;
  }

  std::string_view text_;
  MarkerPlace place_;
  const GeneTable& genes_;
  std::vector<MarkerWord> words_;
  std::vector<Raw> raws_;
};

// Most sentences name nothing; a gene or a biomarker shows by a capital beside a capital or a digit.
bool may_hold_marker(std::string_view text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const bool capital = text[i] >= 'A' && text[i] <= 'Z';
    if (capital && ((text[i + 1] >= 'A' && text[i + 1] <= 'Z') || base::is_ascii_digit(text[i + 1]))) return true;
  }
  return text.find("nstability-high") != std::string_view::npos ||
         text.find("epair-deficient") != std::string_view::npos;
}

}  // namespace

std::vector<Marker> read_markers(std::string_view sentence, MarkerPlace place, const GeneTable& genes) {
  if (!may_hold_marker(sentence)) return {};
  return MarkerReader(sentence, place, genes).read();
}

}  // namespace treff::nomenclature
