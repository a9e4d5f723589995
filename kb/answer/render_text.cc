#include <algorithm>

#include "kb/answer/answer.h"
#include "kb/base/text.h"

namespace treff::answer {
namespace {

constexpr std::size_t kColumns = 100;

// Breaks at spaces so that no line is longer than kColumns; later lines are indented.
void wrap(std::string& out, const std::string& text, std::size_t indent) {
  const std::string pad(indent, ' ');
  std::size_t column = 0;
  for (const std::string_view word : base::split(text, ' ')) {
    if (word.empty()) continue;
    if (column != 0 && column + 1 + word.size() > kColumns) {
      out += "\n";
      column = 0;
    }
    if (column == 0) {
      out += pad;
      column = indent;
    } else {
      out += " ";
      ++column;
    }
    out += word;
    column += word.size();
  }
  out += "\n";
}

std::string bucket_heading(const std::string& bucket) {
  if (bucket == "match") return "CRITERIA MET";
  if (bucket == "possible") return "POSSIBLE: something is unknown";
  if (bucket == "near_miss") return "NEAR MISS: something stands in the way";
  return "NOT LISTED";
}

std::string status_line(const AnswerOption& option) {
  std::string line = "status " + option.state;
  if (!option.opens_on.empty()) line += ", opens " + option.opens_on;
  if (!option.status_reason.empty()) line += " (" + option.status_reason + ")";
  if (!option.stage.empty()) line += ", stage " + option.stage;
  if (option.slots_left) line += ", " + std::to_string(*option.slots_left) + " places left";
  if (option.slots_of) line += " of " + std::to_string(*option.slots_of);
  if (option.awaiting) line += ", awaiting " + std::to_string(*option.awaiting);
  line += option.checked_on.empty() ? ", not checked" : ", checked on " + option.checked_on;
  return line;
}

void print_option(std::string& out, const AnswerOption& option) {
  std::string head = (option.rank > 0 ? std::to_string(option.rank) + ". " : "") + option.title;
  if (option.example && head.find("EXAMPLE") == std::string::npos) head += " [EXAMPLE]";
  wrap(out, head, 2);
  std::string who = base::join(option.drugs, " + ");
  if (!option.companies.empty()) who += " (" + base::join(option.companies, ", ") + ")";
  if (!option.trial_title.empty()) who += "; " + option.trial_title;
  wrap(out, option.route + ": " + who, 5);
  wrap(out, status_line(option), 5);
  for (const ReasonWords& reason : option.reasons)
    wrap(out, "[" + reason.rule + " " + reason.verdict + "] " + reason.words, 7);
  for (const ReasonWords& reason : option.missing) wrap(out, "stands in the way: " + reason.words, 7);
  for (const CautionWords& caution : option.cautions) wrap(out, "CAUTION [" + caution.rule + "] " + caution.words, 7);
  for (const EvidenceWords& evidence : option.evidence) {
    const std::string level = evidence.scale.empty() ? "level not stated" : evidence.scale + " " + evidence.level;
    wrap(out, "evidence: " + level + ", " + evidence.direction + ", tumour: " + evidence.diagnosis_relation, 7);
  }
  wrap(out, option.next_what + (option.next_link.empty() ? "" : ": " + option.next_link), 7);
  wrap(out, "id " + option.id + "; confidence " + option.confidence + "; sources " + base::join(option.sources, ", "),
       7);
  out += "\n";
}

void print_read(std::string& out, const Answer& answer) {
  out += "What was read\n";
  if (answer.read.empty()) out += "  no alterations and no biomarkers\n";
  for (const ReadWords& read : answer.read) {
    if (!read.error_code.empty()) continue;
    std::string line = read.input;
    if (read.canonical != read.input) line += " = " + read.canonical;
    for (const std::string& warning : read.warnings) line += "; " + warning;
    wrap(out, line, 2);
  }
  bool first = true;
  for (const ReadWords& read : answer.read) {
    if (read.error_code.empty()) continue;
    if (first) out += "What could not be read\n";
    first = false;
    wrap(out,
         (read.place.empty() ? "" : read.place + ": ") + read.error +
             (read.error_hint.empty() ? "" : "; " + read.error_hint),
         2);
  }
}

}  // namespace

std::string to_text(const Answer& answer) {
  std::string out;
  wrap(out, "Options for " + answer.diagnosis + (answer.case_id.empty() ? "" : ", case " + answer.case_id), 0);
  wrap(out,
       "knowledge base " + answer.knowledge_base + ", revision " + std::to_string(answer.revision) + " of " +
           answer.published + ", evaluated on " + answer.evaluated_on + ", " + answer.software,
       0);
  out += "\n";
  print_read(out, answer);
  for (const std::string& warning : answer.warnings) wrap(out, "! " + warning, 2);
  out += "\n";
  if (answer.options.empty()) {
    wrap(out, "Nothing found among " + std::to_string(answer.searched_options) + " options at this revision.", 0);
  }
  std::string bucket;
  for (const AnswerOption& option : answer.options) {
    if (option.bucket != bucket) out += bucket_heading(option.bucket) + "\n";
    bucket = option.bucket;
    print_option(out, option);
  }
  if (!answer.explained.empty()) out += "ASKED FOR, NOT LISTED\n";
  for (const AnswerOption& option : answer.explained) print_option(out, option);
  if (!answer.tests_that_could_help.empty()) out += "Tests that could help\n";
  for (const auto& [test, options] : answer.tests_that_could_help) {
    out += "  " + test + ": " + std::to_string(options) + " open options\n";
  }
  if (!answer.text_hits.empty()) out += "Found by text, criteria not verified\n";
  for (const TextHitWords& hit : answer.text_hits) {
    out += "  " + hit.kind + " " + hit.id + ": " + hit.title + (hit.example ? " (EXAMPLE)" : "") + "\n    names " +
           base::join(hit.found_by, ", ") + "\n";
  }
  return out;
}

std::string to_tsv(const Answer& answer) {
  const auto cell = [](std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    return text;
  };
  std::string out =
      "case_id\trevision\tevaluated_"
      "on\trank\tbucket\tkind\tid\ttitle\talterations\tdrugs\tcompanies\ttrial\troute\tstate\t"
      "checked_on\tstage\tslots_left\tslots_of\tevidence\task\tmissing\tcautions\tconfidence\texample\tsources\n";
  for (const AnswerOption& option : answer.options) {
    std::vector<std::string> evidence, missing, cautions;
    for (const EvidenceWords& e : option.evidence) {
      evidence.push_back(e.scale + " " + e.level + " " + e.direction + " (" + e.diagnosis_relation + ")");
    }
    for (const ReasonWords& r : option.missing) missing.push_back(r.words);
    for (const CautionWords& c : option.cautions) cautions.push_back(c.words);
    const std::vector<std::string> cells = {answer.case_id,
                                            std::to_string(answer.revision),
                                            answer.evaluated_on,
                                            std::to_string(option.rank),
                                            option.bucket,
                                            option.kind,
                                            option.id,
                                            option.title,
                                            base::join(option.drivers, "; "),
                                            base::join(option.drugs, " + "),
                                            base::join(option.companies, "; "),
                                            option.trial,
                                            option.route,
                                            option.state,
                                            option.checked_on,
                                            option.stage,
                                            option.slots_left ? std::to_string(*option.slots_left) : "",
                                            option.slots_of ? std::to_string(*option.slots_of) : "",
                                            base::join(evidence, "; "),
                                            base::join(option.ask, " | "),
                                            base::join(missing, " | "),
                                            base::join(cautions, " | "),
                                            option.confidence,
                                            option.example ? "EXAMPLE" : "",
                                            base::join(option.sources, "; ")};
    for (std::size_t i = 0; i < cells.size(); ++i) out += (i == 0 ? "" : "\t") + cell(cells[i]);
    out += "\n";
  }
  return out;
}

}  // namespace treff::answer
