// Built-in stores of records and blobs.
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

// In the memory of this process alone.
SALESCHECKLIST_API std::shared_ptr<Store> memory_store();

struct SqliteOptions {
  std::int64_t busy_ms = 10'000;  // how long to wait for other processes
};

// One file beside which SQLite keeps two more while it is open; created where it is not there,
// its folder is not. Everything that is committed survives a loss of power. Erased bytes are
// overwritten. Fails with io when it cannot be opened, invalid_input when it is no such database
// or a damaged one, and unsupported when a newer version of this library has made it.
SALESCHECKLIST_API Result<std::shared_ptr<Store>> sqlite_store(const std::string &file,
                                                               const SqliteOptions &options = {});

struct PostgresOptions {
  std::size_t connections = 4;    // at most, opened as needed
  std::int64_t busy_ms = 10'000;  // how long to wait for a connection or a lock
  std::string schema = "saleschecklist";  // where the tables are; created where it is not there
};

// `url` as libpq has it: "postgresql://user@host/database?sslmode=verify-full"; a password is
// better kept in libpq's password file. No session state is needed, so a pooler that lends
// connections by transaction may stand between. Fails as sqlite_store() does, with unauthorized
// when the server does not let the user in, and with unsupported in a build without libpq.
SALESCHECKLIST_API Result<std::shared_ptr<Store>> postgres_store(
    const std::string &url, const PostgresOptions &options = {});

// "sqlite:deals.db", "postgresql://..." or "memory:". Fails as those do, and with invalid_argument
// for other addresses.
SALESCHECKLIST_API Result<std::shared_ptr<Store>> open_store(const std::string &url);

SALESCHECKLIST_API std::shared_ptr<BlobStore> memory_blobs();

// Files below a folder, which is created where it is not there; readable by its owner alone.
SALESCHECKLIST_API Result<std::shared_ptr<BlobStore>> folder_blobs(const std::string &folder);

// How to reach a bucket of Amazon S3 or of a server that speaks like it.
struct S3Options {
  std::string bucket{};
  std::string prefix{};  // put before every key, with its '/' if there is to be one
  std::string region = "us-east-1";
  std::string endpoint{};   // "https://host:port"; empty: Amazon's of the region
  bool path_style = false;  // the bucket in the path, not in the name of the host
  std::string access_key{};
  Secret secret_key{};
  Secret session_token{};
  std::string encryption{};  // "AES256" or "aws:kms"; empty: as the bucket has it
  std::string kms_key{};     // its id, with "aws:kms"
  std::shared_ptr<Network> network{};  // none: one of its own
};

// Fails with invalid_argument when bucket, keys or endpoint are missing or unsound.
SALESCHECKLIST_API Result<std::shared_ptr<BlobStore>> s3_blobs(const S3Options &options);

// What the environment tells: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN,
// AWS_REGION or AWS_DEFAULT_REGION, AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL. Not to be called while
// another thread changes the environment.
SALESCHECKLIST_API S3Options s3_from_environment();

// "file:blobs/", "memory:" or "s3://bucket/prefix?endpoint=https://host&region=eu-west-1&
// path_style=true&encryption=aws:kms&kms_key=...", whose words take the place of those in `s3`.
// Keys have no place in an address. Fails as those do, and with invalid_argument for other ones.
SALESCHECKLIST_API Result<std::shared_ptr<BlobStore>> open_blobs(const std::string &url,
                                                                 const S3Options &s3 = {});

}  // namespace saleschecklist

#endif
