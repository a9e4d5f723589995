// The genomic blocks of CTML as variant classes and biomarkers (MATCHING.md section 8).
//
// One block speaks of one finding (M7), so its keys become one class; what no class can hold together is refused.
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "indexer/importers/ctml_criterion.h"
#include "kb/base/text.h"
#include "kb/nomenclature/hgvs.h"

namespace treff::indexer {
namespace {

using model::Criterion;
using model::CriterionKind;
using nomenclature::ClassKind;
using nomenclature::Consequence;
using nomenclature::CopyCall;
using nomenclature::VariantClass;

enum class Category { None, Mutation, CopyNumber, Structural, AnyVariation };

struct CategoryRow {
  std::string_view word;
  Category category;
};
constexpr std::array kCategories = {
    CategoryRow{"Mutation", Category::Mutation},
    CategoryRow{"Copy Number Variation", Category::CopyNumber},
    CategoryRow{"Structural Variation", Category::Structural},
    CategoryRow{"Any Variation", Category::AnyVariation},
};

struct CopyRow {
  std::string_view word;
  CopyCall call;
  CopyCall except;  // the stronger call that our wider class would take in too
};
constexpr std::array kCopyCalls = {
    CopyRow{"High Amplification", CopyCall::Amplification, CopyCall::Unstated},
    CopyRow{"Low Amplification", CopyCall::Gain, CopyCall::Amplification},
    CopyRow{"Homozygous Deletion", CopyCall::HomozygousDeletion, CopyCall::Unstated},
    CopyRow{"Heterozygous Deletion", CopyCall::Loss, CopyCall::HomozygousDeletion},
};

// Mismatch repair and microsatellites stand for one another in this format only.
struct RepairRow {
  std::string_view word;
  bool deficient;
};
constexpr std::array kRepairWords = {
    RepairRow{"MMR-Deficient", true}, RepairRow{"MSI-H", true}, RepairRow{"MMR-Proficient", false},
    RepairRow{"MSI-L", false},        RepairRow{"MSS", false},
};

struct SignatureRow {
  std::string_view key;
  nomenclature::BiomarkerName name;
};
constexpr std::array kSignatures = {
    SignatureRow{"pole_signature", nomenclature::BiomarkerName::SignaturePole},
    SignatureRow{"tobacco_signature", nomenclature::BiomarkerName::SignatureTobacco},
    SignatureRow{"apobec_signature", nomenclature::BiomarkerName::SignatureApobec},
    SignatureRow{"uva_signature", nomenclature::BiomarkerName::SignatureUv},
    SignatureRow{"temozolomide_signature", nomenclature::BiomarkerName::SignatureTemozolomide},
};

const std::vector<std::string>& known_keys() {
  static const std::vector<std::string> keys = {"hugo_symbol",
                                                "variant_category",
                                                "protein_change",
                                                "wildcard_protein_change",
                                                "variant_classification",
                                                "exon",
                                                "cnv_call",
                                                "fusion_partner_hugo_symbol",
                                                "wildtype",
                                                "mmr_status",
                                                "ms_status",
                                                "pole_signature",
                                                "tobacco_signature",
                                                "apobec_signature",
                                                "uva_signature",
                                                "temozolomide_signature",
                                                "display_name"};
  return keys;
}

template <class Rows>
std::vector<std::string> words_of(const Rows& rows) {
  std::vector<std::string> out;
  for (const auto& row : rows) out.emplace_back(row.word);
  return out;
}

template <class Rows>
auto row_of(const Rows& rows, std::string_view word) {
  return std::find_if(rows.begin(), rows.end(),
                      [&](const auto& row) { return base::equals_ignoring_case(row.word, word); });
}

class GenomicBlock {
 public:
  GenomicBlock(const CtmlNode& block, const CtmlContext& context) : block_(block), context_(context) {}

  std::optional<Criterion> read() {
    const std::size_t errors = context_.errors.size();
    read_keys();
    if (context_.errors.size() != errors) return std::nullopt;
    std::optional<Criterion> out = evaluate();
    if (!out) return out;
    return negated_ ? negated_criterion(std::move(*out)) : std::move(*out);
  }

