// The built-in stores of records and of blobs.
#ifndef SALESCHECKLIST_STORAGE_HPP
#define SALESCHECKLIST_STORAGE_HPP

#include <saleschecklist/blob_store.hpp>
#include <saleschecklist/network.hpp>
#include <saleschecklist/secret.hpp>
#include <saleschecklist/store.hpp>

#include <cstdint>
#include <memory>
#include <string>

namespace saleschecklist {

// Keeps records in the memory of this process.
SALESCHECKLIST_API std::shared_ptr<Store> memory_store();

struct SqliteOptions {
  std::int64_t busy_ms = 10'000;  // how long to wait for locks of other processes
};

// Opens a SQLite file, which is created if it does not exist; its folder must exist. SQLite keeps
// two more files beside it while it is open. Every commit survives a power failure. Erased bytes
// are overwritten. Fails with io if the file cannot be opened, with invalid_input if it is not a
// database of this library or is damaged, and with unsupported if it was made by a newer version of
// this library.
SALESCHECKLIST_API Result<std::shared_ptr<Store>> sqlite_store(const std::string &file,
                                                               const SqliteOptions &options = {});

struct PostgresOptions {
  std::size_t connections = 4;            // the most that are open; opened as needed
  std::int64_t busy_ms = 10'000;          // how long to wait for a connection or a lock
  std::string schema = "saleschecklist";  // holds the tables; created if it does not exist
};

// `url` is a connection URI of libpq: "postgresql://user@host/database?sslmode=verify-full". Keep
// passwords in libpq's password file. No session state is used, so a pooler in transaction mode may
// be in between. Fails as sqlite_store() does, with unauthorized if the server rejects the user,
// and with unsupported in a build without libpq.
SALESCHECKLIST_API Result<std::shared_ptr<Store>> postgres_store(
    const std::string &url, const PostgresOptions &options = {});

// Opens "sqlite:deals.db", "postgresql://..." or "memory:". Fails as the functions above do, and
// with invalid_argument for any other URL.
SALESCHECKLIST_API Result<std::shared_ptr<Store>> open_store(const std::string &url);

SALESCHECKLIST_API std::shared_ptr<BlobStore> memory_blobs();

// Keeps blobs as files in a folder, which is created if it does not exist and is readable by its
// owner only. Fails with io if it cannot be created.
SALESCHECKLIST_API Result<std::shared_ptr<BlobStore>> folder_blobs(const std::string &folder);

// How to reach a bucket of Amazon S3 or of a compatible server.
struct S3Options {
  std::string bucket{};
  std::string prefix{};  // prepended to every key; write the '/' at its end if you want one
  std::string region = "us-east-1";
  std::string endpoint{};  // "https://host:port"; empty: Amazon's for the region
  // Name the bucket in the path instead of the host name; implied by an endpoint that is an IP
  // address.
  bool path_style = false;
  std::string access_key{};
  Secret secret_key{};
  Secret session_token{};
  std::string encryption{};            // "AES256" or "aws:kms"; empty: the bucket's default
  std::string kms_key{};               // the key's id, for "aws:kms"
  std::shared_ptr<Network> network{};  // null: a new one over curl_transport(curl)
  CurlOptions curl{};
};

// Fails with invalid_argument if bucket, keys or endpoint are missing or malformed.
SALESCHECKLIST_API Result<std::shared_ptr<BlobStore>> s3_blobs(const S3Options &options);

// Options from the environment: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN,
// AWS_REGION or AWS_DEFAULT_REGION, AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL, and those of
// curl_from_environment(). Must not be called while another thread changes the environment.
SALESCHECKLIST_API S3Options s3_from_environment();

// Opens "file:blobs/", "memory:" or "s3://bucket/prefix?endpoint=https://host&region=eu-west-1&
// path_style=true&encryption=aws:kms&kms_key=...". Parameters of the URL override those in `s3`;
// access keys are not accepted in a URL. Fails as the functions above do, and with invalid_argument
// for any other URL.
SALESCHECKLIST_API Result<std::shared_ptr<BlobStore>> open_blobs(const std::string &url,
                                                                 const S3Options &s3 = {});

}  // namespace saleschecklist

#endif
