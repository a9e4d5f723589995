// Small files and folders written so that they survive a power cut. Internal to kb/text.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "kb/base/result.h"

namespace treff::text {

// Whole content; NotFound if there is no such file, TooLarge beyond `max_bytes`.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes);
// Writes and syncs a new or emptied file (not its folder).
Status write_synced(const std::filesystem::path& path, std::string_view bytes);
// Syncs an existing file or folder.
Status sync_path(const std::filesystem::path& path);
// Replaces `path` in one step: writes beside it, syncs, renames, syncs the folder.
Status replace_synced(const std::filesystem::path& path, std::string_view bytes);
// DiskFull or IoFailure from errno, naming the file without its folder.
tl::unexpected<Error> system_failure(std::string_view doing, const std::filesystem::path& path, int error_number);

struct FileDigests {
  std::uint64_t bytes = 0;
  std::string quick;  // small files whole, large ones in samples
  std::string full;   // all bytes; empty unless asked for
};
// Memory use does not depend on the size of the file.
Result<FileDigests> digest_file(const std::filesystem::path& path, bool full);

}  // namespace treff::text
