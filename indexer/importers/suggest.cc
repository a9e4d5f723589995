#include "indexer/importers/suggest.h"

#include <algorithm>

#include "kb/nomenclature/marker_text.h"

namespace treff::indexer {
namespace {

using nomenclature::MarkerPlace;

constexpr std::size_t kMaxSuggestions = 60;  // of one list; NCI-MATCH has 38 arms
constexpr std::size_t kMaxQuoteBytes = 300;

// The marker with the words round it, cut at word ends.
std::string quote_of(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::size_t kRound = 80;
  std::size_t from = begin > kRound ? begin - kRound : 0;
  std::size_t to = std::min(text.size(), end + kRound);
  while (from > 0 && text[from - 1] != ' ') --from;
  while (to < text.size() && text[to] != ' ') ++to;
  if (to - from > kMaxQuoteBytes) {
    from = begin;
    to = end;
  }
  return std::string(text.substr(from, to - from));
}

class Suggestions {
 public:
  Suggestions(const nomenclature::GeneTable& genes, std::vector<model::SuggestedCriterion>& needs,
              std::vector<model::SuggestedCriterion>& exclusions)
      : genes_(genes), needs_(needs), exclusions_(exclusions) {
    needs_.clear();
    exclusions_.clear();
  }

  void read(std::string_view text, MarkerPlace place, const char* name, const std::string& arm = {}) {
    for (nomenclature::Marker& marker : nomenclature::read_markers(text, place, genes_)) {
      auto& list = marker.sense == nomenclature::MarkerSense::Excluded ? exclusions_ : needs_;
      const bool known = std::any_of(list.begin(), list.end(), [&](const model::SuggestedCriterion& other) {
        return other.any_of == marker.any_of && other.arm == arm && other.place == name;
      });
      if (known || list.size() >= kMaxSuggestions) continue;
      list.push_back({std::move(marker.any_of), name, arm, quote_of(text, marker.begin, marker.end)});
    }
  }

  void read_eligibility(const std::string& text) {
    for (const nomenclature::Passage& passage : nomenclature::eligibility_passages(text)) {
      read(passage.text, passage.place, passage.place == MarkerPlace::Exclusion ? "exclusion" : "inclusion");
    }
  }

 private:
  const nomenclature::GeneTable& genes_;
  std::vector<model::SuggestedCriterion>& needs_;
  std::vector<model::SuggestedCriterion>& exclusions_;
};

}  // namespace

void suggest(model::Trial& trial, const nomenclature::GeneTable& genes) {
  Suggestions found(genes, trial.suggested_needs, trial.suggested_exclusions);
  found.read(trial.names.en, MarkerPlace::Heading, "title");
  for (const model::TrialArm& arm : trial.arms) found.read(arm.label, MarkerPlace::Heading, "arm", arm.label);
  found.read_eligibility(trial.eligibility_text);
}

void suggest(model::AccessProgramme& programme, const nomenclature::GeneTable& genes) {
  Suggestions found(genes, programme.suggested_needs, programme.suggested_exclusions);
  found.read(programme.names.en, MarkerPlace::Heading, "title");
  found.read_eligibility(programme.eligibility_text);
}

}  // namespace treff::indexer