 private:
  void read_keys() {
    if (!block_.is_map() || block_.keys.empty()) {
      return context_.fail(ErrorCode::WrongType, block_.line, "a genomic block has at least one key", {},
                           "one of: " + base::join(known_keys(), ", "));
    }
    for (std::size_t i = 0; i < block_.keys.size(); ++i) {
      const std::string& key = block_.keys[i];
      if (std::find(known_keys().begin(), known_keys().end(), key) == known_keys().end()) {
        refuse_ctml_key(block_, i, known_keys(), context_);
        continue;
      }
      if (key == "display_name") continue;
      const auto value = read_ctml_value(key, block_.parts[i], context_);
      if (!value) continue;
      // `!` on any value negates the whole block.
      negated_ = negated_ || value->negated;
      values_.emplace(key, *value);
    }
  }

  const CtmlValue* value(std::string_view key) const {
    const auto it = values_.find(std::string(key));
    return it == values_.end() ? nullptr : &it->second;
  }
  bool has(std::string_view key) const { return value(key) != nullptr; }

  std::nullopt_t fail(const CtmlValue& at, std::string message, std::string hint = {}) const {
    context_.fail(ErrorCode::InvalidValue, at.line, std::move(message), at.text, std::move(hint));
    return std::nullopt;
  }
  std::nullopt_t fail_block(std::string message, std::string hint = {}) const {
    context_.fail(ErrorCode::InvalidValue, block_.line, std::move(message), {}, std::move(hint));
    return std::nullopt;
  }

  // Every present key must be one of these: beside others no finding could satisfy the block.
  bool only(std::initializer_list<std::string_view> allowed, std::string_view what) const {
    bool fits = true;
    for (const auto& [key, value] : values_) {
      if (std::find(allowed.begin(), allowed.end(), key) != allowed.end()) continue;
      fail(value, "'" + key + "' beside " + std::string(what) + ": no finding could satisfy both",
           "part them into two blocks, or leave one out");
      fits = false;
    }
    return fits;
  }

  std::optional<Criterion> evaluate() {
    if (has("mmr_status") || has("ms_status")) return repair();
    for (const SignatureRow& row : kSignatures) {
      if (has(row.key)) return signature(row);
    }
    if (const CtmlValue* wild = value("wildtype")) {
      const auto is_wild = truth(*wild);
      if (!is_wild) return std::nullopt;
      if (*is_wild) return wild_type();
    }
    return variation();
  }

  // hugo_symbol says nothing here, as in the engine whose format it is.
  std::optional<Criterion> repair() const {
    if (!only({"mmr_status", "ms_status", "hugo_symbol"}, "mismatch repair")) return std::nullopt;
    if (has("mmr_status") && has("ms_status")) return fail_block("mmr_status and ms_status stand side by side");
    const std::string_view key = has("mmr_status") ? "mmr_status" : "ms_status";
    const CtmlValue& given = *value(key);
    const auto row = row_of(kRepairWords, given.text);
    if (row == kRepairWords.end()) {
      refuse_ctml_value(key, given, words_of(kRepairWords), context_);
      return std::nullopt;
    }
    using nomenclature::BiomarkerName;
    using nomenclature::BiomarkerState;
    if (row->deficient) {
      return join_criteria(CriterionKind::Any, {state(BiomarkerName::Mmr, BiomarkerState::Deficient),
                                                state(BiomarkerName::Msi, BiomarkerState::High)});
    }
    return join_criteria(CriterionKind::Any, {state(BiomarkerName::Mmr, BiomarkerState::Proficient),
                                              state(BiomarkerName::Msi, BiomarkerState::Stable),
                                              state(BiomarkerName::Msi, BiomarkerState::Low)});
  }

  static Criterion state(nomenclature::BiomarkerName name, nomenclature::BiomarkerState wanted) {
    model::BiomarkerCondition condition;
    condition.name = name;
    condition.is = wanted;
    return leaf_criterion(CriterionKind::Biomarker, std::move(condition));
  }

