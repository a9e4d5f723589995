#include "kb/answer/class_answer.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <variant>

#include "kb/base/text.h"
#include "kb/match/compiled.h"
#include "kb/match/leaf.h"
#include "kb/model/codec.h"
#include "kb/model/read_criterion.h"
#include "kb/nomenclature/read_alteration.h"

namespace treff::answer {
namespace {

using nlohmann::json;
using nomenclature::Alteration;
using nomenclature::Relation;
using nomenclature::RelationKind;
using nomenclature::VariantClass;

json error_value(const Error& error) {
  return {{"code", std::string(base::to_string(error.code))},
          {"message", error.message},
          {"at", error.at_byte ? json(*error.at_byte) : json()},
          {"piece", error.piece},
          {"hint", error.hint},
          {"where", error.where}};
}

std::string failed(const json& id, const Error& error) {
  return json({{"id", id}, {"error", error_value(error)}}).dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string text_of(const json& line, const char* key) {
  return line.contains(key) && line[key].is_string() ? line[key].get<std::string>() : std::string();
}

// The line as an object with its string members present; an error names what is missing.
Result<json> object_from(std::string_view line, std::initializer_list<const char*> required) {
  json value = json::parse(line, nullptr, false);
  if (!value.is_object()) return fail(ErrorCode::MalformedJson, "the line is not a JSON object");
  for (const char* key : required) {
    if (!value.contains(key))
      return fail(ErrorCode::MissingKey, std::string("the line has no '") + key + "'", std::string("/") + key);
  }
  return value;
}

using Finding = std::variant<Alteration, nomenclature::Biomarker>;

// A finding given as a text: an alteration, else a biomarker.
Result<Finding> finding_from(const std::string& text, const std::string& gene, const match::Vocabulary& words) {
  if (gene.empty()) {
    auto reading = nomenclature::read_finding(text, words.genes);
    if (!reading) return fail(reading.error());
    return std::move(reading->value);
  }
  nomenclature::AlterationText given;
  given.text = text;
  given.gene = gene;
  auto reading = nomenclature::read_alteration(given, words.genes);
  if (reading) return Finding(std::move(reading->value));
  if (auto marker = nomenclature::parse_biomarker(text)) return Finding(std::move(*marker));
  return fail(reading.error());
}

// An alteration object of the case language, or {"biomarkers":{...}}; exactly one finding.
Result<Finding> finding_from(const json& given, const match::Knowledge& knowledge) {
  json sent = {{"diagnosis", {{"text", "none"}}}};
  if (given.contains("biomarkers")) {
    sent.update(given);
  } else {
    sent["alterations"] = json::array({given});
  }
  const auto tumour_case = model::decode_case(sent.dump(-1, ' ', false, json::error_handler_t::replace));
  const auto at = [](Error error) {
    constexpr std::string_view kInCase = "/alterations/0";
    if (error.where.rfind(kInCase, 0) == 0) error.where = "/alteration" + error.where.substr(kInCase.size());
    return error;
  };
  if (!tumour_case) return fail(at(tumour_case.error().front()));
  const auto read = match::interpret_findings(*tumour_case, knowledge);
  if (!read) return fail(at(read.error().front()));
  for (const auto& line : read->read) {
    if (line.error) return fail(at(*line.error));
  }
  const auto& facts = read->facts;
  if (facts.alterations.size() + facts.biomarkers.size() != 1)
    return fail(ErrorCode::InvalidValue, "give exactly one finding", "/alteration");
  return facts.alterations.empty() ? Finding(facts.biomarkers.front()) : Finding(facts.alterations.front());
}

Result<Finding> finding_in(const json& line, const std::string& gene, const match::Knowledge& knowledge) {
  const json& given = line["alteration"];
  if (given.is_string()) return finding_from(given.get<std::string>(), gene, knowledge.vocabulary());
  if (given.is_object()) return finding_from(given, knowledge);
  return fail(ErrorCode::WrongType, "an alteration is a text or an object", "/alteration");
}

// A text, a node, or the bare object of a variant class.
Result<model::Criterion> criterion_from(const json& given, const std::string& gene, const match::Vocabulary& words) {
  if (given.is_string()) {
    auto reading = model::read_criterion(given.get<std::string>(), gene, words.genes);
    if (!reading) return fail(reading.error());
    return std::move(reading->value);
  }
  if (!given.is_object()) return fail(ErrorCode::WrongType, "a criterion is a text or an object", "/criterion");
  bool node = false;
  for (const auto& row : model::kCriterionKinds) node = node || given.contains(row.key);
  const json whole = node ? given : json({{"variant", given}});
  auto criterion = model::decode_criterion(whole.dump(-1, ' ', false, json::error_handler_t::replace));
  if (criterion) return std::move(*criterion);
  Error error = criterion.error().front();
  const bool below = !node && error.where.rfind("/variant", 0) == 0;
  error.where = "/criterion" + (below ? error.where.substr(8) : error.where);
  return fail(std::move(error));
}

Result<VariantClass> class_from(const json& given, const std::string& gene, const match::Vocabulary& words) {
  if (given.is_string()) {
    auto reading = nomenclature::read_class(given.get<std::string>(), gene, words.genes);
    if (!reading) return fail(reading.error());
    return std::move(reading->value);
  }
  const auto criterion = criterion_from(given, gene, words);
  if (!criterion) return fail(criterion.error());
  const auto* cls = std::get_if<VariantClass>(&criterion->leaf);
  if (cls == nullptr) return fail(ErrorCode::WrongType, "the candidate is not a variant class", "/candidates");
  return *cls;
}

std::string_view word_of(nomenclature::RelationKind kind) {
  switch (kind) {
    case nomenclature::RelationKind::Inside: return "inside";
    case nomenclature::RelationKind::Wider: return "wider";
    case nomenclature::RelationKind::Overlaps: return "overlaps";
    case nomenclature::RelationKind::Related: return "related";
    case nomenclature::RelationKind::Other: return "other";
  }
  return "other";
}

Relation relation_to(const VariantClass& cls, const Finding& finding, const match::Vocabulary& words) {
  const auto* alteration = std::get_if<Alteration>(&finding);
  if (alteration == nullptr) return {};
  Relation relation = nomenclature::relation(cls, *alteration, words.genes);
  if (cls.kind != nomenclature::ClassKind::WildType) return relation;
  relation.rule = "M11";
  // One finding speaks of its own gene only: of another gene's wild type it tells nothing (M4).
  const auto speaks_of = [&](const std::string& gene) {
    return gene == alteration->gene ||
           std::find(alteration->family.begin(), alteration->family.end(), gene) != alteration->family.end();
  };
  const bool all = std::all_of(cls.genes.begin(), cls.genes.end(), speaks_of);
  if (alteration->kind == nomenclature::AlterationKind::WildType) {
    relation.verdict = all ? Verdict::Met : Verdict::Unknown;
  } else if (std::any_of(cls.genes.begin(), cls.genes.end(), speaks_of)) {
    // relation() tells whether the alteration is an oncogenic hit, which is what breaks wild type (M11).
    relation.verdict = base::negate(relation.verdict);
    if (relation.verdict == Verdict::Met && !all) relation.verdict = Verdict::Unknown;
  } else {
    relation.verdict = Verdict::Unknown;
    relation.kind = RelationKind::Other;
    return relation;
  }
  relation.kind = relation.verdict == Verdict::Met      ? RelationKind::Inside
                  : relation.verdict == Verdict::NotMet ? RelationKind::Related
                                                        : RelationKind::Overlaps;
  return relation;
}

Relation relation_to(const model::BiomarkerCondition& condition, const Finding& finding,
                     const match::Vocabulary& words) {
  const auto* marker = std::get_if<nomenclature::Biomarker>(&finding);
  if (marker == nullptr || marker->name != condition.name) return {};
  match::CaseFacts facts;
  facts.biomarkers = {*marker};
  const match::LeafResult result = match::evaluate_biomarker(condition, facts, words);
  switch (result.verdict) {
    case Verdict::Met: return {RelationKind::Inside, result.verdict, result.rule, result.detail, false};
    case Verdict::NotMet: return {RelationKind::Related, result.verdict, result.rule, result.detail, false};
    case Verdict::Unknown: break;
  }
  return {RelationKind::Wider, result.verdict, result.rule,
          result.detail + ": the assay, a value or its band is missing", false};
}

// What an alteration alone cannot answer.
Relation beside(std::string rule, const char* what) {
  return {RelationKind::Wider, Verdict::Unknown, std::move(rule),
          std::string("a condition on ") + what + ", of which the finding says nothing", false};
}

bool better(const Relation& a, const Relation& b) {
  return a.verdict != b.verdict ? a.verdict > b.verdict : a.kind < b.kind;
}

std::string noted(const Relation& relation) { return relation.note.empty() ? "" : ": " + relation.note; }

Relation negated(Relation inner) {
  switch (inner.verdict) {
    case Verdict::Met:
      return {RelationKind::Other, Verdict::NotMet, "M5", "inside what is excluded" + noted(inner), false};
    case Verdict::NotMet: return {RelationKind::Inside, Verdict::Met, "M5", "outside of what is excluded", false};
    case Verdict::Unknown: break;
  }
  return inner;
}

// One compiled criterion against one finding.
class Containment {
 public:
  Containment(const match::CriterionPool& pool, const Finding& finding, const match::Vocabulary& words)
      : pool_(pool), finding_(finding), words_(words) {}

  Relation at(match::NodeId id) const {
    const match::Node& node = pool_.nodes()[id];
    switch (node.kind) {
      case match::Node::Kind::Leaf: return leaf(pool_.leaves()[node.leaf]);
      case match::Node::Kind::Not: return negated(at(node.children.front()));
      case match::Node::Kind::All: return ranked(node, node.children.size());
      case match::Node::Kind::Any: return ranked(node, 1);
      case match::Node::Kind::AtLeast: return ranked(node, static_cast<std::size_t>(node.n));
    }
    return {};
  }

 private:
  // `all` is as good as its worst part, `any` as its best, "at least n" as its n-th best.
  Relation ranked(const match::Node& node, std::size_t n) const {
    std::vector<Relation> parts;
    for (const match::NodeId child : node.children) parts.push_back(at(child));
    std::stable_sort(parts.begin(), parts.end(), better);
    return parts[std::clamp<std::size_t>(n, 1, parts.size()) - 1];
  }

  Relation leaf(const match::Leaf& leaf) const {
    if (const auto* cls = std::get_if<VariantClass>(&leaf.what)) return relation_to(*cls, finding_, words_);
    if (const auto* marker = std::get_if<model::BiomarkerCondition>(&leaf.what))
      return relation_to(*marker, finding_, words_);
    if (leaf.is_diagnosis()) return beside("D1", "the diagnosis");
    return leaf.is_clinical() ? beside("C1", "the patient") : beside("C2", "what only a person can check");
  }

  const match::CriterionPool& pool_;
  const Finding& finding_;
  const match::Vocabulary& words_;
};

std::string canonical_of(const Finding& finding) {
  if (const auto* alteration = std::get_if<Alteration>(&finding)) return alteration->canonical;
  return nomenclature::to_text(std::get<nomenclature::Biomarker>(finding));
}

}  // namespace

std::string criterion_words(const model::Criterion& criterion) {
  const auto joined = [&](const char* separator) {
    std::vector<std::string> parts;
    for (const auto& part : criterion.parts) parts.push_back(criterion_words(part));
    return "(" + base::join(parts, separator) + ")";
  };
  switch (criterion.kind) {
    case model::CriterionKind::All: return joined(" and ");
    case model::CriterionKind::Any: return joined(" or ");
    case model::CriterionKind::Not: return "not " + criterion_words(criterion.parts.front());
    case model::CriterionKind::AtLeast: return "at least " + std::to_string(criterion.n) + " of " + joined(", ");
    case model::CriterionKind::Target: return "target " + criterion.target;
    case model::CriterionKind::Variant: return nomenclature::to_text(std::get<VariantClass>(criterion.leaf));
    case model::CriterionKind::Biomarker: return match::to_text(std::get<model::BiomarkerCondition>(criterion.leaf));
    case model::CriterionKind::Diagnosis: return "a diagnosis";
    case model::CriterionKind::Clinical: return "a condition on the patient";
    case model::CriterionKind::Text: return "a question";
  }
  return {};
}

std::string contains_line(std::string_view line, const match::Knowledge& knowledge) {
  const auto given = object_from(line, {"criterion", "alteration"});
  if (!given) return failed(json(), given.error());
  const json id = given->contains("id") ? (*given)["id"] : json();
  const std::string gene = text_of(*given, "gene");
  const auto criterion = criterion_from((*given)["criterion"], gene, knowledge.vocabulary());
  if (!criterion) return failed(id, criterion.error());
  match::CriterionPool pool(knowledge);
  const auto compiled = pool.add(*criterion);
  if (!compiled) return failed(id, compiled.error());
  const auto finding = finding_in(*given, gene, knowledge);
  if (!finding) return failed(id, finding.error());
  const bool only_questions = compiled->root == match::kNoNode;
  const Relation relation = only_questions ? beside("C2", "what only a person can check")
                                           : Containment(pool, *finding, knowledge.vocabulary()).at(compiled->root);
  const json out = {{"id", id},
                    {"verdict", std::string(base::to_string(relation.verdict))},
                    {"rule", relation.rule},
                    {"relation", std::string(word_of(relation.kind))},
                    {"reason", relation.note},
                    {"read", {{"alteration", canonical_of(*finding)}, {"criterion", criterion_words(*criterion)}}}};
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string relevant_line(std::string_view line, const match::Knowledge& knowledge) {
  const match::Vocabulary& words = knowledge.vocabulary();
  const auto given = object_from(line, {"alteration", "candidates"});
  if (!given) return failed(json(), given.error());
  const json id = given->contains("id") ? (*given)["id"] : json();
  const std::string gene = text_of(*given, "gene");
  if (!(*given)["candidates"].is_array())
    return failed(id, Error{ErrorCode::WrongType, "the candidates are a list", "/candidates", {}, std::nullopt, {}});
  const auto finding = finding_in(*given, gene, knowledge);
  if (!finding) return failed(id, finding.error());
  std::vector<VariantClass> classes;
  std::vector<json> names;
  json unreadable = json::array();
  for (const json& candidate : (*given)["candidates"]) {
    const auto cls = class_from(candidate, gene, words);
    if (cls) {
      classes.push_back(*cls);
      names.push_back(candidate);
    } else {
      unreadable.push_back({{"candidate", candidate}, {"error", error_value(cls.error())}});
    }
  }
  json list = json::array();
  if (const auto* alteration = std::get_if<Alteration>(&*finding)) {
    for (const std::size_t i : nomenclature::relevant(*alteration, classes, words.genes)) list.push_back(names[i]);
  }
  json out = {{"id", id}, {"relevant", std::move(list)}, {"read", {{"alteration", canonical_of(*finding)}}}};
  if (!unreadable.empty()) out["unreadable"] = std::move(unreadable);
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace treff::answer
