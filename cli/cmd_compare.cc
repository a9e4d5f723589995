#include <CLI/CLI.hpp>
#include <filesystem>
#include <ostream>

#include "cli/commands.h"
#include "cli/knowledge_base.h"
#include "indexer/importers/registry.h"
#include "kb/answer/case_input.h"
#include "kb/answer/compare.h"
#include "kb/base/text.h"

namespace treff::cli {
namespace {

constexpr std::size_t kMaxCaseFileBytes = std::size_t{64} << 20;

struct Arguments {
  std::string file, from, to, format, today, diagnosis, language = "en";
};

Checked<model::CaseReading> read_case(const Arguments& a) {
  const auto bytes = indexer::read_file(a.file, kMaxCaseFileBytes);
  if (!bytes) return fail_all({bytes.error()});
  const std::string name = std::filesystem::path(a.file).filename().string();
  const std::string_view text = base::trim(*bytes);
  if (text.empty() || text.front() == '{') {
    auto reading = answer::case_from_json(*bytes);
    if (!reading) return fail_all(base::with_place(std::move(reading.error()), name));
    return reading;
  }
  auto reading = answer::case_from_files({}, {{name, *bytes}});
  if (reading && !a.diagnosis.empty()) answer::set_diagnosis_text(*reading, a.diagnosis);
  return reading;
}

Result<answer::AnswerRequest> request_from(const Arguments& a, const Clock& clock) {
  auto request = answer_request(a.today, a.language, clock);
  if (request && !a.format.empty() && a.format != "json" && a.format != "text") {
    return fail(bad_value("--format", a.format, "use json or text"));
  }
  return request;
}

int run_compare(Environment& environment, const Arguments& a) {
  const auto request = request_from(a, environment.clock);
  if (!request) return report(environment, request.error());
  const auto from = revision_from(a.from);
  if (!from) return report(environment, from.error());
  const auto store = open_store(environment, store::OpenMode::ReadOnly);
  if (!store) return report(environment, store.error());
  Result<store::Revision> to = (*store)->head();
  if (!a.to.empty()) to = revision_from(a.to);
  if (!to) return report(environment, to.error());
  const auto reading = read_case(a);
  if (!reading) return report(environment, reading.error());
  NoProgress quiet;
  const std::string name = view::read_name(environment.kb_directory);
  const auto before = view::build_view(**store, *from, name, quiet);
  if (!before) return report(environment, before.error());
  const auto after = view::build_view(**store, *to, name, quiet);
  if (!after) return report(environment, after.error());
  const auto compared = answer::compare_case(**before, **after, **store, *reading, *request);
  if (!compared) return report(environment, compared.error());
  const bool as_text = a.format.empty() ? environment.terminal : a.format == "text";
  environment.out << (as_text ? answer::to_text(*compared) : answer::to_json(*compared) + "\n");
  environment.out.flush();
  return 0;
}

}  // namespace

Run declare_compare(CLI::App& app, Environment& environment) {
  auto a = std::make_shared<Arguments>();
  app.add_option("CASE", a->file, "the case file")->required();
  app.add_option("--from", a->from, "the older revision")->required();
  app.add_option("--to", a->to, "the newer revision (default: the newest)");
  app.add_option("--format", a->format, "json or text (on a terminal: text)");
  app.add_option("--diagnosis", a->diagnosis, "name or OncoTree code, where a laboratory's file has none");
  app.add_option("--today", a->today, "date of evaluation at both revisions, YYYY-MM-DD");
  app.add_option("--lang", a->language, "en or nb");
  return [&environment, a] { return run_compare(environment, *a); };
}

}  // namespace treff::cli
