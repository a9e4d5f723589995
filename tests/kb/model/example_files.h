// The files of schemas/ as the tests of kb/model read them.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace treff::model {

inline std::filesystem::path schemas_folder() { return std::filesystem::path(TREFF_SOURCE_DIR) / "schemas"; }

// Empty if the file cannot be read; the tests then fail on its content.
inline std::string file_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

struct ExampleFile {
  std::string name;  // without ".json"
  std::string text;
};

// Examples whose name is `stem` or begins with `stem-`, in order of name; all of them for an empty stem.
inline std::vector<ExampleFile> examples_of(const std::string& stem) {
  std::vector<ExampleFile> examples;
  for (const auto& entry : std::filesystem::directory_iterator(schemas_folder() / "examples")) {
    const std::string name = entry.path().stem().string();
    if (stem.empty() || name == stem || name.rfind(stem + "-", 0) == 0) {
      examples.push_back({name, file_text(entry.path())});
    }
  }
  std::sort(examples.begin(), examples.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return examples;
}

}  // namespace treff::model
