// The full public gene table beside the curated one: 44,852 genes and their aliases may make more names readable, but
// may change no reading that the curated table gave (N1).
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "indexer/importers/hgnc.h"
#include "kb/answer/parse_answer.h"
#include "tests/acceptance/seed_words.h"
#include "tests/acceptance/suite.h"

namespace treff::acceptance {
namespace {

using nlohmann::json;

std::shared_ptr<const match::Knowledge> wide_knowledge() {
  const auto file = shared_folder() / "reference/genes/gene_info.txt";
  if (!std::filesystem::exists(file)) return nullptr;
  NoProgress quiet;
  auto imported = indexer::read_hgnc({file}, quiet);
  REQUIRE(imported);
  CHECK(imported->size() == 44'853);  // the genes and their source
  auto records = reference_records();
  for (auto& item : *imported) records.push_back(std::move(item.record));
  auto built = match::Knowledge::build(std::move(records));
  REQUIRE(built);
  return *built;
}

json read_with(const match::Vocabulary& words, const std::string& text, const std::string& gene, answer::ParseAs as) {
  return json::parse(answer::parse_answer({"", text, gene}, as, words));
}

// One name in both worlds; false if the wider table changed what was read.
bool same_reading(const match::Vocabulary& wide, const std::string& text, const std::string& gene, answer::ParseAs as,
                  std::string& changes) {
  const json before = read_with(seed_words(), text, gene, as);
  if (before["ok"] != true) return true;
  const json after = read_with(wide, text, gene, as);
  const char* key = as == answer::ParseAs::Criterion ? "criterion" : "alteration";
  if (after["ok"] == true && after[key] == before[key]) return true;
  // A pair of genes without roles is one pair in either order; the known one used to stand first.
  const auto pair_of = [&](const json& reading) {
    std::set<std::string> genes;
    const json& cls = reading.value(key, json::object()).value("variant", json::object());
    if (cls.value("class", "") == "fusion") genes = {cls.value("gene", ""), cls.value("partner", "")};
    return genes;
  };
  if (after["ok"] == true && pair_of(before).size() == 2 && pair_of(before) == pair_of(after)) return true;
  // A name that the small table kept without a gene may find its gene now; nothing else may change.
  const auto is_new = [](const json& name) {
    return name.is_string() && name != "" && seed_words().genes.by_symbol(name.get<std::string>()) == nullptr;
  };
  std::vector<json> partners;
  if (before[key].contains("variant")) partners = {before[key]["variant"].value("partner", json())};
  for (const char* end : {"five_prime", "three_prime"}) {
    if (!before[key].contains("fusion")) break;
    for (const json& name : before[key]["fusion"].value(end, json::array())) partners.push_back(name);
  }
  const bool gene_found = (before[key].contains("gene") && before[key]["gene"] == "") ||
                          std::any_of(partners.begin(), partners.end(), is_new);
  if (gene_found) return true;
  if (changes.size() < 5000) changes += "\n" + text + " was " + before[key].dump() + " and is " + after.dump();
  return false;
}

TEST_CASE("N1: the full gene table changes no reading of the curated one", "[acceptance]") {
  const auto wide = wide_knowledge();
  if (wide == nullptr) {
    WARN("skipped: the gene table does not lie beside the repository");
    return;
  }
  std::size_t read = 0;
  std::size_t changed = 0;
  std::string changes;
  for (const auto& entry : std::filesystem::directory_iterator(shared_folder() / "acceptance/names")) {
    for (const Row& row : rows_of("names/" + entry.path().filename().string())) {
      const std::string gene =
          row.context.is_object() && row.context.contains("gene") && row.context["gene"].is_string()
              ? row.context["gene"].get<std::string>()
              : std::string();
      for (const auto as : {answer::ParseAs::Alteration, answer::ParseAs::Criterion}) {
        ++read;
        changed += same_reading(wide->vocabulary(), row.input, gene, as, changes) ? 0 : 1;
      }
    }
  }
  std::cout << "acceptance: " << changed << " of " << read << " readings change with the full gene table" << std::endl;
  if (changed > 0) FAIL_CHECK(changes);
}

TEST_CASE("N1: every symbol and every curated name leads to the same gene in the full table", "[acceptance]") {
  const auto wide = wide_knowledge();
  if (wide == nullptr) {
    WARN("skipped: the gene table does not lie beside the repository");
    return;
  }
  for (const auto& gene : seed_words().genes.genes()) {
    std::vector<std::string> names = gene.aliases;
    names.push_back(gene.symbol);
    names.insert(names.end(), gene.previous_symbols.begin(), gene.previous_symbols.end());
    for (const auto& name : names) {
      const auto before = seed_words().genes.find(name);
      if (!before) continue;  // a family, or ambiguous
      const auto after = wide->vocabulary().genes.find(name);
      CAPTURE(name, gene.symbol);
      REQUIRE(after);
      CHECK(after->gene->symbol == before->gene->symbol);
    }
  }
  CHECK(wide->vocabulary().genes.genes().size() == 44'852);
}

}  // namespace
}  // namespace treff::acceptance
