// A case as a topic of the text search: every name the knowledge base has for its tumour, its findings, the drugs that
// act on them, and the wider words a trial may use instead.
//
// Names come from the records of one revision, never from a list of their own; the few general words ("advanced solid
// tumours", "amplification") are the language's. Nothing of the case leaves this process.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "kb/base/result.h"
#include "kb/match/knowledge.h"
#include "kb/model/tumour_case.h"
#include "kb/text/record_text.h"
#include "kb/text/topic.h"

namespace treff::view {

// What links genes, drugs and tumours in one revision, gathered once. Immutable; safe to share. Keeps its Knowledge.
class CaseWords {
 public:
  explicit CaseWords(std::shared_ptr<const match::Knowledge> knowledge);
  // True if `other` holds the same records of every kind that is read here.
  bool holds_for(const match::Knowledge& other) const;

  const match::Knowledge& knowledge() const { return *knowledge_; }
  // Drugs that act on the gene, that are meant for a target in it, or that evidence calls effective for it.
  std::vector<std::string> drugs_for_gene(const std::string& symbol) const;
  // Drugs of a class, by the class as written on the drug record.
  std::vector<std::string> drugs_of_class(const std::string& drug_class) const;
  // "V600", "V600E": single codons and substitutions of the gene that targets and evidence name.
  std::vector<std::string> changes_of_gene(const std::string& symbol) const;
  // Families that hold the gene.
  std::vector<const model::GeneFamily*> families_of_gene(const std::string& symbol) const;
  // What tumours of other organs are called in a title, each with its OncoTree tissue.
  struct TumourName {
    std::string tissue;
    std::string name;
  };
  const std::vector<TumourName>& tumour_names() const { return tumour_names_; }

 private:
  void read_links();
  void read_families();
  void read_tumours();
  void link(const model::Criterion& rule, const std::vector<std::string>& drugs, const text::Referred& referred);
  void read_changes(const model::Criterion& rule, const text::Referred& referred);

  std::shared_ptr<const match::Knowledge> knowledge_;
  std::map<std::string, std::set<std::string>> drugs_for_gene_;  // symbol -> drug ids
  std::map<std::string, std::set<std::string>> drugs_of_class_;
  std::map<std::string, std::set<std::string>> changes_of_gene_;
  std::map<std::string, std::vector<const model::GeneFamily*>> families_of_gene_;
  std::vector<TumourName> tumour_names_;
};

struct CaseTopic {
  text::Topic topic;
  std::vector<Issue> issues;  // what was searched by its words only, because the knowledge base does not know it
};

// UnknownName for a diagnosis code that does not exist (D4); a diagnosis in words that nobody knows is searched as it
// stands, and so is an alteration that cannot be read, each with an issue. A case that names neither a tumour nor a
// finding is MissingKey.
Result<CaseTopic> topic_of_case(const model::TumourCase& tumour_case, const CaseWords& words);

}  // namespace treff::view
