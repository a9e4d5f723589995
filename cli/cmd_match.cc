#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <istream>
#include <iterator>
#include <ostream>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/knowledge_base.h"
#include "cli/match_stream.h"
#include "indexer/importers/registry.h"
#include "kb/answer/answer.h"
#include "kb/answer/case_input.h"
#include "kb/base/text.h"

namespace treff::cli {
namespace {

constexpr std::size_t kMaxCaseFileBytes = std::size_t{64} << 20;

struct Arguments {
  std::vector<std::string> files;
  std::string format, input, diagnosis, as_of, today, unknown_as, language = "en";
  std::vector<std::string> include, explain;
  std::size_t text_hits = 0;
  bool same_case = false;
  int jobs = 1;
};

Result<answer::AnswerRequest> request_from(const Arguments& a, const Clock& clock) {
  auto basics = answer_request(a.today, a.language, clock);
  if (!basics) return basics;
  answer::AnswerRequest request = std::move(*basics);
  if (!a.include.empty()) {
    request.match.include_closed = request.match.include_near_miss = request.match.include_possible = false;
    for (const std::string& word : a.include) {
      if (word == "closed") {
        request.match.include_closed = true;
      } else if (word == "near_miss") {
        request.match.include_near_miss = true;
      } else if (word == "possible") {
        request.match.include_possible = true;
      } else {
        return fail(bad_value("--include", word, "use closed, near_miss, possible"));
      }
    }
  }
  if (!a.unknown_as.empty() && a.unknown_as != "absent")
    return fail(bad_value("--unknown-as", a.unknown_as, "use absent"));
  request.match.unknown_as_absent = a.unknown_as == "absent";
  request.match.explain = a.explain;
  request.text_hits = a.text_hits;
  return request;
}

Status check_words(const Arguments& a) {
  const std::vector<std::string> formats = {"json", "ndjson", "tsv", "text"};
  if (!a.format.empty() && std::find(formats.begin(), formats.end(), a.format) == formats.end()) {
    return fail(bad_value("--format", a.format, "use json, ndjson, tsv or text"));
  }
  const std::vector<std::string> inputs = answer::input_formats();
  if (!a.input.empty() && std::find(inputs.begin(), inputs.end(), a.input) == inputs.end()) {
    return fail(bad_value("--input", a.input, "use " + base::join(inputs, ", ")));
  }
  return {};
}

std::string render(const answer::Answer& answer, const std::string& format) {
  if (format == "tsv") return answer::to_tsv(answer);
  if (format == "text") return answer::to_text(answer);
  return answer::to_json(answer) + "\n";
}

int match_one(Environment& environment, const view::View& view, const answer::AnswerRequest& request,
              const Arguments& a, Checked<model::CaseReading> reading) {
  if (!reading) return report(environment, reading.error());
  if (!a.diagnosis.empty()) answer::set_diagnosis_text(*reading, a.diagnosis);
  const auto answered = answer::answer_case(view, *reading, request);
  if (!answered) return report(environment, answered.error());
  environment.out << render(*answered, a.format.empty() ? (environment.terminal ? "text" : "json") : a.format);
  environment.out.flush();
  return 0;
}

Result<std::vector<answer::NamedBytes>> read_all(const std::vector<std::string>& paths) {
  std::vector<answer::NamedBytes> out;
  for (const std::string& path : paths) {
    auto bytes = indexer::read_file(path, kMaxCaseFileBytes);
    if (!bytes) return fail(bytes.error());
    // The base name alone stands in the answer: the same bytes as for the file dropped on the page.
    out.emplace_back(std::filesystem::path(path).filename().string(), std::move(*bytes));
  }
  return out;
}

bool is_json(const answer::NamedBytes& file) {
  const std::string_view text = base::trim(file.second);
  return text.empty() || (text.front() == '{' && !answer::is_laboratory_json(text));
}

// A file of several cases, one a line: by its name, or because its first line is a whole case and more follows.
bool is_stream(const std::string& path) {
  const std::string ending = base::to_lower_ascii(std::filesystem::path(path).extension().string());
  if (ending == ".ndjson" || ending == ".jsonl") return true;
  std::ifstream in(path, std::ios::binary);
  return in && holds_lines_of_json(in);
}

int match_stream_file(Environment& environment, const StreamJob& job, const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path)) {
    return report(environment, Error{ErrorCode::IoFailure, "the file cannot be read", path, path, {}, {}});
  }
  return match_stream(environment, in, job);
}

int match_laboratory_files(Environment& environment, const view::View& view, const answer::AnswerRequest& request,
                           const Arguments& a, const std::vector<answer::NamedBytes>& files) {
  if (a.same_case || files.size() == 1) {
    return match_one(environment, view, request, a, answer::case_from_files(a.input, files));
  }
  int status = 0;
  for (const answer::NamedBytes& file : files) {
    status = std::max(status, match_one(environment, view, request, a, answer::case_from_files(a.input, {file})));
  }
  return status;
}

