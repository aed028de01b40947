// The decoded frames of the sound in a file, as FFmpeg's libraries deliver them.
#ifndef SALESCHECKLIST_MEDIA_SOUND_DECODER_HPP
#define SALESCHECKLIST_MEDIA_SOUND_DECODER_HPP

#include <saleschecklist/audio.hpp>

#include "media/ffmpeg.hpp"
#include "media/file_stamp.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace saleschecklist::media {

// Opens a file for one pass over its sound. One thread at a time. The constructor, decode(),
// check(), check_cancelled() and fail() throw BadResult or std::bad_alloc; the other members do not
// throw.
class SoundDecoder {
 public:
  // Opens regular files only, and no other file or URL that they name. `cancel` makes reading from
  // the file fail with cancelled.
  SoundDecoder(const std::string &file, const CancelToken &cancel);
  SoundDecoder(const SoundDecoder &) = delete;
  SoundDecoder &operator=(const SoundDecoder &) = delete;

  // Decodes the next frame; false at the end. Damaged packets are skipped and counted.
  bool decode(AVFrame &frame);

  const AudioInfo &info() const { return info_; }
  bool duration_is_estimated() const { return estimated_; }
  std::size_t damaged_packets() const { return damaged_; }

  // The index, at 16 kHz (samples_per_second), of the sample at which a frame begins, from the
  // frame's timestamp; std::nullopt if it has no timestamp.
  std::optional<std::int64_t> sample_of(const AVFrame &frame) const;
  // The index, also at 16 kHz, of the sample at which the first picture of a video begins;
  // std::nullopt if there is no picture or it has no timestamp.
  std::optional<std::int64_t> picture_begin() const;

  // Throws the error that a negative result of an FFmpeg function means.
  void check(int result) const;
  // Throws cancelled if the host has cancelled.
  void check_cancelled() const;
  [[noreturn]] void fail(ErrorCode code, std::string message) const;

 private:
  [[noreturn]] void unreadable(int error) const;
  bool is_unreadable() const;
  static int is_cancelled(void *self);
  void open();
  void choose_stream();
  void open_decoder();
  void describe();
  void check_rate(int rate) const;
  void check_channels(int channels) const;
  void check_frame(const AVFrame &frame) const;
  void count(const AVPacket &packet);
  void feed();

  struct CloseIo {
    void operator()(AVIOContext *io) const { avio_closep(&io); }
  };
  struct CloseContainer {
    void operator()(AVFormatContext *p) const { avformat_close_input(&p); }
  };

  const std::string file_;
  const CancelToken cancel_;
  const FileStamp stamp_;
  FfmpegLogGuard quiet_;
  std::unique_ptr<AVIOContext, CloseIo> io_;
  std::unique_ptr<AVFormatContext, CloseContainer>
      container_;  // destroyed before io_, which it uses
  AVStream *stream_ = nullptr;
  Owned<AVCodecContext> decoder_;
  Owned<AVPacket> packet_;
  AudioInfo info_;
  bool estimated_ = false;
  std::size_t damaged_ = 0;
  std::int64_t decoded_ = 0;  // bytes
};

}  // namespace saleschecklist::media

#endif
