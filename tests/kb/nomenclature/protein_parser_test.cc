#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "kb/base/enum_names.h"
#include "kb/nomenclature/hgvs.h"

namespace treff::nomenclature {
namespace {

struct Row {
  const char* name;
  const char* in;
  const char* want;  // one-letter name, consequence, start-end
};

std::string summary(const Result<ProteinName>& read) {
  if (!read) return "error at " + std::to_string(read.error().at_byte.value_or(9999)) + ": " + read.error().message;
  const auto& change = read->change;
  return to_one_letter(change) + " " + std::string(base::name_of(read->consequence)) + " " +
         std::to_string(change.start) + "-" + std::to_string(change.end);
}

TEST_CASE("strict protein names (N2)") {
  const auto row = GENERATE(values<Row>({
      {"substitution", "V600E", "V600E missense 600-600"},
      {"with p.", "p.V600E", "V600E missense 600-600"},
      {"three letters", "p.Val600Glu", "V600E missense 600-600"},
      {"predicted", "p.(Val600Glu)", "V600E missense 600-600"},
      {"accession", "NP_004324.2:p.Val600Glu", "V600E missense 600-600"},
      {"accession with gene", "NP_004324.2(BRAF):p.Val600Glu", "V600E missense 600-600"},
      {"whole name in parentheses", "(p.Tyr365*)", "Y365* nonsense 365-365"},
      {"parentheses alone", "(V7del)", "V7del inframe_deletion 7-7"},
      {"spaces around", "  p.Trp24Cys ", "W24C missense 24-24"},
      {"lower case", "v600e", "V600E missense 600-600"},
      {"lower case frameshift", "r97pfs*23", "R97Pfs*23 frameshift 97-97"},
      {"selenocysteine", "p.Sec25Cys", "U25C missense 25-25"},
      {"stop *", "p.W24*", "W24* nonsense 24-24"},
      {"stop Ter", "p.Trp24Ter", "W24* nonsense 24-24"},
      {"synonymous", "p.(Leu54=)", "L54= synonymous 54-54"},
      {"synonymous by repetition", "S667S", "S667= synonymous 667-667"},
      {"whole protein unchanged", "p.(=)", "= synonymous 0-0"},
      {"panel file with coding part", "NM_004958.3:c.2997C>T(p.(Asn999=))", "N999= synonymous 999-999"},
      {"deletion of one", "p.Lys23del", "K23del inframe_deletion 23-23"},
      {"deletion of several", "p.Glu746_Ala750del", "E746_A750del inframe_deletion 746-750"},
      {"insertion", "p.His4_Gln5insAla", "H4_Q5insA inframe_insertion 4-5"},
      {"insertion with stop", "p.(Met3_His4insGlyTer)", "M3_H4insG* nonsense 3-4"},
      {"unknown insert", "p.(Ser332_Ser333insX)", "S332_S333insX inframe_insertion 332-333"},
      {"counted insert", "p.(Val582_Asn583ins(5))", "V582_N583ins5 inframe_insertion 582-583"},
      {"delins that shortens", "p.Leu747_Thr751delinsPro", "L747_T751delinsP inframe_deletion 747-751"},
      {"delins that lengthens", "p.Cys28delinsTrpVal", "C28delinsWV inframe_insertion 28-28"},
      {"delins of the same length", "M227_F228delinsSI", "M227_F228delinsSI missense 227-228"},
      {"delins with stop", "p.(Pro578_Lys579delinsLeuTer)", "P578_K579delinsL* nonsense 578-579"},
      {"duplication", "p.Tyr772_Ala775dup", "Y772_A775dup inframe_insertion 772-775"},
      {"frameshift short", "p.Arg97fs", "R97fs frameshift 97-97"},
      {"frameshift long", "p.Arg97ProfsTer23", "R97Pfs*23 frameshift 97-97"},
      {"frameshift mixed", "p.R97Pfs*23", "R97Pfs*23 frameshift 97-97"},
      {"frameshift without distance", "p.Arg97Profs*?", "R97Pfs frameshift 97-97"},
      {"frameshift at the stop", "Ter1069MetfsTer4", "*1069Mfs*4 extension 1069-1069"},
      {"extension", "p.Ter110GlnextTer17", "*110Qext*17 extension 110-110"},
      {"extension written out", "p.*315TyrextAsnLysGlyThr*", "*315YNKGText*5 extension 315-315"},
      {"extension unknown", "p.*327Argext*?", "*327Rext*? extension 327-327"},
      {"stop lost as substitution", "p.Ter400Leu", "*400Lext*? extension 400-400"},
      {"new start before the old one", "p.Met1ext-5", "M1ext-5 inframe_insertion 1-1"},
      {"start lost", "p.Met1?", "M1? start_lost 1-1"},
      {"first residue exchanged", "M1V", "M1V start_lost 1-1"},
      {"no protein", "p.0", "0 start_lost 0-0"},
      {"unknown effect", "p.?", "? unknown 0-0"},
      {"repeat", "p.Ala2[10]", "A2[10] unknown 2-2"},
      {"mosaic", "p.Val7=/del", "V7del inframe_deletion 7-7"},
  }));
  CAPTURE(row.name, row.in);
  CHECK(summary(parse_protein(row.in)) == row.want);
}

TEST_CASE("lenient oncology names (N3)") {
  const auto row = GENERATE(values<Row>({
      {"bare codon", "V600", "V600 unknown 600-600"},
      {"two residues at once", "VK600EI", "V600_K601delinsEI missense 600-601"},
      {"two residues, three letters", "p.TrpVal24CysArg", "W24_V25delinsCR missense 24-25"},
      {"two residues with both numbers", "GL606-607GR", "G606_L607delinsGR missense 606-607"},
      {"two residues unchanged", "GL606-607GL", "G606_L607= synonymous 606-607"},
      {"one residue becomes two", "I744KI", "I744delinsKI inframe_insertion 744-744"},
      {"deleted residues written out", "L747_T751delLREAT", "L747_T751del inframe_deletion 747-751"},
      {"one deleted residue written out", "G12delG", "G12del inframe_deletion 12-12"},
      {"old delins", "E746_A750delELREAinsQ", "E746_A750delinsQ inframe_deletion 746-750"},
      {"counted insert", "R78_G79ins23", "R78_G79ins23 inframe_insertion 78-79"},
      {"counted delins", "599delins2", "599delins2 inframe_insertion 599-599"},
      {"numbers only", "38_40del", "38_40del inframe_deletion 38-40"},
      {"splice site", "X1010_splice", "X1010_splice splice 1010-1010"},
      {"splice site without dash", "X1010splice", "X1010_splice splice 1010-1010"},
      {"splice site without X", "1429_splice", "X1429_splice splice 1429-1429"},
      {"splice range", "X405_A500splice", "X405_500_splice splice 405-500"},
  }));
  CAPTURE(row.name, row.in);
  CHECK(summary(parse_protein(row.in)) == row.want);
}

TEST_CASE("INS, DEL, DUP, TER and SPLICE in capitals are the words behind one residue or a range (N3)") {
  const auto row = GENERATE(values<Row>({
      {"range deleted", "E746_A750DEL", "E746_A750del inframe_deletion 746-750"},
      {"residue deleted", "V559DEL", "V559del inframe_deletion 559-559"},
      {"deleted residues written out", "L747_T751DELLREAT", "L747_T751del inframe_deletion 747-751"},
      {"range doubled", "A767_V769DUP", "A767_V769dup inframe_insertion 767-769"},
      {"residue doubled", "G778DUP", "G778dup inframe_insertion 778-778"},
      {"inserted", "D770_N771INSSVD", "D770_N771insSVD inframe_insertion 770-771"},
      {"exchanged", "L747_P753DELINSS", "L747_P753delinsS inframe_deletion 747-753"},
      {"stop", "R213TER", "R213* nonsense 213-213"},
      {"stop, three letters", "Arg213TER", "R213* nonsense 213-213"},
      {"splice site", "X1010_SPLICE", "X1010_splice splice 1010-1010"},
  }));
  CAPTURE(row.name, row.in);
  CHECK(summary(parse_protein(row.in)) == row.want);
}

TEST_CASE("an insertion in capitals without its second residue names what is missing (N8)") {
  for (const char* text : {"P780INS", "P780ins", "M774INSAYVM"}) {
    CAPTURE(text);
    const auto read = parse_protein(text);
    REQUIRE_FALSE(read);
    CHECK(read.error().message.find("only one is named") != std::string::npos);
  }
  // In a rule the residue in front is enough, as in A763insLQEA.
  CHECK(summary(parse_protein("M774INSAYVM", XMeans::AnyResidue)) == "M774_775insAYVM inframe_insertion 774-775");
  // Three residues for three, or the word: not told apart.
  CHECK_FALSE(parse_protein("KLP745DEL"));
  CHECK_FALSE(parse_protein("KLP745INS"));
}

TEST_CASE("X is a stop in a report and any residue in a rule (N4)") {
  struct XRow {
    const char* in;
    const char* report;
    const char* rule;
  };
  const auto row = GENERATE(values<XRow>({
      {"Q1294X", "Q1294* nonsense 1294-1294", "Q1294 unknown 1294-1294"},
      {"E709X", "E709* nonsense 709-709", "E709 unknown 709-709"},
      {"X1069fs", "*1069fs extension 1069-1069", "1069fs frameshift 1069-1069"},
      {"E57_G58delinsDX", "E57_G58delinsD* nonsense 57-58", "E57_G58delinsDX missense 57-58"},
      {"S332_S333insX", "S332_S333insX inframe_insertion 332-333", "S332_S333insX inframe_insertion 332-333"},
      {"R213*", "R213* nonsense 213-213", "R213* nonsense 213-213"},
  }));
  CAPTURE(row.in);
  CHECK(summary(parse_protein(row.in, XMeans::Stop)) == row.report);
  CHECK(summary(parse_protein(row.in, XMeans::AnyResidue)) == row.rule);
}

TEST_CASE("several changes in one name are all kept") {
  struct ListRow {
    const char* in;
    const char* first;
    std::size_t further;
    bool alternatives;
  };
  const auto row = GENERATE(values<ListRow>({
      {"p.[Ser44Arg;Trp46Arg]", "S44R", 1, false},
      {"p.[E746_R748del; A750P]", "E746_R748del", 1, false},
      {"NP_003997.1:p.[(Ser68Arg;Asn594del)]", "S68R", 1, false},
      {"NP_003997.1:p.[(Ser68Arg)];[(Ser68Arg)]", "S68R", 1, false},
      {"NP_003997.1:p.(Ser68Arg)(;)(Ser70Arg)", "S68R", 1, false},
      {"NP_003997.1:p.[(Ser68Arg)];[?]", "S68R", 0, false},
      {"NP_003997.1:p.(Gly56Ala^Ser^Cys)", "G56A", 2, true},
      {"NP_000079.2:p.(Gly56Ala^Ser67Arg)", "G56A", 1, true},
  }));
  CAPTURE(row.in);
  const auto read = parse_protein(row.in);
  REQUIRE(read);
  CHECK(to_one_letter(read->change) == row.first);
  CHECK(read->also.size() == row.further);
  CHECK(read->alternatives == row.alternatives);
}

TEST_CASE("what cannot be read is an error with its place (N8)") {
  struct ErrorRow {
    const char* in;
    std::size_t at;
  };
  const auto row = GENERATE(values<ErrorRow>({
      {"", 0},
      {"p.", 2},
      {"hello", 0},
      {"Tyr0Ter", 3},
      {"p.Val7deletion", 9},
      {"p.Leu862==", 9},
      {"p.Cys28_delinsTrp", 8},
      {"p.Cys28Lys29delinsTrp", 10},
      {"p._Lys29delinsTrp", 2},
      {"Glu776delinsVC", 12},
      {"p.Cys28delinsTrpValSup", 19},
      {"E746_A750", 9},
      {"E750_A746del", 9},
      {"L747_T751delLREA", 12},
      {"L747_T751delXREAT", 12},
      {"Lys23insAsp", 8},
      {"p.His4_Gln5ins", 14},
      {"p.EX17del", 2},
      {"E55Frameshift", 4},
      {"E55FS", 3},
      {"VAL600GLU", 6},
      {"NM_004985.4:c.437C>T", 12},
      {"NP_004324.2:c.Val600Glu", 12},
      {"p.(Val600Glu", 12},
      {"p.([Ser68Arg];[Ser68Arg])", 3},
      {"[p.Ser73Arg+p.Asn103del]", 1},
      {"p.123^124Ala", 5},
      {"V600E V600K", 5},
      {"A*600E", 0},
      {"GL606-609GL", 5},
      {"X106delX", 7},
      {"CA3fs", 3},
      {"LQV99999P", 8},
      {"V999999E", 1},
      {"V4294967296E", 0},
  }));
  CAPTURE(row.in);
  const auto read = parse_protein(row.in);
  REQUIRE_FALSE(read);
  CHECK(read.error().code == ErrorCode::UnreadableText);
  CHECK(read.error().at_byte.value_or(9999) == row.at);
  CHECK_FALSE(read.error().message.empty());
}

TEST_CASE("a very long name is refused, not read") {
  const auto read = parse_protein("p.V600_V601ins" + std::string(100'000, 'A'));
  REQUIRE_FALSE(read);
}

ProteinChange random_change(std::mt19937& random) {
  const std::string residues = "ACDEFGHIKLMNPQRSTVWYUO";
  const auto number = [&](int from, int to) { return std::uniform_int_distribution<int>(from, to)(random); };
  const auto residue = [&] { return std::string(1, residues[static_cast<std::size_t>(number(0, 21))]); };
  const auto several = [&](int most) {
    std::string out;
    for (int i = number(1, most); i > 0; --i) out += residue();
    return out;
  };
  ProteinChange out;
  out.start = number(2, 5000);
  out.end = out.start;
  out.ref_first = residue();
  constexpr std::array forms = {ProteinForm::Substitution, ProteinForm::Synonymous, ProteinForm::Nonsense,
                                ProteinForm::Deletion,     ProteinForm::Insertion,  ProteinForm::Delins,
                                ProteinForm::Duplication,  ProteinForm::Frameshift, ProteinForm::Extension,
                                ProteinForm::Repeat,       ProteinForm::AnyAtCodon};
  out.form = forms[static_cast<std::size_t>(number(0, 10))];
  const bool ranged =
      out.form == ProteinForm::Deletion || out.form == ProteinForm::Delins || out.form == ProteinForm::Duplication;
  if (ranged && number(0, 1) == 1) out.end += number(1, 40);
  if (out.form == ProteinForm::Insertion) out.end = out.start + 1;
  out.ref_last = out.end == out.start ? out.ref_first : residue();
  if (out.form == ProteinForm::Substitution) {
    do out.alt = residue();
    while (out.alt == out.ref_first);
  }
  if (out.form == ProteinForm::Nonsense) out.alt = "*";
  if (out.form == ProteinForm::Insertion || out.form == ProteinForm::Delins) {
    if (number(0, 3) == 0) {
      out.inserted_length = number(1, 60);
    } else {
      out.alt = several(8);
      if (out.form == ProteinForm::Delins && out.end == out.start)
        out.alt += residue();  // one for one has another form
    }
  }
  if (out.form == ProteinForm::Frameshift && number(0, 1) == 1) {
    out.alt = residue();
    out.stop_after = number(1, 90);
  }
  if (out.form == ProteinForm::Extension) {
    out.ref_first = out.ref_last = "*";
    out.alt = residue();
    out.stop_after = number(0, 90);
  }
  if (out.form == ProteinForm::Repeat) out.inserted_length = number(1, 40);
  const bool names_reference =
      out.form != ProteinForm::Insertion && out.form != ProteinForm::Duplication && out.form != ProteinForm::Repeat;
  if (names_reference && out.end == out.start) out.ref = out.ref_first;
  if (names_reference && out.end == out.start + 1) out.ref = out.ref_first + out.ref_last;
  return out;
}

TEST_CASE("printing and reading back gives the same change") {
  std::mt19937 random(20260101);
  for (int i = 0; i < 20'000; ++i) {
    const auto change = random_change(random);
    const auto one = to_one_letter(change);
    const auto three = to_three_letter(change);
    CAPTURE(one, three);
    const auto from_one = parse_protein(one);
    const auto from_three = parse_protein(three);
    REQUIRE(from_one);
    REQUIRE(from_three);
    REQUIRE(from_one->change == change);
    REQUIRE(from_three->change == change);
  }
}

}  // namespace
}  // namespace treff::nomenclature
