#include "kb/text/index_files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "kb/base/text.h"
#include "kb/text/durable_file.h"
#include "kb/text/segment_stamp.h"

namespace treff::text {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCurrent = "CURRENT";
constexpr const char* kStamp = "STAMP";
constexpr std::string_view kBuilding = "building-";
constexpr std::size_t kMaxCurrentBytes = 4096;
constexpr std::size_t kMaxStampBytes = 64U << 20;
constexpr std::size_t kMaxSegments = 2;

// Regular files of a segment but its stamp, by name.
Result<std::vector<fs::path>> files_in(const fs::path& segment) {
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::directory_iterator at(segment, error), end; !error && at != end; at.increment(error)) {
    if (at->is_regular_file(error) && at->path().filename() != kStamp) files.push_back(at->path());
  }
  if (error) return system_failure("list", segment, error.value());
  std::sort(files.begin(), files.end());
  return files;
}

Result<std::string> rename_to_free_name(const fs::path& dir, const fs::path& building, Revision revision) {
  constexpr int kMaxTries = 100000;
  for (int n = 1; n < kMaxTries; ++n) {
    const std::string name = "r" + std::to_string(revision) + "-" + std::to_string(n);
    std::error_code error;
    if (fs::exists(dir / name, error)) continue;
    fs::rename(building, dir / name, error);
    if (!error) return name;
    if (error.value() != ENOTEMPTY && error.value() != EEXIST) return system_failure("rename", building, error.value());
  }
  return fail(ErrorCode::IoFailure, "no free name for a new text index segment", "text index",
              "remove old segments of the text index");
}

// A name that read from CURRENT could lead out of the folder.
bool is_segment_name(std::string_view name) {
  return name.size() >= 4 && name.size() <= 40 && name.front() == 'r' &&
         std::all_of(name.begin() + 1, name.end(), [](char c) { return base::is_ascii_digit(c) || c == '-'; });
}

Result<std::vector<std::string>> current_names(const fs::path& dir) {
  Result<std::string> text = read_file(dir / kCurrent, kMaxCurrentBytes);
  if (!text && text.error().code == ErrorCode::NotFound) return index_damaged("missing", "there is no text index");
  if (!text && text.error().code != ErrorCode::TooLarge) return fail(text.error());
  std::vector<std::string> names;
  if (text) {
    for (const std::string_view line : base::split(*text, '\n')) {
      if (!line.empty()) names.emplace_back(line);
    }
  }
  const bool whole = text && !text->empty() && text->back() == '\n';
  if (!whole || names.empty() || names.size() > kMaxSegments ||
      !std::all_of(names.begin(), names.end(), is_segment_name)) {
    return index_damaged("damaged", "the file CURRENT of the text index is damaged");
  }
  return names;
}

// `full` reads every byte of the segment.
Result<SegmentStamp> check_segment(const fs::path& path, const std::string& name, bool full) {
  Result<std::string> text = read_file(path / kStamp, kMaxStampBytes);
  if (!text) return index_damaged("damaged", "text index segment " + name + " has no readable stamp");
  Result<WholeStamp> stamp = read_stamp(*text, name);
  if (!stamp) return fail(stamp.error());
  for (const StampedFile& file : stamp->files) {
    const Result<FileDigests> found = digest_file(path / file.name, full);
    const bool same = found && found->bytes == file.digests.bytes && found->quick == file.digests.quick &&
                      (!full || found->full == file.digests.full);
    if (!same) return index_damaged("damaged", "file " + file.name + " of text index segment " + name + " is damaged");
  }
  return stamp->segment;
}

Result<std::vector<Segment>> check_segments(const fs::path& dir, bool full) {
  Result<std::vector<std::string>> names = current_names(dir);
  if (!names) return fail(names.error());
  std::vector<Segment> segments;
  for (const std::string& name : *names) {
    Result<SegmentStamp> stamp = check_segment(dir / name, name, full);
    if (!stamp) return fail(stamp.error());
    segments.push_back({name, dir / name, std::move(*stamp)});
  }
  const bool fits = segments.size() == 1 ? segments[0].stamp.base.empty() : segments[1].stamp.base == segments[0].name;
  if (!fits) return index_damaged("damaged", "the segments of the text index do not belong together");
  return segments;
}

