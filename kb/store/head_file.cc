#include "kb/store/head_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>

#include "kb/base/text.h"

namespace treff::store {
namespace {

constexpr const char* kNextFileName = "HEAD.next";
constexpr const char* kFullDiskHint = "free space on this disk and repeat the change";
constexpr std::size_t kMaxFileBytes = 128;
constexpr std::uintmax_t kReserveBytes = std::uintmax_t{1} << 20;

// Closes at the end of its scope; -1 is "not open".
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

tl::unexpected<Error> system_failure(const std::string& doing, const std::filesystem::path& path, int error_number) {
  const bool full = error_number == ENOSPC || error_number == EDQUOT;
  return fail(full ? ErrorCode::DiskFull : ErrorCode::IoFailure,
              "cannot " + doing + " " + path.filename().string() + ": " + std::strerror(error_number), path.string(),
              full ? kFullDiskHint : "");
}

Status write_all(int file, std::string_view bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return system_failure("write", path, written < 0 ? errno : EIO);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

// Every digit string but the plain decimal of a revision is refused.
std::optional<Revision> parse_revision(std::string_view text) {
  if (text.empty() || text.size() > 15 || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  Revision revision = 0;
  for (const char c : text) {
    if (!base::is_ascii_digit(c)) return std::nullopt;
    revision = revision * 10 + static_cast<Revision>(c - '0');
  }
  return revision;
}

std::optional<HeadNote> parse_note(std::string_view text) {
  if (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  const std::size_t space = text.find(' ');
  const auto revision = parse_revision(text.substr(0, space));
  if (!revision) return std::nullopt;
  HeadNote note{*revision, {}};
  if (space == std::string_view::npos) return note;
  note.hash = text.substr(space + 1);
  const bool is_hash = note.hash.size() == 64 && note.hash.find_first_not_of("0123456789abcdef") == std::string::npos;
  return is_hash && note.revision > 0 ? std::optional(note) : std::nullopt;
}

}  // namespace

Result<std::optional<HeadNote>> read_head(const std::filesystem::path& directory) {
  const std::filesystem::path path = directory / kHeadFileName;
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0 && (errno == ENOENT || errno == ENOTDIR)) return std::optional<HeadNote>();
  if (file.number() < 0) return system_failure("open", path, errno);
  std::string text(kMaxFileBytes, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t got = ::read(file.number(), text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_failure("read", path, errno);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  text.resize(size);
  auto note = parse_note(text);
  if (!note) {
    return fail(ErrorCode::StoreDamaged, "HEAD does not hold a revision and its hash", path.string(),
                "restore the file from a backup");
  }
  return note;
}

Status prepare_head(const std::filesystem::path& directory, const HeadNote& note) {
  const std::filesystem::path path = directory / kNextFileName;
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (file.number() < 0) return system_failure("create", path, errno);
  const std::string text = std::to_string(note.revision) + (note.hash.empty() ? "" : " ") + note.hash + "\n";
  if (auto written = write_all(file.number(), text, path); !written) return written;
  if (::fsync(file.number()) != 0) return system_failure("sync", path, errno);
  return {};
}

Status publish_head(const std::filesystem::path& directory) {
  const std::filesystem::path path = directory / kHeadFileName;
  if (std::rename((directory / kNextFileName).c_str(), path.c_str()) != 0) {
    return system_failure("replace", path, errno);
  }
  const Descriptor folder(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.number() < 0) return system_failure("open the folder of", path, errno);
  if (::fsync(folder.number()) != 0) return system_failure("sync the folder of", path, errno);
  return {};
}

Status check_space(const std::filesystem::path& directory, std::size_t bytes) {
  std::error_code failure;
  const std::filesystem::space_info space = std::filesystem::space(directory, failure);
  if (failure) return fail(ErrorCode::IoFailure, "cannot ask for free space: " + failure.message(), directory.string());
  const std::uintmax_t needed = 2 * std::uintmax_t{bytes} + kReserveBytes;
  if (space.available >= needed) return {};
  return fail(
      ErrorCode::DiskFull,
      "the disk has " + std::to_string(space.available) + " bytes left, the change needs " + std::to_string(needed),
      directory.string(), kFullDiskHint);
}

}  // namespace treff::store
