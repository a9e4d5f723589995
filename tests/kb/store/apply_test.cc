// The one write path: what it writes into the log, what it refuses, and that a refusal changes nothing.
#include <catch2/catch.hpp>

#include "kb/base/hash.h"
#include "tests/kb/store/store_fixture.h"

namespace treff::store {
namespace {

using model::RecordKind;

TEST_CASE("a revision is logged with its operations, sorted, and linked to the one before") {
  const FreshFolder folder;
  const auto store = create_store(folder.kb());
  CHECK(store->head() == 0);
  const ChangeSet first{
      "curator",     "2026-11-22T10:00:00Z",
      "why\n\"so\"", "reviewer",
      "ctgov",       {{{RecordKind::Trial, "t"}, "{\"t\":1}"}, put("z", "{\"z\":1}"), put("a", "{\"a\":1}")}};
  CHECK(required(store->apply(first, 0)) == 1);
  CHECK(publish(*store, {put("a", "{\"a\":2}"), retire("z")}) == 2);
  CHECK(store->head() == 2);

  const auto h = [](const char* text) { return base::sha256_hex(text); };
  CHECK(required(store->operations(1)) == std::vector<Operation>{{cohort("a"), "", h("{\"a\":1}")},
                                                                 {cohort("z"), "", h("{\"z\":1}")},
                                                                 {{RecordKind::Trial, "t"}, "", h("{\"t\":1}")}});
  CHECK(required(store->operations(2)) ==
        std::vector<Operation>{{cohort("a"), h("{\"a\":1}"), h("{\"a\":2}")}, {cohort("z"), h("{\"z\":1}"), ""}});
  const LogEntry one = required(store->log_entry(1));
  CHECK(one.revision == 1);
  CHECK(one.who == "curator");
  CHECK(one.published_at == "2026-11-22T10:00:00Z");
  CHECK(one.why == "why\n\"so\"");
  CHECK(one.reviewed_by == "reviewer");
  CHECK(one.origin == "ctgov");
  CHECK(one.operation_count == 3);
  CHECK(one.previous_hash.empty());
  CHECK(required(store->log_entry(2)).previous_hash == one.hash);
  CHECK(required(store->log(1, 2)) == std::vector<LogEntry>{one, required(store->log_entry(2))});
  CHECK(required(store->log(3, 2)).empty());
}

TEST_CASE("revisions outside the log are errors") {
  const FreshFolder folder;
  const auto store = create_store(folder.kb());
  publish(*store, {put("a", "{}")});
  CHECK(store->log_entry(0).error().code == ErrorCode::UnknownRevision);
  CHECK(store->log_entry(2).error().code == ErrorCode::UnknownRevision);
  CHECK(store->operations(2).error().code == ErrorCode::UnknownRevision);
  CHECK(store->log(0, 1).error().code == ErrorCode::UnknownRevision);
  CHECK(store->log(1, 2).error().code == ErrorCode::UnknownRevision);
  CHECK(store->log(9, 1).error().code == ErrorCode::InvalidValue);
}

TEST_CASE("the same change sets give the same chain in another place") {
  const FreshFolder here, there;
  const auto store = create_store(here.kb());
  const auto copy = create_store(there.kb());
  const std::vector<std::vector<Change>> sets = {{put("a", "{\"n\":1}"), put("b", "{}")}, {retire("b")}};
  for (const auto& set : sets) {
    publish(*store, set);
    publish(*copy, {set.rbegin(), set.rend()});  // the order of the changes carries no meaning
  }
  CHECK(required(store->log(1, 2)) == required(copy->log(1, 2)));
}

TEST_CASE("changes that alter nothing are dropped; a set of only those is Unchanged") {
  const FreshFolder folder;
  const auto store = create_store(folder.kb());
  publish(*store, {put("a", "{\"n\":1}"), put("b", "{\"n\":1}")});
  for (const auto& set : std::vector<std::vector<Change>>{
           {}, {put("a", "{\"n\":1}")}, {retire("never")}, {put("b", "{\"n\":1}"), retire("never")}}) {
    const auto result = store->apply(changes(set), 1);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().code == ErrorCode::Unchanged);
    CHECK(store->head() == 1);
  }
  publish(*store, {put("a", "{\"n\":1}"), put("b", "{\"n\":2}"), retire("never")});
  CHECK(required(store->operations(2)).size() == 1);
  CHECK(required(store->history(cohort("a"))).size() == 1);
}

TEST_CASE("a change made for an older head is refused, with what happened since") {
  const FreshFolder folder;
  const auto store = create_store(folder.kb());
  publish(*store, {put("a", "{\"n\":1}"), put("b", "{\"n\":1}"), put("c", "{\"n\":1}")});
  publish(*store, {put("a", "{\"n\":2}")});
  publish(*store, {retire("b")});
  struct Row {
    const char* name;
    Revision expected_head;
    std::vector<Change> set;
    ErrorCode code;
    std::string message;
  };
  std::vector<Change> many;
  for (int i = 0; i < 12; ++i) many.push_back(put("m" + std::to_string(10 + i), "{}"));
  publish(*store, many);
  const std::vector<Row> rows = {
      {"no overlap",
       3,
       {put("c", "{\"n\":9}")},
       ErrorCode::RevisionConflict,
       "the change was made for revision 3, but revision 4 has been published since; none of these records was "
       "changed there"},
      {"overlap",
       1,
       {put("c", "{\"n\":9}"), put("b", "{}"), put("a", "{\"n\":9}")},
       ErrorCode::RevisionConflict,
       "the change was made for revision 1, but revisions 2 to 4 have been published since; changed there too: "
       "cohort/a, cohort/b"},
      {"many", 3, many, ErrorCode::RevisionConflict,
       "the change was made for revision 3, but revision 4 has been published since; changed there too: cohort/m10, "
       "cohort/m11, cohort/m12, cohort/m13, cohort/m14, cohort/m15, cohort/m16, cohort/m17, cohort/m18, cohort/m19 "
       "and 2 more"},
      {"a head that never was",
       5,
       {put("c", "{}")},
       ErrorCode::UnknownRevision,
       "there is no such revision, the newest is 4"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const auto result = store->apply(changes(row.set), row.expected_head);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().code == row.code);
    CHECK(result.error().message == row.message);
    CHECK(store->head() == 4);
  }
  CHECK(read(*store, "c", 4) == "{\"n\":1}");
  CHECK(verified(*store).is_sound());
}

TEST_CASE("a change set that cannot be kept is refused whole, and the offending piece is named") {
  const FreshFolder folder;
  const auto store = create_store(folder.kb());
  struct Row {
    const char* name;
    ChangeSet set;
    ErrorCode code;
    std::string where;
  };
  std::vector<Row> rows = {
      {"nobody", changes({put("a", "{}")}), ErrorCode::MissingKey, "who"},
      {"no time", changes({put("a", "{}")}), ErrorCode::InvalidDate, "published_at"},
      {"impossible day", changes({put("a", "{}")}), ErrorCode::InvalidDate, "published_at"},
      {"reason too long", changes({put("a", "{}")}), ErrorCode::TooLarge, "why"},
      {"reason not UTF-8", changes({put("a", "{}")}), ErrorCode::UnreadableText, "why"},
      {"id is no slug", changes({put("fine", "{}"), put("A b", "{}")}), ErrorCode::InvalidValue, "cohort/A b"},
      {"id too long", changes({retire(std::string(81, 'a'))}), ErrorCode::InvalidValue,
       "cohort/" + std::string(81, 'a')},
      {"empty record", changes({put("a", "")}), ErrorCode::InvalidValue, "cohort/a"},
      {"record too large", changes({put("a", std::string(kMaxRecordBytes + 1, 'x'))}), ErrorCode::TooLarge, "cohort/a"},
      {"the same record twice", changes({put("b", "{}"), put("a", "{}"), retire("a")}), ErrorCode::DuplicateId,
       "cohort/a"},
  };
  rows[0].set.who.clear();
  rows[1].set.published_at.clear();
  rows[2].set.published_at = "2026-02-30T10:00:00Z";
  rows[3].set.why = std::string(kMaxTextBytes + 1, 'w');
  rows[4].set.why = "ab\xFF";
  for (const Row& row : rows) {
    INFO(row.name);
    const auto result = store->apply(row.set, 0);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().code == row.code);
    CHECK(result.error().where == row.where);
    CHECK(store->head() == 0);
  }
  CHECK(publish(*store, {put("a", std::string(kMaxRecordBytes, 'x'))}) == 1);
  CHECK(verified(*store).versions == 1);
}

}  // namespace
}  // namespace treff::store
