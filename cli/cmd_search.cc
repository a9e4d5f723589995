#include <CLI/CLI.hpp>
#include <ostream>

#include "cli/commands.h"
#include "cli/knowledge_base.h"
#include "kb/answer/search_answer.h"

namespace treff::cli {
namespace {

struct Arguments {
  std::string query, format;
  std::vector<std::string> kinds, facets;
  std::size_t limit = 20;
};

void print_text(std::ostream& out, const text::SearchResult& result) {
  out << result.total << " records" << (result.relaxed ? " with some of the words" : "")
      << ", read as: " << result.parsed << "\n";
  if (result.spelling) out << "did you mean: " << result.spelling->query << "\n";
  for (const text::SearchHit& hit : result.hits) {
    out << model::to_string(hit.key.kind) << "\t" << hit.key.id << "\t" << hit.title << "\n";
    if (!hit.snippet.text.empty()) out << "    " << hit.snippet.text << "\n";
  }
  for (const text::Facet& facet : result.facets) {
    out << facet.name << ":";
    for (const text::FacetCount& count : facet.counts) out << " " << count.value << " (" << count.count << ")";
    out << "\n";
  }
}

int run_search(Environment& environment, const Arguments& a) {
  answer::SearchRequest request;
  request.query = a.query;
  request.options.limit = a.limit;
  request.options.facets = a.facets;
  request.options.today = environment.clock.today();
  for (const std::string& name : a.kinds) {
    const auto kind = model::parse_record_kind(name);
    if (!kind) {
      return report(
          environment,
          Error{ErrorCode::Usage, "there is no record kind '" + name + "'", "--kind", name, std::nullopt, {}});
    }
    request.options.kinds.push_back(*kind);
  }
  if (!a.format.empty() && a.format != "json" && a.format != "text") {
    return report(environment, Error{ErrorCode::Usage, "'" + a.format + "' is not a format", "--format", a.format,
                                     std::nullopt, "use json or text"});
  }
  const auto opened = open_view(environment, std::nullopt);
  if (!opened) return report(environment, opened.error());
  view::View view = **opened;
  view::attach_text(view, environment.kb_directory);
  const auto found = answer::search(view, request);
  if (!found) return report(environment, found.error());
  const bool as_text = a.format == "text" || (a.format.empty() && environment.terminal);
  if (as_text) {
    print_text(environment.out, *found);
  } else {
    environment.out << answer::to_json(*found, view) << "\n";
  }
  return 0;
}

}  // namespace

Run declare_search(CLI::App& app, Environment& environment) {
  auto a = std::make_shared<Arguments>();
  app.add_option("QUERY", a->query, "words; field:word, AND OR NOT, \"phrases\"")->required();
  app.add_option("--kind", a->kinds, "record kinds")->delimiter(',');
  app.add_option("--facets", a->facets, "facets to count")->delimiter(',');
  app.add_option("--limit", a->limit, "hits at most")->check(CLI::Range(std::size_t{1}, text::kMaxHits));
  app.add_option("--format", a->format, "json or text (on a terminal: text)");
  return [&environment, a] { return run_search(environment, *a); };
}

}  // namespace treff::cli
