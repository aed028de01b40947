// The targets that compare the library with another program of the same purpose.
#include "support.hpp"

#include "base/base64.hpp"
#include "base/sha256.hpp"
#include "base/unicode.hpp"
#include "json/parse.hpp"
#include "metrics/oracle.hpp"
#include "storage/plain_json.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#ifdef SALESCHECKLIST_FUZZ_CJSON
#include <cjson/cJSON.h>
#endif
#ifdef SALESCHECKLIST_FUZZ_ICU
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#endif

namespace saleschecklist::fuzz {
namespace {

const unsigned char *octets(std::string_view text) {
  return reinterpret_cast<const unsigned char *>(text.data());
}

std::string sha256_of(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, EVP_sha256(), nullptr);
  return {reinterpret_cast<const char *>(out.data()), size};
}

// Base64 by RFC 4648, one digit at a time; std::nullopt if it is malformed.
std::optional<std::string> decoded_base64(std::string_view text) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && !text.empty() && text.back() == '=') text.remove_suffix(1), ++padding;
  std::string out;
  unsigned bits = 0, count = 0;
  for (const char c : text) {
    const std::size_t digit = digits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | static_cast<unsigned>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xFF);
    bits &= (1U << count) - 1;
  }
  if (bits != 0 || count != 2 * padding) return std::nullopt;
  return out;
}

}  // namespace

void digests(std::string_view bytes) {
  const std::string digest = sha256_of(bytes);
  require(base::sha256_hex(bytes) == base::hex_of(digest), "a digest is that of OpenSSL");
  base::Sha256 pieces;
  const std::size_t cut = bytes.empty() ? 0 : static_cast<unsigned char>(bytes[0]) % bytes.size();
  pieces.add(bytes.substr(0, cut));
  pieces.add(bytes.substr(cut));
  require(pieces.hex() == base::hex_of(digest), "a digest does not depend on pieces");
  std::array<unsigned char, EVP_MAX_MD_SIZE> code{};
  unsigned size = 0;
  HMAC(EVP_sha256(), bytes.data(), static_cast<int>(cut), octets(bytes), bytes.size(), code.data(),
       &size);
  require(base::hmac_sha256(bytes.substr(0, cut), bytes) ==
              std::string(reinterpret_cast<const char *>(code.data()), size),
          "an HMAC is that of OpenSSL");

  const std::string text = base::base64_encode(bytes);
  require(decoded_base64(text) == bytes, "Base64 is that of the RFC");
  require(base::base64_decode(text) == bytes, "Base64 can be decoded");
  const std::size_t begin = std::min(bytes.find_first_not_of(" \t\n\v\f\r"), bytes.size());
  const std::size_t end = std::max(bytes.find_last_not_of(" \t\n\v\f\r") + 1, begin);
  const auto read = base::base64_decode(bytes);
  require(read == decoded_base64(bytes.substr(begin, end - begin)),
          "what is Base64 is decided by the RFC");
}

void metrics(std::string_view bytes) {
  const auto choose = [&](int first, int end) {
    if (bytes.empty()) return first;
    const int out = first + static_cast<unsigned char>(bytes[0]) % (end - first);
    bytes.remove_prefix(1);
    return out;
  };
  const bool gaps = choose(0, 2) == 1;
  const Transcript call = test::some_call(choose, gaps);
  const auto faults = test::MetricsCheck(call).faults();
  if (!faults.empty()) std::fprintf(stderr, "%s\n", faults.front().c_str());
  require(faults.empty(), "a figure is that of a marked tape");
  for (const SpeakerMetrics &speaker : measure(call).speakers) {
    require(speaker.interruptions == test::interruptions(call, speaker.speaker),
            "interruptions are turns begun inside another's utterance");
  }
}

