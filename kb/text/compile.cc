#include "kb/text/compile.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "kb/base/text.h"
#include "kb/nomenclature/event_words.h"
#include "kb/text/query_part.h"
#include "kb/text/status_history.h"
#include "kb/text/status_source.h"
#include "kb/text/words.h"

namespace treff::text {
namespace {

using XQuery = Xapian::Query;

constexpr std::size_t kMaxNameWords = 5;  // "gastrointestinal stromal tumour of stomach"

XQuery combined(XQuery::op op, std::vector<XQuery> parts) {
  if (parts.size() == 1) return parts.front();
  return XQuery(op, parts.begin(), parts.end());
}

class Compiler {
 public:
  explicit Compiler(const Compiling& with) : with_(with) {}

  Result<XQuery> run(const Query& query) {
    switch (query.kind) {
      case QueryKind::Term: return term(query.text, {}).ranked;
      case QueryKind::Phrase: return phrase(query.text, {}).ranked;
      case QueryKind::Field: return field(query);
      case QueryKind::And: return conjunction(query);
      case QueryKind::Or: return disjunction(query);
      case QueryKind::Not: return negation(query);
    }
    return XQuery::MatchNothing;
  }

 private:
  // Fields of a closed set are exact; all others are words in the field's family.
  Result<XQuery> field(const Query& query) {
    const Query& value = query.parts.front();
    if (query.field == kKindField) {
      const auto kind = model::parse_record_kind(value.text);
      return kind ? XQuery(kind_term(*kind)) : XQuery::MatchNothing;
    }
    if (query.field == kStatusField) return status(value.text);
    const std::string family = field_family(query.field);
    return (value.kind == QueryKind::Phrase ? phrase(value.text, family) : term(value.text, family)).ranked;
  }

  Result<XQuery> status(const std::string& word) const {
    std::optional<model::EntryState> state;
    if (!parse_status(word, state)) return XQuery::MatchNothing;
    if (!with_.today) return fail(ErrorCode::InvalidValue, "a status holds on a day, and no day was given", "today");
    return XQuery((new StatusSource(state, *with_.today))->release());
  }

  Result<XQuery> conjunction(const Query& query) {
    if (query.parts.empty()) return every_document();
    std::vector<XQuery> required;
    std::vector<XQuery> wanted;
    std::vector<XQuery> refused;
    const Joining joining = query.written ? Joining::All : with_.joining;
    for (std::size_t i = 0; i < query.parts.size();) {
      const Query& part = query.parts[i];
      const bool refuses = part.kind == QueryKind::Not;
      const std::size_t run_length = part.kind == QueryKind::Term ? name_length(query, i) : 1;
      Result<XQuery> one = run_length > 1 ? name(query, i, run_length) : run(refuses ? part.parts.front() : part);
      if (!one) return one;
      (refuses ? refused : is_required(part, joining) ? required : wanted).push_back(std::move(*one));
      i += run_length;
    }
    return join(std::move(required), std::move(wanted), std::move(refused));
  }

  static bool is_required(const Query& part, Joining joining) {
    const bool words = part.kind == QueryKind::Term || part.kind == QueryKind::Phrase;
    if (joining == Joining::All || !words) return true;
    if (joining == Joining::Any) return false;
    const auto tokens = tokens_of(part.text);
    return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) { return is_variant_like(token.whole); });
  }

  static XQuery join(std::vector<XQuery> required, std::vector<XQuery> wanted, std::vector<XQuery> refused) {
    XQuery made = every_document();
    if (!required.empty()) {
      made = combined(XQuery::OP_AND, std::move(required));
      if (!wanted.empty()) made = XQuery(XQuery::OP_AND_MAYBE, made, combined(XQuery::OP_OR, std::move(wanted)));
    } else if (!wanted.empty()) {
      made = combined(XQuery::OP_OR, std::move(wanted));
    }
    if (refused.empty()) return made;
    return XQuery(XQuery::OP_AND_NOT, made, combined(XQuery::OP_OR, std::move(refused)));
  }

  Result<XQuery> disjunction(const Query& query) {
    std::vector<XQuery> parts;
    for (const Query& part : query.parts) {
      Result<XQuery> one = run(part);
      if (!one) return one;
      parts.push_back(std::move(*one));
    }
    return combined(XQuery::OP_OR, std::move(parts));
  }

  Result<XQuery> negation(const Query& query) {
    Result<XQuery> part = run(query.parts.front());
    if (!part) return part;
    return XQuery(XQuery::OP_AND_NOT, every_document(), *part);
  }

  // The longest run of neighbouring terms from `first` that has other names; 1 if none of several words has.
  std::size_t name_length(const Query& query, std::size_t first) const {
    std::size_t longest = 0;
    while (first + longest < query.parts.size() && longest < kMaxNameWords &&
           query.parts[first + longest].kind == QueryKind::Term) {
      ++longest;
    }
    for (std::size_t length = longest; length > 1; --length) {
      if (!with_.synonyms.find(joined(query, first, length)).empty()) return length;
    }
    return 1;
  }

