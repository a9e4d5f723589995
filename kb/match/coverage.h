// Does silence mean absence? Rules M3 and M4 for one gene and one kind of change.
#pragma once

#include <string>
#include <vector>

#include "kb/match/leaf.h"
#include "kb/nomenclature/variant_class.h"

namespace treff::match {

// The kinds of change that a test either looked for or did not.
enum class ChangeKind : std::uint8_t { Small, CopyGain, CopyLoss, Fusion, Splice, Expression };

// What a test must look for to find a change of this class.
ChangeKind change_kind_of(const nomenclature::VariantClass& cls);
// True for "any loss of function", which a deletion meets too: both kinds of change must have been looked for.
bool deletion_meets(const nomenclature::VariantClass& cls);

struct Coverage {
  bool negative_counts = false;  // silence is a valid "not found" in every gene asked for
  MessageId why = MessageId::NotTested;
  std::string rule = "M4";
  std::string detail;
  TestKind test = TestKind::None;
};

// `genes`: approved symbols, all of which must have been validly examined; where only some exons were, that is enough
// if `cls` speaks of no others.
Coverage coverage_of(ChangeKind kind, const std::vector<std::string>& genes, const CaseFacts& facts,
                     const Vocabulary& words, const nomenclature::VariantClass* cls = nullptr);

// The same without the closed-world reading (M8): what was really examined.
Coverage silence_proves(ChangeKind kind, const std::vector<std::string>& genes, const CaseFacts& facts,
                        const Vocabulary& words, const nomenclature::VariantClass* cls = nullptr);

// M3: plasma, tumour fraction, time of sampling against drugs on `gene`; nullopt-like empty rule means nothing speaks
// against it.
Coverage specimen_limits(const std::string& gene, const CaseFacts& facts, const Vocabulary& words);

}  // namespace treff::match
