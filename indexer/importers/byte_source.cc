#include "indexer/importers/byte_source.h"

#include <lzma.h>
#include <zlib.h>

#include <fstream>

namespace treff::indexer {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{256} << 10;

// The raw file, in pieces.
class File {
 public:
  File(std::ifstream stream, std::string path) : stream_(std::move(stream)), path_(std::move(path)) {}

  Status read(std::string& out) {
    out.resize(kPieceBytes);
    stream_.read(out.data(), static_cast<std::streamsize>(out.size()));
    out.resize(static_cast<std::size_t>(stream_.gcount()));
    if (stream_.bad()) return fail(ErrorCode::IoFailure, "the file could not be read to its end", path_);
    return {};
  }
  const std::string& path() const { return path_; }

 private:
  std::ifstream stream_;
  std::string path_;
};

class PlainSource final : public ByteSource {
 public:
  PlainSource(File file, std::uint64_t size) : file_(std::move(file)) { size_bytes_ = size; }
  Status next(std::string& out) override {
    if (const Status read = file_.read(out); !read) return read;
    read_bytes_ += out.size();
    return {};
  }

 private:
  File file_;
};

// What gzip and xz share: bounds, and feeding pieces of the file to the decoder.
class PackedSource : public ByteSource {
 public:
  PackedSource(File file, std::uint64_t size) : file_(std::move(file)) { size_bytes_ = size; }

  Status next(std::string& out) override {
    out.clear();
    while (out.empty() && !ended_) {
      if (packed_at_ == packed_.size() && !file_ended_) {
        if (const Status read = file_.read(packed_); !read) return read;
        packed_at_ = 0;
        read_bytes_ += packed_.size();
        file_ended_ = packed_.empty();
      }
      out.resize(kPieceBytes);
      std::size_t made = 0;
      if (const Status unpacked = unpack(out.data(), out.size(), made); !unpacked) return unpacked;
      out.resize(made);
      unpacked_bytes_ += made;
      if (unpacked_bytes_ > kMaxUnpackedBytes ||
          (unpacked_bytes_ > kRatioFreeBytes && unpacked_bytes_ / kMaxRatio > read_bytes_)) {
        return fail(ErrorCode::TooLarge,
                    "the packed file unfolds to more than " + std::to_string(kMaxRatio) + " times its size", path(),
                    "unpack it by hand and look at it");
      }
    }
    return {};
  }

 protected:
  // Decodes from [packed_at_, packed_.size()) into `to`; sets ended_ at the end of the stream.
  virtual Status unpack(char* to, std::size_t room, std::size_t& made) = 0;
  const std::string& path() const { return file_.path(); }
  Status truncated() const {
    return fail(ErrorCode::TruncatedFile, "the packed file stops before its end", path(), "copy it again");
  }
  Status damaged(const std::string& how) const {
    return fail(ErrorCode::TruncatedFile, "the packed file is damaged: " + how, path(), "copy it again");
  }

  std::string packed_;
  std::size_t packed_at_ = 0;
  bool file_ended_ = false;
  bool ended_ = false;

 private:
  File file_;
  std::uint64_t unpacked_bytes_ = 0;
};

class GzipSource final : public PackedSource {
 public:
  GzipSource(File file, std::uint64_t size) : PackedSource(std::move(file), size) {
    ready_ = ::inflateInit2(&stream_, 15 + 16) == Z_OK;
  }
  ~GzipSource() override { ::inflateEnd(&stream_); }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

 private:
  Status unpack(char* to, std::size_t room, std::size_t& made) override {
    if (!ready_) return fail(ErrorCode::IoFailure, "gzip could not be started", path());
    if (packed_at_ == packed_.size()) {
      if (!between_members_) return truncated();
      ended_ = true;
      return {};
    }
    stream_.next_in = reinterpret_cast<Bytef*>(packed_.data() + packed_at_);
    stream_.avail_in = static_cast<uInt>(packed_.size() - packed_at_);
    stream_.next_out = reinterpret_cast<Bytef*>(to);
    stream_.avail_out = static_cast<uInt>(room);
    const int code = ::inflate(&stream_, Z_NO_FLUSH);
    packed_at_ = packed_.size() - stream_.avail_in;
    made = room - stream_.avail_out;
    between_members_ = code == Z_STREAM_END;
    // A gzip file may hold several members one after another.
    if (code == Z_STREAM_END) return ::inflateReset(&stream_) == Z_OK ? Status{} : damaged("gzip");
    if (code != Z_OK && code != Z_BUF_ERROR) return damaged(stream_.msg == nullptr ? "gzip" : stream_.msg);
    return {};
  }

