#include "media/file_end.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string_view>

namespace saleschecklist::media {
namespace {

using Fault = std::optional<std::string>;

constexpr int most_parts = 200'000;  // of a file; an hour of fragments has some thousands
constexpr std::uint64_t stray_bytes = 1 << 16;  // behind the end of a file: tags of other programs
// From here on, a length of 32 bits is what writers put in for "unknown".
constexpr std::uint64_t unknown_length = 0x7FFF'F000;

class Bytes {
 public:
  explicit Bytes(const std::string &file) {
    const std::filesystem::path path(std::u8string(file.begin(), file.end()));
    std::error_code ignored;
    size_ = std::filesystem::file_size(path, ignored);
    in_.open(path, std::ios::binary);
  }

  std::uint64_t size() const { return size_; }

  // As many bytes as there are, up to `count`.
  std::string at(std::uint64_t begin, std::size_t count) {
    std::string out(count, '\0');
    in_.clear();
    in_.seekg(static_cast<std::streamoff>(begin));
    in_.read(out.data(), static_cast<std::streamsize>(count));
    out.resize(static_cast<std::size_t>(std::max<std::streamsize>(in_.gcount(), 0)));
    return out;
  }

  // 0 behind the end.
  std::uint64_t little(std::uint64_t begin, std::size_t count) {
    std::string bytes = at(begin, count);
    std::reverse(bytes.begin(), bytes.end());
    return big(bytes);
  }
  std::uint64_t big(std::uint64_t begin, std::size_t count) { return big(at(begin, count)); }

 private:
  static std::uint64_t big(std::string_view bytes) {
    std::uint64_t out = 0;
    for (const char c : bytes) out = out << 8 | static_cast<unsigned char>(c);
    return out;
  }

