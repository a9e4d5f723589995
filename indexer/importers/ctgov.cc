#include "indexer/importers/ctgov.h"

#include <algorithm>

#include "indexer/importers/byte_source.h"
#include "indexer/importers/file_list.h"
#include "indexer/importers/json_values.h"
#include "indexer/importers/registry_study.h"
#include "kb/base/text.h"

namespace treff::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxXmlBytes = std::uint64_t{32} << 20;

bool is_study_file(const fs::path& path) {
  std::string name = base::to_lower_ascii(path.filename().string());
  for (const std::string_view packed : {".gz", ".xz"}) {
    if (name.ends_with(packed)) name.resize(name.size() - packed.size());
  }
  return name.ends_with(".json") || name.ends_with(".ndjson") || name.ends_with(".jsonl") || name.ends_with(".xml");
}

// The day in a file name ("trials_2026-01-05.jsonl.xz"), the last one there is.
std::string day_in_name(const fs::path& path) {
  const std::string name = path.filename().string();
  std::string day;
  for (std::size_t i = 0; i + 10 <= name.size(); ++i) {
    if (base::parse_date(name.substr(i, 10))) day = name.substr(i, 10);
  }
  return day;
}

class CtgovReader {
 public:
  CtgovReader(const ImportContext& context, ImportSink& sink, Progress& progress)
      : context_(context), sink_(sink), progress_(progress) {}

  void read(const std::vector<fs::path>& paths) {
    const FileList list = list_files(paths, is_study_file, ".json, .ndjson, .jsonl or .xml");
    for (const Error& error : list.errors) fault(error);
    for (const fs::path& file : list.files) {
      std::error_code ignored;
      total_bytes_ += fs::file_size(file, ignored);
      release_ = std::max(release_, day_in_name(file));
    }
    progress_.begin("reading studies", total_bytes_);
    for (const fs::path& file : list.files) {
      if (sink_.is_full()) return;
      read_file(file);
    }
  }

 private:
  void fault(const Error& error) { sink_.error(error); }

  void read_file(const fs::path& path) {
    file_ = path.string();
    file_day_ = day_in_name(path);
    auto source = ByteSource::open(path);
    if (!source) return fault(source.error());
    std::string head;
    if (const Status read = (*source)->next(head); !read) return fault(read.error());
    const std::string_view begin = base::trim(std::string_view(head).substr(head.starts_with("\xEF\xBB\xBF") ? 3 : 0));
    if (!begin.empty() && begin.front() == '<') {
      read_xml(path);
    } else {
      // Opened again: what was read to look at it belongs to the first value.
      source = ByteSource::open(path);
      if (!source) return fault(source.error());
      const auto tick = [&] { progress_.advance(done_bytes_ + (*source)->read_bytes()); };
      const Status read = for_each_json_value(
          **source, file_, "studies",
          [&](const JsonValueText& value) { return take(study_from_json(value.text), value.line); }, tick);
      if (!read) fault(read.error());
    }
    done_bytes_ += (*source)->size_bytes();
    progress_.advance(done_bytes_);
  }

  void read_xml(const fs::path& path) {
    const auto text = read_unpacked(path, kMaxXmlBytes);
    if (!text) return fault(text.error());
    if (const auto at = base::invalid_utf8_at(*text)) {
      const auto line = 1 + std::count(text->begin(), text->begin() + static_cast<std::ptrdiff_t>(*at), '\n');
      return fault(Error{ErrorCode::UnreadableText,
                         "the text is not UTF-8",
                         file_ + ":" + std::to_string(line),
                         {},
                         std::nullopt,
                         "save or download the file as UTF-8"});
    }
    auto study = study_from_xml(*text);
    if (!study) {
      // The reader gives the line as the place.
      for (Error& error : study.error()) {
        error.where = file_ + ":" + (error.where.empty() ? "1" : error.where);
        fault(error);
      }
      return;
    }
    take(std::move(study), 1);
  }

  // False: so many errors that reading on tells nothing more.
  bool take(Checked<RegistryStudy> study, std::uint64_t line) {
    const std::string place = file_ + ":" + std::to_string(line);
    if (!study) {
      report(study.error(), place);
      // The wrong kind of file says the same thing on every line.
      return !sink_.is_full() && study.error().front().code != ErrorCode::UnsupportedFormat;
    }
    if (study->updated_on.empty()) study->updated_on = file_day_;
    auto record = to_record(*study, context_);
    if (!record) {
      report(std::move(record.error()), place);
      return !sink_.is_full();
    }
    if (!source_written_) write_source(study->released_on, *model::common_of(record->record).checked_on);
    for (Issue& note : record->notes) {
      note.where = place;
      sink_.note(std::move(note));
    }
    sink_.record({std::move(record->record), place});
    return !sink_.is_full();
  }

  void report(std::vector<Error> errors, const std::string& place) {
    for (const Error& error : base::with_place(std::move(errors), place)) fault(error);
  }

  // One source for the registry; its date is the newest export that was imported, and never goes back.
  void write_source(const std::string& released_on, const Date& fallback) {
    source_written_ = true;
    model::Source source;
    source.id = "clinicaltrials-gov";
    source.names.en = "ClinicalTrials.gov";
    source.citation = "ClinicalTrials.gov, registry of clinical studies";
    source.publisher = "U.S. National Library of Medicine";
    source.address = "https://clinicaltrials.gov";
    source.source_type = "registry";
    source.origin = "ctgov";
    source.confidence = model::Confidence::Quoted;
    Date day = fallback;
    if (const auto named = base::parse_date(release_)) day = *named;
    if (const auto stated = registry_date(released_on)) day = std::max(day, base::first_day(*stated));
    const auto before = context_.stored({model::RecordKind::Source, source.id});
    if (!before) return fault(before.error());
    if (before->has_value() && model::common_of(**before).checked_on) {
      day = std::max(day, *model::common_of(**before).checked_on);
    }
    source.checked_on = day;
    source.date = base::to_string(day);
    sink_.record({std::move(source), file_});
  }

  const ImportContext& context_;
  ImportSink& sink_;
  Progress& progress_;
  std::string file_;
  std::string file_day_;
  std::string release_;
  std::uint64_t total_bytes_ = 0;
  std::uint64_t done_bytes_ = 0;
  bool source_written_ = false;
};

}  // namespace

void stream_ctgov(const std::vector<fs::path>& paths, const ImportContext& context, ImportSink& sink,
                  Progress& progress) {
  CtgovReader(context, sink, progress).read(paths);
}

}  // namespace treff::indexer
