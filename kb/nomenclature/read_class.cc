// Criterion text -> VariantClass.
#include <algorithm>
#include <array>
#include <utility>

#include "kb/base/text.h"
#include "kb/nomenclature/cursor.h"
#include "kb/nomenclature/event_words.h"
#include "kb/nomenclature/fusion_text.h"
#include "kb/nomenclature/gene_reading.h"
#include "kb/nomenclature/hgvs.h"
#include "kb/nomenclature/read_alteration.h"
#include "kb/nomenclature/result_words.h"
#include "kb/nomenclature/special_names.h"

namespace treff::nomenclature {
namespace {

constexpr std::size_t kLongestText = 1000;
constexpr int kDeepestExclusion = 3;

Error unreadable(std::string_view piece, std::string message, std::string hint = {}) {
  return Error{ErrorCode::UnreadableText, std::move(message), {}, std::string(piece), 0, std::move(hint)};
}

struct ClassReader {
  const GeneTable& genes;
  std::vector<Issue> warnings;
  std::string_view column;  // the gene as it was given beside the text
  bool either = false;      // "(either gene)": two genes with '/' are a list, not partners

  Result<VariantClass> read(std::string_view text, const std::vector<std::string>& gene, int depth);
  Status modifier(VariantClass& cls, std::string_view words, int depth);
  Status exclusions(VariantClass& cls, std::string_view list, int depth);
  Status partners(VariantClass& cls, std::string_view list, bool excluded);
  Status gene_and_body(VariantClass& cls, std::string_view body);
  Status with_result(VariantClass& cls, std::string_view words, const Error& error);
  Status without_result(VariantClass& cls, std::string_view body);
  Status body(VariantClass& cls, std::string_view words);
  Status fusion(VariantClass& cls, std::string_view words);
};

// "A, B and C" or "A; B" at the outermost level of parentheses.
std::vector<std::string_view> list_items(std::string_view list) {
  std::vector<std::string_view> out;
  int depth = 0;
  std::size_t from = 0;
  const auto cut = [&](std::size_t at, std::size_t length) {
    const auto item = base::trim(list.substr(from, at - from));
    if (!item.empty()) out.push_back(item);
    from = at + length;
  };
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i] == '(' || list[i] == '{') ++depth;
    if (list[i] == ')' || list[i] == '}') --depth;
    if (depth != 0) continue;
    if (list[i] == ',' || list[i] == ';') cut(i, 1);
    if (list.substr(i, 5) == " and ") cut(i, 5);
  }
  cut(list.size(), 0);
  return out;
}

// The last "(...)" or "{...}" of the text with what stands before it; nullopt if the text does not end with one.
struct Tail {
  std::string_view front;
  std::string_view inside;
};

std::optional<Tail> last_group(std::string_view text) {
  if (text.empty() || (text.back() != ')' && text.back() != '}')) return std::nullopt;
  int depth = 0;
  for (std::size_t i = text.size(); i-- > 0;) {
    if (text[i] == ')' || text[i] == '}') ++depth;
    if (text[i] == '(' || text[i] == '{') --depth;
    if (depth == 0) return Tail{base::trim(text.substr(0, i)), base::trim(text.substr(i + 1, text.size() - i - 2))};
  }
  return std::nullopt;
}

constexpr std::array<std::string_view, 15> kModifierWords = {
    "excluding ", "except ", "germline",   "somatic",         "function ", "on ",           "as ",        "with ",
    "not with ",  "levels ", "copies >= ", "fold change >= ", "at exon ",  "partner exon ", "either gene"};

// Letters, digits and a few signs: what a transcript, a partner or a level may hold.
bool is_plain(std::string_view item) {
  return !item.empty() && item.size() <= 40 && std::all_of(item.begin(), item.end(), [](char c) {
    return base::is_ascii_letter(c) || base::is_ascii_digit(c) ||
           std::string_view("-_.+@ ").find(c) != std::string_view::npos;
  });
}

