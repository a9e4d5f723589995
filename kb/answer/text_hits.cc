#include "kb/answer/text_hits.h"

#include <algorithm>
#include <set>

#include "kb/answer/search_answer.h"
#include "kb/base/text.h"

namespace treff::answer {
namespace {

std::set<std::string> ids_of_options(const Answer& answer) {
  std::set<std::string> ids;
  for (const AnswerOption& option : answer.options) {
    ids.insert(option.id);
    if (!option.trial.empty()) ids.insert(option.trial);
  }
  return ids;
}

TextHitWords words_of(const text::SearchHit& hit, const SearchAnswer& found, const view::View& view) {
  TextHitWords words;
  words.kind = std::string(model::to_string(hit.key.kind));
  words.id = hit.key.id;
  words.title = hit.title;
  words.snippet = hit.snippet.text;
  for (const std::size_t group : hit.found_by) words.found_by.push_back(found.searched_for[group].label);
  const model::Record* record = view.knowledge->find(hit.key);
  words.example = record != nullptr && model::common_of(*record).confidence == model::Confidence::Example;
  return words;
}

}  // namespace

void add_text_hits(const view::View& view, const model::TumourCase& tumour_case, std::size_t most, Answer& answer) {
  if (most == 0) return;
  const std::set<std::string> listed = ids_of_options(answer);
  SearchRequest request;
  request.tumour_case = tumour_case;
  request.options.limit = std::min(most + listed.size(), text::kMaxHits);
  const auto found = search(view, request);
  if (!found) {
    answer.warnings.push_back("Trials found by text are not listed: " + found.error().message + ".");
    return;
  }
  for (const text::SearchHit& hit : found->result.hits) {
    if (answer.text_hits.size() >= most) break;
    if (!listed.contains(hit.key.id)) answer.text_hits.push_back(words_of(hit, *found, view));
  }
}

}  // namespace treff::answer
