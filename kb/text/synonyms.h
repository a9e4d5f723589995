// Other names of what a person typed, from the knowledge base itself, never from a second list.
//
// A gene's aliases, a drug's brands and codes, a tumour's everyday names, and its ancestors at a lower weight: a trial
// for lung cancer is worth showing to who asks for lung adenocarcinoma. Immutable once built; safe to share.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kb/model/records.h"

namespace treff::text {

struct OtherName {
  std::string text;     // one word or several; several are looked for as a phrase
  double weight = 1.0;  // 0 < weight <= 1
  bool exact = false;   // a symbol: matched as it is, never stemmed
};

class Synonyms {
 public:
  virtual ~Synonyms() = default;
  // Other names of `name` (any case; one or several words), best first, without `name` itself; empty = none known.
  virtual std::vector<OtherName> find(std::string_view name) const = 0;
  // True for symbols and aliases of genes: matched exactly, never corrected.
  virtual bool is_gene(std::string_view name) const = 0;
};

class NoSynonyms final : public Synonyms {
 public:
  std::vector<OtherName> find(std::string_view /*name*/) const override { return {}; }
  bool is_gene(std::string_view /*name*/) const override { return false; }
};

// Names of one revision, and the words of events ("fusjon", "fusion") of the nomenclature. Add every gene, gene family,
// drug, diagnosis and organisation (others are ignored), then link() once.
class KnowledgeSynonyms final : public Synonyms {
 public:
  void add(const model::Record& record);
  void link();

  std::vector<OtherName> find(std::string_view name) const override;
  bool is_gene(std::string_view name) const override;

 private:
  struct Entry {
    std::vector<std::string> names;     // the main name first
    std::string parent;                 // diagnosis id, empty otherwise
    std::vector<std::string> members;   // gene ids of a family, empty otherwise
    std::vector<std::size_t> children;  // entries right below a tissue
    bool gene = false;
    bool tissue = false;  // too wide to stand in for a tumour below it
  };
  std::vector<OtherName> names_of(const Entry& entry, std::string_view asked) const;
  // Genes of a family, at a lower weight: who asks for NTRK may be shown NTRK3.
  template <class Add>
  void add_members(const Entry& entry, const Add& add) const;
  // The tumours right below an organ: who asks for colon cancer may be shown colorectal cancer.
  template <class Add>
  void add_children(const Entry& entry, const Add& add) const;

  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::size_t> diagnosis_by_id_;
  std::unordered_map<std::string, std::size_t> gene_by_id_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_name_;  // folded name
};

}  // namespace treff::text
