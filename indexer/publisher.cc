#include "indexer/publisher.h"

#include <utility>

#include "indexer/change_check.h"
#include "indexer/text_build.h"
#include "kb/text/index_files.h"

namespace treff::indexer {

Publisher::Publisher(std::shared_ptr<store::Store> store, view::ViewHolder& views, std::filesystem::path kb_directory,
                     base::LogSink& log, std::function<void()> announce, PublisherOptions options)
    : store_(std::move(store)),
      views_(views),
      directory_(std::move(kb_directory)),
      log_(log),
      announce_(std::move(announce)),
      options_(options),
      merger_([this] { run(); }) {}

Publisher::~Publisher() {
  stop_ = true;
  {
    const std::lock_guard lock(waiting_);
    merge_wanted_ = false;
  }
  changed_.notify_all();
  merger_.join();
}

Checked<store::Revision> Publisher::publish(store::ChangeSet set, store::Revision expected_head) {
  store::Revision revision = 0;
  {
    const std::lock_guard lock(publishing_);
    const std::shared_ptr<const view::View> before = views_.current();
    if (auto errors = make_canonical(set); !errors.empty()) return fail_all(std::move(errors));
    auto next = view::next_view(*store_, *before, set.changes, set.published_at);
    if (!next) return fail_all(std::move(next.error()));
    if (auto errors = check_changes_fit(*store_, **next, set.changes); !errors.empty()) {
      return fail_all(std::move(errors));
    }
    const auto applied = store_->apply(set, expected_head);
    if (!applied) return fail_all({applied.error()});
    revision = *applied;
    (*next)->revision = revision;
    attach(**next, *before);
    views_.serve(std::move(*next));
  }
  announce_();
  return revision;
}

// The delta and its handle. Called with `publishing_` held.
void Publisher::attach(view::View& view, const view::View& before) {
  const auto directory = view::text_index_directory(directory_);
  const auto give_up = [&](const Error& error) {
    view.text = nullptr;
    view.text_issue = base::to_text(error);
    log_.write(LogLevel::Error, "the text index is built anew: " + view.text_issue);
    request_merge();
  };
  const auto base = text::base_revision(directory);
  if (!base) return give_up(base.error());
  const auto keys = documents_changed_since(*store_, *base, view);
  if (!keys) return give_up(keys.error());
  if (keys->size() > kMaxDeltaDocuments) {
    return give_up(
        Error{ErrorCode::IndexDamaged, "too much has changed for a small index", {}, "stale", std::nullopt, {}});
  }
  const auto delta = delta_of(*store_, view, *keys);
  if (!delta) return give_up(delta.error());
  const view::KnowledgeReferred referred(*view.knowledge);
  const auto written = text::write_delta(directory, *delta, referred, view.revision);
  if (!written) return give_up(written.error());
  view::attach_text(view, directory_, &before);
  if (view.text == nullptr) {
    log_.write(LogLevel::Error, "the text index is built anew: " + view.text_issue);
    request_merge();
  } else if (keys->size() >= options_.merge_at) {
    request_merge();
  }
}

void Publisher::request_merge() {
  {
    const std::lock_guard lock(waiting_);
    if (stop_) return;
    merge_wanted_ = true;
  }
  changed_.notify_all();
}

void Publisher::wait_until_merged() {
  std::unique_lock lock(waiting_);
  changed_.wait(lock, [this] { return !merge_wanted_ && !merge_running_; });
}

void Publisher::run() {
  std::unique_lock lock(waiting_);
  while (true) {
    changed_.wait(lock, [this] { return merge_wanted_ || stop_; });
    if (stop_) return;
    merge_wanted_ = false;
    merge_running_ = true;
    lock.unlock();
    merge_once();
    lock.lock();
    merge_running_ = false;
    changed_.notify_all();
  }
}

void Publisher::merge_once() {
  const std::shared_ptr<const view::View> origin = views_.current();
  const auto directory = view::text_index_directory(directory_);
  const auto base = build_text_base(*store_, *origin, directory_, stop_);
  if (!base) {
    if (!stop_) log_.write(LogLevel::Error, "the text index could not be built: " + base::to_text(base.error()));
    return;
  }
  const std::lock_guard lock(publishing_);
  const std::shared_ptr<const view::View> head = views_.current();
  const auto keys = documents_changed_since(*store_, origin->revision, *head);
  if (!keys) return log_.write(LogLevel::Error, base::to_text(keys.error()));
  if (keys->size() > kMaxDeltaDocuments) return request_merge();  // much was published meanwhile: once more
  const auto delta = delta_of(*store_, *head, *keys);
  if (!delta) return log_.write(LogLevel::Error, base::to_text(delta.error()));
  const view::KnowledgeReferred referred(*head->knowledge);
  const auto switched = text::put_in_force(directory, *base, origin->revision, *delta, referred, head->revision);
  if (!switched) return log_.write(LogLevel::Error, base::to_text(switched.error()));
  auto served = std::make_shared<view::View>(*head);
  view::attach_text(*served, directory_, head.get());
  if (served->text == nullptr) return log_.write(LogLevel::Error, served->text_issue);
  views_.serve(std::move(served));
  log_.write(LogLevel::Info, "text index of revision " + std::to_string(head->revision) + " merged");
  // What is still being read keeps its files until the next merge.
  if (const auto removed = text::remove_unused_segments(directory); !removed) {
    log_.write(LogLevel::Warning, base::to_text(removed.error()));
  }
}

}  // namespace treff::indexer
