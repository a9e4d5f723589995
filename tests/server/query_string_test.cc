#include "server/query_string.h"

#include <catch2/catch.hpp>
#include <string>

using namespace treff;

namespace {

// "name=value;" for each, or the error's code name.
std::string shown_query(std::string_view raw) {
  const auto parsed = server::parse_query(raw, 3);
  if (!parsed) return std::string("!") + std::string(base::to_string(parsed.error().code));
  std::string text;
  for (const auto& [name, value] : *parsed) text += name + "=" + value + ";";
  return text;
}

std::string shown_path(std::string_view raw) {
  const auto path = server::decode_path(raw, 16);
  return path ? *path : std::string("!") + std::string(base::to_string(path.error().code));
}

}  // namespace

TEST_CASE("a query keeps what HGVS needs") {
  struct Row {
    const char* name;
    std::string in;
    std::string want;
  };
  const auto row = GENERATE(values<Row>({
      {"nothing", "", ""},
      {"equals at the end of a value", "v=p.Arg12=", "v=p.Arg12=;"},
      {"equals, escaped greater-than", "v=c.123A%3EG=x", "v=c.123A>G=x;"},
      {"a plus is a plus", "v=c.12+1G%3EA", "v=c.12+1G>A;"},
      {"an escaped plus is a plus", "v=c.12%2B1G>A", "v=c.12+1G>A;"},
      {"only %20 is a space", "q=a%20b+c", "q=a b+c;"},
      {"an escaped ampersand stays inside", "q=a%26b&x=1", "q=a&b;x=1;"},
      {"no equals", "facets", "facets=;"},
      {"empty pieces are skipped", "&&a=1&", "a=1;"},
      {"repeated names stay, in order", "a=2&a=1", "a=2;a=1;"},
      {"Norwegian", "q=pr%C3%B8ve", "q=prøve;"},
      {"escaped name", "%61=1", "a=1;"},
      {"cut escape", "v=%4", "!invalid_value"},
      {"lone percent", "v=50%", "!invalid_value"},
      {"not hexadecimal", "v=%GG", "!invalid_value"},
      {"sign in an escape", "v=%+1", "!invalid_value"},
      {"NUL", "v=a%00b", "!invalid_value"},
      {"line break", "v=a%0Ab", "!invalid_value"},
      {"invalid UTF-8", "v=%FF", "!invalid_value"},
      {"overlong UTF-8", "v=%C0%AF", "!invalid_value"},
      {"malformed name", "%=1", "!invalid_value"},
      {"one too many", "a&b&c&d", "!too_large"},
  }));
  INFO(row.name);
  CHECK(shown_query(row.in) == row.want);
}

TEST_CASE("a path is decoded once and cannot climb") {
  struct Row {
    const char* name;
    std::string in;
    std::string want;
  };
  const auto row = GENERATE(values<Row>({
      {"root", "/", "/"},
      {"segments", "/a/b", "/a/b"},
      {"trailing slash stays", "/a/", "/a/"},
      {"decoded", "/%61%2Bb+c", "/a+b+c"},
      {"decoded once", "/%2561", "/%61"},
      {"dots inside a name", "/a..b/.c", "/a..b/.c"},
      {"exactly the limit", "/123456789012345", "/123456789012345"},
      {"one above the limit", "/1234567890123456", "!too_large"},
      {"empty", "", "!invalid_value"},
      {"relative", "a", "!invalid_value"},
      {"empty segment", "/a//b", "!invalid_value"},
      {"host-like", "//evil", "!invalid_value"},
      {"dot", "/a/./b", "!invalid_value"},
      {"dot dot", "/a/../b", "!invalid_value"},
      {"encoded dot dot", "/%2e%2E/x", "!invalid_value"},
      {"half-encoded dot dot", "/.%2e", "!invalid_value"},
      {"encoded slash", "/a%2Fb", "!invalid_value"},
      {"backslash", "/a\\b", "!invalid_value"},
      {"encoded backslash", "/a%5Cb", "!invalid_value"},
      {"encoded NUL", "/a.txt%00.html", "!invalid_value"},
      {"encoded line break", "/a%0d%0ab", "!invalid_value"},
      {"cut escape", "/a%2", "!invalid_value"},
      {"invalid UTF-8", "/%ff", "!invalid_value"},
  }));
  INFO(row.name);
  CHECK(shown_path(row.in) == row.want);
}
