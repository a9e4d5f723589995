// The table of approved symbols: names join, ambiguities stay, curated genes are kept (N1, DESIGN section 4).
#include "tests/indexer/import_fixture.h"

namespace treff::indexer {
namespace {

using model::RecordKind;

const std::string kHeader = "entrez_id\tsymbol\tchromosome\tcytoband\ttype\tsynonyms\thgnc_id\tensembl_id\n";
const std::string kTable = kHeader +
                           "673\tBRAF\t7\t7q34\tprotein-coding\tBRAF1|BRAF-1|P16\tHGNC:1097\tENSG1\n"
                           "4233\tMET\t7\t7q31\tprotein-coding\tHGFR\tHGNC:7029\tENSG2\n"
                           "79811\tSLTM\t15\t15q22\tprotein-coding\tMET|SHARED\tHGNC:20709\tENSG3\n"
                           "1029\tCDKN2A\t9\t9p21\tprotein-coding\tP16INK4A|SHARED\tHGNC:1787\tENSG4\n"
                           "100\tNEWGENE1\t1\t1p1\tother\tOLDNAME\t\t\n";

// A curated CDKN2A with its everyday name, and its source.
const std::string kCurated =
    R"({"kind":"source","id":"own","citation":"ours","checked_on":"2026-01-01","confidence":"quoted"})"
    "\n"
    R"({"kind":"gene","id":"cdkn2a","symbol":"CDKN2A","hgnc_id":"HGNC:1787","synonyms":["P16"],"role":"suppressor","refseq":"NM_000077","ensembl":"ENST00000304494","sources":["own"],"checked_on":"2026-01-01","confidence":"quoted"})"
    "\n"
    R"({"kind":"gene","id":"park2","symbol":"PARK2","hgnc_id":"HGNC:8607","sources":["own"],"checked_on":"2026-01-01","confidence":"quoted"})"
    "\n";

struct Knows : ImportFixture {
  Knows() { REQUIRE(import("curated", {file("own.ndjson", kCurated)})); }
};

TEST_CASE("hgnc: every gene of the table is read, with source and origin") {
  ImportFixture kb;
  const auto done = kb.import("hgnc", {kb.file("genes.txt", kTable)});
  if (!done) FAIL(to_text(done.error().front()));
  CHECK(done->added == 6);  // five genes and the source
  const auto braf = kb.get<model::Gene>(RecordKind::Gene, "hgnc-1097");
  CHECK(braf.symbol == "BRAF");
  CHECK(braf.hgnc_id == "HGNC:1097");
  CHECK(braf.synonyms == std::vector<std::string>{"BRAF1", "BRAF-1", "P16"});
  CHECK(braf.origin == "hgnc");
  CHECK(braf.sources == std::vector<std::string>{"hgnc-gene-table"});
  CHECK(kb.has(RecordKind::Gene, "ncbi-100"));
  CHECK(kb.has(RecordKind::Source, "hgnc-gene-table"));
}

TEST_CASE("hgnc: the same file again changes nothing, on another day too") {
  ImportFixture kb;
  const std::string file = kb.file("genes.txt", kTable);
  const auto first = kb.import("hgnc", {file});
  REQUIRE(first);
  const auto again = kb.import("hgnc", {file}, "2027-03-01");
  REQUIRE(again);
  CHECK_FALSE(again->changed);
  CHECK(again->revision == first->revision);
  CHECK(again->same == 6);
  CHECK(kb.store().head() == 1);
}

TEST_CASE("N1 hgnc: symbol beats alias, shared aliases stay ambiguous, both are reported") {
  ImportFixture kb;
  const auto done = kb.import("hgnc", {kb.file("genes.txt", kTable)});
  REQUIRE(done);
  CHECK(notes(*done, "1 aliases are another gene's symbol; the symbol wins: MET"));
  CHECK(notes(*done, "1 aliases belong to several genes; they stay ambiguous: SHARED"));
  const auto words = kb.words();
  REQUIRE(words.genes.find("met"));
  CHECK(words.genes.find("met")->gene->symbol == "MET");
  REQUIRE(words.genes.find("HGFR"));
  CHECK(words.genes.find("HGFR")->gene->symbol == "MET");
  const auto shared = words.genes.find("SHARED");
  REQUIRE_FALSE(shared);
  CHECK(shared.error().code == ErrorCode::AmbiguousName);
  CHECK(shared.error().hint == "one of CDKN2A, SLTM");
}

TEST_CASE("N1 hgnc: a curated gene is kept, the table's names join it") {
  Knows kb;
  const auto done = kb.import("hgnc", {kb.file("genes.txt", kTable)});
  if (!done) FAIL(to_text(done.error().front()));
  const auto own = kb.get<model::Gene>(RecordKind::Gene, "cdkn2a");
  CHECK(own.origin.empty());
  CHECK(own.synonyms == std::vector<std::string>{"P16"});
  const auto words = kb.words();
  const auto joined = words.genes.find("P16INK4A");
  REQUIRE(joined);
  CHECK(joined->gene->symbol == "CDKN2A");
  CHECK(joined->gene->role == nomenclature::GeneRole::Suppressor);
  // The public table gives P16 to another gene; our own everyday name wins.
  const auto everyday = words.genes.find("p16");
  REQUIRE(everyday);
  CHECK(everyday->gene->symbol == "CDKN2A");
  int with_symbol = 0;
  for (const auto& gene : words.genes.genes()) with_symbol += gene.symbol == "CDKN2A" ? 1 : 0;
  CHECK(with_symbol == 1);
}

TEST_CASE("N1 hgnc: an approved symbol newer than the curated one leads to the curated gene and is reported") {
  Knows kb;
  const auto done = kb.import("hgnc", {kb.file("genes.txt", kHeader + "5071\tPRKN\t6\t6q26\tprotein-coding\tPARK2\t"
                                                                      "HGNC:8607\tENSG5\n")});
  if (!done) FAIL(to_text(done.error().front()));
  CHECK(notes(*done, "curated as PARK2, the approved symbol is PRKN: gene/park2"));
  CHECK(notes(*done, "the curated gene is not in the table: gene/cdkn2a"));
  const auto words = kb.words();
  REQUIRE(words.genes.find("PRKN"));
  CHECK(words.genes.find("PRKN")->gene->symbol == "PARK2");
  CHECK(words.genes.find("PARK2")->gene->symbol == "PARK2");
}

TEST_CASE("hgnc: a gene that the next table no longer holds is retired, a curated one never") {
  Knows kb;
  REQUIRE(kb.import("hgnc", {kb.file("genes.txt", kTable)}));
  const auto next = kb.import("hgnc", {kb.file("next.txt", kHeader + "673\tBRAF\t7\t7q34\tprotein-coding\tBRAF1|BRAF-1"
                                                                     "|P16\tHGNC:1097\tENSG1\n")});
  if (!next) FAIL(to_text(next.error().front()));
  CHECK(next->retired == 4);
  CHECK_FALSE(kb.has(RecordKind::Gene, "hgnc-7029"));
  CHECK(kb.has(RecordKind::Gene, "cdkn2a"));
  CHECK(kb.has(RecordKind::Gene, "hgnc-1097"));
}

TEST_CASE("N6 hgnc: transcript tables join Ensembl names to the reference transcript") {
  Knows kb;
  const std::string transcripts = kb.file("mane.txt",
                                          "#enst_id\tgene_name\trefseq_id\n"
                                          "ENST00000304494\tCDKN2A\tNM_000077.5\n"
                                          "ENST00000999999\tCDKN2A\tNM_000077.4\n"
                                          "ENST00000646891\tBRAF\tNM_004333.6\n"
                                          "ENST00000288602\tBRAF\tNM_004333.4\n");
  const auto done = kb.import("hgnc", {kb.file("genes.txt", kTable), transcripts});
  if (!done) FAIL(to_text(done.error().front()));
  const auto braf = kb.get<model::Gene>(RecordKind::Gene, "hgnc-1097");
  CHECK(braf.refseq == "NM_004333");
  CHECK(braf.ensembl == "ENST00000646891");
  REQUIRE(braf.other_numberings.size() == 1);
  CHECK(braf.other_numberings[0].ensembl == "ENST00000288602");
  const auto words = kb.words();
  const auto* own = words.genes.by_symbol("CDKN2A");
  REQUIRE(own != nullptr);
  CHECK(own->refseq == "NM_000077");
  bool joined = false;
  for (const auto& isoform : own->isoforms) joined = joined || isoform.ensembl == "ENST00000999999";
  CHECK(joined);
}

TEST_CASE("hgnc: every bad line is named by file and line, and nothing is written") {
  ImportFixture kb;
  const auto done = kb.import("hgnc", {kb.file("bad.txt", kHeader + "1\tGOOD1\t1\t1\tx\t\tHGNC:1\t\n"
                                                                    "2\tBAD SYMBOL\t1\t1\tx\t\tHGNC:2\t\n"
                                                                    "3\tgood1\t1\t1\tx\t\tHGNC:3\t\n"
                                                                    "\tNOID\t1\t1\tx\t\t\t\n"
                                                                    "4\tLONG\t1\t1\tx\t\tHGNC:4\t\textra\n")});
  REQUIRE_FALSE(done);
  CHECK(names(done.error(), "bad.txt:6"));
  const auto fewer = kb.import("hgnc", {kb.file("bad2.txt", kHeader + "1\tGOOD1\t1\t1\tx\t\tHGNC:1\t\n"
                                                                      "2\tBAD SYMBOL\t1\t1\tx\t\tHGNC:2\t\n"
                                                                      "3\tgood1\t1\t1\tx\t\tHGNC:3\t\n"
                                                                      "\tNOID\t1\t1\tx\t\t\t\n")});
  REQUIRE_FALSE(fewer);
  CHECK(fewer.error().size() == 3);
  CHECK(names(fewer.error(), "bad2.txt:3"));
  CHECK(names(fewer.error(), "bad2.txt:4"));
  CHECK(names(fewer.error(), "bad2.txt:5"));
  CHECK_FALSE(kb.import("hgnc", {kb.file("empty.txt", "")}));
  CHECK_FALSE(kb.import("hgnc", {kb.file("other.txt", "a\tb\n1\t2\n")}));
  CHECK_FALSE(kb.import("hgnc", {kb.file("latin.txt", kHeader + "1\tA\xE5\t1\t1\tx\t\tHGNC:1\t\n")}));
  CHECK_FALSE(kb.import("hgnc", {"/nowhere/genes.txt"}));
  CHECK(kb.store().head() == 0);
}

TEST_CASE("a curated file may not alter the record of an importer") {
  ImportFixture kb;
  REQUIRE(kb.import("hgnc", {kb.file("genes.txt", kTable)}));
  const auto done = kb.import(
      "curated",
      {kb.file(
          "own.json",
          R"({"kind":"gene","id":"hgnc-1097","symbol":"BRAF","role":"oncogene","sources":["hgnc-gene-table"],"checked_on":"2026-01-01","confidence":"inferred"})")});
  REQUIRE_FALSE(done);
  CHECK(names(done.error(), "belongs to the importer 'hgnc'"));
  CHECK(kb.store().head() == 1);
}

}  // namespace
}  // namespace treff::indexer
