#include "storage/s3/client.hpp"
#include "base/errors.hpp"

#include "base/sha256.hpp"
#include "net/aws_sigv4.hpp"
#include "net/secrets.hpp"
#include "storage/s3/address.hpp"
#include "storage/s3/errors.hpp"

#include <limits>

namespace saleschecklist::storage {
namespace {

constexpr std::int64_t least_ms = 120'000;  // for all attempts together
constexpr std::int64_t bytes_per_ms = 32;   // upload rate of the slowest supported connection
constexpr std::int64_t download_ms =
    std::int64_t{6} * 3'600'000;  // the size is not known in advance

std::int64_t time_for(const S3Request &request) {
  if (request.on_body) return download_ms;
  return least_ms + request.more_ms + static_cast<std::int64_t>(request.body.size()) / bytes_per_ms;
}

net::AwsIdentity identity_of(const S3Options &options) {
  return {options.access_key, options.secret_key, options.session_token, options.region, "s3"};
}

}  // namespace

S3Client::S3Client(S3Options options, S3Tuning tuning)
    : options_(std::move(options)), tuning_(std::move(tuning)) {}

HttpResponse S3Client::send(S3Request request) const {
  net::Call call;
  call.provider = "s3";
  call.request.method = request.method;
  call.request.url = s3_url(options_, request.key);
  const std::string url = call.request.url;
  if (!request.query.empty()) call.request.url += "?" + request.query;
  call.request.headers = std::move(request.headers);
  call.request.idle_ms = tuning_.idle_ms + request.more_ms;
  call.request.total_ms = time_for(request);
  if (request.on_body) call.request.most_bytes = std::numeric_limits<std::size_t>::max();
  call.request.on_body = std::move(request.on_body);
  const std::string payload = base::sha256_hex(request.body);
  call.request.body = std::move(request.body);
  call.sign = [&](HttpRequest &out) {
    net::sign_aws(out, identity_of(options_), payload, tuning_.now());
  };
  call.reads_redirects = true;
  call.read_failure = [&](const HttpResponse &response) { return failure_of(response, url); };
  Usage usage;
  Result<HttpResponse> reply = options_.network->send(std::move(call), usage);
  if (!reply) throw BadResult(std::move(reply).error());
  if (is_s3_error(*reply)) {
    Error error = failure_of(*reply, url).error;
    error.provider = "s3";
    throw BadResult(std::move(error));
  }
  return *std::move(reply);
}

net::ReplyFailure S3Client::failure_of(const HttpResponse &response, const std::string &url) const {
  net::ReplyFailure out = s3_refusal(read_s3_complaint(response), options_.bucket, options_.region);
  std::vector<Secret> secrets;
  for (const Secret *secret : {&options_.secret_key, &options_.session_token}) {
    if (!secret->empty()) secrets.push_back(*secret);
  }
  out.error.message = net::without(std::move(out.error.message), secrets);
  out.error.request_id = net::without(std::move(out.error.request_id), secrets);
  if (out.error.where.empty()) out.error.where = net::plain_url(url);
  return out;
}

void S3Client::refuse(const HttpResponse &response, const std::string &key,
                      const std::string &why) const {
  Error error = errors::refused(why, net::plain_url(s3_url(options_, key)));
  error.provider = "s3";
  error.http_status = response.status;
  error.request_id = net::excerpt(response.header("x-amz-request-id"), 100);
  throw BadResult(std::move(error));
}

std::string S3Client::link(const std::string &key, std::int64_t seconds) const {
  return net::presigned_aws_url("GET", s3_url(options_, key), identity_of(options_), seconds,
                                tuning_.now());
}

}  // namespace saleschecklist::storage
