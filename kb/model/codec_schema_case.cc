// JSON Schema of the case, from the tables of case_fields.h and codec_case.h.
#include <utility>

#include "kb/model/codec.h"
#include "kb/model/codec_case.h"
#include "kb/model/codec_schema.h"
#include "kb/model/criterion_fields.h"

namespace treff::model {
namespace {

using nomenclature::AlterationText;
using nomenclature::Biomarker;
using nomenclature::BiomarkerName;
using nomenclature::Fusion;
using nomenclature::SpliceEvent;

Node text() { return text_schema(kMaxCaseTextBytes); }
Node filled_text() { return text().put("minLength", Node::of(1)); }
Node exon_number() { return number_schema(kExonNumber, true); }

// The schema of a key of an alteration, wherever its row stands.
Node alteration_key(std::string_view key) {
  Node found;
  const auto take = [&](const auto& field) {
    if (field.key == key) found = field_schema(field, kMaxCaseTextBytes);
  };
  for_each_field<AlterationText>(take);
  for_each_field<CaseAlteration>(take);
  return found;
}

// What was found must be said, and where it is: by the gene, by the genome or by an accession.
Node column_rules() {
  const auto with_accession = [](std::string_view key) {
    Node holds_colon = text().put("pattern", Node::of(":"));
    Node properties = Node::object();
    properties.put(key, std::move(holds_colon));
    return requires_keys({key}).put("properties", std::move(properties));
  };
  Node rules = Node::list();
  rules.add(any_of({requires_keys({"protein"}), requires_keys({"coding"}), requires_keys({"genomic"}),
                    requires_keys({"consequence"}), requires_keys({"exon"})}));
  rules.add(any_of(
      {requires_keys({"gene"}), requires_keys({"genomic"}), with_accession("coding"), with_accession("protein")}));
  return rules;
}

Node form_schema(const AlterationForm& form) {
  Node properties = Node::object();
  std::vector<std::string_view> required;
  if (!form.deciding.empty()) {
    Node schema = alteration_key(form.deciding);
    if (form.deciding == "text") schema.put("minLength", Node::of(1));
    properties.put(form.deciding, std::move(schema));
    required.push_back(form.deciding);
  }
  for (const std::string_view key : form.keys) {
    if (!key.empty()) properties.put(key, alteration_key(key));
  }
  for (const std::string_view key : kMeasuredKeys) properties.put(key, alteration_key(key));
  if (form.gene_required) required.push_back("gene");
  Node schema = object_schema(std::move(properties), required);
  if (form.deciding.empty()) schema.put("allOf", column_rules());
  return schema;
}

Node measured_object(const BiomarkerKey& row) {
  Node properties = Node::object();
  std::vector<Node> says_something = {requires_keys({"state"}), requires_keys({"failed"})};
  if (!row.value_key.empty()) {
    properties.put(row.value_key, number_schema(FieldTraits{.max = largest_value(row.name)}, false));
    says_something.push_back(requires_keys({row.value_key}));
  }
  properties.put("state", word_schema(states_of(row.name))).put("assay", text()).put("failed", bool_schema());
  if (row.name == BiomarkerName::Tmb) properties.put("tumour_only", bool_schema());
  if (row.name == BiomarkerName::Msi) properties.put("usable_sites", number_schema(FieldTraits{}, true));
  Node schema = object_schema(std::move(properties), {});
  return schema.put("anyOf", *any_of(std::move(says_something)).find("anyOf"));
}

Node biomarker_schema(const BiomarkerKey& row) {
  Node brief = row.short_is_state ? word_schema(states_of(row.name))
                                  : number_schema(FieldTraits{.max = largest_value(row.name)}, false);
  Node object = measured_object(row);
  Node several = list_schema(any_of({brief, object}), true);
  return any_of({std::move(brief), std::move(object), std::move(several)});
}

}  // namespace

Node Codec<CaseDiagnosis>::schema() {
  Node properties = Node::object();
  for (const std::string_view key : kKeysOf<CaseDiagnosis>) properties.put(key, filled_text());
  Node schema = object_schema(std::move(properties), {});
  return schema.put("minProperties", Node::of(1)).put("maxProperties", Node::of(1));
}

Node Codec<Fusion>::schema() {
  constexpr std::array<std::string_view, 2> kTextOrNull = {"string", "null"};
  const auto side = [&] {
    Node schema = Node::object();
    schema.put("type", names_list(kTextOrNull));
    return schema.put("maxLength", Node::of(static_cast<int>(kMaxCaseTextBytes))).put("minLength", Node::of(1));
  };
  const auto named = [](std::string_view key) {
    Node properties = Node::object();
    properties.put(key, filled_text());
    return requires_keys({key}).put("properties", std::move(properties));
  };
  Node properties = Node::object();
  properties.put("five_prime", side()).put("three_prime", side());
  properties.put("five_prime_exon", exon_number()).put("three_prime_exon", exon_number());
  for (const char* flag : {"direction_known", "intragenic", "in_frame", "kinase_domain_kept"}) {
    properties.put(flag, bool_schema());
  }
  Node schema = object_schema(std::move(properties), {});
  return schema.put("anyOf", *any_of({named("five_prime"), named("three_prime")}).find("anyOf"));
}

Node Codec<SpliceEvent>::schema() {
  constexpr std::array<std::string_view, 1> kOne = {"exon"};
  constexpr std::array<std::string_view, 2> kSeveral = {"first_exon", "last_exon"};
  const Node by = word_schema(kWordsOf<nomenclature::SpliceEvidence>);
  Node one = Node::object();
  one.put("exon", exon_number()).put("by", by);
  Node several = Node::object();
  several.put("first_exon", exon_number()).put("last_exon", exon_number()).put("by", by);
  return any_of({object_schema(std::move(one), kOne), object_schema(std::move(several), kSeveral)});
}

Node Codec<CaseAlteration>::schema() {
  std::vector<Node> forms;
  for (const AlterationForm& form : kAlterationForms) forms.push_back(form_schema(form));
  return any_of(std::move(forms));
}

Node Codec<std::vector<Biomarker>>::schema() {
  Node properties = Node::object();
  for (const BiomarkerKey& row : kBiomarkerKeys) properties.put(row.key, biomarker_schema(row));
  return object_schema(std::move(properties), {});
}

std::string case_schema() {
  Node properties = Node::object();
  for (Node& property : properties_of<TumourCase>(kMaxCaseTextBytes).parts) {
    if (property.key == "alterations") property.put("maxItems", Node::of(static_cast<int>(kMaxCaseAlterations)));
    if (property.key == "prior_treatments") {
      Node treatment = struct_schema<PriorTreatment>(kMaxCaseTextBytes);
      treatment.put("anyOf", *any_of({requires_keys({"drug"}), requires_keys({"drug_class"})}).find("anyOf"));
      property = list_schema(std::move(treatment), false).put("description", *property.find("description"));
      property.key = "prior_treatments";
    }
    properties.parts.push_back(std::move(property));
  }
  Node body = object_schema(std::move(properties), required_keys<TumourCase>());
  return to_pretty(titled_schema("case", "One tumour: diagnosis, findings, tests done. No person.", std::move(body)));
}

}  // namespace treff::model
