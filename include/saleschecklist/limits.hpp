// What the library accepts at most, from files, services, stores and hosts.
//
// Each limit is checked before memory is taken for what exceeds it. Input over a limit of a file or
// a service fails with invalid_input, input over one of a parameter with invalid_argument; the
// message names the limit and what was found. All are far above what conversations need, so that
// only broken or hostile input meets them; together they bound the time and the memory that one
// call can take.
//
// How a host changes them: ReadOptions::most_bytes, Budget, NetworkOptions and
// HttpRequest::most_bytes are set per call or per service. The other limits are constants, since
// what is stored under them has to remain readable everywhere: a host that accepts less checks the
// size of its input before the call, and one that needs more builds the library with another value
// here.
#ifndef SALESCHECKLIST_LIMITS_HPP
#define SALESCHECKLIST_LIMITS_HPP

#include <cstddef>
#include <cstdint>

namespace saleschecklist::limits {

// Files that are read at once: 25 times the most verbose transcript of an hour that is known.
inline constexpr std::size_t file_bytes = std::size_t{256} << 20;

// Transcripts. Reading takes at most 15 times the bytes of a file as meeting tools and recognisers
// write them, and up to 300 bytes for each line, cue and utterance of one in which these are short;
// analysing one takes up to 100 times the bytes of its longest utterance for as long as that lasts.
inline constexpr std::size_t transcript_bytes = std::size_t{64} << 20;  // ReadOptions::most_bytes
inline constexpr std::size_t transcript_lines = 1'000'000;  // subtitles have some 4,000 an hour
inline constexpr std::size_t transcript_cues = 1'000'000;   // a recogniser's words, 10,000 an hour
inline constexpr std::size_t utterances = 500'000;          // 250 hours with one each two seconds
inline constexpr std::size_t speakers = 10'000;             // more than any meeting has
inline constexpr std::size_t utterance_bytes = std::size_t{10} << 20;  // a week of one speaker
inline constexpr std::size_t document_bytes = std::size_t{64} << 20;   // a part of DOCX, unpacked
inline constexpr std::size_t xml_levels = 64;  // elements within elements, as programs write them
inline constexpr int mail_levels = 5;          // parts within parts of a mail (MIME)

// JSON from anywhere. Values are what takes memory: some 60 bytes each.
inline constexpr std::size_t json_levels = 100;
inline constexpr std::size_t json_values = 10'000'000;
// Members of one object of a service's reply. The library that parses it looks through all members
// for each new one.
inline constexpr std::size_t reply_members = 5'000;

// Checklists and cues. Concepts stand for all of their phrases wherever they are used, so that few
// bytes can stand for any number of phrases: these are counted as they are written out.
inline constexpr std::size_t checklist_items = 10'000;  // a hundred times the built-in one
inline constexpr std::size_t cue_bytes = 500;           // one cue is a phrase of a few words
inline constexpr std::size_t cue_levels = 8;            // groups within groups of a cue
inline constexpr std::size_t cue_nodes = 10'000;        // of one cue, with its concepts written out
inline constexpr std::size_t all_cue_nodes = 1'000'000;  // of all cues of a checklist
inline constexpr std::size_t concept_levels = 16;        // concepts that use concepts

// Quotes that are offered as evidence. Repairing takes the product of the words of both sides.
inline constexpr std::size_t quote_bytes = 4'000;         // longer ones prove nothing in particular
inline constexpr std::size_t repaired_quote_words = 120;  // longer ones must stand word for word

// Replies of services.
inline constexpr std::size_t response_bytes = std::size_t{64} << 20;  // HttpRequest::most_bytes
inline constexpr std::size_t header_bytes = std::size_t{1} << 20;
inline constexpr std::size_t model_reply_bytes = 1'000'000;  // of text, ten times a full answer
inline constexpr std::size_t model_reply_entries = 1'000;    // answers in one reply

// Recordings. Sound is decoded at 16 kHz and 32 bits: a file that declares a low rate, or a long
// frame, would grow in memory (at 1 Hz, 8 kB of FLAC become 5 GB).
inline constexpr int lowest_sample_rate = 2'000;     // Hz; telephones have 8,000
inline constexpr int highest_sample_rate = 768'000;  // Hz, of studios
inline constexpr int channels = 64;                  // what the resampler of FFmpeg takes
inline constexpr int frame_seconds = 600;            // Monkey's Audio has frames of some minutes
inline constexpr int recording_hours = 48;           // a later timestamp is broken
// Bytes of sound that are decoded, for each byte of the file: a container may refer to the same
// bytes again and again.
inline constexpr std::int64_t decoded_repetitions = 4;

// Sessions and stores.
inline constexpr std::size_t record_bytes = std::size_t{64} << 20;  // the body of one record
inline constexpr std::size_t page_records = 1'000;                  // of a list, at a time
inline constexpr std::size_t name_bytes = 500;  // a customer, a deal, a representative
inline constexpr std::size_t session_id_bytes = 64;
inline constexpr std::size_t tenant_bytes = 200;
inline constexpr std::size_t reason_bytes = 2'000;  // why a person corrected an answer
inline constexpr std::size_t speaker_bytes = 200;   // a name given to a speaker afterwards
inline constexpr std::size_t corrected_text_bytes = 100'000;  // an utterance corrected by a person
inline constexpr std::size_t blob_key_bytes = 512;
inline constexpr std::int64_t lease_ms =
    86'400'000;  // a day; a worker that is gone holds it so long

}  // namespace saleschecklist::limits

#endif
