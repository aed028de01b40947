// Answers of one byte as sets of bits, 64 at a time.
#ifndef SALESCHECKLIST_CORE_ANSWER_BITS_HPP
#define SALESCHECKLIST_CORE_ANSWER_BITS_HPP

#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace saleschecklist {

// Bit i tells of the i-th answer of up to 64; bits beyond those asked for are undefined.
struct AnswerBits {
  std::uint64_t low = 0;   // bit 0 of the code: yes and not applicable
  std::uint64_t high = 0;  // bit 1 of the code: no and not applicable
  bool known = true;       // no checked code is above 3

  std::uint64_t yes() const { return low & ~high; }
  std::uint64_t not_applicable() const { return low & high; }
};

constexpr std::size_t answer_lanes = 16;  // answers are read in helpings of so many

// Of `Lanes` answers, a multiple of answer_lanes and at most 64. `checked` has 0xFC for each answer
// to be checked and 0 for what is read along with them.
template <std::size_t Lanes>
AnswerBits answer_bits_of(const std::uint8_t *answers, const std::uint8_t *checked) {
  AnswerBits out;
#if defined(__SSE2__)
  __m128i strange = _mm_setzero_si128();
  for (std::size_t at = 0; at < Lanes; at += answer_lanes) {
    const __m128i codes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(answers + at));
    const __m128i check = _mm_loadu_si128(reinterpret_cast<const __m128i *>(checked + at));
    strange = _mm_or_si128(strange, _mm_and_si128(codes, check));
    // movemask takes the highest bit of each byte: the wanted one is shifted there.
    const auto low = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_slli_epi16(codes, 7)));
    const auto high = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_slli_epi16(codes, 6)));
    out.low |= std::uint64_t{low} << at;
    out.high |= std::uint64_t{high} << at;
  }
  out.known = _mm_movemask_epi8(_mm_cmpeq_epi8(strange, _mm_setzero_si128())) == 0xFFFF;
#else
  constexpr std::uint64_t ones = 0x0101010101010101;
  // Multiplied by this, the low bits of eight bytes meet in the highest byte.
  constexpr std::uint64_t meet = 0x0102040810204080;
  std::uint64_t strange = 0;
  for (std::size_t at = 0; at < Lanes; at += sizeof(std::uint64_t)) {
    std::uint64_t codes = 0, check = 0;
    for (std::size_t i = 0; i < sizeof codes; ++i) {  // byte i at bit 8i on any machine
      codes |= std::uint64_t{answers[at + i]} << (8 * i);
      check |= std::uint64_t{checked[at + i]} << (8 * i);
    }
    strange |= codes & check;
    out.low |= (((codes & ones) * meet) >> 56) << at;
    out.high |= ((((codes >> 1) & ones) * meet) >> 56) << at;
  }
  out.known = strange == 0;
#endif
  return out;
}

inline AnswerBits answer_bits(const std::uint8_t *answers, const std::uint8_t *checked,
                              std::size_t lanes) {
  switch (lanes) {
    case 16:
      return answer_bits_of<16>(answers, checked);
    case 32:
      return answer_bits_of<32>(answers, checked);
    case 48:
      return answer_bits_of<48>(answers, checked);
    default:
      return answer_bits_of<64>(answers, checked);
  }
}

}  // namespace saleschecklist

#endif
