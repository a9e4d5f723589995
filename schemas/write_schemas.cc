// treff-schema FOLDER: writes the JSON Schemas that the tables of kb/model say, one file a record kind.
//
// Run it after a change of a table; the tests compare the files with what it writes.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include "kb/model/codec.h"

namespace {

bool write(const std::filesystem::path& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out) std::cerr << "treff-schema: cannot write " << file.string() << "\n";
  return static_cast<bool>(out);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: treff-schema FOLDER\n";
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  std::error_code failure;
  std::filesystem::create_directories(folder / "records", failure);
  if (failure) {
    std::cerr << "treff-schema: cannot make " << folder.string() << ": " << failure.message() << "\n";
    return 1;
  }
  bool good = true;
  for (const auto& row : treff::model::kRecordKinds) {
    const std::string name = std::string(row.name) + ".schema.json";
    good = write(folder / "records" / name, treff::model::record_schema(row.kind)) && good;
  }
  good = write(folder / "criterion.schema.json", treff::model::criterion_schema()) && good;
  good = write(folder / "case.schema.json", treff::model::case_schema()) && good;
  return good ? 0 : 1;
}
