// What a new release of the tumour tree does to the records that name its codes.
#include <map>
#include <set>

#include "indexer/importers/oncotree.h"
#include "kb/base/text.h"
#include "kb/model/references.h"

namespace treff::indexer {
namespace {

using model::Diagnosis;

struct Fate {
  std::string now;                    // the code after a renaming
  std::vector<std::string> replaced;  // codes that took the place of a merged or split one
};

class Review {
 public:
  Review(const ReviewInput& input, ImportSink& sink) : input_(input), sink_(sink) {}

  void run() {
    for (const auto& [key, record] : input_.records) {
      const auto* node = std::get_if<Diagnosis>(&record);
      if (node == nullptr || !input_.imported(key)) continue;
      for (const auto& old : node->former_codes) fates_[old].now = node->code;
      for (const auto* list : {&node->precursors, &node->revocations}) {
        for (const auto& old : *list) fates_[old].replaced.push_back(node->code);
      }
    }
    for (const auto& [key, record] : input_.records) {
      const auto* node = std::get_if<Diagnosis>(&record);
      if (node != nullptr && !input_.imported(key)) gone(*node);
    }
  }

 private:
  void gone(const Diagnosis& node) {
    const auto fate = fates_.find(node.code);
    const bool renamed = fate != fates_.end() && !fate->second.now.empty();
    if (renamed && node.origin.empty()) {
      // Beside the curated record the new one would be a second node for one disease, and no rule would see both.
      sink_.error(
          Error{ErrorCode::InvalidValue,
                "the curated diagnosis has the code " + node.code + ", which the release calls " + fate->second.now,
                "diagnosis/" + node.id, node.code, std::nullopt,
                "give the record the code " + fate->second.now + " and the former code " + node.code +
                    ", then import again"});
      return;
    }
    const std::string after = renamed ? "is now " + fate->second.now
                              : fate != fates_.end() && !fate->second.replaced.empty()
                                  ? "was replaced by " + base::join(fate->second.replaced, ", ")
                                  : "is gone";
    const auto& uses = uses_of(node.code);
    for (const auto& place : uses) {
      if (renamed) {
        sink_.note(
            {"code_renamed", "the record names " + node.code + ", which " + after + " (mapped)", place, node.code});
      } else {
        sink_.error(Error{ErrorCode::DanglingId,
                          "the record names " + node.code + ", which " + after + " in this release", place, node.code,
                          std::nullopt, "choose the code that is meant, then import again"});
      }
    }
    if (uses.empty()) sink_.note({"code_withdrawn", node.code + " " + after + "; no record names it", {}, node.code});
  }

  // Record and pointer of every place that names the code.
  const std::vector<std::string>& uses_of(const std::string& code) {
    if (!indexed_) index_uses();
    return uses_[code];
  }

  void index_uses() {
    indexed_ = true;
    for (const auto& [key, record] : input_.records) {
      const std::string place = std::string(model::to_string(key.kind)) + "/" + key.id;
      for (const auto& [pointer, criterion] : model::criteria_of(record)) {
        for (const auto& code : model::names_in(*criterion, pointer).diagnoses) {
          uses_[code.to.id].push_back(place + code.pointer);
        }
      }
      const auto* evidence = std::get_if<model::Evidence>(&record);
      for (std::size_t i = 0; evidence != nullptr && i < evidence->diagnoses.size(); ++i) {
        uses_[evidence->diagnoses[i]].push_back(place + "/diagnoses/" + std::to_string(i));
      }
    }
  }

  const ReviewInput& input_;
  ImportSink& sink_;
  std::map<std::string, Fate> fates_;  // by old code
  std::map<std::string, std::vector<std::string>> uses_;
  bool indexed_ = false;
};

}  // namespace

void review_oncotree(const ReviewInput& input, ImportSink& sink) { Review(input, sink).run(); }

}  // namespace treff::indexer
