#include "kb/nomenclature/numbering.h"

#include <algorithm>
#include <array>

#include "kb/nomenclature/amino_acids.h"

namespace treff::nomenclature {
namespace {

std::string_view without_version(std::string_view accession) { return accession.substr(0, accession.find('.')); }

bool is_transcript(std::string_view accession) {
  constexpr std::array<std::string_view, 4> kPrefixes = {"NM_", "XM_", "NR_", "ENST"};
  return std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view prefix) { return accession.substr(0, prefix.size()) == prefix; });
}

// Base `n` upstream of the start codon lies at genome position `origin + n` on this strand's reverse, `origin - n`
// on the forward strand. Source: RefSeq transcript alignments of TERT (NM_198253).
struct PromoterRow {
  std::string_view gene;
  std::string_view chromosome;
  bool reverse;
  std::int64_t origin37;
  std::int64_t origin38;
  int nearest;  // c.-nearest to c.-farthest count as promoter
  int farthest;
};

constexpr std::array kPromoters = {PromoterRow{"TERT", "5", true, 1'295'104, 1'294'989, 50, 500}};

const PromoterRow* promoter_row(std::string_view gene) {
  for (const auto& row : kPromoters) {
    if (row.gene == gene) return &row;
  }
  return nullptr;
}

// The upstream distance of a genome position, nullopt if the assembly is not stated or the place is elsewhere.
std::optional<int> upstream_distance(const PromoterRow& row, const GenomicChange& change) {
  if (change.assembly == Assembly::Unstated || change.chromosome != row.chromosome) return std::nullopt;
  const auto origin = change.assembly == Assembly::GRCh37 ? row.origin37 : row.origin38;
  const auto distance = row.reverse ? change.position - origin : origin - change.position;
  if (distance < row.nearest || distance > row.farthest) return std::nullopt;
  return static_cast<int>(distance);
}

std::string complement(std::string_view bases) {
  std::string out;
  for (auto it = bases.rbegin(); it != bases.rend(); ++it) {
    const auto at = std::string_view("ACGTN").find(*it);
    out += at == std::string_view::npos ? 'N' : "TGCAN"[at];
  }
  return out;
}

CodonRange shifted(const CodonRange& codons, const IsoformFacts& isoform) {
  const auto first = to_reference(isoform, codons.first);
  const auto last = to_reference(isoform, codons.last);
  return first && last ? CodonRange{*first, *last} : CodonRange{};
}

// The exon of which `codon` is the last (donor) or first (acceptor) one; 0 if none.
int bordering_exon(const GeneFacts& gene, int codon, bool donor) {
  for (const auto& exon : gene.exons) {
    if (codon == (donor ? exon.last_codon : exon.first_codon)) return exon.exon;
  }
  return 0;
}

bool is_splice_site(const CodingPosition& position) {
  return codon_of(position) != 0 && position.offset != 0 && position.offset >= -2 && position.offset <= 2;
}

}  // namespace

TranscriptRelation match_transcript(const GeneFacts& gene, std::string_view accession) {
  const auto name = without_version(accession);
  if (!is_transcript(name) || (gene.refseq.empty() && gene.ensembl.empty())) return {};
  if (name == without_version(gene.refseq) || name == without_version(gene.ensembl)) {
    return {TranscriptMatch::Reference, nullptr};
  }
  for (const auto& isoform : gene.isoforms) {
    if (name == without_version(isoform.refseq) || name == without_version(isoform.ensembl)) {
      return {TranscriptMatch::Isoform, &isoform};
    }
  }
  return {TranscriptMatch::Unknown, nullptr};
}

std::optional<int> to_reference(const IsoformFacts& isoform, int number) {
  // Shifts that begin at residue 1 tell every stretch, those without a counterpart too.
  if (!isoform.shifts.empty() && isoform.shifts.front().from == 1) return reference_residue(isoform, number);
  int add = 0;
  for (const auto& shift : isoform.shifts) {
    // Residues that only the isoform has end just before `from`.
    const int only_here = add - shift.add;
    if (number < shift.from && number >= shift.from - only_here) return std::nullopt;
    if (number >= shift.from) add = shift.add;
  }
  return number + add;
}

std::optional<ProteinChange> to_reference(const IsoformFacts& isoform, const ProteinChange& change) {
  if (change.start == 0) return change;
  const auto start = to_reference(isoform, change.start);
  const auto end = to_reference(isoform, change.end);
  if (!start || !end || *end - *start != change.end - change.start || *start < 1) return std::nullopt;
  ProteinChange out = change;
  out.start = *start;
  out.end = *end;
  return out;
}

