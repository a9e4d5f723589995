#include "indexer/importers/hgnc.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "indexer/importers/table_file.h"
#include "kb/base/hash.h"
#include "kb/base/text.h"

namespace treff::indexer {
namespace {

constexpr const char* kOrigin = "hgnc";
constexpr const char* kSource = "hgnc-gene-table";
constexpr std::size_t kShown = 10;

struct Transcripts {
  std::string refseq;  // without version
  std::string ensembl;
};

std::string without_version(std::string_view accession) {
  return std::string(accession.substr(0, accession.find('.')));
}

// Names between '|', without outer quotes, each once, the symbol itself left out.
std::vector<std::string> names_in(std::string_view cell, const std::string& symbol) {
  if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
  std::vector<std::string> out;
  for (const auto part : base::split(cell, '|')) {
    std::string name(base::trim(part));
    if (name.empty() || name == symbol || std::find(out.begin(), out.end(), name) != out.end()) continue;
    out.push_back(std::move(name));
  }
  return out;
}

bool is_symbol(std::string_view text) {
  return !text.empty() && text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) {
    return base::is_ascii_letter(c) || base::is_ascii_digit(c) || c == '-' || c == '_' || c == '.' || c == '@';
  });
}

// "HGNC:1097" -> "hgnc-1097"; without it the Entrez id; empty if neither is there.
std::string id_of(std::string_view hgnc_id, std::string_view entrez_id) {
  const auto number = [](std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), base::is_ascii_digit);
  };
  if (hgnc_id.substr(0, 5) == "HGNC:" && number(hgnc_id.substr(5))) return "hgnc-" + std::string(hgnc_id.substr(5));
  return hgnc_id.empty() && number(entrez_id) ? "ncbi-" + std::string(entrez_id) : std::string();
}

class GeneReader {
 public:
  GeneReader(Progress& progress) : progress_(progress) {}

  void genes(const std::string& file, const TableFile& table) {
    const std::size_t symbol = table.column({"symbol"});
    const std::size_t hgnc = table.column({"hgnc_id"});
    const std::size_t entrez = table.column({"entrez_id"});
    const std::size_t aliases = table.column({"synonyms", "alias_symbol"});
    const std::size_t previous = table.column({"prev_symbol", "previous_symbols"});
    const std::size_t mane = table.column({"mane_select"});
    progress_.begin("reading genes", table.lines.size());
    for (const auto& line : table.lines) {
      const std::string place = file + ":" + std::to_string(line.number);
      model::Gene gene;
      gene.symbol = TableFile::cell(line, symbol);
      gene.hgnc_id = TableFile::cell(line, hgnc);
      gene.id = id_of(gene.hgnc_id, TableFile::cell(line, entrez));
      if (!is_symbol(gene.symbol)) {
        wrong(ErrorCode::InvalidValue, "this is no gene symbol", place, gene.symbol);
      } else if (gene.id.empty()) {
        wrong(ErrorCode::InvalidValue, "the gene has neither an HGNC id nor an Entrez id", place, gene.symbol);
      } else if (const auto [at, fresh] = lines_.emplace(base::to_upper_ascii(gene.symbol), place); !fresh) {
        wrong(ErrorCode::DuplicateId, "the symbol stands twice, first at " + at->second, place, gene.symbol);
      } else {
        gene.synonyms = names_in(TableFile::cell(line, aliases), gene.symbol);
        gene.previous_symbols = names_in(TableFile::cell(line, previous), gene.symbol);
        gene.confidence = model::Confidence::Quoted;
        gene.sources = {kSource};
        gene.origin = kOrigin;
        const auto pair = base::split(TableFile::cell(line, mane), '|');
        if (pair.size() == 2) transcripts_[gene.symbol].push_back({without_version(pair[1]), without_version(pair[0])});
        genes_.push_back({std::move(gene), place});
      }
      progress_.advance(genes_.size());
    }
    source(file, table);
  }

