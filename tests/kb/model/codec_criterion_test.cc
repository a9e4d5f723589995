#include <catch2/catch.hpp>
#include <random>

#include "kb/model/codec.h"
#include "kb/model/criterion_fields.h"
#include "kb/model/references.h"
#include "tests/kb/model/expect_error.h"

namespace treff::model {
namespace {

using nomenclature::ClassKind;
using nomenclature::VariantClass;

// The example of MATCHING.md section 9.
constexpr std::string_view kContractCriterion = R"({"all":[
  {"any":[{"variant":{"gene":"BRAF","class":"codon","at":"V600","excludes":[{"class":"protein","change":"V600K"}]}},
          {"target":"nras-q61"}]},
  {"not":{"variant":{"gene":"KRAS","class":"any_mutation"}}},
  {"at_least":{"n":1,"of":[{"biomarker":{"name":"tmb","op":">=","value":10,"unit":"per_mb"}},
                           {"biomarker":{"name":"msi","is":"high"}}]}},
  {"diagnosis":{"any_of":["NSCLC"],"none_of":["LUNE"]}},
  {"clinical":{"age_years":{"min":18},"ecog":{"max":2}}}]})";

std::string variant(const std::string& members) { return R"({"variant":{)" + members + "}}"; }
std::string biomarker(const std::string& members) { return R"({"biomarker":{)" + members + "}}"; }

TEST_CASE("the criterion of the contract is read part by part") {
  const auto read = decode_criterion(kContractCriterion);
  REQUIRE(read);
  REQUIRE(read->parts.size() == 5);
  const Criterion& any = read->parts[0];
  CHECK(any.kind == CriterionKind::Any);
  const auto& v600 = std::get<VariantClass>(any.parts[0].leaf);
  CHECK(v600.kind == ClassKind::Codon);
  CHECK(v600.genes == std::vector<std::string>{"BRAF"});
  CHECK(v600.at == "V600");
  REQUIRE(v600.excludes.size() == 1);
  CHECK(v600.excludes[0].genes == std::vector<std::string>{"BRAF"});
  CHECK(v600.excludes[0].change == "V600K");
  CHECK(any.parts[1].target == "nras-q61");
  CHECK(read->parts[1].kind == CriterionKind::Not);
  CHECK(std::get<VariantClass>(read->parts[1].parts.front().leaf).kind == ClassKind::AnyMutation);
  CHECK(read->parts[2].n == 1);
  const auto& tmb = std::get<BiomarkerCondition>(read->parts[2].parts[0].leaf);
  CHECK(tmb.op == Comparison::GreaterEqual);
  CHECK(tmb.value == 10);
  CHECK(std::get<BiomarkerCondition>(read->parts[2].parts[1].leaf).is == nomenclature::BiomarkerState::High);
  CHECK(std::get<DiagnosisCondition>(read->parts[3].leaf).none_of == std::vector<std::string>{"LUNE"});
  const auto& clinical = std::get<ClinicalCondition>(read->parts[4].leaf);
  CHECK(clinical.age_years->min == 18);
  CHECK_FALSE(clinical.age_years->max.has_value());
  CHECK(clinical.ecog->max == 2);
  CHECK(encode_criterion(*read) == canonical_json(kContractCriterion).value());
  CHECK(size_of(*read).depth == 3);
  CHECK(size_of(*read).leaves == 8);
}