int codon_of(const CodingPosition& position) {
  return position.region == CodingPosition::Region::Coding ? (position.base + 2) / 3 : 0;
}

CodonRange reference_codons(const Alteration& alteration, const GeneFacts* gene) {
  if (!alteration.coding || gene == nullptr) return {};
  const CodonRange codons{codon_of(alteration.coding->start), codon_of(alteration.coding->end)};
  if (codons.first == 0 || codons.last == 0) return {};
  const auto& stated = alteration.coding->accession.empty() ? alteration.transcript : alteration.coding->accession;
  const auto transcript = match_transcript(*gene, stated);
  if (transcript.match == TranscriptMatch::Unknown) return {};
  return transcript.match == TranscriptMatch::Isoform ? shifted(codons, *transcript.isoform) : codons;
}

int splice_exon(const Alteration& alteration, const GeneFacts& gene) {
  if (!alteration.coding) return 0;
  const auto& start = alteration.coding->start;
  const auto& end = alteration.coding->end;
  const auto& site = start.offset != 0 ? start : end;
  if (site.offset == 0 || codon_of(site) == 0) return 0;
  const bool donor = site.offset > 0;
  const int codon = codon_of(site);
  const auto& stated = alteration.coding->accession.empty() ? alteration.transcript : alteration.coding->accession;
  const auto transcript = match_transcript(gene, stated);
  if (transcript.match == TranscriptMatch::Unknown) return 0;
  if (transcript.match == TranscriptMatch::Isoform) {
    return bordering_exon(gene, to_reference(*transcript.isoform, codon).value_or(0), donor);
  }
  const int exon = bordering_exon(gene, codon, donor);
  if (exon != 0 || transcript.match == TranscriptMatch::Reference) return exon;
  for (const auto& isoform : gene.isoforms) {
    const int other = bordering_exon(gene, to_reference(isoform, codon).value_or(0), donor);
    if (other != 0) return other;
  }
  return 0;
}

bool is_promoter(std::string_view gene, const CodingPosition& position) {
  const auto* row = promoter_row(gene);
  return row != nullptr && position.region == CodingPosition::Region::Upstream5 && position.offset == 0 &&
         position.base >= row->nearest && position.base <= row->farthest;
}

bool is_promoter(std::string_view gene, const GenomicChange& change) {
  const auto* row = promoter_row(gene);
  return row != nullptr && upstream_distance(*row, change).has_value();
}

std::optional<CodingChange> promoter_coding(std::string_view gene, const GenomicChange& change) {
  const auto* row = promoter_row(gene);
  const bool single = change.ref.size() == 1 && change.alt.size() == 1;
  if (row == nullptr || !single) return std::nullopt;
  const auto distance = upstream_distance(*row, change);
  if (!distance) return std::nullopt;
  CodingChange out;
  out.form = NucleotideForm::Substitution;
  out.start.region = CodingPosition::Region::Upstream5;
  out.start.base = *distance;
  out.end = out.start;
  out.ref = row->reverse ? complement(change.ref) : change.ref;
  out.alt = row->reverse ? complement(change.alt) : change.alt;
  return out;
}

