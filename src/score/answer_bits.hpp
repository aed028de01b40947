// Answer codes of one byte each as sets of bits, 64 at a time.
#ifndef SALESCHECKLIST_SCORE_ANSWER_BITS_HPP
#define SALESCHECKLIST_SCORE_ANSWER_BITS_HPP

#include <cstddef>
#include <cstdint>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define SALESCHECKLIST_AVX2 [[gnu::target("avx2,popcnt,bmi")]]
#endif

namespace saleschecklist::scoring {

// Bit i belongs to the i-th of up to 64 answers. Bits beyond the answers that were read are
// undefined.
struct AnswerBits {
  std::uint64_t low = 0;   // bit 0 of the code: yes and not applicable
  std::uint64_t high = 0;  // bit 1 of the code: no and not applicable
  bool known = true;       // no answer that was checked has a code above 3

  std::uint64_t yes() const { return low & ~high; }
  std::uint64_t not_applicable() const { return low & high; }
};

constexpr std::size_t answer_lanes = 32;  // answers are read in multiples of this

// Each reads `lanes` answers, a multiple of answer_lanes and at most 64. `checked` has 0xFC for
// each answer to be checked, and 0 for padding that is read along with them.

struct PortableBits {
  static AnswerBits of(const std::uint8_t *answers, const std::uint8_t *checked,
                       std::size_t lanes) {
    constexpr std::uint64_t ones = 0x0101010101010101;
    // Multiplication by this collects the low bits of eight bytes in the highest byte.
    constexpr std::uint64_t meet = 0x0102040810204080;
    AnswerBits out;
    std::uint64_t strange = 0;
    for (std::size_t at = 0; at < lanes; at += sizeof(std::uint64_t)) {
      std::uint64_t codes = 0, check = 0;
      for (std::size_t i = 0; i < sizeof codes; ++i) {  // byte i at bit 8i on every machine
        codes |= std::uint64_t{answers[at + i]} << (8 * i);
        check |= std::uint64_t{checked[at + i]} << (8 * i);
      }
      strange |= codes & check;
      out.low |= (((codes & ones) * meet) >> 56) << at;
      out.high |= ((((codes >> 1) & ones) * meet) >> 56) << at;
    }
    out.known = strange == 0;
    return out;
  }
};

#if defined(SALESCHECKLIST_AVX2)
struct Avx2Bits {
  SALESCHECKLIST_AVX2 static AnswerBits of(const std::uint8_t *answers, const std::uint8_t *checked,
                                           std::size_t lanes) {
    AnswerBits out = half(answers, checked);
    if (lanes == answer_lanes) return out;
    const AnswerBits rest = half(answers + answer_lanes, checked + answer_lanes);
    out.low |= rest.low << answer_lanes;
    out.high |= rest.high << answer_lanes;
    out.known = out.known && rest.known;
    return out;
  }

 private:
  SALESCHECKLIST_AVX2 static AnswerBits half(const std::uint8_t *answers,
                                             const std::uint8_t *checked) {
    const __m256i codes = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(answers));
    const __m256i check = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(checked));
    return {sign_bits(_mm256_slli_epi16(codes, 7)), sign_bits(_mm256_slli_epi16(codes, 6)),
            _mm256_testz_si256(codes, check) == 1};
  }

  // The highest bit of each byte.
  SALESCHECKLIST_AVX2 static std::uint64_t sign_bits(__m256i bytes) {
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes));
  }
};
#endif

}  // namespace saleschecklist::scoring

#endif
