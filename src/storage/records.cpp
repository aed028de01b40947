#include "storage/records.hpp"

#include "base/base64.hpp"
#include "base/unicode.hpp"
#include "json/parse.hpp"
#include "storage/plain_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace saleschecklist::storage {
namespace {

constexpr std::size_t longest_kind = 32, longest_name = 200, longest_key = 1000;
constexpr std::size_t longest_body = std::size_t{64} << 20;
constexpr std::size_t largest_page = 1000;
constexpr int cursor_version = 1;

[[noreturn]] void refuse(std::string message, std::string where = {}) {
  throw BadResult({ErrorCode::invalid_argument, std::move(message), std::move(where)});
}

std::string title(const std::string &kind, const std::string &tenant, const std::string &id) {
  return tenant.empty() ? fmt::format("{} \"{}\"", kind, id)
                        : fmt::format("{} \"{}\" of tenant \"{}\"", kind, id, tenant);
}

void require_text(const std::string &text, const char *what, std::size_t longest) {
  if (text.size() > longest) {
    refuse(fmt::format("{} has {} bytes, {} at most are allowed", what, text.size(), longest));
  }
  if (text.find('\0') != std::string::npos) refuse(fmt::format("{} holds U+0000", what));
  if (base::valid_utf8_prefix(text) != text.size()) refuse(fmt::format("{} is not UTF-8", what));
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

// Whether a text in sound JSON holds "\u0000".
bool holds_nul(std::string_view json) {
  for (std::size_t at = json.find('\\'); at != std::string_view::npos; at = json.find('\\', at + 2))
    if (json.substr(at, 6) == "\\u0000") return true;
  return false;
}

void require_body(const Record &record) {
  const std::string &body = record.body;
  if (body.size() > longest_body) {
    refuse(fmt::format("the body of {} has {} bytes, {} at most are allowed", record_title(record),
                       body.size(), longest_body));
  }
  if (is_plain_json(body)) return;
  if (json::nests_too_deeply(body) || !nlohmann::json::accept(body)) {
    const auto parsed = json::parse_json(body);
    refuse(fmt::format("the body of {} is not sound JSON: {}", record_title(record),
                       parsed ? "a number is out of range" : parsed.error().message),
           parsed ? std::string() : parsed.error().where);
  }
  if (holds_nul(body)) {
    refuse(fmt::format("the body of {} holds U+0000, which no store keeps", record_title(record)));
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
  if (!ours) refuse("`after` is no cursor of a list", "after");
  if (place[1] != query.newest_first || (query.tenant && place[3] != *query.tenant)) {
    refuse("`after` is the cursor of another list", "after");
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
  return {ErrorCode::not_found, "there is no " + title(kind, tenant, id), {}};
}

Error revision_conflict(const Write &write) {
  const std::int64_t expected = write.expected.value_or(0);
  return {ErrorCode::conflict,
          expected == 0
              ? fmt::format("{} is there already", record_title(write.record))
              : fmt::format("{} has no longer revision {}", record_title(write.record), expected),
          {}};
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
      refuse(fmt::format("{} is named twice in one commit", record_title(record)));
    }
    if (write.expected && *write.expected < 0) {
      refuse(fmt::format("a revision below 0 is expected of {}", record_title(record)));
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
  if (query.limit < 1 || query.limit > largest_page) {
    refuse(fmt::format("a page of {} records is asked for, 1 to {} are allowed", query.limit,
                       largest_page),
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
