// Publishing while people read, and an index that can always be made again.
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "tests/program/knowledge.h"
#include "tests/program/running_service.h"

namespace treff::program {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using support::contains;

const std::string kMatch = "/api/v1/match?today=2026-11-22&include=closed,near_miss,possible";
const std::string kMelanoma = R"({"diagnosis":{"oncotree":"MEL"},"alterations":[{"text":"BRAF V600E"}]})";
const std::vector<std::string> kCohorts = {"example-braf-v600-melanoma", "example-braf-v600-biliary",
                                           "example-braf-v600-thyroid", "example-braf-v600-glioma"};

std::string example_trial(const std::string& word, int number) {
  const std::string id = "example-" + word + "-" + std::to_string(number);
  return R"({"kind":"trial","id":")" + id + R"(","names":{"en":"EXAMPLE )" + word + " trial " + std::to_string(number) +
         R"("},"summary":"EXAMPLE study of melanoma, glioma or lung cancer with BRAF )" + std::to_string(number % 7) +
         R"(","sources":["example-source"],"checked_on":"2026-11-22","confidence":"quoted"})" + "\n";
}

// The shipped records and some hundred trials, indexed, with a curator's token.
class LargerBase : public EmptyBase {
 public:
  LargerBase() {
    std::string trials;
    for (int i = 0; i < 300; ++i) trials += example_trial("wombat", i);
    support::Words words = seed_import();
    words.push_back(support::write_file(folder() / "trials.ndjson", trials));
    out_of(words);
    out_of({"index"});
    token_ = out_of({"token", "add", "curator-1"});
    token_.pop_back();
  }
  std::string curator_headers(const std::string& revision) const {
    return "Authorization: Bearer " + token_ + "\r\nIf-Match: \"" + revision + "\"\r\n";
  }

 private:
  std::string token_;
};

// One kept connection.
class Reader {
 public:
  explicit Reader(std::uint16_t port) : client_(port) {}
  std::optional<server::RawResponse> ask(const std::string& method, const std::string& target, const std::string& body,
                                         const std::string& headers = {}) {
    std::string request = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers;
    if (method == "POST") {
      request += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    }
    return client_.ask(request + "\r\n" + body);
  }

 private:
  server::RawClient client_;
};

int revision_of(const server::RawResponse& response) {
  const auto found = response.headers.find("treff-revision");
  return found == response.headers.end() ? -1 : std::atoi(found->second.c_str());
}

// Asks one thing after another until told to stop; what went wrong is kept as text, for tests assert on one thread.
class Readers {
 public:
  explicit Readers(std::uint16_t port) {
    const std::vector<std::array<std::string, 3>> questions = {
        {"POST", kMatch, kMelanoma},
        {"POST", "/api/v1/search", R"({"q":"wombat melanoma","facets":["kind"]})"},
        {"POST", "/api/v1/search", R"({"case":)" + kMelanoma + "}"},
        {"GET", "/api/v1/suggest?q=exa", ""},
        {"GET", "/api/v1/records/cohort/" + kCohorts[0], ""}};
    for (std::size_t first = 0; first < 3; ++first) {
      threads_.emplace_back([this, port, questions, first] {
        Reader reader(port);
        for (std::size_t i = first; !stop_ && answered_ < 2500; ++i) {
          const auto& [method, target, body] = questions[i % questions.size()];
          const int least = acknowledged;
          const auto response = reader.ask(method, target, body);
          if (!response || response->status != 200 || !response->complete || revision_of(*response) < least) {
            const std::lock_guard lock(mutex_);
            failures_.push_back(target + " after revision " + std::to_string(least) + ": " +
                                (response ? response->bytes.substr(0, 300) : "no answer"));
            return;
          }
          ++answered_;
        }
      });
    }
  }
  ~Readers() { stop(); }
  std::vector<std::string> stop() {
    stop_ = true;
    for (std::thread& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
    return failures_;
  }
  int answered() const { return answered_; }

  std::atomic<int> acknowledged = 0;

 private:
  std::atomic<bool> stop_ = false;
  std::atomic<int> answered_ = 0;
  std::mutex mutex_;
  std::vector<std::string> failures_;
  std::vector<std::thread> threads_;
};

int slots_left(const std::string& answer, const std::string& cohort) {
  const json parsed = json::parse(answer);
  for (const json& option : parsed["options"]) {
    if (option["id"] == cohort && option.contains("slots")) return option["slots"]["left"].get<int>();
  }
  return -1;
}

// A change of slots, or every fourth time new records beside it.
server::RawResponse publish(Reader& curator, const LargerBase& base, int number, int head) {
  const std::string& cohort = kCohorts[static_cast<std::size_t>(number) % kCohorts.size()];
  const std::string headers = base.curator_headers(std::to_string(head));
  const json slots = {{"cap", 1000},
                      {"left", number},
                      {"sources", {"example-source"}},
                      {"as_of", "2026-11-22"},
                      {"confidence", "example"}};
  if (number % 4 != 3) {
    const json figures = {{"as_of", "2026-11-22"},  {"started", 8},   {"evaluable", 6},
                          {"effects", 3},           {"slots", slots}, {"sources", {"example-source"}},
                          {"confidence", "example"}};
    return *curator.ask("POST", "/api/v1/cohorts/" + cohort + "/enrolment", figures.dump(), headers);
  }
  json record = json::parse(curator.ask("GET", "/api/v1/records/cohort/" + cohort, {})->body);
  record["slots"] = slots;
  std::string lines = record.dump() + "\n";
  for (int i = 0; i < 20; ++i) lines += example_trial("quokka" + std::to_string(number), i);
  return *curator.ask("POST", "/api/v1/import?reason=test", lines, headers);
}

TEST_CASE("publications go on while people read: nothing fails, and who wrote reads what was written") {
  const LargerBase base;
  RunningService service(base);
  Reader curator(service.port());
  Readers readers(service.port());
  int head = 1;
  for (int number = 0; number < 20; ++number) {
    INFO("publication " << number);
    const server::RawResponse done = publish(curator, base, number, head);
    INFO(done.body);
    REQUIRE(done.status == 200);
    CHECK(json::parse(done.body)["revision"] == head + 1);
    head = json::parse(done.body)["revision"];
    readers.acknowledged = head;
    const auto answer = curator.ask("POST", kMatch, kMelanoma);
    REQUIRE(answer.has_value());
    CHECK(revision_of(*answer) >= head);
    CHECK(slots_left(answer->body, kCohorts[static_cast<std::size_t>(number) % kCohorts.size()]) == number);
    const auto found = curator.ask("POST", "/api/v1/search",
                                   R"({"q":"quokka)" + std::to_string(number - number % 4 - 1) + R"(","limit":5})");
    REQUIRE(found.has_value());
    CHECK(json::parse(found->body)["revision"] >= head);
    CHECK(json::parse(found->body)["total"] == (number < 4 ? 0 : 20));
  }
  const std::vector<std::string> failures = readers.stop();
  CHECK(failures == std::vector<std::string>());
  CHECK(readers.answered() > 20);
  CHECK(service.stop() == 0);
  CHECK_FALSE(contains(service.messages(), "built anew"));
  CHECK(contains(base.out_of({"verify"}), "sound"));
  // Deltas that were replaced do not pile up: those in force, and a few that were still being read.
  std::size_t segments = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(base.kb()) / "text"))
    segments += entry.is_directory() ? 1 : 0;
  CHECK(segments <= 6);
}

