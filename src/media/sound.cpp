#ifdef SALESCHECKLIST_WITH_FFMPEG

#include "media/sound.hpp"

#include "media/ffmpeg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <optional>
#include <string_view>
#include <system_error>

namespace saleschecklist::media {
namespace {

constexpr const char *expected =
    "expected a recording such as wav, mp3, m4a, mp4, webm, ogg or flac";
constexpr std::int64_t longest_ms = 48 * 3'600'000LL;  // beyond it, times are broken
// Below it, a packet's time is noise of its rounding; above it, it is a hole or an overlap.
constexpr std::int64_t time_noise_samples = 15 * samples_per_ms;
// Live recorders' times stray and come back: a small hole or overlap has to last so many packets.
constexpr int lasting_packets = 5;
constexpr std::int64_t certain_hole_samples = 250 * samples_per_ms;
// Times of broken files are kept so small that sums of them are no overflow.
constexpr std::int64_t utmost_sample = std::int64_t{1} << 56;
// A step back beyond it is no overlap: recordings were joined, and a new clock begins.
constexpr std::int64_t clock_reset_samples = samples_per_second;
constexpr std::int64_t most_silence_at_once = samples_per_second;
// A time so far ahead is believed only when the next frame goes on from there.
constexpr std::int64_t far_ahead_samples = samples_per_second;

[[noreturn]] void fail(ErrorCode code, std::string message, const std::string &file) {
  throw BadResult({code, std::move(message), file});
}

// Formats that are lists of other files or addresses, or whose sound lies outside of the file.
bool is_self_contained(const AVInputFormat &format) {
  static constexpr std::string_view lists[] = {
      "hls",         "applehttp", "concat", "dash",
      "imf",         "sdp",       "rtsp",   "webm_dash_manifest",
      "vapoursynth", "avisynth",  "lavfi",  "image2",
      "image2pipe",  "sap",       "rtp"};
  const std::string_view name = format.name;
  return (format.flags & AVFMT_NOFILE) == 0 &&
         std::find(std::begin(lists), std::end(lists), name) == std::end(lists);
}

struct CloseIo {
  void operator()(AVIOContext *io) const { avio_closep(&io); }
};

std::int64_t sample_at(std::int64_t time, AVRational unit) {
  const std::int64_t sample = av_rescale_q(time, unit, {1, samples_per_second});
  return std::clamp(sample, -utmost_sample, utmost_sample);
}

std::int64_t ms_of(std::int64_t time, AVRational unit) {
  if (time == AV_NOPTS_VALUE || time <= 0) return 0;
  return std::max<std::int64_t>(av_rescale_q(time, unit, {1, 1000}), 0);
}

}  // namespace

FileStamp stamp_of(const std::string &file) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path path(std::u8string(file.begin(), file.end()));
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) fail(ErrorCode::io, "no such file", file);
  if (error) fail(ErrorCode::io, "cannot be read: " + error.message(), file);
  if (fs::is_directory(status)) {
    fail(ErrorCode::io, std::string("is a folder, ") + expected, file);
  }
  if (!fs::is_regular_file(status)) {
    fail(ErrorCode::io, std::string("is no regular file, ") + expected, file);
  }
  FileStamp out;
  out.size = fs::file_size(path, error);
  if (error) fail(ErrorCode::io, "cannot be read: " + error.message(), file);
  if (out.size == 0) {
    fail(ErrorCode::invalid_input, std::string("the file is empty, ") + expected, file);
  }
  out.changed = fs::last_write_time(path, error).time_since_epoch().count();
  if (error) fail(ErrorCode::io, "cannot be read: " + error.message(), file);
  return out;
}

class Sound::State {
 public:
  State(const std::string &file, const CancelToken &cancel)
      : file_(file),
        cancel_(cancel),
        packet_(own(av_packet_alloc())),
        frame_(own(av_frame_alloc())),
        later_(own(av_frame_alloc())) {
    stamp_of(file);
    open();
    choose_stream();
    open_decoder();
    describe();
  }

  bool read(Block &block) {
    for (Samples &samples : block) samples.clear();
    while (block[0].empty()) {
      if (cancel_.cancelled()) stop();
      if (silence_ > 0) {
        append_silence(block);
      } else if (!held_ && !next_frame()) {
        return !ended_ && flush(block);
      } else {
        held_ = false;
        append_frame(block);
      }
      require_length();
    }
    return true;
  }

  AudioInfo info_;
  std::size_t channels_ = 1;
  std::size_t damaged_ = 0;
  std::size_t jumps_ = 0;
  bool estimated_ = false;

 private:
  [[noreturn]] void stop() const {
    throw BadResult({ErrorCode::cancelled, "reading the recording was cancelled", file_});
  }

