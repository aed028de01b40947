// Does with blobs at the address in the first argument what a host does, with the keys in the
// environment, and prints what came: one line each, "name<TAB>ok or error code<TAB>text". The
// second argument is a file that is large enough to go in parts. See s3_run.py.
#include <saleschecklist/saleschecklist.hpp>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

using namespace saleschecklist;

namespace {

void print(const std::string &name, const Error &error) {
  std::printf("%s\t%s\t%s\n", name.c_str(), saleschecklist::name(error.code),
              to_string(error).c_str());
}

void print(const std::string &name, const Result<void> &result) {
  if (!result) return print(name, result.error());
  std::printf("%s\tok\t\n", name.c_str());
}

void print_link(const std::string &name, BlobStore &blobs, const std::string &key) {
  const auto link = blobs.link(key, 600);
  if (!link) return print(name, link.error());
  std::printf("%s\tok\t%s\n", name.c_str(), link->c_str());
}

void print_same(const std::string &name, BlobStore &blobs, const std::string &key,
                const std::string &expected) {
  const auto got = read_blob(blobs, key);
  if (!got) return print(name, got.error());
  std::printf("%s\tok\t%s\n", name.c_str(), *got == expected ? "same" : "other bytes");
}

Blob blob_of(const std::string &key, const std::string &bytes) {
  Blob out;
  out.key = key;
  out.bytes = bytes;
  out.content_type = "text/plain; charset=utf-8";
  return out;
}

void try_small(BlobStore &blobs) {
  const std::string small("Zażółć\0\r\n gęślą", 18);
  for (const std::string key : {"a", "s-1/x.wav", "A_b-c.d..e/0/1/2/3", "x/very..odd.-_"}) {
    print("put " + key, blobs.put(blob_of(key, small)));
    print_same("get " + key, blobs, key, small);
    print_link("link " + key, blobs, key);
  }
  print("put again", blobs.put(blob_of("a", "other")));
  print_same("get again", blobs, "a", "other");
  print("put nothing", blobs.put(blob_of("empty", "")));
  print_same("get nothing", blobs, "empty", "");
  print("erase", blobs.erase("a"));
  print("erase again", blobs.erase("a"));
  print("get erased", blobs.get("a", [](std::string_view) { return true; }));
  print("get unwanted", blobs.get("s-1/x.wav", [](std::string_view) { return false; }));
}

void try_large(BlobStore &blobs, const std::string &file) {
  std::ifstream in(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  Blob blob = blob_of("large/of-file.bin", "");
  blob.file = file;
  print("put large file", blobs.put(blob));
  print_same("get large file", blobs, blob.key, bytes);
  print_link("link large file", blobs, blob.key);
  print("put large bytes", blobs.put(blob_of("large/of-bytes.bin", bytes)));
  print_same("get large bytes", blobs, "large/of-bytes.bin", bytes);
  print("erase large", blobs.erase("large/of-bytes.bin"));
}

void try_refusals(const std::string &url, const S3Options &options) {
  S3Options wrong = options;
  wrong.secret_key = Secret("wrong-secret-0123456789");
  print("wrong secret", (*open_blobs(url, wrong))->put(blob_of("x", "y")));
  wrong = options;
  wrong.access_key = "AKIAWRONG";
  print("wrong key", (*open_blobs(url, wrong))->put(blob_of("x", "y")));
  const std::size_t end = url.find_first_of("/?", 5);
  const std::string elsewhere = "s3://no-such-bucket" + url.substr(end);
  print("no bucket", (*open_blobs(elsewhere, options))->put(blob_of("x", "y")));
}

}  // namespace

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  const S3Options options = s3_from_environment();
  const auto blobs = open_blobs(argv[1], options);
  if (!blobs) return print("open", blobs.error()), 1;
  try_small(**blobs);
  try_large(**blobs, argv[2]);
  try_refusals(argv[1], options);
}
