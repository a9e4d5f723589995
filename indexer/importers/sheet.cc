#include "indexer/importers/sheet.h"

#include <algorithm>
#include <array>

#include "indexer/importers/byte_source.h"
#include "indexer/importers/delimited.h"
#include "indexer/importers/sheet_criterion.h"
#include "kb/base/text.h"

namespace treff::indexer {
namespace {

namespace fs = std::filesystem;
using base::trim;

constexpr std::uint64_t kMaxSheetBytes = std::uint64_t{64} << 20;

// THE table of columns; docs/sheet.md explains each, and a test compares the two.
struct SheetColumn {
  std::string_view name;
  bool required;
};
enum Column : std::size_t {
  Id,
  Trial,
  Name,
  NameNb,
  Drugs,
  Diagnoses,
  NotDiagnoses,
  Needs,
  Excludes,
  AgeMin,
  AgeMax,
  EcogMax,
  SexOf,
  Ask,
  State,
  StateFrom,
  StateReason,
  Stage,
  Slots,
  SlotsLeft,
  SlotsAsOf,
  Tier,
  Sources,
  CheckedOn,
  Sureness,
  Note,
  kColumns
};
constexpr std::array<SheetColumn, kColumns> kSheetColumns = {{
    {"id", true},           {"trial", true},          {"name", false},   {"name_nb", false},   {"drugs", true},
    {"diagnoses", false},   {"not_diagnoses", false}, {"needs", false},  {"excludes", false},  {"age_min", false},
    {"age_max", false},     {"ecog_max", false},      {"sex", false},    {"ask", false},       {"status", true},
    {"status_from", false}, {"status_reason", false}, {"stage", false},  {"slots", false},     {"slots_left", false},
    {"slots_as_of", false}, {"evidence_tier", false}, {"sources", true}, {"checked_on", true}, {"confidence", false},
    {"note", false},
}};

std::vector<std::string> parts_of(std::string_view text, char separator) {
  std::vector<std::string> out;
  for (const std::string_view part : base::split(text, separator)) {
    if (!trim(part).empty()) out.emplace_back(trim(part));
  }
  return out;
}

// One row on its way to a cohort; every error carries file:line:column.
class RowReader {
 public:
  RowReader(const DelimitedRow& row, const std::array<std::size_t, kColumns>& index, const std::string& file,
            const match::Vocabulary& words, ImportSink& sink)
      : row_(row), index_(index), file_(file), words_(words), sink_(sink) {}

  // nullopt if anything was wrong; all of it has been reported.
  std::optional<model::Cohort> read() {
    model::Cohort cohort;
    cohort.origin = "sheet";
    cohort.id = text(Id);
    if (!base::is_slug(cohort.id))
      wrong(Id, ErrorCode::InvalidValue, "not an id", "lower-case letters, digits and '-'");
    cohort.trial = base::to_lower_ascii(text(Trial));
    require(Trial);
    cohort.names.en = text(Name);
    cohort.names.nb = text(NameNb);
    cohort.note = text(Note);
    cohort.evidence_tier = text(Tier);
    cohort.sources = parts_of(text(Sources), '|');
    require(Sources);
    if (require(CheckedOn)) cohort.checked_on = date(CheckedOn);
    cohort.confidence = word<model::Confidence>(Sureness).value_or(model::Confidence::Quoted);
    read_drugs(cohort);
    read_criteria(cohort);
    read_status(cohort);
    read_slots(cohort);
    return ok_ ? std::optional(std::move(cohort)) : std::nullopt;
  }

 private:
  std::string text(Column column) const {
    const std::size_t i = index_[column];
    return i < row_.cells.size() ? std::string(trim(row_.cells[i])) : std::string();
  }

  std::string place(Column column) const {
    const std::size_t i = index_[column];
    const std::string at = file_ + ":" + std::to_string(row_.line);
    return i < row_.columns.size() ? at + ":" + std::to_string(row_.columns[i]) : at;
  }

  void wrong(Column column, ErrorCode code, std::string message, std::string hint = {}) {
    if (!text(column).empty()) message += ": '" + text(column) + "'";
    Error error{code,          std::string(kSheetColumns[column].name) + ": " + std::move(message),
                place(column), text(column),
                std::nullopt,  std::move(hint)};
    wrong(std::move(error));
  }
  void wrong(Error error) {
    ok_ = false;
    sink_.error(std::move(error));
  }

  bool require(Column column) {
    if (!text(column).empty()) return true;
    wrong(column, ErrorCode::MissingKey, "the cell is empty");
    return false;
  }

