#include "kb/text/index_reader.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <thread>

#include "kb/text/deadline.h"
#include "kb/text/xapian_errors.h"
#include "tests/kb/text/small_world.h"

namespace treff::text {
namespace {

using test::found;

const Date kToday{2026, 11, 22};

struct World {
  test::TempFolder folder;
  std::vector<model::Record> records = test::small_world();
  std::shared_ptr<const TextIndex> index;
  World() {
    auto opened = test::build_and_open(folder / "index", records);
    REQUIRE(opened.has_value());
    index = *opened;
  }
};

std::string sorted(std::string ids) {
  std::vector<std::string> parts;
  for (const auto part : base::split(ids, ' ')) parts.emplace_back(part);
  std::sort(parts.begin(), parts.end());
  return base::join(parts, " ");
}

TEST_CASE("queries find the records they should and no others") {
  struct Row {
    std::string name, query, want;  // want: ids sorted
  };
  const std::vector<Row> rows = {
      {"exact variant", "V600E", "c-braf-luad"},
      {"its neighbour", "V600K", "nct09999902"},
      {"three letters, predicted", "p.(Val600Glu)", "c-braf-luad"},
      {"gene and variant", "braf v600k", "nct09999902"},
      {"a variant nobody has", "BRAF V600R", ""},
      {"coding change", "c.1799T>A", "nct09999902"},
      {"coding change with reference", "NM_004333.6:c.1799T>A", "nct09999902"},
      {"another base", "c.1799T>G", ""},
      {"stop", "R213*", "nct09999903"},
      {"a residue is not its stop", "R213Q", ""},
      {"fusion", "EML4-ALK", "nct09999902"},
      {"fusion in the other spelling", "EML4::ALK", "nct09999902"},
      {"fusion in two words", "eml4 alk", "nct09999902"},
      {"PD-L1 in one word", "PDL1", "nct09999903"},
      {"PD-L1 in two", "PD L1", "nct09999903"},
      {"hyphens do not count", "non small cell", "c-braf-luad dx-NSCLC nct09999903"},
      {"gene alias", "HER2 colorectal", "c-erbb2"},
      {"drug brand finds the cohort", "Zelboraf", "c-braf-luad vemurafenib"},
      {"norwegian name of a tumour finds the cohort", "adenokarsinom", "c-braf-luad dx-LUAD"},
      {"ancestor of a tumour", "diagnosis:NSCLC kind:cohort", "c-braf-luad"},
      {"norwegian stem", "svulst", "example-trial"},
      {"norwegian stem, other form", "pasienter", "example-trial"},
      {"english stem", "describing", "nct09999902"},
      {"british and american plural", "tumours kind:trial", "nct09999903"},
      {"phrase", "\"exon 14\"", "nct09999903"},
      {"phrase in wrong order", "\"14 exon\"", ""},
      {"field", "drug:olaparib", "c-brca olaparib"},
      {"field by brand", "drug:Lynparza", "c-brca olaparib"},
      {"field does not look elsewhere", "company:olaparib", ""},
      {"company of a drug", "company:biotech", "olaparib trastuzumab-deruxtecan"},
      {"or", "olaparib OR larotrectinib kind:access_programme", "c-brca olaparib p-larotrectinib"},
      {"not", "melanoma NOT kind:source", "dx-MEL nct09999902"},
      {"excluded gene", "KRAS", ""},
      {"registry number", "nct09999901", "example-trial"},
      {"id", "c-brca", "c-brca"},
      {"word of a query that is an operator elsewhere", "or", "nct09999902"},
      {"route", "route:named_patient", "p-larotrectinib"},
      {"route in words", "\"named patient\"", "p-larotrectinib"},
      {"status on the day", "status:closed", "c-braf-luad nct09999902"},
      {"status open", "status:open kind:cohort", "c-brca"},
      {"status planned", "status:planned", "c-erbb2"},
  };
  const World world;
  for (const Row& row : rows) {
    INFO(row.name << ": " << row.query);
    SearchOptions options;
    options.today = kToday;
    options.words = WordsRule::All;
    CHECK(sorted(found(*world.index, row.query, options)) == row.want);
  }
}

TEST_CASE("a symbol is not a verb and a verb is not stemmed into a symbol") {
  const World world;
  CHECK(sorted(found(*world.index, "MET")) == "met nct09999902 nct09999903");
  CHECK(found(*world.index, "met").substr(0, 4) == "met ");
  CHECK(found(*world.index, "mets") == "nct09999902");  // "patients who met", not the gene
}

TEST_CASE("without a record that has all words, some words do, and it is said") {
  const World world;
  const auto result = world.index->search(*parse_query("olaparib zebrafish"), {});
  REQUIRE(result.has_value());
  CHECK(result->relaxed);
  CHECK(sorted(base::join(test::ids_of(*result), " ")) == "c-brca olaparib");

  const auto strict = world.index->search(*parse_query("olaparib AND zebrafish"), {});
  CHECK(strict->hits.empty());
  CHECK_FALSE(strict->relaxed);
  CHECK(world.index->search(*parse_query("BRAF V600R"), {})->hits.empty());

  SearchOptions any;
  any.words = WordsRule::Any;
  const auto loose = world.index->search(*parse_query("BRAF V600R melanoma"), any);
  REQUIRE_FALSE(loose->hits.empty());
  CHECK(loose->hits[0].key.id == "nct09999902");
}

TEST_CASE("facets count what the filter then finds") {
  const World world;
  SearchOptions options;
  options.today = kToday;
  options.facets = {"kind", "status", "drug", "gene", "company", "country", "phase", "route"};
  const auto all = world.index->search(*parse_query(""), options);
  REQUIRE(all.has_value());
  CHECK(all->total == world.records.size());
  CHECK(all->total_is_exact);
  std::size_t checked = 0;
  for (const Facet& facet : all->facets) {
    REQUIRE_FALSE(facet.counts.empty());
    CHECK(facet.values == facet.counts.size());
    for (const FacetCount& count : facet.counts) {
      INFO(facet.name << " = " << count.value);
      SearchOptions narrowed;
      narrowed.today = kToday;
      narrowed.filters = {{facet.name, count.value}};
      const auto result = world.index->search(*parse_query(""), narrowed);
      REQUIRE(result.has_value());
      CHECK(result->total == count.count);
      CHECK(result->hits.size() == count.count);
      ++checked;
    }
  }
  CHECK(checked > 20);
}

TEST_CASE("filters: values of one facet widen, facets narrow") {
  const World world;
  SearchOptions options;
  options.filters = {{"drug", "olaparib"}, {"drug", "VEMURAFENIB"}};
  CHECK(sorted(found(*world.index, "", options)) == "c-braf-luad c-brca olaparib vemurafenib");
  options.kinds = {model::RecordKind::Cohort};
  CHECK(sorted(found(*world.index, "", options)) == "c-braf-luad c-brca");
  options.filters.push_back({"gene", "BRCA1"});
  CHECK(found(*world.index, "", options) == "c-brca");
}

TEST_CASE("wrong options are errors, never defaults") {
  struct Row {
    std::string name;
    SearchOptions options;
    ErrorCode code;
  };
  SearchOptions many, far, unknown_facet, unknown_filter, no_day, bad_cursor, old_cursor, plain_field;
  many.limit = kMaxHits + 1;
  far.offset = kMaxWindow;
  unknown_facet.facets = {"colour"};
  unknown_filter.filters = {{"colour", "red"}};
  no_day.filters = {{"status", "open"}};
  bad_cursor.cursor = "x";
  old_cursor.cursor = "99.10";
  plain_field.facets = {"name"};
  const std::vector<Row> rows = {{"limit", many, ErrorCode::InvalidValue},
                                 {"window", far, ErrorCode::InvalidValue},
                                 {"facet", unknown_facet, ErrorCode::InvalidValue},
                                 {"filter", unknown_filter, ErrorCode::InvalidValue},
                                 {"no day", no_day, ErrorCode::InvalidValue},
                                 {"cursor", bad_cursor, ErrorCode::InvalidValue},
                                 {"old cursor", old_cursor, ErrorCode::RevisionConflict},
                                 {"no facet", plain_field, ErrorCode::InvalidValue}};
  const World world;
  for (const Row& row : rows) {
    INFO(row.name);
    const auto result = world.index->search(*parse_query("lung"), row.options);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().code == row.code);
  }
  CHECK(world.index->search(*parse_query("status:open"), {}).error().code == ErrorCode::InvalidValue);
}

TEST_CASE("a search that takes too long is given up") {
  const auto looked = [](Deadline& deadline) {
    for (int i = 0; i < 1000; ++i) deadline(Xapian::Document(), 0);
    return true;
  };
  Deadline passed(std::chrono::milliseconds(-1));
  Deadline far(std::chrono::hours(24));
  CHECK_THROWS_AS(looked(passed), OutOfTime);
  CHECK(looked(far));
  const auto error = guarded("searching", []() -> Result<int> { throw OutOfTime(); }).error();
  CHECK(error.code == ErrorCode::Busy);
}

TEST_CASE("pages follow one another without gap or repeat") {
  const World world;
  SearchOptions options;
  options.limit = 4;
  std::vector<std::string> seen;
  for (;;) {
    const auto page = world.index->search(*parse_query(""), options);
    REQUIRE(page.has_value());
    for (const std::string& id : test::ids_of(*page)) seen.push_back(id);
    if (page->next_cursor.empty()) break;
    options.cursor = page->next_cursor;
  }
  CHECK(seen.size() == world.records.size());
  std::sort(seen.begin(), seen.end());
  CHECK(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
}

TEST_CASE("deep pages of frequent words are as sound as the first") {
  // Words with two different stems, in texts of many lengths: the shape on which OP_MAX of the search library crashed.
  std::vector<model::Record> records;
  for (int i = 0; i < 3000; ++i) {
    std::string note = i % 3 == 0 ? "cervical cancers" : "cancer";
    for (int n = 0; n < i % 97; ++n) note += i % 2 == 0 ? " cancer patient" : " study of cervical lesions";
    records.push_back(test::named<model::Trial>("t" + std::to_string(i), i % 7 == 0 ? "Cancer" : "Study", {}, note));
  }
  const test::TempFolder folder;
  const auto index = test::build_and_open(folder / "index", records, 1, 2);
  REQUIRE(index.has_value());
  SearchOptions options;
  options.limit = kMaxHits;
  options.words = WordsRule::Any;
  options.snippets = false;
  std::vector<std::string> seen;
  double last_score = 1e9;
  for (options.offset = 0; options.offset < records.size(); options.offset += kMaxHits) {
    const auto page = (*index)->search(*parse_query("cervical cancer stk11"), options);
    REQUIRE(page.has_value());
    for (const SearchHit& hit : page->hits) {
      CHECK(hit.score <= last_score);
      last_score = hit.score;
      seen.push_back(hit.key.id);
    }
  }
  CHECK(seen.size() == records.size());
  std::sort(seen.begin(), seen.end());
  CHECK(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
}

TEST_CASE("snippets mark what was found") {
  struct Row {
    std::string query, id, marked;
  };
  const std::vector<Row> rows = {
      {"V600K", "nct09999902", "V600K"},        {"describing", "nct09999902", "described"},
      {"EML4::ALK", "nct09999902", "EML4-ALK"}, {"svulst", "example-trial", "svulster"},
      {"PDL1", "nct09999903", "PD-L1"},         {"HER2 colorectal", "c-erbb2", "ERBB2"},
  };
  const World world;
  for (const Row& row : rows) {
    INFO(row.query);
    const auto result = world.index->search(*parse_query(row.query), {});
    REQUIRE(result.has_value());
    REQUIRE_FALSE(result->hits.empty());
    CHECK(result->hits[0].key.id == row.id);
    const Snippet& snippet = result->hits[0].snippet;
    bool marked = false;
    for (const TextMark& mark : snippet.marks) {
      REQUIRE(mark.end <= snippet.text.size());
      marked = marked || snippet.text.substr(mark.begin, mark.end - mark.begin) == row.marked;
    }
    INFO(snippet.text);
    CHECK(marked);
  }
}

TEST_CASE("spelling help is for names of drugs, tumours and companies, never for genes and variants") {
  const World world;
  const auto query_for = [&](const std::string& text) {
    const auto result = world.index->search(*parse_query(text), {});
    REQUIRE(result.has_value());
    return result->spelling ? result->spelling->query : std::string("-");
  };
  CHECK(query_for("melanomma") == "melanoma");
  CHECK(query_for("BRAF vemurafenip") == "BRAF vemurafenib");
  CHECK(query_for("drug:olaparip") == "drug:olaparib");
  CHECK(query_for("melanoma") == "-");
  CHECK(query_for("BRFA") == "-");
  CHECK(query_for("erbb3") == "-");
  CHECK(query_for("V600F") == "-");
  CHECK(query_for("xyzzyx") == "-");
}

TEST_CASE("suggestions come best first and say what matched") {
  const World world;
  const auto shown = [&](const std::string& typed) {
    std::string out;
    const auto names = world.index->suggest(typed, 5);
    REQUIRE(names.has_value());
    for (const Suggestion& name : *names) {
      out += (out.empty() ? "" : ", ") + std::string(model::to_string(name.key.kind)) + "/" + name.key.id;
      if (name.matched != name.name) out += " (" + name.matched + ")";
    }
    return out;
  };
  CHECK(shown("br").substr(0, 23) == "gene/braf, gene/brca1, ");
  CHECK(shown("HER2") == "gene/erbb2 (HER2)");
  CHECK(shown("zelb") == "drug/vemurafenib (Zelboraf)");
  CHECK(shown("melanom") == "diagnosis/dx-MEL (Melanom), trial/nct09999902");
  CHECK(shown("deruxt") == "drug/trastuzumab-deruxtecan");
  CHECK(shown("nct0999990") == "trial/example-trial (NCT09999901)");
  CHECK(shown("zzz").empty());
  CHECK(shown("  ").empty());
  CHECK(world.index->suggest(std::string(300, 'a'), 5).error().code == ErrorCode::InvalidValue);
  CHECK(world.index->suggest("a", kMaxSuggestions + 1).error().code == ErrorCode::InvalidValue);
  CHECK(world.index->suggest("\xFF", 5).error().code == ErrorCode::InvalidValue);
}

TEST_CASE("several shards give the same answers as one") {
  const World world;
  const test::TempFolder folder;
  const auto sharded = test::build_and_open(folder / "index", world.records, 1, 3);
  REQUIRE(sharded.has_value());
  CHECK((*sharded)->documents() == world.index->documents());
  for (const std::string query : {"BRAF", "lung", "melanoma OR olaparib", "company:pharma"}) {
    INFO(query);
    CHECK(sorted(found(**sharded, query)) == sorted(found(*world.index, query)));
  }
}

TEST_CASE("four threads search at once and agree") {
  const World world;
  const std::vector<std::string> queries = {"BRAF V600E", "melanoma OR olaparib", "status:open", "svulst",
                                            "\"exon 14\""};
  SearchOptions options;
  options.today = kToday;
  options.facets = {"kind", "status"};
  std::vector<std::string> want;
  for (const std::string& query : queries) want.push_back(found(*world.index, query, options));
  std::vector<int> wrong(4, 0);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t i = 0; i < 200; ++i) {
        const std::size_t q = (i + t) % queries.size();
        if (found(*world.index, queries[q], options) != want[q]) ++wrong[t];
        if (!world.index->suggest("mel", 5)) ++wrong[t];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == std::vector<int>(4, 0));
}

TEST_CASE("the parse is echoed and can be explained") {
  const World world;
  const auto result = world.index->search(*parse_query("drug:olaparib  (a OR b)"), {});
  CHECK(result->parsed == "drug:olaparib (a OR b)");
  CHECK(result->revision == 1);
  const auto explained = world.index->explain(*parse_query("HER2"), {});
  REQUIRE(explained.has_value());
  CHECK(explained->find("erbb2") != std::string::npos);
  CHECK(explained->find("Zher") == std::string::npos);
}

}  // namespace
}  // namespace treff::text
