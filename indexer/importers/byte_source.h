// A file as a bounded stream of bytes: plain, gzip or xz, told by its first bytes, never by its name.
//
// A packed file may unfold to at most kMaxUnpackedBytes and at most kMaxRatio times its packed size (beyond the first
// kRatioFreeBytes), so that a bomb ends as an error in bounded memory. Not thread-safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "kb/base/result.h"

namespace treff::indexer {

inline constexpr std::uint64_t kMaxUnpackedBytes = std::uint64_t{16} << 30;
inline constexpr std::uint64_t kMaxRatio = 200;  // registry text packs about 1:8, repeated test records 1:100
inline constexpr std::uint64_t kRatioFreeBytes = std::uint64_t{64} << 20;
inline constexpr std::uint64_t kXzMemoryBytes = std::uint64_t{128} << 20;

class ByteSource {
 public:
  // NotFound, IoFailure, UnsupportedFormat (zip, bzip2, zstd).
  static Result<std::unique_ptr<ByteSource>> open(const std::filesystem::path& path);
  virtual ~ByteSource() = default;

  // Replaces `out` with the next bytes, at most about 256 KiB; empty at the end. TooLarge for a bomb, TruncatedFile for
  // a packed file that stops early, MalformedJson never. Errors carry the path.
  virtual Status next(std::string& out) = 0;

  // Bytes of the file as it lies on disk, and how many of them were read: for progress.
  std::uint64_t size_bytes() const { return size_bytes_; }
  std::uint64_t read_bytes() const { return read_bytes_; }

 protected:
  std::uint64_t size_bytes_ = 0;
  std::uint64_t read_bytes_ = 0;
};

// The whole content, unpacked, at most `limit` bytes (TooLarge).
Result<std::string> read_unpacked(const std::filesystem::path& path, std::uint64_t limit);

}  // namespace treff::indexer
