// A disk that fails in the middle of the write-ahead log, played by a limit on the size of files.
#include <signal.h>
#include <sys/resource.h>

#include <catch2/catch.hpp>

#include "tests/kb/store/store_fixture.h"

namespace treff::store {
namespace {

// While it lives, no file of this process grows beyond `bytes`; writing further fails.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(::signal(SIGXFSZ, SIG_IGN)) {
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before_) == 0);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  sighandler_t handler_;
};

ChangeSet large(char letter) { return changes({put("b", std::string(300'000, letter))}); }

TEST_CASE("a failed write leaves the last revision, and the next change repairs and is written") {
  for (const bool fresh : {false, true}) {
    INFO((fresh ? "just opened" : "after other writes"));
    const FreshFolder folder;
    publish(*create_store(folder.kb()), {put("a", "{}")});
    auto store = open_store(folder.kb());
    if (!fresh) publish(*store, {put("a", "{\"n\":2}")});
    const Revision head = store->head();
    for (int attempt = 0; attempt < 3; ++attempt) {
      const FileSizeLimit limit(100'000);
      const auto refused = store->apply(large('x'), head);
      REQUIRE_FALSE(refused.has_value());
      CHECK(refused.error().code == ErrorCode::IoFailure);
      CHECK(store->head() == head);
      CHECK(read(*store, "a", head).has_value());
      CHECK(read(*store, "b", head) == std::nullopt);
    }
    CHECK(required(store->apply(large('y'), head)) == head + 1);
    CHECK(read(*store, "b", head + 1)->front() == 'y');
    CHECK(problems_of(verified(*store)).empty());
    store.reset();
    store = open_store(folder.kb());
    CHECK(store->head() == head + 1);
    CHECK(problems_of(verified(*store)).empty());
  }
}

TEST_CASE("a repair waits for running reads, in words") {
  const FreshFolder folder;
  const auto store = create_store(folder.kb());
  publish(*store, {put("a", "{}")});
  {
    const FileSizeLimit limit(100'000);
    REQUIRE_FALSE(store->apply(large('x'), 1).has_value());
  }
  std::optional<ErrorCode> code;
  REQUIRE(store
              ->scan(std::nullopt, 1,
                     [&](const auto&, std::string_view, Revision) {
                       code = store->apply(large('x'), 1).error().code;
                       return true;
                     })
              .has_value());
  CHECK(code == ErrorCode::Busy);
  CHECK(store->apply(large('x'), 1) == Revision{2});
}

TEST_CASE("while the database cannot be opened for writing, reads go on") {
  const FreshFolder folder;
  const auto store = create_store(folder.kb());
  publish(*store, {put("a", "{}")});
  {
    const FileSizeLimit limit(100'000);
    REQUIRE_FALSE(store->apply(large('x'), 1).has_value());
  }
  const std::filesystem::path lock = folder.kb() / "records" / "LOCK";
  std::filesystem::remove(lock);
  std::filesystem::create_directory(lock);
  for (int attempt = 0; attempt < 2; ++attempt) {
    const auto refused = store->apply(large('x'), 1);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::IoFailure);
  }
  CHECK(read(*store, "a", 1) == "{}");
  CHECK(problems_of(verified(*store)).empty());
  std::filesystem::remove(lock);
  CHECK(publish(*store, {put("b", "{}")}) == 2);
}

}  // namespace
}  // namespace treff::store
