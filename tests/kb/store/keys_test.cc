#include "kb/store/keys.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>

namespace treff::store {
namespace {

using model::RecordKey;
using model::RecordKind;
using namespace std::string_literals;

TEST_CASE("a version key is tag, kind, id and the inverted revision") {
  CHECK(version_key({RecordKind::Cohort, "a-1"}, 2) == "rcohort\0a-1\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFD"s);
  CHECK(log_key(258) == "l\0\0\0\0\0\0\x01\x02"s);
  CHECK(operations_key("ab") == "oab");
}

TEST_CASE("keys sort by kind name, id, newest revision first") {
  const std::vector<std::string> in_order = {
      version_key({RecordKind::Cohort, "a"}, std::numeric_limits<Revision>::max()),
      version_key({RecordKind::Cohort, "a"}, 256),
      version_key({RecordKind::Cohort, "a"}, 255),
      version_key({RecordKind::Cohort, "a"}, 1),
      behind_record({RecordKind::Cohort, "a"}),
      version_key({RecordKind::Cohort, "a-b"}, 9),
      version_key({RecordKind::Cohort, "a.b"}, 9),
      version_key({RecordKind::Cohort, "a0"}, 9),
      version_key({RecordKind::Gene, "a"}, 9),
      version_key({RecordKind::GeneFamily, "a"}, 9),
  };
  CHECK(std::ranges::is_sorted(in_order));
}

TEST_CASE("version keys are read back, for every kind") {
  for (const model::RecordKindRow& row : model::kRecordKinds) {
    INFO(row.name);
    const VersionKey key{{row.kind, "nct04817956"}, 77};
    CHECK(parse_version_key(version_key(key.key, key.revision)) == key);
  }
  CHECK(parse_log_key(log_key(77)) == Revision{77});
}

TEST_CASE("anything but a whole key is no key") {
  const std::string good = version_key({RecordKind::Cohort, "a"}, 1);
  struct Row {
    const char* name;
    std::string bytes;
  };
  const std::vector<Row> rows = {
      {"empty", ""},
      {"tag only", "r"},
      {"another tag", "x" + good.substr(1)},
      {"unknown kind", "rbasket\0a\0"s + std::string(8, '\xFE')},
      {"no id", "rcohort\0\0"s + std::string(8, '\xFE')},
      {"id in upper case", "rcohort\0A\0"s + std::string(8, '\xFE')},
      {"revision cut off", good.substr(0, good.size() - 1)},
      {"one byte too many", good + "x"},
      {"revision 0", version_key({RecordKind::Cohort, "a"}, 0)},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK_FALSE(parse_version_key(row.bytes));
  }
  CHECK_FALSE(parse_log_key("l"));
  CHECK_FALSE(parse_log_key(log_key(0)));
  CHECK_FALSE(parse_log_key(log_key(1) + "x"));
  CHECK_FALSE(parse_log_key("x" + log_key(1).substr(1)));
}

}  // namespace
}  // namespace treff::store
