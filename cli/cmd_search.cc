#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <istream>
#include <ostream>
#include <utility>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/knowledge_base.h"
#include "indexer/importers/registry.h"
#include "kb/answer/case_input.h"
#include "kb/answer/search_answer.h"
#include "kb/base/text.h"

namespace treff::cli {
namespace {

constexpr std::size_t kMaxCaseFileBytes = std::size_t{1} << 20;
constexpr std::size_t kMaxQueryLineBytes = std::size_t{1} << 20;

struct Arguments {
  std::string query, format, case_file, queries;
  std::vector<std::string> kinds, facets;
  std::size_t limit = 20;
};

void print_text(std::ostream& out, const answer::SearchAnswer& answer) {
  const text::SearchResult& result = answer.result;
  out << result.total << " records" << (result.relaxed ? " with some of the words" : "");
  if (answer.searched_for.empty()) {
    out << ", read as: " << result.parsed << "\n";
  } else {
    out << ", found by text, criteria not verified; searched for:";
    for (const answer::SearchedFor& one : answer.searched_for) out << " " << one.label << " (" << one.role << ");";
    out << "\n";
  }
  for (const Issue& issue : answer.issues) out << "note: " << issue.message << ": " << issue.piece << "\n";
  if (result.spelling) out << "did you mean: " << result.spelling->query << "\n";
  for (const text::SearchHit& hit : result.hits) {
    out << model::to_string(hit.key.kind) << "\t" << hit.key.id << "\t" << hit.title << "\n";
    if (!hit.snippet.text.empty()) out << "    " << hit.snippet.text << "\n";
    if (!hit.found_by.empty()) {
      out << "    found by:";
      for (const std::size_t group : hit.found_by) out << " " << answer.searched_for[group].label << ";";
      out << "\n";
    }
  }
  for (const text::Facet& facet : result.facets) {
    out << facet.name << ":";
    for (const text::FacetCount& count : facet.counts) out << " " << count.value << " (" << count.count << ")";
    out << "\n";
  }
}

// One hit a line: id Q0 docid rank score treff.
void print_trec(std::ostream& out, const std::string& id, const answer::SearchAnswer& answer) {
  std::size_t rank = 0;
  for (const text::SearchHit& hit : answer.result.hits) {
    out << id << " Q0 " << hit.key.id << " " << ++rank << " " << hit.score << " treff\n";
  }
}

Result<answer::SearchRequest> request_from(const Environment& environment, const Arguments& a) {
  answer::SearchRequest request;
  request.query = a.query;
  request.options.limit = a.limit;
  request.options.snippets = a.format != "trec";
  request.options.facets = a.facets;
  request.options.today = environment.clock.today();
  for (const std::string& name : a.kinds) {
    const auto kind = model::parse_record_kind(name);
    if (!kind) {
      return fail(Error{ErrorCode::Usage, "there is no record kind '" + name + "'", "--kind", name, std::nullopt, {}});
    }
    request.options.kinds.push_back(*kind);
  }
  return request;
}

Status check_arguments(const Arguments& a) {
  const auto usage = [](std::string message, std::string option, std::string piece, std::string hint) {
    return fail(Error{ErrorCode::Usage, std::move(message), std::move(option), std::move(piece), std::nullopt,
                      std::move(hint)});
  };
  if (!a.format.empty() && a.format != "json" && a.format != "text" && a.format != "trec") {
    return usage("'" + a.format + "' is not a format", "--format", a.format, "use json, text or trec");
  }
  if (a.format != "trec" && a.limit > text::kMaxHits) {
    return usage("more than 100 hits are for trec only", "--limit", std::to_string(a.limit), "use --format trec");
  }
  const int asked = (a.query.empty() ? 0 : 1) + (a.case_file.empty() ? 0 : 1) + (a.queries.empty() ? 0 : 1);
  if (asked > 1) return usage("QUERY, --case and --queries exclude one another", "QUERY", {}, "give one of them");
  return {};
}

void print(Environment& environment, const std::string& id, const answer::SearchAnswer& found, const view::View& view,
           const std::string& format) {
  if (format == "trec") {
    print_trec(environment.out, id, found);
  } else if (format == "text" || (format.empty() && environment.terminal)) {
    print_text(environment.out, found);
  } else {
    environment.out << answer::to_json(found, view) << "\n";
  }
}

// {"id","q"} or {"id","case"} a line; a bad line gives an error line, on stderr where the output is no JSON, and the
// next is read all the same. The exit status is not 0 where the fault is not the line's: a text index that is missing.
int search_line(Environment& environment, const view::View& view, const Arguments& a,
                const answer::SearchRequest& options, std::string_view line) {
  auto query = answer::query_line_from_json(line);
  Checked<answer::SearchAnswer> found = fail_all(query ? std::vector<Error>() : query.error());
  std::string id = query ? query->id : std::string();
  if (query) {
    answer::SearchRequest request = options;
    request.query = std::move(query->query);
    request.tumour_case = std::move(query->tumour_case);
    auto one = answer::search(view, request);
    if (one) {
      found = std::move(*one);
    } else {
      found = fail_all({one.error()});
    }
  }
  const bool as_json = a.format == "json" || a.format.empty();
  const ExitStatus ended = found ? ExitStatus::Done : exit_status_of(found.error().front().code);
  if (found && as_json) {
    environment.out << answer::line_json(id, *found, view) << "\n";
  } else if (found) {
    print(environment, id, *found, view, a.format);
  } else if (as_json) {
    environment.out << answer::error_line_json(id, found.error()) << "\n";
  } else {
    for (const Error& error : found.error()) environment.err << id << ": " << base::to_text(error) << "\n";
  }
  return ended == ExitStatus::InvalidInput ? 0 : static_cast<int>(ended);
}

int search_lines(Environment& environment, const view::View& view, const Arguments& a,
                 const answer::SearchRequest& options) {
  std::ifstream file;
  if (a.queries != "-") {
    file.open(a.queries);
    if (!file) {
      return report(
          environment,
          Error{ErrorCode::IoFailure, "the file of queries could not be read", a.queries, {}, std::nullopt, {}});
    }
  }
  std::istream& in = a.queries == "-" ? environment.in : file;
  std::string line;
  int status = 0;
  while (std::getline(in, line)) {
    if (base::trim(line).empty()) continue;
    if (line.size() > kMaxQueryLineBytes) {
      environment.out
          << answer::error_line_json(
                 {}, {Error{ErrorCode::TooLarge, "the line is too long", a.queries, {}, std::nullopt, "1 MiB at most"}})
          << "\n";
      continue;
    }
    status = std::max(status, search_line(environment, view, a, options, line));
  }
  environment.out.flush();
  return status;
}

int run_search(Environment& environment, const Arguments& a) {
  if (const Status fits = check_arguments(a); !fits) return report(environment, fits.error());
  auto request = request_from(environment, a);
  if (!request) return report(environment, request.error());
  if (!a.case_file.empty()) {
    const auto bytes = indexer::read_file(a.case_file, kMaxCaseFileBytes);
    if (!bytes) return report(environment, bytes.error());
    auto reading = answer::case_from_json(*bytes);
    if (!reading) return report(environment, base::with_place(std::move(reading.error()), a.case_file));
    request->tumour_case = std::move(reading->tumour_case);
  }
  const auto opened = open_view(environment, std::nullopt);
  if (!opened) return report(environment, opened.error());
  view::View view = **opened;
  view::attach_text(view, environment.kb_directory);
  if (!a.queries.empty()) return search_lines(environment, view, a, *request);
  const auto found = answer::search(view, *request);
  if (!found) return report(environment, found.error());
  print(environment, request->tumour_case ? request->tumour_case->id : "query", *found, view, a.format);
  return 0;
}

}  // namespace

Run declare_search(CLI::App& app, Environment& environment) {
  auto a = std::make_shared<Arguments>();
  app.add_option("QUERY", a->query, "words; field:word, AND OR NOT, \"phrases\"");
  app.add_option("--case", a->case_file, "JSON case: trials and access programmes about its tumour and findings");
  app.add_option("--queries", a->queries, "NDJSON {\"id\",\"q\"} or {\"id\",\"case\"}; - is stdin");
  app.add_option("--kind", a->kinds, "record kinds")->delimiter(',');
  app.add_option("--facets", a->facets, "facets to count")->delimiter(',');
  app.add_option("--limit", a->limit, "hits at most; 100, for trec 1000")
      ->check(CLI::Range(std::size_t{1}, text::kMaxRanked));
  app.add_option("--format", a->format, "json, text or trec (on a terminal: text)");
  return [&environment, a] { return run_search(environment, *a); };
}

}  // namespace treff::cli
