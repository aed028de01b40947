// What every store of blobs does alike.
#include "base/sha256.hpp"
#include "fake_s3.hpp"
#include "support/support.hpp"
#include "support/temporary_folder.hpp"

#include <saleschecklist/storage.hpp>

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <thread>
#include <vector>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

// A store of each kind, with what it lives on and goes after it.
struct Kind {
  std::string name;
  std::shared_ptr<void> ground;
  std::shared_ptr<BlobStore> blobs;
};

std::vector<Kind> kinds() {
  const auto folder = std::make_shared<TemporaryFolder>();
  const auto server = std::make_shared<FakeS3>();
  storage::S3Tuning parts;
  parts.most_at_once = 400'000;
  parts.part_bytes = 100'000;
  return {{"memory", {}, memory_blobs()},
          {"folder", folder, folder_blobs(folder->path("blobs")).value()},
          {"s3", server, storage::tuned_s3_blobs(s3_options_at(server->url()), parts).value()}};
}

void with_each(const std::function<void(BlobStore &)> &check) {
  for (const Kind &kind : kinds()) {
    CAPTURE(kind.name);
    check(*kind.blobs);
  }
}

// More than a piece, with every byte.
std::string many_bytes() {
  std::string out;
  for (int i = 0; i < 700'000; ++i) out += static_cast<char>(i % 251);
  return out;
}

ErrorCode code_of(const Result<void> &result) {
  return result ? static_cast<ErrorCode>(0) : result.error().code;
}

}  // namespace

TEST_CASE("what was put is read again, byte by byte") {
  with_each([](BlobStore &blobs) {
    for (const std::string &bytes : {std::string(), std::string("a\0b\r\n\xff", 6), many_bytes()}) {
      REQUIRE(blobs.put(blob_of("session-1/call.wav", bytes)));
      CHECK(read_blob(blobs, "session-1/call.wav").value() == bytes);
    }
  });
}

TEST_CASE("a blob is put out of a file, too") {
  with_each([](BlobStore &blobs) {
    const TemporaryFolder folder;
    Blob blob = blob_of("a/b/c.bin", "these bytes are not looked at");
    blob.file = folder.write("source", many_bytes());
    REQUIRE(blobs.put(blob));
    CHECK(read_blob(blobs, "a/b/c.bin").value() == many_bytes());
    blob.file = folder.path("missing");
    CHECK(code_of(blobs.put(blob)) == ErrorCode::io);
    blob.file = folder.path();
    CHECK(code_of(blobs.put(blob)) == ErrorCode::io);
    CHECK(read_blob(blobs, "a/b/c.bin").value() == many_bytes());
  });
}

TEST_CASE("a blob that is not there is not found, and erased already") {
  with_each([](BlobStore &blobs) {
    REQUIRE(blobs.put(blob_of("a/b", "x")));
    for (const char *key : {"nothing", "no/thing", "a", "a/b/c", "a/c"}) {
      CAPTURE(key);
      CHECK(read_blob(blobs, key).error().code == ErrorCode::not_found);
      CHECK(blobs.erase(key));
    }
    CHECK(read_blob(blobs, "a/b").value() == "x");
    CHECK(blobs.erase("a/b"));
    CHECK(read_blob(blobs, "a/b").error().code == ErrorCode::not_found);
    CHECK(blobs.erase("a/b"));
  });
}

TEST_CASE("unsound keys are refused by name, and never reach a file or a service") {
  const std::vector<std::string> unsound = {"",
                                            "/",
                                            "/etc/passwd",
                                            "..",
                                            "../x",
                                            "a/../b",
                                            "a/./b",
                                            ".hidden",
                                            "a/.put-1",
                                            "a//b",
                                            "a/",
                                            "a b",
                                            "a\\b",
                                            "a\nb",
                                            std::string("a\0b", 3),
                                            "a%2e%2e",
                                            "ż",
                                            "a:b",
                                            "a?b",
                                            std::string(256, 'a'),
                                            std::string(513, 'a'),
                                            std::string(256, 'a') + "/" + std::string(256, 'b')};
  with_each([&](BlobStore &blobs) {
    for (const std::string &key : unsound) {
      CAPTURE(key);
      CHECK(code_of(blobs.put(blob_of(key, "x"))) == ErrorCode::invalid_argument);
      CHECK(read_blob(blobs, key).error().code == ErrorCode::invalid_argument);
      CHECK(code_of(blobs.erase(key)) == ErrorCode::invalid_argument);
      CHECK(blobs.link(key, 60).error().code == ErrorCode::invalid_argument);
    }
    CHECK(blobs.erase("a/../b").error().message.find("'a/../b'") != std::string::npos);
    CHECK(blobs.erase("a\nb").error().message.find('\n') == std::string::npos);
    const std::string longest = std::string(255, 'a') + "/" + std::string(255, 'Z') + "/";
    CHECK(blobs.put(blob_of(longest.substr(0, 511), "x")));
    CHECK(blobs.put(blob_of("0-_.9..x/A-", "x")));
  });
}

TEST_CASE("a link is for 1 second to a week") {
  with_each([](BlobStore &blobs) {
    for (const std::int64_t seconds : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{604'801}}) {
      CHECK(blobs.link("a", seconds).error().code == ErrorCode::invalid_argument);
    }
    const auto link = blobs.link("a", 604'800);
    if (!link) CHECK(link.error().code == ErrorCode::unsupported);
  });
}

TEST_CASE("a reader that wants no more is cancelled") {
  with_each([](BlobStore &blobs) {
    REQUIRE(blobs.put(blob_of("a", many_bytes())));
    int pieces = 0;
    const auto result = blobs.get("a", [&](std::string_view) { return ++pieces < 2; });
    CHECK(code_of(result) == ErrorCode::cancelled);
    CHECK(pieces == 2);
  });
}

TEST_CASE("a key that names the bytes' SHA-256 takes no others") {
  with_each([](BlobStore &blobs) {
    const std::string digest = base::sha256_hex("the bytes");
    std::string upper = digest;
    for (char &c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    for (const std::string &name : {digest, digest + ".wav", upper + ".tar.gz"}) {
      const std::string key = "s/" + name;
      CAPTURE(key);
      CHECK(code_of(blobs.put(blob_of(key, "other bytes"))) == ErrorCode::invalid_argument);
      CHECK(read_blob(blobs, key).error().code == ErrorCode::not_found);
      CHECK(blobs.put(blob_of(key, "the bytes")));
      CHECK(read_blob(blobs, key).value() == "the bytes");
    }
    CHECK(blobs.put(blob_of("s/" + digest + "0.wav", "other bytes")));
    CHECK(blobs.put(blob_of(digest + "/x", "other bytes")));
  });
}

TEST_CASE("readers see the old bytes or the new ones while others write and erase") {
  with_each([](BlobStore &blobs) {
    const std::string a(300'000, 'a'), b(300'000, 'b');
    std::vector<std::thread> threads;
    std::atomic<int> wrong{0}, read{0};
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < 25; ++i) {
          if (!blobs.put(blob_of("x/y/z", t % 2 == 0 ? a : b))) ++wrong;
          if (t == 0 && i % 3 == 0 && !blobs.erase("x/y/z")) ++wrong;
          const auto got = read_blob(blobs, "x/y/z");
          if (got) ++read;
          if (got && *got != a && *got != b) ++wrong;
          if (!got && got.error().code != ErrorCode::not_found) ++wrong;
        }
      });
    }
    for (std::thread &thread : threads) thread.join();
    CHECK(wrong == 0);
    CHECK(read > 0);
  });
}