namespace {

// A base at the end of an exon that is known to skip it when exchanged, on both numberings in use. Source: RefSeq
// transcripts; residue 1010 of NM_000245 is the aspartate whose codon the intron behind exon 14 splits after one base.
struct LastBaseRow {
  std::string_view gene;
  int exon;
  std::string_view residue;
  int codon;
  int base;
  std::string_view other_transcript;
  int other_codon;
  int other_base;
  std::string_view new_residues;  // those that an exchange of the first base of the codon makes
};

constexpr std::array kLastBases = {LastBaseRow{"MET", 14, "D", 1010, 3028, "NM_001127500", 1028, 3082, "NHY"}};

const LastBaseRow* last_base_row(std::string_view gene) {
  for (const auto& row : kLastBases) {
    if (row.gene == gene) return &row;
  }
  return nullptr;
}

bool is_exchange_of(const ProteinChange& change, const LastBaseRow& row, int codon) {
  return change.form == ProteinForm::Substitution && change.start == codon && change.ref_first == row.residue &&
         row.new_residues.find(change.alt) != std::string_view::npos;
}

bool is_exonic(const CodingChange& change) {
  return codon_of(change.start) != 0 && codon_of(change.end) != 0 && change.start.offset == 0 && change.end.offset == 0;
}

// Bases gained or lost, where the name says how many.
std::optional<int> length_change(const CodingChange& change) {
  if (!is_exonic(change)) return std::nullopt;
  const int span = change.end.base - change.start.base + 1;
  switch (change.form) {
    case NucleotideForm::Deletion: return -span;
    case NucleotideForm::Duplication: return span;
    case NucleotideForm::Insertion: return static_cast<int>(change.alt.size());
    case NucleotideForm::Delins: return static_cast<int>(change.alt.size()) - span;
    case NucleotideForm::Substitution:
    case NucleotideForm::Inversion:
    case NucleotideForm::Unchanged: return 0;
  }
  return std::nullopt;
}

bool covers(const CodingChange& change, int base) {
  const bool keeps = change.form == NucleotideForm::Insertion || change.form == NucleotideForm::Duplication ||
                     change.form == NucleotideForm::Unchanged;
  return !keeps && is_exonic(change) && change.start.base <= base && base <= change.end.base;
}

bool covers_last_base(const CodingChange& change, const LastBaseRow& row, std::string_view stated) {
  const auto& name = change.accession.empty() ? stated : std::string_view(change.accession);
  if (without_version(name) == row.other_transcript) return covers(change, row.other_base);
  const bool by_other_number = name.empty() && change.ref == "G" && covers(change, row.other_base);
  return by_other_number || covers(change, row.base);
}

bool is_listed(const GeneFacts& gene, int residue) {
  return std::find(gene.hotspots.begin(), gene.hotspots.end(), residue) != gene.hotspots.end();
}

std::string exchange_conflict(const CodingChange& coding, const ProteinChange& protein) {
  const int codon = codon_of(coding.start);
  if (protein.start != codon) {
    return "base " + std::to_string(coding.start.base) + " lies in codon " + std::to_string(codon) +
           ", the protein change names residue " + std::to_string(protein.start);
  }
  const std::string alt = protein.form == ProteinForm::Synonymous ? protein.ref_first : protein.alt;
  if (protein.ref_first.size() != 1 || alt.size() != 1 || coding.ref.size() != 1 || coding.alt.size() != 1) return {};
  const int place = (coding.start.base - 1) % 3;
  const bool special = protein.ref_first == "U" || alt == "U" || protein.ref_first == "O" || alt == "O";
  if (special || exchange_explains(protein.ref_first[0], alt[0], place, coding.ref[0], coding.alt[0])) return {};
  return "no codon of " + protein.ref_first + " becomes one of " + alt + " by " + coding.ref + ">" + coding.alt +
         " at its base " + std::to_string(place + 1);
}

bool keeps_frame(const ProteinChange& protein) {
  switch (protein.form) {
    case ProteinForm::Deletion:
    case ProteinForm::Insertion:
    case ProteinForm::Duplication: return true;
    case ProteinForm::Substitution:
    case ProteinForm::Synonymous:
    case ProteinForm::Nonsense:
    case ProteinForm::Delins:
    case ProteinForm::Frameshift:
    case ProteinForm::Extension:
    case ProteinForm::StartLost:
    case ProteinForm::NoProtein:
    case ProteinForm::UnknownEffect:
    case ProteinForm::SpliceSite:
    case ProteinForm::AnyAtCodon:
    case ProteinForm::Repeat: return false;
  }
  return false;
}

// An indel's protein name may lie some residues towards the end of the protein: bases and residues are shifted apart.
constexpr int kFarthestShift = 60;

std::string indel_conflict(const CodingChange& coding, const ProteinChange& protein) {
  const int first = codon_of(coding.start);
  const int last = codon_of(coding.end);
  if (protein.start < first - 2 || protein.start > last + kFarthestShift) {
    return "bases " + std::to_string(coding.start.base) + "-" + std::to_string(coding.end.base) + " lie in codons " +
           std::to_string(first) + "-" + std::to_string(last) + ", the protein change names residue " +
           std::to_string(protein.start);
  }
  const auto change = length_change(coding);
  if (!change) return {};
  if (protein.form == ProteinForm::Frameshift && *change % 3 == 0) return "the coding change keeps the reading frame";
  if (keeps_frame(protein) && *change % 3 != 0) return "the coding change shifts the reading frame";
  return {};
}

std::string coding_conflict(const CodingChange& coding, const ProteinChange& protein) {
  if (protein.start == 0 || codon_of(coding.start) == 0 || codon_of(coding.end) == 0) return {};
  if (protein.form == ProteinForm::SpliceSite) {
    const bool near = protein.end >= codon_of(coding.start) - 1 && protein.start <= codon_of(coding.end) + 1;
    return near ? "" : "the coding position lies at codon " + std::to_string(codon_of(coding.start));
  }
  if (!is_exonic(coding)) return {};
  if (coding.form == NucleotideForm::Unchanged || coding.form == NucleotideForm::Inversion) return {};
  if (coding.form != NucleotideForm::Substitution) return indel_conflict(coding, protein);
  if (protein.form == ProteinForm::Frameshift) return "one base for another does not shift the reading frame";
  return exchange_conflict(coding, protein);
}

std::string genome_conflict(const CodingChange& coding, const GenomicChange& genomic, std::string_view gene) {
  if (const auto promoter = promoter_coding(gene, genomic)) {
    const bool same = promoter->start == coding.start && promoter->alt == coding.alt;
    return same ? "" : "the genome position is that of another promoter base";
  }
  const bool single = coding.form == NucleotideForm::Substitution && genomic.ref.size() == 1 && genomic.alt.size() == 1;
  if (!single || genomic.ref == "N") return {};
  const bool forward = coding.ref == genomic.ref && coding.alt == genomic.alt;
  const bool reverse = complement(coding.ref) == genomic.ref && complement(coding.alt) == genomic.alt;
  return forward || reverse ? "" : "the coding and the genome form exchange different bases";
}

}  // namespace