bool is_modifier(std::string_view inside) {
  const auto lower = base::to_lower_ascii(inside);
  const auto starts = [&](std::string_view word) { return lower.rfind(word, 0) == 0; };
  return std::any_of(kModifierWords.begin(), kModifierWords.end(), starts) || starts("exons ");
}

Status read_threshold(std::string_view text, std::optional<double>& out) {
  out = base::parse_decimal(base::trim(text));
  return out ? Status{} : fail(unreadable(text, "expected a number"));
}

Status read_exons(VariantClass& cls, std::string_view list) {
  cls.exons.clear();
  for (const auto item : list_items(list)) {
    const auto exon = base::parse_int(item);
    if (!exon || *exon < 1) return fail(unreadable(item, "expected an exon number"));
    cls.exons.push_back(*exon);
  }
  return {};
}

Status read_levels(VariantClass& cls, std::string_view list) {
  cls.levels.clear();
  for (const auto item : list_items(list)) {
    if (!is_plain(item)) return fail(unreadable(item, "no level"));
    cls.levels.emplace_back(item);
  }
  return {};
}

struct RangeWord {
  std::string_view word;
  std::vector<Consequence> consequences;
};

const std::vector<RangeWord>& range_words() {
  using C = Consequence;
  static const std::vector<RangeWord> kWords = {
      {"mis", {C::Missense}},
      {"mut", {}},
      {"any", {}},
      {"trunc", {C::Nonsense, C::Frameshift}},
      {"stop", {C::Nonsense}},
      {"fs", {C::Frameshift}},
      {"del", {C::InframeDeletion}},
      {"ins", {C::InframeInsertion}},
      {"splice", {C::Splice}},
      {"ext", {C::Extension}},
      {"start", {C::StartLost}},
      {"promoter", {C::Promoter}},
      {"unknown", {C::Unknown}},
      {"syn", {C::Synonymous}},
      {"noncoding", {C::Noncoding}},
  };
  return kWords;
}

// One residue place of a range; `named` tells whether a residue letter stood there.
std::optional<int> range_end(Cursor& in, bool& named) {
  const char c = in.peek();
  const bool letter = c >= 'A' && c <= 'Z' && base::is_ascii_digit(in.peek(1));
  if (letter) in.skip(1);
  named = named || (letter && c != 'X');
  return in.take_number(5);
}

// "P780INS", "780ins": an insertion beside one residue, of which neither the other side nor the residues are named.
bool read_open_insertion(VariantClass& cls, std::string_view words) {
  Cursor in(words);
  bool named = false;
  const auto place = range_end(in, named);
  if (!place || *place < 1 || (in.rest() != "ins" && in.rest() != "INS")) return false;
  cls.kind = ClassKind::Range;
  cls.start = *place;
  cls.end = *place + 1;
  cls.consequences = {Consequence::InframeInsertion};
  return true;
}

// "729_761del", "814_852mis", "W143_A314trunc", "963_1010splice", "729_761del+mis"; false if it is no such range.
bool read_range(VariantClass& cls, std::string_view words) {
  Cursor in(words);
  bool named = false;
  const auto first = range_end(in, named);
  if (!first || !in.take('_')) return false;
  const auto last = range_end(in, named);
  if (!last || *first < 1 || *last < *first) return false;
  in.take('_');
  std::vector<Consequence> consequences;
  bool exact_indel = false;
  for (const auto word : base::split(in.rest(), '+')) {
    const auto& rows = range_words();
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const RangeWord& r) { return r.word == word; });
    if (row == rows.end()) return false;
    exact_indel = exact_indel || (named && word == "del");
    consequences.insert(consequences.end(), row->consequences.begin(), row->consequences.end());
  }
  if (exact_indel) return false;
  cls.kind = ClassKind::Range;
  cls.start = *first;
  cls.end = *last;
  cls.consequences = std::move(consequences);
  return true;
}

