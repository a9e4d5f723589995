#include "server/pages.h"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace treff::server {
namespace {

namespace fs = std::filesystem;

std::string type_of(const fs::path& path) {
  const std::string extension = path.extension().string();
  if (extension == ".html") return "text/html; charset=utf-8";
  if (extension == ".js" || extension == ".mjs") return "text/javascript; charset=utf-8";
  if (extension == ".css") return "text/css; charset=utf-8";
  if (extension == ".json" || extension == ".webmanifest") return "application/json";
  if (extension == ".svg") return "image/svg+xml";
  if (extension == ".png") return "image/png";
  if (extension == ".ico") return "image/x-icon";
  if (extension == ".woff2") return "font/woff2";
  return {};
}

}  // namespace

Result<std::map<std::string, PageFile>> load_pages(const std::string& web_directory) {
  std::map<std::string, PageFile> pages;
  std::error_code error;
  const fs::path root(web_directory);
  for (fs::recursive_directory_iterator it(root, error), end; !error && it != end; it.increment(error)) {
    const fs::path& path = it->path();
    if (it->is_symlink() || !it->is_regular_file() || path.filename().string().front() == '.') continue;
    const std::string type = type_of(path);
    if (type.empty()) continue;
    std::ifstream file(path, std::ios::binary);
    PageFile page{type, std::string((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>())};
    if (!file.good() && !file.eof()) return fail(ErrorCode::IoFailure, "a page could not be read", path.string());
    std::string name = "/" + path.lexically_relative(root).generic_string();
    if (name == "/index.html") pages.emplace("/", page);
    pages.emplace(std::move(name), std::move(page));
  }
  if (error)
    return fail(ErrorCode::IoFailure, "the folder of the pages cannot be read: " + error.message(), web_directory);
  return pages;
}

}  // namespace treff::server