Error states_its_own(const Arguments& a) {
  return bad_value("--diagnosis", a.diagnosis, "a JSON case states its own diagnosis");
}

Error joins_no_json() {
  return Error{ErrorCode::Usage, "--same-case joins the laboratory files of one tumour; a JSON case stands for itself",
               "--same-case",    {},
               std::nullopt,     "put all findings into one case, or leave out --same-case"};
}

// JSON files: each one case, or a stream of cases.
int match_json_files(Environment& environment, const StreamJob& job, const Arguments& a) {
  int status = 0;
  for (const std::string& path : a.files) {
    if (is_stream(path)) {
      status = std::max(status, match_stream_file(environment, job, path));
      continue;
    }
    const auto file = read_all({path});
    if (!file) return report(environment, file.error());
    auto reading = answer::case_from_json(file->front().second);
    if (!reading) reading = fail_all(base::with_place(std::move(reading.error()), file->front().first));
    status = std::max(status, match_one(environment, job.view, job.request, a, std::move(reading)));
  }
  return status;
}

int match_files(Environment& environment, const StreamJob& job, const Arguments& a) {
  bool as_case = a.input.empty() || a.input == "case";
  // Without --input a file that is not JSON is taken for a laboratory's; its format is recognised from its content.
  const bool streams = as_case && std::any_of(a.files.begin(), a.files.end(), is_stream);
  std::vector<answer::NamedBytes> files;
  if (!streams && a.input != "case") {
    auto read = read_all(a.files);
    if (!read) return report(environment, read.error());
    files = std::move(*read);
    if (a.input.empty() && std::none_of(files.begin(), files.end(), is_json)) as_case = false;
  }
  if (!as_case) return match_laboratory_files(environment, job.view, job.request, a, files);
  if (a.same_case) return report(environment, joins_no_json());
  if (!a.diagnosis.empty()) return report(environment, states_its_own(a));
  return match_json_files(environment, job, a);
}

int run_match(Environment& environment, const Arguments& a) {
  const auto request = request_from(a, environment.clock);
  if (!request) return report(environment, request.error());
  if (const Status words = check_words(a); !words) return report(environment, words.error());
  std::optional<store::Revision> as_of;
  if (!a.as_of.empty()) {
    const auto revision = revision_from(a.as_of);
    if (!revision) return report(environment, revision.error());
    as_of = *revision;
  }
  const bool as_case = a.input.empty() || a.input == "case";
  if (a.files.empty() && a.same_case && as_case) return report(environment, joins_no_json());
  const auto view = open_view(environment, as_of);
  if (!view) return report(environment, view.error());
  if (a.files.empty() && as_case && !a.diagnosis.empty()) return report(environment, states_its_own(a));
  const StreamJob job{**view, *request, a.format, static_cast<std::size_t>(a.jobs)};
  if (!a.files.empty()) return match_files(environment, job, a);
  if (as_case) return match_stream(environment, environment.in, job);
  const std::string bytes((std::istreambuf_iterator<char>(environment.in)), std::istreambuf_iterator<char>());
  return match_one(environment, **view, *request, a, answer::case_from_files(a.input, {{"stdin", bytes}}));
}

}  // namespace

Run declare_match(CLI::App& app, Environment& environment) {
  auto a = std::make_shared<Arguments>();
  app.add_option("CASE", a->files, "case files; without one, NDJSON cases from stdin");
  app.add_option("--format", a->format, "json, ndjson, tsv or text (on a terminal: text)");
  app.add_option("--input", a->input, base::join(answer::input_formats(), ", "));
  app.add_option("--diagnosis", a->diagnosis, "name or OncoTree code, where the input has none");
  app.add_flag("--same-case", a->same_case, "all files are of one tumour");
  app.add_option("--as-of", a->as_of, "answer at this revision");
  app.add_option("--today", a->today, "date of evaluation, YYYY-MM-DD");
  app.add_option("--include", a->include, "closed, near_miss, possible (default: all)")->delimiter(',');
  app.add_option("--unknown-as", a->unknown_as, "absent: closed-world reading, only to compare with other engines");
  app.add_option("--explain", a->explain, "say why for this option id, even if it is not listed");
  app.add_option("--lang", a->language, "en or nb");
  app.add_option("--jobs", a->jobs, "threads for a stream of cases (default 1)")->check(CLI::Range(1, 256));
  app.add_option("--text-hits", a->text_hits, "list as many trials found by text, criteria not verified")
      ->check(CLI::Range(std::size_t{0}, std::size_t{100}));
  return [&environment, a] { return run_match(environment, *a); };
}

}  // namespace treff::cli