Status apply_copy(VariantClass& cls, const Event& event, std::string_view words) {
  if (event.minor_copies) return fail(unreadable(words, "loss of heterozygosity is part of biallelic inactivation"));
  cls.kind = ClassKind::CopyNumber;
  // In a rule a deleted gene is one of which nothing is left.
  cls.copy = event.bare_deletion ? CopyCall::HomozygousDeletion : event.copy;
  cls.min_copies = event.copies;
  cls.min_fold_change = event.fold_change;
  return {};
}

void apply_exon(VariantClass& cls, const Event& event) {
  const bool skipping = cls.genes.size() == 1 && is_short_for_skipping(event, cls.genes.front());
  cls.kind = skipping ? ClassKind::Splice : ClassKind::Exon;
  cls.exon = event.exon;
  cls.exon_end = event.exon_end;
  if (event.consequence != Consequence::Unknown) cls.consequences = {event.consequence};
  if (event.indel) cls.consequences = {Consequence::InframeDeletion, Consequence::InframeInsertion};
}

Status apply(VariantClass& cls, const Event& event, std::string_view words) {
  if (event.origin != Origin::Unknown) cls.origin = event.origin;
  switch (event.kind) {
    case EventKind::AnyMutation: cls.kind = ClassKind::AnyMutation; return {};
    case EventKind::Consequence:
      cls.kind = ClassKind::Range;
      cls.consequences = {event.consequence};
      return {};
    case EventKind::Exon: apply_exon(cls, event); return {};
    case EventKind::Codon:
      cls.kind = ClassKind::Codon;
      cls.at = std::to_string(event.codon);
      return {};
    case EventKind::Function:
      cls.kind = ClassKind::Functional;
      cls.function = event.function;
      return {};
    case EventKind::CopyNumber: return apply_copy(cls, event, words);
    case EventKind::Fusion:
      if (event.intragenic) return fail(unreadable(words, "an intragenic rearrangement is no class of its own"));
      cls.kind = ClassKind::Fusion;
      return {};
    case EventKind::Splice:
      cls.kind = ClassKind::Splice;
      cls.exon = event.exon;
      cls.exon_end = event.exon_end;
      return {};
    case EventKind::Structural:
      cls.kind = ClassKind::NamedStructural;
      cls.name = event.name;
      return {};
    case EventKind::Biallelic: cls.kind = ClassKind::Biallelic; return {};
    case EventKind::WildType: cls.kind = ClassKind::WildType; return {};
    case EventKind::Reversion:
      return fail(unreadable(words, "a reversion is no class: it cautions by itself", "leave it out of the rule"));
    case EventKind::Expression:
      cls.kind = ClassKind::Expression;
      cls.method = event.method;
      if (!event.level.empty()) cls.levels = {event.level};
      return {};
  }
  return {};
}

// "missense mutation or in-frame deletion", "exon 20 insertion or deletion".
bool read_either(VariantClass& cls, std::string_view words) {
  const auto at = words.find(" or ");
  if (at == std::string_view::npos) return false;
  const auto first = parse_event(words.substr(0, at));
  if (!first || first->consequence == Consequence::Unknown) return false;
  if (!apply(cls, *first, words)) return false;
  std::string_view rest = words.substr(at + 4);
  for (bool more = true; more;) {
    const auto next_at = rest.find(" or ");
    more = next_at != std::string_view::npos;
    auto next = parse_event(rest.substr(0, next_at));
    const bool in_exon = !next || next->kind != EventKind::Consequence;
    if (in_exon) next = parse_event("exon 1 " + std::string(rest.substr(0, next_at)));
    if (!next || next->consequence == Consequence::Unknown) return false;
    cls.consequences.push_back(next->consequence);
    if (more) rest = rest.substr(next_at + 4);
  }
  return true;
}

// Without "mutation", "mutations", "variant" at the end.
std::string_view without_tail(std::string_view words) {
  for (const std::string_view tail :
       {" mutations", " mutation", " variants", " variant", " alterations", " alteration"}) {
    if (words.size() > tail.size() && base::to_lower_ascii(words).ends_with(tail)) {
      return base::trim(words.substr(0, words.size() - tail.size()));
    }
  }
  return words;
}

