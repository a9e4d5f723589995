#include "kb/nomenclature/gene_reading.h"

#include <algorithm>

#include "kb/base/text.h"
#include "kb/nomenclature/amino_acids.h"

namespace treff::nomenclature {
namespace {

constexpr std::size_t kLongestGeneName = 40;
constexpr std::size_t kLongestGeneList = 300;

bool is_joint(char c) { return c == ' ' || c == ':' || c == '(' || c == '-' || c == '_' || c == ','; }

// What stands behind a gene, without the character that joins them: " V600E", ":p.V600E", "(V600E)".
std::string_view behind(std::string_view rest) {
  rest = base::trim(rest);
  const bool enclosed = rest.size() > 1 && rest.front() == '(' && rest.back() == ')' && rest.substr(0, 3) != "(p.";
  if (enclosed) return base::trim(rest.substr(1, rest.size() - 2));
  const bool joined =
      !rest.empty() && (rest.front() == ':' || rest.front() == '-' || rest.front() == '_' || rest.front() == ',');
  if (joined) rest.remove_prefix(1);
  return base::trim(rest);
}

// "1/2/3" behind a stem: NTRK1/2/3 -> NTRK1, NTRK2, NTRK3.
std::vector<std::string> with_stem(std::string_view first, const std::vector<std::string_view>& parts) {
  std::string_view stem = first;
  while (!stem.empty() && base::is_ascii_digit(stem.back())) stem.remove_suffix(1);
  std::vector<std::string> out = {std::string(first)};
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const auto part = base::trim(parts[i]);
    const bool number = !part.empty() && std::all_of(part.begin(), part.end(), base::is_ascii_digit);
    out.push_back(number ? std::string(stem) + std::string(part) : std::string(part));
  }
  return out;
}

// Whether what stands between name and event parts them for sure. A '_' or nothing may lie inside an accession, a
// residue or a word ("AC_01234.5:p.A1C", "Cys188=", "Amplification"): only names that a curator gave are cut there, at
// '-' and ',' approved symbols too ("FLT3-ITD").
bool is_cut(std::string_view gene, char between, const GeneTable& genes, bool families) {
  if (between == ' ' || between == ':' || between == '(' || genes.knows_curated(gene)) return true;
  if (families && gene.find('/') != std::string_view::npos) return true;
  const auto found = between == '-' || between == ',' ? genes.lookup(gene) : std::nullopt;
  return found && found->by == GeneTable::NameKind::Symbol;
}

// The text in front of the first space.
std::string_view first_word(std::string_view text) { return text.substr(0, text.find(' ')); }

bool is_known(std::string_view name, const GeneTable& genes, bool families) {
  if (name.empty() || name.size() > (families ? kLongestGeneList : kLongestGeneName)) return false;
  if (!families) return genes.knows(name);
  if (genes.lookup(name) || genes.family(name) != nullptr) return true;
  std::vector<Issue> ignored;
  return read_gene_list(name, genes, ignored).has_value();
}

bool is_code_in_any_case(std::string_view letters) {
  if (letters.size() != 3) return false;
  std::string code = base::to_lower_ascii(letters);
  code[0] = base::to_upper_ascii(code.substr(0, 1))[0];
  return residue_of(code).has_value();
}

// "Met1178Ile", "Arg213Ter" and "Arg54Ser" name a residue, no gene MET, ARG or AR: a three-letter code with a number
// behind it, in its exact spelling or with another such code behind the number.
bool begins_residue(std::string_view text) {
  if (text.size() < 4 || !base::is_ascii_digit(text[3]) || !is_code_in_any_case(text.substr(0, 3))) return false;
  if (residue_of(text.substr(0, 3))) return true;
  const auto tail = text.find_first_not_of("0123456789", 3);
  return tail != std::string_view::npos && is_code_in_any_case(text.substr(tail, 3));
}

// "M1", "Met1": a codon, though a wide table may know a gene by that alias.
bool is_bare_codon(std::string_view text) {
  const auto digits = text.find_first_of("0123456789");
  if (digits == std::string_view::npos || text.find_first_not_of("0123456789", digits) != std::string_view::npos) {
    return false;
  }
  if (digits == 3) return residue_of(text.substr(0, 3)).has_value();
  return digits == 1 && std::string_view("ACDEFGHIKLMNPQRSTVWY").find(text.front()) != std::string_view::npos;
}

}  // namespace

