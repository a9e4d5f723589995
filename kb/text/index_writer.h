// Writes a text index from records, beside the one in force, and switches to it in one step.
//
// Nothing that is being read is ever changed: a build goes into a folder of its own, and a failed or killed build
// leaves the index in force as it was. One writer at a time (the owner of the knowledge base). Same records in the same
// order and the same `shards` give the same ranking.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "kb/base/progress.h"
#include "kb/base/result.h"
#include "kb/model/records.h"
#include "kb/text/index_files.h"
#include "kb/text/record_text.h"

namespace treff::text {

// The next record; an empty optional ends the stream, a failure ends the build. Called from one thread only.
using RecordStream = std::function<Result<std::optional<model::Record>>()>;

struct BuildOptions {
  Revision revision = 0;
  unsigned shards = 1;         // worker threads, 1-16; each writes a part, the parts are merged
  std::uint64_t expected = 0;  // number of records, for progress; 0 = unknown
};

struct BuildReport {
  std::uint64_t documents = 0;
  std::vector<std::string> segments;  // in force after the build
};

// Builds the whole index in `dir` (created if missing). `referred` must be safe to read from `shards` threads.
Result<BuildReport> build_index(const std::filesystem::path& dir, const RecordStream& records, const Referred& referred,
                                const BuildOptions& options, Progress& progress);

// The same without switching to it, so that it can be built while deltas go on over the base in force. Answers the
// name of the segment, for put_in_force; unless put in force, it is an unused segment.
Result<std::string> build_base(const std::filesystem::path& dir, const RecordStream& records, const Referred& referred,
                               const BuildOptions& options, Progress& progress);

// Everything that is newer than the base: records changed or added since, and keys retired since.
struct Delta {
  std::vector<model::Record> changed;
  std::vector<model::RecordKey> retired;
};

// Puts a small segment over the base in force, which hides the older states; it replaces a delta that is there, so
// `delta` holds all changes since the base was built (base_revision). Milliseconds for tens of records.
Result<BuildReport> write_delta(const std::filesystem::path& dir, const Delta& delta, const Referred& referred,
                                Revision revision);

// Adds one more step to the delta in force, or begins one: `step` holds what changed since the newest segment in force.
// Costs what the step holds and a copy of the delta's files. The delta that was replaced, if any, stays behind unused:
// `replaced`, for remove_segments.
struct DeltaStep {
  std::uint64_t documents = 0;  // of the whole delta
  std::size_t superseded = 0;   // keys that the delta speaks for
  std::string replaced;
};
Result<DeltaStep> extend_delta(const std::filesystem::path& dir, const std::vector<Segment>& in_force,
                               const Delta& step, const Referred& referred, Revision revision);

// Switches to a base made by build_base for revision `base_revision`; with a delta over it, in the same step, if
// `revision` is newer.
Result<BuildReport> put_in_force(const std::filesystem::path& dir, const std::string& base, Revision base_revision,
                                 const Delta& delta, const Referred& referred, Revision revision);

// The revision the base segment in force was built for.
Result<Revision> base_revision(const std::filesystem::path& dir);

}  // namespace treff::text
