#include "server/serve.h"

#include "indexer/publisher.h"
#include "indexer/text_build.h"
#include "kb/store/store.h"
#include "server/http_server.h"
#include "server/routes.h"
#include "server/service.h"

namespace treff::server {

struct RunningServer::Inside {
  Inside(std::shared_ptr<store::Store> opened, const ServeOptions& options, const Clock& clock, base::LogSink& log)
      : store(std::move(opened)),
        views(store, options.kb_directory, view::read_name(options.kb_directory)),
        service{views, clock, log, {}, options.schema_directory, {}, {}, nullptr, options.kb_directory},
        http(options.http, handlers_for(service), log) {}

  std::shared_ptr<store::Store> store;
  view::ViewHolder views;
  Service service;
  std::unique_ptr<indexer::Publisher> publisher;  // made once there is a View
  HttpServer http;                                // last: stopped before what its handlers use goes away
};

// A small index is made before the first request is taken; a large one while matching is served already, for it needs
// no text index. Until then /readyz tells the cause.
void RunningServer::restore_text(Inside& inside, const view::View& view, const ServeOptions& options,
                                 base::LogSink& log, Progress& progress) {
  constexpr std::size_t kLarge = 20'000;
  log.write(LogLevel::Warning, "the text index is rebuilt: " + view.text_issue);
  const std::size_t records = view.knowledge->records().size() + view.knowledge->resting_trials().size();
  if (records > kLarge) return inside.publisher->request_merge();
  const auto refreshed = indexer::refresh_text_index(*inside.store, view, options.kb_directory, progress);
  if (!refreshed) return log.write(LogLevel::Error, base::to_text(refreshed.error()));
  auto served = std::make_shared<view::View>(view);
  view::attach_text(*served, options.kb_directory);
  inside.views.serve(std::move(served));
}

RunningServer::RunningServer(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
RunningServer::~RunningServer() { stop(); }

std::uint16_t RunningServer::port() const { return inside_->http.port(); }
void RunningServer::stop() { inside_->http.stop(); }

Checked<std::unique_ptr<RunningServer>> RunningServer::start(const ServeOptions& options, const Clock& clock,
                                                             base::LogSink& log, Progress& progress) {
  auto store = store::Store::open(options.kb_directory, store::OpenMode::ReadWrite);
  if (!store) return fail_all({store.error()});
  for (const Issue& issue : (*store)->opening_issues()) log.write(LogLevel::Warning, issue.message);
  auto inside = std::make_unique<Inside>(std::shared_ptr<store::Store>(std::move(*store)), options, clock, log);
  auto view = inside->views.refresh(progress);
  if (!view) return fail_all(std::move(view.error()));
  inside->publisher =
      std::make_unique<indexer::Publisher>(inside->store, inside->views, options.kb_directory, log,
                                           [raw = inside.get()] { raw->service.publications.announce(); });
  inside->service.publisher = inside->publisher.get();
  if ((*view)->text == nullptr) restore_text(*inside, **view, options, log, progress);
  if (!options.web_directory.empty()) {
    auto pages = load_pages(options.web_directory);
    if (!pages) return fail_all({pages.error()});
    inside->service.pages = std::move(*pages);
  }
  if (const Status listening = inside->http.start(); !listening) return fail_all({listening.error()});
  return std::unique_ptr<RunningServer>(new RunningServer(std::move(inside)));
}

}  // namespace treff::server
