#include "kb/nomenclature/read_alteration.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "tests/kb/nomenclature/readings.h"

namespace treff::nomenclature {
namespace {

Reading<Alteration> read_columns(const AlterationText& in) {
  auto read = read_alteration(in, small_gene_table());
  REQUIRE(read);
  return *read;
}

bool warns(const Reading<Alteration>& read, const std::string& id) {
  return std::any_of(read.warnings.begin(), read.warnings.end(), [&](const Issue& issue) { return issue.id == id; });
}

struct Row {
  const char* name;
  const char* in;
  const char* canonical;
  const char* kind;
  const char* consequence;
};

void check(const Row& row) {
  CAPTURE(row.name, row.in);
  const auto read = read_text(row.in);
  if (!read) FAIL(to_text(read.error()));
  CHECK(read->value.canonical == row.canonical);
  CHECK(base::name_of(read->value.kind) == row.kind);
  CHECK(base::name_of(read->value.consequence) == row.consequence);
  CHECK(read->value.input == row.in);
}

TEST_CASE("small changes as people write them (N2, N3)") {
  const auto row = GENERATE(values<Row>({
      {"plain", "BRAF V600E", "BRAF V600E", "small", "missense"},
      {"HGVS", "BRAF p.(Val600Glu)", "BRAF V600E", "small", "missense"},
      {"colon", "BRAF:p.V600E", "BRAF V600E", "small", "missense"},
      {"parentheses", "BRAF (V600E)", "BRAF V600E", "small", "missense"},
      {"dash", "BRAF-V600E", "BRAF V600E", "small", "missense"},
      {"glued", "BRAFV600E", "BRAF V600E", "small", "missense"},
      {"gene last", "V600E BRAF", "BRAF V600E", "small", "missense"},
      {"mutation in", "V600E mutation in BRAF", "BRAF V600E", "small", "missense"},
      {"lower case", "braf v600e", "BRAF V600E", "small", "missense"},
      {"word behind", "BRAF V600E mutation", "BRAF V600E", "small", "missense"},
      {"Norwegian", "BRAF V600E mutasjon", "BRAF V600E", "small", "missense"},
      {"transcript and coding", "NM_004333.6:c.1799T>A (p.Val600Glu)", "BRAF V600E", "small", "missense"},
      {"coding and protein", "BRAF c.1799T>A p.V600E", "BRAF V600E", "small", "missense"},
      {"stop as X", "TP53 R213X", "TP53 R213*", "small", "nonsense"},
      {"only the codon", "BRAF V600", "BRAF V600", "small", "unknown"},
      {"only a mutation", "BRAF mutation", "BRAF mutation", "small", "unknown"},
      {"exon and class", "EGFR exon 19 deletion", "EGFR exon 19 deletion", "small", "inframe_deletion"},
      {"Norwegian exon", "EGFR ekson 20 insersjon", "EGFR exon 20 insertion", "small", "inframe_insertion"},
      {"short exon", "EGFR ex19del", "EGFR exon 19 deletion", "small", "inframe_deletion"},
      {"change with exon", "EGFR E746_A750del (exon 19)", "EGFR E746_A750del", "small", "inframe_deletion"},
      {"frameshift", "TP53 P27fs", "TP53 P27fs", "small", "frameshift"},
      {"splice site name", "MET X1010_splice", "MET X1010_splice", "small", "splice"},
      {"splice site by c.", "MET c.3082+1G>T", "MET c.3082+1G>T", "small", "splice"},
      {"deep intron", "TP53 c.375+50G>A", "TP53 c.375+50G>A", "small", "noncoding"},
      {"behind the stop", "TP53 c.*1175A>C", "TP53 c.*1175A>C", "small", "noncoding"},
      {"promoter by c.", "TERT c.-124C>T", "TERT c.-124C>T", "small", "promoter"},
      {"promoter by genome", "TERT GRCh37 5:1295228 G>A", "TERT c.-124C>T", "small", "promoter"},
      {"promoter by the other assembly", "TERT GRCh38 5:1295135 G>A", "TERT c.-146C>T", "small", "promoter"},
      {"promoter in words", "TERT promoter mutation", "TERT promoter mutation", "small", "promoter"},
      {"two changes of one name", "EGFR p.[E746_R748del; A750P]", "EGFR [E746_R748del;A750P]", "small",
       "inframe_deletion"},
      {"germline in front", "germline BRCA1 c.68_69del", "BRCA1 c.68_69del", "small", "frameshift"},
  }));
  check(row);
}

TEST_CASE("events as people write them (N3)") {
  const auto row = GENERATE(values<Row>({
      {"amplification", "ERBB2 amplification", "ERBB2 amplification", "copy_number", "unknown"},
      {"everyday gene name", "HER2 amplified", "ERBB2 amplification", "copy_number", "unknown"},
      {"alias with slash", "HER2/neu amplification", "ERBB2 amplification", "copy_number", "unknown"},
      {"gain", "EGFR copy number gain", "EGFR gain", "copy_number", "unknown"},
      {"homozygous", "CDKN2A homozygous deletion", "CDKN2A homozygous deletion", "copy_number", "unknown"},
      {"bare deletion", "CDKN2A deletion", "CDKN2A loss", "copy_number", "unknown"},
      {"loss of heterozygosity", "BRCA1 LOH", "BRCA1 loss of heterozygosity", "copy_number", "unknown"},
      {"fold change", "ERBB2 fold change 6,1", "ERBB2 fold change 6.1", "copy_number", "unknown"},
      {"fusion", "EML4::ALK", "EML4::ALK", "fusion", "unknown"},
      {"fusion with dash", "EML4-ALK fusion", "EML4::ALK", "fusion", "unknown"},
      {"fusion with two dashes", "EML4--ALK", "EML4::ALK", "fusion", "unknown"},
      {"fusion with spaces", "EML4 - ALK", "EML4::ALK", "fusion", "unknown"},
      {"written the other way round", "ALK-EML4", "EML4/ALK", "fusion", "unknown"},
      {"direction open", "EML4/ALK fusion", "EML4/ALK", "fusion", "unknown"},
      {"only one gene", "ALK fusion", "ALK fusion", "fusion", "unknown"},
      {"rearrangement", "ALK rearrangement", "ALK fusion", "fusion", "unknown"},
      {"any partner", "v::ALK", "?::ALK", "fusion", "unknown"},
      {"transcripts and exons", "NM_152263.3(TPM3):e.8::NM_002529.3(NTRK1):e.10", "TPM3::NTRK1", "fusion", "unknown"},
      {"HGNC numbers", "v::ALK(hgnc:427)", "?::ALK", "fusion", "unknown"},
      {"previous symbol", "MLL-EML4", "KMT2A::EML4", "fusion", "unknown"},
      {"dash in a gene name", "H2BC5-H1-4", "H2BC5::H1-4", "fusion", "unknown"},
      {"dash in the first gene", "NKX2-1-ALK fusion", "NKX2-1::ALK", "fusion", "unknown"},
      {"several genes at a breakpoint", "SLC34A2-ROS1;GOPC", "SLC34A2::ROS1;GOPC", "fusion", "unknown"},
      {"unknown gene at a breakpoint", "PPARG/AC016683.6;PAX8", "PPARG/AC016683.6;PAX8", "fusion", "unknown"},
      {"intragenic", "MLL2-intragenic", "KMT2D intragenic rearrangement", "fusion", "unknown"},
      {"one gene twice", "EGFR-EGFR", "EGFR intragenic rearrangement", "fusion", "unknown"},
      {"exon skipping", "MET exon 14 skipping", "MET exon 14 skipping", "splice", "unknown"},
      {"exon skipping, short", "METex14 skipping", "MET exon 14 skipping", "splice", "unknown"},
      {"several exons", "EGFR exons 2-7 deletion", "EGFR exon 2-7 skipping", "splice", "inframe_deletion"},
      {"vIII", "EGFR vIII", "EGFR vIII", "structural", "unknown"},
      {"vIII glued", "EGFRvIII", "EGFR vIII", "structural", "unknown"},
      {"ITD", "FLT3-ITD", "FLT3 ITD", "structural", "unknown"},
      {"ITD in words", "FLT3 internal tandem duplication", "FLT3 ITD", "structural", "unknown"},
      {"KDD", "BRAF Kinase Domain Duplication", "BRAF KDD", "structural", "unknown"},
      {"staining", "HER2 IHC 3+", "ERBB2 ihc 3+", "expression", "unknown"},
      {"wild type", "KRAS wild-type", "KRAS wild type", "wild_type", "unknown"},
      {"Norwegian wild type", "KRAS villtype", "KRAS wild type", "wild_type", "unknown"},
  }));
  check(row);
}

TEST_CASE("what cannot be read is an error, never nothing (N1, N8)") {
  struct ErrorRow {
    const char* in;
    ErrorCode code;
    std::size_t at;
  };
  const auto row = GENERATE(values<ErrorRow>({
      {"", ErrorCode::UnreadableText, 0},
      {"   ", ErrorCode::UnreadableText, 0},
      {"BRAF", ErrorCode::UnreadableText, 4},
      {"FOO1 V600E", ErrorCode::UnknownName, 0},
      {"NTRK amplification", ErrorCode::AmbiguousName, 0},
      {"BRAF V600Q1", ErrorCode::UnreadableText, 10},
      {"BRAF strange words", ErrorCode::UnreadableText, 5},
      {"fusion", ErrorCode::UnreadableText, 0},
      {"BRCA1 biallelic inactivation", ErrorCode::UnreadableText, 6},
      {"EGFR L858R T790M", ErrorCode::UnreadableText, 5},
      {"BRAF V600E \xff", ErrorCode::UnreadableText, 11},
  }));
  CAPTURE(row.in);
  const auto read = read_text(row.in);
  REQUIRE_FALSE(read);
  CHECK(read.error().code == row.code);
  CHECK(read.error().at_byte.value_or(9999) == row.at);
  CHECK_FALSE(read_text(std::string(100'000, 'A')));
}

TEST_CASE("a gene column beside the text") {
  CHECK(read_text("V600E", "BRAF")->value.canonical == "BRAF V600E");
  CHECK(read_text("BRAF V600E", "BRAF")->value.canonical == "BRAF V600E");
  CHECK(read_text("vIII", "EGFR")->value.canonical == "EGFR vIII");
  CHECK(read_text("ABL1-BCR fusion", "ABL1")->value.canonical == "BCR/ABL1");
  CHECK_FALSE(read_text("EML4-ALK", "BRAF"));
  AlterationText in;
  in.gene = "ADAMTS20";
  in.protein = "p.Y80C";
  const auto strict = read_alteration(in, small_gene_table());
  REQUIRE_FALSE(strict);
  CHECK(strict.error().code == ErrorCode::UnknownName);
  CHECK(strict.error().where == "gene");
  in.keep_unknown_gene = true;
  const auto kept = read_columns(in);
  CHECK(kept.value.gene == "ADAMTS20");
  CHECK(warns(kept, "gene_unknown"));
}

TEST_CASE("a name without a gene is kept and said so") {
  const auto read = read_text("V600E");
  REQUIRE(read);
  CHECK(read->value.gene.empty());
  CHECK(warns(*read, "gene_missing"));
}

TEST_CASE("residue numbers of another transcript are mapped (N6)") {
  AlterationText in;
  in.gene = "MET";
  in.protein = "M1268T";
  in.transcript = "NM_001127500.3";
  const auto met = read_columns(in);
  CHECK(met.value.canonical == "MET M1250T");
  CHECK(met.value.mapped_from == "M1268T on NM_001127500.3");
  CHECK(warns(met, "residue_mapped"));
  in.protein = "p.Asn375Ser";
  CHECK(read_columns(in).value.canonical == "MET N375S");
  in.protein = "S760R";
  const auto only_there = read_columns(in);
  CHECK(only_there.value.numbering_uncertain);
  CHECK(warns(only_there, "transcript_unknown"));
  in.gene = "GNAS";
  in.protein = "R844C";
  in.transcript = "NM_080425";
  CHECK(read_columns(in).value.canonical == "GNAS R201C");
}

TEST_CASE("numbers of an unknown transcript stay uncertain (N6)") {
  AlterationText in;
  in.gene = "BRAF";
  in.coding = "NM_999999.1:c.1799T>A";
  in.protein = "V600E";
  const auto read = read_columns(in);
  CHECK(read.value.numbering_uncertain);
  CHECK(read.value.canonical == "BRAF V600E on NM_999999.1");
  in.coding = "NM_004333.4:c.1799T>A";
  CHECK_FALSE(read_columns(in).value.numbering_uncertain);
  in.coding.clear();
  in.protein = "NP_004324.2:p.(Val600Glu)";
  CHECK_FALSE(read_columns(in).value.numbering_uncertain);
}

struct ConflictRow {
  const char* name;
  const char* coding;
  const char* protein;
  bool conflict;
};

TEST_CASE("given forms that disagree are reported (N9)") {
  const auto row = GENERATE(values<ConflictRow>({
      {"agree", "c.1799T>A", "V600E", false},
      {"other codon", "c.1781A>G", "V600E", true},
      {"no codon of V becomes one of M so", "c.1144C>A", "V382M", true},
      {"right base", "c.1144G>A", "V382M", false},
      {"synonymous agrees", "c.2997C>T", "N999=", false},
      {"shift towards the end", "c.2235_2249del", "E746_A750del", false},
      {"indel elsewhere", "c.235_249del", "E746_A750del", true},
      {"frameshift by one base", "c.80del", "P27Lfs*17", false},
      {"frameshift by three bases", "c.79_81del", "P27Lfs*17", true},
      {"frameshift by exchange", "c.80C>T", "P27Lfs*17", true},
      {"in-frame by one base", "c.2235del", "E746del", true},
      {"splice site agrees", "c.993+2T>G", "X331_splice", false},
      {"splice site elsewhere", "c.993+2T>G", "X1010_splice", true},
      {"stop by exchange", "c.3880C>T", "Q1294X", false},
  }));
  CAPTURE(row.name);
  AlterationText in;
  in.gene = "RNF43";
  in.coding = row.coding;
  in.protein = row.protein;
  const auto read = read_columns(in);
  CHECK(read.value.conflict.empty() != row.conflict);
  CHECK(warns(read, "conflict") == row.conflict);
}

TEST_CASE("other conflicts: two protein names, two bases, a residue that does not exist") {
  AlterationText in;
  in.text = "FGFR2 Q212K";
  in.protein = "p.Gln121Lys";
  CHECK(warns(read_columns(in), "conflict"));
  AlterationText promoter;
  promoter.gene = "TERT";
  promoter.coding = "c.-146C>T";
  promoter.genomic = "5:1295228 G>A";
  promoter.assembly = Assembly::GRCh37;
  CHECK(warns(read_columns(promoter), "conflict"));
  promoter.coding = "c.-124C>T";
  CHECK_FALSE(warns(read_columns(promoter), "conflict"));
  const auto beyond = read_text("BRCA2 E10000A");
  REQUIRE(beyond);
  CHECK(warns(*beyond, "residue_beyond_protein"));
  CHECK_FALSE(beyond->value.conflict.empty());
}

TEST_CASE("the assembly is never guessed (N7)") {
  AlterationText in;
  in.gene = "TERT";
  in.genomic = "5:1295228 G>A";
  const auto read = read_columns(in);
  CHECK(read.value.consequence == Consequence::Unknown);
  CHECK(read.value.canonical == "TERT 5:1295228 G>A");
  in.assembly = Assembly::GRCh37;
  CHECK(read_columns(in).value.canonical == "TERT c.-124C>T");
}

TEST_CASE("a panel row: empty protein, intron and untranslated calls (M9)") {
  AlterationText in;
  in.gene = "MET";
  in.coding = "NM_004958.3:c.7165-1G>T";
  in.consequence = "splice_acceptor_variant";
  CHECK(read_columns(in).value.consequence == Consequence::Splice);
  in.coding = "NM_004958.3:c.287-18868G>T";
  in.consequence = "intron_variant";
  CHECK(read_columns(in).value.consequence == Consequence::Noncoding);
  in.coding = "NM_004958.3:c.508+8A>G";
  in.consequence = "splice_region_variant,intron_variant";
  CHECK(read_columns(in).value.consequence == Consequence::Noncoding);
}

TEST_CASE("a finding may be a biomarker") {
  const auto tmb = read_finding("TMB 12.3 mut/Mb", small_gene_table());
  REQUIRE(tmb);
  CHECK(std::holds_alternative<Biomarker>(tmb->value));
  const auto braf = read_finding("BRAF V600E", small_gene_table());
  REQUIRE(braf);
  CHECK(std::get<Alteration>(braf->value).canonical == "BRAF V600E");
  CHECK_FALSE(read_finding("nothing at all", small_gene_table()));
}

TEST_CASE("equal findings have equal canonical texts") {
  const auto* in = GENERATE("EGFR E746_A750del", "EGFR p.Glu746_Ala750del", "EGFR p.(E746_A750del)",
                            "HER1 E746_A750del", "EGFR E746_A750delELREA", "EGFR NP_005219.2:p.Glu746_Ala750del",
                            "NM_005228.5:c.2235_2249del (p.Glu746_Ala750del)", "egfr e746_a750del");
  CAPTURE(in);
  const auto read = read_text(in);
  REQUIRE(read);
  CHECK(read->value.canonical == "EGFR E746_A750del");
}

}  // namespace
}  // namespace treff::nomenclature
