#include "kb/answer/parse_answer.h"

#include <nlohmann/json.hpp>

#include "kb/answer/class_answer.h"
#include "kb/answer/class_parts.h"
#include "kb/base/text.h"
#include "kb/model/codec.h"
#include "kb/model/read_criterion.h"
#include "kb/nomenclature/hgvs.h"
#include "kb/nomenclature/read_alteration.h"

namespace treff::answer {
namespace {

using nlohmann::json;
using nomenclature::Alteration;

constexpr std::size_t kMaxTerms = 10'000;
constexpr std::size_t kMaxTermBytes = 2'000;

json error_value(const Error& error) {
  json out = {{"code", std::string(base::to_string(error.code))}, {"message", error.message}};
  out["at"] = error.at_byte ? json(*error.at_byte) : json();
  out["piece"] = error.piece;
  out["hint"] = error.hint;
  if (error.code == ErrorCode::AmbiguousName) out["alternatives"] = alternatives_in(error.hint);
  return out;
}

json side_value(const nomenclature::FusionSide& side) { return side.genes; }

json alteration_value(const Alteration& alteration) {
  json out = {{"gene", alteration.gene},
              {"kind", std::string(base::name_of(alteration.kind))},
              {"consequence", std::string(base::name_of(alteration.consequence))},
              {"canonical", alteration.canonical}};
  if (!alteration.family.empty()) out["family"] = alteration.family;
  if (!alteration.wild_type_exons.empty()) out["exons"] = alteration.wild_type_exons;
  if (alteration.effect != nomenclature::Effect::Unknown) out["effect"] = std::string(base::name_of(alteration.effect));
  if (alteration.allele_fraction) out["vaf"] = *alteration.allele_fraction;
  if (!alteration.transcript.empty()) out["transcript"] = alteration.transcript;
  if (alteration.exon > 0) out["exon"] = alteration.exon;
  if (alteration.protein) add_protein(*alteration.protein, out);
  if (alteration.coding) out["coding"] = nomenclature::to_text(*alteration.coding);
  if (alteration.genomic) out["genomic"] = nomenclature::to_text(*alteration.genomic);
  if (alteration.copy_number) out["copy_number"] = {{"call", std::string(base::name_of(alteration.copy_number->call))}};
  if (alteration.fusion) {
    out["fusion"] = {{"five_prime", side_value(alteration.fusion->five_prime)},
                     {"three_prime", side_value(alteration.fusion->three_prime)},
                     {"direction_known", alteration.fusion->direction_known},
                     {"intragenic", alteration.fusion->intragenic}};
  }
  if (alteration.splice) {
    out["splice"] = {{"first_exon", alteration.splice->first_exon},
                     {"last_exon", alteration.splice->last_exon},
                     {"by", std::string(base::name_of(alteration.splice->by))}};
  }
  if (!alteration.structural_name.empty()) out["name"] = alteration.structural_name;
  if (!alteration.mapped_from.empty()) out["mapped_from"] = alteration.mapped_from;
  if (!alteration.conflict.empty()) out["conflict"] = alteration.conflict;
  if (alteration.numbering_uncertain) out["numbering_uncertain"] = true;
  return out;
}

json biomarker_value(const nomenclature::Biomarker& biomarker) {
  return {{"kind", "biomarker"},
          {"name", std::string(base::name_of(biomarker.name))},
          {"value", biomarker.value ? json(*biomarker.value) : json()},
          {"unit", biomarker.unit},
          {"state", std::string(base::name_of(biomarker.state))},
          {"canonical", nomenclature::to_text(biomarker)}};
}

void add_warnings(const std::vector<Issue>& issues, json& out) {
  json list = json::array();
  for (const Issue& issue : issues)
    list.push_back({{"id", issue.id}, {"message", issue.message}, {"piece", issue.piece}});
  out["warnings"] = std::move(list);
}

Result<void> read_as_alteration(const ParseTerm& term, const match::Vocabulary& words, json& out) {
  if (term.gene.empty()) {
    const auto finding = nomenclature::read_finding(term.text, words.genes);
    if (!finding) return fail(finding.error());
    if (const auto* alteration = std::get_if<Alteration>(&finding->value))
      out["alteration"] = alteration_value(*alteration);
    if (const auto* marker = std::get_if<nomenclature::Biomarker>(&finding->value))
      out["alteration"] = biomarker_value(*marker);
    add_warnings(finding->warnings, out);
    return {};
  }
  nomenclature::AlterationText text;
  text.gene = term.gene;
  text.text = term.text;
  const auto reading = nomenclature::read_alteration(text, words.genes);
  if (!reading) return fail(reading.error());
  out["alteration"] = alteration_value(reading->value);
  add_warnings(reading->warnings, out);
  return {};
}

Result<void> read_as_criterion(const ParseTerm& term, const match::Vocabulary& words, json& out) {
  const auto reading = model::read_criterion(term.text, term.gene, words.genes);
  if (!reading) return fail(reading.error());
  out["criterion"] = json::parse(model::encode_criterion(reading->value), nullptr, false);
  out["canonical"] = criterion_words(reading->value);
  if (const auto* cls = std::get_if<nomenclature::VariantClass>(&reading->value.leaf)) {
    out["alteration"] = class_parts(*cls, term.text);
  }
  add_warnings(reading->warnings, out);
  return {};
}

Result<void> read_as_diagnosis(const ParseTerm& term, const match::Vocabulary& words, json& out) {
  const auto node = words.diagnoses.by_text(term.text);
  if (!node) return fail(node.error());
  const nomenclature::DiagnosisFacts& facts = words.diagnoses.facts(*node);
  json path = json::array();  // the nodes above, nearest first
  for (auto above = words.diagnoses.parent(*node); above; above = words.diagnoses.parent(*above))
    path.push_back(words.diagnoses.facts(*above).code);
  out["diagnosis"] = {{"oncotree", facts.code},
                      {"name", facts.name},
                      {"main_type", facts.main_type},
                      {"tissue", facts.tissue},
                      {"tissue_level", facts.tissue_level},
                      {"lineage", std::string(base::name_of(facts.lineage))},
                      {"path", std::move(path)}};
  add_warnings({}, out);
  return {};
}

Result<void> read_as_drug(const ParseTerm& term, const match::Vocabulary& words, json& out) {
  const auto ids = words.drugs.find_combination(term.text);
  if (!ids) return fail(ids.error());
  out["drugs"] = *ids;
  add_warnings({}, out);
  return {};
}

Result<void> read(const ParseTerm& term, ParseAs as, const match::Vocabulary& words, json& out) {
  switch (as) {
    case ParseAs::Alteration: return read_as_alteration(term, words, out);
    case ParseAs::Criterion: return read_as_criterion(term, words, out);
    case ParseAs::Diagnosis: return read_as_diagnosis(term, words, out);
    case ParseAs::Drug: return read_as_drug(term, words, out);
  }
  return {};
}

std::string dump(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

// One object or string of the input; `at` is its pointer.
Checked<ParseTerm> term_from(const json& value, const std::string& at) {
  const auto wrong = [&](const std::string& where, const std::string& message) {
    return fail_all({Error{ErrorCode::WrongType, message, where, {}, std::nullopt, "give {\"id\",\"text\",\"gene\"}"}});
  };
  ParseTerm term;
  if (value.is_string()) {
    term.text = value.get<std::string>();
    return term;
  }
  if (!value.is_object()) return wrong(at, "a term is an object or a string");
  for (const auto& [key, member] : value.items()) {
    if (key != "id" && key != "text" && key != "gene") {
      return fail_all({Error{ErrorCode::UnknownKey, "the key '" + key + "' is not known here", at + "/" + key, key,
                             std::nullopt, "known keys: id, text, gene"}});
    }
    if (key == "id" && member.is_number_integer()) {
      term.id = member.dump();
      continue;
    }
    if (!member.is_string()) return wrong(at + "/" + key, "'" + key + "' must be a string");
    (key == "id" ? term.id : key == "text" ? term.text : term.gene) = member.get<std::string>();
  }
  if (!value.contains("text")) {
    return fail_all(
        {Error{ErrorCode::MissingKey, "the term has no text", at, {}, std::nullopt, "give {\"text\":\"BRAF V600E\"}"}});
  }
  return term;
}

}  // namespace

std::vector<std::string> alternatives_in(std::string_view hint) {
  constexpr std::string_view kStart = "one of ";
  std::vector<std::string> out;
  if (hint.substr(0, kStart.size()) != kStart) return out;
  hint.remove_prefix(kStart.size());
  const char separator =
      hint.find(';') == std::string_view::npos && hint.find('(') == std::string_view::npos ? ',' : ';';
  for (const auto part : base::split(hint, separator)) out.emplace_back(base::trim(part));
  return out;
}

Result<ParseAs> parse_as_from(std::string_view word) {
  if (word == "alteration") return ParseAs::Alteration;
  if (word == "criterion") return ParseAs::Criterion;
  if (word == "diagnosis") return ParseAs::Diagnosis;
  if (word == "drug") return ParseAs::Drug;
  return fail(Error{ErrorCode::Usage, "'" + std::string(word) + "' cannot be parsed as", "as", std::string(word),
                    std::nullopt, "use alteration, criterion, diagnosis or drug"});
}

Checked<ParseTerm> parse_term_from_line(std::string_view line) {
  const std::string_view trimmed = base::trim(line);
  if (trimmed.empty() || trimmed.front() != '{') return ParseTerm{{}, std::string(line), {}};
  const json value = json::parse(trimmed, nullptr, false);
  if (value.is_discarded()) {
    return fail_all({Error{ErrorCode::MalformedJson,
                           "the line begins with '{' but is not JSON",
                           {},
                           std::string(line.substr(0, 80)),
                           std::nullopt,
                           {}}});
  }
  return term_from(value, "");
}

Checked<std::vector<ParseTerm>> parse_terms_from_json(std::string_view text) {
  json value = json::parse(text, nullptr, false);
  if (value.is_discarded())
    return fail_all({Error{ErrorCode::MalformedJson, "the body is not JSON", "", {}, std::nullopt, {}}});
  if (value.is_object() && value.contains("terms")) value = value["terms"];
  if (value.is_object()) value = json::array({value});
  if (!value.is_array())
    return fail_all({Error{ErrorCode::WrongType, "expected an array of terms", "", {}, std::nullopt, {}}});
  if (value.size() > kMaxTerms) {
    return fail_all({Error{ErrorCode::TooLarge, "more than 10000 terms", "", {}, std::nullopt, "send them in parts"}});
  }
  std::vector<ParseTerm> terms;
  std::vector<Error> errors;
  for (std::size_t i = 0; i < value.size(); ++i) {
    auto term = term_from(value[i], "/" + std::to_string(i));
    if (term) {
      terms.push_back(std::move(*term));
    } else {
      errors.insert(errors.end(), term.error().begin(), term.error().end());
    }
  }
  if (!errors.empty()) return fail_all(std::move(errors));
  return terms;
}

std::string parse_answer(const ParseTerm& term, ParseAs as, const match::Vocabulary& words) {
  if (term.text.size() > kMaxTermBytes) {
    return parse_failure(term.text.substr(0, 80),
                         Error{ErrorCode::TooLarge, "the term is too long", {}, {}, std::nullopt, {}});
  }
  json out = {{"input", term.text}};
  if (!term.id.empty()) out["id"] = term.id;
  const Result<void> done = read(term, as, words, out);
  out["ok"] = done.has_value();
  if (!done) out["error"] = error_value(done.error());
  return dump(out);
}

std::string parse_failure(std::string_view input, const Error& error) {
  return dump({{"input", std::string(input)}, {"ok", false}, {"error", error_value(error)}});
}

namespace {

// The canonical text of a reading, whatever it was read as.
std::string canonical_of(const json& answer) {
  if (answer.contains("diagnosis")) {
    const json& facts = answer["diagnosis"];
    return facts.value("name", "") + " (" + facts.value("oncotree", "") + ")";
  }
  if (answer.contains("drugs")) {
    std::vector<std::string> ids;
    for (const json& id : answer["drugs"]) ids.push_back(id.get<std::string>());
    return base::join(ids, " + ");
  }
  if (answer.contains("canonical")) return answer.value("canonical", "");
  return answer.contains("alteration") ? answer["alteration"].value("canonical", "") : std::string();
}

}  // namespace

std::string parse_text(std::string_view answer) {
  const json read = json::parse(answer, nullptr, false);
  if (!read.is_object()) return std::string(answer);
  std::string out = read.value("input", "");
  if (read.value("ok", false)) {
    const std::string canonical = canonical_of(read);
    if (canonical != out) out += " = " + canonical;
    for (const json& warning : read.value("warnings", json::array()))
      out += "\n  note: " + warning.value("message", "");
    return out;
  }
  const json error = read.value("error", json::object());
  out += ": not read: " + error.value("message", "");
  const std::string piece = error.value("piece", "");
  if (!piece.empty() && piece != read.value("input", "")) out += " in '" + piece + "'";
  const json alternatives = error.value("alternatives", json::array());
  for (const json& one : alternatives) out += "\n  may be: " + one.get<std::string>();
  const std::string hint = error.value("hint", "");
  if (alternatives.empty() && !hint.empty()) out += "\n  hint: " + hint;
  return out;
}

}  // namespace treff::answer