  // "2026-11-22" or "22.11.2026".
  std::optional<Date> date(Column column) {
    const std::string given = text(column);
    if (given.empty()) return std::nullopt;
    std::string iso = given;
    const auto parts = base::split(given, '.');
    if (parts.size() == 3 && parts[2].size() == 4 && parts[0].size() <= 2 && parts[1].size() <= 2) {
      const auto two = [](std::string_view part) { return (part.size() < 2 ? "0" : "") + std::string(part); };
      iso = std::string(parts[2]) + "-" + two(parts[1]) + "-" + two(parts[0]);
    }
    const auto read = base::parse_date(iso);
    if (read) return *read;
    wrong(column, ErrorCode::InvalidDate, "not a date", "2026-11-22 or 22.11.2026");
    return std::nullopt;
  }

  std::optional<int> number(Column column) {
    const std::string given = text(column);
    if (given.empty()) return std::nullopt;
    const auto read = base::parse_int(given);
    if (!read) wrong(column, ErrorCode::InvalidValue, "not a whole number");
    return read;
  }

  template <class E>
  std::optional<E> word(Column column) {
    const std::string given = base::to_lower_ascii(text(column));
    if (given.empty()) return std::nullopt;
    std::vector<std::string> known;
    for (const auto& row : base::EnumNames<E>::rows) {
      if (row.name == given) return row.value;
      known.emplace_back(row.name);
    }
    wrong(column, ErrorCode::InvalidValue, "not one of the words", base::join(known, ", "));
    return std::nullopt;
  }

  void read_drugs(model::Cohort& cohort) {
    if (!require(Drugs)) return;
    const auto ids = words_.drugs.find_combination(text(Drugs));
    if (ids) {
      cohort.drugs = *ids;
    } else {
      wrong(Drugs, ids.error().code, ids.error().message, ids.error().hint);
    }
  }

  void read_criteria(model::Cohort& cohort) {
    SheetCriteria cells;
    cells.diagnoses = {text(Diagnoses), place(Diagnoses)};
    cells.not_diagnoses = {text(NotDiagnoses), place(NotDiagnoses)};
    cells.needs = {text(Needs), place(Needs)};
    cells.excludes = {text(Excludes), place(Excludes)};
    cells.ask = {text(Ask), place(Ask)};
    const auto min = number(AgeMin);
    const auto max = number(AgeMax);
    if (min || max) cells.clinical.age_years = model::Range<int>{min, max};
    if (const auto ecog = number(EcogMax)) cells.clinical.ecog = model::Range<int>{std::nullopt, ecog};
    cells.clinical.sex = word<model::Sex>(SexOf);
    std::vector<Error> errors;
    auto rule = sheet_criterion(cells, words_, errors);
    for (Error& error : errors) wrong(std::move(error));
    if (!rule) return;
    model::CriteriaPart part;
    part.rule = std::move(*rule);
    part.sources = cohort.sources;
    part.checked_on = cohort.checked_on;
    part.confidence = cohort.confidence;
    cohort.criteria = std::move(part);
  }

  void read_status(model::Cohort& cohort) {
    if (!require(State)) return;
    const auto state = word<model::EntryState>(State);
    model::StatusChange change;
    change.from = date(StateFrom);
    change.reason = text(StateReason);
    if (!state) return;
    change.state = *state;
    change.sources = cohort.sources;
    change.checked_on = cohort.checked_on;
    change.confidence = cohort.confidence;
    cohort.status = {std::move(change)};
    if (const auto stage = word<model::StageNumber>(Stage)) cohort.stage = *stage;
  }

  void read_slots(model::Cohort& cohort) {
    const auto cap = number(Slots);
    const auto left = number(SlotsLeft);
    const auto as_of = date(SlotsAsOf);
    if (!cap) {
      if (left) wrong(Slots, ErrorCode::MissingKey, "slots_left without slots");
      return;
    }
    model::Slots slots;
    slots.cap = *cap;
    slots.left = left;
    slots.as_of = as_of ? as_of : cohort.checked_on;
    slots.sources = cohort.sources;
    slots.checked_on = cohort.checked_on;
    slots.confidence = cohort.confidence;
    cohort.slots = std::move(slots);
  }

