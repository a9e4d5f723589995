#include "indexer/text_build.h"

#include <algorithm>
#include <thread>

#include "kb/text/index_writer.h"

namespace treff::indexer {

Checked<std::size_t> build_text_index(const store::Store& store, const std::filesystem::path& kb_directory,
                                      Progress& progress) {
  const auto view = view::build_view(store, store.head(), view::read_name(kb_directory), progress);
  if (!view) return fail_all(view.error());
  const auto built = build_text_index(**view, kb_directory, progress);
  if (!built) return fail_all({built.error()});
  return *built;
}

Result<std::size_t> build_text_index(const view::View& view, const std::filesystem::path& kb_directory,
                                     Progress& progress) {
  const std::vector<model::Record>& records = view.knowledge->records();
  std::size_t next = 0;
  const text::RecordStream stream = [&]() -> Result<std::optional<model::Record>> {
    if (next == records.size()) return std::optional<model::Record>();
    return std::optional<model::Record>(records[next++]);
  };
  constexpr std::size_t kRecordsWorthAThread = 5'000;
  text::BuildOptions options;
  options.revision = view.revision;
  options.expected = records.size();
  // Merging shards costs more than it saves for a small knowledge base.
  options.shards = records.size() < kRecordsWorthAThread ? 1 : std::clamp(std::thread::hardware_concurrency(), 1u, 16u);
  const view::KnowledgeReferred referred(*view.knowledge);
  const auto report = text::build_index(view::text_index_directory(kb_directory), stream, referred, options, progress);
  if (!report) return fail(report.error());
  return static_cast<std::size_t>(report->documents);
}

}  // namespace treff::indexer
