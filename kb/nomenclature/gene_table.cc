#include "kb/nomenclature/gene_table.h"

#include <algorithm>
#include <array>
#include <utility>

#include "kb/base/text.h"

namespace treff::nomenclature {
namespace {

constexpr std::size_t kLongestHintedName = 24;
constexpr std::size_t kHints = 3;

// Upper case without outer space; the typographic dashes that word processors put into "PD-L1" become '-'.
std::string key_of(std::string_view name) {
  constexpr std::array<std::string_view, 6> kDashes = {"\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"};
  std::string key = base::to_upper_ascii(base::trim(name));
  if (key.find('\xE2') == std::string::npos) return key;  // no dash has another first byte
  for (const std::string_view dash : kDashes) {
    for (std::size_t at = key.find(dash); at != std::string::npos; at = key.find(dash, at + 1)) {
      key.replace(at, dash.size(), "-");
    }
  }
  return key;
}

// One edit for short symbols, because two edits reach half of all symbols of three letters.
std::size_t edits_allowed(std::string_view key) { return key.size() <= 4 ? 1 : 2; }

std::vector<std::string> nearest_symbols(std::string_view key, const std::vector<GeneFacts>& genes) {
  std::vector<std::pair<std::size_t, std::string>> near;
  if (key.empty() || key.size() > kLongestHintedName) return {};
  const std::size_t limit = edits_allowed(key);
  for (const GeneFacts& gene : genes) {
    const std::string& symbol = gene.symbol;
    if (symbol.empty() || (symbol.front() != key.front() && symbol.back() != key.back())) continue;
    const std::size_t distance = base::edit_distance(key, base::to_upper_ascii(symbol), limit);
    if (distance <= limit) near.emplace_back(distance, symbol);
  }
  std::sort(near.begin(), near.end());
  std::vector<std::string> symbols;
  for (std::size_t i = 0; i < std::min(near.size(), kHints); ++i) symbols.push_back(near[i].second);
  return symbols;
}

Error name_error(ErrorCode code, std::string message, std::string_view name, std::string hint) {
  return Error{code, std::move(message), {}, std::string(name), std::nullopt, std::move(hint)};
}

Error family_error(std::string_view name, const FamilyFacts& family) {
  return name_error(ErrorCode::AmbiguousName, "the name stands for a family of genes", name,
                    "one of " + base::join(family.members, ", "));
}

}  // namespace

std::optional<int> reference_residue(const IsoformFacts& isoform, int residue) {
  if (residue < 1 || (isoform.protein_length > 0 && residue > isoform.protein_length)) return std::nullopt;
  const ResidueShift* last = nullptr;
  for (const ResidueShift& shift : isoform.shifts) {
    if (shift.from <= residue) last = &shift;
  }
  if (last == nullptr || last->add == kNoCounterpart) return std::nullopt;
  const int number = residue + last->add;
  return number >= 1 ? std::optional<int>(number) : std::nullopt;
}

GeneTable::GeneTable(std::vector<GeneFacts> genes, std::vector<FamilyFacts> families)
    : genes_(std::move(genes)), families_(std::move(families)) {
  const auto add = [this](const std::string& name, Entry entry) {
    const std::string key = key_of(name);
    if (key.empty()) return;
    std::vector<Entry>& entries = by_name_[key];
    if (!entries.empty() && entries.front().by > entry.by) entries.clear();
    const bool outranked = !entries.empty() && entries.front().by < entry.by;
    const auto same = [&](const Entry& e) { return e.gene == entry.gene; };
    if (!outranked && std::none_of(entries.begin(), entries.end(), same)) entries.push_back(entry);
  };
  for (std::size_t i = 0; i < genes_.size(); ++i) {
    if (!genes_[i].hgnc_id.empty()) by_hgnc_id_.emplace(genes_[i].hgnc_id, i);
    add(genes_[i].symbol, {i, NameKind::Symbol});
    for (const std::string& alias : genes_[i].aliases) add(alias, {i, NameKind::Alias});
    for (const std::string& previous : genes_[i].previous_symbols) add(previous, {i, NameKind::Previous});
    for (const std::string& symbol : genes_[i].table_symbols) add(symbol, {i, NameKind::Symbol});
    // A single letter ("B" of PPIB) stands for anything in a report, never surely for that gene.
    for (const std::string& alias : genes_[i].table_aliases) {
      if (alias.size() > 1) add(alias, {i, NameKind::TableAlias});
    }
    for (const std::string& previous : genes_[i].table_previous) add(previous, {i, NameKind::TablePrevious});
  }
  for (std::size_t i = 0; i < families_.size(); ++i) {
    family_by_name_.emplace(key_of(families_[i].name), i);
    for (const std::string& name : families_[i].names) family_by_name_.emplace(key_of(name), i);
  }
}

Result<GeneTable::Found> GeneTable::find(std::string_view name) const {
  const std::string key = key_of(name);
  const auto at = by_name_.find(key);
  const bool known = at != by_name_.end();
  if (known && at->second.front().by == NameKind::Symbol && at->second.size() == 1) {
    return Found{&genes_[at->second.front().gene], NameKind::Symbol};
  }
  // Only a symbol beats a family: public alias lists give TRK to NTRK1 and AKT to AKT1 alone.
  if (const FamilyFacts* group = family(name)) return fail(family_error(name, *group));
  if (!known) {
    const std::vector<std::string> near = nearest_symbols(key, genes_);
    return fail(name_error(ErrorCode::UnknownName, "no gene has this name", name,
                           near.empty() ? std::string() : "similar symbols: " + base::join(near, ", ")));
  }
  if (at->second.size() == 1) return Found{&genes_[at->second.front().gene], at->second.front().by};
  std::vector<std::string> candidates;
  for (const Entry& entry : at->second) candidates.push_back(genes_[entry.gene].symbol);
  std::sort(candidates.begin(), candidates.end());
  return fail(name_error(ErrorCode::AmbiguousName, "several genes have this name", name,
                         "one of " + base::join(candidates, ", ")));
}

std::optional<GeneTable::Found> GeneTable::lookup(std::string_view name) const {
  const auto at = by_name_.find(key_of(name));
  if (at == by_name_.end() || at->second.size() != 1) return std::nullopt;
  const Entry& entry = at->second.front();
  if (entry.by != NameKind::Symbol && family(name) != nullptr) return std::nullopt;  // only a symbol beats a family
  return Found{&genes_[entry.gene], entry.by};
}

bool GeneTable::knows(std::string_view name) const {
  return by_name_.find(key_of(name)) != by_name_.end() || family(name) != nullptr;
}

bool GeneTable::knows_curated(std::string_view name) const {
  if (family(name) != nullptr) return true;
  const auto at = by_name_.find(key_of(name));
  return at != by_name_.end() && std::any_of(at->second.begin(), at->second.end(), [&](const Entry& entry) {
           return genes_[entry.gene].curated && entry.by <= NameKind::Previous;
         });
}

const GeneFacts* GeneTable::by_hgnc_id(std::string_view id) const {
  const auto at = by_hgnc_id_.find(base::to_upper_ascii(base::trim(id)));
  return at == by_hgnc_id_.end() ? nullptr : &genes_[at->second];
}

bool GeneTable::has_name(const GeneFacts& gene, std::string_view name) {
  const std::string key = key_of(name);
  const auto is_it = [&](const std::string& one) { return key_of(one) == key; };
  if (is_it(gene.symbol)) return true;
  for (const auto* names :
       {&gene.aliases, &gene.previous_symbols, &gene.table_symbols, &gene.table_aliases, &gene.table_previous}) {
    if (std::any_of(names->begin(), names->end(), is_it)) return true;
  }
  return false;
}

const GeneFacts* GeneTable::by_symbol(std::string_view symbol) const {
  // Most symbols are their own key.
  auto at = by_name_.find(std::string(symbol));
  if (at == by_name_.end()) at = by_name_.find(key_of(symbol));
  if (at == by_name_.end()) return nullptr;
  for (const Entry& entry : at->second) {
    if (genes_[entry.gene].symbol == symbol) return &genes_[entry.gene];
  }
  return nullptr;
}

const FamilyFacts* GeneTable::family(std::string_view name) const {
  const auto at = family_by_name_.find(key_of(name));
  return at == family_by_name_.end() ? nullptr : &families_[at->second];
}

}  // namespace treff::nomenclature
