#include "kb/answer/class_answer.h"

#include <nlohmann/json.hpp>

#include "kb/model/codec.h"
#include "kb/nomenclature/read_alteration.h"

namespace treff::answer {
namespace {

using nlohmann::json;
using nomenclature::Alteration;
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

Result<Alteration> alteration_from(const std::string& text, const std::string& gene, const match::Vocabulary& words) {
  nomenclature::AlterationText given;
  given.text = text;
  given.gene = gene;
  auto reading = nomenclature::read_alteration(given, words.genes);
  if (!reading) return fail(reading.error());
  return std::move(reading->value);
}

Result<VariantClass> class_from(const json& given, const std::string& gene, const match::Vocabulary& words) {
  if (given.is_string()) {
    auto reading = nomenclature::read_class(given.get<std::string>(), gene, words.genes);
    if (!reading) return fail(reading.error());
    return std::move(reading->value);
  }
  const json node = given.is_object() && given.contains("variant") ? given : json({{"variant", given}});
  const auto criterion = model::decode_criterion(node.dump());
  if (!criterion) return fail(criterion.error().front());
  const auto* cls = std::get_if<VariantClass>(&criterion->leaf);
  if (cls == nullptr) return fail(ErrorCode::WrongType, "the criterion is not a variant class", "/criterion");
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

}  // namespace

std::string contains_line(std::string_view line, const match::Vocabulary& words) {
  const auto given = object_from(line, {"criterion", "alteration"});
  if (!given) return failed(json(), given.error());
  const json id = given->contains("id") ? (*given)["id"] : json();
  const std::string gene = text_of(*given, "gene");
  const auto cls = class_from((*given)["criterion"], gene, words);
  if (!cls) return failed(id, cls.error());
  const auto alteration = alteration_from(text_of(*given, "alteration"), gene, words);
  if (!alteration) return failed(id, alteration.error());
  nomenclature::Relation relation = nomenclature::relation(*cls, *alteration, words.genes);
  if (cls->kind == nomenclature::ClassKind::WildType) {
    // relation() tells whether the alteration is an oncogenic hit, which is what breaks wild type (M11).
    relation.verdict =
        alteration->kind == nomenclature::AlterationKind::WildType ? Verdict::Met : base::negate(relation.verdict);
    relation.rule = "M11";
  }
  const json out = {{"id", id},
                    {"verdict", std::string(base::to_string(relation.verdict))},
                    {"rule", relation.rule},
                    {"relation", std::string(word_of(relation.kind))},
                    {"reason", relation.note}};
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string relevant_line(std::string_view line, const match::Vocabulary& words) {
  const auto given = object_from(line, {"alteration", "candidates"});
  if (!given) return failed(json(), given.error());
  const json id = given->contains("id") ? (*given)["id"] : json();
  const std::string gene = text_of(*given, "gene");
  const auto alteration = alteration_from(text_of(*given, "alteration"), gene, words);
  if (!alteration) return failed(id, alteration.error());
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
  for (const std::size_t i : nomenclature::relevant(*alteration, classes, words.genes)) list.push_back(names[i]);
  json out = {{"id", id}, {"relevant", std::move(list)}};
  if (!unreadable.empty()) out["unreadable"] = std::move(unreadable);
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace treff::answer