TEST_CASE("every class and leaf is written in the canonical form of what was read") {
  const std::vector<std::string> rows = {
      variant(R"("gene":"BRAF","class":"protein","change":"V600E")"),
      variant(R"("gene":"TERT","class":"coding","change":"c.-124C>T","function_policy":"any")"),
      variant(R"("gene":"TERT","class":"genomic","change":"5:1295228 G>A","assembly":"GRCh37")"),
      variant(R"("gene":"IDH1","class":"codon","at":"R132","origin":"somatic")"),
      variant(R"("gene":"EGFR","class":"range","start":729,"end":761,"consequence":["inframe_deletion"],)"
              R"("transcript":"NM_005228")"),
      variant(R"("gene":"APC","class":"range","consequence":["frameshift","nonsense"])"),
      variant(R"("gene":"EGFR","class":"exon","exon":20,"exon_end":21,"consequence":["inframe_insertion"])"),
      variant(R"("genes":["KRAS","NRAS"],"class":"any_mutation")"),
      variant(R"("gene":"PTEN","class":"functional","function":"loss_of_function")"),
      variant(R"("gene":"TP53","class":"functional","function":"oncogenic","origin":"germline")"),
      variant(R"("gene":"ERBB2","class":"copy_number","copy":"amplification","min_fold_change":2.2,"min_copies":6)"),
      variant(R"("gene":"ALK","class":"fusion","role":"three_prime","excluded_partners":["PTPN3"])"),
      variant(R"("gene":"ALK","class":"fusion","partner":"EML4")"),
      variant(R"("gene":"MET","class":"splice","exon":14)"),
      variant(R"("gene":"EGFR","class":"named_structural","name":"vIII")"),
      variant(R"("genes":["BRCA1","BRCA2"],"class":"biallelic")"),
      variant(R"("genes":["KRAS","NRAS"],"class":"wild_type","exons":[2,3,4])"),
      variant(R"("gene":"ERBB2","class":"expression","method":"ihc","levels":["2+","3+"])"),
      variant(R"("gene":"BRAF","class":"any_mutation","excludes":[{"gene":"RAF1","class":"any_mutation"},)"
              R"({"class":"codon","at":"V600","excludes":[{"class":"protein","change":"V600E"}]}])"),
      biomarker(R"("name":"pd_l1_cps","op":">","value":1,"unit":"score","assay":"pd-l1-example")"),
      biomarker(R"("name":"mmr","is":"deficient")"),
      R"({"diagnosis":{"none_of":["haematological"]}})",
      R"({"clinical":{"sex":"female","disease_extent":["locally_advanced","metastatic"],"measurable_disease":false,)"
      R"("prior_lines":{"min":1,"max":1},"prior_treatments":[{"drug":"osimertinib","use":"progressed_on"},)"
      R"({"drug_class":"platinum"}],"standard_treatment_exhausted":true,"regions":["helse-vest"]}})",
      R"({"text":{"ask":"Adequate organ function?","ask_nb":"Tilfredsstillende organfunksjon?"}})",
  };
  for (const std::string& json : rows) {
    INFO(json);
    const auto read = decode_criterion(json);
    if (!read) INFO(all_text(read.error()));
    REQUIRE(read);
    CHECK(encode_criterion(*read) == canonical_json(json).value());
  }
}

TEST_CASE("origin either is the default said aloud") {
  const auto read = decode_criterion(variant(R"("gene":"BRAF","class":"any_mutation","origin":"either")"));
  REQUIRE(read);
  CHECK(encode_criterion(*read) == variant(R"("class":"any_mutation","gene":"BRAF")"));
}

