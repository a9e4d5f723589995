#include "indexer/importers/sheet_criterion.h"

#include <algorithm>
#include <array>

#include "kb/base/text.h"
#include "kb/model/codec.h"
#include "kb/nomenclature/read_alteration.h"

namespace treff::indexer {
namespace {

using model::Criterion;
using model::CriterionKind;

std::vector<std::string> parts_of(std::string_view text, char separator) {
  std::vector<std::string> out;
  for (const std::string_view part : base::split(text, separator)) {
    if (!base::trim(part).empty()) out.emplace_back(base::trim(part));
  }
  return out;
}

Criterion of_parts(CriterionKind kind, std::vector<Criterion> parts) {
  if (parts.size() == 1 && kind != CriterionKind::Not) return std::move(parts.front());
  Criterion out;
  out.kind = kind;
  out.parts = std::move(parts);
  return out;
}

class CellReader {
 public:
  CellReader(const match::Vocabulary& words, std::vector<Error>& errors) : words_(words), errors_(errors) {}

  // "TMB >= 10", "MSI high", "BRAF V600E", "target:nras-q61".
  std::optional<Criterion> marker(const std::string& text, const std::string& place) {
    if (text.starts_with("target:")) {
      Criterion out;
      out.kind = CriterionKind::Target;
      out.target = std::string(base::trim(std::string_view(text).substr(7)));
      return out;
    }
    if (nomenclature::names_biomarker(text)) return biomarker(text, place);
    auto read = nomenclature::read_class(text, {}, words_.genes);
    if (!read) return wrong(read.error(), text, place);
    if (!names_known_genes(read->value)) {
      return wrong(Error{ErrorCode::UnknownName,
                         "names something that is no gene of the knowledge base",
                         {},
                         text,
                         std::nullopt,
                         "write the partner of a fusion as EML4::ALK"},
                   text, place);
    }
    Criterion out;
    out.kind = CriterionKind::Variant;
    out.leaf = std::move(read->value);
    // "EGFR expression" without a level reads, and could never be met.
    const auto complete = model::decode_criterion(model::encode_criterion(out));
    if (!complete) return wrong(complete.error().front(), text, place);
    return out;
  }

  std::optional<std::string> diagnosis(const std::string& text, const std::string& place) {
    const std::string low = base::to_lower_ascii(text);
    if (low == "solid" || low == "haematological" || low == "any") return low;
    const auto node = words_.diagnoses.by_text(text);
    if (node) return words_.diagnoses.facts(*node).code;
    (void)wrong(node.error(), text, place);
    return std::nullopt;
  }

 private:
  std::nullopt_t wrong(Error error, const std::string& text, const std::string& place) {
    error.where = place;
    if (error.piece.empty()) error.piece = text;
    error.message += " in '" + text + "'";
    errors_.push_back(std::move(error));
    return std::nullopt;
  }

  // A word taken for a fusion partner would make a criterion that nothing meets.
  bool names_known_genes(const nomenclature::VariantClass& cls) const {
    const auto known = [&](const std::string& symbol) { return words_.genes.by_symbol(symbol) != nullptr; };
    return std::all_of(cls.genes.begin(), cls.genes.end(), known) && (cls.partner.empty() || known(cls.partner));
  }

  std::optional<Criterion> biomarker(const std::string& text, const std::string& place) {
    static constexpr std::array<std::pair<std::string_view, model::Comparison>, 7> kSigns = {
        {{">=", model::Comparison::GreaterEqual},
         {"<=", model::Comparison::LessEqual},
         {"\xE2\x89\xA5", model::Comparison::GreaterEqual},
         {"\xE2\x89\xA4", model::Comparison::LessEqual},
         {">", model::Comparison::Greater},
         {"<", model::Comparison::Less},
         {"=", model::Comparison::Equal}}};
    model::BiomarkerCondition condition;
    std::string plain = text;
    for (const auto& [sign, comparison] : kSigns) {
      const std::size_t at = text.find(sign);
      if (at == std::string::npos) continue;
      condition.op = comparison;
      plain = text.substr(0, at) + " " + text.substr(at + sign.size());
      break;
    }
    const auto read = nomenclature::parse_biomarker(plain);
    if (!read) return wrong(read.error(), text, place);
    condition.name = read->name;
    if (condition.op && read->value) {
      condition.value = read->value;
      condition.unit = std::string(nomenclature::unit_of(read->name));
    } else if (!condition.op && !read->value && read->state != nomenclature::BiomarkerState::Unstated) {
      condition.is = read->state;
    } else {
      return wrong(Error{ErrorCode::UnreadableText,
                         "a value needs its comparison, and a comparison its value",
                         {},
                         text,
                         std::nullopt,
                         "for example TMB >= 10, or MSI high"},
                   text, place);
    }
    Criterion out;
    out.kind = CriterionKind::Biomarker;
    out.leaf = std::move(condition);
    return out;
  }

  const match::Vocabulary& words_;
  std::vector<Error>& errors_;
};

}  // namespace

std::optional<Criterion> sheet_criterion(const SheetCriteria& cells, const match::Vocabulary& words,
                                         std::vector<Error>& errors) {
  CellReader reader(words, errors);
  std::vector<Criterion> all;
  model::DiagnosisCondition where;
  for (const std::string& name : parts_of(cells.diagnoses.text, '|')) {
    if (auto code = reader.diagnosis(name, cells.diagnoses.place)) where.any_of.push_back(std::move(*code));
  }
  for (const std::string& name : parts_of(cells.not_diagnoses.text, '|')) {
    if (auto code = reader.diagnosis(name, cells.not_diagnoses.place)) where.none_of.push_back(std::move(*code));
  }
  if (!where.any_of.empty() || !where.none_of.empty()) {
    Criterion leaf;
    leaf.kind = CriterionKind::Diagnosis;
    leaf.leaf = std::move(where);
    all.push_back(std::move(leaf));
  }
  for (const std::string& group : parts_of(cells.needs.text, '&')) {
    std::vector<Criterion> any;
    for (const std::string& one : parts_of(group, '|')) {
      if (auto marker = reader.marker(one, cells.needs.place)) any.push_back(std::move(*marker));
    }
    if (!any.empty()) all.push_back(of_parts(CriterionKind::Any, std::move(any)));
  }
  for (const std::string& one : parts_of(cells.excludes.text, '|')) {
    if (auto marker = reader.marker(one, cells.excludes.place)) {
      all.push_back(of_parts(CriterionKind::Not, {std::move(*marker)}));
    }
  }
  const model::ClinicalCondition& clinical = cells.clinical;
  if (clinical.age_years || clinical.ecog || clinical.sex) {
    Criterion leaf;
    leaf.kind = CriterionKind::Clinical;
    leaf.leaf = clinical;
    all.push_back(std::move(leaf));
  }
  for (const std::string& question : parts_of(cells.ask.text, '|')) {
    Criterion leaf;
    leaf.kind = CriterionKind::Text;
    leaf.leaf = model::TextRule{question, {}};
    all.push_back(std::move(leaf));
  }
  if (all.empty() || !errors.empty()) return std::nullopt;
  return of_parts(CriterionKind::All, std::move(all));
}

}  // namespace treff::indexer