Result<const GeneFacts*> read_gene(std::string_view name, const GeneTable& genes, std::vector<Issue>& warnings) {
  const auto trimmed = base::trim(name);
  const auto found = genes.find(trimmed);
  if (!found) return fail(found.error());
  if (found->by == GeneTable::NameKind::Previous || found->by == GeneTable::NameKind::TablePrevious) {
    warnings.push_back({"gene_symbol_outdated",
                        std::string(trimmed) + " is a previous symbol of " + found->gene->symbol,
                        {},
                        std::string(trimmed)});
  }
  return found->gene;
}

std::vector<std::string> numbered_range(std::string_view name, const GeneTable& genes) {
  name = base::trim(name);
  const auto digit_at = [&](std::size_t from_end) {
    const bool there = name.size() >= from_end && base::is_ascii_digit(name[name.size() - from_end]);
    return there ? name[name.size() - from_end] - '0' : -1;
  };
  const int last = digit_at(1);
  if (last < 0) return {};
  std::size_t dash = 0;
  for (const std::string_view sign : {"-", "\u2013"}) {
    if (name.substr(0, name.size() - 1).ends_with(sign)) dash = sign.size();
  }
  const int first = dash == 0 ? -1 : digit_at(2 + dash);
  if (first < 1 || last <= first || name.size() < 4 + dash) return {};
  const auto stem = name.substr(0, name.size() - 2 - dash);
  if (!base::is_ascii_letter(stem.back())) return {};
  const auto known = genes.lookup(std::string(stem) + std::to_string(first));
  if (!known) return {};
  std::vector<std::string> out;
  for (int number = first; number <= last; ++number) out.push_back(std::string(stem) + std::to_string(number));
  return out;
}

bool are_alike(const std::vector<std::string>& symbols, const GeneTable& genes) {
  const auto stem = [](const std::string& symbol) {
    return symbol.substr(0, symbol.find_last_not_of("0123456789") + 1);
  };
  const auto end = [&](const std::string& symbol) {
    const auto* gene = genes.by_symbol(symbol);
    return gene == nullptr ? KinaseEnd::None : gene->kinase_end;
  };
  return std::all_of(symbols.begin(), symbols.end(), [&](const std::string& symbol) {
    const bool same_end = end(symbol) != KinaseEnd::None && end(symbol) == end(symbols.front());
    return same_end || stem(symbol) == stem(symbols.front());
  });
}

std::optional<Error> range_error(std::string_view text, const GeneTable& genes) {
  const auto name = first_word(base::trim(text));
  if (numbered_range(name, genes).empty() || genes.knows(name)) return std::nullopt;
  std::vector<Issue> ignored;
  const auto members = read_gene_list(name, genes, ignored);
  if (!members) return members.error();
  return Error{ErrorCode::AmbiguousName,
               "the name stands for several genes",
               {},
               std::string(name),
               0,
               "one of " + base::join(*members, ", ")};
}