Status read_protein(VariantClass& cls, std::string_view words) {
  const auto name = parse_protein(words, XMeans::AnyResidue);
  if (!name) return fail(name.error());
  if (!name->also.empty()) {
    return fail(unreadable(words, "several changes in one class", "join classes with any or all in the criterion"));
  }
  const ProteinChange& change = name->change;
  if (change.form == ProteinForm::UnknownEffect) return fail(unreadable(words, "an unknown effect is no class"));
  if (change.form == ProteinForm::AnyAtCodon) {
    cls.kind = ClassKind::Codon;
    cls.at = to_one_letter(change);
    return {};
  }
  // Over a range these are no single change but any of their kind.
  const bool any_of_kind = change.form == ProteinForm::SpliceSite || change.form == ProteinForm::Frameshift;
  if (any_of_kind && change.end != change.start) {
    cls.kind = ClassKind::Range;
    cls.start = change.start;
    cls.end = change.end;
    cls.consequences = {consequence_of(change)};
    return {};
  }
  cls.kind = ClassKind::Protein;
  cls.change = to_one_letter(change);
  return {};
}

Status read_name(VariantClass& cls, std::string_view words) {
  const std::string gene = cls.genes.size() == 1 ? cls.genes.front() : "";
  if (const auto promoter = promoter_shorthand(gene, words)) {
    cls.kind = ClassKind::Coding;
    cls.change = to_text(*promoter);
    return {};
  }
  // A range with new residues ("58_59insA") is a rule's own spelling; a single number with bases is not.
  if (may_be_old_coding_name(words) && words.find('_') == std::string_view::npos) {
    return fail(old_coding_name_error(words));
  }
  if (words.find("c.") != std::string_view::npos && parse_coding(words)) {
    const auto change = parse_coding(words);
    cls.kind = ClassKind::Coding;
    cls.change = (change->accession.empty() ? "" : change->accession + ":") + to_text(*change);
    return {};
  }
  if (const auto change = parse_genomic(words)) {
    cls.kind = ClassKind::Genomic;
    cls.assembly = change->assembly;
    GenomicChange plain = *change;
    plain.assembly = Assembly::Unstated;
    cls.change = to_text(plain);
    return {};
  }
  return read_protein(cls, words);
}

KinaseEnd kinase_end_of(const std::string& symbol, const GeneTable& genes) {
  const auto* gene = genes.by_symbol(symbol);
  return gene == nullptr ? KinaseEnd::None : gene->kinase_end;
}

bool names_one_of(const std::vector<std::string>& side, const std::vector<std::string>& genes) {
  return std::any_of(side.begin(), side.end(), [&](const std::string& gene) {
    return std::find(genes.begin(), genes.end(), gene) != genes.end();
  });
}

// Which side a rule about a pair is about: the gene asked for, else the one known to the table, else the one with the
// kinase, else the 3' one.
bool is_about_five_prime(const VariantClass& cls, const Fusion& fusion, const GeneTable& genes) {
  const auto& five = fusion.five_prime.genes;
  const auto& three = fusion.three_prime.genes;
  if (five.empty() || three.empty()) return three.empty();
  const bool asked_five = names_one_of(five, cls.genes);
  if (asked_five != names_one_of(three, cls.genes)) return asked_five;
  const bool known_five = genes.by_symbol(five.front()) != nullptr;
  if (known_five != (genes.by_symbol(three.front()) != nullptr)) return known_five;
  const bool kinase_three = kinase_end_of(three.front(), genes) == KinaseEnd::ThreePrime;
  return kinase_end_of(five.front(), genes) == KinaseEnd::FivePrime && !kinase_three;
}