  std::optional<Criterion> signature(const SignatureRow& row) const {
    if (!only({row.key, "hugo_symbol"}, "a mutational signature")) return std::nullopt;
    const CtmlValue& given = *value(row.key);
    const bool yes = base::equals_ignoring_case(given.text, "Yes");
    if (!yes && !base::equals_ignoring_case(given.text, "No")) {
      refuse_ctml_value(row.key, given, {"Yes", "No"}, context_);
      return std::nullopt;
    }
    using nomenclature::BiomarkerState;
    return state(row.name, yes ? BiomarkerState::Positive : BiomarkerState::Negative);
  }

  std::optional<bool> truth(const CtmlValue& given) const {
    const std::string word = base::to_lower_ascii(given.text);
    if (word == "true" || word == "false") return word == "true";
    refuse_ctml_value("wildtype", given, {"true", "false"}, context_);
    return std::nullopt;
  }

  // The approved symbol (N1); "" with an error.
  std::string gene(std::string_view key) const {
    const CtmlValue* given = value(key);
    if (given == nullptr) {
      fail_block("the block names no gene", "add hugo_symbol");
      return {};
    }
    const auto found = context_.words.genes.find(given->text);
    if (found) return found->gene->symbol;
    Error error = found.error();
    error.where = ctml_place(given->line);
    error.piece = given->text;
    context_.errors.push_back(std::move(error));
    return {};
  }

  static Criterion leaf(VariantClass cls) {
    cls.function_policy = nomenclature::FunctionPolicy::Any;
    return leaf_criterion(CriterionKind::Variant, std::move(cls));
  }
  static VariantClass of_gene(ClassKind kind, const std::string& symbol) {
    VariantClass cls;
    cls.kind = kind;
    cls.genes = {symbol};
    return cls;
  }

  std::optional<Criterion> wild_type() const {
    if (!only({"hugo_symbol", "wildtype"}, "wildtype: true")) return std::nullopt;
    const std::string symbol = gene("hugo_symbol");
    if (symbol.empty()) return std::nullopt;
    return leaf(of_gene(ClassKind::WildType, symbol));
  }

  std::optional<Category> category() const {
    const CtmlValue* given = value("variant_category");
    if (given == nullptr) return Category::None;
    const auto row = row_of(kCategories, given->text);
    if (row != kCategories.end()) return row->category;
    refuse_ctml_value("variant_category", *given, words_of(kCategories), context_);
    return std::nullopt;
  }

  bool names_mutation() const {
    return has("protein_change") || has("wildcard_protein_change") || has("variant_classification") || has("exon");
  }

  std::optional<Criterion> variation() const {
    const auto kind = category();
    if (!kind) return std::nullopt;
    if (*kind == Category::Structural) return structural();
    if (has("fusion_partner_hugo_symbol")) {
      return fail(*value("fusion_partner_hugo_symbol"), "a fusion partner needs its category",
                  "add variant_category: Structural Variation");
    }
    const bool by_copies = *kind == Category::CopyNumber || (*kind != Category::Mutation && has("cnv_call"));
    const bool by_change = *kind == Category::Mutation || (*kind != Category::CopyNumber && names_mutation());
    if (by_copies && !only({"hugo_symbol", "variant_category", "cnv_call", "wildtype"}, "a copy-number change"))
      return std::nullopt;
    if (by_change && !only({"hugo_symbol", "variant_category", "protein_change", "wildcard_protein_change",
                            "variant_classification", "exon", "wildtype"},
                           "a mutation"))
      return std::nullopt;
    const std::string symbol = gene("hugo_symbol");
    if (symbol.empty()) return std::nullopt;
    if (by_copies) return copies(symbol);
    if (by_change) return mutation(symbol);
    // Any Variation is a mutation or a copy-number change; without a category it is any finding of the gene.
    std::vector<Criterion> parts = {leaf(of_gene(ClassKind::AnyMutation, symbol))};
    for (Criterion& part : any_copies(symbol)) parts.push_back(std::move(part));
    if (*kind == Category::None) parts.push_back(leaf(of_gene(ClassKind::Fusion, symbol)));
    return join_criteria(CriterionKind::Any, std::move(parts));
  }