  z_stream stream_{};
  bool ready_ = false;
  bool between_members_ = false;
};

class XzSource final : public PackedSource {
 public:
  XzSource(File file, std::uint64_t size) : PackedSource(std::move(file), size) {
    ready_ = ::lzma_stream_decoder(&stream_, kXzMemoryBytes, LZMA_CONCATENATED) == LZMA_OK;
  }
  ~XzSource() override { ::lzma_end(&stream_); }
  XzSource(const XzSource&) = delete;
  XzSource& operator=(const XzSource&) = delete;

 private:
  Status unpack(char* to, std::size_t room, std::size_t& made) override {
    if (!ready_) return fail(ErrorCode::IoFailure, "xz could not be started", path());
    stream_.next_in = reinterpret_cast<const std::uint8_t*>(packed_.data() + packed_at_);
    stream_.avail_in = packed_.size() - packed_at_;
    stream_.next_out = reinterpret_cast<std::uint8_t*>(to);
    stream_.avail_out = room;
    const lzma_ret code = ::lzma_code(&stream_, file_ended_ ? LZMA_FINISH : LZMA_RUN);
    packed_at_ = packed_.size() - stream_.avail_in;
    made = room - stream_.avail_out;
    if (code == LZMA_STREAM_END) {
      ended_ = true;
      return {};
    }
    if (code == LZMA_MEMLIMIT_ERROR) {
      return fail(ErrorCode::TooLarge, "the packed file asks for too much memory to unfold", path());
    }
    if (code == LZMA_BUF_ERROR) return truncated();
    if (code != LZMA_OK) return damaged("xz");
    return {};
  }

  lzma_stream stream_ = LZMA_STREAM_INIT;
  bool ready_ = false;
};

bool begins(const std::string& bytes, std::string_view magic) { return bytes.compare(0, magic.size(), magic) == 0; }

}  // namespace

Result<std::unique_ptr<ByteSource>> ByteSource::open(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) return fail(ErrorCode::NotFound, "the file cannot be read: " + error.message(), path.string());
  std::ifstream stream(path, std::ios::binary);
  std::string magic(6, '\0');
  stream.read(magic.data(), static_cast<std::streamsize>(magic.size()));
  magic.resize(static_cast<std::size_t>(stream.gcount()));
  stream.clear();
  stream.seekg(0);
  if (!stream) return fail(ErrorCode::IoFailure, "the file cannot be read", path.string());
  File file(std::move(stream), path.string());
  if (begins(magic, "\x1f\x8b")) return std::unique_ptr<ByteSource>(new GzipSource(std::move(file), size));
  if (begins(magic, std::string_view("\xfd"
                                     "7zXZ\0",
                                     6))) {
    return std::unique_ptr<ByteSource>(new XzSource(std::move(file), size));
  }
  if (begins(magic, "PK\x03\x04") || begins(magic, "BZh") || begins(magic, "\x28\xb5\x2f\xfd")) {
    return fail(ErrorCode::UnsupportedFormat, "this kind of packed file is not read", path.string(),
                "unpack it, or pack it with gzip or xz");
  }
  return std::unique_ptr<ByteSource>(new PlainSource(std::move(file), size));
}

Result<std::string> read_unpacked(const std::filesystem::path& path, std::uint64_t limit) {
  const auto source = ByteSource::open(path);
  if (!source) return fail(source.error());
  std::string all;
  std::string piece;
  do {
    if (const Status read = (*source)->next(piece); !read) return fail(read.error());
    all += piece;
    if (all.size() > limit) {
      return fail(ErrorCode::TooLarge, "the file is too large", path.string(),
                  "at most " + std::to_string(limit) + " bytes are read");
    }
  } while (!piece.empty());
  return all;
}

}  // namespace treff::indexer
