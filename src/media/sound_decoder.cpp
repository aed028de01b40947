#ifdef SALESCHECKLIST_WITH_FFMPEG

#include "media/sound_decoder.hpp"

#include "base/errors.hpp"
#include "media/file_end.hpp"
#include "media/sound_reader.hpp"

#include <saleschecklist/limits.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <string_view>

namespace saleschecklist::media {
namespace {

// Limits the times of broken files, so that their sums cannot overflow.
constexpr std::int64_t utmost_sample = std::int64_t{1} << 56;
constexpr std::size_t plenty = std::size_t{64} << 20;  // more than FFmpeg needs for a sound file

// FFmpeg's names of the formats in which conversations are recorded or kept, by machines from
// telephones to meeting rooms. It knows some 350; others are games' and pictures', or lists of
// other files (HLS, concat, SDP), or have their sound in a file beside them (VobSub, Magic
// Lantern).
constexpr std::string_view recording_formats[] = {
    "aac",   "ac3",        "act",        "aiff",          "amr",
    "amrnb", "amrwb",      "ape",        "asf",           "asf_o",
    "au",    "avi",        "caf",        "codec2",        "dhav",
    "dsf",   "dss",        "dts",        "dtshd",         "dv",
    "eac3",  "flac",       "flv",        "g722",          "g723_1",
    "g726",  "g726le",     "g729",       "gsm",           "ilbc",
    "ircam", "live_flv",   "loas",       "matroska,webm", "mov,mp4,m4a,3gp,3g2,mj2",
    "mp3",   "mpc",        "mpc8",       "mpeg",          "mpegts",
    "mxf",   "mxf_opatom", "nistsphere", "nut",           "ogg",
    "oma",   "qcp",        "rm",         "shn",           "sox",
    "tak",   "truehd",     "tta",        "voc",           "w64",
    "wav",   "wtv",        "wv",         "xwma"};

bool is_recording(const AVInputFormat &format) {
  const std::string_view name = format.name;
  return std::find(std::begin(recording_formats), std::end(recording_formats), name) !=
         std::end(recording_formats);
}

// The file that was opened is the only one that is read.
int refuse_to_open(AVFormatContext *, AVIOContext **, const char *, int, AVDictionary **) {
  return AVERROR(EPERM);
}

std::int64_t sample_at(std::int64_t time, AVRational unit) {
  const std::int64_t sample = av_rescale_q(time, unit, {1, samples_per_second});
  return std::clamp(sample, -utmost_sample, utmost_sample);
}

std::int64_t ms_of(std::int64_t time, AVRational unit) {
  if (time == AV_NOPTS_VALUE || time <= 0) return 0;
  return std::max<std::int64_t>(av_rescale_q(time, unit, {1, 1000}), 0);
}

}  // namespace

SoundDecoder::SoundDecoder(const std::string &file, const CancelToken &cancel)
    : file_(file), cancel_(cancel), stamp_(stamp_of(file)), packet_(own(av_packet_alloc())) {
  open();
  choose_stream();
  open_decoder();
  describe();
}

void SoundDecoder::fail(ErrorCode code, std::string message) const {
  throw BadResult({code, std::move(message), file_});
}

void SoundDecoder::check_cancelled() const {
  if (cancel_.cancelled()) throw BadResult(errors::cancelled(file_));
}

void SoundDecoder::unreadable(int error) const {
  check_cancelled();
  if (error == AVERROR(ENOMEM)) {
    ::operator delete(::operator new(plenty));  // throws std::bad_alloc if it is the memory indeed
    fail(
        ErrorCode::invalid_input,
        fmt::format("{}, found a damaged file that declares more than fits into memory", expected));
  }
  if (!io_) fail(ErrorCode::io, "cannot open the file: " + ffmpeg_message(error));
  if (is_unreadable()) fail(ErrorCode::io, "cannot read the file: " + ffmpeg_message(io_->error));
  if (const auto fault = fault_at_end(file_)) {
    fail(ErrorCode::invalid_input, fmt::format("{}, but {}", expected, *fault));
  }
  fail(ErrorCode::invalid_input, fmt::format("{}, found another format or a damaged file ({})",
                                             expected, ffmpeg_message(error)));
}

// Whether the system failed to read the file. FFmpeg's formats give EIO and EPERM for damage, too.
bool SoundDecoder::is_unreadable() const { return io_->error < 0 && io_->error != AVERROR_EOF; }

void SoundDecoder::check(int result) const {
  if (result < 0) unreadable(result);
}

int SoundDecoder::is_cancelled(void *self) {
  return static_cast<SoundDecoder *>(self)->cancel_.cancelled();
}

void SoundDecoder::open() {
  const AVIOInterruptCB interrupt{&SoundDecoder::is_cancelled, this};
  const std::string url = "file:" + file_;  // so that the name is never interpreted as a URL
  AVIOContext *io = nullptr;
  int found = AVERROR(EINTR);
  while (found == AVERROR(EINTR)) {  // FFmpeg goes on with interrupted reads itself
    found = avio_open2(&io, url.c_str(), AVIO_FLAG_READ, &interrupt, nullptr);
  }
  check(found);
  io_.reset(io);
  const AVInputFormat *format = nullptr;
  check(av_probe_input_buffer2(io, &format, url.c_str(), nullptr, 0, 0));
  if (!is_recording(*format)) {
    fail(ErrorCode::invalid_input, fmt::format("{}, found what FFmpeg calls {} ({})", expected,
                                               format->long_name, format->name));
  }
  AVFormatContext *container = own(avformat_alloc_context()).release();
  container->pb = io;
  container->io_open = &refuse_to_open;
  container->interrupt_callback = interrupt;
  AVDictionary *settings = nullptr;
  av_dict_set(&settings, "protocol_whitelist", "file", 0);
  const int opened = avformat_open_input(&container, url.c_str(), format, &settings);
  av_dict_free(&settings);
  check(opened);  // on failure, avformat_open_input() has freed the container
  container_.reset(container);
  check(avformat_find_stream_info(container, nullptr));
}

void SoundDecoder::choose_stream() {
  const AVCodec *decoder = nullptr;
  const int found = av_find_best_stream(container_.get(), AVMEDIA_TYPE_AUDIO, -1, -1, &decoder, 0);
  if (found == AVERROR_DECODER_NOT_FOUND) {
    fail(ErrorCode::unsupported, "FFmpeg's libraries on this system have no decoder for the sound");
  }
  if (found < 0)
    fail(ErrorCode::invalid_input, std::string(expected) + ", found a file without sound");
  stream_ = container_->streams[found];
  decoder_ = own(avcodec_alloc_context3(decoder));
  for (unsigned i = 0; i < container_->nb_streams; ++i) {
    AVStream &stream = *container_->streams[i];
    if (&stream != stream_) stream.discard = AVDISCARD_ALL;
  }
}

void SoundDecoder::open_decoder() {
  check(avcodec_parameters_to_context(decoder_.get(), stream_->codecpar));
  decoder_->pkt_timebase = stream_->time_base;  // else skipped samples shift times
  decoder_->thread_count = 1;                   // FfmpegLogGuard covers only this thread
  check(avcodec_open2(decoder_.get(), decoder_->codec, nullptr));
}

void SoundDecoder::describe() {
  const AVCodecParameters &sound = *stream_->codecpar;
  info_.container = container_->iformat->name;
  info_.codec = avcodec_get_name(sound.codec_id);
  info_.channels = sound.ch_layout.nb_channels;
  info_.sample_rate = sound.sample_rate;
  info_.duration_ms = ms_of(stream_->duration, stream_->time_base);
  if (info_.duration_ms == 0) info_.duration_ms = ms_of(container_->duration, {1, AV_TIME_BASE});
  if (auto fault = fault_at_end(file_)) info_.warnings.push_back(*std::move(fault));
  estimated_ = container_->duration_estimation_method == AVFMT_DURATION_FROM_BITRATE;
  if (info_.channels < 1 || info_.sample_rate < 1) {
    fail(ErrorCode::invalid_input, std::string(expected) + ", found no sound that can be decoded");
  }
  check_rate(info_.sample_rate);
  check_channels(info_.channels);
}

void SoundDecoder::check_rate(int rate) const {
  if (rate >= limits::lowest_sample_rate && rate <= limits::highest_sample_rate) return;
  fail(ErrorCode::invalid_input,
       fmt::format("{}, found a sample rate of {} Hz; expected {} to {} Hz", expected, rate,
                   limits::lowest_sample_rate, limits::highest_sample_rate));
}

void SoundDecoder::check_channels(int channels) const {
  if (channels <= limits::channels) return;
  fail(ErrorCode::invalid_input, fmt::format("{}, found {} channels; expected at most {}", expected,
                                             channels, limits::channels));
}

void SoundDecoder::check_frame(const AVFrame &frame) const {
  if (frame.sample_rate < 1) return;  // is not output
  check_rate(frame.sample_rate);
  check_channels(frame.ch_layout.nb_channels);
  if (frame.nb_samples / frame.sample_rate <= limits::frame_seconds) return;
  fail(ErrorCode::invalid_input,
       fmt::format("{}, found a frame of {} s; expected at most {} s", expected,
                   frame.nb_samples / frame.sample_rate, limits::frame_seconds));
}

bool SoundDecoder::decode(AVFrame &frame) {
  for (;;) {
    const int got = avcodec_receive_frame(decoder_.get(), &frame);
    if (got == 0) {
      check_frame(frame);
      return true;
    }
    if (got == AVERROR_EOF) return false;
    if (got != AVERROR(EAGAIN)) {
      if (got == AVERROR(ENOMEM)) unreadable(got);
      ++damaged_;
      continue;
    }
    feed();
  }
}

// Counts what is decoded: a container may refer to the same bytes again and again.
void SoundDecoder::count(const AVPacket &packet) {
  constexpr std::int64_t margin = std::int64_t{1} << 20;  // of small files
  decoded_ += packet.size;
  const auto size = static_cast<std::int64_t>(stamp_.size);
  const std::int64_t most = limits::decoded_repetitions * size + margin;
  if (decoded_ <= most) return;
  fail(ErrorCode::invalid_input,
       fmt::format("{}, found a damaged file of {} bytes that contains more than {} bytes of sound",
                   expected, size, most));
}

void SoundDecoder::feed() {
  for (;;) {
    check_cancelled();
    const int got = av_read_frame(container_.get(), packet_.get());
    if (got < 0) {  // the end of the file, or where it is truncated
      if (got == AVERROR(ENOMEM) || is_unreadable()) unreadable(got);
      avcodec_send_packet(decoder_.get(), nullptr);
      return;
    }
    const bool ours = packet_->stream_index == stream_->index;
    if (ours) count(*packet_);
    const int sent = ours ? avcodec_send_packet(decoder_.get(), packet_.get()) : 0;
    av_packet_unref(packet_.get());
    if (sent == AVERROR(ENOMEM)) unreadable(sent);
    if (sent < 0) ++damaged_;
    if (ours && sent >= 0) return;
  }
}

std::optional<std::int64_t> SoundDecoder::sample_of(const AVFrame &frame) const {
  if (frame.best_effort_timestamp == AV_NOPTS_VALUE) return std::nullopt;
  return sample_at(frame.best_effort_timestamp, stream_->time_base);
}

std::optional<std::int64_t> SoundDecoder::picture_begin() const {
  std::optional<std::int64_t> out;
  for (unsigned i = 0; i < container_->nb_streams; ++i) {
    const AVStream &stream = *container_->streams[i];
    const bool picture = stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO &&
                         (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) == 0;
    if (!picture || stream.start_time == AV_NOPTS_VALUE) continue;
    const std::int64_t begin = sample_at(stream.start_time, stream.time_base);
    out = out ? std::min(*out, begin) : begin;
  }
  return out;
}

}  // namespace saleschecklist::media

#endif
