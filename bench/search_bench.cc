// Text search at size: building, index size, memory, and the times of word queries, case queries and suggestions.
//
// usage: search_bench SEED_NDJSON... --trials FILE --cases FILE --sizes 1000,10000,100000 [--shards N]
// FILE of trials is NDJSON trial records; beyond their number they are taken again under other ids. FILE of cases is
// NDJSON of {"id","case"}. Words of queries and beginnings for suggestions are drawn from the titles, always the same.
// Build times are CPU seconds of this process (user and system) and wall time; queries are timed one after another on
// one thread, warm: every query is run once before.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "kb/answer/search_answer.h"
#include "kb/base/text.h"
#include "kb/model/codec.h"
#include "kb/text/index_writer.h"
#include "kb/text/words.h"
#include "kb/view/case_topic.h"
#include "kb/view/view.h"

namespace treff::bench {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kWordQueries = 400;
constexpr std::size_t kSuggestions = 400;

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

long peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

double since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

[[noreturn]] void stop(const Error& error) {
  std::cerr << base::to_text(error) << "\n";
  std::exit(1);
}

std::vector<model::Record> records_of(const std::vector<std::string>& files) {
  std::vector<model::Record> records;
  for (const std::string& file : files) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
      if (base::trim(line).empty()) continue;
      auto record = model::decode_record(line);
      if (!record) stop(record.error().front());
      records.push_back(std::move(*record));
    }
  }
  return records;
}

struct Times {
  double p50 = 0, p99 = 0, cpu_mean = 0;  // milliseconds
};

template <class Run>
Times measure(std::size_t count, const Run& run) {
  for (std::size_t i = 0; i < count; ++i) run(i);
  std::vector<double> times;
  const double cpu = cpu_seconds();
  for (std::size_t i = 0; i < count; ++i) {
    const auto start = Clock::now();
    run(i);
    times.push_back(since(start) * 1000);
  }
  std::sort(times.begin(), times.end());
  const auto at = [&](double share) { return times[static_cast<std::size_t>(share * static_cast<double>(count - 1))]; };
  return {at(0.5), at(0.99), (cpu_seconds() - cpu) * 1000 / static_cast<double>(count)};
}

// Two to four words of a title that are longer than three letters.
std::vector<std::string> word_queries(const std::vector<model::Record>& trials) {
  std::mt19937 random(7);
  std::vector<std::string> queries;
  while (queries.size() < kWordQueries) {
    const std::string& title = std::get<model::Trial>(trials[random() % trials.size()]).names.en;
    std::vector<std::string> words;
    for (const text::Word& word : text::words_of(title)) {
      if (word.text.size() > 3) words.push_back(word.text);
    }
    if (words.size() < 2) continue;
    std::shuffle(words.begin(), words.end(), random);
    words.resize(std::min<std::size_t>(words.size(), 2 + random() % 3));
    queries.push_back(base::join(words, " "));
  }
  return queries;
}

std::uint64_t bytes_in(const fs::path& folder) {
  std::uint64_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

struct World {
  std::shared_ptr<const match::Knowledge> knowledge;
  std::vector<model::Record> trials;
  std::vector<text::Topic> topics;
  unsigned shards = 2;
};

text::RecordStream stream(const World& world, std::size_t size) {
  return [&world, size, at = std::size_t{0}]() mutable -> Result<std::optional<model::Record>> {
    const auto& fixed = world.knowledge->records();
    if (at == size + fixed.size()) return std::optional<model::Record>();
    const std::size_t now = at++;
    if (now < fixed.size()) return std::optional<model::Record>(*fixed[now]);
    const std::size_t place = now - fixed.size();
    model::Record record = world.trials[place % world.trials.size()];
    if (place >= world.trials.size())
      std::get<model::Trial>(record).id += "-" + std::to_string(place / world.trials.size());
    return std::optional<model::Record>(std::move(record));
  };
}

void run_size(const World& world, std::size_t size) {
  const fs::path folder = fs::temp_directory_path() / ("treff-search-bench-" + std::to_string(::getpid()));
  const view::KnowledgeReferred referred(*world.knowledge);
  NoProgress quiet;
  const double cpu = cpu_seconds();
  const auto start = Clock::now();
  const auto built = text::build_index(folder, stream(world, size), referred, {1, world.shards, size}, quiet);
  if (!built) stop(built.error());
  std::printf("%zu trials: build %.1f CPU-s, %.1f s wall, %u threads, peak %ld MiB, index %.0f MiB\n", size,
              cpu_seconds() - cpu, since(start), world.shards, peak_mib(),
              static_cast<double>(bytes_in(folder)) / 1048576.0);
  auto synonyms = std::make_shared<text::KnowledgeSynonyms>();
  for (const match::SharedRecord& record : world.knowledge->records()) synonyms->add(*record);
  synonyms->link();
  const auto index = text::TextIndex::open(folder, synonyms);
  if (!index) stop(index.error());
  const auto show = [](const char* what, const Times& times) {
    std::printf("  %-12s p50 %.2f ms, p99 %.2f ms, CPU mean %.2f ms\n", what, times.p50, times.p99, times.cpu_mean);
    std::fflush(stdout);
  };
  text::SearchOptions options;
  options.time_limit_ms = 60000;
  const std::vector<std::string> queries = word_queries(world.trials);
  show("words", measure(queries.size(), [&](std::size_t i) {
         const auto query = text::parse_query(queries[i]);
         if (!query) stop(query.error());
         const auto found = (*index)->search(*query, options);
         if (!found) stop(found.error());
       }));
  options.kinds = {model::RecordKind::Trial};
  show("case", measure(world.topics.size(), [&](std::size_t i) {
         const auto found = (*index)->search(world.topics[i], options);
         if (!found) stop(found.error());
       }));
  show("suggest", measure(kSuggestions, [&](std::size_t i) {
         const auto found = (*index)->suggest(std::string_view(queries[i % queries.size()]).substr(0, 3 + i % 4), 10);
         if (!found) stop(found.error());
       }));
  std::error_code ignored;
  fs::remove_all(folder, ignored);
}

int run(const std::vector<std::string>& arguments) {
  World world;
  std::vector<std::string> seeds;
  std::string trials, cases, sizes = "1000,10000";
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto value = [&](const char* name, std::string& to) {
      if (arguments[i] != name || i + 1 == arguments.size()) return false;
      to = arguments[++i];
      return true;
    };
    std::string shards;
    if (value("--trials", trials) || value("--cases", cases) || value("--sizes", sizes)) continue;
    if (value("--shards", shards)) {
      world.shards = static_cast<unsigned>(std::stoul(shards));
    } else {
      seeds.push_back(arguments[i]);
    }
  }
  auto knowledge = match::Knowledge::build(records_of(seeds));
  if (!knowledge) stop(knowledge.error().front());
  world.knowledge = *knowledge;
  world.trials = records_of({trials});
  std::erase_if(world.trials,
                [](const model::Record& record) { return !std::holds_alternative<model::Trial>(record); });
  const view::CaseWords words(world.knowledge);
  std::ifstream in(cases);
  for (std::string line; std::getline(in, line);) {
    const auto query = answer::query_line_from_json(line);
    if (!query) stop(query.error().front());
    auto topic = view::topic_of_case(query->tumour_case.value(), words);
    if (!topic) stop(topic.error());
    world.topics.push_back(std::move(topic->topic));
  }
  for (const auto size : base::split(sizes, ',')) run_size(world, std::stoul(std::string(size)));
  return 0;
}

}  // namespace
}  // namespace treff::bench

int main(int argc, char** argv) { return treff::bench::run({argv + 1, argv + argc}); }
