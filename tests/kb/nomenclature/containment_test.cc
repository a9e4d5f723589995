// What must hold for every class and alteration, over generated ones: containment is monotone along nested classes,
// exclusions work in both directions, and the two alphabets of residues say the same.
#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "kb/nomenclature/hgvs.h"
#include "kb/nomenclature/read_alteration.h"
#include "kb/nomenclature/variant_class.h"
#include "tests/kb/nomenclature/small_gene_table.h"

namespace treff::nomenclature {
namespace {

constexpr std::string_view kResidues = "ACDEFGHIKLMNPQRSTVWY";

// A made-up protein: residue n is always the same letter.
char residue(int n) { return kResidues[static_cast<std::size_t>(n * 7 + n / 3) % kResidues.size()]; }
std::string at(int n) { return residue(n) + std::to_string(n); }

// Changes around codon 600 of BRAF (exon 15 is 581-620), some beyond, some with a residue that is not there.
class Changes {
 public:
  explicit Changes(std::uint32_t seed) : random_(seed) {}

  std::string next() {
    const int start = number(574, 626);
    const int end = start + number(1, 4);
    switch (number(0, 9)) {
      case 0:
      case 1: return at(start) + letter();
      case 2: return at(start) + "_" + at(end) + "del";
      case 3: return at(start) + "del";
      case 4: return at(start) + "_" + at(start + 1) + "ins" + letter() + letter();
      case 5: return at(start) + "_" + at(end) + "delins" + letter() + letter();
      case 6: return at(start) + "_" + at(end) + "dup";
      case 7: return at(start) + "*";
      case 8: return at(start) + letter() + "fs*" + std::to_string(number(2, 40));
      default: return std::string(1, letter_not(residue(start))) + std::to_string(start) + letter();
    }
  }
  int number(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random_); }

 private:
  char letter() { return kResidues[static_cast<std::size_t>(number(0, 19))]; }
  char letter_not(char other) {
    const char found = letter();
    return found == other ? (other == 'A' ? 'C' : 'A') : found;
  }
  std::mt19937 random_;
};

Alteration braf(const std::string& change) {
  AlterationText in;
  in.gene = "BRAF";
  in.protein = change;
  auto read = read_alteration(in, small_gene_table());
  if (!read) FAIL(change << ": " << to_text(read.error()));
  return read->value;
}

VariantClass rule(const std::string& text) {
  auto read = read_class("BRAF " + text + " (function any)", "", small_gene_table());
  if (!read) FAIL(text << ": " << to_text(read.error()));
  return read->value;
}

Verdict verdict(const VariantClass& cls, const Alteration& alteration) {
  return relation(cls, alteration, small_gene_table()).verdict;
}

// Each class lies inside the next one.
const std::vector<std::vector<std::string>>& chains() {
  static const std::vector<std::vector<std::string>> all = {
      {at(600) + "mutation", "598_602mut", "590_610mut", "exon 15 mutation", "mutation"},
      {"600_600del", "598_602del", "590_610del", "exon 15 deletion", "exon 15 mutation", "mutation"},
      {"600_601ins", "590_610ins", "exon 15 insertion", "exon 15 mutation", "mutation"},
      {"600_600fs", "590_610fs", "frameshift mutation", "mutation"},
      {"600_600stop", "590_610stop", "nonsense mutation", "truncating mutation", "mutation"},
      {"600_600mis", "590_610mis", "missense mutation", "mutation"},
  };
  return all;
}

std::string codon_rule(std::string text) {
  const auto at_word = text.find("mutation");
  const bool codon = at_word != std::string::npos && at_word > 0 && text[at_word - 1] != ' ';
  return codon ? text.insert(at_word, " ") : text;
}

TEST_CASE("containment is monotone: what a class holds, every wider class holds") {
  Changes changes(20261122);
  std::size_t met = 0;
  for (int i = 0; i < 4000; ++i) {
    const std::string change = changes.next();
    const Alteration alteration = braf(change);
    for (const auto& chain : chains()) {
      for (std::size_t inner = 0; inner + 1 < chain.size(); ++inner) {
        const auto narrow = verdict(rule(codon_rule(chain[inner])), alteration);
        const auto wide = verdict(rule(codon_rule(chain[inner + 1])), alteration);
        met += narrow == Verdict::Met ? 1 : 0;
        if (narrow <= wide) continue;
        FAIL_CHECK(change << " is " << base::to_string(narrow) << " for " << chain[inner] << " but "
                          << base::to_string(wide) << " for " << chain[inner + 1]);
      }
    }
  }
  CHECK(met > 500);  // the test must have seen containment at work
}

TEST_CASE("an alteration lies inside the class of its own name, its codon and its gene") {
  Changes changes(7);
  int read = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::string change = changes.next();
    const Alteration alteration = braf(change);
    const auto own = read_class("BRAF " + change, "", small_gene_table());
    if (!own) continue;
    ++read;
    CAPTURE(change);
    CHECK(verdict(own->value, alteration) == Verdict::Met);
    if (alteration.protein->form == ProteinForm::Substitution &&
        alteration.protein->ref_first == std::string(1, change[0]))
      CHECK(verdict(rule(change.substr(0, change.size() - 1) + " mutation"), alteration) == Verdict::Met);
  }
  CHECK(read > 1900);
}

