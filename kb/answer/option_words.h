// One option with every id resolved and every reason in words.
#pragma once

#include "kb/answer/answer.h"

namespace treff::answer {

class OptionWriter {
 public:
  OptionWriter(const match::Knowledge& knowledge, const match::CaseFacts& facts, Language language, bool closed_world)
      : knowledge_(knowledge), facts_(facts), language_(language), closed_world_(closed_world) {}

  AnswerOption write(const match::Option& option) const;

 private:
  std::string name_of(model::RecordKind kind, const std::string& id) const;
  std::string alterations(const std::vector<std::size_t>& indices) const;
  ReasonWords reason(const match::Reason& reason) const;
  void write_identity(const match::Option& option, AnswerOption& out) const;
  void write_status(const match::Option& option, AnswerOption& out) const;
  void write_people(const match::Option& option, AnswerOption& out) const;
  void write_funding(const match::Option& option, AnswerOption& out) const;
  void write_sites(const match::Option& option, AnswerOption& out) const;
  void write_reasons(const match::Option& option, AnswerOption& out) const;
  void write_evidence(const match::Option& option, AnswerOption& out) const;
  void write_next_step(const match::Option& option, AnswerOption& out) const;

  const match::Knowledge& knowledge_;
  const match::CaseFacts& facts_;
  Language language_;
  bool closed_world_;
};

}  // namespace treff::answer
