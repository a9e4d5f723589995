// Knowledge bases for the program's tests: the shipped records, or a few small ones where only the store matters.
#pragma once

#include <string>

#include "tests/support/program.h"

namespace treff::program {

inline std::string source_path(const std::string& name) { return std::string(TREFF_SOURCE_DIR) + "/" + name; }

// Invented sources are the smallest records there are: they refer to nothing but themselves.
inline std::string small_source(const std::string& id, const std::string& citation) {
  return R"({"kind":"source","id":")" + id + R"(","names":{"en":"EXAMPLE )" + id + R"("},"citation":")" + citation +
         R"(","source_type":"invented","checked_on":"2026-11-22","confidence":"example"})" + "\n";
}

inline support::Words seed_import() {
  return {"import", "curated", source_path("kb/seed/reference"), source_path("kb/seed/norway"),
          source_path("kb/seed/example")};
}

class EmptyBase : public support::KnowledgeBase {
 public:
  EmptyBase() : support::KnowledgeBase(TREFF_PROGRAM) { out_of({"init", "--name", "test"}); }
};

// Everything that is shipped, as revision 1, with its text index.
class SeedBase : public EmptyBase {
 public:
  SeedBase() {
    out_of(seed_import());
    out_of({"index"});
  }

  // One more revision: a cohort's name, or a source if it is only to be another revision.
  void publish(const std::string& name, const std::string& lines) {
    out_of({"import", "curated", support::write_file(folder() / name, lines), "--by", "curator"});
  }
};

}  // namespace treff::program
