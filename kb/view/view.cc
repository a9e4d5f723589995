#include "kb/view/view.h"

#include <algorithm>
#include <fstream>
#include <utility>

#include "kb/base/text.h"
#include "kb/model/codec.h"
#include "kb/text/synonyms.h"
#include "kb/view/assemble.h"

namespace treff::view {
namespace {

constexpr const char* kNameFile = "NAME";
constexpr const char* kDefaultName = "local";

// Knowledge and index of the parts; `like` lends what did not change.
Status compile(View& view, Checked<match::KnowledgeParts> parts, const match::Knowledge* like,
               std::vector<Error>& errors) {
  const auto give_up = [&errors](std::vector<Error> found) {
    errors = std::move(found);
    return fail(errors.front());
  };
  if (!parts) return give_up(std::move(parts.error()));
  auto knowledge = match::Knowledge::build(std::move(*parts), like);
  if (!knowledge) return give_up(std::move(knowledge.error()));
  view.knowledge = *knowledge;
  auto index = match::MatchIndex::build(*knowledge);
  if (!index) return give_up(std::move(index.error()));
  view.index = *index;
  view.text_issue = "text search serves the newest revision only";
  return {};
}

// Synonyms come from the vocabulary's records and from organisations.
bool same_synonyms(const match::Knowledge& a, const match::Knowledge& b) {
  return a.shares_vocabulary_with(b) &&
         a.all(model::RecordKind::Organisation) == b.all(model::RecordKind::Organisation);
}

}  // namespace

Checked<std::shared_ptr<const View>> build_view(const store::Store& store, store::Revision revision,
                                                const std::string& name, Progress& progress) {
  auto view = std::make_shared<View>();
  view->revision = revision;
  view->knowledge_base = name;
  if (revision > 0) {
    const auto entry = store.log_entry(revision);
    if (!entry) return fail_all({entry.error()});
    view->published = entry->published_at;
  }
  auto parts = assemble(store, revision, progress);
  progress.begin("compiling criteria", 0);
  std::vector<Error> errors;
  if (!compile(*view, std::move(parts), nullptr, errors)) return fail_all(std::move(errors));
  return std::shared_ptr<const View>(std::move(view));
}

Checked<std::shared_ptr<View>> next_view(const store::Store& store, const View& before,
                                         const std::vector<store::Change>& changes, const std::string& published) {
  auto view = std::make_shared<View>();
  view->revision = before.revision + 1;
  view->knowledge_base = before.knowledge_base;
  view->published = published;
  view->store = before.store;
  std::vector<Error> errors;
  auto parts = assemble_next(store, before.revision, *before.knowledge, changes);
  if (!compile(*view, std::move(parts), before.knowledge.get(), errors)) return fail_all(std::move(errors));
  return view;
}

std::filesystem::path text_index_directory(const std::filesystem::path& kb_directory) { return kb_directory / "text"; }

std::optional<model::Record> read_record(const View& view, const model::RecordKey& key) {
  if (const model::Record* awake = view.knowledge->find(key)) return *awake;
  if (view.store == nullptr || !view.knowledge->has(key)) return std::nullopt;
  const auto json = view.store->get(key, view.revision);
  if (!json || !json->has_value()) return std::nullopt;
  auto record = model::decode_record(**json);
  if (!record) return std::nullopt;
  return std::move(*record);
}

void attach_text(View& view, const std::filesystem::path& kb_directory, const View* before) {
  if (before != nullptr && before->synonyms != nullptr && same_synonyms(*view.knowledge, *before->knowledge)) {
    view.synonyms = before->synonyms;
  } else {
    auto synonyms = std::make_shared<text::KnowledgeSynonyms>();
    for (const match::SharedRecord& record : view.knowledge->records()) synonyms->add(*record);
    synonyms->link();
    view.synonyms = std::move(synonyms);
  }
  auto opened = text::TextIndex::open(text_index_directory(kb_directory), view.synonyms, view.revision);
  if (!opened) {
    view.text = nullptr;
    view.text_issue = base::to_text(opened.error());
    return;
  }
  view.text = std::move(*opened);
  const bool same =
      before != nullptr && before->case_words != nullptr && before->case_words->holds_for(*view.knowledge);
  view.case_words = same ? before->case_words : std::make_shared<const CaseWords>(view.knowledge);
  view.text_issue.clear();
}

KnowledgeReferred::KnowledgeReferred(const match::Knowledge& knowledge) : knowledge_(knowledge) {
  for (const model::Record* record : knowledge.all(model::RecordKind::Diagnosis)) {
    const auto& diagnosis = std::get<model::Diagnosis>(*record);
    by_code_.emplace(diagnosis.code, &diagnosis);
  }
}

const model::Diagnosis* KnowledgeReferred::diagnosis(std::string_view code) const {
  const auto it = by_code_.find(std::string(code));
  return it == by_code_.end() ? nullptr : it->second;
}

std::string read_name(const std::filesystem::path& kb_directory) {
  std::ifstream file(kb_directory / kNameFile);
  std::string name;
  std::getline(file, name);
  return base::is_slug(name) ? name : kDefaultName;
}

Status write_name(const std::filesystem::path& kb_directory, const std::string& name) {
  if (!base::is_slug(name)) {
    return fail(ErrorCode::InvalidValue, "'" + name + "' is not a name for a knowledge base", "--name",
                "use lower-case letters, digits and '-'");
  }
  std::ofstream file(kb_directory / kNameFile, std::ios::trunc);
  file << name << '\n';
  file.close();
  if (!file)
    return fail(ErrorCode::IoFailure, "the name file could not be written", (kb_directory / kNameFile).string());
  return {};
}

std::shared_ptr<const View> ViewHolder::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

void ViewHolder::serve(std::shared_ptr<const View> view) {
  const std::lock_guard lock(mutex_);
  if (current_ == nullptr || view->revision >= current_->revision) current_ = std::move(view);
}

Checked<std::shared_ptr<const View>> ViewHolder::refresh(Progress& progress) {
  const std::lock_guard build_lock(building_);
  auto built = build_view(*store_, store_->head(), name_, progress);
  if (!built) return built;
  auto view = std::make_shared<View>(**built);
  view->store = store_;
  attach_text(*view, directory_);
  const std::lock_guard lock(mutex_);
  current_ = std::move(view);
  return current_;
}

Checked<std::shared_ptr<const View>> ViewHolder::at(store::Revision revision) {
  {
    const std::lock_guard lock(mutex_);
    if (current_ != nullptr && current_->revision == revision) return current_;
    const auto found =
        std::find_if(pinned_.begin(), pinned_.end(), [&](const auto& view) { return view->revision == revision; });
    if (found != pinned_.end()) {
      std::rotate(found, found + 1, pinned_.end());
      return pinned_.back();
    }
  }
  const std::lock_guard build_lock(building_);
  NoProgress quiet;
  auto built = build_view(*store_, revision, name_, quiet);
  if (!built) return built;
  const std::lock_guard lock(mutex_);
  if (pinned_.size() >= kPinned) pinned_.erase(pinned_.begin());
  pinned_.push_back(*built);
  return built;
}

}  // namespace treff::view
