#include "indexer/importers/civic.h"

#include <algorithm>
#include <array>
#include <set>

#include "indexer/importers/byte_source.h"
#include "indexer/importers/delimited.h"
#include "kb/base/text.h"
#include "kb/model/codec.h"
#include "kb/nomenclature/read_alteration.h"

namespace treff::indexer {
namespace {

namespace fs = std::filesystem;
using nomenclature::VariantClass;

constexpr const char* kSource = "civic";
constexpr std::uint64_t kMaxTableBytes = std::uint64_t{128} << 20;
constexpr std::string_view kEvidenceFile = "ClinicalEvidenceSummaries.tsv";

enum Column : std::size_t {
  Gene,
  Variant,
  Disease,
  Drugs,
  Interaction,
  Type,
  Direction,
  Level,
  Significance,
  Statement,
  Citation,
  SourceType,
  Rating,
  State,
  Id,
  Origin,
  Reviewed,
  kColumns
};
constexpr std::array<std::string_view, kColumns> kColumnNames = {"gene",
                                                                 "variant",
                                                                 "disease",
                                                                 "drugs",
                                                                 "drug_interaction_type",
                                                                 "evidence_type",
                                                                 "evidence_direction",
                                                                 "evidence_level",
                                                                 "clinical_significance",
                                                                 "evidence_statement",
                                                                 "citation_id",
                                                                 "source_type",
                                                                 "rating",
                                                                 "evidence_status",
                                                                 "evidence_id",
                                                                 "variant_origin",
                                                                 "last_review_date"};

// Short enough to stand inside a longer id.
std::string slug_of(std::string_view text) {
  std::string out = base::to_slug(text);
  if (out.size() > 60) out.resize(60);
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

// CIViC writes in capitals what HGVS writes small: P780INS is an insertion at P780, not the residues I, N and S.
std::string small_events(std::string name) {
  for (std::size_t i = 1; i < name.size(); ++i) {
    if (!base::is_ascii_digit(name[i - 1])) continue;
    for (const std::string_view event : {"DELINS", "DEL", "INS", "DUP"}) {
      if (name.compare(i, event.size(), event) != 0) continue;
      name.replace(i, event.size(), base::to_lower_ascii(event));
      break;
    }
  }
  return name;
}

class EvidenceTable {
 public:
  EvidenceTable(const std::string& file_name, const ImportContext& context, ImportSink& sink)
      : file_(file_name), context_(context), words_(context.knowledge.vocabulary()), sink_(sink) {}

  void read(std::string_view tsv, Progress& progress) {
    const auto rows = read_delimited(tsv, '\t', Quoting::None, file_);
    if (!rows) return sink_.error(rows.error());
    if (!find_columns(rows->front())) return;
    source_of(*rows);
    progress.begin("reading evidence", rows->size());
    for (std::size_t i = 1; i < rows->size() && !sink_.is_full(); ++i) {
      take((*rows)[i]);
      progress.advance(i);
    }
  }

 private:
  bool find_columns(const DelimitedRow& header) {
    width_ = header.cells.size();
    bool all = true;
    for (std::size_t c = 0; c < kColumns; ++c) {
      const auto found = std::find(header.cells.begin(), header.cells.end(), kColumnNames[c]);
      index_[c] = static_cast<std::size_t>(found - header.cells.begin());
      if (found != header.cells.end()) continue;
      sink_.error(Error{ErrorCode::WrongColumns, "the column '" + std::string(kColumnNames[c]) + "' is missing",
                        file_ + ":1", std::string(kColumnNames[c]), std::nullopt,
                        "a ClinicalEvidenceSummaries.tsv of CIViC, 2021 form"});
      all = false;
    }
    return all;
  }

  const std::string& cell(const DelimitedRow& row, Column column) const { return row.cells[index_[column]]; }

  // "2020-11-20 16:18:21 UTC".
  static std::optional<Date> day_of(const std::string& text) {
    const auto date = base::parse_date(text.substr(0, std::min<std::size_t>(10, text.size())));
    return date ? std::optional(*date) : std::nullopt;
  }

  // "01-Aug-2021-ClinicalEvidenceSummaries.tsv"; a nightly file is of the day of its newest review.
  std::optional<Date> day_in_name() const {
    static constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::string name = fs::path(file_).filename().string();
    if (name.size() < 11 || name[2] != '-' || name[6] != '-') return std::nullopt;
    const auto month = std::find(kMonths.begin(), kMonths.end(), std::string_view(name).substr(3, 3));
    if (month == kMonths.end()) return std::nullopt;
    const std::size_t number = static_cast<std::size_t>(month - kMonths.begin()) + 1;
    const std::string iso =
        name.substr(7, 4) + (number < 10 ? "-0" : "-") + std::to_string(number) + "-" + name.substr(0, 2);
    const auto date = base::parse_date(iso);
    return date ? std::optional(*date) : std::nullopt;
  }

  void source_of(const std::vector<DelimitedRow>& rows) {
    std::optional<Date> newest = day_in_name();
    if (!newest) {
      for (std::size_t i = 1; i < rows.size(); ++i) {
        if (rows[i].cells.size() != width_) continue;
        if (const auto day = day_of(cell(rows[i], Reviewed)); day && (!newest || *day > *newest)) newest = day;
      }
    }
    if (!newest) {
      return sink_.error(Error{ErrorCode::MissingKey,
                               "nothing says of which day the release is",
                               file_,
                               {},
                               std::nullopt,
                               "keep the name of the release, for example 01-Aug-2021-..."});
    }
    release_ = *newest;
    model::Source source;
    source.id = kSource;
    source.names.en = "CIViC";
    source.citation = "CIViC: Clinical Interpretation of Variants in Cancer";
    source.publisher = "Washington University School of Medicine";
    source.address = "https://civicdb.org";
    source.source_type = "knowledge base";
    source.date = base::to_string(release_);
    source.checked_on = release_;
    source.confidence = model::Confidence::Quoted;
    source.origin = "civic";
    sink_.record({std::move(source), file_});
  }

  void note(const char* id, std::string message, const DelimitedRow& row, std::string piece) {
    sink_.note({id, std::move(message), file_ + ":" + std::to_string(row.line), std::move(piece)});
  }

  void take(const DelimitedRow& row) {
    const std::string place = file_ + ":" + std::to_string(row.line);
    if (row.cells.size() != width_) {
      return sink_.error(
          Error{ErrorCode::WrongColumns,
                "the row has " + std::to_string(row.cells.size()) + " cells, the header " + std::to_string(width_),
                place,
                {},
                std::nullopt,
                "is the file complete?"});
    }
    const std::string& id = cell(row, Id);
    if (!base::parse_int(id)) {
      return sink_.error(
          Error{ErrorCode::InvalidValue, "not an evidence id", place, id, std::nullopt, "a whole number"});
    }
    if (cell(row, State) != "accepted") return note("not_accepted", "evidence that is not accepted", row, id);
    if (cell(row, Type) != "Predictive") {
      return note("not_predictive", "evidence of another kind is left out", row, "EID" + id + " " + cell(row, Type));
    }
    const auto direction = direction_of(row);
    if (!direction) {
      return note("direction_left_out", "says neither effect nor resistance nor lack of effect", row,
                  "EID" + id + " " + cell(row, Direction) + " " + cell(row, Significance));
    }
    make(row, *direction, place);
  }

  std::optional<model::EvidenceDirection> direction_of(const DelimitedRow& row) const {
    const bool supports = cell(row, Direction) == "Supports";
    const std::string& what = cell(row, Significance);
    if (!supports && cell(row, Direction) != "Does Not Support") return std::nullopt;
    if (what == "Sensitivity/Response") {
      return supports ? model::EvidenceDirection::Sensitive : model::EvidenceDirection::NoBenefit;
    }
    // That resistance was not seen is no evidence of an effect.
    if (supports && (what == "Resistance" || what == "Reduced Sensitivity")) return model::EvidenceDirection::Resistant;
    return std::nullopt;
  }

  void make(const DelimitedRow& row, model::EvidenceDirection direction, const std::string& place) {
    model::Evidence evidence;
    evidence.id = "civic-eid-" + cell(row, Id);
    evidence.sources = {kSource};
    evidence.checked_on = day_of(cell(row, Reviewed)).value_or(release_);
    evidence.confidence = model::Confidence::Quoted;
    evidence.origin = "civic";
    evidence.direction = direction;
    const std::string& level = cell(row, Level);
    if (level.size() != 1 || level[0] < 'A' || level[0] > 'E') {
      return sink_.error(Error{ErrorCode::InvalidValue, "not an evidence level", place, level, std::nullopt, "A to E"});
    }
    evidence.level = model::EvidenceLevel{"CIViC", level};
    evidence.statement = cell(row, Statement);
    // Not the release's own address: that has moved between releases, and would change every record.
    evidence.link = "https://civicdb.org/links/evidence_items/" + cell(row, Id);
    evidence.note = cell(row, SourceType) + " " + cell(row, Citation) +
                    (cell(row, Rating).empty() ? "" : ", rating " + cell(row, Rating) + " of 5");
    evidence.names.en =
        "CIViC EID" + cell(row, Id) + ": " + cell(row, Gene) + " " + cell(row, Variant) + ", " + drug_words(row);
    disease(row, evidence);
    evidence.criterion = criterion(row);
    for (std::vector<std::string>& regimen : regimens(row, evidence)) {
      model::Evidence one = evidence;
      if (cell(row, Interaction) == "Substitutes") one.id += "-" + slug_of(regimen.front());
      one.drugs = std::move(regimen);
      keep_day_if_same(one);
      sink_.record({std::move(one), place});
    }
  }

  // A release may renew every review day at once; a record in which nothing else changed stays as it is.
  void keep_day_if_same(model::Evidence& evidence) {
    const auto before = context_.stored({model::RecordKind::Evidence, evidence.id});
    if (!before || !before->has_value()) return;
    model::Evidence dated = evidence;
    dated.checked_on = model::common_of(**before).checked_on;
    if (model::encode_record(dated) == model::encode_record(**before)) evidence.checked_on = dated.checked_on;
  }

  // The drugs in one order, whatever the order of the release.
  std::string drug_words(const DelimitedRow& row) const {
    if (cell(row, Interaction).empty()) return cell(row, Drugs);
    std::vector<std::string> names;
    for (const std::string_view name : base::split(cell(row, Drugs), ',')) names.emplace_back(base::trim(name));
    std::sort(names.begin(), names.end());
    return base::join(names, ", ");
  }

  void disease(const DelimitedRow& row, model::Evidence& evidence) {
    const std::string& name = cell(row, Disease);
    if (name == "Cancer") {
      evidence.diagnoses = {"any"};
    } else if (name == "Solid Tumor") {
      evidence.diagnoses = {"solid"};
    } else if (const auto node = words_.diagnoses.by_text(name)) {
      evidence.diagnoses = {words_.diagnoses.facts(*node).code};
    } else {
      evidence.diagnosis_text = name;
      if (!name.empty()) note("disease_unread", "a disease that no diagnosis record names; kept as text", row, name);
    }
  }

  // Every symbol that the class names is a gene of ours; a name that only looks like a partner is not read.
  bool is_known(const VariantClass& cls) const {
    const auto known = [&](const std::string& symbol) { return words_.genes.by_symbol(symbol) != nullptr; };
    return !cls.genes.empty() && std::all_of(cls.genes.begin(), cls.genes.end(), known) &&
           (cls.partner.empty() || known(cls.partner)) &&
           std::all_of(cls.excluded_partners.begin(), cls.excluded_partners.end(), known);
  }

  model::Criterion criterion(const DelimitedRow& row) {
    const std::string& gene = cell(row, Gene);
    const std::string& variant = cell(row, Variant);
    const std::string name = gene + " " + variant;
    model::Criterion out;
    out.kind = model::CriterionKind::Variant;
    const std::string& origin = cell(row, Origin);
    if (origin == "Common Germline") {
      note("polymorphism", "a common germline variant; kept as text", row, name);
    } else if (cell(row, Interaction) == "Sequential") {
      note("sequence", "drugs given one after another; kept as text", row, name);
    } else if (auto read = nomenclature::read_class(small_events(variant), gene, words_.genes);
               read && is_known(read->value)) {
      if (origin == "Rare Germline") read->value.origin = nomenclature::Origin::Germline;
      out.leaf = std::move(read->value);
      // A class that is read but not complete ("EXPRESSION" without a level) could never be met.
      if (model::decode_criterion(model::encode_criterion(out))) return out;
      note("variant_unread", "a variant name that says too little; kept as text, never matched", row, name);
    } else {
      note("variant_unread", "a variant name that cannot be read; kept as text, never matched", row, name);
    }
    out.kind = model::CriterionKind::Text;
    out.leaf = model::TextRule{"CIViC variant: " + name, {}};
    return out;
  }

  // The regimens that the evidence speaks of, each a list of drug ids: one combination, or several single drugs.
  std::vector<std::vector<std::string>> regimens(const DelimitedRow& row, const model::Evidence& evidence) {
    const std::string& text = cell(row, Drugs);
    const std::string& interaction = cell(row, Interaction);
    if (base::trim(text).empty()) {
      note("no_drug", "predictive evidence without a drug is left out", row, evidence.id);
      return {};
    }
    std::vector<std::string> ids;
    if (interaction.empty()) {
      ids = {drug(text, row)};
    } else {
      for (const std::string_view name : base::split(text, ','))
        ids.push_back(drug(std::string(base::trim(name)), row));
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    if (interaction != "Substitutes") return {ids};
    std::vector<std::vector<std::string>> out;
    for (const std::string& id : ids) out.push_back({id});
    return out;
  }

  // The drug of ours with this name; otherwise a drug record of CIViC's, made once.
  std::string drug(const std::string& name, const DelimitedRow& row) {
    if (const auto known = words_.drugs.find(name)) return *known;
    const std::string id = "civic-drug-" + slug_of(name);
    if (!made_.insert(id).second) return id;
    model::Drug drug;
    drug.id = id;
    drug.names.en = name;
    drug.substance = name;
    drug.sources = {kSource};
    // The day it was first seen, so that a drug does not change with every release.
    const auto before = context_.stored({model::RecordKind::Drug, id});
    drug.checked_on = before && before->has_value() ? model::common_of(**before).checked_on : std::optional(release_);
    drug.confidence = model::Confidence::Quoted;
    drug.origin = "civic";
    sink_.record({std::move(drug), file_ + ":" + std::to_string(row.line)});
    return id;
  }

  const std::string& file_;
  const ImportContext& context_;
  const match::Vocabulary& words_;
  ImportSink& sink_;
  std::size_t width_ = 0;
  std::array<std::size_t, kColumns> index_{};
  Date release_;
  std::set<std::string> made_;
};

// The evidence tables among the paths; a folder holds exactly one.
std::vector<fs::path> tables_of(const std::vector<fs::path>& paths, ImportSink& sink) {
  std::vector<fs::path> out;
  for (const fs::path& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      out.push_back(path);
      continue;
    }
    std::vector<fs::path> inside;
    for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
      if (it->path().filename().string().find(kEvidenceFile) != std::string::npos) inside.push_back(it->path());
    }
    if (inside.size() == 1) {
      out.push_back(inside.front());
    } else {
      sink.error(Error{
          ErrorCode::NotFound,
          inside.empty() ? "the folder holds no ClinicalEvidenceSummaries.tsv" : "the folder holds several releases",
          path.string(),
          {},
          std::nullopt,
          "give the folder of one CIViC release"});
    }
  }
  if (out.size() > 1) {
    sink.error(Error{ErrorCode::InvalidValue,
                     "one release at a time",
                     out[1].string(),
                     {},
                     std::nullopt,
                     "import the older release first, then the newer one"});
  }
  return out;
}

}  // namespace

void read_civic_evidence(std::string_view tsv, const std::string& file_name, const ImportContext& context,
                         ImportSink& sink, Progress& progress) {
  EvidenceTable(file_name, context, sink).read(tsv, progress);
}

void stream_civic(const std::vector<fs::path>& paths, const ImportContext& context, ImportSink& sink,
                  Progress& progress) {
  const std::vector<fs::path> tables = tables_of(paths, sink);
  if (tables.size() != 1 || sink.is_full()) return;
  const auto text = read_unpacked(tables.front(), kMaxTableBytes);
  if (!text) return sink.error(text.error());
  read_civic_evidence(*text, tables.front().string(), context, sink, progress);
}

}  // namespace treff::indexer
