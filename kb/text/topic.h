// What a case is about, as groups of names to look for: the case-driven trial search (DESIGN section 6).
//
// A group is one thing (the tumour, a gene, a drug that acts on it) with all the names it goes by; whoever holds the
// knowledge base fills it (kb/view/case_topic.h), this room only looks for it. Unlike a typed query nothing has to
// occur but one group about the tumour or the molecule: the rest ranks. A hit says which groups were found.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace treff::text {

enum class TopicRole : std::uint8_t {
  Diagnosis,        // the tumour itself
  Subtype,          // what lies below it in the tree
  WiderDiagnosis,   // its ancestors in the tree
  AnyCancer,        // "advanced solid tumours": ranks, never finds
  Alteration,       // the finding itself: "V600E"
  WiderAlteration,  // its codon or kind: "V600", "amplification"
  Gene,             // symbol and aliases
  WiderGene,        // families and pathway
  Drug,             // drugs that act on the gene
  WiderDrug,        // drug classes
  Person,           // age group and sex: ranks, never finds
  Biomarker,        // "microsatellite instability"
};

enum class NameForm : std::uint8_t {
  Exact,      // a symbol, a variant, a drug: never stemmed, never inflected
  Inflected,  // singular and plural
  Free,       // British and American, and the nouns that stand for one another ("lung carcinoma") as well
};

struct TopicName {
  std::string text;  // one word or several; several are looked for as a phrase
  NameForm form = NameForm::Inflected;
};

struct TopicGroup {
  TopicRole role = TopicRole::Diagnosis;
  std::string label;  // what a reader is told was found: "BRAF", "Lung Adenocarcinoma"
  std::vector<TopicName> names;
};

// Bounds: names beyond kMaxTopicNames over all groups are left out, later groups first.
inline constexpr std::size_t kMaxTopicNames = 300;

struct Topic {
  std::vector<TopicGroup> groups;
  // A title that names one of these, and nothing of the case's own kind, ranks lower.
  std::vector<TopicName> other_tumours;
  std::vector<TopicName> other_people;       // of another age or sex
  std::vector<TopicName> other_alterations;  // in the same gene, elsewhere
};

}  // namespace treff::text
