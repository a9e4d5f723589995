#include "kb/nomenclature/fusion_text.h"

#include <algorithm>
#include <array>

#include "kb/base/text.h"
#include "kb/nomenclature/gene_reading.h"
#include "kb/nomenclature/result_words.h"

namespace treff::nomenclature {
namespace {

constexpr std::size_t kLongestText = 300;
constexpr int kMostExons = 400;  // titin has 363
constexpr std::size_t kMostGenesAtBreakpoint = 12;

constexpr std::array<std::string_view, 11> kFusionWords = {
    "fusion",     "fusions",        "fusjon",        "rearrangement", "rearrangements", "translocation",
    "transcript", "translocations", "translokasjon", "gene",          "rearranged"};

// Without the trailing words "fusion", "gene fusions" ...; `named` tells whether there was one.
std::string_view without_words(std::string_view text, bool& named) {
  auto body = base::trim(text);
  for (bool again = true; again;) {
    again = false;
    const auto space = body.rfind(' ');
    if (space == std::string_view::npos) break;
    const auto word = base::to_lower_ascii(body.substr(space + 1));
    if (std::find(kFusionWords.begin(), kFusionWords.end(), word) == kFusionWords.end()) break;
    body = base::trim(body.substr(0, space));
    named = true;
    again = true;
  }
  return body;
}

// What a side names: "NM_002529.3(NTRK1):e.10", "ALK(hgnc:427)", "ROS1;GOPC", "v", "?".
struct SideText {
  std::string_view genes;
  int exon = 0;
  bool open = false;  // any partner, or not known
};

// The number of "10", "10+23", "10-5"; nullopt for anything else and for more exons than a gene has.
std::optional<int> exon_number(std::string_view text) {
  const auto end = text.find_first_not_of("0123456789");
  const auto number = base::parse_int(text.substr(0, end));
  if (!number || *number > kMostExons) return std::nullopt;
  if (end == std::string_view::npos) return number;
  const bool offset = (text[end] == '+' || text[end] == '-') && base::parse_int(text.substr(end + 1));
  return offset ? number : std::nullopt;
}

bool is_one_word(std::string_view name) {
  const auto fits = [](char c) {
    return base::is_ascii_letter(c) || base::is_ascii_digit(c) || c == '.' || c == '_' || c == '-';
  };
  return std::all_of(name.begin(), name.end(), fits);
}

// What is not of these forms stays whole in `genes`, where it is no gene: nothing in front or behind is passed over.
SideText side_text(std::string_view text) {
  SideText out;
  auto body = base::trim(text);
  const auto exon_at = body.rfind(":e.");
  if (exon_at != std::string_view::npos) {
    if (const auto exon = exon_number(body.substr(exon_at + 3))) {
      out.exon = *exon;
      body = body.substr(0, exon_at);
    }
  }
  const auto open = body.find('(');
  if (open != std::string_view::npos && body.back() == ')' && is_one_word(body.substr(0, open))) {
    const auto inside = body.substr(open + 1, body.size() - open - 2);
    body = base::to_lower_ascii(inside).rfind("hgnc:", 0) == 0 ? body.substr(0, open) : inside;
  }
  body = base::trim(body);
  out.open = body.empty() || body == "v" || body == "?";
  if (!out.open) out.genes = body;
  return out;
}

bool is_gene_like(std::string_view name) {
  const auto fits = [](char c) {
    return base::is_ascii_letter(c) || base::is_ascii_digit(c) || c == '-' || c == '.' || c == '_' || c == '@';
  };
  return !name.empty() && name.size() <= 30 && std::all_of(name.begin(), name.end(), fits) &&
         base::is_ascii_letter(name.front());
}

// "BRAF-V600EE" is a misspelt change, no fusion with a gene V600EE: a residue, a number, letters, and nothing else.
bool looks_like_residue(std::string_view name) {
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (name.size() < 3 || !is_upper(name.front())) return false;
  const auto digits = name.find_first_of("0123456789");
  if (digits == std::string_view::npos || (digits != 1 && digits != 3)) return false;
  const auto behind = name.find_first_not_of("0123456789", digits);
  return behind != std::string_view::npos && behind - digits >= 2 &&
         std::all_of(name.begin() + static_cast<std::ptrdiff_t>(behind), name.end(), base::is_ascii_letter);
}

std::size_t known_genes(std::string_view side, const GeneTable& genes) {
  std::size_t known = 0;
  for (const auto part : base::split(side, ';')) {
    const auto found = genes.lookup(base::trim(part));
    if (found && found->gene != nullptr) ++known;
  }
  return known;
}

// Capitals and digits, as symbols are printed ("C15orf21" too), or at least a capital and a number ("Kif21").
bool is_printed_like_symbol(std::string_view name) {
  std::string plain(name);
  if (const auto orf = plain.find("orf"); orf != std::string::npos) plain.erase(orf, 3);
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const bool small = std::any_of(plain.begin(), plain.end(), is_lower);
  return !small || (!is_lower(plain.front()) && plain.find_first_of("0123456789") != std::string::npos);
}

// "positive", and the end of "ABL1-positive". Pieces of a symbol are shorter than such words.
bool holds_common_word(std::string_view name) {
  const auto pieces = base::split(name, '-');
  return std::any_of(pieces.begin(), pieces.end(),
                     [](std::string_view piece) { return piece.size() > 2 && is_common_word(piece); });
}

// A gene of the table, or what may be one that the table lacks: "ALK-positive" and "foo-ALK" name no partner.
bool may_be_partner(std::string_view name, const GeneTable& genes) {
  if (!is_gene_like(name)) return false;
  if (genes.knows(name) || base::equals_ignoring_case(name, "intergenic")) return true;
  return is_printed_like_symbol(name) && !holds_common_word(name);
}

bool all_may_be_partners(std::string_view side, const GeneTable& genes) {
  for (const auto part : base::split(side, ';')) {
    if (!may_be_partner(base::trim(part), genes)) return false;
  }
  return true;
}

Result<FusionSide> read_side(const SideText& text, const GeneTable& genes, std::vector<Issue>& warnings) {
  FusionSide out;
  out.exon = text.exon;
  if (text.open) return out;
  const auto parts = base::split(text.genes, ';');
  if (parts.size() > kMostGenesAtBreakpoint) {
    return fail(ErrorCode::TooLarge, "too many genes at one breakpoint");
  }
  for (const auto part : parts) {
    const auto name = base::trim(part);
    const auto gene = read_gene(name, genes, warnings);
    if (gene) {
      out.genes.push_back((*gene)->symbol);
    } else if (gene.error().code == ErrorCode::AmbiguousName || !is_gene_like(name) || holds_common_word(name)) {
      return fail(gene.error());
    } else {
      out.genes.emplace_back(name);
      warnings.push_back({"gene_unknown",
                          "the gene table has no " + std::string(name) + ", which is kept as an unknown partner",
                          {},
                          std::string(name)});
    }
  }
  return out;
}

KinaseEnd kinase_end_of(const FusionSide& side, const GeneTable& genes) {
  for (const auto& symbol : side.genes) {
    const auto* gene = genes.by_symbol(symbol);
    if (gene != nullptr && gene->kinase_end != KinaseEnd::None) return gene->kinase_end;
  }
  return KinaseEnd::None;
}

// -1: the written order contradicts the kinase end, 1: it agrees, 0: nothing is known or both ends claim it.
int order_fits(const Fusion& fusion, const GeneTable& genes) {
  const auto left = kinase_end_of(fusion.five_prime, genes);
  const auto right = kinase_end_of(fusion.three_prime, genes);
  const bool agrees = left == KinaseEnd::FivePrime || right == KinaseEnd::ThreePrime;
  const bool contradicts = left == KinaseEnd::ThreePrime || right == KinaseEnd::FivePrime;
  if (agrees == contradicts) return 0;
  return agrees ? 1 : -1;
}

Result<std::optional<Fusion>> assemble(std::string_view left, std::string_view right, const GeneTable& genes,
                                       std::vector<Issue>& warnings) {
  auto five = read_side(side_text(left), genes, warnings);
  if (!five) return fail(five.error());
  auto three = read_side(side_text(right), genes, warnings);
  if (!three) return fail(three.error());
  Fusion out;
  out.five_prime = std::move(*five);
  out.three_prime = std::move(*three);
  if (out.five_prime.genes.empty() && out.three_prime.genes.empty()) {
    return fail(ErrorCode::UnreadableText, "a fusion without any gene");
  }
  out.intragenic = out.five_prime.genes == out.three_prime.genes;
  return std::optional<Fusion>(std::move(out));
}

struct Cut {
  std::string_view left;
  std::string_view right;
};

// The one place to cut at `separator`: both sides known beats one side known; two equally good places are ambiguous.
Result<std::optional<Cut>> best_cut(std::string_view body, char separator, const GeneTable& genes, bool named) {
  std::optional<Cut> best;
  int best_score = 0;
  bool tie = false;
  for (auto at = body.find(separator); at != std::string_view::npos; at = body.find(separator, at + 1)) {
    const Cut cut{base::trim(body.substr(0, at)), base::trim(body.substr(at + 1))};
    if (!all_may_be_partners(cut.left, genes) || !all_may_be_partners(cut.right, genes)) continue;
    if (!named && (looks_like_residue(cut.left) || looks_like_residue(cut.right))) continue;
    const int sides = (known_genes(cut.left, genes) > 0 ? 1 : 0) + (known_genes(cut.right, genes) > 0 ? 1 : 0);
    const int score = 1 + sides;
    tie = score == best_score || (tie && score < best_score);
    if (score <= best_score) continue;
    best = cut;
    best_score = score;
    tie = false;
  }
  if (!best || (best_score == 1 && !named)) return std::optional<Cut>();
  if (tie) {
    return fail(Error{ErrorCode::AmbiguousName,
                      "the partners can be split in several ways",
                      {},
                      std::string(body),
                      {},
                      "write 5'gene::3'gene"});
  }
  return best;
}

// Swaps the partners of a dash or slash form whose order contradicts the kinase end.
void settle_order(Fusion& fusion, bool order_written, const GeneTable& genes, std::vector<Issue>& warnings) {
  const int fit = order_fits(fusion, genes);
  fusion.direction_known = order_written && fit >= 0;
  if (fit >= 0) return;
  std::swap(fusion.five_prime, fusion.three_prime);
  warnings.push_back({"fusion_order", "the partners are written the other way round than the kinase needs", {}, {}});
}

Result<std::optional<Fusion>> by_separator(std::string_view body, char separator, bool named, const GeneTable& genes,
                                           std::vector<Issue>& warnings) {
  auto cut = best_cut(body, separator, genes, named);
  if (!cut) return fail(cut.error());
  if (!*cut) return std::optional<Fusion>();
  if (separator == '/') {
    const auto left = genes.lookup((*cut)->left);
    const auto right = genes.lookup((*cut)->right);
    const bool list =
        left && right && left->gene != right->gene && are_alike({left->gene->symbol, right->gene->symbol}, genes);
    if (list) return std::optional<Fusion>();
  }
  auto fusion = assemble((*cut)->left, (*cut)->right, genes, warnings);
  if (fusion && *fusion) settle_order(**fusion, separator == '-', genes, warnings);
  return fusion;
}

std::optional<std::string_view> intragenic_gene(std::string_view body) {
  constexpr std::string_view kWord = "intragenic";
  const auto lower = base::to_lower_ascii(body);
  if (lower.size() <= kWord.size() + 1 || !lower.ends_with(kWord)) return std::nullopt;
  const char joint = body[body.size() - kWord.size() - 1];
  if (joint != '-' && joint != ' ' && joint != '_') return std::nullopt;
  return base::trim(body.substr(0, body.size() - kWord.size() - 1));
}

}  // namespace

bool has_gene(const FusionSide& side, std::string_view symbol) {
  return std::find(side.genes.begin(), side.genes.end(), symbol) != side.genes.end();
}

Fusion fusion_of_one(const GeneFacts& gene) {
  Fusion out;
  FusionSide& side = gene.kinase_end == KinaseEnd::ThreePrime ? out.three_prime : out.five_prime;
  side.genes = {gene.symbol};
  return out;
}

Result<std::optional<Fusion>> read_fusion(std::string_view text, const GeneTable& genes, std::vector<Issue>& warnings) {
  if (text.size() > kLongestText) return std::optional<Fusion>();
  bool named = false;
  const auto body = without_words(text, named);
  if (const auto gene = intragenic_gene(body)) {
    const auto known = read_gene(*gene, genes, warnings);
    if (!known) return fail(known.error());
    Fusion out;
    out.five_prime.genes = {(*known)->symbol};
    out.three_prime.genes = out.five_prime.genes;
    out.intragenic = true;
    return std::optional<Fusion>(std::move(out));
  }
  if (const auto at = body.find("::"); at != std::string_view::npos) {
    auto fusion = assemble(body.substr(0, at), body.substr(at + 2), genes, warnings);
    if (fusion && *fusion) (*fusion)->direction_known = true;
    return fusion;
  }
  if (const auto at = body.find("--"); at != std::string_view::npos) {
    auto fusion = assemble(body.substr(0, at), body.substr(at + 2), genes, warnings);
    if (fusion && *fusion) settle_order(**fusion, true, genes, warnings);
    return fusion;
  }
  const auto whole = genes.lookup(body);
  if (whole && whole->gene != nullptr) return std::optional<Fusion>();
  for (const char separator : {'/', '-', '+'}) {
    auto fusion = by_separator(body, separator, named, genes, warnings);
    if (!fusion || *fusion) return fusion;
  }
  return std::optional<Fusion>();
}

}  // namespace treff::nomenclature