TEST_CASE("a wrong node of a criterion is refused at its place") {
  using enum ErrorCode;
  const std::vector<BadDocument> rows = {
      {"no key", "{}", InvalidValue, "", "all"},
      {"two keys", R"({"target":"a","not":{"target":"b"}})", InvalidValue, "", "\"all\""},
      {"unknown key", R"({"varient":{}})", UnknownKey, "/varient", "variant"},
      {"text", R"("BRAF V600E")", WrongType, "", ""},
      {"empty list", R"({"any":[]})", InvalidValue, "/any", "at least one"},
      {"list wanted", R"({"any":{"target":"a"}})", WrongType, "/any", ""},
      {"not with a list", R"({"not":[{"target":"a"}]})", WrongType, "/not", ""},
      {"n too large", R"({"at_least":{"n":2,"of":[{"target":"a"}]}})", InvalidValue, "/at_least/n", "1 to 1"},
      {"n zero", R"({"at_least":{"n":0,"of":[{"target":"a"}]}})", InvalidValue, "/at_least/n", "1 to 1"},
      {"n missing", R"({"at_least":{"of":[{"target":"a"}]}})", MissingKey, "/at_least/n", ""},
      {"of missing", R"({"at_least":{"n":1}})", MissingKey, "/at_least/of", ""},
      {"more in at_least", R"({"at_least":{"n":1,"of":[{"target":"a"}],"off":1}})", UnknownKey, "/at_least/off", "of"},
      {"target not an id", R"({"target":"NRAS Q61"})", InvalidValue, "/target", "lower-case"},
      {"deep inside", R"({"all":[{"not":{"any":[{"target":"a"},{"target":7}]}}]})", WrongType,
       "/all/0/not/any/1/target", ""},
      {"empty diagnosis", R"({"diagnosis":{}})", MissingKey, "/diagnosis/any_of", "none_of"},
      {"blank code", R"({"diagnosis":{"any_of":[""]}})", InvalidValue, "/diagnosis/any_of/0", ""},
      {"no code", R"({"diagnosis":{"any_of":[]}})", MissingKey, "/diagnosis/any_of", "any_of"},
      {"no code at all", R"({"diagnosis":{"any_of":[],"none_of":[]}})", MissingKey, "/diagnosis/any_of", "any_of"},
      {"no extent", R"({"clinical":{"disease_extent":[]}})", InvalidValue, "/clinical", ""},
      {"empty clinical", R"({"clinical":{}})", InvalidValue, "/clinical", "at least one"},
      {"unknown clinical", R"({"clinical":{"age":{"min":18}}})", UnknownKey, "/clinical/age", "age_years"},
      {"empty range", R"({"clinical":{"age_years":{}}})", MissingKey, "/clinical/age_years/min", "both"},
      {"range backwards", R"({"clinical":{"age_years":{"min":18,"max":17}}})", InvalidValue, "/clinical/age_years",
       "exchange"},
      {"ecog 6", R"({"clinical":{"ecog":{"max":6}}})", InvalidValue, "/clinical/ecog/max", "0 to 5"},
      {"sex unstated", R"({"clinical":{"sex":"unstated"}})", InvalidValue, "/clinical/sex", "leave"},
      {"drug and class", R"({"clinical":{"prior_treatments":[{"drug":"a","drug_class":"b"}]}})", InvalidValue,
       "/clinical/prior_treatments/0", "exactly one"},
      {"no question", R"({"text":{"ask_nb":"?"}})", MissingKey, "/text/ask", ""},
      {"empty question", R"({"text":{"ask":""}})", InvalidValue, "/text/ask", "stated"},
  };
  check_refused(rows, [](std::string_view json) { return decode_criterion(json); });
}

