// Words of running text with their place, and the lists that marker_text.cc decides by. Private to kb/nomenclature.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace treff::nomenclature {

enum class WordRole : std::uint8_t {
  Plain,
  Filler,    // "activating", "known", "gene": may stand between a gene and its event
  Mutation,  // mutation, mutant, mutated
  Fusion,    // fusion, rearrangement, translocation
  Amplification,
  Loss,
  Deletion,
  Insertion,
  Skipping,
  Positive,
  Negative,
  WildType,
  Or,
  And,
  Treatment,  // inhibitor, antibody, targeted: the gene was the name of a treatment
  Test,       // status, testing, expression: the gene was the name of a test
  No,         // no, not, without: turns the sense
  Doubt,      // regardless, unless, prior, progressed: the sentence is about something else
  Condition,  // must, should, may behind a marker: the marker is a condition, not a need
};
struct MarkerWord {
  std::string text;   // without the punctuation around it
  std::string lower;  // ASCII lower case
  WordRole role = WordRole::Plain;
  std::size_t begin = 0;
  std::size_t end = 0;
  bool comma = false;   // followed by a comma
  bool stop = false;    // followed by a semicolon, colon or full stop: a clause ends here
  bool colon = false;   // that stop is a colon
  bool opens = false;   // an opening bracket stands before it
  bool closes = false;  // a closing bracket stands behind it
};

// Splits at white space and at '/', '–' between words; parts "EGFR-mutated" into "EGFR" and "mutated" where the tail is
// a word of an event or of a treatment. Names such as "NTRK1/2/3" and "V600E/K" stay whole.
std::vector<MarkerWord> marker_words(std::string_view text);

WordRole role_of(std::string_view lower_word);

}  // namespace treff::nomenclature