TEST_CASE("exclusions work in both directions") {
  Changes changes(42);
  std::size_t taken_away = 0;
  std::size_t kept = 0;
  for (int i = 0; i < 3000; ++i) {
    const Alteration alteration = braf(changes.next());
    const std::string out = changes.next();
    const auto excluded = read_class("BRAF " + out, "", small_gene_table());
    if (!excluded) continue;
    VariantClass whole = rule(changes.number(0, 1) == 0 ? "590_610mut" : "exon 15 mutation");
    VariantClass without = whole;
    without.excludes = {excluded->value};
    const auto in_whole = verdict(whole, alteration);
    const auto in_excluded = verdict(excluded->value, alteration);
    const auto got = verdict(without, alteration);
    CAPTURE(alteration.canonical, out, to_text(without));
    if (in_excluded == Verdict::Met) CHECK(got == Verdict::NotMet);
    if (in_excluded == Verdict::NotMet) CHECK(got == in_whole);
    if (in_excluded == Verdict::Unknown)
      CHECK(got == (in_whole == Verdict::NotMet ? Verdict::NotMet : Verdict::Unknown));
    taken_away += in_whole == Verdict::Met && got == Verdict::NotMet ? 1 : 0;
    kept += got == Verdict::Met ? 1 : 0;
  }
  CHECK(kept > 500);
  // Excluding what was asked for itself: never met.
  for (int i = 0; i < 500; ++i) {
    const std::string change = changes.next();
    const auto own = read_class("BRAF " + change, "", small_gene_table());
    if (!own) continue;
    VariantClass without = rule("mutation");
    without.excludes = {own->value};
    CAPTURE(change);
    CHECK(verdict(without, braf(change)) == Verdict::NotMet);
    ++taken_away;
  }
  CHECK(taken_away > 400);
}

TEST_CASE("one and three letters, parentheses and prefix say the same") {
  Changes changes(99);
  for (int i = 0; i < 1500; ++i) {
    const std::string change = changes.next();
    const Alteration plain = braf(change);
    const std::string three = to_three_letter(*plain.protein);
    for (const std::string& spelling : {"p." + change, "p.(" + change + ")", three}) {
      const Alteration other = braf(spelling);
      CAPTURE(change, spelling);
      CHECK(other.canonical == plain.canonical);
      for (const auto& chain : chains()) {
        const VariantClass cls = rule(codon_rule(chain[1]));
        CHECK(verdict(cls, other) == verdict(cls, plain));
      }
    }
  }
}

TEST_CASE("a verdict and its relation never contradict one another") {
  Changes changes(5);
  for (int i = 0; i < 2000; ++i) {
    const Alteration alteration = braf(changes.next());
    for (const auto& chain : chains()) {
      for (const auto& text : chain) {
        const Relation got = relation(rule(codon_rule(text)), alteration, small_gene_table());
        if (got.verdict == Verdict::Met) CHECK(got.kind == RelationKind::Inside);
        if (got.verdict == Verdict::Unknown) CHECK_FALSE(got.note.empty());
        if (got.kind == RelationKind::Other) CHECK(got.verdict == Verdict::NotMet);
      }
    }
  }
}

}  // namespace
}  // namespace treff::nomenclature