TEST_CASE("a wrong variant or biomarker of a criterion is refused at its place") {
  using enum ErrorCode;
  const std::vector<BadDocument> rows = {
      {"no class", variant(R"("gene":"BRAF")"), MissingKey, "/variant/class", "codon"},
      {"unknown class", variant(R"("gene":"BRAF","class":"codons")"), InvalidValue, "/variant/class", "codon"},
      {"no gene", variant(R"("class":"any_mutation")"), MissingKey, "/variant/gene", "genes"},
      {"blank gene", variant(R"("gene":"","class":"any_mutation")"), InvalidValue, "/variant/gene", ""},
      {"empty genes", variant(R"("genes":[],"class":"any_mutation")"), InvalidValue, "/variant/genes", ""},
      {"gene and genes", variant(R"("gene":"A","genes":["B"],"class":"any_mutation")"), InvalidValue, "/variant/genes",
       "one of them"},
      {"key of another class", variant(R"("gene":"BRAF","class":"codon","at":"V600","change":"V600E")"), UnknownKey,
       "/variant/change", "it takes: at"},
      {"misspelt key", variant(R"("gene":"BRAF","class":"codon","at":"V600","exclude":[])"), UnknownKey,
       "/variant/exclude", "excludes"},
      {"change missing", variant(R"("gene":"BRAF","class":"protein")"), MissingKey, "/variant/change", "protein"},
      {"change empty", variant(R"("gene":"BRAF","class":"protein","change":"")"), InvalidValue, "/variant/change", ""},
      {"assembly missing", variant(R"("gene":"TERT","class":"genomic","change":"5:1295228 G>A")"), MissingKey,
       "/variant/assembly", "genomic"},
      {"assembly unstated", variant(R"("gene":"T","class":"genomic","change":"x","assembly":"unstated")"), InvalidValue,
       "/variant/assembly", "GRCh38"},
      {"codon as a change", variant(R"("gene":"BRAF","class":"codon","at":"V600E")"), InvalidValue, "/variant/at",
       "V600"},
      {"codon without residue", variant(R"("gene":"BRAF","class":"codon","at":"600")"), InvalidValue, "/variant/at",
       "V600"},
      {"codon 0", variant(R"("gene":"BRAF","class":"codon","at":"V0")"), InvalidValue, "/variant/at", "V600"},
      {"X is no residue", variant(R"("gene":"BRAF","class":"codon","at":"X600")"), InvalidValue, "/variant/at", "V600"},
      {"range backwards", variant(R"("gene":"EGFR","class":"range","start":761,"end":729)"), InvalidValue,
       "/variant/end", "exchange"},
      {"range without end", variant(R"("gene":"EGFR","class":"range","start":729)"), MissingKey, "/variant/end",
       "both"},
      {"range of nothing", variant(R"("gene":"EGFR","class":"range")"), MissingKey, "/variant/start", "consequence"},
      {"range from 0", variant(R"("gene":"EGFR","class":"range","start":0,"end":729)"), InvalidValue, "/variant/start",
       "1 to"},
      {"consequence as text", variant(R"("gene":"EGFR","class":"exon","exon":19,"consequence":"missense")"), WrongType,
       "/variant/consequence", ""},
      {"unknown consequence", variant(R"("gene":"EGFR","class":"exon","exon":19,"consequence":["missence"])"),
       InvalidValue, "/variant/consequence/0", "missense"},
      {"exons backwards", variant(R"("gene":"EGFR","class":"exon","exon":21,"exon_end":18)"), InvalidValue,
       "/variant/exon_end", "exchange"},
      {"last exon alone", variant(R"("gene":"EGFR","class":"splice","exon_end":18)"), MissingKey, "/variant/exon", ""},
      {"no function", variant(R"("gene":"PTEN","class":"functional")"), MissingKey, "/variant/function", ""},
      {"no threshold", variant(R"("gene":"ERBB2","class":"copy_number")"), MissingKey, "/variant/copy", "min_copies"},
      {"partner excluded", variant(R"("gene":"ALK","class":"fusion","partner":"A","excluded_partners":["A"])"),
       InvalidValue, "/variant/excluded_partners", ""},
      {"no levels", variant(R"("gene":"ERBB2","class":"expression","levels":[])"), InvalidValue, "/variant/levels", ""},
      {"origin unknown", variant(R"("gene":"BRAF","class":"any_mutation","origin":"unknown")"), InvalidValue,
       "/variant/origin", "somatic"},
      {"wrong inside excludes", variant(R"("gene":"BRAF","class":"any_mutation","excludes":[{"class":"codon"}])"),
       MissingKey, "/variant/excludes/0/at", ""},
      {"unknown biomarker", biomarker(R"("name":"tmbb","is":"high")"), InvalidValue, "/biomarker/name", "tmb"},
      {"neither", biomarker(R"("name":"tmb")"), InvalidValue, "/biomarker", "give one"},
      {"both", biomarker(R"("name":"tmb","op":">=","value":10,"unit":"per_mb","is":"high")"), InvalidValue,
       "/biomarker", "leave one"},
      {"unit missing", biomarker(R"("name":"tmb","op":">=","value":10)"), MissingKey, "/biomarker/unit", "per_mb"},
      {"unit of another", biomarker(R"("name":"tmb","op":">=","value":10,"unit":"pct")"), InvalidValue,
       "/biomarker/unit", "per_mb"},
      {"op missing", biomarker(R"("name":"tmb","value":10,"unit":"per_mb")"), MissingKey, "/biomarker/op", ">="},
      {"unknown op", biomarker(R"("name":"tmb","op":"=>","value":10,"unit":"per_mb")"), InvalidValue, "/biomarker/op",
       ">="},
      {"a measured MMR", biomarker(R"("name":"mmr","op":">","value":1,"unit":"pct")"), InvalidValue, "/biomarker",
       "deficient"},
      {"over 100 percent", biomarker(R"("name":"msi","op":">","value":120,"unit":"pct")"), InvalidValue,
       "/biomarker/value", "100"},
      {"state of another", biomarker(R"("name":"mmr","is":"high")"), InvalidValue, "/biomarker/is", "deficient"},
      {"state unstated", biomarker(R"("name":"msi","is":"unstated")"), InvalidValue, "/biomarker/is", "stable"},
  };
  check_refused(rows, [](std::string_view json) { return decode_criterion(json); });
}

