// What holds for blobs in a folder alone: whole or not there, and never out of the folder.
#include "base/sha256.hpp"
#include "storage/folder/files.hpp"
#include "support/support.hpp"
#include "support/temporary_folder.hpp"

#include <saleschecklist/storage.hpp>

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>

using namespace saleschecklist;
using namespace saleschecklist::test;
namespace fs = std::filesystem;

namespace {

Blob blob_of(const std::string &key, const std::string &bytes) {
  Blob out;
  out.key = key;
  out.bytes = bytes;
  return out;
}

// The files and folders below a folder.
std::vector<std::string> names_in(const std::string &folder) {
  std::vector<std::string> out;
  for (const auto &entry : fs::recursive_directory_iterator(folder)) {
    out.push_back(entry.path().lexically_relative(folder).string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

using Names = std::vector<std::string>;

unsigned mode_of(const std::string &path) {
  struct stat about {};
  REQUIRE(::stat(path.c_str(), &about) == 0);
  return about.st_mode & 0777u;
}

// What a child process exits with.
template <class Body>
int in_child(Body body) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(body());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace

TEST_CASE("blobs are files that their owner alone may read") {
  const TemporaryFolder folder;
  const auto blobs = folder_blobs(folder.path("new/folder/")).value();
  REQUIRE(blobs->put(blob_of("session/call.wav", "RIFF")));
  CHECK(read_file(folder.path("new/folder/session/call.wav")) == "RIFF");
  CHECK(mode_of(folder.path("new")) == 0700);
  CHECK(mode_of(folder.path("new/folder/session")) == 0700);
  CHECK(mode_of(folder.path("new/folder/session/call.wav")) == 0600);
}

TEST_CASE("erasing the last blob of a folder removes the folders that are empty then") {
  const TemporaryFolder folder;
  const auto blobs = folder_blobs(folder.path("top")).value();
  REQUIRE(blobs->put(blob_of("a/b/c/1", "x")));
  REQUIRE(blobs->put(blob_of("a/2", "x")));
  REQUIRE(blobs->erase("a/b/c/1"));
  CHECK(names_in(folder.path("top")) == Names{"a", "a/2"});
  REQUIRE(blobs->erase("a/2"));
  CHECK(names_in(folder.path()) == Names{"top"});
}

TEST_CASE("a link is a file URL with its odd characters encoded") {
  const TemporaryFolder folder;
  const auto blobs = folder_blobs(folder.path("a b%ż")).value();
  const std::string link = blobs->link("s/x.wav", 60).value();
  CHECK(link == "file://" + fs::canonical(folder.path()).string() + "/a%20b%25%C5%BC/s/x.wav");
}

TEST_CASE(
    "a process that is killed while it writes leaves nothing at the key, and no rest for long") {
  const TemporaryFolder folder;
  const auto blobs = folder_blobs(folder.path("top")).value();
  const std::string bytes(8 << 20, 'x');
  const std::string key = "s/" + base::sha256_hex(bytes) + ".wav";
  int cut_off = 0;
  for (int i = 0; i < 20; ++i) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(blobs->put(blob_of(key, bytes)) ? 0 : 1);
    const std::string temporary = folder.path("top/s/" + storage::temporary_name(key.substr(2)));
    for (int wait = 0; wait < 1'000 && !fs::exists(temporary); ++wait) {
      std::this_thread::sleep_for(std::chrono::microseconds(100));
    }
    std::this_thread::sleep_for(std::chrono::microseconds(500 * i));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    const auto got = read_blob(*blobs, key);
    if (got) {
      CHECK(*got == bytes);
    } else {
      CHECK(got.error().code == ErrorCode::not_found);
    }
    if (fs::exists(temporary)) ++cut_off;
    if (i % 2 == 0) {
      CHECK(blobs->erase("s/another"));
      for (const std::string &name : names_in(folder.path("top"))) {
        CHECK(name.find(".put-") == std::string::npos);
      }
    } else {
      CHECK(blobs->put(blob_of(key, bytes)));
      CHECK(names_in(folder.path("top")) == Names{"s", key});
    }
    CHECK(blobs->erase(key));
    CHECK(names_in(folder.path("top")).empty());
  }
  CHECK(cut_off > 0);
}

TEST_CASE("what another process is writing is no rest") {
  const TemporaryFolder folder;
  const auto blobs = folder_blobs(folder.path("top")).value();
  const auto place = storage::open_place(folder.path("top"), "s/busy", true);
  const auto writing = storage::lock_temporary(*place);
  CHECK(blobs->erase("s/busy"));
  CHECK(names_in(folder.path("top")) == Names{"s", "s/" + storage::temporary_name("busy")});
  CHECK(blobs->put(blob_of("s/other", "x")));
  CHECK(read_blob(*blobs, "s/other").value() == "x");
}

TEST_CASE("a full disk is an io error, and leaves nothing but what was there") {
  const TemporaryFolder folder;
  const auto blobs = folder_blobs(folder.path("top")).value();
  REQUIRE(blobs->put(blob_of("old/kept", "old")));
  const std::string source = folder.write("source", std::string(1 << 20, 'y'));
  const int failed = in_child([&] {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit most{100'000, 100'000};
    ::setrlimit(RLIMIT_FSIZE, &most);
    int wrong = 0;
    for (const char *key : {"new/blob", "old/kept"}) {
      Blob blob = blob_of(key, std::string(1 << 20, 'x'));
      const auto from_memory = blobs->put(blob);
      blob.file = source;
      const auto from_file = blobs->put(blob);
      for (const auto *result : {&from_memory, &from_file}) {
        if (*result || result->error().code != ErrorCode::io) ++wrong;
        if (!*result && result->error().message != "cannot write: File too large") ++wrong;
      }
    }
    return wrong;
  });
  CHECK(failed == 0);
  CHECK(names_in(folder.path("top")) == Names{"old", "old/kept"});
  CHECK(read_blob(*blobs, "old/kept").value() == "old");
}

TEST_CASE("links do not lead out of the folder") {
  const TemporaryFolder folder;
  fs::create_directory(folder.path("outside"));
  const std::string secret = folder.write("outside/secret", "secret");
  const auto blobs = folder_blobs(folder.path("top")).value();
  fs::create_symlink(folder.path("outside"), folder.path("top/s"));
  fs::create_symlink(secret, folder.path("top/file"));
  CHECK(read_blob(*blobs, "s/secret").error().code == ErrorCode::io);
  CHECK(blobs->put(blob_of("s/new", "x")).error().code == ErrorCode::io);
  CHECK(blobs->erase("s/secret").error().message.find("the path contains a symbolic link") == 0);
  CHECK(read_blob(*blobs, "file").error().code == ErrorCode::io);
  CHECK(blobs->put(blob_of("file", "x")));
  CHECK(read_blob(*blobs, "file").value() == "x");
  CHECK(read_file(secret) == "secret");
  CHECK(names_in(folder.path("outside")) == Names{"secret"});
}

TEST_CASE("pipes are not waited for") {
  const TemporaryFolder folder;
  const auto blobs = folder_blobs(folder.path("top")).value();
  REQUIRE(::mkfifo(folder.path("top/pipe").c_str(), 0600) == 0);
  CHECK(read_blob(*blobs, "pipe").error().code == ErrorCode::not_found);
  Blob blob = blob_of("x", "");
  blob.file = folder.path("top/pipe");
  CHECK(blobs->put(blob).error().code == ErrorCode::io);
}

TEST_CASE("a damaged blob is told from a sound one") {
  const TemporaryFolder folder;
  const auto blobs = folder_blobs(folder.path("top")).value();
  const std::string key = "s/" + base::sha256_hex("sound") + ".wav";
  REQUIRE(blobs->put(blob_of(key, "sound")));
  folder.write("top/" + key, "saund");
  const Error error = read_blob(*blobs, key).error();
  CHECK(error.code == ErrorCode::invalid_input);
  CHECK(error.message.find("damaged") != std::string::npos);
  CHECK(error.where == key);
}

TEST_CASE("a folder that cannot be made or opened is an io error") {
  const TemporaryFolder folder;
  folder.write("file", "x");
  CHECK(folder_blobs(folder.path("file")).error().code == ErrorCode::io);
  CHECK(folder_blobs(folder.path("file/below")).error().code == ErrorCode::io);
  CHECK(folder_blobs("").error().code == ErrorCode::invalid_argument);
  const auto blobs = folder_blobs(folder.path("top")).value();
  fs::remove(folder.path("top"));
  CHECK(blobs->put(blob_of("a", "x")).error().code == ErrorCode::io);
  CHECK(read_blob(*blobs, "a").error().code == ErrorCode::io);
}
