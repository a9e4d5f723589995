// The files of the page, read once at start and served from memory; a name from outside never becomes a path.
#pragma once

#include <map>
#include <string>

#include "kb/base/result.h"

namespace treff::server {

struct PageFile {
  std::string content_type;
  std::string body;
};

// Path ("/", "/js/app.js") -> file. Regular files of known types only; links and hidden files are left out.
// IoFailure names the folder that cannot be read.
Result<std::map<std::string, PageFile>> load_pages(const std::string& web_directory);

}  // namespace treff::server
