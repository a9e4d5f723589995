// The canonical text of an alteration: equal for equal findings.
#include <string>

#include "kb/base/text.h"
#include "kb/nomenclature/hgvs.h"
#include "kb/nomenclature/numbering.h"
#include "kb/nomenclature/read_alteration.h"

namespace treff::nomenclature {
namespace {

std::string protein_text(const Alteration& alteration) {
  const ProteinChange& change = *alteration.protein;
  const bool bare_number = change.form == ProteinForm::AnyAtCodon && change.ref_first.empty();
  std::string out = (bare_number ? "codon " : "") + to_one_letter(change);
  for (const auto& other : alteration.also) out += (alteration.alternatives ? "^" : ";") + to_one_letter(other);
  if (!alteration.also.empty() && !alteration.alternatives) out = "[" + out + "]";
  if (alteration.protein->start == 0) out = "p." + out;
  if (alteration.numbering_uncertain) {
    out += alteration.transcript.empty() ? " on an unstated transcript" : " on " + alteration.transcript;
  }
  return out;
}

std::string_view words_for(Consequence consequence) {
  switch (consequence) {
    case Consequence::Missense: return "missense mutation";
    case Consequence::Nonsense: return "nonsense mutation";
    case Consequence::Synonymous: return "synonymous mutation";
    case Consequence::InframeDeletion: return "in-frame deletion";
    case Consequence::InframeInsertion: return "in-frame insertion";
    case Consequence::Frameshift: return "frameshift mutation";
    case Consequence::Splice: return "splice site mutation";
    case Consequence::StartLost: return "start lost";
    case Consequence::Extension: return "extension";
    case Consequence::Promoter: return "promoter mutation";
    case Consequence::Noncoding: return "noncoding variant";
    case Consequence::Unknown: return "mutation";
  }
  return "mutation";
}

std::string exon_text(const Alteration& alteration) {
  std::string out = "exon " + std::to_string(alteration.exon) + " ";
  if (alteration.consequence == Consequence::InframeDeletion) return out + "deletion";
  if (alteration.consequence == Consequence::InframeInsertion) return out + "insertion";
  return out + std::string(words_for(alteration.consequence));
}

std::string small_text(const Alteration& alteration) {
  const bool promoter = alteration.consequence == Consequence::Promoter;
  if (alteration.protein && alteration.protein->form != ProteinForm::UnknownEffect && !promoter) {
    return protein_text(alteration);
  }
  if (alteration.coding) {
    const std::string on = promoter || alteration.transcript.empty() ? "" : " on " + alteration.transcript;
    return to_text(*alteration.coding) + on;
  }
  if (alteration.genomic) return to_text(*alteration.genomic);
  if (alteration.exon != 0) return exon_text(alteration);
  if (alteration.oncogenicity == Oncogenicity::Oncogenic) return "oncogenic mutation";
  if (alteration.oncogenicity == Oncogenicity::LikelyOncogenic) return "likely oncogenic mutation";
  if (alteration.effect == Effect::LossOfFunction) return "inactivating mutation";
  if (alteration.effect == Effect::GainOfFunction) return "activating mutation";
  return std::string(words_for(alteration.consequence));
}

std::string copy_text(const CopyNumber& copy) {
  switch (copy.call) {
    case CopyCall::Amplification: return "amplification";
    case CopyCall::Gain: return "gain";
    case CopyCall::Neutral: return "copy number neutral";
    case CopyCall::Loss: return "loss";
    case CopyCall::HomozygousDeletion: return "homozygous deletion";
    case CopyCall::Unstated: break;
  }
  if (copy.copies) return "copy number " + base::to_text(*copy.copies);
  if (copy.fold_change) return "fold change " + base::to_text(*copy.fold_change);
  if (copy.minor_copies) return *copy.minor_copies == 0 ? "loss of heterozygosity" : "heterozygous";
  return "copy number";
}

std::string fusion_text(const Fusion& fusion) {
  const auto five = base::join(fusion.five_prime.genes, ";");
  const auto three = base::join(fusion.three_prime.genes, ";");
  if (fusion.intragenic) return (five.empty() ? three : five) + " intragenic rearrangement";
  const bool both = !five.empty() && !three.empty();
  if (five.empty() && three.empty()) return "fusion";  // of a family
  if (!both && !fusion.direction_known) return five + three + " fusion";
  if (!both) return (five.empty() ? "?" : five) + "::" + (three.empty() ? "?" : three);
  return five + (fusion.direction_known ? "::" : "/") + three;
}

std::string splice_text(const SpliceEvent& splice) {
  if (splice.first_exon == 0) return "exon skipping";
  std::string exons = std::to_string(splice.first_exon);
  if (splice.last_exon > splice.first_exon) exons += "-" + std::to_string(splice.last_exon);
  return "exon " + exons + " skipping";
}

std::string expression_text(const Expression& expression) {
  std::string out = expression.method.empty() ? "expression" : expression.method;
  if (!expression.level.empty()) out += " " + expression.level;
  if (expression.value) out += " " + base::to_text(*expression.value);
  return out;
}

std::string wild_type_text(const Alteration& alteration) {
  std::vector<std::string> exons;
  for (const int exon : alteration.wild_type_exons) exons.push_back(std::to_string(exon));
  return exons.empty() ? "wild type" : "wild type (exons " + base::join(exons, ", ") + ")";
}

std::string event_text(const Alteration& alteration) {
  switch (alteration.kind) {
    case AlterationKind::Small: {
      if (alteration.effect != Effect::Reversion) return small_text(alteration);
      const auto change = small_text(alteration);
      return change == "mutation" ? "reversion mutation" : change + " (reversion)";
    }
    case AlterationKind::CopyNumber: return copy_text(alteration.copy_number.value_or(CopyNumber{}));
    case AlterationKind::Fusion: return fusion_text(alteration.fusion.value_or(Fusion{}));
    case AlterationKind::Splice: return splice_text(alteration.splice.value_or(SpliceEvent{}));
    case AlterationKind::Structural: return alteration.structural_name;
    case AlterationKind::Expression: return expression_text(alteration.expression.value_or(Expression{}));
    case AlterationKind::WildType: return wild_type_text(alteration);
  }
  return {};
}

}  // namespace

std::string canonical_text(const Alteration& alteration) {
  const std::string event = event_text(alteration);
  // "ALK/ROS1 fusion" of a family of two could be one fusion of both.
  const bool pair = alteration.kind == AlterationKind::Fusion && alteration.family.size() == 2;
  if (!alteration.family.empty()) return base::join(alteration.family, pair ? ", " : "/") + " " + event;
  if (alteration.kind == AlterationKind::Fusion || alteration.gene.empty()) return event;
  return alteration.gene + " " + event;
}

}  // namespace treff::nomenclature