// Everything that people and pipelines are told, without what names the revision of an answer.
std::string everything_told(const support::KnowledgeBase& base) {
  std::string told;
  for (const char* name :
       {"case.json", "case-short.json", "case-rna.json", "case-biomarkers.json", "case-no-findings.json"}) {
    told += base.out_of({"match", "--format", "json", "--today", "2026-11-22", "--text-hits", "10",
                         source_path(std::string("schemas/examples/") + name)});
  }
  std::istringstream golden(support::read_file(source_path("tests/golden/search/queries.ndjson")));
  std::string queries;
  int count = 0;
  for (std::string line; std::getline(golden, line) && count < 30; ++count) {
    const json query = json::parse(line).at("q");
    queries += json({{"id", query}, {"q", query}}).dump() + "\n";
  }
  queries += R"({"id":"wombat","q":"wombat melanoma"})"
             "\n"
             R"({"id":"quokka","q":"quokka3 OR wombat"})"
             "\n";
  queries += R"({"id":"case","case":)" + kMelanoma + "}\n";
  REQUIRE(count == 30);
  const std::string file = support::write_file(base.folder() / "queries.ndjson", queries);
  told += base.out_of({"search", "--queries", file, "--limit", "50"});
  told += base.out_of({"search", "--queries", file, "--limit", "500", "--format", "trec"});
  return told;
}

std::string suggested(const RunningService& service) {
  std::string told;
  for (const char* typed : {"e", "exa", "mel", "bra", "vem", "quo", "wombat%20trial", "lung"}) {
    told += service.ask("GET", std::string("/api/v1/suggest?q=") + typed).body;
  }
  return told;
}

void flip_middle(const fs::path& path) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(0, std::ios::end);
  const std::streamoff middle = file.tellg() / 2;
  file.seekg(middle);
  const int byte = file.get();
  file.seekp(middle);
  file.put(static_cast<char>(byte ^ 0x20));
}

TEST_CASE("an index that grew, one built anew, and one that was harmed and noticed tell the same to the byte") {
  const LargerBase base;
  std::string grown_suggestions;
  {
    RunningService service(base);
    Reader curator(service.port());
    for (int number = 0; number < 13; ++number) {
      INFO("publication " << number);
      REQUIRE(publish(curator, base, number, number + 1).status == 200);
    }
    grown_suggestions = suggested(service);
    CHECK(service.stop() == 0);
  }
  const fs::path text = fs::path(base.kb()) / "text";
  const std::string grown = everything_told(base);
  CHECK(contains(grown, "quokka3"));
  INFO(grown_suggestions);
  CHECK(contains(grown_suggestions, "quokka11"));

  fs::remove_all(text);
  base.out_of({"index"});
  CHECK(everything_told(base) == grown);

  struct Harm {
    std::string name;
    std::function<void()> harm;
  };
  const auto segment = [&] {
    std::string name = support::read_file(text / "CURRENT");
    return text / name.substr(0, name.find('\n'));
  };
  const std::vector<Harm> harms = {{"no index", [&] { fs::remove_all(text); }},
                                   {"a byte of the postings", [&] { flip_middle(segment() / "postlist.glass"); }},
                                   {"documents cut short", [&] { fs::resize_file(segment() / "docdata.glass", 4096); }},
                                   {"no stamp", [&] { fs::remove(segment() / "STAMP"); }},
                                   {"empty CURRENT", [&] { fs::resize_file(text / "CURRENT", 0); }}};
  for (const Harm& harm : harms) {
    INFO(harm.name);
    harm.harm();
    RunningService service(base);
    CHECK(service.ask("GET", "/readyz").status == 200);
    CHECK(suggested(service) == grown_suggestions);
    CHECK(service.stop() == 0);
    CHECK(contains(service.messages(), "the text index is rebuilt"));
    CHECK(everything_told(base) == grown);
  }
}

}  // namespace
}  // namespace treff::program
