// Sequence Ontology terms, and the class words of MAF files, as one consequence.
#include <algorithm>
#include <array>
#include <string>

#include "kb/base/text.h"
#include "kb/nomenclature/hgvs.h"

namespace treff::nomenclature {
namespace {

struct TermRow {
  std::string_view term;  // lower case
  Consequence consequence;
};

// Most severe first; of several terms the topmost row decides.
constexpr std::array kTerms = {
    TermRow{"splice_acceptor_variant", Consequence::Splice},
    TermRow{"splice_donor_variant", Consequence::Splice},
    TermRow{"splice_site_variant", Consequence::Splice},
    TermRow{"splice_site", Consequence::Splice},
    TermRow{"stop_gained", Consequence::Nonsense},
    TermRow{"nonsense_mutation", Consequence::Nonsense},
    TermRow{"nonsense_variant", Consequence::Nonsense},
    TermRow{"frameshift_variant", Consequence::Frameshift},
    TermRow{"frameshift", Consequence::Frameshift},
    TermRow{"frameshift_truncation", Consequence::Frameshift},
    TermRow{"frameshift_elongation", Consequence::Frameshift},
    TermRow{"frame_shift_del", Consequence::Frameshift},
    TermRow{"frame_shift_ins", Consequence::Frameshift},
    TermRow{"stop_lost", Consequence::Extension},
    TermRow{"nonstop_mutation", Consequence::Extension},
    TermRow{"start_lost", Consequence::StartLost},
    TermRow{"initiator_codon_variant", Consequence::StartLost},
    TermRow{"translation_start_site", Consequence::StartLost},
    TermRow{"inframe_insertion", Consequence::InframeInsertion},
    TermRow{"conservative_inframe_insertion", Consequence::InframeInsertion},
    TermRow{"disruptive_inframe_insertion", Consequence::InframeInsertion},
    TermRow{"in_frame_ins", Consequence::InframeInsertion},
    TermRow{"inframe_deletion", Consequence::InframeDeletion},
    TermRow{"conservative_inframe_deletion", Consequence::InframeDeletion},
    TermRow{"disruptive_inframe_deletion", Consequence::InframeDeletion},
    TermRow{"in_frame_del", Consequence::InframeDeletion},
    TermRow{"missense_variant", Consequence::Missense},
    TermRow{"missense_mutation", Consequence::Missense},
    TermRow{"missense", Consequence::Missense},
    TermRow{"rare_amino_acid_variant", Consequence::Missense},
    TermRow{"protein_altering_variant", Consequence::Unknown},
    TermRow{"coding_sequence_variant", Consequence::Unknown},
    TermRow{"incomplete_terminal_codon_variant", Consequence::Unknown},
    TermRow{"transcript_ablation", Consequence::Unknown},
    TermRow{"synonymous_variant", Consequence::Synonymous},
    TermRow{"start_retained_variant", Consequence::Synonymous},
    TermRow{"stop_retained_variant", Consequence::Synonymous},
    TermRow{"silent", Consequence::Synonymous},
    TermRow{"promoter_variant", Consequence::Promoter},
    TermRow{"splice_region_variant", Consequence::Noncoding},
    TermRow{"splice_region", Consequence::Noncoding},
    TermRow{"splice_donor_5th_base_variant", Consequence::Noncoding},
    TermRow{"splice_donor_region_variant", Consequence::Noncoding},
    TermRow{"splice_polypyrimidine_tract_variant", Consequence::Noncoding},
    TermRow{"5_prime_utr_variant", Consequence::Noncoding},
    TermRow{"5_prime_utr_premature_start_codon_gain_variant", Consequence::Noncoding},
    TermRow{"3_prime_utr_variant", Consequence::Noncoding},
    TermRow{"5'utr", Consequence::Noncoding},
    TermRow{"3'utr", Consequence::Noncoding},
    TermRow{"intron_variant", Consequence::Noncoding},
    TermRow{"intron", Consequence::Noncoding},
    TermRow{"upstream_gene_variant", Consequence::Noncoding},
    TermRow{"downstream_gene_variant", Consequence::Noncoding},
    TermRow{"5'flank", Consequence::Noncoding},
    TermRow{"3'flank", Consequence::Noncoding},
    TermRow{"non_coding_transcript_exon_variant", Consequence::Noncoding},
    TermRow{"non_coding_transcript_variant", Consequence::Noncoding},
    TermRow{"mature_mirna_variant", Consequence::Noncoding},
    TermRow{"nmd_transcript_variant", Consequence::Noncoding},
    TermRow{"regulatory_region_variant", Consequence::Noncoding},
    TermRow{"tf_binding_site_variant", Consequence::Noncoding},
    TermRow{"intergenic_variant", Consequence::Noncoding},
    TermRow{"intergenic_region", Consequence::Noncoding},
    TermRow{"igr", Consequence::Noncoding},
    TermRow{"rna", Consequence::Noncoding},
};

}  // namespace

Consequence consequence_from_so(std::string_view terms) {
  if (terms.empty()) return Consequence::Unknown;
  // Most columns hold one term as it is printed.
  const auto plain = std::find_if(kTerms.begin(), kTerms.end(), [&](const TermRow& row) { return row.term == terms; });
  if (plain != kTerms.end()) return plain->consequence;
  std::string text = base::to_lower_ascii(terms);
  for (char& c : text) {
    if (c == ',' || c == ';' || c == '+') c = '&';
  }
  std::size_t best = kTerms.size();
  for (const auto part : base::split(text, '&')) {
    const auto term = base::trim(part);
    for (std::size_t row = 0; row < best; ++row) {
      if (kTerms[row].term == term) best = row;
    }
  }
  return best < kTerms.size() ? kTerms[best].consequence : Consequence::Unknown;
}

}  // namespace treff::nomenclature
