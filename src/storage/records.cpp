#include "storage/records.hpp"
#include "base/errors.hpp"

#include "base/base64.hpp"
#include "base/unicode.hpp"
#include "json/parse.hpp"
#include "storage/plain_json.hpp"

#include <saleschecklist/limits.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace saleschecklist::storage {
namespace {

constexpr std::size_t longest_kind = 32, longest_name = 200, longest_key = 1000;
constexpr int cursor_version = 1;

[[noreturn]] void refuse(std::string message, std::string where = {}) {
  throw BadResult(errors::invalid_argument(std::move(message), std::move(where)));
}

std::string title(const std::string &kind, const std::string &tenant, const std::string &id) {
  return tenant.empty() ? fmt::format("{} \"{}\"", kind, id)
                        : fmt::format("{} \"{}\" of tenant \"{}\"", kind, id, tenant);
}

void require_text(const std::string &text, const char *what, std::size_t longest) {
  if (text.size() > longest) {
    refuse(
        fmt::format("{} is too long: {} bytes, expected at most {}", what, text.size(), longest));
  }
  if (text.find('\0') != std::string::npos)
    refuse(fmt::format("{} contains U+0000, which is not allowed", what));
  if (base::valid_utf8_prefix(text) != text.size())
    refuse(fmt::format("{} is not valid UTF-8", what));
}

void require_filled(const std::string &text, const char *what, std::size_t longest) {
  if (text.empty()) refuse(fmt::format("{} is empty", what));
  require_text(text, what, longest);
}

void require_filters(const std::string &parent, const std::string &owner, const std::string &status,
                     const std::string &band, const std::string &customer) {
  require_text(parent, "the parent of a record", longest_name);
  require_text(owner, "the owner of a record", longest_key);
  require_text(status, "the status of a record", longest_key);
  require_text(band, "the band of a record", longest_key);
  require_text(customer, "the customer of a record", longest_key);
}

// Whether a text in valid JSON contains "\u0000".
bool holds_nul(std::string_view json) {
  for (std::size_t at = json.find('\\'); at != std::string_view::npos; at = json.find('\\', at + 2))
    if (json.substr(at, 6) == "\\u0000") return true;
  return false;
}

void require_body(const Record &record) {
  const std::string &body = record.body;
  if (body.size() > limits::record_bytes) {
    refuse(fmt::format("the body of {} is too large: {} bytes, expected at most {}",
                       record_title(record), body.size(), limits::record_bytes));
  }
  if (is_plain_json(body)) return;
  if (json::nests_too_deeply(body) || !nlohmann::json::accept(body)) {
    const auto parsed = json::parse_json(body);
    refuse(fmt::format("the body of {} is not valid JSON: {}", record_title(record),
                       parsed ? "a number is out of range" : parsed.error().message),
           parsed ? std::string() : parsed.error().where);
  }
  if (holds_nul(body)) {
    refuse(fmt::format("the body of {} contains U+0000, which stores do not support",
                       record_title(record)));
  }
}

std::string cursor(bool newest_first, const Record &last) {
  std::string text = base::base64_encode(
      nlohmann::json::array({cursor_version, newest_first, last.at, last.tenant, last.id}).dump());
  text.erase(text.find_last_not_of('=') + 1);
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return text;
}

nlohmann::json decoded_cursor(std::string text) {
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  text.append((4 - text.size() % 4) % 4, '=');
  const auto bytes = base::base64_decode(text);
  if (!bytes || json::nests_too_deeply(*bytes)) return nullptr;
  return nlohmann::json::parse(*bytes, nullptr, false);
}

ListPlace place_of(const Query &query) {
  const auto place = decoded_cursor(query.after);
  const bool ours = place.is_array() && place.size() == 5 && place[0] == cursor_version &&
                    place[1].is_boolean() && place[2].is_number_integer() && place[3].is_string() &&
                    place[4].is_string();
  if (!ours) refuse("expected a cursor that a list returned", "after");
  if (place[1] != query.newest_first || (query.tenant && place[3] != *query.tenant)) {
    refuse("the cursor belongs to a list with other filters", "after");
  }
  ListPlace out{place[2], place[3], place[4]};
  require_text(out.tenant, "the tenant of a cursor", longest_name);
  require_text(out.id, "the id of a cursor", longest_name);
  return out;
}

}  // namespace

std::string record_title(const Record &record) {
  return title(record.kind, record.tenant, record.id);
}

Error record_missing(const std::string &kind, const std::string &tenant, const std::string &id) {
  return errors::not_found("there is no " + title(kind, tenant, id));
}

Error revision_conflict(const Write &write) {
  const std::int64_t expected = write.expected.value_or(0);
  return errors::conflict(
      expected == 0
          ? fmt::format("{} exists already", record_title(write.record))
          : fmt::format("{} no longer has revision {}", record_title(write.record), expected));
}

void require_sound_name(const std::string &kind, const std::string &tenant, const std::string &id) {
  require_filled(kind, "the kind of a record", longest_kind);
  require_text(tenant, "the tenant of a record", longest_name);
  require_filled(id, "the id of a record", longest_name);
}

void require_sound(const std::vector<Write> &writes) {
  std::set<std::tuple<std::string_view, std::string_view, std::string_view>> named;
  for (const Write &write : writes) {
    const Record &record = write.record;
    require_sound_name(record.kind, record.tenant, record.id);
    if (!named.emplace(record.kind, record.tenant, record.id).second) {
      refuse(fmt::format("{} is written more than once in one commit", record_title(record)));
    }
    if (write.expected && *write.expected < 0) {
      refuse(fmt::format("expected a revision of 0 or more for {}", record_title(record)));
    }
    if (write.action != Write::Action::put) continue;
    require_filters(record.parent, record.owner, record.status, record.band, record.customer);
    require_body(record);
  }
}

std::optional<ListPlace> require_sound(const Query &query) {
  require_filled(query.kind, "the kind of a record", longest_kind);
  if (query.tenant) require_text(*query.tenant, "the tenant of a record", longest_name);
  require_filters(query.parent, query.owner, query.status, query.band, query.customer);
  if (query.limit < 1 || query.limit > limits::page_records) {
    refuse(fmt::format("expected a limit of 1 to {1} records, got {0}", query.limit,
                       limits::page_records),
           "limit");
  }
  if (query.after.empty()) return std::nullopt;
  return place_of(query);
}

Page make_page(const Query &query, std::vector<Record> found) {
  Page page;
  if (found.size() > query.limit) {
    found.resize(query.limit);
    page.next = cursor(query.newest_first, found.back());
  }
  page.records = std::move(found);
  return page;
}

}  // namespace saleschecklist::storage