  const DelimitedRow& row_;
  const std::array<std::size_t, kColumns>& index_;
  const std::string& file_;
  const match::Vocabulary& words_;
  ImportSink& sink_;
  bool ok_ = true;
};

// Where each column stands; kColumns beyond the row if it is not there. False if the header is wrong.
bool find_columns(const DelimitedRow& header, const std::string& file, std::array<std::size_t, kColumns>& index,
                  ImportSink& sink) {
  bool good = true;
  std::vector<std::string> known;
  for (const SheetColumn& column : kSheetColumns) known.emplace_back(column.name);
  index.fill(static_cast<std::size_t>(-1));
  for (std::size_t i = 0; i < header.cells.size(); ++i) {
    const std::string name = base::to_lower_ascii(trim(header.cells[i]));
    if (name.empty()) continue;
    const auto found = std::find(known.begin(), known.end(), name);
    const std::string place = file + ":" + std::to_string(header.line) + ":" + std::to_string(header.columns[i]);
    if (found == known.end()) {
      const auto near = base::nearest(name, known);
      sink.error(Error{ErrorCode::UnknownKey, "the column '" + name + "' is not known", place, name, std::nullopt,
                       near ? "did you mean '" + *near + "'?" : "the columns are in docs/sheet.md"});
      good = false;
      continue;
    }
    std::size_t& slot = index[static_cast<std::size_t>(found - known.begin())];
    if (slot != static_cast<std::size_t>(-1)) {
      sink.error(
          Error{ErrorCode::DuplicateId, "the column '" + name + "' stands twice", place, name, std::nullopt, {}});
      good = false;
    }
    slot = i;
  }
  for (std::size_t c = 0; c < kColumns; ++c) {
    if (!kSheetColumns[c].required || index[c] != static_cast<std::size_t>(-1)) continue;
    sink.error(Error{ErrorCode::WrongColumns, "the column '" + known[c] + "' is missing",
                     file + ":" + std::to_string(header.line), known[c], std::nullopt,
                     "treff import sheet --template writes an empty sheet"});
    good = false;
  }
  return good;
}

std::string quoted(const std::string& cell) {
  if (cell.find_first_of("\";\n") == std::string::npos) return cell;
  std::string out = "\"";
  for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

}  // namespace

void read_sheet(std::string_view text, const std::string& file_name, const ImportContext& context, ImportSink& sink,
                Progress& progress) {
  const auto rows = read_delimited(text, separator_of(text), Quoting::Doubled, file_name);
  if (!rows) return sink.error(rows.error());
  std::array<std::size_t, kColumns> index{};
  if (!find_columns(rows->front(), file_name, index, sink)) return;
  const std::size_t width = rows->front().cells.size();
  progress.begin("reading rows", rows->size());
  for (std::size_t i = 1; i < rows->size() && !sink.is_full(); ++i) {
    const DelimitedRow& row = (*rows)[i];
    const std::string place = file_name + ":" + std::to_string(row.line);
    if (row.cells.size() > width) {
      sink.error(Error{ErrorCode::WrongColumns,
                       "the row has more cells than the header",
                       place,
                       {},
                       std::nullopt,
                       "a cell that holds the separator stands in quotes"});
      continue;
    }
    auto cohort = RowReader(row, index, file_name, context.knowledge.vocabulary(), sink).read();
    if (cohort) sink.record({std::move(*cohort), place});
    progress.advance(i);
  }
}

void stream_sheet(const std::vector<fs::path>& paths, const ImportContext& context, ImportSink& sink,
                  Progress& progress) {
  for (const fs::path& path : paths) {
    if (path.extension() == ".xlsx" || path.extension() == ".xls" || path.extension() == ".ods") {
      sink.error(Error{ErrorCode::UnsupportedFormat,
                       "a workbook is not read",
                       path.string(),
                       {},
                       std::nullopt,
                       "save the sheet as CSV UTF-8"});
      continue;
    }
    const auto text = read_unpacked(path, kMaxSheetBytes);
    if (text) {
      read_sheet(*text, path.string(), context, sink, progress);
    } else {
      sink.error(text.error());
    }
  }
}

std::string sheet_template() {
  std::vector<std::string> names;
  for (const SheetColumn& column : kSheetColumns) names.emplace_back(column.name);
  return "\xEF\xBB\xBF" + base::join(names, ";") + "\r\n";
}

std::string sheet_of_suggestions(const model::Trial& trial) {
  std::string out = sheet_template();
  std::string excluded;
  for (const model::SuggestedCriterion& one : trial.suggested_exclusions) {
    excluded += (excluded.empty() ? "" : " | ") + base::join(one.any_of, " | ");
  }
  std::size_t number = 0;
  for (const model::SuggestedCriterion& one : trial.suggested_needs) {
    std::array<std::string, kColumns> cells;
    cells[Id] = trial.id + "-" + std::to_string(++number);
    cells[Trial] = trial.id;
    cells[Name] = one.arm;
    cells[Needs] = base::join(one.any_of, " | ");
    cells[Excludes] = excluded;
    cells[Sources] = base::join(trial.sources, " | ");
    cells[Sureness] = "inferred";
    cells[Note] = "suggested from text (" + one.place + "): " + one.quote;
    std::vector<std::string> row;
    for (const std::string& cell : cells) row.push_back(quoted(cell));
    out += base::join(row, ";") + "\r\n";
  }
  return out;
}

}  // namespace treff::indexer