TEST_CASE("depth and leaves of a criterion are bounded at the stated numbers") {
  const auto nested = [](int levels) {
    std::string json = R"({"target":"a"})";
    for (int i = 1; i < levels; ++i) json = R"({"not":)" + json + "}";
    return json;
  };
  const auto wide = [](int leaves) {
    std::string parts = R"({"target":"a"})";
    for (int i = 1; i < leaves; ++i) parts += R"(,{"target":"a"})";
    return R"({"any":[)" + parts + "]}";
  };
  CHECK(decode_criterion(nested(kMaxCriterionDepth)));
  CHECK(decode_criterion(wide(kMaxCriterionLeaves)));
  check_refused({{"one level too many", nested(kMaxCriterionDepth + 1), ErrorCode::TooDeep, "", "at most 16"},
                 {"one leaf too many", wide(kMaxCriterionLeaves + 1), ErrorCode::TooLarge, "", "at most 500"}},
                [](std::string_view json) { return decode_criterion(json); });
}

TEST_CASE("each set member of a clinical condition counts as a leaf") {
  const auto read = decode_criterion(
      R"({"clinical":{"sex":"male","ecog":{"max":1},"regions":["x"],"prior_treatments":[{"drug":"a"},{"drug":"b"}]}})");
  REQUIRE(read);
  CHECK(size_of(*read).leaves == 4);
}

// ---- random criteria --------------------------------------------------------------------------------------------

// Valid criteria of any shape, the same for the same seed on every machine.
class RandomCriterion {
 public:
  explicit RandomCriterion(std::uint32_t seed) : numbers_(seed) {}

  Criterion tree(int depth) {
    Criterion criterion;
    const std::size_t kinds = depth > 1 ? kCriterionKinds.size() : 6;
    criterion.kind = kCriterionKinds[kCriterionKinds.size() - 1 - pick(kinds)].kind;
    switch (criterion.kind) {
      case CriterionKind::All:
      case CriterionKind::Any:
      case CriterionKind::AtLeast:
        for (std::size_t i = 0, n = 1 + pick(3); i < n; ++i) criterion.parts.push_back(tree(depth - 1));
        if (criterion.kind == CriterionKind::AtLeast) criterion.n = 1 + int(pick(criterion.parts.size()));
        break;
      case CriterionKind::Not: criterion.parts.push_back(tree(depth - 1)); break;
      case CriterionKind::Target: criterion.target = "target-" + std::to_string(pick(9)); break;
      case CriterionKind::Variant: criterion.leaf = variant_class(2); break;
      case CriterionKind::Biomarker: criterion.leaf = biomarker_condition(); break;
      case CriterionKind::Diagnosis: criterion.leaf = DiagnosisCondition{{"LUAD"}, words()}; break;
      case CriterionKind::Clinical: criterion.leaf = clinical(); break;
      case CriterionKind::Text: criterion.leaf = TextRule{"ask \"this\" \xE2\x82\xAC?", pick(2) ? "spør" : ""}; break;
    }
    return criterion;
  }