Consequence consequence_of_bases(const CodingChange& change, const GeneFacts* gene) {
  const auto length = length_change(change);
  const bool after_start = change.start.base > 3;
  if (!length || *length % 3 == 0 || !after_start) return Consequence::Unknown;
  const int protein = gene == nullptr ? 0 : gene->protein_length;
  if (protein > 0 && codon_of(change.end) > protein) {
    return codon_of(change.start) > protein ? Consequence::Extension : Consequence::Unknown;
  }
  return Consequence::Frameshift;
}

Consequence consequence_of_position(const Alteration& alteration, const GeneFacts* gene) {
  const bool promoter_base = alteration.genomic && is_promoter(alteration.gene, *alteration.genomic);
  if (promoter_base && !alteration.coding) return Consequence::Promoter;
  if (!alteration.coding) return Consequence::Unknown;
  const CodingChange& coding = *alteration.coding;
  if (is_promoter(alteration.gene, coding.start)) return Consequence::Promoter;
  if (coding.form == NucleotideForm::Unchanged) return Consequence::Noncoding;
  if (is_splice_site(coding.start) || is_splice_site(coding.end)) return Consequence::Splice;
  const bool starts_inside = codon_of(coding.start) != 0 && coding.start.offset == 0;
  const bool ends_inside = codon_of(coding.end) != 0 && coding.end.offset == 0;
  if (starts_inside != ends_inside) return Consequence::Splice;  // runs over the border of an exon
  return starts_inside ? consequence_of_bases(coding, gene) : Consequence::Noncoding;
}

LastBase last_base(const Alteration& alteration) {
  const auto* row = last_base_row(alteration.gene);
  const bool open = row == nullptr || alteration.kind != AlterationKind::Small || !alteration.conflict.empty();
  if (open || alteration.numbering_uncertain) return {};
  const bool fits = alteration.coding ? covers_last_base(*alteration.coding, *row, alteration.transcript)
                                      : alteration.protein && is_exchange_of(*alteration.protein, *row, row->codon);
  return fits ? LastBase{row->exon, row->codon} : LastBase{};
}

LikelyNumbering likely_numbering(const GeneFacts& gene, const ProteinChange& change) {
  if (change.start == 0 || is_listed(gene, change.start)) return {};
  const auto* row = last_base_row(gene.symbol);
  for (const auto& isoform : gene.isoforms) {
    const auto number = to_reference(isoform, change.start);
    if (!number || *number == change.start) continue;
    const bool named = row != nullptr && is_exchange_of(change, *row, row->other_codon) && *number == row->codon;
    const bool beyond = gene.protein_length > 0 && change.end > gene.protein_length &&
                        change.form != ProteinForm::Extension && change.ref_first != "*";
    if (named || beyond || is_listed(gene, *number)) return {&isoform, named};
  }
  return {};
}

std::string conflict_between(const Alteration& alteration, const std::optional<ProteinChange>& protein) {
  if (!alteration.coding) return {};
  if (protein) {
    if (auto found = coding_conflict(*alteration.coding, *protein); !found.empty()) return found;
  }
  if (alteration.genomic) return genome_conflict(*alteration.coding, *alteration.genomic, alteration.gene);
  return {};
}

}  // namespace treff::nomenclature
