// The table of services and programs that write conversations as JSON: where each keeps its turns
// and under which keys.
#ifndef SALESCHECKLIST_TRANSCRIPT_READERS_JSON_VENDORS_HPP
#define SALESCHECKLIST_TRANSCRIPT_READERS_JSON_VENDORS_HPP

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace saleschecklist::transcript {

// Keys of one meaning, the best first: "speaker.name|speaker". A path goes down by keys and, in
// arrays, by positions: "alternatives.0.content". For each file one of the keys is chosen, namely
// the first that half of the turns have. A key of a time may have its unit after a colon ("ms",
// "ticks" of 100 ns, "samples"
// of 16 kHz; seconds if it has none) and a "+" before it if it is a duration.
using Keys = std::string_view;

// What most services call them.
namespace keys {

inline constexpr Keys speaker =
    "speaker_name|speaker.name|speaker.display_name|speaker.full_name|speaker_display_name|"
    "speaker_info.display_name|display_name|participant.name|participant.display_name|"
    "participant_name|person_name|speaker_label|speaker|name|participant|sender_name|sender.name|"
    "sender|author.name|author|from.name|from|user.name|username|user|who|participant_role|role|"
    "speaker_role|participant_type|participant_id|party|label";
inline constexpr Keys id =
    "speaker_id|speaker.id|speaker.email|participant.id|participant_id|user_id|person_email";
inline constexpr Keys text =
    "text|content|message|transcript|sentence|utterance|body|speech|words|caption|line|value|"
    "raw_text|phrase|snippet|spoken_text|transcription|dialogue|said|quote";
inline constexpr Keys begin =
    "start_ms:ms|start_time_ms:ms|start_millis:ms|start_time_millis:ms|begin_ms:ms|offset_ms:ms|"
    "offset_milliseconds:ms|offset_millisecond:ms|begin_offset_millis:ms|offset_in_ticks:ticks|"
    "start|start_time|start_sec|start_secs|start_seconds|start_s|start_timestamp.relative|"
    "start_timestamp|start_offset|begin|begin_time|time_begin|time_start|seconds_from_start|"
    "time_in_call_secs|offset|offset_seconds|timestamp|timestamps.from|timestamps.0|timestamp.0|"
    "timestamp.start|time|timecode|snippet_time|ts|from|created_at|absolute_time|date|spoken_at";
inline constexpr Keys end =
    "end_ms:ms|end_time_ms:ms|end_millis:ms|end_time_millis:ms|end_offset_millis:ms|end|end_time|"
    "end_sec|end_secs|end_seconds|end_s|end_timestamp.relative|end_timestamp|end_offset|time_end|"
    "timestamps.to|timestamp.1|timestamp.end|stop|stop_time|to|+duration_ms:ms|"
    "+duration_milliseconds:ms|+duration_millis:ms|+duration_in_ticks:ticks|+duration|"
    "+duration_seconds";
inline constexpr Keys word =
    "punctuated_word|word|text|value|content|alternatives.0.content|display";
inline constexpr Keys word_begin =
    "start_ms:ms|offset_milliseconds:ms|start|start_time|start_timestamp.relative|start_timestamp|"
    "start_offset|start_time_offset|time_begin|data_start|begin|ts|offset";
inline constexpr Keys word_end =
    "end_ms:ms|end|end_time|end_timestamp.relative|end_timestamp|end_offset|end_time_offset|"
    "time_end|data_end|end_ts|+duration_milliseconds:ms|+duration";
inline constexpr Keys word_speaker =
    "speaker|speaker_label|speaker_tag|speaker_id|alternatives.0.speaker|channel_label";

}  // namespace keys

struct Vendor {
  std::string_view format;  // Transcript::source_format
  std::string_view list;    // path of the list; empty if the document is the list
  std::string_view marks;   // keys of an element by which the list is known, with spaces between
  std::string_view needs = {};  // the same for keys of the object that has the list
  Keys speaker = keys::speaker;
  Keys id = keys::id;  // an identifier that stands for the speaker where no name is given
  Keys text = keys::text;
  Keys begin = keys::begin;
  Keys end = keys::end;
  Keys channel = "channel|channel_index|channelTag|channel_tag|media_channel";
  Keys words = "words";  // a list of words (or sentences) in each turn
  Keys word = keys::word;
  Keys word_begin = keys::word_begin;
  Keys word_end = keys::word_end;
  Keys word_speaker = keys::word_speaker;
  std::string_view labels = {};    // path of a list that gives speakers to words by their begin
  std::string_view duration = {};  // key of the object that has the list, with its unit
  bool list_of_words = false;      // each element of the list is one word
  bool weak_names = false;         // it is a conversation only if speakers recur
  bool corpus = false;             // texts have noise marks and spaces before punctuation
};

// In the order in which they are tried: the most particular first.
std::span<const Vendor> vendors();

// Keys beneath which a conversation may be wrapped.
std::span<const std::string_view> wrappers();

// Whether what this key has is not speech although it may look like it, such as action items.
bool is_beside_conversation(std::string_view key);

}  // namespace saleschecklist::transcript

#endif
