// Making a knowledge base with the program: what is shipped goes in, once.
#include <catch2/catch.hpp>

#include "tests/program/knowledge.h"

namespace treff::program {
namespace {

using support::contains;
using support::Done;

TEST_CASE("the shipped records make a knowledge base, and a second import changes nothing") {
  const EmptyBase base;
  const std::string first = base.out_of(seed_import());
  CHECK(contains(first, "revision 1: "));
  CHECK(contains(first, " 0 changed, 0 the same"));
  CHECK(contains(base.out_of({"index"}), "text index of revision 1: "));

  const std::string log = base.out_of({"log"});
  const Done second = base.run(seed_import());
  CHECK(second.status == 0);
  CHECK(contains(second.out, "revision 1: "));
  CHECK(contains(second.out, " 0 added, 0 changed"));
  CHECK(contains(second.out, "nothing to change"));
  CHECK(base.out_of({"log"}) == log);
  CHECK(contains(base.out_of({"verify"}), "sound"));
  CHECK(contains(base.out_of({"search", "melanom", "--format", "json"}), "\"hits\":[{"));
}

TEST_CASE("a dry run checks everything and writes nothing") {
  const EmptyBase base;
  const std::string file = support::write_file(base.folder() / "a.json", small_source("a", "one"));
  const std::string said = base.out_of({"import", "curated", file, "--dry-run"});
  CHECK(contains(said, "1 added"));
  CHECK(contains(said, "nothing written"));
  CHECK(base.out_of({"log"}).empty());
  CHECK(contains(base.out_of({"import", "curated", file}), "revision 1: "));
}

TEST_CASE("who, why and what changed stand in the log") {
  const EmptyBase base;
  const auto import = [&](const std::string& name, const std::string& bytes, const std::string& why) {
    base.out_of(
        {"import", "curated", support::write_file(base.folder() / name, bytes), "--by", "reader", "--reason", why});
  };
  import("a.json", small_source("a", "one"), "first");
  import("b.ndjson", small_source("a", "two") + small_source("b", "one"), "second");
  const std::string log = base.out_of({"log"});
  CHECK(contains(log, "\treader\t2 records\tcurated\tsecond\t"));
  CHECK(log.find("2\t") == 0);
  CHECK(base.out_of({"diff", "1", "2"}) == "changed\tsource\ta\nadded\tsource\tb\n");
  CHECK(contains(base.out_of({"show", "source", "a"}), "\"citation\":\"two\""));
  CHECK(contains(base.out_of({"show", "source", "a", "--as-of", "1"}), "\"citation\":\"one\""));
}

}  // namespace
}  // namespace treff::program
