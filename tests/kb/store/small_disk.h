// A disk that can be filled: a file system of 8 MiB in memory, where the user may mount one.
#pragma once

#include <sys/mount.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

namespace treff::store {

class SmallDisk {
 public:
  explicit SmallDisk(const std::filesystem::path& where) : where_(where) {
    std::filesystem::create_directory(where_);
    mounted_ = ::mount("tmpfs", where_.c_str(), "tmpfs", 0, "size=8m") == 0;
    if (!mounted_) reason_ = std::strerror(errno);
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(where_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool mounted() const { return mounted_; }
  const std::string& reason() const { return reason_; }

 private:
  std::filesystem::path where_;
  bool mounted_ = false;
  std::string reason_;
};

// Fills the disk but for `left` bytes.
inline void fill(const std::filesystem::path& file, std::size_t left) {
  {
    std::ofstream out(file, std::ios::binary);
    const std::string block(4096, 'f');
    while (out << block && out.flush()) continue;
  }
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - left);
}

// Text that no compression makes smaller.
inline std::string noise(std::mt19937& random, std::size_t size) {
  std::string text(size, ' ');
  for (char& c : text) c = static_cast<char>('!' + random() % 90);
  return text;
}

}  // namespace treff::store
