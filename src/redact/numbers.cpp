// Converts figures that were identified as a number into finds.
#include "redact/numbers.hpp"

#include <algorithm>

namespace saleschecklist::redaction {
namespace {

// The first byte of a phone number, including a '+' or a bracket that is closed within the number.
std::uint32_t folded_begin(const Talk &talk, std::size_t first, std::size_t last) {
  const TalkToken &token = talk.tokens[first];
  bool closed = false;
  for (std::size_t i = first + 1; i < last; ++i) {
    closed = closed || talk.tokens[i].gap.find(')') != std::string_view::npos;
  }
  std::uint32_t begin = token.begin;
  for (std::size_t i = token.gap.size(); i > 0; --i, --begin) {
    const char c = token.gap[i - 1];
    if (c != '+' && !(c == '(' && closed)) break;
  }
  return begin;
}

// A canonical form of the number: without "00" before the country code and without "(0)".
std::string phone_key(const Chain &chain, std::size_t first, std::size_t last) {
  std::string out;
  for (std::size_t i = first; i < last; ++i) {
    const bool trunk = i > first && chain[first].plus && chain[i].bracket && chain[i].digits == "0";
    if (!trunk) out += chain[i].digits;
  }
  return out.substr(0, 2) == "00" ? out.substr(2) : out;
}

std::string digits_of(const Chain &chain, std::size_t first, std::size_t last) {
  std::string out;
  for (std::size_t i = first; i < last; ++i) out += chain[i].digits;
  return out;
}

void take_phone_part(Talk &talk, const Chain &chain, std::size_t first, std::size_t last) {
  std::size_t begin = chain[first].first;
  const std::size_t end = chain[last - 1].last;
  std::uint32_t byte = folded_begin(talk, begin, end);
  const bool said = chain[first].plus && byte == talk.tokens[begin].begin && talk.follows(begin);
  if (said && talk.tokens[begin - 1].word == "plus") byte = talk.tokens[--begin].begin;
  talk.take_bytes(begin, end, byte, talk.tokens[end - 1].end, DataKind::phone,
                  phone_key(chain, first, last));
}

}  // namespace

void take_figures(Talk &talk, const Chain &chain, std::size_t first, std::size_t last,
                  DataKind kind) {
  while (first < last) {
    std::size_t part = first + 1;
    while (part < last && chain[part].joint != Joint::turn) ++part;
    if (kind == DataKind::phone) {
      take_phone_part(talk, chain, first, part);
    } else {
      talk.take(chain[first].first, chain[part - 1].last, kind, digits_of(chain, first, part));
    }
    first = part;
  }
}

}  // namespace saleschecklist::redaction