  void transcripts(const TableFile& table) {
    const std::size_t ensembl = table.column({"enst_id"});
    const std::size_t symbol = table.column({"gene_name"});
    const std::size_t refseq = table.column({"refseq_id"});
    progress_.begin("reading transcripts", table.lines.size());
    for (const auto& line : table.lines) {
      Transcripts pair{without_version(TableFile::cell(line, refseq)), without_version(TableFile::cell(line, ensembl))};
      // Without both names there is nothing to join.
      if (pair.refseq.substr(0, 3) != "NM_" || pair.ensembl.substr(0, 4) != "ENST") continue;
      transcripts_[std::string(TableFile::cell(line, symbol))].push_back(std::move(pair));
    }
  }

  void wrong(ErrorCode code, const std::string& message, const std::string& place, const std::string& piece) {
    errors_.push_back(Error{code, message, place, piece, std::nullopt, {}});
  }

  Checked<std::vector<ImportedRecord>> finish() {
    if (errors_.empty() && genes_.empty()) wrong(ErrorCode::WrongColumns, "no file has a column 'symbol'", "FILE", {});
    if (!errors_.empty()) return fail_all(std::move(errors_));
    std::vector<ImportedRecord> out;
    out.reserve(genes_.size() + 1);
    out.push_back({std::move(*source_), source_place_});
    for (auto& [gene, place] : genes_) {
      add_transcripts(gene);
      out.push_back({std::move(gene), std::move(place)});
    }
    return out;
  }

 private:
  // The first pair is the reference; another name of the same RefSeq transcript numbers residues in the same way.
  void add_transcripts(model::Gene& gene) {
    const auto at = transcripts_.find(gene.symbol);
    if (at == transcripts_.end()) return;
    gene.refseq = at->second.front().refseq;
    gene.ensembl = at->second.front().ensembl;
    std::set<std::string> seen = {gene.ensembl};
    for (const Transcripts& pair : at->second) {
      if (pair.refseq != gene.refseq || !seen.insert(pair.ensembl).second) continue;
      model::OtherNumbering same;
      same.refseq = pair.refseq;
      same.ensembl = pair.ensembl;
      same.shifts = {{1, 0}};
      gene.other_numberings.push_back(std::move(same));
    }
  }

  void source(const std::string& file, const TableFile& table) {
    model::Source source;
    source.id = kSource;
    source.names.en = "Approved gene symbols";
    source.citation =
        "Approved gene symbols, HGNC ids and other names: " + std::to_string(table.lines.size()) + " genes";
    source.publisher = "HUGO Gene Nomenclature Committee and NCBI Gene";
    source.address = "genenames.org";
    source.source_type = "nomenclature";
    source.confidence = model::Confidence::Quoted;
    source.origin = kOrigin;
    source.note = "SHA-256 of the file: " + base::sha256_hex(table.bytes);
    if (source_) wrong(ErrorCode::DuplicateId, "a second gene table in one import", file, {});
    source_ = std::move(source);
    source_place_ = file;
  }

  Progress& progress_;
  std::vector<std::pair<model::Gene, std::string>> genes_;
  std::unordered_map<std::string, std::string> lines_;  // upper-case symbol -> place
  std::unordered_map<std::string, std::vector<Transcripts>> transcripts_;
  std::optional<model::Source> source_;
  std::string source_place_;
  std::vector<Error> errors_;
};

// A gene table or a transcript table, told apart by its columns.
void read_table_into(const std::string& name, std::string bytes, GeneReader& reader, std::vector<Error>& errors) {
  TableFile table;
  table.bytes = std::move(bytes);
  const auto has = [&](std::string_view column) { return table.column({column}) != TableFile::kNone; };
  if (auto read = parse_table(name, table); !read) {
    errors.insert(errors.end(), read.error().begin(), read.error().end());
  } else if (has("symbol") && has("hgnc_id")) {
    reader.genes(name, table);
  } else if (has("enst_id") && has("gene_name") && has("refseq_id")) {
    reader.transcripts(table);
  } else {
    errors.push_back(Error{ErrorCode::WrongColumns,
                           "neither a gene table nor a transcript table",
                           name,
                           {},
                           std::nullopt,
                           "a gene table has the columns symbol and hgnc_id, a transcript table has enst_id, gene_name "
                           "and refseq_id"});
  }
}