  std::ifstream in_;
  std::uint64_t size_ = 0;
};

std::string cut_off(std::string_view part, std::uint64_t announced, std::uint64_t there) {
  return fmt::format("the recording is cut off: its {} announces {} bytes, and the file has {}",
                     part, announced, there);
}

bool is_unknown(std::uint64_t length) { return length == 0 || length >= unknown_length; }

// A part that begins at `begin` and is `length` bytes long.
Fault short_part(Bytes &bytes, std::string_view part, std::uint64_t begin, std::uint64_t length) {
  const std::uint64_t there = bytes.size() - std::min(begin, bytes.size());
  if (length <= there) return std::nullopt;
  return cut_off(part, length, there);
}

// WAV: chunks of a name, a length of 32 bits and their bytes. In RF64, the lengths that matter are
// those of 64 bits in the chunk ds64.
Fault wave_fault(Bytes &bytes) {
  const bool wide = bytes.at(0, 4) == "RF64";
  std::uint64_t whole = bytes.little(4, 4), wide_sound = 0, at = 12;
  for (int i = 0; i < most_parts && at + 8 <= bytes.size(); ++i) {
    const std::string name = bytes.at(at, 4);
    std::uint64_t length = bytes.little(at + 4, 4);
    if (name == "ds64") {
      whole = bytes.little(at + 8, 8);
      wide_sound = bytes.little(at + 16, 8);
    }
    if (name == "data") {
      if (wide) length = wide_sound;
      const bool unknown = wide ? length == 0 || length > INT64_MAX : is_unknown(length);
      if (unknown) return std::nullopt;
      if (auto fault = short_part(bytes, "sound", at + 8, length)) return fault;
      const std::uint64_t end = std::max(at + 8 + length, whole > INT64_MAX ? 0 : whole + 8);
      if (bytes.size() < end + stray_bytes) return std::nullopt;
      return fmt::format(
          "the recording has {} bytes behind the end that its header states; they are not heard",
          bytes.size() - end);
    }
    at += 8 + length + length % 2;
  }
  return "the recording is cut off before its sound begins";
}

// The whole file of an AVI, or of one with Sony's lengths of 64 bits.
Fault length_fault(Bytes &bytes, std::uint64_t announced) {
  if (announced == 0 || announced > INT64_MAX) return std::nullopt;
  return short_part(bytes, "header", 0, announced);
}

// MP4 and QuickTime: boxes of a length, a name and their content. The index of what is in them,
// moov, often comes last.
Fault mp4_fault(Bytes &bytes) {
  bool has_index = false;
  Fault fault;
  std::uint64_t at = 0;
  for (int i = 0; i < most_parts && !fault && at + 8 <= bytes.size(); ++i) {
    std::uint64_t length = bytes.big(at, 4);
    const std::string name = bytes.at(at + 4, 4);
    has_index = has_index || name == "moov";
    if (length == 0) break;  // to the end of the file
    if (length == 1) length = bytes.big(at + 8, 8);
    if (length < 8 || length > INT64_MAX) break;  // no box
    const bool is_sound = name == "mdat" || name == "moof" || name == "moov";
    if (is_sound) fault = short_part(bytes, "part " + name, at, length);
    at += length;
  }
  if (has_index) return fault;
  return "the file is cut off or was not finalised: the index of its sound (moov) is missing";
}

// Apple's CAF: chunks of a name, a length of 64 bits and their bytes.
Fault caf_fault(Bytes &bytes) {
  std::uint64_t at = 8;
  for (int i = 0; i < most_parts && at + 12 <= bytes.size(); ++i) {
    const std::uint64_t length = bytes.big(at + 4, 8);
    if (length > INT64_MAX) return std::nullopt;  // -1: unknown
    if (bytes.at(at, 4) == "data") return short_part(bytes, "sound", at + 12, length);
    at += 12 + length;
  }
  return std::nullopt;
}

// WMA and WMV: the properties of the file are an object in its header.
Fault asf_fault(Bytes &bytes) {
  const std::string properties("\xA1\xDC\xAB\x8C\x47\xA9\xCF\x11\x8E\xE4\x00\xC0\x0C\x20\x53\x65",
                               16);
  const std::size_t at = bytes.at(0, 1 << 16).find(properties);
  if (at == std::string::npos) return std::nullopt;
  const bool is_broadcast = (bytes.little(at + 88, 4) & 1) != 0;
  return is_broadcast ? std::nullopt : length_fault(bytes, bytes.little(at + 40, 8));
}

// Ogg: pages, the last of which is marked.
Fault ogg_fault(Bytes &bytes) {
  constexpr std::uint64_t longest_page = 65'307;
  const std::uint64_t begin = bytes.size() - std::min(bytes.size(), 2 * longest_page);
  const std::string tail = bytes.at(begin, 2 * longest_page);
  const std::size_t page = tail.rfind(std::string("OggS\0", 5));
  if (page == std::string::npos || page + 27 > tail.size()) {
    return "the recording is cut off within a page of its sound";
  }
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(tail[at]); };
  const std::size_t segments = byte(page + 26);
  std::size_t end = page + 27 + segments;
  for (std::size_t i = 0; i < segments && page + 27 + i < tail.size(); ++i)
    end += byte(page + 27 + i);
  if (end > tail.size()) return "the recording is cut off within a page of its sound";
  if ((byte(page + 5) & 4) != 0) return std::nullopt;
  return "the recording has no end mark: it is cut off, or its recorder did not finish it";
}

bool is_mp4(std::string_view name) {
  constexpr std::string_view first[] = {"ftyp", "moov", "mdat", "wide", "free", "skip"};
  return std::find(std::begin(first), std::end(first), name) != std::end(first);
}

}  // namespace

Fault fault_at_end(const std::string &file) {
  Bytes bytes(file);
  const std::string head = bytes.at(0, 16);
  const std::string_view text = head;
  if (text.size() < 12) return std::nullopt;
  const std::string_view name = text.substr(0, 4), kind = text.substr(8, 4);
  if ((name == "RIFF" || name == "RF64") && kind == "WAVE") return wave_fault(bytes);
  if (name == "RIFF" && kind == "AVI ") {
    const std::uint64_t length = bytes.little(4, 4);
    return is_unknown(length) ? std::nullopt : length_fault(bytes, length + 8);
  }
  if (text.substr(0, 8) == "riff\x2E\x91\xCF\x11") return length_fault(bytes, bytes.little(16, 8));
  if (is_mp4(text.substr(4, 4))) return mp4_fault(bytes);
  if (name == "caff") return caf_fault(bytes);
  if (name == "OggS") return ogg_fault(bytes);
  if (name == "\x30\x26\xB2\x75") return asf_fault(bytes);
  return std::nullopt;
}

}  // namespace saleschecklist::media
