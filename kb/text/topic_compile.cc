#include "kb/text/topic_compile.h"

#include <utility>

#include "kb/text/name_variants.h"
#include "kb/text/query_part.h"
#include "kb/text/steady_weight.h"
#include "kb/text/words.h"

namespace treff::text {
namespace {

using XQuery = Xapian::Query;

constexpr std::size_t kMaxTopicLeaves = 3000;

std::size_t index_of(TopicRole role) { return static_cast<std::size_t>(role); }

bool only_ranks(TopicRole role) {
  return role == TopicRole::AnyCancer || role == TopicRole::Person || role == TopicRole::WiderAlteration;
}

XQuery any_of(XQuery::op op, const std::vector<XQuery>& parts) {
  if (parts.empty()) return XQuery::MatchNothing;
  return parts.size() == 1 ? parts.front() : XQuery(op, parts.begin(), parts.end());
}

XQuery fixed(double weight, const XQuery& where) {
  return XQuery(XQuery::OP_FILTER, XQuery((new Xapian::FixedWeightPostingSource(steady(weight)))->release()), where);
}

class TopicCompiler {
 public:
  TopicCompiler(const Topic& topic, const TopicWeights& weights, Stemmer& stemmer, const Shares& shares)
      : topic_(topic), weights_(weights), stemmer_(stemmer), shares_(shares), title_(field_family("name")) {}

  CompiledTopic run() {
    CompiledTopic made;
    for (const TopicGroup& group : topic_.groups) made.groups.push_back(add(group));
    if (finding_.empty()) return made;
    add_bonuses();
    made.query = any_of(XQuery::OP_OR, finding_ranked_);
    if (!ranking_.empty()) made.query = XQuery(XQuery::OP_AND_MAYBE, made.query, any_of(XQuery::OP_OR, ranking_));
    return made;
  }

 private:
  // Adds the group's weighted parts; what comes back matches records that have any of its names.
  XQuery add(const TopicGroup& group) {
    std::vector<QueryPart> body;
    std::vector<QueryPart> title;
    for (const TopicName& name : group.names) {
      if (leaves_ > kMaxTopicLeaves) break;
      for (QueryPart& part : in_text(name)) body.push_back(std::move(part));
      title.push_back(in_title(name));
    }
    std::vector<XQuery> titles;
    for (const QueryPart& part : title) titles.push_back(part.query);
    const std::size_t role = index_of(group.role);
    std::vector<XQuery>& ranked = only_ranks(group.role) ? ranking_ : finding_ranked_;
    const QueryPart found = any_spelling(std::move(body), shares_);
    rank(weights_.body[role], found, ranked);
    rank(weights_.title[role], any_spelling(std::move(title), shares_), ranked);
    sort(group.role, found.query, titles);
    return found.query;
  }

  // As one word, whatever it is made of.
  void rank(double weight, const QueryPart& part, std::vector<XQuery>& ranked) {
    if (weight > 0 && part.share > 0) ranked.emplace_back(weight, weighed(part.query, part.share, shares_));
  }

  void sort(TopicRole role, const XQuery& found, const std::vector<XQuery>& title) {
    std::vector<XQuery>* titles = nullptr;
    switch (role) {
      case TopicRole::Diagnosis:
      case TopicRole::Subtype:
        finding_.push_back(found);
        own_tumour_.push_back(found);
        titles = &own_tumour_titles_;
        break;
      case TopicRole::WiderDiagnosis:
        finding_.push_back(found);
        wider_tumour_.push_back(found);
        break;
      case TopicRole::AnyCancer: wider_tumour_.push_back(found); break;
      case TopicRole::Person: titles = &own_person_titles_; break;
      case TopicRole::WiderAlteration: titles = &own_change_titles_; break;
      case TopicRole::Alteration: titles = &own_change_titles_; [[fallthrough]];
      case TopicRole::Gene:
      case TopicRole::WiderGene:
      case TopicRole::Drug:
      case TopicRole::WiderDrug:
      case TopicRole::Biomarker:
        finding_.push_back(found);
        molecule_.push_back(found);
        break;
    }
    if (titles != nullptr) titles->insert(titles->end(), title.begin(), title.end());
  }

  std::vector<QueryPart> in_text(const TopicName& name) {
    if (name.form == NameForm::Exact) return {exact(name.text, {})};
    std::vector<QueryPart> found;
    for (const std::string& variant : name_variants(name.text, name.form))
      found.push_back(phrase(words_of(variant), {}));
    return found;
  }

  // In a title the words may stand apart: "carcinoma of the lung".
  QueryPart in_title(const TopicName& name) {
    if (name.form == NameForm::Exact) return exact(name.text, title_);
    std::vector<QueryPart> words;
    for (const Word& word : words_of(name.text)) {
      words.push_back(word.exact && word.text.size() < 3 ? leaf(title_ + word.text) : stem_in_title(word.text));
    }
    return all_parts(std::move(words));
  }