#ifdef SALESCHECKLIST_FUZZ_CJSON
namespace {

// The other parser cuts long numbers off, and ends a text at U+0000.
bool is_beyond_cjson(std::string_view text) {
  std::size_t digits = 0;
  for (const char c : text) {
    digits = (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E'
                 ? digits + 1
                 : 0;
    if (digits > 60) return true;
  }
  return text.find("\\u0000") != std::string_view::npos;
}

void check_equal(const nlohmann::json &ours, const cJSON *theirs) {
  if (ours.is_number()) {
    require(cJSON_IsNumber(theirs) && theirs->valuedouble == ours.get<double>(),
            "a number is the same");
  } else if (ours.is_string()) {
    require(cJSON_IsString(theirs) && ours.get_ref<const std::string &>() == theirs->valuestring,
            "a string is the same");
  } else if (ours.is_boolean()) {
    require(ours.get<bool>() ? cJSON_IsTrue(theirs) : cJSON_IsFalse(theirs), "a word is the same");
  } else if (ours.is_null()) {
    require(cJSON_IsNull(theirs), "null is null");
  } else if (ours.is_array()) {
    require(cJSON_IsArray(theirs), "an array is an array");
    require(static_cast<int>(ours.size()) == cJSON_GetArraySize(theirs), "an array is as long");
    const cJSON *next = theirs->child;
    for (const nlohmann::json &element : ours) {
      check_equal(element, next);
      next = next->next;
    }
  } else {
    require(cJSON_IsObject(theirs), "an object is an object");
    for (const auto &[key, value] : ours.items()) {
      // Of a key that occurs twice, the last value counts.
      const cJSON *found = nullptr;
      for (const cJSON *next = theirs->child; next != nullptr; next = next->next) {
        if (key == next->string) found = next;
      }
      require(found != nullptr, "a key is there");
      check_equal(value, found);
    }
  }
}

}  // namespace

void json(std::string_view bytes) {
  const auto ours = json::parse_json(bytes);
  require_documented(ours, {ErrorCode::invalid_input});
  if (storage::is_plain_json(bytes)) {
    require(ours.has_value(), "what is found to be plain JSON at a glance is JSON");
  }
  if (!ours || is_beyond_cjson(bytes)) return;
  const std::unique_ptr<cJSON, decltype(&cJSON_Delete)> theirs(
      cJSON_ParseWithLength(bytes.data(), bytes.size()), &cJSON_Delete);
  require(theirs != nullptr, "the other parser accepts what is accepted");
  check_equal(*ours, theirs.get());
  if (ours->is_number()) {
    require(number_at(bytes, "").value() == theirs->valuedouble, "number_at() reads the same");
  }
}
#endif

#ifdef SALESCHECKLIST_FUZZ_ICU
namespace {

std::string utf8_of(const icu::UnicodeString &text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

icu::UnicodeString utf16_of(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

std::string normalized(const std::string &text) {
  UErrorCode error = U_ZERO_ERROR;
  return utf8_of(icu::Normalizer2::getNFCInstance(error)->normalize(utf16_of(text), error));
}

// The text as Unicode folds it, except that acute accents and double primes are quotation marks.
std::string folded_by_unicode(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  icu::UnicodeString out = utf16_of(text);
  for (const UChar32 accent : {0xB4, 0x1FFD}) {
    out.findAndReplace(icu::UnicodeString(accent), icu::UnicodeString(u'\''));
  }
  out.findAndReplace(icu::UnicodeString(UChar32{0x2033}), icu::UnicodeString(u'"'));
  return utf8_of(icu::Normalizer2::getNFKCCasefoldInstance(error)->normalize(out, error));
}

void check_code_point(std::int32_t code) {
  const auto mask = U_GET_GC_MASK(code);
  require(base::is_alphanumeric(code) == ((mask & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) != 0),
          "letters, marks and digits are those of Unicode");
  require(base::is_upper(code) == ((mask & (U_GC_LU_MASK | U_GC_LT_MASK)) != 0),
          "upper case is that of Unicode");
  require(base::is_white_space(code) == (u_isUWhiteSpace(code) != 0),
          "white space is that of Unicode");
}

}  // namespace

void folding(std::string_view bytes) {
  std::int32_t valid = 0;
  bool is_assigned = true;  // versions of Unicode agree on such characters only
  for (std::int32_t at = 0, end = static_cast<std::int32_t>(bytes.size()); at < end; valid = at) {
    UChar32 code = 0;
    U8_NEXT(bytes.data(), at, end, code);
    if (code < 0) break;
    is_assigned = is_assigned && u_isdefined(code) != 0;
    if (is_assigned) check_code_point(code);
  }
  require(base::valid_utf8_prefix(bytes) == static_cast<std::size_t>(valid),
          "valid UTF-8 is that of Unicode");
  const std::string_view text = bytes.substr(0, static_cast<std::size_t>(valid));
  const std::string folded = base::fold_key(text);
  require(!is_assigned || normalized(folded) == normalized(base::fold_key(folded_by_unicode(text))),
          "texts that Unicode folds to the same are folded to the same");
  const base::FoldedText mapped = base::fold(text);
  require(mapped.text == folded && mapped.begin.size() == folded.size() &&
              mapped.end.size() == folded.size(),
          "each folded byte has a source");
  for (std::size_t i = 0; i < folded.size(); ++i) {
    require(mapped.begin[i] < mapped.end[i] && mapped.end[i] <= text.size(),
            "a source is in the text");
  }
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = base::cluster_end(text, at);
    require(end > at && end <= text.size(), "a cluster is in the text");
    at = end;
  }
  const std::string collapsed = base::collapse_spaces(text);
  require(base::collapse_spaces(collapsed) == collapsed, "a collapsed text stays as it is");
}
#endif

}  // namespace saleschecklist::fuzz
