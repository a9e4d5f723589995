#include "kb/casefile/gene_pair.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "kb/base/text.h"
#include "kb/casefile/cell_value.h"

namespace treff::casefile {
namespace {

constexpr std::size_t kMaxGenesOfSide = 20;

std::optional<nomenclature::FusionSide> read_side(std::string_view text) {
  nomenclature::FusionSide side;
  for (const std::string_view part : base::split(text, ';')) {
    const std::string_view gene = base::trim(part);
    if (!is_gene_name(gene) || side.genes.size() == kMaxGenesOfSide) return std::nullopt;
    if (std::find(side.genes.begin(), side.genes.end(), gene) == side.genes.end()) side.genes.emplace_back(gene);
  }
  return side;
}

using Sides = std::pair<nomenclature::FusionSide, nomenclature::FusionSide>;

std::optional<Sides> read_sides(std::string_view before, std::string_view after) {
  auto first = read_side(before);
  auto second = read_side(after);
  if (!first || !second) return std::nullopt;
  return Sides{std::move(*first), std::move(*second)};
}

GenePair make_pair(Sides sides, bool direction_known) {
  nomenclature::Fusion fusion;
  fusion.intragenic = sides.first.genes == sides.second.genes;
  fusion.five_prime = std::move(sides.first);
  fusion.three_prime = std::move(sides.second);
  fusion.direction_known = direction_known;
  return {std::move(fusion), {}};
}

Error unreadable_pair(std::string_view text, std::string_view why) {
  return Error{ErrorCode::UnreadableText,
               "the gene pair '" + std::string(text) + "' " + std::string(why),
               {},
               std::string(text),
               std::nullopt,
               "expected two gene names joined by '-' or '/'"};
}

// Every split at a dash that leaves two sides of gene names.
std::vector<Sides> splits_at_dash(std::string_view text) {
  std::vector<Sides> found;
  for (std::size_t at = text.find('-'); at != std::string_view::npos; at = text.find('-', at + 1)) {
    if (auto sides = read_sides(text.substr(0, at), text.substr(at + 1))) found.push_back(std::move(*sides));
  }
  return found;
}

}  // namespace

Result<GenePair> read_gene_pair(std::string_view text) {
  text = base::trim(text);
  if (text.size() > 400) return fail(unreadable_pair(text.substr(0, 40), "is too long"));
  for (const std::string_view mark : {"/", "::", "--"}) {
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos) continue;
    auto sides = read_sides(text.substr(0, at), text.substr(at + mark.size()));
    if (!sides) return fail(unreadable_pair(text, "does not name two genes"));
    return make_pair(std::move(*sides), mark != "/");
  }
  std::vector<Sides> splits = splits_at_dash(text);
  if (splits.empty()) return fail(unreadable_pair(text, "does not name two genes"));
  if (splits.size() == 1) return make_pair(std::move(splits.front()), true);
  if (text.find(';') != std::string_view::npos) {
    return fail(unreadable_pair(text, "can be divided in more than one way"));
  }
  return GenePair{std::nullopt, std::string(text)};
}

}  // namespace treff::casefile
