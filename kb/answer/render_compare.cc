#include "kb/answer/compare.h"
#include "kb/answer/json_writer.h"
#include "kb/answer/option_json.h"
#include "kb/base/text.h"

namespace treff::answer {
namespace {

// Keys stand in sorted order in every function that writes JSON.

void write(JsonWriter& w, const ChangeCause& cause) {
  w.begin_object();
  w.member("by", base::name_of(cause.kind));
  w.member("published", cause.published);
  w.member("records", cause.records);
  w.member_or_null("reviewed_by", cause.reviewed_by);
  w.member("revision", cause.revision);
  w.member("who", cause.who);
  w.member_or_null("why", cause.why);
  w.end_object();
}

void write_side(JsonWriter& w, std::string_view key, const std::optional<AnswerOption>& option) {
  w.key(key);
  if (option) {
    write_option(w, *option);
  } else {
    w.null();
  }
}

void write_changes(JsonWriter& w, std::string_view key, const std::vector<OptionChange>& changes) {
  w.key(key);
  w.begin_list();
  for (const OptionChange& change : changes) {
    w.begin_object();
    write_side(w, "after", change.after);
    w.key("because");
    w.begin_list();
    for (const ChangeCause& cause : change.because) write(w, cause);
    w.end_list();
    write_side(w, "before", change.before);
    w.member("id", change.id);
    w.member("kind", change.kind);
    w.member("through", change.through);
    w.member("title", change.title);
    w.member("what", change.what);
    w.end_object();
  }
  w.end_list();
}

void write_revision(JsonWriter& w, std::string_view key, const RevisionWords& revision) {
  w.key(key);
  w.begin_object();
  w.member_or_null("published", revision.published);
  w.member("revision", revision.revision);
  w.end_object();
}

std::string state_line(const std::optional<AnswerOption>& option) {
  if (!option) return "no such option";
  if (option->rank == 0) return "not listed";
  std::string line = option->bucket + ", rank " + std::to_string(option->rank) + ", status " + option->state;
  if (option->slots_left) line += ", " + std::to_string(*option->slots_left) + " places left";
  return line;
}

// The reasons of one side that the other does not have.
void print_reasons(std::string& out, const char* mark, const std::optional<AnswerOption>& here,
                   const std::optional<AnswerOption>& there) {
  if (!here) return;
  for (const ReasonWords& reason : here->reasons) {
    bool both = false;
    for (const ReasonWords& other : there ? there->reasons : std::vector<ReasonWords>{}) {
      both = both || (other.rule == reason.rule && other.verdict == reason.verdict && other.words == reason.words);
    }
    if (!both)
      out += std::string("     ") + mark + " [" + reason.rule + " " + reason.verdict + "] " + reason.words + "\n";
  }
}

void print_changes(std::string& out, const char* heading, const std::vector<OptionChange>& changes) {
  if (changes.empty()) return;
  out += std::string(heading) + "\n";
  for (const OptionChange& change : changes) {
    out += "  " + change.title + " (" + change.kind + " " + change.id + ")";
    if (!change.what.empty()) out += ": " + base::join(change.what, ", ");
    out += "\n     before: " + state_line(change.before) + "\n     after:  " + state_line(change.after) + "\n";
    print_reasons(out, "-", change.before, change.after);
    print_reasons(out, "+", change.after, change.before);
    for (const ChangeCause& cause : change.because) {
      out += "     because of revision " + std::to_string(cause.revision) + ", " + cause.published + ", " + cause.who;
      if (!cause.why.empty()) out += ": " + cause.why;
      if (!cause.records.empty()) out += " (" + base::join(cause.records, ", ") + ")";
      if (cause.kind == CauseKind::Options) out += " (through " + base::join(change.through, ", ") + ")";
      out += "\n";
    }
    if (change.because.empty()) out += "     no change set explains this\n";
  }
  out += "\n";
}

}  // namespace

std::string to_json(const Comparison& comparison) {
  std::string out;
  JsonWriter w(out);
  w.begin_object();
  w.member("case_id", comparison.case_id);
  write_changes(w, "changed", comparison.changed);
  w.member("diagnosis", comparison.diagnosis);
  w.member("evaluated_on", comparison.evaluated_on);
  write_revision(w, "from", comparison.from);
  write_changes(w, "gained", comparison.gained);
  w.member("knowledge_base", comparison.knowledge_base);
  write_changes(w, "lost", comparison.lost);
  w.member("software", comparison.software);
  write_revision(w, "to", comparison.to);
  w.member("unchanged", comparison.unchanged);
  w.member("warnings", comparison.warnings);
  w.end_object();
  return out;
}

std::string to_text(const Comparison& comparison) {
  std::string out = "What changed for " + comparison.diagnosis +
                    (comparison.case_id.empty() ? "" : ", case " + comparison.case_id) + "\n";
  out += "from revision " + std::to_string(comparison.from.revision) + " of " + comparison.from.published +
         " to revision " + std::to_string(comparison.to.revision) + " of " + comparison.to.published +
         ", evaluated on " + comparison.evaluated_on + ", " + comparison.software + "\n\n";
  for (const std::string& warning : comparison.warnings) out += "! " + warning + "\n";
  if (!comparison.warnings.empty()) out += "\n";
  print_changes(out, "GAINED", comparison.gained);
  print_changes(out, "LOST", comparison.lost);
  print_changes(out, "CHANGED", comparison.changed);
  out += std::to_string(comparison.unchanged) + " options unchanged\n";
  return out;
}

}  // namespace treff::answer