  [[noreturn]] void unreadable(int error) const {
    if (cancel_.cancelled()) stop();
    if (error == AVERROR(ENOMEM)) throw std::bad_alloc();
    const bool system = error == AVERROR(EACCES) || error == AVERROR(EIO) ||
                        error == AVERROR(EPERM) || error == AVERROR(ENOENT);
    if (system) fail(ErrorCode::io, "cannot be read: " + ffmpeg_message(error), file_);
    fail(ErrorCode::invalid_input,
         fmt::format("is no recording, or a broken one ({}); {}", ffmpeg_message(error), expected),
         file_);
  }

  void check(int result) const {
    if (result < 0) unreadable(result);
  }

  static int is_cancelled(void *self) { return static_cast<State *>(self)->cancel_.cancelled(); }

  void open() {
    const AVIOInterruptCB interrupt{&State::is_cancelled, this};
    const std::string url = "file:" + file_;  // so that no name is taken for an address
    AVIOContext *io = nullptr;
    check(avio_open2(&io, url.c_str(), AVIO_FLAG_READ, &interrupt, nullptr));
    io_.reset(io);
    const AVInputFormat *format = nullptr;
    check(av_probe_input_buffer2(io, &format, url.c_str(), nullptr, 0, 0));
    if (!is_self_contained(*format)) {
      fail(ErrorCode::invalid_input,
           fmt::format("is a list of other files ({}), {}", format->name, expected), file_);
    }
    AVFormatContext *container = own(avformat_alloc_context()).release();
    container->pb = io;
    container->interrupt_callback = interrupt;
    AVDictionary *settings = nullptr;
    av_dict_set(&settings, "protocol_whitelist", "file", 0);
    const int opened = avformat_open_input(&container, url.c_str(), format, &settings);
    av_dict_free(&settings);
    check(opened);  // which has freed the container if it failed
    container_.reset(container);
    check(avformat_find_stream_info(container, nullptr));
  }

  void choose_stream() {
    const AVCodec *decoder = nullptr;
    const int found =
        av_find_best_stream(container_.get(), AVMEDIA_TYPE_AUDIO, -1, -1, &decoder, 0);
    if (found == AVERROR_DECODER_NOT_FOUND) {
      fail(ErrorCode::unsupported, "FFmpeg's libraries have no decoder for its sound here", file_);
    }
    if (found < 0) fail(ErrorCode::invalid_input, std::string("has no sound, ") + expected, file_);
    stream_ = container_->streams[found];
    decoder_ = own(avcodec_alloc_context3(decoder));
    for (unsigned i = 0; i < container_->nb_streams; ++i) {
      AVStream &stream = *container_->streams[i];
      if (&stream != stream_) stream.discard = AVDISCARD_ALL;
    }
  }

  void open_decoder() {
    check(avcodec_parameters_to_context(decoder_.get(), stream_->codecpar));
    decoder_->pkt_timebase = stream_->time_base;  // without it, skipped beginnings shift times
    decoder_->thread_count = 1;                   // other threads would not be FfmpegLogGuard
    check(avcodec_open2(decoder_.get(), decoder_->codec, nullptr));
  }

  void describe() {
    const AVCodecParameters &sound = *stream_->codecpar;
    info_.container = container_->iformat->name;
    info_.codec = avcodec_get_name(sound.codec_id);
    info_.channels = sound.ch_layout.nb_channels;
    info_.sample_rate = sound.sample_rate;
    info_.duration_ms = ms_of(stream_->duration, stream_->time_base);
    if (info_.duration_ms == 0) info_.duration_ms = ms_of(container_->duration, AV_TIME_BASE_Q);
    estimated_ = container_->duration_estimation_method == AVFMT_DURATION_FROM_BITRATE;
    if (info_.channels < 1 || info_.sample_rate < 1) {
      fail(ErrorCode::invalid_input, std::string("holds no sound that can be read, ") + expected,
           file_);
    }
    channels_ = info_.channels == static_cast<int>(most_channels) ? most_channels : 1;
  }

  // The next frame to give, and whether its time is to be believed; false at the end.
  bool next_frame() {
    if (looked_ahead_) {
      av_frame_unref(frame_.get());
      av_frame_move_ref(frame_.get(), later_.get());
      looked_ahead_ = false;
    } else if (!decode()) {
      return false;
    }
    doubted_ = false;
    if (!is_far_ahead()) return true;
    const std::int64_t end = time_of_frame() + av_rescale(frame_->nb_samples, samples_per_second,
                                                          std::max(frame_->sample_rate, 1));
    av_frame_unref(later_.get());
    av_frame_move_ref(later_.get(), frame_.get());
    looked_ahead_ = decode();
    doubted_ = !looked_ahead_ || (frame_->best_effort_timestamp != AV_NOPTS_VALUE &&
                                  std::llabs(time_of_frame() - end) > far_ahead_samples);
    if (doubted_) ++jumps_;
    std::swap(frame_, later_);
    return true;
  }