  static std::vector<Criterion> any_copies(const std::string& symbol) {
    std::vector<Criterion> out;
    for (const CopyCall call : {CopyCall::Gain, CopyCall::Loss}) {  // each takes in its stronger form
      VariantClass cls = of_gene(ClassKind::CopyNumber, symbol);
      cls.copy = call;
      out.push_back(leaf(std::move(cls)));
    }
    return out;
  }

  std::optional<Criterion> copies(const std::string& symbol) const {
    const CtmlValue* given = value("cnv_call");
    if (given == nullptr) return join_criteria(CriterionKind::Any, any_copies(symbol));
    const auto row = row_of(kCopyCalls, given->text);
    if (row == kCopyCalls.end()) {
      refuse_ctml_value("cnv_call", *given, words_of(kCopyCalls), context_);
      return std::nullopt;
    }
    VariantClass cls = of_gene(ClassKind::CopyNumber, symbol);
    cls.copy = row->call;
    if (row->except != CopyCall::Unstated) {
      VariantClass except = of_gene(ClassKind::CopyNumber, symbol);
      except.copy = row->except;
      cls.excludes.push_back(std::move(except));
    }
    return leaf(std::move(cls));
  }

  std::optional<Criterion> structural() const {
    if (!only({"hugo_symbol", "variant_category", "fusion_partner_hugo_symbol", "wildtype"}, "a structural variant"))
      return std::nullopt;
    // The two genes may stand in either order.
    const auto word_of = [](const CtmlValue* given) {
      return given == nullptr ? std::string() : base::to_lower_ascii(given->text);
    };
    const auto is_word = [](const std::string& word) {
      return word == "any_gene" || word == nomenclature::kIntergenic;
    };
    const CtmlValue* first = value("hugo_symbol");
    const bool turned = first == nullptr || is_word(word_of(first));
    const std::string symbol = gene(turned ? "fusion_partner_hugo_symbol" : "hugo_symbol");
    if (symbol.empty()) return std::nullopt;
    VariantClass cls = of_gene(ClassKind::Fusion, symbol);
    const CtmlValue* other = turned ? first : value("fusion_partner_hugo_symbol");
    const std::string word = word_of(other);
    if (word == nomenclature::kIntergenic) {
      cls.partner = word;
    } else if (word == "any_gene") {
      cls.excluded_partners = {std::string(nomenclature::kIntergenic)};
    } else if (other != nullptr) {
      cls.partner = gene(turned ? "hugo_symbol" : "fusion_partner_hugo_symbol");
      if (cls.partner.empty()) return std::nullopt;
    }
    return leaf(std::move(cls));
  }

  std::optional<Criterion> mutation(const std::string& symbol) const {
    std::optional<Consequence> consequence;
    if (const CtmlValue* given = value("variant_classification")) {
      consequence = classification(*given);
      if (!consequence) return std::nullopt;
    }
    std::vector<Criterion> parts;
    if (!add_change(symbol, consequence, parts) || !add_wildcard(symbol, consequence, parts)) return std::nullopt;
    const bool by_name = !parts.empty();
    if (const CtmlValue* given = value("exon")) {
      const auto exon = base::parse_int(given->text);
      if (!exon || *exon < 1 || *exon > 1000) return fail(*given, "'exon' is the number of one exon", "for example 19");
      VariantClass cls = of_gene(ClassKind::Exon, symbol);
      cls.exon = *exon;
      if (consequence && !by_name) cls.consequences = {*consequence};
      parts.push_back(leaf(std::move(cls)));
    } else if (consequence && !by_name) {
      VariantClass cls = of_gene(ClassKind::Range, symbol);
      cls.consequences = {*consequence};
      parts.push_back(leaf(std::move(cls)));
    }
    if (parts.empty()) parts.push_back(leaf(of_gene(ClassKind::AnyMutation, symbol)));
    return join_criteria(CriterionKind::All, std::move(parts));
  }

