#include "kb/answer/class_parts.h"

#include <string>

#include "kb/base/text.h"
#include "kb/nomenclature/hgvs.h"

namespace treff::answer {
namespace {

using nlohmann::json;
using nomenclature::AlterationKind;
using nomenclature::ClassKind;
using nomenclature::Consequence;
using nomenclature::VariantClass;

AlterationKind kind_of(ClassKind kind) {
  switch (kind) {
    case ClassKind::Protein:
    case ClassKind::Coding:
    case ClassKind::Genomic:
    case ClassKind::Codon:
    case ClassKind::Range:
    case ClassKind::Exon:
    case ClassKind::AnyMutation:
    case ClassKind::Functional:
    case ClassKind::Biallelic: return AlterationKind::Small;
    case ClassKind::CopyNumber: return AlterationKind::CopyNumber;
    case ClassKind::Fusion: return AlterationKind::Fusion;
    case ClassKind::Splice: return AlterationKind::Splice;
    case ClassKind::NamedStructural: return AlterationKind::Structural;
    case ClassKind::WildType: return AlterationKind::WildType;
    case ClassKind::Expression: return AlterationKind::Expression;
  }
  return AlterationKind::Small;
}

std::string word_for(const std::vector<Consequence>& list) {
  if (list.empty()) return "any";
  if (list.size() == 1) return std::string(base::name_of(list.front()));
  const bool truncating = list == std::vector{Consequence::Nonsense, Consequence::Frameshift};
  return truncating ? "truncating" : "any";
}

std::string consequence_word(const VariantClass& cls) {
  if (cls.kind == ClassKind::Range || cls.kind == ClassKind::Exon) return word_for(cls.consequences);
  const bool truncating = cls.kind == ClassKind::Functional && cls.function == nomenclature::FunctionClass::Truncating;
  return truncating ? "truncating" : "unknown";
}

void add_place(const VariantClass& cls, std::string_view text, json& out) {
  const bool named = cls.kind == ClassKind::Protein || cls.kind == ClassKind::Codon;
  if (!named) return;
  const auto name =
      nomenclature::parse_protein(cls.kind == ClassKind::Codon ? cls.at : cls.change, nomenclature::XMeans::AnyResidue);
  if (!name) return;
  add_protein(name->change, out);
  const auto written = nomenclature::parse_protein(text, nomenclature::XMeans::AnyResidue);
  const bool same =
      written && nomenclature::to_one_letter(written->change) == nomenclature::to_one_letter(name->change);
  if (same && !written->change.ref.empty()) out["ref"] = written->change.ref;
  out["consequence"] = std::string(base::name_of(name->consequence));
}

}  // namespace

void add_protein(const nomenclature::ProteinChange& change, json& out) {
  out["protein"] = nomenclature::to_one_letter(change);
  out["hgvs_p"] = nomenclature::to_three_letter(change);
  out["start"] = change.start;
  out["end"] = change.end;
  out["ref"] = change.ref.empty() ? change.ref_first : change.ref;
  out["alt"] = change.alt;
  if (change.inserted_length > 0) out["inserted_length"] = change.inserted_length;
  if (change.stop_after > 0) out["stop_after"] = change.stop_after;
}

json class_parts(const VariantClass& cls, std::string_view text) {
  json out = {{"gene", base::join(cls.genes, "/")},
              {"kind", std::string(base::name_of(kind_of(cls.kind)))},
              {"consequence", consequence_word(cls)},
              {"canonical", nomenclature::to_text(cls)},
              {"start", cls.start},
              {"end", cls.end},
              {"ref", ""},
              {"alt", ""}};
  add_place(cls, text, out);
  if (cls.exon != 0) out["exon"] = cls.exon;
  if (!cls.name.empty()) out["name"] = cls.name;
  return out;
}

}  // namespace treff::answer
