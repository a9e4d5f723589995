#include "kb/text/topic_compile.h"

#include <utility>

#include "kb/text/name_variants.h"
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
  return XQuery(XQuery::OP_FILTER, XQuery((new Xapian::FixedWeightPostingSource(weight))->release()), where);
}

class TopicCompiler {
 public:
  TopicCompiler(const Topic& topic, const TopicWeights& weights, Stemmer& stemmer)
      : topic_(topic), weights_(weights), stemmer_(stemmer), title_(field_family("name")) {}

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
    std::vector<XQuery> body;
    std::vector<XQuery> title;
    for (const TopicName& name : group.names) {
      if (leaves_ > kMaxTopicLeaves) break;
      for (XQuery& query : in_text(name)) body.push_back(std::move(query));
      title.push_back(in_title(name));
    }
    const XQuery found = any_of(XQuery::OP_OR, body);
    const std::size_t role = index_of(group.role);
    std::vector<XQuery>& ranked = only_ranks(group.role) ? ranking_ : finding_ranked_;
    if (!body.empty() && weights_.body[role] > 0) {
      ranked.emplace_back(weights_.body[role], any_of(XQuery::OP_SYNONYM, body));
    }
    if (!title.empty() && weights_.title[role] > 0) {
      ranked.emplace_back(weights_.title[role], any_of(XQuery::OP_SYNONYM, title));
    }
    sort(group.role, found, title);
    return found;
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

  std::vector<XQuery> in_text(const TopicName& name) {
    if (name.form == NameForm::Exact) return {exact(name.text, {})};
    std::vector<XQuery> found;
    for (const std::string& variant : name_variants(name.text, name.form))
      found.push_back(phrase(words_of(variant), {}));
    return found;
  }

  // In a title the words may stand apart: "carcinoma of the lung".
  XQuery in_title(const TopicName& name) {
    if (name.form == NameForm::Exact) return exact(name.text, title_);
    std::vector<XQuery> words;
    for (const Word& word : words_of(name.text)) {
      words.push_back(word.exact && word.text.size() < 3 ? leaf(title_ + word.text) : stem_in_title(word.text));
    }
    return any_of(XQuery::OP_AND, words);
  }

  // All words with the same English stem.
  XQuery stem_in_title(const std::string& word) {
    const std::string& stem = stemmer_.stems(word).second;
    return XQuery(XQuery::OP_OR, leaf(title_ + stem_term(stem)), leaf(title_ + stem));
  }

  // "Thyroid cancer" is meant by "papillary thyroid carcinoma" and "thyroid tumours" as well.
  XQuery organ_in_title(const TopicName& name) {
    std::vector<XQuery> organ;
    bool general = false;
    for (const Word& word : words_of(name.text)) {
      const bool noun = is_tumour_noun(word.text);
      general = general || noun;
      if (!noun) organ.push_back(stem_in_title(word.text));
    }
    if (organ.empty()) return XQuery::MatchNothing;
    if (general) organ.push_back(any_tumour_noun());
    return any_of(XQuery::OP_AND, organ);
  }

  XQuery any_tumour_noun() {
    std::vector<XQuery> nouns;
    for (const std::string_view noun :
         {"cancer", "carcinoma", "adenocarcinoma", "tumor", "tumour", "neoplasm", "malignancy"}) {
      nouns.push_back(stem_in_title(std::string(noun)));
    }
    return any_of(XQuery::OP_OR, nouns);
  }

  XQuery exact(const std::string& text, const std::string& family) {
    const std::vector<Token> tokens = tokens_of(text);
    if (tokens.size() != 1) return phrase(words_of(text), family);
    std::vector<XQuery> forms = {leaf(family + tokens.front().whole)};
    for (const std::string& form : normal_forms(tokens.front().whole)) forms.push_back(leaf(family + form));
    return any_of(XQuery::OP_OR, forms);
  }

  XQuery phrase(const std::vector<Word>& words, const std::string& family) {
    std::vector<XQuery> parts;
    for (const Word& word : words) parts.push_back(leaf(family + word.text));
    if (parts.size() < 2) return any_of(XQuery::OP_OR, parts);
    return XQuery(XQuery::OP_PHRASE, parts.begin(), parts.end(), static_cast<Xapian::termcount>(parts.size()));
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
    std::vector<XQuery> named;
    for (const TopicName& name : others)
      named.push_back(name.form == NameForm::Free ? organ_in_title(name) : in_title(name));
    XQuery refused = any_of(XQuery::OP_OR, named);
    if (!own.empty()) refused = XQuery(XQuery::OP_AND_NOT, refused, any_of(XQuery::OP_OR, own));
    const XQuery always((new Xapian::FixedWeightPostingSource(weight))->release());
    ranking_.emplace_back(XQuery::OP_AND_NOT, always, refused);
  }

  XQuery leaf(const std::string& term) {
    ++leaves_;
    return term.empty() || term.size() > kMaxTermBytes ? XQuery::MatchNothing : XQuery(term);
  }

  const Topic& topic_;
  const TopicWeights& weights_;
  Stemmer& stemmer_;
  const std::string title_;
  std::vector<XQuery> finding_, own_tumour_, wider_tumour_, molecule_;  // records with them, without weight
  std::vector<XQuery> finding_ranked_, ranking_;                        // weighted
  std::vector<XQuery> own_tumour_titles_, own_person_titles_, own_change_titles_;
  std::size_t leaves_ = 0;
};

}  // namespace

CompiledTopic compile_topic(const Topic& topic, const TopicWeights& weights, Stemmer& stemmer) {
  return TopicCompiler(topic, weights, stemmer).run();
}

}  // namespace treff::text
