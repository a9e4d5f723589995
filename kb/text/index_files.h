// The files of a text index: generations, their stamps, and the switch from one to the next.
//
//   DIR/CURRENT            names of the segments in force, one a line: base, then at most one delta
//   DIR/r42-1/             a segment: the search library's files and STAMP; never changed once it is named in CURRENT
//   DIR/building-XXXXXX/   a segment being written; left behind only by a killed process
// STAMP, text lines "key value": format, fields (fingerprint of the field table), revision, documents, base (delta: the
// segment it belongs to), mask (delta: "kind/id" of each record that the base holds in an older state), file ("name
// bytes quick full"), and last `end` with the SHA-256 of the lines before it. `quick` covers small files whole and
// large ones in samples, and is checked at every opening; `full` covers all and is checked by verify_index.
// Writing order: files synced, STAMP synced, folder renamed, parent synced, CURRENT replaced by rename, parent synced.
// A process killed at any point leaves the index before or the index after.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "kb/base/result.h"
#include "kb/model/kind.h"

namespace treff::text {

using Revision = std::uint64_t;

// Raised whenever terms, slots or document data change their meaning.
inline constexpr int kIndexFormat = 3;

struct SegmentStamp {
  Revision revision = 0;
  std::uint64_t documents = 0;
  std::string base;  // delta only
  std::vector<model::RecordKey> mask;
};

struct Segment {
  std::string name;
  std::filesystem::path path;
  SegmentStamp stamp;
};

// A lock shared by all readers of a segment; while one is held the segment is not removed.
class SegmentLock {
 public:
  static Result<SegmentLock> share(const std::filesystem::path& segment);
  SegmentLock(SegmentLock&& other) noexcept;
  SegmentLock& operator=(SegmentLock&& other) noexcept;
  SegmentLock(const SegmentLock&) = delete;
  SegmentLock& operator=(const SegmentLock&) = delete;
  ~SegmentLock();

 private:
  explicit SegmentLock(int file) : file_(file) {}
  int file_ = -1;
};

// A fresh folder beside the segments; created with its parents.
Result<std::filesystem::path> make_building_folder(const std::filesystem::path& dir);
// Stamps and syncs `building`, renames it to the next free name of its revision and returns that name.
Result<std::string> finish_segment(const std::filesystem::path& dir, const std::filesystem::path& building,
                                   const SegmentStamp& stamp);
// Puts these segments in force.
Status switch_to(const std::filesystem::path& dir, const std::vector<std::string>& segments);

// The segments in force with their stamps checked. IndexDamaged for a missing, damaged or foreign index; the word for
// which stands in `piece`: "missing", "damaged", "format".
Result<std::vector<Segment>> read_segments(const std::filesystem::path& dir);

// Reads every byte of every segment in force.
Status verify_index(const std::filesystem::path& dir);
// Copies the files of a segment, but not its stamp, to a new folder.
Status copy_segment(const std::filesystem::path& segment, const std::filesystem::path& to);
// Removes those of the named segments that nobody holds open; the others come back.
Result<std::vector<std::string>> remove_segments(const std::filesystem::path& dir,
                                                 const std::vector<std::string>& names);
// Removes what is neither in force nor held open, leftovers of killed builds included; the number of folders removed.
// Only the one writer of the index may call it.
Result<std::size_t> remove_unused_segments(const std::filesystem::path& dir);

}  // namespace treff::text
