#include "kb/text/words.h"

#include <catch2/catch.hpp>

#include "kb/base/text.h"

namespace treff::text {
namespace {

std::string shown(const std::vector<Token>& tokens) {
  std::string out;
  for (const Token& token : tokens) {
    out += (out.empty() ? "" : " ") + token.whole + "[";
    for (std::size_t i = 0; i < token.words.size(); ++i) out += (i == 0 ? "" : " ") + token.words[i].text;
    out += "]";
  }
  return out;
}

TEST_CASE("text falls into tokens and words") {
  struct Row {
    std::string name, in, want;
  };
  const std::vector<Row> rows = {
      {"plain words", "Lung cancer, stage", "lung[lung] cancer[cancer] stage[stage]"},
      {"nothing", " ,.;()-- ", ""},
      {"norwegian letters", "BRYSTKREFT Ø Æ blæreKREFT", "brystkreft[brystkreft] ø[ø] æ[æ] blærekreft[blærekreft]"},
      {"coding change", "c.1799T>A", "c.1799t>a[c 1799t a]"},
      {"fusion", "EML4-ALK.", "eml4-alk[eml4 alk]"},
      {"typographic dash",
       "EML4\xE2\x80\x93"
       "ALK",
       "eml4-alk[eml4 alk]"},
      {"predicted change", "p.(Val600Glu)", "p.val600glu[p val600glu]"},
      {"bracket after a word", "BRAF(V600E)", "braf[braf] v600e[v600e]"},
      {"closing marks that matter", "HER2+ R213* p.V600= end-", "her2+[her2] r213*[r213] p.v600=[p v600] end[end]"},
      {"decimal comma", "12,3 mut/Mb", "12.3[12 3] mut/mb[mut mb]"},
      {"list without spaces", "KRAS,NRAS", "kras[kras] nras[nras]"},
      {"quotes", "\"T-DM1\" \xC2\xABord\xC2\xBB", "t-dm1[t dm1] ord[ord]"},
      {"no-break space",
       "exon\xC2\xA0"
       "19",
       "exon[exon] 19[19]"},
      {"invalid bytes do no harm", "a\xFF\xFE b", "a\xFF\xFE[a\xFF\xFE] b[b]"},
      {"cut off at the end", "x \xE2\x80", "x[x]"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK(shown(tokens_of(row.in)) == row.want);
  }
}

TEST_CASE("positions count words over the whole text, places count bytes") {
  const auto words = words_of("small-cell  Lunge");
  REQUIRE(words.size() == 3);
  CHECK(words[2].position == 3);
  CHECK(words[2].begin == 12);
  CHECK(words[2].end == 17);
}

TEST_CASE("symbols and words with digits are exact") {
  const std::vector<std::pair<std::string, bool>> rows = {{"MET", true},   {"met", false},   {"Met", false},
                                                          {"V600E", true}, {"exon19", true}, {"CARCINOMAS", false},
                                                          {"A", false}};
  for (const auto& [text, want] : rows) {
    INFO(text);
    CHECK(words_of(text).at(0).exact == want);
  }
}

TEST_CASE("words over the bound are left out") {
  CHECK(tokens_of(std::string(kMaxWordBytes + 1, 'a')).empty());
  CHECK(tokens_of(std::string(kMaxWordBytes, 'a')).size() == 1);
}

TEST_CASE("spellings of one thing share a normal form") {
  struct Row {
    std::string in, want;
  };
  const std::vector<Row> rows = {
      {"p.val600glu", "v600e"},
      {"val600glu", "v600e"},
      {"p.v600e", "v600e"},
      {"braf:p.val600glu", "p.val600glu v600e"},
      {"nm_004333.6:c.1799t>a", "c.1799t>a"},
      {"p.arg213ter", "r213*"},
      {"p.glu746_ala750del", "e746_a750del"},
      {"p.asn141lysfster9", "n141kfs*9"},
      {"eml4::alk", "eml4-alk"},
      {"eml4/alk", "eml4-alk"},
      {"pd-l1", "pdl1"},
      {"her-2", "her2"},
      {"v600e", ""},
      {"melanoma", ""},
      {"non-small-cell", ""},
      {"meta", ""},
  };
  for (const Row& row : rows) {
    INFO(row.in);
    CHECK(base::join(normal_forms(row.in), " ") == row.want);
  }
}

TEST_CASE("variants are told from other tokens") {
  for (const std::string token : {"v600e", "p.v600e", "c.1799t>a", "nm_004333.6:c.1799t>a", "r213*", "e746_a750del"}) {
    INFO(token);
    CHECK(is_variant_like(token));
  }
  for (const std::string token : {"braf", "eml4-alk", "her2", "pd-l1", "exon19", "h1", "v600", "12.3"}) {
    INFO(token);
    CHECK_FALSE(is_variant_like(token));
  }
}

}  // namespace
}  // namespace treff::text