// A rule about a gene outside the table would never be met, so that is an error.
Status place_pair(VariantClass& cls, const Fusion& fusion, const GeneTable& genes) {
  const bool main_is_five = is_about_five_prime(cls, fusion, genes);
  const auto& main = main_is_five ? fusion.five_prime.genes : fusion.three_prime.genes;
  const auto& partner = main_is_five ? fusion.three_prime.genes : fusion.five_prime.genes;
  if (!names_one_of(main, cls.genes)) cls.genes = main;
  for (const auto& gene : cls.genes) {
    if (genes.by_symbol(gene) == nullptr) return fail(genes.find(gene).error());
  }
  if (!partner.empty()) cls.partner = partner.front();
  cls.exon = (main_is_five ? fusion.five_prime : fusion.three_prime).exon;
  cls.partner_exon = (main_is_five ? fusion.three_prime : fusion.five_prime).exon;
  const bool one_end = partner.empty() && fusion.direction_known;
  if (one_end) cls.role = main_is_five ? FusionRole::FivePrime : FusionRole::ThreePrime;
  return {};
}

Status ClassReader::fusion(VariantClass& cls, std::string_view words) {
  auto read = read_fusion(words, genes, warnings);
  if (!read) return fail(read.error());
  if (!*read)
    return fail(unreadable(words, "the class cannot be read", "write it as V600E, exon 19 deletion or ALK fusion"));
  if ((*read)->intragenic) return fail(unreadable(words, "an intragenic rearrangement is no class of its own"));
  cls.kind = ClassKind::Fusion;
  return place_pair(cls, **read, genes);
}

Status ClassReader::body(VariantClass& cls, std::string_view words) {
  if (words.empty())
    return fail(unreadable(words, "only a gene is named", "say which alterations count: BRAF mutation"));
  if (const auto event = parse_event(words)) return apply(cls, *event, words);
  if (read_either(cls, words)) return {};
  const auto name = without_tail(words);
  if (read_range(cls, name)) return {};
  if (read_open_insertion(cls, name)) {
    warnings.push_back({"insertion_open",
                        "what is inserted is not named: read as any in-frame insertion behind this residue",
                        {},
                        std::string(name)});
    return {};
  }
  return read_name(cls, name);
}

void narrow_wild_type(VariantClass& cls, std::string_view family, const GeneTable& genes) {
  if (cls.kind != ClassKind::WildType) return;
  auto scope = wild_type_scope(family, genes);
  if (scope.genes.empty()) return;
  cls.genes = std::move(scope.genes);
  cls.exons = std::move(scope.exons);
}

// "EML4/ALK fusion": the two partners of one fusion, not a fusion of either.
bool names_partners(const GeneSplit& split, const std::vector<std::string>& list, const GeneTable& genes) {
  const bool two = list.size() == 2 && split.gene.find('/') != std::string_view::npos;
  if (!two || genes.family(split.gene) != nullptr || are_alike(list, genes)) return false;
  const auto event = parse_event(split.rest);
  return event && event->kind == EventKind::Fusion;
}

// "RET fusion-positive" is the class RET fusion; "ALK-positive" leaves open what was found; "T790M-negative" is the
// opposite of a class, which only a criterion can say.
Status ClassReader::with_result(VariantClass& cls, std::string_view words, const Error& error) {
  const std::string joined = base::join(cls.genes, "/") + " " + std::string(words);
  auto result = result_word(words);
  if (!result && !cls.genes.empty()) result = result_word(joined);
  if (!result) return fail(error);
  std::vector<Issue> found;
  const auto symbols = read_gene_list(result->named, genes, found);
  VariantClass attempt = cls;
  Status read = symbols ? Status{} : without_result(attempt, result->named);
  if (!read && result->sign) read = without_result(attempt, std::string(result->named) + " positive");
  if (!read) return fail(unread_name(*result, error, genes));
  if (!result->behind.empty()) return fail(text_behind_result(result->behind));
  if (!symbols) {
    if (!result->positive) {
      return fail(unreadable(words, "the absence of a change is no class", "not " + std::string(result->named)));
    }
    cls = std::move(attempt);
    return {};
  }
  if (!is_stained_only(result->named)) {
    return fail(unstated_kind(joined, meanings_of_result(result->named, *symbols, result->positive, true, genes)));
  }
  cls.genes = *symbols;
  cls.kind = ClassKind::Expression;
  cls.levels = {result->positive ? "positive" : "negative"};
  warnings.push_back({"method_unstated", "read as a staining; the method is not stated", {}, std::string(words)});
  return {};
}

