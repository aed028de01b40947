#include "transcript/readers/formats.hpp"

#include <algorithm>
#include <array>

namespace saleschecklist::transcript {
namespace {

using enum Family;

constexpr auto table_of_formats = std::to_array<Format>({
    {"webvtt", subtitles, "Zoom, Microsoft Teams, Google Meet and most tools",
     "`<v Name>words`, `Name: words`, `[Name] words`, `>>` or dashes in the cues of a WebVTT file"},
    {"webex_vtt", subtitles, "Webex", "WebVTT with `1 \"Name\" (352)` as the identifier of a cue"},
    {"srt", subtitles, "subtitle editors, Premiere, WhisperX", "SubRip with the same labels"},
    {"sbv", subtitles, "YouTube", "SubViewer: `0:00:03.000,0:00:07.500`"},
    {"ttml", subtitles, "broadcasters, Microsoft Stream", "TTML, with agents or labels"},
    {"srv1", subtitles, "YouTube", "`<transcript><text start= dur=>`"},
    {"srv2", subtitles, "YouTube", "`<timedtext><text t= d=>`"},
    {"srv3", subtitles, "YouTube", "`<timedtext format=\"3\"><p t= d=>`"},
    {"ass", subtitles, "Aegisub", "SubStation Alpha, with the Name column as the speaker"},
    {"lrc", subtitles, "lyrics editors", "`[00:03.50]words`"},
    {"csv", table, "spreadsheets",
     "columns of words and of speakers or times, with commas or semicolons, named or not"},
    {"tsv", table, "spreadsheets, Whisper, Audacity", "the same with tabs"},
    {"markdown_table", table, "Notion and other editors", "`| Time | Speaker | Text |`"},
    {"text", text, "people and many tools",
     "`Name: words`, `[0:03] Name: words`, `Name [0:03]: words`, `[Name] words`, `Name | words`, "
     "`Name - words`, `0:03 <tab> Name <tab> words`, or a name on a line of its own"},
    {"markdown", text, "Granola, Notion",
     "the same in Markdown: `**Name:** words`, `## Name (0:03)`"},
    {"otter", text, "Otter", "`Name  0:03` above the words"},
    {"teams_text", text, "Microsoft Teams",
     "`Name   0:03`, `Name 0 minutes 3 seconds` or `0:0:3.0 --> 0:0:7.5` above the words"},
    {"zoom_captions", text, "Zoom", "`[Name] 10:03:05` above the words"},
    {"zoom_chat", text, "Zoom", "`10:03:05 From Name to Everyone: words`"},
    {"fathom_text", text, "Fathom", "`0:03 - Name (Company)` above the words"},
    {"gong_text", text, "Gong", "`0:03 | Name` above the words, with a list of participants"},
    {"chorus_text", text, "Chorus", "`Name | 0:03` above the words"},
    {"happyscribe_text", text, "Happy Scribe, Sonix", "`0:03 Name` above the words"},
    {"rev_text", text, "Rev", "`Name (0:03):` above the words"},
    {"descript_text", text, "Descript", "`Name [0:03] words`, `[0:03 - Name] words`"},
    {"descript_markdown", text, "Descript", "`**Name:** [0:03] words`"},
    {"fireflies_markdown", text, "Fireflies", "`**Name** [0:03]: words`"},
    {"pyannote_text", text, "pyannote.audio", "`[00:03.0 --> 00:07.5] SPEAKER_00: words`"},
    {"nemo_text", text, "NVIDIA NeMo", "`[00:03.0 - 00:07.5] speaker_0: words`"},
    {"whisperx_text", text, "WhisperX", "`[SPEAKER_00]: words`"},
    {"whisper_text", text, "Whisper, whisper.cpp",
     "`[00:03.000 --> 00:07.500] words`, without names"},
    {"html", document, "web pages", "the text of the page, its lines and tables as above"},
    {"xml", document, "corpora and other tools",
     "elements with a speaker and words, such as `<turn speaker=\"Name\">words</turn>`, or lines "
     "with labels between the tags"},
    {"rtf", document, "word processors", "the text of the document"},
    {"docx", document, "Microsoft Word", "the text of the document"},
    {"teams_docx", document, "Microsoft Teams", "the document that Teams gives for download"},
    {"mail", document, "mail programs",
     "the text of the mail, also of several parts, in Base64 or quoted-printable, in UTF-8, "
     "Latin-1 "
     "or Windows-1252"},
    {"qmsum", json, "QMSum", ""},
    {"aircall", json, "Aircall", ""},
    {"assemblyai", json, "AssemblyAI", ""},
    {"avoma", json, "Avoma", ""},
    {"aws_transcribe", json, "Amazon Transcribe", ""},
    {"azure_speech", json, "Azure Speech, batch and fast", ""},
    {"call_analytics", json, "Amazon Transcribe Call Analytics", ""},
    {"chorus", json, "Chorus", ""},
    {"contact_lens", json, "Amazon Connect Contact Lens", ""},
    {"deepgram", json, "Deepgram", ""},
    {"dialpad", json, "Dialpad", ""},
    {"elevenlabs", json, "ElevenLabs Scribe", ""},
    {"elevenlabs_agent", json, "ElevenLabs agents", ""},
    {"fathom", json, "Fathom", ""},
    {"fireflies", json, "Fireflies", ""},
    {"gladia", json, "Gladia", ""},
    {"gong", json, "Gong", ""},
    {"google_meet", json, "Google Meet", ""},
    {"google_speech", json, "Google Speech-to-Text, v1 and v2", ""},
    {"grain", json, "Grain", ""},
    {"gridspace", json, "Gridspace", ""},
    {"hubspot", json, "HubSpot", ""},
    {"ibm_watson", json, "IBM Watson Speech to Text", ""},
    {"meetingbaas", json, "Meeting BaaS", ""},
    {"nemo_manifest", json, "NVIDIA NeMo", ""},
    {"openai_diarized", json, "OpenAI, diarized", ""},
    {"openai_messages", json, "OpenAI messages", ""},
    {"otter", json, "Otter", ""},
    {"podcast_json", json, "the podcast namespace", ""},
    {"pyannote", json, "pyannote", ""},
    {"readai", json, "Read.ai", ""},
    {"recall", json, "Recall.ai", ""},
    {"recogniser_text", json, "recognisers without speakers", ""},
    {"retell", json, "Retell", ""},
    {"revai", json, "Rev.ai", ""},
    {"seglst", json, "SegLST of speech corpora", ""},
    {"soniox", json, "Soniox", ""},
    {"speechmatics", json, "Speechmatics", ""},
    {"teams", json, "Microsoft Teams", ""},
    {"text_json", json, "whatever has the call as one text or as lines", ""},
    {"tldv", json, "tl;dv", ""},
    {"turns_json", json, "whatever is a list of turns", ""},
    {"twilio", json, "Twilio", ""},
    {"vapi", json, "Vapi", ""},
    {"webex", json, "Webex", ""},
    {"whisper", json, "Whisper, OpenAI, faster-whisper", ""},
    {"whispercpp", json, "whisper.cpp", ""},
    {"whisperx", json, "WhisperX", ""},
});

}  // namespace

std::span<const Format> formats() { return table_of_formats; }

std::string_view tool_of(std::string_view name) {
  const auto *found = std::find_if(table_of_formats.begin(), table_of_formats.end(),
                                   [&](const Format &format) { return format.name == name; });
  return found == table_of_formats.end() ? name : found->tool;
}

}  // namespace saleschecklist::transcript
