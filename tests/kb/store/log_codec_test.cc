#include "kb/store/log_codec.h"

#include <catch2/catch.hpp>

#include "kb/base/hash.h"

namespace treff::store {
namespace {

using model::RecordKind;

LogEntry entry_of(std::string why) {
  LogEntry entry{
      1, "curator", "2026-11-22T10:00:00Z", std::move(why), "reviewer", "curated", 1, base::sha256_hex("list"), "", {}};
  entry.hash = base::sha256_hex(canonical_text(entry));
  return entry;
}

TEST_CASE("a log entry is canonical JSON: sorted members, RFC 8785 escapes") {
  const std::string hash = base::sha256_hex("list");
  CHECK(canonical_text(entry_of("\"\\/\b\f\n\r\t\x01\x1F\x7F bl\xC3\xA6re \xE2\x80\xA8")) ==
        "{\"operation_count\":1,\"operations_hash\":\"" + hash +
            "\",\"origin\":\"curated\",\"previous_hash\":\"\",\"published_at\":\"2026-11-22T10:00:00Z\","
            "\"reviewed_by\":\"reviewer\",\"revision\":1,\"who\":\"curator\","
            "\"why\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7F bl\xC3\xA6re \xE2\x80\xA8\"}");
}

TEST_CASE("log entries are read back whole") {
  std::string all_controls;
  for (char c = 0; c < 0x20; ++c) all_controls += c;
  for (const std::string& why : {std::string(), std::string("plain"), all_controls, std::string("{\"\\u0000\":[]}")}) {
    INFO(why);
    const LogEntry entry = entry_of(why);
    const auto read = decode_log_value(encode_log_value(entry));
    REQUIRE(read.has_value());
    CHECK(*read == entry);
  }
}

// The hash before the text is made to fit, so that only the reader stands between damage and belief.
Result<LogEntry> decode_text(const std::string& text) { return decode_log_value(base::sha256_hex(text) + ' ' + text); }

TEST_CASE("a log entry that was not written by us is damage") {
  const std::string good = canonical_text(entry_of("w"));
  REQUIRE(decode_text(good).has_value());
  const auto with = [&good](const std::string& from, const std::string& to) {
    std::string text = good;
    REQUIRE(text.find(from) != std::string::npos);
    return text.replace(text.find(from), from.size(), to);
  };
  struct Row {
    const char* name;
    std::string text;
  };
  const std::vector<Row> rows = {
      {"empty", ""},
      {"cut off", good.substr(0, good.size() - 1)},
      {"something behind it", good + "\n"},
      {"white space", with(":1,", ": 1,")},
      {"unsorted members", with("\"origin\"", "\"zrigin\"")},
      {"number with a leading zero", with(":1,", ":01,")},
      {"number too large", with(":1,", ":1234567890123456,")},
      {"negative number", with(":1,", ":-1,")},
      {"raw control character", with("\"w\"", "\"\n\"")},
      {"long escape where a short one exists", with("\"w\"", "\"\\u000a\"")},
      {"escape that needs none", with("\"w\"", "\"\\/\"")},
      {"upper-case escape", with("\"w\"", "\"\\u001F\"")},
      {"escape cut off", with("\"w\"}", "\"\\u00")},
      {"hash of operations missing", with(base::sha256_hex("list"), "")},
      {"previous hash missing after the first", with("\"revision\":1", "\"revision\":2")},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const auto read = decode_text(row.text);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().code == ErrorCode::StoreDamaged);
  }
}

TEST_CASE("the value of a log entry begins with its own hash") {
  std::string value = encode_log_value(entry_of("w"));
  value[value.size() - 3] = 'x';
  CHECK(decode_log_value(value).error().message == "a log entry does not fit its own hash");
  CHECK_FALSE(decode_log_value("").has_value());
  CHECK_FALSE(decode_log_value(value.substr(0, 64)).has_value());
}

TEST_CASE("operation lists are canonical JSON and read back") {
  const std::string a = base::sha256_hex("a");
  const std::string b = base::sha256_hex("b");
  struct Row {
    std::vector<Operation> operations;
    std::string text;
  };
  const std::vector<Row> rows = {
      {{}, "[]"},
      {{{{RecordKind::Cohort, "x"}, "", a}},
       "[{\"after\":\"" + a + "\",\"before\":\"\",\"id\":\"x\",\"kind\":\"cohort\"}]"},
      {{{{RecordKind::Cohort, "x"}, a, b}, {{RecordKind::Trial, "y"}, b, ""}},
       "[{\"after\":\"" + b + "\",\"before\":\"" + a +
           "\",\"id\":\"x\",\"kind\":\"cohort\"},{\"after\":\"\",\"before\":\"" + b +
           "\",\"id\":\"y\",\"kind\":\"trial\"}]"},
  };
  for (const Row& row : rows) {
    CHECK(canonical_text(row.operations) == row.text);
    const auto read = parse_operations(row.text);
    REQUIRE(read.has_value());
    CHECK(*read == row.operations);
    for (std::size_t cut = 0; cut < row.text.size(); ++cut) {
      INFO(cut);
      CHECK_FALSE(parse_operations(std::string_view(row.text).substr(0, cut)).has_value());
    }
  }
  for (const char* bad : {"[{}]", "[,]", "[] ", "[{\"after\":\"\",\"before\":\"\",\"id\":\"x\",\"kind\":\"basket\"}]",
                          "[{\"after\":\"\",\"before\":\"\",\"id\":\"X\",\"kind\":\"cohort\"}]",
                          "[{\"after\":\"00\",\"before\":\"\",\"id\":\"x\",\"kind\":\"cohort\"}]"}) {
    INFO(bad);
    CHECK_FALSE(parse_operations(bad).has_value());
  }
}

}  // namespace
}  // namespace treff::store