Result<std::vector<std::string>> read_gene_list(std::string_view names, const GeneTable& genes,
                                                std::vector<Issue>& warnings) {
  const auto whole = base::trim(names);
  if (const auto* family = genes.family(whole)) return family->members;
  if (const auto found = genes.find(whole); found) {
    const auto gene = read_gene(whole, genes, warnings);
    return std::vector<std::string>{(*gene)->symbol};
  }
  auto members = numbered_range(whole, genes);
  if (members.empty()) {
    const char separator = whole.find('/') != std::string_view::npos ? '/' : ',';
    const auto parts = base::split(whole, separator);
    if (parts.size() < 2 || parts.size() > 20) return fail(genes.find(whole).error());
    members = with_stem(base::trim(parts[0]), parts);
  }
  std::vector<std::string> out;
  for (const auto& name : members) {
    const auto gene = read_gene(name, genes, warnings);
    if (!gene) return fail(gene.error());
    out.push_back((*gene)->symbol);
  }
  return out;
}

WildTypeScope wild_type_scope(std::string_view family, const GeneTable& genes) {
  const auto* facts = genes.family(base::trim(family));
  if (facts == nullptr || facts->name != "RAS") return {};
  return {{"KRAS", "NRAS"}, {2, 3, 4}};
}

std::vector<GeneSplit> gene_splits(std::string_view text, const GeneTable& genes, bool families) {
  const auto whole = base::trim(text);
  std::vector<GeneSplit> out;
  const auto add = [&](std::string_view gene, std::string_view rest, char between = ' ') {
    gene = base::trim(gene);
    if (!is_cut(gene, between, genes, families)) return;
    const auto same = [&](const GeneSplit& split) { return split.gene == gene && split.rest == rest; };
    if (is_known(gene, genes, families) && std::none_of(out.begin(), out.end(), same)) out.push_back({gene, rest});
  };
  // "amp" and "loss" are words before they are aliases of a wide table, which are written in capitals.
  const bool small = std::none_of(whole.begin(), whole.end(), [](char c) { return c < 'a' || c > 'z'; });
  add(whole, whole.substr(whole.size()), is_bare_codon(whole) || small ? '\0' : ' ');
  const std::size_t reach = std::min(whole.size(), families ? kLongestGeneList : kLongestGeneName);
  // "PREF:p.Glu5Val" and "ALK_1:p.Glu5Val" name a sequence, not the genes PR and ALK.
  const auto colon = whole.substr(0, whole.find(' ')).find(':');
  const auto in_accession = [&](std::size_t at) {
    return colon != std::string_view::npos && at < colon && whole[at] != '(' && whole[at] != ',';
  };
  // "FGFR1-3 mutation" speaks of three genes, never of codon 3.
  const auto word = first_word(whole);
  const bool range = !numbered_range(word, genes).empty();
  const auto in_range = [&](std::size_t at) { return range && at < word.size(); };
  for (std::size_t at = reach; at > 0; --at) {
    if (at < whole.size() && is_joint(whole[at]) && !in_accession(at) && !in_range(at))
      add(whole.substr(0, at), behind(whole.substr(at)), whole[at]);
  }
  const auto last_space = whole.rfind(' ');
  if (last_space != std::string_view::npos) {
    auto front = base::trim(whole.substr(0, last_space));
    if (front.ends_with(" in") || front.ends_with(" of") || front.ends_with(" i")) {
      front = base::trim(front.substr(0, front.rfind(' ')));
    }
    add(whole.substr(last_space + 1), front);
  }
  const auto word_end = std::min(whole.find(' '), reach);
  // "HER2" is no codon 2 of HER, and "BCR/ABL1" none of ABL.
  const bool residue = begins_residue(whole) || is_known(word, genes, families);
  for (std::size_t at = word_end; at > 1; --at) {
    bool glued = at < whole.size() && !is_joint(whole[at]);
    // A number is never cut in two, and a residue is no gene: "G132D" names no G13, "P16del" no p16.
    if (glued && base::is_ascii_digit(whole[at - 1])) {
      glued = !base::is_ascii_digit(whole[at]) && !is_bare_codon(whole.substr(0, at));
    }
    if (glued && !in_accession(at) && !in_range(at) && !residue)
      add(whole.substr(0, at), base::trim(whole.substr(at)), '\0');
  }
  return out;
}

}  // namespace treff::nomenclature
