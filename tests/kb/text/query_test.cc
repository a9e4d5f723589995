#include "kb/text/query.h"

#include <catch2/catch.hpp>
#include <random>

namespace treff::text {
namespace {

// The tree in words: t(word), p"words", f:field(...), and(...), AND(...), or(...), not(...).
std::string tree(const Query& query) {
  std::string parts;
  for (const Query& part : query.parts) parts += (parts.empty() ? "" : " ") + tree(part);
  switch (query.kind) {
    case QueryKind::Term: return query.text;
    case QueryKind::Phrase: return "'" + query.text + "'";
    case QueryKind::Field: return query.field + "=" + parts;
    case QueryKind::And: return (query.written ? "AND(" : "and(") + parts + ")";
    case QueryKind::Or: return "or(" + parts + ")";
    case QueryKind::Not: return "not(" + parts + ")";
  }
  return "?";
}

TEST_CASE("query text becomes a tree and prints back") {
  struct Row {
    std::string in, want, printed;
  };
  const std::vector<Row> rows = {
      {"", "and()", ""},
      {"   ", "and()", ""},
      {"melanom", "melanom", "melanom"},
      {"BRAF V600E lung", "and(BRAF V600E lung)", "BRAF V600E lung"},
      {"\"lung  cancer,\"", "'lung cancer'", "\"lung cancer\""},
      {"a AND b", "AND(a b)", "a AND b"},
      {"a AND b c", "AND(a b c)", "a AND b AND c"},
      {"a OR b c", "or(a and(b c))", "a OR (b c)"},
      {"a NOT b", "and(a not(b))", "a NOT b"},
      {"NOT (a OR b)", "not(or(a b))", "NOT (a OR b)"},
      {"(a b) c", "and(and(a b) c)", "(a b) c"},
      {"cats and dogs Or not", "and(cats and dogs Or not)", "cats and dogs Or not"},
      {"OR", "or", "or"},
      {"NOT", "not", "not"},
      {"drug:olaparib", "drug=olaparib", "drug:olaparib"},
      {"Drug:Olaparib", "drug=Olaparib", "drug:Olaparib"},
      {"drug:\"T-DM1 x\"", "drug='T-DM1 x'", "drug:\"T-DM1 x\""},
      {"Drug: olaparib", "and(Drug olaparib)", "Drug olaparib"},
      {"kind:cohort status:open", "and(kind=cohort status=open)", "kind:cohort status:open"},
      {"NM_004333.6:c.1799T>A", "NM_004333.6:c.1799T>A", "NM_004333.6:c.1799T>A"},
      {"KIT:p.V559D", "KIT:p.V559D", "KIT:p.V559D"},
      {"EML4::ALK", "EML4::ALK", "EML4::ALK"},
      {"KRAS (G13D), BRAF (V600E)", "and(KRAS G13D BRAF V600E)", "KRAS G13D BRAF V600E"},
      {"p.(Val600Glu)", "p.Val600Glu", "p.Val600Glu"},
      {"R213* DPYD*2A", "and(R213* DPYD*2A)", "R213* DPYD*2A"},
      {"which drugs?", "and(which drugs)", "which drugs"},
      {"-x ~y +z", "and(x y z)", "x y z"},
      {"AND, b", "and(and b)", "and b"},
  };
  for (const Row& row : rows) {
    INFO(row.in);
    const Result<Query> query = parse_query(row.in);
    REQUIRE(query.has_value());
    CHECK(tree(*query) == row.want);
    CHECK(print(*query) == row.printed);
    const Result<Query> again = parse_query(print(*query));
    REQUIRE(again.has_value());
    CHECK(*again == *query);
  }
}

TEST_CASE("a malformed query says where and what to do") {
  struct Row {
    std::string name, in;
    ErrorCode code;
    std::size_t at;
  };
  const std::vector<Row> rows = {
      {"nothing left of OR", "OR lung", ErrorCode::UnreadableText, 0},
      {"nothing right of AND", "lung AND", ErrorCode::UnreadableText, 5},
      {"two operators", "a AND OR b", ErrorCode::UnreadableText, 6},
      {"NOT at the end", "a NOT", ErrorCode::UnreadableText, 2},
      {"open quote", "x \"lung cancer", ErrorCode::UnreadableText, 2},
      {"empty quotes", "x \"\"", ErrorCode::UnreadableText, 2},
      {"open bracket", "a (b c", ErrorCode::UnreadableText, 2},
      {"closing bracket", "a) b", ErrorCode::UnreadableText, 1},
      {"empty bracket", "a ()", ErrorCode::UnreadableText, 3},
      {"wildcard", "lung mel*", ErrorCode::UnreadableText, 5},
      {"only a star", "*", ErrorCode::UnreadableText, 0},
      {"star in a list", "B2,mel*", ErrorCode::UnreadableText, 3},
      {"no word", " !!!", ErrorCode::UnreadableText, 0},
      {"mistyped field", "a durg:olaparib", ErrorCode::UnknownName, 2},
      {"no such kind", "kind:cohrt", ErrorCode::UnknownName, 5},
      {"no such status", "x status:opened", ErrorCode::UnknownName, 9},
      {"invalid UTF-8", "a \xFF", ErrorCode::UnreadableText, 2},
      {"too long", std::string(kMaxQueryBytes + 1, 'a'), ErrorCode::TooLarge, kMaxQueryBytes},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const Result<Query> query = parse_query(row.in);
    REQUIRE_FALSE(query.has_value());
    CHECK(query.error().code == row.code);
    CHECK(query.error().at_byte == row.at);
    CHECK_FALSE(query.error().hint.empty());
  }
}

TEST_CASE("hostile queries are bounded") {
  std::string many;
  for (int i = 0; i < 10000; ++i) many += "w" + std::to_string(i) + " ";
  CHECK(parse_query(many).error().code == ErrorCode::TooLarge);
  CHECK(parse_query(std::string(95000, 'x')).error().code == ErrorCode::TooLarge);

  std::string words;
  for (std::size_t i = 0; i < kMaxQueryTerms; ++i) words += "a ";
  CHECK(parse_query(words).has_value());
  const Result<Query> one_more = parse_query(words + "b");
  REQUIRE_FALSE(one_more.has_value());
  CHECK(one_more.error().code == ErrorCode::TooLarge);
  CHECK(one_more.error().at_byte == words.size());
  CHECK(parse_query("a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a").error().code ==
        ErrorCode::TooLarge);

  CHECK(parse_query(std::string(200, '(') + "a" + std::string(200, ')')).error().code == ErrorCode::TooDeep);
  std::string nots;
  for (int i = 0; i < 100; ++i) nots += "NOT ";
  CHECK(parse_query(nots + "a").error().code == ErrorCode::TooDeep);
}

TEST_CASE("whatever parses prints as a text that reads back the same") {
  const std::vector<std::string> pieces = {
      "AND",          "OR",  "NOT", "(",     ")",   "\"",   " ",  "a",        "drug:",      "kind:", "cohort",
      "V600",         "*",   ",",   "p.",    "-",   ":",    "(V", ".",        "HER2+",      "=",     "é",
      "\xE2\x80\x93", "1,2", ">",   "name:", "x:y", "AND,", "+",  "\xC2\xAB", "status:open"};
  std::mt19937 random(7);
  std::uniform_int_distribution<std::size_t> pick(0, pieces.size() - 1);
  std::uniform_int_distribution<int> length(1, 12);
  int parsed = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (int i = length(random); i > 0; --i) text += pieces[pick(random)];
    const Result<Query> query = parse_query(text);
    if (!query) {
      REQUIRE(query.error().at_byte.has_value());
      REQUIRE(*query.error().at_byte <= text.size());
      continue;
    }
    ++parsed;
    const std::string printed = print(*query);
    const Result<Query> again = parse_query(printed);
    INFO(text << " -> " << printed);
    REQUIRE(again.has_value());
    REQUIRE(*again == *query);
  }
  CHECK(parsed > 1000);
}

}  // namespace
}  // namespace treff::text
