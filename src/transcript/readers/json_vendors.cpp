#include "transcript/readers/json_vendors.hpp"

#include "base/ascii.hpp"
#include "transcript/readers/json_keys.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace saleschecklist::transcript {
namespace {

constexpr Keys none = {};

constexpr auto table = std::to_array<Vendor>({
    {.format = "qmsum",
     .list = "meeting_transcripts",
     .marks = "",
     .speaker = "speaker",
     .text = "content|text",
     .corpus = true},
    // Meeting assistants
    {.format = "fireflies", .list = "sentences", .marks = "speaker_name|speaker_id text|raw_text"},
    {.format = "fireflies",
     .list = "",
     .marks = "sentence speaker_name|speaker_id",
     .text = "sentence"},
    {.format = "fathom", .list = "transcript", .marks = "speaker.display_name text timestamp"},
    {.format = "readai",
     .list = "speaker_blocks",
     .marks = "words",
     .begin = "start_time:ms",
     .end = "end_time:ms"},
    {.format = "grain",
     .list = "",
     .marks = "participant_id text start end speaker",
     .begin = "start:ms",
     .end = "end:ms"},
    {.format = "tldv", .list = "data", .marks = "speaker text startTime"},
    {.format = "gong",
     .list = "transcript",
     .marks = "speakerId sentences",
     .speaker = none,
     .text = none,
     .begin = none,
     .end = none,
     .words = "sentences",
     .word_begin = "start:ms",
     .word_end = "end:ms"},
    {.format = "recall",
     .list = "",
     .marks = "participant words.0.text",
     .speaker = "participant.name",
     .text = none},
    {.format = "recall", .list = "", .marks = "speaker words.0.start_timestamp", .text = none},
    {.format = "meetingbaas", .list = "result.utterances", .marks = "text", .needs = "bot_id"},
    {.format = "meetingbaas", .list = "transcripts", .marks = "speaker words.0", .text = none},
    {.format = "meetingbaas",
     .list = "transcript",
     .marks = "speaker words.0.word|words.0.text",
     .needs = "bot_id",
     .text = none},
    {.format = "teams", .list = "entries", .marks = "speakerDisplayName text startOffset"},
    {.format = "otter",
     .list = "transcripts",
     .marks = "transcript start_offset speaker_id|speaker_name",
     .begin = "start_offset:samples",
     .end = "end_offset:samples"},
    {.format = "google_meet",
     .list = "transcriptEntries",
     .marks = "participant text",
     .speaker = "participant"},
    {.format = "webex",
     .list = "items",
     .marks = "text person_name offset_millisecond|duration_millisecond"},
    {.format = "avoma",
     .list = "transcript",
     .marks = "transcript speaker_id timestamps",
     .begin = "timestamps.0"},
    {.format = "chorus",
     .list = "utterances",
     .marks = "snippet speaker_name|speaker_type",
     .text = "snippet",
     .begin = "snippet_time"},
    {.format = "aircall", .list = "utterances", .marks = "text participant_type start_time"},
    {.format = "hubspot", .list = "transcriptUtterances", .marks = "text speaker"},
    {.format = "dialpad", .list = "lines", .marks = "content name|user_id time type"},
    // Contact centres and voice agents
    {.format = "contact_lens",
     .list = "Transcript",
     .marks = "ParticipantId Content",
     .speaker = "DisplayName|ParticipantId"},
    {.format = "contact_lens",
     .list = "Segments",
     .marks = "Transcript.Content",
     .speaker = "Transcript.DisplayName|Transcript.ParticipantRole|Transcript.ParticipantId",
     .id = none,
     .text = "Transcript.Content",
     .begin = "Transcript.BeginOffsetMillis:ms",
     .end = "Transcript.EndOffsetMillis:ms"},
    {.format = "call_analytics", .list = "Transcript", .marks = "ParticipantRole Content"},
    {.format = "twilio", .list = "sentences", .marks = "media_channel transcript"},
    {.format = "vapi",
     .list = "messages",
     .marks = "role secondsFromStart",
     .text = "message|content",
     .begin = "secondsFromStart",
     .end = "+duration:ms"},
    {.format = "retell", .list = "transcript_object", .marks = "role content"},
    {.format = "elevenlabs_agent", .list = "transcript", .marks = "role time_in_call_secs"},
    {.format = "gridspace",
     .list = "",
     .marks = "human_transcript offset_ms",
     .speaker = "speaker_role",
     .text = "human_transcript"},
    // Recognisers
    {.format = "aws_transcribe",
     .list = "results.audio_segments",
     .marks = "transcript speaker_label",
     .text = "transcript"},
    {.format = "aws_transcribe",
     .list = "results.items",
     .marks = "type alternatives",
     .labels = "results.speaker_labels.segments",
     .list_of_words = true},
    {.format = "azure_speech",
     .list = "recognizedPhrases",
     .marks = "nBest",
     .text = "nBest.0.display|nBest.0.lexical",
     .begin = "offsetInTicks:ticks|offset",
     .end = "+durationInTicks:ticks|+duration",
     .words = none,
     .duration = "durationInTicks:ticks"},
    {.format = "azure_speech",
     .list = "phrases",
     .marks = "offsetMilliseconds text",
     .words = none,
     .duration = "durationMilliseconds:ms"},
    {.format = "google_speech",
     .list = "results",
     .marks = "alternatives.0.words.0.startTime|alternatives.0.words.0.endTime|"
              "alternatives.0.words.0.startOffset|alternatives.0.words.0.endOffset|"
              "alternatives.0.words.0.start_time|alternatives.0.words.0.end_time|"
              "alternatives.0.words.0.start_offset|alternatives.0.words.0.end_offset",
     .speaker = none,
     .text = "alternatives.0.transcript",
     .begin = none,
     .end = none,
     .words = "alternatives.0.words"},
    {.format = "ibm_watson",
     .list = "results",
     .marks = "alternatives.0.timestamps",
     .speaker = none,
     .text = "alternatives.0.transcript",
     .words = "alternatives.0.timestamps",
     .word = "0",
     .word_begin = "1",
     .word_end = "2",
     .labels = "speaker_labels"},
    {.format = "recogniser_text",
     .list = "results",
     .marks = "alternatives.0.transcript",
     .text = "alternatives.0.transcript"},
    {.format = "speechmatics",
     .list = "results",
     .marks = "type alternatives.0.content",
     .list_of_words = true},
    {.format = "gladia", .list = "transcription.utterances", .marks = "text"},
    {.format = "gladia",
     .list = "prediction",
     .marks = "transcription time_begin",
     .text = "transcription"},
    {.format = "gladia", .list = "utterances", .marks = "text channel confidence language"},
    {.format = "soniox", .list = "tokens", .marks = "text start_ms", .list_of_words = true},
    {.format = "revai",
     .list = "monologues",
     .marks = "elements",
     .text = none,
     .words = "elements"},
    {.format = "assemblyai",
     .list = "utterances",
     .marks = "text",
     .needs = "audio_duration|language_code|status",
     .begin = "start:ms",
     .end = "end:ms",
     .words = none,
     .duration = "audio_duration"},
    {.format = "assemblyai",
     .list = "utterances",
     .marks = "text words|confidence",
     .begin = "start:ms",
     .end = "end:ms",
     .words = none},
    {.format = "whispercpp",
     .list = "transcription",
     .marks = "text offsets|timestamps",
     .begin = "offsets.from:ms|timestamps.from",
     .end = "offsets.to:ms|timestamps.to"},
    {.format = "podcast_json", .list = "segments", .marks = "body startTime", .text = "body"},
    {.format = "whisper", .list = "segments", .marks = "text", .duration = "duration"},
    {.format = "whisper", .list = "", .marks = "text avg_logprob"},
    {.format = "whisper", .list = "chunks", .marks = "text timestamp"},
    {.format = "whisperx", .list = "word_segments", .marks = "word", .list_of_words = true},
    // Corpora
    {.format = "nemo_manifest", .list = "", .marks = "audio_filepath text"},
    {.format = "seglst", .list = "", .marks = "speaker words start_time", .text = "words"},
    {.format = "seglst", .list = "segments", .marks = "speaker words start_time", .text = "words"},
    {.format = "pyannote", .list = "turnLevelTranscription", .marks = "text speaker"},
    // Whatever is a list of turns
    {.format = "openai_messages", .list = "messages", .marks = "role content"},
    {.format = "turns_json",
     .list = "",
     .marks = "speaker|speaker_name|participant words.0.text|words.0.word",
     .text = none},
    {.format = "turns_json", .list = "", .marks = keys::text, .weak_names = true, .corpus = true},
});

constexpr Keys wrapper_keys =
    "data|result|results|response|transcript|transcription|artifact|call|meeting|"
    "conversation|recording|output|payload|body|bot_data|items|calls|meetings|"
    "transcripts|recordings|conversations|callTranscripts|utterances|turns|messages|"
    "segments|sentences|entries|lines|dialogue|dialog|paragraphs|captions|cues|"
    "monologues|content|chunks|events|phrases|blocks|exchanges|records|subtitles|"
    "speeches|talk|chat|history|segment_list|diarization|script|statements|rows";

constexpr Keys beside_keys =
    "action_items|actionitems|summary|summaries|chapters|chapter_summaries|highlights|"
    "questions|key_questions|notes|topics|keywords|comments|tasks|outline|next_steps|"
    "bookmarks|fields|properties|metadata|attendees|participants|speakers|parties|"
    "default_summary|bullets|sections|tags|words|tokens|trackers|topic_list|"
    "specific_query_list|general_query_list";

}  // namespace

std::span<const Vendor> vendors() { return table; }

std::span<const std::string_view> wrappers() {
  static const std::vector<std::string_view> list = split(wrapper_keys, '|');
  return list;
}

bool is_beside_conversation(std::string_view key) {
  static const std::vector<std::string_view> list = split(beside_keys, '|');
  const std::string lower = base::ascii_lower(key);
  return std::find(list.begin(), list.end(), std::string_view(lower)) != list.end();
}

}  // namespace saleschecklist::transcript
