#include "kb/base/text.h"

#include <catch2/catch.hpp>

#include "kb/base/error.h"
#include "kb/base/hash.h"
#include "kb/base/verdict.h"

namespace treff::base {
namespace {

TEST_CASE("invalid UTF-8 is found at its first byte") {
  CHECK_FALSE(invalid_utf8_at("bl\xC3\xA6re"));
  CHECK(invalid_utf8_at("ab\xFF") == 2u);
  CHECK(invalid_utf8_at("\xC0\x80") == 0u);          // overlong
  CHECK(invalid_utf8_at("x\xED\xA0\x80") == 1u);     // surrogate
  CHECK(invalid_utf8_at("\xF4\x90\x80\x80") == 0u);  // beyond U+10FFFF
  CHECK(invalid_utf8_at("a\xE2\x82") == 1u);         // cut off
}

TEST_CASE("everyday names fold case, Norwegian letters and spaces") {
  CHECK(fold_name("  F\xC3\x98"
                  "FLEKK\xC3\x85 \t kreft ") ==
        "f\xC3\xB8"
        "flekk\xC3\xA5 kreft");
  CHECK(fold_name("\xC3\x97") == "\xC3\x97");  // the multiplication sign has no small letter
  CHECK(fold_name("a\xC2\xA0"
                  "b") == "a b");
}

TEST_CASE("numbers are read whole or not at all") {
  CHECK(parse_int("007") == 7);
  CHECK_FALSE(parse_int("-1"));
  CHECK_FALSE(parse_int("99999999999"));
  CHECK_FALSE(parse_int(""));
  CHECK(parse_decimal("12,5") == 12.5);
  CHECK(parse_decimal("12.5") == 12.5);
  for (const char* text : {"1,234.5", "1.2.3", "nan", "inf", "1e999", "", "-", ".", "5 "}) {
    INFO(text);
    CHECK_FALSE(parse_decimal(text));
  }
  CHECK(to_text(12.30) == "12.3");
}

TEST_CASE("slugs") {
  for (const char* good : {"a", "nct04817956", "braf-v600", "v1.2"}) CHECK(is_slug(good));
  for (const char* bad : {"", "A", "-a", "a-", "a--b", "a_b", "a b", "\xC3\xA6"}) CHECK_FALSE(is_slug(bad));
}

TEST_CASE("the nearest word is offered within two edits") {
  const std::vector<std::string> words = {"diagnosis", "alterations", "ecog"};
  CHECK(nearest("diagonsis", words) == "diagnosis");
  CHECK(nearest("alteration", words) == "alterations");
  CHECK_FALSE(nearest("biomarker", words));
}

TEST_CASE("SHA-256 equals the published example") {
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("the error table follows the order of its enumerators, with unique names") {
  const auto& table = error_table();
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < table.size(); ++i) {
    CHECK(static_cast<std::size_t>(table[i].code) == i);
    CHECK(std::find(names.begin(), names.end(), table[i].name) == names.end());
    names.push_back(table[i].name);
  }
  CHECK(table.back().code == ErrorCode::Internal);
}

TEST_CASE("M5 M6 three-valued logic") {
  constexpr Verdict kNo = Verdict::NotMet, kMaybe = Verdict::Unknown, kYes = Verdict::Met;
  CHECK(all_of(kYes, kMaybe) == kMaybe);
  CHECK(all_of(kNo, kMaybe) == kNo);
  CHECK(any_of(kNo, kMaybe) == kMaybe);
  CHECK(any_of(kYes, kMaybe) == kYes);
  CHECK(negate(kMaybe) == kMaybe);
  CHECK(negate(kYes) == kNo);
  CHECK(at_least(2, 2, 0) == kYes);
  CHECK(at_least(2, 1, 1) == kMaybe);
  CHECK(at_least(2, 1, 0) == kNo);
}

}  // namespace
}  // namespace treff::base