  std::int64_t time_of_frame() const {
    return sample_at(frame_->best_effort_timestamp, stream_->time_base);
  }

  bool is_far_ahead() const {
    if (!origin_ || position() == 0 || frame_->best_effort_timestamp == AV_NOPTS_VALUE)
      return false;
    return time_of_frame() - *origin_ - position() > far_ahead_samples;
  }

  // The next frame of sound; false at the end.
  bool decode() {
    for (;;) {
      const int got = avcodec_receive_frame(decoder_.get(), frame_.get());
      if (got == 0) return true;
      if (got == AVERROR_EOF) return false;
      if (got != AVERROR(EAGAIN)) {
        if (got == AVERROR(ENOMEM)) throw std::bad_alloc();
        ++damaged_;
        continue;
      }
      feed();
    }
  }

  void feed() {
    for (;;) {
      if (cancel_.cancelled()) stop();
      const int got = av_read_frame(container_.get(), packet_.get());
      if (got < 0) {  // the end, or where the file is cut off
        if (got == AVERROR(ENOMEM)) throw std::bad_alloc();
        if (got == AVERROR(EIO)) unreadable(got);
        avcodec_send_packet(decoder_.get(), nullptr);
        return;
      }
      const bool ours = packet_->stream_index == stream_->index;
      const int sent = ours ? avcodec_send_packet(decoder_.get(), packet_.get()) : 0;
      av_packet_unref(packet_.get());
      if (sent == AVERROR(ENOMEM)) throw std::bad_alloc();
      if (sent < 0) ++damaged_;
      if (ours && sent >= 0) return;
    }
  }

  // Makes a converter of sound like that of the frame.
  void make_converter() {
    AVChannelLayout to;
    av_channel_layout_default(&to, static_cast<int>(channels_));
    AVChannelLayout from;  // a copy: unordered channels get the usual order
    if (frame_->ch_layout.order == AV_CHANNEL_ORDER_UNSPEC) {
      av_channel_layout_default(&from, frame_->ch_layout.nb_channels);
    } else {
      from = {};
      check(av_channel_layout_copy(&from, &frame_->ch_layout));
    }
    // Two channels stay as they are, whatever their speakers are called.
    if (from.nb_channels == to.nb_channels) from = to;
    SwrContext *made = nullptr;
    const int set = swr_alloc_set_opts2(&made, &to, AV_SAMPLE_FMT_S16P, samples_per_second, &from,
                                        static_cast<AVSampleFormat>(frame_->format),
                                        frame_->sample_rate, 0, nullptr);
    converter_.reset(made);
    av_channel_layout_uninit(&from);
    check(set);
    check(swr_init(made));
    rate_ = frame_->sample_rate;
    format_ = frame_->format;
    inputs_ = frame_->ch_layout.nb_channels;
  }

  bool fits_converter() const {
    return rate_ == frame_->sample_rate && format_ == frame_->format &&
           inputs_ == frame_->ch_layout.nb_channels;
  }

  // Samples given out, and those that the converter still holds.
  std::int64_t position() const {
    return written_ + (converter_ ? swr_get_delay(converter_.get(), samples_per_second) : 0);
  }

  // The sample at which the frame belongs, by its time.
  std::optional<std::int64_t> place_of_frame() {
    const std::int64_t time = frame_->best_effort_timestamp;
    if (time == AV_NOPTS_VALUE) return std::nullopt;
    const std::int64_t sample = sample_at(time, stream_->time_base);
    if (origin_ && sample - *origin_ - position() < -clock_reset_samples) {
      origin_.reset();
      ++jumps_;
    }
    if (!origin_) {
      const bool first = position() == 0;
      origin_ = sample - position();
      if (!first) return position();
      for (unsigned i = 0; i < container_->nb_streams; ++i) {
        const AVStream &other = *container_->streams[i];
        const bool picture = other.codecpar->codec_type == AVMEDIA_TYPE_VIDEO &&
                             (other.disposition & AV_DISPOSITION_ATTACHED_PIC) == 0;
        if (!picture || other.start_time == AV_NOPTS_VALUE) continue;
        origin_ = std::min(*origin_, sample_at(other.start_time, other.time_base));
      }
    }
    return sample - *origin_;
  }

  // Samples that are missing before the frame, or, below 0, that it repeats.
  std::int64_t hole_before_frame() {
    if (doubted_) return 0;
    const std::int64_t hole = place_of_frame().value_or(position()) - position();
    const std::int64_t size = hole < 0 ? -hole : hole;
    strays_ = size > time_noise_samples ? strays_ + 1 : 0;
    const bool certain = size > certain_hole_samples || position() == 0;
    const bool acts = strays_ >= lasting_packets || (strays_ > 0 && certain);
    return acts ? hole : 0;
  }

