// Text and columns of a report -> one Alteration.
#include "kb/nomenclature/read_alteration.h"

#include <algorithm>
#include <utility>

#include "kb/base/text.h"
#include "kb/nomenclature/event_words.h"
#include "kb/nomenclature/fusion_text.h"
#include "kb/nomenclature/gene_reading.h"
#include "kb/nomenclature/hgvs.h"
#include "kb/nomenclature/numbering.h"
#include "kb/nomenclature/result_words.h"
#include "kb/nomenclature/special_names.h"

namespace treff::nomenclature {
namespace {

constexpr std::size_t kLongestText = 600;

struct Draft {
  Alteration alteration;
  std::vector<Issue> warnings;
  const GeneFacts* gene = nullptr;
  std::optional<ProteinName> protein;
  std::optional<ProteinChange> stated;  // before mapping to the reference numbering
};

void warn(Draft& draft, std::string id, std::string message, std::string piece = {}) {
  draft.warnings.push_back({std::move(id), std::move(message), {}, std::move(piece)});
}

Error unreadable(std::string_view piece, std::string message, std::string hint = {}) {
  return Error{ErrorCode::UnreadableText, std::move(message), {}, std::string(piece), 0, std::move(hint)};
}

// Offsets in errors of a part, counted from the start of the whole text.
Error placed(Error error, std::string_view part, std::string_view whole) {
  const bool inside = part.data() >= whole.data() && part.data() <= whole.data() + whole.size();
  if (inside) error.at_byte = error.at_byte.value_or(0) + static_cast<std::size_t>(part.data() - whole.data());
  return error;
}

bool is_same(const ProteinName& a, const ProteinName& b) { return a.change == b.change && a.also == b.also; }

void note_conflict(Draft& draft, std::string words) {
  if (draft.alteration.conflict.empty()) draft.alteration.conflict = std::move(words);
}

void set_protein(Draft& draft, const ProteinName& name) {
  if (draft.protein && !is_same(*draft.protein, name)) {
    note_conflict(draft, "two protein changes are given: " + to_one_letter(draft.protein->change) + " and " +
                             to_one_letter(name.change));
  }
  draft.protein = name;
}

void set_coding(Draft& draft, CodingChange change) {
  if (draft.alteration.coding && to_text(*draft.alteration.coding) != to_text(change)) {
    note_conflict(draft, "two coding changes are given");
  }
  if (!change.accession.empty() && draft.alteration.transcript.empty()) draft.alteration.transcript = change.accession;
  draft.alteration.coding = std::move(change);
}

Status apply_function(Draft& draft, const Event& event) {
  Alteration& out = draft.alteration;
  const bool suppressor = draft.gene != nullptr && draft.gene->role == GeneRole::Suppressor;
  switch (event.function) {
    case FunctionClass::Truncating:
      if (suppressor) out.effect = Effect::LossOfFunction;
      break;
    case FunctionClass::LossOfFunction: out.effect = Effect::LossOfFunction; break;
    case FunctionClass::Activating: out.effect = Effect::GainOfFunction; break;
    case FunctionClass::Oncogenic:
      out.oncogenicity = event.likely ? Oncogenicity::LikelyOncogenic : Oncogenicity::Oncogenic;
      break;
  }
  return {};
}

void apply_copy(Draft& draft, const Event& event) {
  Alteration& out = draft.alteration;
  out.kind = AlterationKind::CopyNumber;
  out.copy_number = CopyNumber{event.copy, event.fold_change, event.copies, event.minor_copies};
  if (event.bare_deletion) {
    warn(draft, "deletion_copies", "a deletion of the gene: one copy or both is not stated");
  }
}

void apply_skipping(Draft& draft, const Event& event) {
  Alteration& out = draft.alteration;
  out.kind = AlterationKind::Splice;
  out.exon = event.exon;
  out.splice = SpliceEvent{event.exon, event.exon_end == 0 ? event.exon : event.exon_end, SpliceEvidence::Unstated};
}

Status apply_exons(Draft& draft, const Event& event, std::string_view words) {
  Alteration& out = draft.alteration;
  if (is_short_for_skipping(event, out.gene)) {
    apply_skipping(draft, event);
    warn(draft, "exon_skipping_read", "METex14 is read as MET exon 14 skipping", std::string(words));
    return {};
  }
  const bool several = event.exon_end != 0;
  if (several && event.consequence != Consequence::InframeDeletion) {
    return fail(unreadable(words, "several exons are named without a deletion", "exons 2-7 deletion"));
  }
  if (several) {
    out.kind = AlterationKind::Splice;
    out.splice = SpliceEvent{event.exon, event.exon_end, SpliceEvidence::Unstated};
  }
  out.exon = event.exon;
  out.consequence = event.consequence;
  return {};
}

Status apply_fusion(Draft& draft, const Event& event, std::string_view words) {
  Alteration& out = draft.alteration;
  const bool named = draft.gene != nullptr || (!out.family.empty() && !event.intragenic);
  if (!named) return fail(unreadable(words, "a fusion without any gene", "write 5'gene::3'gene"));
  out.kind = AlterationKind::Fusion;
  out.fusion = draft.gene == nullptr ? Fusion{} : fusion_of_one(*draft.gene);
  if (event.intragenic) out.fusion = Fusion{{{draft.gene->symbol}, 0}, {{draft.gene->symbol}, 0}, false, true, {}, {}};
  return {};
}

Status apply(Draft& draft, const Event& event, std::string_view words) {
  Alteration& out = draft.alteration;
  if (event.origin != Origin::Unknown) out.origin = event.origin;
  switch (event.kind) {
    case EventKind::AnyMutation: return {};
    case EventKind::Consequence: out.consequence = event.consequence; return {};
    case EventKind::Exon: return apply_exons(draft, event, words);
    case EventKind::Codon: {
      ProteinName name;
      name.change.form = ProteinForm::AnyAtCodon;
      name.change.start = name.change.end = event.codon;
      set_protein(draft, name);
      return {};
    }
    case EventKind::Function: return apply_function(draft, event);
    case EventKind::CopyNumber: apply_copy(draft, event); return {};
    case EventKind::Fusion: return apply_fusion(draft, event, words);
    case EventKind::Splice: apply_skipping(draft, event); return {};
    case EventKind::Structural:
      out.kind = AlterationKind::Structural;
      out.structural_name = event.name;
      return {};
    case EventKind::Biallelic:
      return fail(unreadable(words, "biallelic inactivation is made of two findings", "name each of the two hits"));
    case EventKind::WildType: out.kind = AlterationKind::WildType; return {};
    case EventKind::Reversion: out.effect = Effect::Reversion; return {};
    case EventKind::Expression:
      if (event.level.empty()) return fail(unreadable(words, "expression without a level", "write IHC 3+"));
      out.kind = AlterationKind::Expression;
      out.expression = Expression{event.method, event.level, std::nullopt};
      return {};
  }
  return {};
}

bool looks_coding(std::string_view text) {
  return text.substr(0, 2) == "c." || text.find(":c.") != std::string_view::npos || text.substr(0, 2) == "n.";
}

// "g.", "chr7", "GRCh37", or a chromosome and ':' or '-' with a number behind it.
bool looks_genomic(std::string_view text) {
  if (text.find("g.") != std::string_view::npos && text.find("p.") == std::string_view::npos) return true;
  const auto first = base::to_lower_ascii(text.substr(0, 4));
  if (first.rfind("chr", 0) == 0 || first == "grch" || first.rfind("hg", 0) == 0) return true;
  const auto joint = text.find_first_of(":-");
  return joint != std::string_view::npos && joint < 3 && joint + 1 < text.size() &&
         base::is_ascii_digit(text[joint + 1]) && !base::is_ascii_letter(text.front());
}

// One name: a coding change (with its protein change in parentheses behind it), a genome change or a protein change.
Status read_name(Draft& draft, std::string_view text) {
  if (looks_coding(text)) {
    auto coding = parse_coding(text);
    if (!coding) return fail(coding.error());
    set_coding(draft, *coding);
    const auto tail = text.find("(p.");
    if (tail == std::string_view::npos) return {};
    auto protein = parse_protein(text.substr(tail));
    if (!protein) return fail(placed(protein.error(), text.substr(tail), text));
    set_protein(draft, *protein);
    return {};
  }
  if (looks_genomic(text)) {
    auto genomic = parse_genomic(text);
    if (!genomic) return fail(genomic.error());
    draft.alteration.genomic = *genomic;
    return {};
  }
  if (const auto promoter = promoter_shorthand(draft.alteration.gene, text)) {
    set_coding(draft, *promoter);
    warn(draft, "promoter_shorthand", std::string(text) + " is read as the promoter change " + to_text(*promoter),
         std::string(text));
    return {};
  }
  if (may_be_old_coding_name(text)) return fail(old_coding_name_error(text));
  auto protein = parse_protein(text);
  if (!protein) return fail(protein.error());
  const bool bare_question = protein->change.form == ProteinForm::UnknownEffect && text.find("p.") == text.npos;
  if (bare_question) return fail(unreadable(text, "only a question mark", "write p.? for an effect that is not known"));
  set_protein(draft, *protein);
  return {};
}

// "NM_004333.6 c.1799T>A p.(Val600Glu) exon 15": several names of one change, and words.
Status read_words(Draft& draft, std::string_view text) {
  std::string left;
  int proteins = 0;
  for (auto word : base::split(text, ' ')) {
    while (!word.empty() && (word.back() == ',' || word.back() == ';')) word.remove_suffix(1);
    if (word.empty()) continue;
    if (is_transcript_alone(word)) {
      draft.alteration.transcript = std::string(word);
      continue;
    }
    if (read_name(draft, word)) {
      if (!looks_coding(word) && !looks_genomic(word)) ++proteins;
      continue;
    }
    left += left.empty() ? "" : " ";
    left += word;
  }
  const bool named = draft.protein || draft.alteration.coding || draft.alteration.genomic;
  const auto event = parse_event(left);
  const bool fits = event && (event->kind == EventKind::AnyMutation || event->kind == EventKind::Exon ||
                              event->kind == EventKind::Consequence || event->kind == EventKind::Reversion);
  if (!named || !fits) return fail(unreadable(text, "the alteration cannot be read", "write it as BRAF V600E"));
  if (proteins > 1 && !draft.alteration.conflict.empty()) {
    return fail(unreadable(text, "several changes in one text", "give each change as an alteration of its own"));
  }
  return apply(draft, *event, left);
}

// What stands behind the gene.
Status read_rest(Draft& draft, std::string_view text) {
  const auto rest = base::trim(text);
  if (rest.empty()) return fail(unreadable(draft.alteration.gene, "only a gene is named", "say what was found in it"));
  const bool looks_named = looks_coding(rest) || rest.substr(0, 2) == "p.";
  if (!looks_named) {
    if (const auto event = parse_event(rest)) return apply(draft, *event, rest);
  }
  Draft attempt = draft;
  const auto name = read_name(attempt, rest);
  if (name) {
    draft = std::move(attempt);
    return {};
  }
  if (rest.find(' ') == std::string_view::npos) return fail(placed(name.error(), rest, text));
  attempt = draft;
  if (const auto words = read_words(attempt, rest); !words) {
    return fail(placed(looks_named ? name.error() : words.error(), rest, text));
  }
  draft = std::move(attempt);
  return {};
}

bool is_gene(std::string_view name, const GeneTable& genes) {
  const auto found = name.empty() ? std::nullopt : genes.lookup(name);
  return found && found->gene != nullptr;
}

void set_gene(Draft& draft, const GeneFacts* gene) {
  draft.gene = gene;
  if (gene != nullptr) draft.alteration.gene = gene->symbol;
}

void set_fusion(Draft& draft, Fusion fusion, const GeneTable& genes) {
  Alteration& out = draft.alteration;
  out.kind = AlterationKind::Fusion;
  const auto& first = fusion.five_prime.genes.empty() ? fusion.three_prime : fusion.five_prime;
  if (out.gene.empty()) {
    out.gene = first.genes.front();
    draft.gene = genes.by_symbol(out.gene);
  }
  out.fusion = std::move(fusion);
}

// "NM_004333.6(BRAF):c.1799T>A" and "NM_004333.6:c.1799T>A": the gene in parentheses, or the one with this transcript.
const GeneFacts* gene_of_accession(std::string_view text, const GeneTable& genes) {
  const auto accession = text.substr(0, text.find(':'));
  const auto open = accession.find('(');
  if (open != std::string_view::npos && accession.back() == ')') {
    const auto found = genes.find(accession.substr(open + 1, accession.size() - open - 2));
    if (found) return found->gene;
  }
  const auto name = accession.substr(0, accession.find_first_of(".("));
  for (const auto& gene : genes.genes()) {
    if (name.empty()) break;
    if (match_transcript(gene, name).match == TranscriptMatch::Reference) return &gene;
    if (match_transcript(gene, name).match == TranscriptMatch::Isoform) return &gene;
  }
  return nullptr;
}

// A name without a gene: an accession names it, or it stays open.
Status read_without_gene(Draft& draft, std::string_view text, const GeneTable& genes) {
  const auto event = parse_event(text);
  const bool says_something = event && event->kind != EventKind::AnyMutation && event->kind != EventKind::Fusion;
  if (says_something) return apply(draft, *event, text);
  const bool accession = text.find(':') != std::string_view::npos;
  if (accession) set_gene(draft, gene_of_accession(text, genes));
  return read_rest(draft, text);
}

// The error that helps most: the unknown or ambiguous gene in front, or what is wrong with the name.
Error best_error(std::string_view text, const Error& name_error, const GeneTable& genes) {
  const auto first = text.substr(0, text.find(' '));
  const bool gene_first = first.size() < text.size();
  if (auto range = range_error(text, genes)) return std::move(*range);
  const auto gene = genes.find(first);
  if (gene) return name_error;
  const bool ambiguous = gene.error().code == ErrorCode::AmbiguousName;
  if (!gene_first && !ambiguous) return name_error;
  Error out = gene.error();
  out.at_byte = out.at_byte.value_or(0);
  return out;
}

// "germline BRCA1 mutation": the origin may stand in front of the gene.
std::string_view without_origin(Draft& draft, std::string_view text) {
  for (const std::string_view word : {"germline ", "somatic "}) {
    if (!base::equals_ignoring_case(text.substr(0, word.size()), word)) continue;
    draft.alteration.origin = word[0] == 'g' ? Origin::Germline : Origin::Somatic;
    return base::trim(text.substr(word.size()));
  }
  return text;
}

bool speaks_of_families(const Event& event) {
  return event.kind == EventKind::WildType || event.kind == EventKind::Fusion || event.kind == EventKind::AnyMutation ||
         event.kind == EventKind::Consequence || event.kind == EventKind::Exon || event.kind == EventKind::Function ||
         event.kind == EventKind::Reversion;
}

// "NTRK fusion", "RAS wild type", "BRCA1/2 mutation"; false if no family with such an event is named.
bool read_family(Draft& draft, std::string_view text, const GeneTable& genes) {
  for (const auto& split : gene_splits(text, genes, true)) {
    if (split.rest.empty() || is_gene(split.gene, genes)) continue;
    const auto event = parse_event(split.rest);
    if (!event || !speaks_of_families(*event)) continue;
    Draft attempt = draft;
    const auto members = read_gene_list(split.gene, genes, attempt.warnings);
    if (!members) continue;
    attempt.alteration.family = *members;
    if (event->kind == EventKind::WildType) {
      auto scope = wild_type_scope(split.gene, genes);
      if (!scope.genes.empty()) attempt.alteration.family = std::move(scope.genes);
      attempt.alteration.wild_type_exons = std::move(scope.exons);
    }
    if (!apply(attempt, *event, split.rest)) continue;
    if (attempt.alteration.kind != AlterationKind::WildType) {
      warn(attempt, "gene_of_family_unstated",
           "which gene is not stated: one of " + base::join(attempt.alteration.family, ", "), std::string(split.gene));
    }
    draft = std::move(attempt);
    return true;
  }
  return false;
}

Status read_named(Draft& draft, std::string_view whole, const GeneTable& genes) {
  const auto text = without_origin(draft, whole);
  std::optional<Error> first_error;
  for (const auto& split : gene_splits(text, genes, false)) {
    if (!split.rest.empty() && is_gene(split.rest, genes)) continue;  // "A-B": two genes
    Draft attempt = draft;
    const auto gene = read_gene(split.gene, genes, attempt.warnings);
    if (!gene) {
      if (!first_error) first_error = placed(gene.error(), split.gene, text);
      continue;
    }
    set_gene(attempt, *gene);
    const auto read = read_rest(attempt, split.rest);
    if (read) {
      draft = std::move(attempt);
      return {};
    }
    if (!first_error) first_error = placed(read.error(), split.rest, text);
  }
  auto fusion = read_fusion(text, genes, draft.warnings);
  if (!fusion) return fail(fusion.error());
  if (*fusion) {
    set_fusion(draft, **fusion, genes);
    return {};
  }
  if (read_family(draft, text, genes)) return {};
  if (first_error) return fail(*first_error);
  const auto read = read_without_gene(draft, text, genes);
  if (!read) return fail(best_error(text, placed(read.error(), text, text), genes));
  return {};
}

// "BRAF V600E-positive" is what it names; a gene alone with a result leaves open what was found (N8).
Status read_with_result(Draft& draft, std::string_view text, const Error& error, const GeneTable& genes) {
  const auto result = result_word(text);
  if (!result) return fail(error);
  std::vector<Issue> ignored;
  const auto symbols = read_gene_list(result->named, genes, ignored);
  Draft attempt = draft;
  Status read = symbols ? Status{} : read_named(attempt, result->named, genes);
  if (!read && result->sign) read = read_named(attempt, std::string(result->named) + " positive", genes);
  if (!read) return fail(unread_name(*result, error, genes));
  if (!result->behind.empty()) return fail(placed(text_behind_result(result->behind), result->behind, text));
  if (symbols && is_stained_only(result->named)) {
    warn(attempt, "method_unstated", "read as a staining; the method is not stated", std::string(text));
    set_gene(attempt, genes.by_symbol(symbols->front()));
    attempt.alteration.kind = AlterationKind::Expression;
    attempt.alteration.expression = Expression{"", result->positive ? "positive" : "negative", std::nullopt};
  } else if (symbols) {
    return fail(unstated_kind(text, meanings_of_result(result->named, *symbols, result->positive, false, genes)));
  } else if (!result->positive) {
    return fail(unreadable(text, "what was not found is no finding", "state what was examined, in `tested`"));
  }
  draft = std::move(attempt);
  return {};
}

Status read_text(Draft& draft, std::string_view text, const GeneTable& genes) {
  Draft attempt = draft;
  const auto read = read_named(attempt, text, genes);
  if (!read) return read_with_result(draft, text, read.error(), genes);
  draft = std::move(attempt);
  return {};
}

// `text` beside a gene column: the text may repeat the gene.
Status read_text_with_gene(Draft& draft, std::string_view text, const GeneTable& genes) {
  for (const auto& split : gene_splits(text, genes, false)) {
    const auto found = genes.lookup(split.gene);
    const bool repeats = found && found->gene != nullptr && found->gene == draft.gene && !is_gene(split.rest, genes);
    if (!repeats) continue;
    Draft attempt = draft;
    if (!read_rest(attempt, split.rest)) continue;
    draft = std::move(attempt);
    return {};
  }
  Draft attempt = draft;
  const auto read = read_rest(attempt, text);
  if (read) {
    draft = std::move(attempt);
    return {};
  }
  auto fusion = read_fusion(text, genes, draft.warnings);
  if (!fusion) return fail(fusion.error());
  if (!*fusion) {
    for (const auto& whole : {draft.alteration.gene + " " + std::string(text), std::string(text)}) {
      attempt = draft;
      const auto result = read_with_result(attempt, whole, read.error(), genes);
      if (!result && result.error().code == ErrorCode::AmbiguousName) return result;
      if (!result || attempt.gene != draft.gene) continue;
      draft = std::move(attempt);
      return {};
    }
    return fail(placed(read.error(), text, text));
  }
  const bool belongs = draft.gene == nullptr || has_gene((*fusion)->five_prime, draft.gene->symbol) ||
                       has_gene((*fusion)->three_prime, draft.gene->symbol);
  if (!belongs) return fail(unreadable(text, "the fusion does not contain " + draft.alteration.gene));
  set_fusion(draft, **fusion, genes);
  return {};
}

Status read_gene_column(Draft& draft, const AlterationText& text, const GeneTable& genes) {
  const auto gene = read_gene(text.gene, genes, draft.warnings);
  if (gene) {
    set_gene(draft, *gene);
    return {};
  }
  Error error = gene.error();
  error.where = "gene";
  if (!text.keep_unknown_gene || error.code != ErrorCode::UnknownName) return fail(error);
  draft.alteration.gene = std::string(base::trim(text.gene));
  warn(draft, "gene_unknown", "the gene table has no " + draft.alteration.gene, draft.alteration.gene);
  return {};
}

Status in_column(Status read, std::string_view column) {
  if (read) return read;
  Error error = read.error();
  error.where = std::string(column);
  return fail(error);
}

Status read_columns(Draft& draft, const AlterationText& text) {
  Alteration& out = draft.alteration;
  if (!text.transcript.empty()) out.transcript = text.transcript;
  if (!text.protein.empty()) {
    const auto name = parse_protein(text.protein);
    if (!name) return in_column(fail(name.error()), "protein");
    set_protein(draft, *name);
  }
  if (!text.coding.empty()) {
    const auto change = parse_coding(text.coding);
    if (!change) return in_column(fail(change.error()), "coding");
    set_coding(draft, *change);
  }
  if (!text.genomic.empty()) {
    const auto change = parse_genomic(text.genomic);
    if (!change) return in_column(fail(change.error()), "genomic");
    out.genomic = *change;
  }
  if (text.assembly != Assembly::Unstated && out.genomic) {
    if (out.genomic->assembly == Assembly::Unstated) out.genomic->assembly = text.assembly;
    if (out.genomic->assembly != text.assembly) note_conflict(draft, "two assemblies are stated");
  }
  if (text.exon != 0) out.exon = text.exon;
  return {};
}

void settle_consequence(Draft& draft, std::string_view terms) {
  Alteration& out = draft.alteration;
  const Consequence stated = consequence_from_so(terms);
  const Consequence placed_at = consequence_of_position(out, draft.gene);
  const Consequence named = draft.protein ? consequence_of(draft.protein->change) : Consequence::Unknown;
  const bool promoter = placed_at == Consequence::Promoter;
  if (promoter) {
    out.consequence = placed_at;
  } else if (named != Consequence::Unknown) {
    out.consequence = named;
  } else if (stated != Consequence::Unknown && stated != Consequence::Noncoding) {
    out.consequence = stated;
  } else if (placed_at != Consequence::Unknown) {
    out.consequence = placed_at;
  } else if (stated != Consequence::Unknown) {
    out.consequence = stated;
  }
  if (named == Consequence::StartLost && draft.protein->change.alt.size() == 1) {
    warn(draft, "start_codon", "a change of the first residue is read as loss of the start codon");
  }
}

void map_residue(Draft& draft, const IsoformFacts& isoform, const std::string& transcript) {
  Alteration& out = draft.alteration;
  const auto mapped = to_reference(isoform, *out.protein);
  if (!mapped || !out.also.empty()) {
    out.numbering_uncertain = true;
    warn(draft, "transcript_unknown", "the residue has no counterpart on the reference transcript", transcript);
    return;
  }
  if (mapped->start == out.protein->start) return;
  out.mapped_from = to_one_letter(*out.protein) + " on " + transcript;
  out.protein = *mapped;
  warn(draft, "residue_mapped", out.mapped_from + " is " + to_one_letter(*mapped), out.mapped_from);
}

// No transcript is stated, but the number has a meaning on another one and none on the reference.
void settle_unstated_numbering(Draft& draft) {
  Alteration& out = draft.alteration;
  const auto likely = likely_numbering(*draft.gene, *out.protein);
  if (likely.isoform == nullptr) return;
  if (likely.sure) return map_residue(draft, *likely.isoform, likely.isoform->refseq);
  out.numbering_uncertain = true;
  const auto mapped = to_reference(*likely.isoform, *out.protein);
  const std::string there = mapped ? to_one_letter(*mapped) : std::string("another residue");
  const std::string name = to_one_letter(*out.protein);
  warn(draft, "numbering_uncertain",
       name + " counted on " + likely.isoform->refseq + " is " + there + " of the reference; state the transcript",
       name);
}

// N6: numbers of a known other transcript become reference numbers; of an unknown one they stay uncertain.
void settle_numbering(Draft& draft) {
  Alteration& out = draft.alteration;
  if (!draft.protein) return;
  draft.stated = draft.protein->change;
  out.protein = draft.protein->change;
  out.also = draft.protein->also;
  out.alternatives = draft.protein->alternatives;
  if (out.transcript.empty())
    out.transcript = draft.protein->accession.rfind("NP_", 0) == 0 ? "" : draft.protein->accession;
  if (draft.gene == nullptr || out.protein->start == 0) return;
  const auto transcript = match_transcript(*draft.gene, out.transcript);
  if (transcript.match == TranscriptMatch::Unknown) {
    out.numbering_uncertain = true;
    warn(draft, "transcript_unknown", out.transcript + " is not the reference transcript of " + out.gene,
         out.transcript);
    return;
  }
  if (transcript.match == TranscriptMatch::Isoform) {
    map_residue(draft, *transcript.isoform, out.transcript);
  }
  // An accession of a protein is a statement too, only not one that the table knows.
  if (transcript.match == TranscriptMatch::Unstated && out.transcript.empty() && draft.protein->accession.empty()) {
    settle_unstated_numbering(draft);
  }
  if (out.numbering_uncertain) return;
  const int length = draft.gene->protein_length;
  const bool beyond_stop = out.protein->form == ProteinForm::Extension || out.consequence == Consequence::Extension;
  if (length > 0 && out.protein->end > length + (beyond_stop ? 1 : 0)) {
    note_conflict(draft, "residue " + std::to_string(out.protein->end) + " lies beyond the " + std::to_string(length) +
                             " residues of the reference protein");
    warn(draft, "residue_beyond_protein", out.conflict);
  }
}

// One base upstream has one name: the genome form of a promoter change gets its c. form.
void settle_promoter(Alteration& out) {
  if (out.coding || !out.genomic) return;
  out.coding = promoter_coding(out.gene, *out.genomic);
}

void settle(Draft& draft, const AlterationText& text) {
  Alteration& out = draft.alteration;
  const bool small = out.kind == AlterationKind::Small;
  if (small) settle_consequence(draft, text.consequence);
  settle_numbering(draft);
  if (last_base_exon(out) != 0) {
    warn(draft, "last_base_of_exon",
         "the last base of exon " + std::to_string(last_base_exon(out)) +
             ": read as a predicted splice change too (M15)");
  }
  if (small) {
    if (auto found = conflict_between(out, draft.stated); !found.empty()) note_conflict(draft, std::move(found));
    settle_promoter(out);
  }
  const bool told = std::any_of(draft.warnings.begin(), draft.warnings.end(),
                                [](const Issue& issue) { return issue.id == "residue_beyond_protein"; });
  if (!out.conflict.empty() && !told) warn(draft, "conflict", out.conflict);
  if (out.gene.empty() && out.family.empty()) warn(draft, "gene_missing", "no gene is named");
  out.canonical = canonical_text(out);
}

std::string joined_input(const AlterationText& text) {
  std::string out = text.text;
  for (const auto* part : {&text.gene, &text.protein, &text.coding, &text.genomic}) {
    if (part->empty()) continue;
    if (!out.empty()) out += ' ';
    out += *part;
  }
  return out;
}

Status check_size(const AlterationText& text) {
  for (const auto* part : {&text.text, &text.gene, &text.protein, &text.coding, &text.genomic, &text.transcript}) {
    if (part->size() > kLongestText * 4) return fail(ErrorCode::TooLarge, "the text is too long");
    if (const auto at = base::invalid_utf8_at(*part)) {
      return fail(Error{ErrorCode::UnreadableText, "the text is not UTF-8", {}, {}, *at, {}});
    }
  }
  if (text.text.size() > kLongestText) return fail(ErrorCode::TooLarge, "the text is too long");
  return {};
}

}  // namespace

Result<Reading<Alteration>> read_alteration(const AlterationText& text, const GeneTable& genes) {
  if (const auto size = check_size(text); !size) return fail(size.error());
  Draft draft;
  if (!text.gene.empty()) {
    if (const auto read = read_gene_column(draft, text, genes); !read) return fail(read.error());
  }
  auto words = base::trim(text.text);
  draft.alteration.allele_fraction = take_allele_fraction(words);
  draft.alteration.transcript = take_transcript(words);
  auto exons = take_exons(words);
  if (!words.empty()) {
    const auto read = text.gene.empty() ? read_text(draft, words, genes) : read_text_with_gene(draft, words, genes);
    if (!read) return fail(placed(read.error(), words, text.text));
    const bool misplaced = !exons.empty() && draft.alteration.kind != AlterationKind::WildType;
    if (misplaced) return fail(unreadable(text.text, "exons in parentheses stand behind wild type only"));
    if (!exons.empty()) draft.alteration.wild_type_exons = std::move(exons);
  }
  if (const auto read = read_columns(draft, text); !read) return fail(read.error());
  const bool says_nothing =
      words.empty() && text.protein.empty() && text.coding.empty() && text.genomic.empty() && text.consequence.empty();
  if (says_nothing) return fail(unreadable(text.gene, "no alteration is named", "write it as BRAF V600E"));
  if (draft.gene == nullptr && draft.alteration.gene.empty() && !draft.alteration.transcript.empty()) {
    set_gene(draft, gene_of_accession(draft.alteration.transcript, genes));
  }
  draft.alteration.input = joined_input(text);
  settle(draft, text);
  return Reading<Alteration>{std::move(draft.alteration), std::move(draft.warnings)};
}

Result<Reading<std::variant<Alteration, Biomarker>>> read_finding(std::string_view text, const GeneTable& genes) {
  using Finding = std::variant<Alteration, Biomarker>;
  if (text.size() <= kLongestText) {
    auto biomarker = parse_biomarker(text);
    if (biomarker) return Reading<Finding>{std::move(*biomarker), {}};
    if (names_biomarker(text)) return fail(biomarker.error());
  }
  AlterationText input;
  input.text = std::string(text.substr(0, kLongestText + 1));
  auto alteration = read_alteration(input, genes);
  if (!alteration) return fail(alteration.error());
  return Reading<Finding>{std::move(alteration->value), std::move(alteration->warnings)};
}

}  // namespace treff::nomenclature