Status ClassReader::gene_and_body(VariantClass& cls, std::string_view words) {
  VariantClass attempt = cls;
  const auto read = without_result(attempt, words);
  if (!read) return with_result(cls, words, read.error());
  cls = std::move(attempt);
  return {};
}

// The gene stands in the text, or beside it, or nowhere.
Status ClassReader::without_result(VariantClass& cls, std::string_view words) {
  std::optional<Error> first_error;
  const bool given = !cls.genes.empty();
  if (given) {
    VariantClass attempt = cls;
    const auto read = body(attempt, words);
    if (read) {
      narrow_wild_type(attempt, column, genes);
      cls = std::move(attempt);
      return {};
    }
    first_error = read.error();
  }
  for (const auto& split : gene_splits(words, genes, true)) {
    const auto second = split.rest.empty() ? std::nullopt : genes.lookup(split.rest);
    if (second && second->gene != nullptr) continue;
    VariantClass attempt = cls;
    std::vector<Issue> found;
    const auto list = read_gene_list(split.gene, genes, found);
    if (!list || (given && *list != cls.genes)) continue;
    if (!either && names_partners(split, *list, genes)) continue;
    attempt.genes = *list;
    const auto read = body(attempt, split.rest);
    if (read) {
      narrow_wild_type(attempt, split.gene, genes);
      cls = std::move(attempt);
      warnings.insert(warnings.end(), found.begin(), found.end());
      return {};
    }
    if (!first_error) first_error = read.error();
  }
  VariantClass attempt = cls;
  const auto as_fusion = fusion(attempt, words);
  if (as_fusion) {
    cls = std::move(attempt);
    return {};
  }
  const bool split_failed = as_fusion.error().code != ErrorCode::UnreadableText;
  if (split_failed) return as_fusion;
  if (const auto range = range_error(words, genes)) return fail(*range);
  if (!given && !first_error) {
    const auto read = body(cls, words);
    if (read) warnings.push_back({"gene_missing", "no gene is named", {}, std::string(words)});
    return read;
  }
  return fail(first_error.value_or(as_fusion.error()));
}

Status ClassReader::exclusions(VariantClass& cls, std::string_view list, int depth) {
  if (depth >= kDeepestExclusion) return fail(ErrorCode::TooDeep, "exclusions inside exclusions go too deep");
  for (const auto item : list_items(list)) {
    auto excluded = read(item, cls.genes, depth + 1);
    if (!excluded) return fail(excluded.error());
    cls.excludes.push_back(std::move(*excluded));
  }
  return cls.excludes.empty() ? fail(unreadable(list, "nothing is excluded")) : Status{};
}

Status ClassReader::partners(VariantClass& cls, std::string_view list, bool excluded) {
  for (const auto item : list_items(list)) {
    if (!is_plain(item)) return fail(unreadable(item, "no name of a gene"));
    const auto gene = read_gene(item, genes, warnings);
    if (!gene)
      warnings.push_back({"gene_unknown", "the gene table has no " + std::string(item), {}, std::string(item)});
    const std::string symbol = gene ? (*gene)->symbol : std::string(item);
    if (excluded) cls.excluded_partners.push_back(symbol);
    if (!excluded) cls.partner = symbol;
  }
  return {};
}