  // Terms of mutation files; a term that changes no protein could never be met (M9).
  std::optional<Consequence> classification(const CtmlValue& given) const {
    const Consequence found = nomenclature::consequence_from_so(given.text);
    if (found == Consequence::Unknown) {
      refuse_ctml_value("variant_classification", given,
                        {"Missense_Mutation", "Nonsense_Mutation", "In_Frame_Del", "In_Frame_Ins", "Frame_Shift_Del",
                         "Frame_Shift_Ins", "Splice_Site", "Nonstop_Mutation", "Translation_Start_Site"},
                        context_);
      return std::nullopt;
    }
    if (found == Consequence::Synonymous || found == Consequence::Noncoding) {
      return fail(given, "a change that alters no protein satisfies no criterion (M9)", "name another class");
    }
    return found;
  }

  // A stated class must be the one that the change has: else no finding could satisfy the block.
  bool agrees(const CtmlValue& given, std::optional<Consequence> stated, Consequence found) const {
    if (!stated || *stated == found) return true;
    fail(given, "the change is " + std::string(base::name_of(found)) + ", variant_classification says " +
                    std::string(base::name_of(*stated)) + ": no finding could satisfy both");
    return false;
  }

  bool add_change(const std::string& symbol, std::optional<Consequence> consequence,
                  std::vector<Criterion>& parts) const {
    const CtmlValue* given = value("protein_change");
    if (given == nullptr) return true;
    const auto read = nomenclature::parse_protein(given->text);
    if (!read) {
      Error error = read.error();
      error.where = ctml_place(given->line);
      context_.errors.push_back(std::move(error));
      return false;
    }
    // X is stop in a finding and any residue in a rule (N4): in one exact name it can be either.
    const auto as_rule = nomenclature::parse_protein(given->text, nomenclature::XMeans::AnyResidue);
    if (!as_rule || !(as_rule->change == read->change)) {
      fail(*given, "X may be a stop or any residue (N4)", "write * for the stop, or use wildcard_protein_change");
      return false;
    }
    if (read->change.form == nomenclature::ProteinForm::AnyAtCodon) {
      fail(*given, "the new residue is missing", "use wildcard_protein_change");
      return false;
    }
    if (!agrees(*given, consequence, read->consequence)) return false;
    VariantClass cls = of_gene(ClassKind::Protein, symbol);
    cls.change = given->text.rfind("p.", 0) == 0 ? given->text.substr(2) : given->text;
    parts.push_back(leaf(std::move(cls)));
    return true;
  }

  // The stem and exactly one residue letter: substitutions of this one residue.
  bool add_wildcard(const std::string& symbol, std::optional<Consequence> consequence,
                    std::vector<Criterion>& parts) const {
    const CtmlValue* given = value("wildcard_protein_change");
    if (given == nullptr) return true;
    const auto read = nomenclature::parse_protein(given->text, nomenclature::XMeans::AnyResidue);
    const bool stem = read && read->change.form == nomenclature::ProteinForm::AnyAtCodon &&
                      read->change.ref_first.size() == 1 && base::is_ascii_letter(read->change.ref_first.front()) &&
                      base::is_ascii_digit(given->text.back());
    if (!stem) {
      fail(*given, "a wildcard is a residue letter and a number", "for example p.V600");
      return false;
    }
    if (!agrees(*given, consequence, Consequence::Missense)) return false;
    VariantClass cls = of_gene(ClassKind::Codon, symbol);
    cls.at = read->change.ref_first + std::to_string(read->change.start);
    cls.consequences = {Consequence::Missense};
    parts.push_back(leaf(std::move(cls)));
    return true;
  }

  const CtmlNode& block_;
  const CtmlContext& context_;
  std::map<std::string, CtmlValue> values_;
  bool negated_ = false;
};

}  // namespace

std::optional<Criterion> read_ctml_genomic(const CtmlNode& block, const CtmlContext& context) {
  return GenomicBlock(block, context).read();
}

}  // namespace treff::indexer
