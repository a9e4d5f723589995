// How a streamed route reads its body and writes its answer: piece by piece, in one thread, never gathered.
//
// Interfaces, so that a handler can be tested without sockets. Both sides press back: a slow reader slows the writer.
#pragma once

#include <string_view>

#include "kb/base/result.h"
#include "server/http_message.h"

namespace treff::server {

class BodyReader {
 public:
  virtual ~BodyReader() = default;
  // The next piece of the body, without its coding; empty at the end. Valid until the next call.
  // Errors: TooLarge (above the route's cap), InvalidValue (malformed chunk), Cancelled (the client went away, was too
  // slow, or the server stops). After an error every further call gives it again.
  virtual Result<std::string_view> read() = 0;
};

class ResponseWriter {
 public:
  virtual ~ResponseWriter() = default;
  // Status and headers; once, before write. The body of `head` is not sent. False: the client is gone.
  virtual bool start(const HttpResponse& head) = 0;
  // Adds to the answer; sent in pieces of about 16 KiB, and whenever the reader has to wait for the client.
  // False: the client is gone or the server stops, and the work should end.
  virtual bool write(std::string_view bytes) = 0;
  virtual bool flush() = 0;
  // The answer is complete. A handler that returns without it leaves the client an answer that is visibly cut off.
  virtual bool finish() = 0;
};

}  // namespace treff::server
