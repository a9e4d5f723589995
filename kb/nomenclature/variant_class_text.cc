// What a person reads for a class, and read_class reads back.
#include <array>
#include <string>

#include "kb/base/text.h"
#include "kb/nomenclature/hgvs.h"
#include "kb/nomenclature/variant_class.h"

namespace treff::nomenclature {
namespace {

struct ConsequenceWords {
  Consequence consequence;
  std::string_view in_range;  // behind "729_761"
  std::string_view alone;     // behind the gene or the exon
};

constexpr std::array kWords = {
    ConsequenceWords{Consequence::Missense, "mis", "missense mutation"},
    ConsequenceWords{Consequence::Nonsense, "stop", "nonsense mutation"},
    ConsequenceWords{Consequence::Synonymous, "syn", "synonymous mutation"},
    ConsequenceWords{Consequence::InframeDeletion, "del", "in-frame deletion"},
    ConsequenceWords{Consequence::InframeInsertion, "ins", "in-frame insertion"},
    ConsequenceWords{Consequence::Frameshift, "fs", "frameshift mutation"},
    ConsequenceWords{Consequence::Splice, "splice", "splice site mutation"},
    ConsequenceWords{Consequence::StartLost, "start", "start lost"},
    ConsequenceWords{Consequence::Extension, "ext", "stop lost"},
    ConsequenceWords{Consequence::Promoter, "promoter", "promoter mutation"},
    ConsequenceWords{Consequence::Noncoding, "noncoding", "noncoding variant"},
    ConsequenceWords{Consequence::Unknown, "unknown", "mutation"},
};

std::string joined(const std::vector<Consequence>& list, std::string_view separator, bool in_range) {
  std::string out;
  for (const auto consequence : list) {
    for (const auto& row : kWords) {
      if (row.consequence != consequence) continue;
      if (!out.empty()) out += separator;
      out += in_range ? row.in_range : row.alone;
    }
  }
  return out;
}

std::string range_text(const VariantClass& cls) {
  if (cls.start == 0) return joined(cls.consequences, " or ", false);
  const int end = cls.end == 0 ? cls.start : cls.end;
  const std::string place = std::to_string(cls.start) + "_" + std::to_string(end);
  return place + (cls.consequences.empty() ? "mut" : joined(cls.consequences, "+", true));
}

std::string exons_text(const VariantClass& cls) {
  std::string out = "exon " + std::to_string(cls.exon);
  if (cls.exon_end > cls.exon) out += "-" + std::to_string(cls.exon_end);
  return out;
}

std::string exon_text(const VariantClass& cls) {
  const auto& list = cls.consequences;
  const bool single = list.size() == 1;
  if (list.empty()) return exons_text(cls) + " mutation";
  if (single && list[0] == Consequence::InframeDeletion) return exons_text(cls) + " deletion";
  if (single && list[0] == Consequence::InframeInsertion) return exons_text(cls) + " insertion";
  return exons_text(cls) + " " + joined(list, " or ", false);
}

std::string_view function_text(FunctionClass function) {
  switch (function) {
    case FunctionClass::Truncating: return "truncating mutation";
    case FunctionClass::LossOfFunction: return "loss of function mutation";
    case FunctionClass::Activating: return "activating mutation";
    case FunctionClass::Oncogenic: return "oncogenic mutation";
  }
  return {};
}

std::string copy_text(const VariantClass& cls) {
  switch (cls.copy) {
    case CopyCall::Amplification: return "amplification";
    case CopyCall::Gain: return "gain";
    case CopyCall::Neutral: return "copy number neutral";
    case CopyCall::Loss: return "loss";
    case CopyCall::HomozygousDeletion: return "homozygous deletion";
    case CopyCall::Unstated: break;
  }
  if (cls.min_copies) return "copy number " + base::to_text(*cls.min_copies);
  if (cls.min_fold_change) return "fold change " + base::to_text(*cls.min_fold_change);
  return "copy number change";
}

std::string expression_text(const VariantClass& cls) {
  return cls.method.empty() ? "expression" : cls.method + " expression";
}

std::string genomic_text(const VariantClass& cls) {
  const bool named = cls.assembly != Assembly::Unstated;
  return (named ? std::string(base::name_of(cls.assembly)) + " " : "") + cls.change;
}

std::string codon_text(const VariantClass& cls) {
  const bool number = !cls.at.empty() && base::is_ascii_digit(cls.at.front());
  const bool missense = cls.consequences.size() == 1 && cls.consequences.front() == Consequence::Missense;
  return (number ? "codon " : "") + cls.at + (missense ? " missense mutation" : " mutation");
}

std::string body_text(const VariantClass& cls) {
  switch (cls.kind) {
    case ClassKind::Protein:
    case ClassKind::Coding: return cls.change;
    case ClassKind::Genomic: return genomic_text(cls);
    case ClassKind::Codon: return codon_text(cls);
    case ClassKind::Range: return range_text(cls);
    case ClassKind::Exon: return exon_text(cls);
    case ClassKind::AnyMutation: return "mutation";
    case ClassKind::Functional: return std::string(function_text(cls.function));
    case ClassKind::CopyNumber: return copy_text(cls);
    case ClassKind::Fusion: return "fusion";
    case ClassKind::Splice: return cls.exon == 0 ? "exon skipping" : exons_text(cls) + " skipping";
    case ClassKind::NamedStructural: return cls.name;
    case ClassKind::Biallelic: return "biallelic inactivation";
    case ClassKind::WildType: return "wild type";
    case ClassKind::Expression: return expression_text(cls);
  }
  return {};
}

std::string group(std::string_view words) { return " (" + std::string(words) + ")"; }

std::string list_of(const std::vector<int>& numbers) {
  std::vector<std::string> out;
  for (const int number : numbers) out.push_back(std::to_string(number));
  return base::join(out, ", ");
}

// FGFR2/FGFR3 are a list without saying so; of other genes A/B is one fusion of both.
bool share_stem(const std::vector<std::string>& genes) {
  const auto stem = [](const std::string& symbol) {
    return symbol.substr(0, symbol.find_last_not_of("0123456789") + 1);
  };
  return stem(genes.front()) == stem(genes.back());
}

std::string conditions_text(const VariantClass& cls) {
  std::string out;
  if (cls.kind == ClassKind::Fusion && cls.genes.size() == 2 && !share_stem(cls.genes)) out += group("either gene");
  if (cls.copy != CopyCall::Unstated && cls.min_copies) out += group("copies >= " + base::to_text(*cls.min_copies));
  const bool fold_named = cls.copy != CopyCall::Unstated || cls.min_copies;
  if (fold_named && cls.min_fold_change) out += group("fold change >= " + base::to_text(*cls.min_fold_change));
  if (!cls.partner.empty()) out += group("with " + cls.partner);
  if (!cls.excluded_partners.empty()) out += group("not with " + base::join(cls.excluded_partners, ", "));
  if (cls.kind == ClassKind::Fusion && cls.exon != 0) out += group("at exon " + std::to_string(cls.exon));
  if (cls.partner_exon != 0) out += group("partner exon " + std::to_string(cls.partner_exon));
  if (cls.role == FusionRole::FivePrime) out += group("as 5' partner");
  if (cls.role == FusionRole::ThreePrime) out += group("as 3' partner");
  if (!cls.exons.empty()) out += group("exons " + list_of(cls.exons));
  if (!cls.levels.empty()) out += group("levels " + base::join(cls.levels, ", "));
  if (!cls.transcript.empty()) out += group("on " + cls.transcript);
  if (cls.origin && *cls.origin != Origin::Unknown) out += group(base::name_of(*cls.origin));
  if (cls.function_policy) out += group("function " + std::string(base::name_of(*cls.function_policy)));
  if (cls.excludes.empty()) return out;
  std::vector<std::string> excluded;
  for (VariantClass inner : cls.excludes) {
    if (inner.genes == cls.genes) inner.genes.clear();
    excluded.push_back(to_text(inner));
  }
  return out + group("excluding " + base::join(excluded, ", "));
}

}  // namespace

std::string to_text(const VariantClass& cls) {
  const std::string genes = base::join(cls.genes, "/");
  const std::string body = body_text(cls);
  return genes + (genes.empty() || body.empty() ? "" : " ") + body + conditions_text(cls);
}

}  // namespace treff::nomenclature
