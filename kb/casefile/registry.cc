#include "kb/casefile/registry.h"

#include <algorithm>
#include <array>
#include <string>

#include "kb/base/text.h"
#include "kb/casefile/fhir.h"
#include "kb/casefile/maf.h"
#include "kb/casefile/tso500.h"
#include "kb/casefile/tsoppi.h"
#include "kb/casefile/tsv.h"

namespace treff::casefile {
namespace {

constexpr std::array kFormats = {
    Format{"tso500", "TruSight Oncology 500: CombinedVariantOutput.tsv of LocalApp 2.2 or DRAGEN 2.6", is_tso500,
           read_tso500},
    Format{"tsoppi", "TSOPPI: small_variant_table.tsv of a sample, or variant_summary.tsv of a run", is_tsoppi,
           read_tsoppi},
    Format{"fhir", "FHIR R4 JSON of genomics reporting or mCODE: a Bundle, DiagnosticReport, Observation or Condition",
           is_fhir, read_fhir},
    Format{"maf", "Mutation Annotation Format, several tumours allowed", is_maf, read_maf},
};

// Files that lie beside the readable ones and are picked by mistake.
struct Lookalike {
  std::string_view mark;  // anywhere in the first 16 KiB
  std::string_view what;
  std::string_view hint;
};
constexpr std::array kLookalikes = {
    Lookalike{
        "KeepFusion", "an unfiltered list of fusion calls (AllFusions.csv)",
        "most of its rows were rejected by the software; use CombinedVariantOutput.tsv, which holds the kept ones"},
    Lookalike{
        "FusionProcessor", "an unfiltered list of fusion calls (AllFusions.csv)",
        "most of its rows were rejected by the software; use CombinedVariantOutput.tsv, which holds the kept ones"},
    Lookalike{"#sample_type", "a TSOPPI sample list", "use the small variant table or the variant summary"},
    Lookalike{"Create_report", "a metadata file of reports", "it holds personal data and no findings"},
    Lookalike{"##fileformat=VCF", "a VCF file", "it is not read here yet"},
    Lookalike{"xmlns=\"http://hl7.org/fhir\"", "FHIR as XML", "export it as JSON"},
};

std::string_view head_of(std::string_view text) { return text.substr(0, 16384); }

std::string known_formats() {
  std::vector<std::string> names;
  for (const Format& format : kFormats) names.emplace_back(format.name);
  return base::join(names, ", ");
}

const Format* format_named(std::string_view name) {
  const auto found =
      std::find_if(kFormats.begin(), kFormats.end(), [&](const Format& format) { return format.name == name; });
  return found == kFormats.end() ? nullptr : &*found;
}

const Format* recognised(std::string_view text) {
  const auto found =
      std::find_if(kFormats.begin(), kFormats.end(), [&](const Format& format) { return format.recognises(text); });
  return found == kFormats.end() ? nullptr : &*found;
}

const Lookalike* lookalike(std::string_view text) {
  const std::string_view head = head_of(text);
  const auto found = std::find_if(kLookalikes.begin(), kLookalikes.end(), [&](const Lookalike& other) {
    return head.find(other.mark) != std::string_view::npos;
  });
  return found == kLookalikes.end() ? nullptr : &*found;
}

tl::unexpected<std::vector<Error>> unsupported(std::string message, std::string_view file_name, std::string hint) {
  return fail_all({Error{
      ErrorCode::UnsupportedFormat, std::move(message), std::string(file_name), {}, std::nullopt, std::move(hint)}});
}

}  // namespace

std::span<const Format> formats() { return kFormats; }

std::optional<std::string_view> sniff_format(std::string_view bytes) {
  const auto text = check_text(bytes, {});
  if (!text || lookalike(*text) != nullptr) return std::nullopt;
  const Format* format = recognised(*text);
  return format == nullptr ? std::nullopt : std::optional<std::string_view>(format->name);
}

Checked<std::vector<CaseFile>> read_case_files(std::string_view format, std::string_view bytes,
                                               std::string_view file_name) {
  const Format* wanted = format_named(format);
  if (wanted == nullptr && !format.empty()) {
    return unsupported("the format '" + std::string(format) + "' is not known", file_name, "known: " + known_formats());
  }
  const auto text = check_text(bytes, file_name);
  if (!text) return fail_all({text.error()});
  if (const Lookalike* other = lookalike(*text)) {
    return unsupported("this is " + std::string(other->what), file_name, std::string(other->hint));
  }
  const Format* found = recognised(*text);
  if (found == nullptr) {
    return unsupported(wanted == nullptr ? "the format of the file is not recognised"
                                         : "this is not a file of the format " + std::string(wanted->name),
                       file_name, wanted == nullptr ? "known: " + known_formats() : std::string(wanted->help));
  }
  if (wanted != nullptr && wanted != found) {
    return unsupported(
        "this is a file of the format " + std::string(found->name) + ", not " + std::string(wanted->name), file_name,
        std::string(found->help));
  }
  return found->read(*text, file_name);
}

Checked<CaseFile> read_case_file(std::string_view format, std::string_view bytes, std::string_view file_name) {
  auto files = read_case_files(format, bytes, file_name);
  if (!files) return fail_all(std::move(files.error()));
  if (files->size() != 1) {
    return fail_all({Error{ErrorCode::DifferentSamples,
                           "the file holds " + std::to_string(files->size()) + " tumours, one is expected",
                           std::string(file_name),
                           {},
                           std::nullopt,
                           "give it together with a file of the one meant"}});
  }
  return std::move(files->front());
}

}  // namespace treff::casefile