  void append_frame(Block &block) {
    if (frame_->nb_samples < 1 || frame_->sample_rate < 1) return;
    const std::int64_t hole = hole_before_frame();
    if (hole > 0 || (converter_ && !fits_converter())) {
      drain(block);  // what came before the hole, or before the sound changes its form
      converter_.reset();
      silence_ = std::max<std::int64_t>(hole, 0);
      held_ = true;
      return;
    }
    const std::int64_t skip = av_rescale(-hole, frame_->sample_rate, samples_per_second);
    if (skip >= frame_->nb_samples) return;
    if (!converter_) make_converter();
    const auto format = static_cast<AVSampleFormat>(frame_->format);
    const bool planar = av_sample_fmt_is_planar(format) != 0;
    const std::int64_t step =
        av_get_bytes_per_sample(format) * (planar ? 1 : frame_->ch_layout.nb_channels);
    const int planes = planar ? frame_->ch_layout.nb_channels : 1;
    std::vector<const std::uint8_t *> pointers(static_cast<std::size_t>(planes));
    for (int i = 0; i < planes; ++i) {
      pointers[static_cast<std::size_t>(i)] = frame_->extended_data[i] + skip * step;
    }
    convert(block, pointers.data(), frame_->nb_samples - static_cast<int>(skip));
  }

  void convert(Block &block, const std::uint8_t **input, int count) {
    const int room = swr_get_out_samples(converter_.get(), count);
    check(room);
    const std::size_t before = block[0].size();
    std::uint8_t *output[most_channels] = {};
    for (std::size_t c = 0; c < channels_; ++c) {
      block[c].resize(before + static_cast<std::size_t>(room));
      output[c] = reinterpret_cast<std::uint8_t *>(block[c].data() + before);
    }
    const int made = swr_convert(converter_.get(), output, room, input, count);
    check(made);
    for (std::size_t c = 0; c < channels_; ++c) {
      block[c].resize(before + static_cast<std::size_t>(made));
    }
    written_ += made;
  }

  void drain(Block &block) {
    if (converter_) convert(block, nullptr, 0);
  }

  void append_silence(Block &block) {
    const std::int64_t count = std::min(silence_, most_silence_at_once);
    for (std::size_t c = 0; c < channels_; ++c) {
      block[c].resize(block[c].size() + static_cast<std::size_t>(count));
    }
    silence_ -= count;
    written_ += count;
  }

  bool flush(Block &block) {
    ended_ = true;
    drain(block);
    return !block[0].empty();
  }

  void require_length() const {
    if ((written_ + silence_) / samples_per_ms <= longest_ms) return;
    fail(ErrorCode::invalid_input, "its times go beyond 48 hours, expected one conversation",
         file_);
  }

  const std::string file_;
  const CancelToken cancel_;
  FfmpegLogGuard quiet_;
  std::unique_ptr<AVIOContext, CloseIo> io_;
  struct CloseContainer {
    void operator()(AVFormatContext *p) const { avformat_close_input(&p); }
  };
  std::unique_ptr<AVFormatContext, CloseContainer> container_;  // goes before io_, which it uses
  AVStream *stream_ = nullptr;
  Owned<AVCodecContext> decoder_;
  Owned<AVPacket> packet_;
  Owned<AVFrame> frame_, later_;
  Owned<SwrContext> converter_;
  int rate_ = 0, format_ = 0, inputs_ = 0;  // what the converter takes
  std::optional<std::int64_t> origin_;      // the sample of time 0
  std::int64_t written_ = 0;                // samples given out
  std::int64_t silence_ = 0;                // samples of a hole that are still to be given
  bool held_ = false;                       // the frame is still to be given
  bool looked_ahead_ = false;               // later_ is the frame after it
  bool doubted_ = false;                    // its time is not to be believed
  int strays_ = 0;  // packets in a row whose times are not where the sound is
  bool ended_ = false;
};

Sound::Sound(const std::string &file, const CancelToken &cancel)
    : state_(std::make_unique<State>(file, cancel)) {}
Sound::~Sound() = default;

const AudioInfo &Sound::info() const { return state_->info_; }
std::size_t Sound::channels() const { return state_->channels_; }
bool Sound::read(Block &block) { return state_->read(block); }
bool Sound::duration_is_estimated() const { return state_->estimated_; }
std::size_t Sound::damaged_packets() const { return state_->damaged_; }
std::size_t Sound::jumps_in_time() const { return state_->jumps_; }

}  // namespace saleschecklist::media

#endif
