#include "kb/text/durable_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "kb/base/hash.h"

namespace treff::text {
namespace {

constexpr std::uint64_t kBlockBytes = 1U << 20;         // full digest: a chain of block digests
constexpr std::uint64_t kWholeBytes = 4 * kBlockBytes;  // up to here the quick digest covers everything
constexpr std::uint64_t kSampleBytes = 16384;
constexpr std::uint64_t kSamples = 64;  // evenly spread, first and last included

// Closes at the end of its scope.
class OpenFile {
 public:
  OpenFile(const std::filesystem::path& path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {}
  ~OpenFile() {
    if (number_ >= 0) ::close(number_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  bool is_open() const { return number_ >= 0; }
  int number() const { return number_; }

 private:
  int number_;
};

// Bytes [from, from + length) or fewer at the end of the file.
Result<std::string> read_range(const OpenFile& file, const std::filesystem::path& path, std::uint64_t from,
                               std::uint64_t length) {
  std::string bytes(length, '\0');
  std::size_t got = 0;
  while (got < bytes.size()) {
    const ssize_t n = ::pread(file.number(), bytes.data() + got, bytes.size() - got, static_cast<off_t>(from + got));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return system_failure("read", path, errno);
    if (n == 0) break;
    got += static_cast<std::size_t>(n);
  }
  bytes.resize(got);
  return bytes;
}

// Digest of the digests of the ranges that start every `step` bytes.
Result<std::string> digest_ranges(const OpenFile& file, const std::filesystem::path& path, std::uint64_t size,
                                  std::uint64_t length, std::uint64_t step) {
  std::string chain;
  for (std::uint64_t from = 0; from < size; from += step) {
    Result<std::string> bytes = read_range(file, path, from, length);
    if (!bytes) return bytes;
    chain += base::sha256_hex(*bytes);
  }
  if (step > length && size > length) {
    Result<std::string> last = read_range(file, path, size - length, length);
    if (!last) return last;
    chain += base::sha256_hex(*last);
  }
  return base::sha256_hex(chain);
}

}  // namespace

tl::unexpected<Error> system_failure(std::string_view doing, const std::filesystem::path& path, int error_number) {
  const bool full = error_number == ENOSPC || error_number == EDQUOT;
  return fail(full ? ErrorCode::DiskFull : ErrorCode::IoFailure,
              "cannot " + std::string(doing) + " " + path.filename().string() + ": " + std::strerror(error_number),
              "text index", full ? "free space on this disk and build the text index again" : "");
}

Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes) {
  const OpenFile file(path, O_RDONLY);
  if (!file.is_open()) {
    if (errno != ENOENT && errno != ENOTDIR) return system_failure("open", path, errno);
    return fail(ErrorCode::NotFound, "there is no file " + path.filename().string(), "text index");
  }
  struct stat facts = {};
  if (::fstat(file.number(), &facts) != 0) return system_failure("open", path, errno);
  const auto size = static_cast<std::uint64_t>(facts.st_size);
  if (size > max_bytes) return fail(ErrorCode::TooLarge, path.filename().string() + " is too large", "text index");
  return read_range(file, path, 0, size);
}

Status write_synced(const std::filesystem::path& path, std::string_view bytes) {
  const OpenFile file(path, O_WRONLY | O_CREAT | O_TRUNC);
  if (!file.is_open()) return system_failure("create", path, errno);
  while (!bytes.empty()) {
    const ssize_t n = ::write(file.number(), bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return system_failure("write", path, n < 0 ? errno : EIO);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  if (::fsync(file.number()) != 0) return system_failure("sync", path, errno);
  return {};
}

Status sync_path(const std::filesystem::path& path) {
  const OpenFile file(path, O_RDONLY);
  if (!file.is_open()) return system_failure("open", path, errno);
  if (::fsync(file.number()) != 0) return system_failure("sync", path, errno);
  return {};
}

Status replace_synced(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::path next = path;
  next += ".next";
  if (Status written = write_synced(next, bytes); !written) return written;
  if (::rename(next.c_str(), path.c_str()) != 0) return system_failure("replace", path, errno);
  return sync_path(path.parent_path());
}

Result<FileDigests> digest_file(const std::filesystem::path& path, bool full) {
  const OpenFile file(path, O_RDONLY);
  struct stat facts = {};
  if (!file.is_open() || ::fstat(file.number(), &facts) != 0) return system_failure("open", path, errno);
  FileDigests digests;
  digests.bytes = static_cast<std::uint64_t>(facts.st_size);
  const bool whole = digests.bytes <= kWholeBytes;
  Result<std::string> quick = whole ? digest_ranges(file, path, digests.bytes, kBlockBytes, kBlockBytes)
                                    : digest_ranges(file, path, digests.bytes, kSampleBytes, digests.bytes / kSamples);
  if (!quick) return fail(quick.error());
  digests.quick = *quick;
  if (!full) return digests;
  Result<std::string> all = digest_ranges(file, path, digests.bytes, kBlockBytes, kBlockBytes);
  if (!all) return fail(all.error());
  digests.full = *all;
  return digests;
}

}  // namespace treff::text