// Removes a segment that nobody holds open; false if somebody does. The lock is kept until the folder is gone, so that
// a reader that comes in between notices. A folder without a stamp was never in force.
Result<bool> remove_if_unused(const fs::path& segment) {
  const int file = ::open((segment / kStamp).c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0 && errno != ENOENT) return system_failure("open", segment / kStamp, errno);
  if (file >= 0 && ::flock(file, LOCK_EX | LOCK_NB) != 0) {
    ::close(file);
    return false;
  }
  std::error_code error;
  fs::remove_all(segment, error);
  if (file >= 0) ::close(file);
  if (error) return system_failure("remove", segment, error.value());
  return true;
}

}  // namespace

Result<SegmentLock> SegmentLock::share(const fs::path& segment) {
  const int file = ::open((segment / kStamp).c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return system_failure("open", segment / kStamp, errno);
  SegmentLock lock(file);
  if (::flock(file, LOCK_SH | LOCK_NB) != 0) return system_failure("lock", segment / kStamp, errno);
  struct stat facts = {};
  if (::fstat(file, &facts) != 0 || facts.st_nlink == 0) return system_failure("open", segment / kStamp, ENOENT);
  return lock;
}

SegmentLock::SegmentLock(SegmentLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
SegmentLock& SegmentLock::operator=(SegmentLock&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}
SegmentLock::~SegmentLock() {
  if (file_ >= 0) ::close(file_);
}

Result<fs::path> make_building_folder(const fs::path& dir) {
  std::error_code error;
  fs::create_directories(dir, error);
  if (error) return system_failure("create", dir, error.value());
  std::string pattern = (dir / (std::string(kBuilding) + "XXXXXX")).string();
  if (::mkdtemp(pattern.data()) == nullptr) return system_failure("create", pattern, errno);
  return fs::path(pattern);
}

Result<std::string> finish_segment(const fs::path& dir, const fs::path& building, const SegmentStamp& stamp) {
  Result<std::vector<fs::path>> files = files_in(building);
  if (!files) return fail(files.error());
  WholeStamp whole{stamp, {}};
  for (const fs::path& file : *files) {
    if (Status synced = sync_path(file); !synced) return fail(synced.error());
    Result<FileDigests> digests = digest_file(file, true);
    if (!digests) return fail(digests.error());
    whole.files.push_back({file.filename().string(), std::move(*digests)});
  }
  if (Status written = write_synced(building / kStamp, write_stamp(whole)); !written) return fail(written.error());
  if (Status synced = sync_path(building); !synced) return fail(synced.error());
  Result<std::string> name = rename_to_free_name(dir, building, stamp.revision);
  if (!name) return name;
  if (Status synced = sync_path(dir); !synced) return fail(synced.error());
  return name;
}

Status switch_to(const fs::path& dir, const std::vector<std::string>& segments) {
  return replace_synced(dir / kCurrent, base::join(segments, "\n") + "\n");
}

Result<std::vector<Segment>> read_segments(const fs::path& dir) { return check_segments(dir, false); }

Status verify_index(const fs::path& dir) {
  const Result<std::vector<Segment>> segments = check_segments(dir, true);
  return segments ? Status() : Status(fail(segments.error()));
}

Status copy_segment(const fs::path& segment, const fs::path& to) {
  const Result<std::vector<fs::path>> files = files_in(segment);
  if (!files) return fail(files.error());
  std::error_code error;
  fs::create_directory(to, error);
  for (const fs::path& file : *files) {
    if (!error) fs::copy_file(file, to / file.filename(), error);
  }
  return error ? Status(system_failure("copy", segment, error.value())) : Status();
}

Result<std::vector<std::string>> remove_segments(const fs::path& dir, const std::vector<std::string>& names) {
  std::vector<std::string> held;
  for (const std::string& name : names) {
    const Result<bool> gone = remove_if_unused(dir / name);
    if (!gone) return fail(gone.error());
    if (!*gone) held.push_back(name);
  }
  return held;
}

Result<std::size_t> remove_unused_segments(const fs::path& dir) {
  Result<std::vector<std::string>> names = current_names(dir);
  if (!names) return fail(names.error());
  std::vector<fs::path> unused;
  std::error_code error;
  for (fs::directory_iterator at(dir, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    const bool ours = is_segment_name(name) || name.starts_with(kBuilding);
    const bool in_force = std::find(names->begin(), names->end(), name) != names->end();
    if (ours && !in_force) unused.push_back(at->path());
  }
  if (error) return system_failure("list", dir, error.value());
  std::size_t removed = 0;
  for (const fs::path& path : unused) {
    const Result<bool> gone = remove_if_unused(path);
    if (!gone) return fail(gone.error());
    if (*gone) ++removed;
  }
  return removed;
}

}  // namespace treff::text