 private:
  std::size_t pick(std::size_t below) { return numbers_() % below; }
  std::vector<std::string> words() { return std::vector<std::string>(pick(3), "W" + std::to_string(pick(99))); }
  double number() { return double(pick(100000)) / double(1 + pick(1000)); }

  VariantClass variant_class(int depth) {
    VariantClass cls;
    cls.kind = base::EnumNames<ClassKind>::rows[pick(kClassKeys.size())].value;
    cls.genes.assign(1 + pick(2), "GENE" + std::to_string(pick(99)));
    fill(cls);
    for (std::size_t i = 0, n = depth > 0 ? pick(3) : 0; i < n; ++i) {
      cls.excludes.push_back(variant_class(depth - 1));
      if (pick(2)) cls.excludes.back().genes = cls.genes;
    }
    if (pick(3) == 0) cls.origin = pick(2) ? nomenclature::Origin::Germline : nomenclature::Origin::Somatic;
    if (pick(3) == 0) cls.function_policy = nomenclature::FunctionPolicy::Any;
    return cls;
  }

  void fill(VariantClass& cls) {
    const int low = 1 + int(pick(900));
    const int high = low + int(pick(90));
    switch (cls.kind) {
      case ClassKind::Protein:
      case ClassKind::Coding: cls.change = "c." + std::to_string(low); break;
      case ClassKind::Genomic:
        cls.change = "7:" + std::to_string(low);
        cls.assembly = nomenclature::Assembly::GRCh38;
        break;
      case ClassKind::Codon: cls.at = "V" + std::to_string(low); break;
      case ClassKind::Range:
        cls.start = low;
        cls.end = high;
        break;
      case ClassKind::Exon:
        cls.exon = low;
        cls.exon_end = pick(2) ? high : 0;
        cls.consequences.assign(pick(2), nomenclature::Consequence::InframeInsertion);
        break;
      case ClassKind::Functional: cls.function = nomenclature::FunctionClass::Truncating; break;
      case ClassKind::CopyNumber: cls.min_copies = number(); break;
      case ClassKind::Fusion: cls.partner = pick(2) ? "PARTNER" : ""; break;
      case ClassKind::Splice: cls.exon = low; break;
      case ClassKind::NamedStructural: cls.name = "KDD"; break;
      case ClassKind::WildType: cls.exons.assign(pick(3), low); break;
      case ClassKind::Expression: cls.levels = {"3+"}; break;
      case ClassKind::AnyMutation:
      case ClassKind::Biallelic: break;
    }
  }

  BiomarkerCondition biomarker_condition() {
    BiomarkerCondition condition;
    if (pick(2)) {
      condition.name = nomenclature::BiomarkerName::Mmr;
      condition.is = nomenclature::BiomarkerState::Proficient;
    } else {
      condition.op = base::EnumNames<Comparison>::rows[pick(5)].value;
      condition.value = number();
      condition.unit = "per_mb";
    }
    if (pick(2)) condition.assay = "panel-x";
    return condition;
  }

  ClinicalCondition clinical() {
    ClinicalCondition condition;
    condition.ecog = Range<int>{int(pick(3)), pick(2) ? std::optional<int>(5) : std::nullopt};
    if (pick(2)) condition.sex = Sex::Male;
    if (pick(2)) condition.prior_treatments.push_back({"", "platinum", PriorUse::NotHad});
    condition.regions = words();
    return condition;
  }

  std::mt19937 numbers_;
};

TEST_CASE("random criteria come back as they were") {
  for (std::uint32_t seed = 0; seed < 2000; ++seed) {
    const Criterion made = RandomCriterion(seed).tree(5);
    const std::string json = encode_criterion(made);
    const auto read = decode_criterion(json);
    INFO(seed << ": " << json);
    if (!read) INFO(all_text(read.error()));
    REQUIRE(read);
    REQUIRE(encode_criterion(*read) == json);
    REQUIRE(canonical_json(json).value() == json);
    REQUIRE(size_of(*read).depth == size_of(made).depth);
  }
}

}  // namespace
}  // namespace treff::model