  static std::string joined(const Query& query, std::size_t first, std::size_t length) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < length; ++i) words.push_back(query.parts[first + i].text);
    return base::join(words, " ");
  }

  // A name of several words: its words, or any of its other names.
  Result<XQuery> name(const Query& query, std::size_t first, std::size_t length) {
    std::vector<XQuery> words;
    for (std::size_t i = 0; i < length; ++i) words.push_back(written(query.parts[first + i].text, {}).ranked);
    const XQuery::op op = with_.joining == Joining::All ? XQuery::OP_AND : XQuery::OP_OR;
    OtherNames other = other_names(joined(query, first, length), {});
    std::vector<XQuery> choices = {combined(op, std::move(words))};
    if (!other.equal.empty()) choices.push_back(any_spelling(std::move(other.equal), with_.shares).ranked);
    std::move(other.wider.begin(), other.wider.end(), std::back_inserter(choices));
    return combined(XQuery::OP_OR, std::move(choices));
  }

  QueryPart term(const std::string& text, const std::string& family) {
    const std::vector<std::string> apart = words_apart(text);
    if (apart.size() > 1) {
      std::vector<QueryPart> parts;
      for (const std::string& part : apart) parts.push_back(term(part, family));
      return all_parts(std::move(parts));
    }
    OtherNames other = other_names(text, family);
    // In running text "met" is mostly a verb: where it can be the gene, records about the gene come first.
    if (family.empty() && with_.synonyms.is_gene(text)) {
      other.equal.push_back(leaf(field_family("gene") + base::fold_name(text)));
    }
    other.equal.push_back(written(text, family));
    return with_wider(any_spelling(std::move(other.equal), with_.shares), std::move(other.wider));
  }

  QueryPart phrase(const std::string& text, const std::string& family) {
    OtherNames other = other_names(text, family);
    other.equal.push_back(in_order(words_of(text), family));
    return with_wider(any_spelling(std::move(other.equal), with_.shares), std::move(other.wider));
  }

  // "vemurafenib+cobimetinib" and "NTRK-fusjon" are words that stand apart in texts; a name that the knowledge base
  // knows as a whole, and a variant, are not taken apart.
  std::vector<std::string> words_apart(const std::string& text) const {
    if (is_variant_like(base::fold_name(text)) || !with_.synonyms.find(text).empty()) return {};
    std::vector<std::string> apart;
    if (text.find('+') != std::string::npos) {
      for (const auto part : base::split(text, '+')) {
        if (!tokens_of(part).empty()) apart.emplace_back(part);
      }
      return apart;
    }
    const std::size_t hyphen = text.rfind('-');
    if (hyphen == std::string::npos || hyphen == 0) return {};
    const std::string event = text.substr(hyphen + 1);
    if (nomenclature::same_event_words(event).empty()) return {};
    return {text.substr(0, hyphen), event};
  }

  struct OtherNames {
    std::vector<QueryPart> equal;  // weigh as the name itself
    std::vector<XQuery> wider;     // each with its own, smaller weight
  };

  OtherNames other_names(const std::string& text, const std::string& family) {
    OtherNames names;
    for (const OtherName& other : with_.synonyms.find(text)) {
      if (leaves_ >= kMaxLeaves) break;
      QueryPart part = other_name(other, family);
      if (other.weight < 1.0) {
        names.wider.emplace_back(other.weight, part.ranked);
      } else {
        names.equal.push_back(std::move(part));
      }
    }
    return names;
  }

  // Only `ranked` counts from here on: a name with its wider names is never part of a spelling.
  static QueryPart with_wider(QueryPart part, std::vector<XQuery> wider) {
    if (wider.empty()) return part;
    wider.insert(wider.begin(), part.ranked);
    part.ranked = combined(XQuery::OP_OR, std::move(wider));
    part.query = part.ranked;
    return part;
  }

  QueryPart other_name(const OtherName& other, const std::string& family) {
    const std::vector<Token> tokens = tokens_of(other.text);
    if (tokens.size() == 1) return token(tokens.front(), family, other.exact);
    return in_order(words_of(other.text), family);
  }

  // What the person wrote, without other names.
  QueryPart written(const std::string& text, const std::string& family) {
    std::vector<QueryPart> parts;
    for (const Token& one : tokens_of(text)) parts.push_back(token(one, family, with_.synonyms.is_gene(one.whole)));
    return all_parts(std::move(parts));
  }

  QueryPart token(const Token& token, const std::string& family, bool exact) {
    std::vector<QueryPart> choices = {leaf(family + token.whole)};
    for (const std::string& form : normal_forms(token.whole)) choices.push_back(leaf(family + form));
    if (token.words.size() == 1 && !exact && !token.words.front().exact && token.whole == token.words.front().text) {
      const auto& [norwegian, english] = with_.stemmer.stems(token.whole);
      add_stem(choices, family, norwegian, token.whole);
      if (english != norwegian) add_stem(choices, family, english, token.whole);
    }
    const bool in_pieces = token.whole != token.words.front().text && !is_variant_like(token.whole);
    if (in_pieces) choices.push_back(in_order(token.words, family));
    return any_spelling(std::move(choices), with_.shares);
  }

  void add_stem(std::vector<QueryPart>& choices, const std::string& family, const std::string& stem,
                const std::string& word) {
    choices.push_back(leaf(family + stem_term(stem)));
    // Never a symbol: "mets" is not the gene MET.
    if (stem != word && !with_.synonyms.is_gene(stem)) choices.push_back(leaf(family + stem));
  }

  QueryPart in_order(const std::vector<Word>& words, const std::string& family) {
    std::vector<QueryPart> parts;
    for (const Word& word : words) parts.push_back(leaf(family + word.text));
    return phrase_of(parts, with_.shares);
  }

  QueryPart leaf(const std::string& term) {
    ++leaves_;
    return term_part(term, with_.shares);
  }

  const Compiling& with_;
  std::size_t leaves_ = 0;
};

}  // namespace

Result<Xapian::Query> compile(const Query& query, const Compiling& with) { return Compiler(with).run(query); }

}  // namespace treff::text