  // All words with the same English stem.
  QueryPart stem_in_title(const std::string& word) {
    const std::string& stem = stemmer_.stems(word).second;
    return any_spelling({leaf(title_ + stem_term(stem)), leaf(title_ + stem)}, shares_);
  }

  // "Thyroid cancer" is meant by "papillary thyroid carcinoma" and "thyroid tumours" as well: what is left of a name
  // without such a noun, by whether it had one.
  struct Organs {
    std::vector<XQuery> with_noun;
    std::vector<XQuery> alone;
  };
  void add_organ(const TopicName& name, Organs& to) {
    std::vector<QueryPart> organ;
    bool general = false;
    for (const Word& word : words_of(name.text)) {
      const bool noun = is_tumour_noun(word.text);
      general = general || noun;
      if (!noun) organ.push_back(stem_in_title(word.text));
    }
    if (organ.empty()) return;
    (general ? to.with_noun : to.alone).push_back(all_parts(std::move(organ)).query);
  }

  QueryPart any_tumour_noun() {
    std::vector<QueryPart> nouns;
    for (const std::string_view noun :
         {"cancer", "carcinoma", "adenocarcinoma", "tumor", "tumour", "neoplasm", "malignancy"}) {
      nouns.push_back(stem_in_title(std::string(noun)));
    }
    return any_spelling(std::move(nouns), shares_);
  }

  QueryPart exact(const std::string& text, const std::string& family) {
    const std::vector<Token> tokens = tokens_of(text);
    if (tokens.size() != 1) return phrase(words_of(text), family);
    std::vector<QueryPart> forms = {leaf(family + tokens.front().whole)};
    for (const std::string& form : normal_forms(tokens.front().whole)) forms.push_back(leaf(family + form));
    return any_spelling(std::move(forms), shares_);
  }

  QueryPart phrase(const std::vector<Word>& words, const std::string& family) {
    std::vector<QueryPart> parts;
    for (const Word& word : words) parts.push_back(leaf(family + word.text));
    return phrase_of(parts, shares_);
  }

  void add_bonuses() {
    const XQuery own = any_of(XQuery::OP_OR, own_tumour_);
    const XQuery wider = any_of(XQuery::OP_OR, wider_tumour_);
    const XQuery molecule = any_of(XQuery::OP_OR, molecule_);
    bonus(weights_.tumour, own);
    bonus(weights_.any_tumour, wider);
    bonus(weights_.both, XQuery(XQuery::OP_AND, own, molecule));
    bonus(weights_.any_both, XQuery(XQuery::OP_AND, wider, molecule));
    unless_titled(weights_.own_tumour, topic_.other_tumours, own_tumour_titles_);
    unless_titled(weights_.own_person, topic_.other_people, own_person_titles_);
    unless_titled(weights_.own_change, topic_.other_alterations, own_change_titles_);
  }

  void bonus(double weight, const XQuery& where) {
    if (weight > 0 && !where.empty()) ranking_.push_back(fixed(weight, where));
  }

  // For every record but those whose title names one of `others` and none of `own`.
  void unless_titled(double weight, const std::vector<TopicName>& others, const std::vector<XQuery>& own) {
    if (weight <= 0 || others.empty()) return;
    Organs organs;
    for (const TopicName& name : others) {
      if (name.form == NameForm::Free) {
        add_organ(name, organs);
      } else {
        organs.alone.push_back(in_title(name).query);
      }
    }
    std::vector<XQuery> named = std::move(organs.alone);
    // The nouns are asked for once and not once a name: hundreds of names share them.
    if (!organs.with_noun.empty()) {
      named.emplace_back(XQuery::OP_AND, any_of(XQuery::OP_OR, organs.with_noun), any_tumour_noun().query);
    }
    XQuery refused = any_of(XQuery::OP_OR, named);
    if (!own.empty()) refused = XQuery(XQuery::OP_AND_NOT, refused, any_of(XQuery::OP_OR, own));
    const XQuery always((new Xapian::FixedWeightPostingSource(steady(weight)))->release());
    ranking_.emplace_back(XQuery::OP_AND_NOT, always, refused);
  }

  QueryPart leaf(const std::string& term) {
    ++leaves_;
    return term_part(term, shares_);
  }

  const Topic& topic_;
  const TopicWeights& weights_;
  Stemmer& stemmer_;
  const Shares& shares_;
  const std::string title_;
  std::vector<XQuery> finding_, own_tumour_, wider_tumour_, molecule_;  // records with them, without weight
  std::vector<XQuery> finding_ranked_, ranking_;                        // weighted
  std::vector<XQuery> own_tumour_titles_, own_person_titles_, own_change_titles_;
  std::size_t leaves_ = 0;
};

}  // namespace

CompiledTopic compile_topic(const Topic& topic, const TopicWeights& weights, Stemmer& stemmer, const Shares& shares) {
  return TopicCompiler(topic, weights, stemmer, shares).run();
}

}  // namespace treff::text
