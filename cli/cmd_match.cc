#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <istream>
#include <iterator>
#include <ostream>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/knowledge_base.h"
#include "indexer/importers/registry.h"
#include "kb/answer/answer.h"
#include "kb/answer/case_input.h"
#include "kb/answer/case_lines.h"
#include "kb/base/text.h"

namespace treff::cli {
namespace {

constexpr std::size_t kMaxCaseFileBytes = std::size_t{64} << 20;

struct Arguments {
  std::vector<std::string> files;
  std::string format, input, diagnosis, as_of, today, unknown_as, language = "en";
  std::vector<std::string> include, explain;
  bool same_case = false;
};

Error usage(const std::string& option, const std::string& value, const std::string& hint) {
  return Error{ErrorCode::Usage, "'" + value + "' is not a value of " + option, option, value, std::nullopt, hint};
}

Result<answer::AnswerRequest> request_from(const Arguments& a, const Clock& clock) {
  answer::AnswerRequest request;
  request.match.today = clock.today();
  if (!a.today.empty()) {
    const auto date = base::parse_date(a.today);
    if (!date) return fail(usage("--today", a.today, date.error().hint));
    request.match.today = *date;
  }
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
        return fail(usage("--include", word, "use closed, near_miss, possible"));
      }
    }
  }
  if (!a.unknown_as.empty() && a.unknown_as != "absent") return fail(usage("--unknown-as", a.unknown_as, "use absent"));
  request.match.unknown_as_absent = a.unknown_as == "absent";
  request.match.explain = a.explain;
  if (a.language != "en" && a.language != "nb") return fail(usage("--lang", a.language, "use en or nb"));
  request.language = a.language == "nb" ? answer::Language::Nb : answer::Language::En;
  return request;
}

Status check_words(const Arguments& a) {
  const std::vector<std::string> formats = {"json", "ndjson", "tsv", "text"};
  if (!a.format.empty() && std::find(formats.begin(), formats.end(), a.format) == formats.end()) {
    return fail(usage("--format", a.format, "use json, ndjson, tsv or text"));
  }
  const std::vector<std::string> inputs = answer::input_formats();
  if (!a.input.empty() && std::find(inputs.begin(), inputs.end(), a.input) == inputs.end()) {
    return fail(usage("--input", a.input, "use " + base::join(inputs, ", ")));
  }
  return {};
}

std::string render(const answer::Answer& answer, const std::string& format) {
  if (format == "tsv") return answer::to_tsv(answer);
  if (format == "text") return answer::to_text(answer);
  return answer::to_json(answer) + "\n";
}

// Cases as NDJSON: one answer or one error line for each, in order.
int match_lines(Environment& environment, const view::View& view, const answer::AnswerRequest& request,
                const std::string& format, std::istream& in) {
  std::string line;
  bool header = true;
  while (std::getline(in, line)) {
    if (base::trim(line).empty()) continue;
    const answer::LineAnswer one = answer::answer_line(view, line, request);
    if (!one.answer || format == "ndjson" || format.empty() || format == "json") {
      environment.out << one.json << "\n";
    } else {
      std::string text = render(*one.answer, format);
      // The header of the table stands once, before the first case.
      if (format == "tsv" && !header) text.erase(0, text.find('\n') + 1);
      environment.out << text;
      header = false;
    }
  }
  environment.out.flush();
  return 0;
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
  const auto view = open_view(environment, as_of);
  if (!view) return report(environment, view.error());
  bool as_case = a.input.empty() || a.input == "case";
  if (as_case && !a.diagnosis.empty()) {
    return report(environment, usage("--diagnosis", a.diagnosis, "a JSON case states its own diagnosis"));
  }
  if (a.files.empty()) {
    if (as_case) return match_lines(environment, **view, *request, a.format, environment.in);
    const std::string bytes((std::istreambuf_iterator<char>(environment.in)), std::istreambuf_iterator<char>());
    return match_one(environment, **view, *request, a, answer::case_from_files(a.input, {{"stdin", bytes}}));
  }
  auto files = read_all(a.files);
  if (!files) return report(environment, files.error());
  // Without --input a file that is not JSON is taken for a laboratory's; its format is recognised from its content.
  const auto is_json = [](const answer::NamedBytes& file) {
    const std::string_view text = base::trim(file.second);
    return text.empty() || text.front() == '{';
  };
  if (a.input.empty() && std::none_of(files->begin(), files->end(), is_json)) as_case = false;
  if (!as_case && (a.same_case || files->size() == 1)) {
    return match_one(environment, **view, *request, a, answer::case_from_files(a.input, *files));
  }
  int status = 0;
  for (const answer::NamedBytes& file : *files) {
    auto reading = as_case ? answer::case_from_json(file.second) : answer::case_from_files(a.input, {file});
    if (!reading && as_case) reading = fail_all(base::with_place(std::move(reading.error()), file.first));
    status = std::max(status, match_one(environment, **view, *request, a, std::move(reading)));
  }
  return status;
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
  return [&environment, a] { return run_match(environment, *a); };
}

}  // namespace treff::cli
