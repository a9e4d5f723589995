#include "kb/text/index_writer.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <set>
#include <system_error>
#include <utility>

#include <xapian.h>

#include "kb/text/document.h"
#include "kb/text/shard_writer.h"
#include "kb/text/xapian_errors.h"

namespace treff::text {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBatchRecords = 32;
constexpr unsigned kMaxShards = 16;

// Removes the folder unless it was renamed into place.
class BuildingFolder {
 public:
  explicit BuildingFolder(fs::path path) : path_(std::move(path)) {}
  ~BuildingFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  BuildingFolder(const BuildingFolder&) = delete;
  BuildingFolder& operator=(const BuildingFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

struct Work {
  const Referred& referred;
  unsigned shards;
  bool delta;
};

// Deals batches to the workers in turn, so that the same records always land in the same part.
Status deal(const RecordStream& records, std::vector<std::unique_ptr<ShardWriter>>& workers,
            const std::atomic<std::uint64_t>& done, Progress& progress) {
  std::size_t turn = 0;
  for (bool more = true; more;) {
    ShardWriter::Batch batch;
    while (batch.size() < kBatchRecords) {
      Result<std::optional<model::Record>> next = records();
      if (!next) return fail(next.error());
      more = next->has_value();
      if (!more) break;
      batch.push_back(std::move(**next));
    }
    if (!batch.empty() && !workers[turn]->push(std::move(batch))) return {};
    turn = (turn + 1) % workers.size();
    progress.advance(done.load());
  }
  return {};
}

Status merge(const std::vector<std::unique_ptr<ShardWriter>>& workers, const fs::path& target) {
  return guarded("merging the text index", [&]() -> Status {
    Xapian::Database parts;
    for (const auto& worker : workers) {
      for (const fs::path& part : worker->parts()) parts.add_database(Xapian::Database(part.string()));
    }
    parts.compact(target.string());
    return {};
  });
}

// Writes all records into `building`/index; the number of documents.
Result<std::uint64_t> write_parts(const fs::path& building, const RecordStream& records, const Work& work,
                                  Progress& progress) {
  std::atomic<std::uint64_t> done = 0;
  std::vector<std::unique_ptr<ShardWriter>> workers;
  for (unsigned i = 0; i < work.shards; ++i) {
    workers.push_back(
        std::make_unique<ShardWriter>(building / ("part" + std::to_string(i)), work.referred, done, work.delta));
  }
  Status dealt = deal(records, workers, done, progress);
  for (const auto& worker : workers) {
    Status finished = worker->finish();
    if (dealt && !finished) dealt = std::move(finished);
  }
  if (!dealt) return fail(dealt.error());
  progress.begin("merging", 0);
  if (Status merged = merge(workers, building / "index"); !merged) return fail(merged.error());
  return done.load();
}

// A finished segment for `stamp`, with the number of documents filled in.
Result<Segment> write_segment(const fs::path& dir, const RecordStream& records, const Work& work, SegmentStamp stamp,
                              Progress& progress) {
  Result<fs::path> made = make_building_folder(dir);
  if (!made) return fail(made.error());
  const BuildingFolder building(std::move(*made));
  Result<std::uint64_t> documents = write_parts(building.path(), records, work, progress);
  if (!documents) return fail(documents.error());
  stamp.documents = *documents;
  progress.begin("syncing", 0);
  Result<std::string> name = finish_segment(dir, building.path() / "index", stamp);
  if (!name) return fail(name.error());
  return Segment{*name, dir / *name, std::move(stamp)};
}

Result<Segment> build_base_segment(const fs::path& dir, const RecordStream& records, const Referred& referred,
                                   const BuildOptions& options, Progress& progress) {
  const Work work{referred, std::clamp(options.shards, 1U, kMaxShards), false};
  progress.begin("indexing", options.expected);
  return write_segment(dir, records, work, {options.revision, 0, {}, {}}, progress);
}

RecordStream stream_of(const std::vector<model::Record>& records) {
  return [&records, at = std::size_t{0}]() mutable -> Result<std::optional<model::Record>> {
    if (at == records.size()) return std::optional<model::Record>();
    return std::optional<model::Record>(records[at++]);
  };
}

// Brings a copy of a delta up to date; fills in the stamp.
Status change_documents(const fs::path& delta, const Delta& step, const Referred& referred, SegmentStamp& stamp) {
  std::set<model::RecordKey> mask(stamp.mask.begin(), stamp.mask.end());
  const Status changed = guarded("changing the text index", [&]() -> Status {
    Xapian::WritableDatabase database(delta.string(), Xapian::DB_OPEN | Xapian::DB_NO_SYNC);
    Stemmer stemmer;
    for (const model::Record& record : step.changed) {
      const model::RecordKey key = model::key_of(record);
      database.replace_document(key_term(key), to_document(text_of(record, referred), stemmer, true));
      mask.insert(key);
    }
    for (const model::RecordKey& key : step.retired) {
      database.delete_document(key_term(key));
      mask.insert(key);
    }
    database.commit();
    stamp.documents = database.get_doccount();
    database.close();
    return {};
  });
  if (!changed) return changed;
  stamp.mask.assign(mask.begin(), mask.end());
  std::error_code ignored;
  fs::remove(delta / "flintlock", ignored);
  return {};
}

}  // namespace

Result<BuildReport> build_index(const fs::path& dir, const RecordStream& records, const Referred& referred,
                                const BuildOptions& options, Progress& progress) {
  Result<Segment> segment = build_base_segment(dir, records, referred, options, progress);
  if (!segment) return fail(segment.error());
  if (Status switched = switch_to(dir, {segment->name}); !switched) return fail(switched.error());
  return BuildReport{segment->stamp.documents, {segment->name}};
}

Result<std::string> build_base(const fs::path& dir, const RecordStream& records, const Referred& referred,
                               const BuildOptions& options, Progress& progress) {
  Result<Segment> segment = build_base_segment(dir, records, referred, options, progress);
  if (!segment) return fail(segment.error());
  return segment->name;
}

Result<BuildReport> put_in_force(const fs::path& dir, const std::string& base, Revision base_revision,
                                 const Delta& delta, const Referred& referred, Revision revision) {
  if (revision < base_revision) {
    return fail(ErrorCode::InvalidValue,
                "a delta must be newer than its base, revision " + std::to_string(base_revision), "revision");
  }
  if (revision == base_revision) {
    if (Status switched = switch_to(dir, {base}); !switched) return fail(switched.error());
    return BuildReport{0, {base}};
  }
  SegmentStamp stamp{revision, 0, base, delta.retired};
  for (const model::Record& record : delta.changed) stamp.mask.push_back(model::key_of(record));
  NoProgress progress;
  Result<Segment> segment =
      write_segment(dir, stream_of(delta.changed), {referred, 1, true}, std::move(stamp), progress);
  if (!segment) return fail(segment.error());
  if (Status switched = switch_to(dir, {base, segment->name}); !switched) return fail(switched.error());
  return BuildReport{segment->stamp.documents, {base, segment->name}};
}

Result<BuildReport> write_delta(const fs::path& dir, const Delta& delta, const Referred& referred, Revision revision) {
  Result<std::vector<Segment>> segments = read_segments(dir);
  if (!segments) return fail(segments.error());
  const Segment& oldest = segments->front();
  if (revision == oldest.stamp.revision) {
    return fail(ErrorCode::InvalidValue, "a delta must be newer than its base, revision " + std::to_string(revision),
                "revision");
  }
  return put_in_force(dir, oldest.name, oldest.stamp.revision, delta, referred, revision);
}

Result<DeltaStep> extend_delta(const fs::path& dir, const std::vector<Segment>& in_force, const Delta& step,
                               const Referred& referred, Revision revision) {
  const Segment& base = in_force.front();
  if (revision <= in_force.back().stamp.revision) {
    return fail(ErrorCode::InvalidValue, "a delta must be newer than the index in force", "revision");
  }
  if (in_force.size() == 1) {
    const auto begun = put_in_force(dir, base.name, base.stamp.revision, step, referred, revision);
    if (!begun) return fail(begun.error());
    return DeltaStep{begun->documents, step.changed.size() + step.retired.size(), {}};
  }
  const Segment& before = in_force.back();
  Result<fs::path> made = make_building_folder(dir);
  if (!made) return fail(made.error());
  const BuildingFolder building(std::move(*made));
  const fs::path copy = building.path() / "index";
  SegmentStamp stamp{revision, 0, base.name, before.stamp.mask};
  if (const Status copied = copy_segment(before.path, copy); !copied) return fail(copied.error());
  if (const Status changed = change_documents(copy, step, referred, stamp); !changed) return fail(changed.error());
  const Result<std::string> name = finish_segment(dir, copy, stamp);
  if (!name) return fail(name.error());
  if (Status switched = switch_to(dir, {base.name, *name}); !switched) return fail(switched.error());
  return DeltaStep{stamp.documents, stamp.mask.size(), before.name};
}

Result<Revision> base_revision(const fs::path& dir) {
  Result<std::vector<Segment>> segments = read_segments(dir);
  if (!segments) return fail(segments.error());
  return segments->front().stamp.revision;
}

}  // namespace treff::text
