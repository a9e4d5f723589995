// Damage to the write-ahead log: what opens, what is refused, and that a refusal leaves everything as it was.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/kb/store/store_fixture.h"

namespace treff::store {
namespace {

// The write-ahead log that holds the revisions: the largest .log file.
std::filesystem::path log_file(const std::filesystem::path& kb) {
  std::filesystem::path largest;
  for (const auto& entry : std::filesystem::directory_iterator(kb / "records")) {
    if (entry.path().extension() != ".log") continue;
    if (largest.empty() || entry.file_size() > std::filesystem::file_size(largest)) largest = entry.path();
  }
  REQUIRE_FALSE(largest.empty());
  return largest;
}

// Four revisions, closed; answers HEAD's text after each of them (and before the first).
std::vector<std::string> four_revisions(const std::filesystem::path& kb) {
  const auto store = create_store(kb);
  std::vector<std::string> heads = {read_file(kb / "HEAD")};
  for (int n = 1; n <= 4; ++n) {
    publish(*store, {put("a", "{\"n\":" + std::to_string(n) + "}"), put("r" + std::to_string(n), "{}")});
    heads.push_back(read_file(kb / "HEAD"));
  }
  return heads;
}

void cut_tail(std::string& log) { log.resize(log.size() - 7); }
void flip_last(std::string& log) { log[log.size() - 3] ^= 1; }
void flip_middle(std::string& log) { log[log.size() / 2] ^= 1; }
void empty_all(std::string& log) { log.clear(); }

struct Damage {
  const char* name;
  void (*harm)(std::string& log);
  std::size_t head_says;  // which HEAD text stands beside the damaged log
  std::optional<Revision> opens_at;
  const char* missing;  // the beginning of the refusal
};

const std::vector<Damage> kDamages = {
    {"torn tail, HEAD before it", cut_tail, 3, 3, ""},
    {"torn tail, HEAD names it", cut_tail, 4, std::nullopt,
     "revision 4 is missing: HEAD names revision 4, the database can be read up to revision 3"},
    {"last record altered, HEAD before it", flip_last, 3, 3, ""},
    {"last record altered, HEAD names it", flip_last, 4, std::nullopt, "revision 4 is missing"},
    {"damage in the middle", flip_middle, 4, std::nullopt, "revisions 3 to 4 are missing"},
    {"log emptied", empty_all, 4, std::nullopt, ""},
};

TEST_CASE("a damaged log opens exactly when nothing that HEAD promises is lost") {
  for (const Damage& damage : kDamages) {
    for (const OpenMode mode : {OpenMode::ReadOnly, OpenMode::ReadWrite}) {
      INFO(damage.name << (mode == OpenMode::ReadOnly ? ", reading" : ", writing"));
      const FreshFolder folder;
      const auto heads = four_revisions(folder.kb());
      std::string log = read_file(log_file(folder.kb()));
      damage.harm(log);
      write_file(log_file(folder.kb()), log);
      write_file(folder.kb() / "HEAD", heads[damage.head_says]);
      if (!damage.opens_at) {
        const Error error = refusal(folder.kb(), mode);
        CHECK(error.code == ErrorCode::StoreDamaged);
        CHECK(error.message.starts_with(damage.missing));
        continue;
      }
      const auto store = open_store(folder.kb(), mode);
      CHECK(store->head() == *damage.opens_at);
      REQUIRE(store->opening_issues().size() == 1);
      CHECK(store->opening_issues()[0].id == "log_tail_torn");
      CHECK(read(*store, "a", 3) == "{\"n\":3}");
      CHECK(read(*store, "r4", 3) == std::nullopt);
      CHECK(problems_of(verified(*store)).empty());
    }
  }
}

TEST_CASE("after a torn tail was cut off, writing and the next opening are as usual") {
  const FreshFolder folder;
  const auto heads = four_revisions(folder.kb());
  std::string log = read_file(log_file(folder.kb()));
  cut_tail(log);
  write_file(log_file(folder.kb()), log);
  write_file(folder.kb() / "HEAD", heads[3]);
  CHECK(publish(*open_store(folder.kb()), {put("a", "{\"n\":\"new\"}")}) == 4);
  const auto store = open_store(folder.kb());
  CHECK(store->opening_issues().empty());
  CHECK(read(*store, "a", 4) == "{\"n\":\"new\"}");
  CHECK(verified(*store).is_sound());
}

TEST_CASE("a refused opening destroys nothing: with the bytes back, everything is back") {
  const FreshFolder folder;
  four_revisions(folder.kb());
  const std::filesystem::path path = log_file(folder.kb());
  const std::string whole = read_file(path);
  std::string log = whole;
  flip_middle(log);
  write_file(path, log);
  for (int attempt = 0; attempt < 2; ++attempt) CHECK(refusal(folder.kb()).code == ErrorCode::StoreDamaged);
  CHECK(read_file(path) == log);
  write_file(path, whole);
  const auto store = open_store(folder.kb());
  CHECK(store->head() == 4);
  CHECK(verified(*store).is_sound());
}

TEST_CASE("a log file that is gone is told by HEAD alone") {
  const FreshFolder folder;
  four_revisions(folder.kb());
  std::filesystem::remove(log_file(folder.kb()));
  const Error error = refusal(folder.kb());
  CHECK(error.code == ErrorCode::StoreDamaged);
}

TEST_CASE("an operator may decide to live with the loss, by writing the readable revision into HEAD") {
  const FreshFolder folder;
  four_revisions(folder.kb());
  std::string log = read_file(log_file(folder.kb()));
  cut_tail(log);
  write_file(log_file(folder.kb()), log);
  const Error error = refusal(folder.kb());
  CHECK(error.hint ==
        "restore a backup; to go on without what is missing, keep a copy of the directory and write 3 into HEAD");
  write_file(folder.kb() / "HEAD", "3\n");
  const auto store = open_store(folder.kb());
  CHECK(store->head() == 3);
  CHECK(verified(*store).is_sound());
}

}  // namespace
}  // namespace treff::store
