#include "cli/match_stream.h"

#include <algorithm>
#include <array>
#include <istream>
#include <ostream>

#include "cli/exit_status.h"
#include "cli/progress_bar.h"
#include "kb/answer/case_lines.h"
#include "kb/base/ordered_work.h"
#include "kb/base/text.h"
#include "kb/model/codec.h"

namespace treff::cli {
namespace {

constexpr std::size_t kPieceBytes = 64 * 1024;
constexpr std::size_t kLinesPerChunk = 64;
constexpr std::size_t kBytesPerChunk = 256 * 1024;
constexpr std::size_t kChunksPerThread = 3;

using Chunk = std::vector<answer::CaseLine>;

struct ChunkAnswer {
  std::string text;
  std::string table_header;  // of the first table in it
  std::size_t lines = 0;
  std::size_t failed = 0;
};

// The next bytes that are there, at least one; waits only while there are none. Empty at the end.
std::string_view read_some(std::istream& in, std::array<char, kPieceBytes>& piece) {
  if (in.peek() == std::istream::traits_type::eof()) return {};
  const auto ready = std::clamp<std::streamsize>(in.rdbuf()->in_avail(), 1, kPieceBytes);
  in.read(piece.data(), ready);
  return {piece.data(), static_cast<std::size_t>(in.gcount())};
}

// True if reading on would wait for whoever writes the stream.
bool would_wait(std::istream& in) { return in.rdbuf()->in_avail() <= 0; }

void append_rendered(const answer::CaseLine& line, const StreamJob& job, ChunkAnswer& out) {
  const answer::LineAnswer one = answer::answer_line(job.view, line, job.request);
  if (!one.answer) {
    out.text += one.error + "\n";
    ++out.failed;
  } else if (job.format == "text") {
    out.text += answer::to_text(*one.answer);
  } else {
    const std::string table = answer::to_tsv(*one.answer);
    const std::size_t header = table.find('\n') + 1;
    if (out.table_header.empty()) out.table_header = table.substr(0, header);
    out.text.append(table, header);
  }
}

ChunkAnswer answer_chunk(const Chunk& chunk, const StreamJob& job) {
  const bool as_json = job.format != "tsv" && job.format != "text";
  ChunkAnswer out;
  out.lines = chunk.size();
  for (const answer::CaseLine& line : chunk) {
    if (!as_json) {
      append_rendered(line, job, out);
    } else if (!answer::append_answer_line(job.view, line, job.request, out.text)) {
      ++out.failed;
    }
  }
  return out;
}

// The number of lines ahead where the stream can go back, for the time left; 0 for a pipe.
std::uint64_t lines_ahead(std::istream& in) {
  const auto here = in.tellg();
  if (here < 0) {
    in.clear();
    return 0;
  }
  std::array<char, kPieceBytes> piece{};
  std::uint64_t lines = 0;
  while (in.read(piece.data(), kPieceBytes), in.gcount() > 0) {
    lines += static_cast<std::uint64_t>(std::count(piece.data(), piece.data() + in.gcount(), '\n'));
  }
  in.clear();
  in.seekg(here);
  return lines;
}

class Streamer {
 public:
  Streamer(Environment& environment, std::istream& in, const StreamJob& job)
      : environment_(environment),
        in_(in),
        bar_(environment.err, environment.progress),
        work_(job.jobs, job.jobs * kChunksPerThread, [&job](const Chunk& chunk) { return answer_chunk(chunk, job); }) {
    bar_.begin("matching", environment.progress ? lines_ahead(in) : 0);
  }

  int run() {
    std::array<char, kPieceBytes> piece{};
    bool at_end = false;
    while (!at_end && environment_.out) {
      const std::string_view bytes = read_some(in_, piece);
      at_end = bytes.empty();
      splitter_.add(bytes);
      if (at_end) splitter_.end();
      while (auto line = splitter_.next()) add(std::move(*line));
      if (!at_end && would_wait(in_)) write_all();  // whoever waits for an answer before the next case gets it
    }
    if (environment_.out) write_all();
    return finish();
  }

 private:
  void add(answer::CaseLine line) {
    bytes_ += line.text.size();
    chunk_.push_back(std::move(line));
    if (chunk_.size() >= kLinesPerChunk || bytes_ >= kBytesPerChunk) give();
  }

  void give() {
    if (chunk_.empty()) return;
    while (work_.is_full()) write_one();
    work_.give(std::exchange(chunk_, {}));
    bytes_ = 0;
  }

  void write_one() {
    const ChunkAnswer answer = work_.take();
    if (!header_written_ && !answer.table_header.empty()) {
      environment_.out << answer.table_header;
      header_written_ = true;
    }
    environment_.out << answer.text;
    lines_ += answer.lines;
    failed_ += answer.failed;
    bar_.advance(lines_);
  }

  void write_all() {
    give();
    while (!work_.is_empty()) write_one();
    environment_.out.flush();
  }

  int finish() {
    bar_.end();
    if (!environment_.out) {
      return report(environment_, Error{ErrorCode::IoFailure, "the answers could not be written", {}, {}, {}, {}});
    }
    if (failed_ > 0) {
      environment_.err << "treff: " << failed_ << " of " << lines_ << (lines_ == 1 ? " line" : " lines")
                       << " could not be answered; each has an error line\n";
    }
    return static_cast<int>(ExitStatus::Done);
  }

  Environment& environment_;
  std::istream& in_;
  ProgressBar bar_;
  answer::LineSplitter splitter_;
  Chunk chunk_;
  std::size_t bytes_ = 0;
  bool header_written_ = false;
  std::uint64_t lines_ = 0;
  std::uint64_t failed_ = 0;
  base::OrderedWork<Chunk, ChunkAnswer> work_;
};

}  // namespace

int match_stream(Environment& environment, std::istream& in, const StreamJob& job) {
  return Streamer(environment, in, job).run();
}

bool holds_lines_of_json(std::istream& in) {
  answer::LineSplitter splitter;
  std::array<char, kPieceBytes> piece{};
  std::optional<answer::CaseLine> first;
  bool at_end = false;
  while (!at_end) {
    const std::string_view bytes = read_some(in, piece);
    at_end = bytes.empty();
    splitter.add(bytes);
    if (at_end) splitter.end();
    while (auto line = splitter.next()) {
      if (first) return true;
      if (line->too_long || line->text.front() != '{' || !model::canonical_json(line->text)) return false;
      first = std::move(line);
    }
  }
  return false;
}

}  // namespace treff::cli