std::string some(const std::set<std::string>& names) {
  std::vector<std::string> shown(names.begin(),
                                 std::next(names.begin(), static_cast<std::ptrdiff_t>(std::min(names.size(), kShown))));
  if (names.size() > kShown) shown.emplace_back("...");
  return base::join(shown, ", ");
}

}  // namespace

Checked<std::vector<ImportedRecord>> read_hgnc(const std::vector<std::filesystem::path>& paths, Progress& progress) {
  GeneReader reader(progress);
  std::vector<Error> errors;
  for (const auto& path : paths) {
    auto bytes = read_file(path, kMaxTableBytes);
    if (!bytes) {
      errors.push_back(bytes.error());
    } else {
      read_table_into(path.string(), std::move(*bytes), reader, errors);
    }
  }
  if (!errors.empty()) return fail_all(std::move(errors));
  return reader.finish();
}

Checked<std::vector<ImportedRecord>> read_hgnc_text(const std::string& name, std::string bytes) {
  NoProgress quiet;
  GeneReader reader(quiet);
  std::vector<Error> errors;
  read_table_into(name, std::move(bytes), reader, errors);
  if (!errors.empty()) return fail_all(std::move(errors));
  return reader.finish();
}

void review_hgnc(const ReviewInput& input, ImportSink& sink) {
  std::unordered_map<std::string, std::string> symbols;  // upper case -> as printed
  std::unordered_map<std::string, std::string> by_hgnc;
  std::map<std::string, std::set<std::string>> holders;
  std::vector<const model::Gene*> curated;
  for (const auto& [key, record] : input.records) {
    const auto* gene = std::get_if<model::Gene>(&record);
    if (gene == nullptr) continue;
    if (gene->origin.empty() && !gene->hgnc_id.empty()) curated.push_back(gene);
    if (!input.imported(key)) continue;
    symbols.emplace(base::to_upper_ascii(gene->symbol), gene->symbol);
    if (!gene->hgnc_id.empty()) by_hgnc.emplace(gene->hgnc_id, gene->symbol);
    for (const auto* list : {&gene->synonyms, &gene->previous_symbols}) {
      for (const auto& name : *list) holders[base::to_upper_ascii(name)].insert(gene->symbol);
    }
  }
  std::set<std::string> symbol_too;
  std::set<std::string> shared;
  for (const auto& [name, genes] : holders) {
    const auto symbol = symbols.find(name);
    if (symbol != symbols.end() && genes != std::set<std::string>{symbol->second}) symbol_too.insert(name);
    if (genes.size() > 1) shared.insert(name);
  }
  if (!symbol_too.empty()) {
    sink.note({"alias_is_symbol",
               std::to_string(symbol_too.size()) + " aliases are another gene's symbol; the symbol wins",
               {},
               some(symbol_too)});
  }
  if (!shared.empty()) {
    sink.note({"alias_shared",
               std::to_string(shared.size()) + " aliases belong to several genes; they stay ambiguous",
               {},
               some(shared)});
  }
  for (const model::Gene* gene : curated) {
    const auto now = by_hgnc.find(gene->hgnc_id);
    if (now == by_hgnc.end()) {
      sink.note({"gene_not_in_table", "the curated gene is not in the table", {}, "gene/" + gene->id});
    } else if (now->second != gene->symbol) {
      sink.note({"gene_symbol_outdated",
                 "curated as " + gene->symbol + ", the approved symbol is " + now->second,
                 {},
                 "gene/" + gene->id});
    }
  }
}

}  // namespace treff::indexer