Status ClassReader::modifier(VariantClass& cls, std::string_view words, int depth) {
  const auto lower = base::to_lower_ascii(words);
  const auto behind = [&](std::string_view word) { return base::trim(words.substr(word.size())); };
  const auto is = [&](std::string_view word) { return lower.rfind(word, 0) == 0; };
  if (is("excluding ")) return exclusions(cls, behind("excluding "), depth);
  if (is("except ")) return exclusions(cls, behind("except "), depth);
  if (is("copies >= ")) return read_threshold(behind("copies >= "), cls.min_copies);
  if (is("fold change >= ")) return read_threshold(behind("fold change >= "), cls.min_fold_change);
  if (is("exons ")) return read_exons(cls, behind("exons "));
  if (lower == "either gene") return {};
  if (lower == "germline" || lower == "somatic") {
    cls.origin = lower == "germline" ? Origin::Germline : Origin::Somatic;
  } else if (is("function ")) {
    cls.function_policy = base::from_name<FunctionPolicy>(behind("function "));
    if (!cls.function_policy) return fail(unreadable(words, "no such policy", "oncogenic, not_benign or any"));
  } else if (is("on ") && is_plain(behind("on "))) {
    cls.transcript = std::string(behind("on "));
  } else if (lower == "as 5' partner" || lower == "as 3' partner") {
    cls.role = lower[3] == '5' ? FusionRole::FivePrime : FusionRole::ThreePrime;
  } else if (is("at exon ") || is("partner exon ")) {
    const bool own = is("at exon ");
    const auto exon = base::parse_int(behind(own ? "at exon " : "partner exon "));
    if (!exon || *exon < 1 || *exon > 1000) return fail(unreadable(words, "expected an exon number"));
    (own ? cls.exon : cls.partner_exon) = *exon;
  } else if (is("levels ")) {
    return read_levels(cls, behind("levels "));
  } else if (is("with ") || is("not with ")) {
    return partners(cls, behind(is("with ") ? "with " : "not with "), is("not with "));
  } else {
    return fail(unreadable(words, "this condition cannot be read"));
  }
  return {};
}

Result<VariantClass> ClassReader::read(std::string_view text, const std::vector<std::string>& gene, int depth) {
  VariantClass cls;
  cls.genes = gene;
  auto words = base::trim(text);
  for (const std::string_view origin : {"germline ", "somatic "}) {
    if (!base::equals_ignoring_case(words.substr(0, origin.size()), origin)) continue;
    cls.origin = origin[0] == 'g' ? Origin::Germline : Origin::Somatic;
    words = base::trim(words.substr(origin.size()));
  }
  std::vector<std::string_view> conditions;
  for (auto tail = last_group(words); tail && is_modifier(tail->inside); tail = last_group(words)) {
    conditions.push_back(tail->inside);
    words = tail->front;
  }
  either = std::find(conditions.begin(), conditions.end(), "either gene") != conditions.end();
  if (const auto read = gene_and_body(cls, words); !read) return fail(read.error());
  for (auto it = conditions.rbegin(); it != conditions.rend(); ++it) {
    if (const auto read = modifier(cls, *it, depth); !read) return fail(read.error());
  }
  return cls;
}

}  // namespace

Result<Reading<VariantClass>> read_class(std::string_view text, std::string_view gene, const GeneTable& genes) {
  if (text.size() > kLongestText) return fail(ErrorCode::TooLarge, "the text is too long");
  if (const auto at = base::invalid_utf8_at(text)) {
    return fail(Error{ErrorCode::UnreadableText, "the text is not UTF-8", {}, {}, *at, {}});
  }
  if (base::trim(text).empty()) return fail(unreadable(text, "empty text", "write it as BRAF V600"));
  ClassReader reader{genes, {}, gene};
  std::vector<std::string> symbols;
  if (!base::trim(gene).empty()) {
    auto list = read_gene_list(gene, genes, reader.warnings);
    if (!list) return fail(list.error());
    symbols = std::move(*list);
  }
  auto cls = reader.read(text, symbols, 0);
  if (!cls) return fail(cls.error());
  return Reading<VariantClass>{std::move(*cls), std::move(reader.warnings)};
}

}  // namespace treff::nomenclature
