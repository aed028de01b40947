"""The replies of recognisers, which hear call.m4a in whatever is sent, and of voices."""

import base64

from call import LINES, SECONDS, TEXT, TIMES, name

def spoken():
    """Yields (index of the line, word, begin, end) in seconds; the words of a line are equally long."""
    for index, ((_, text), (begin, end)) in enumerate(zip(LINES, TIMES)):
        words = text.split()
        step = (end - begin) / len(words) / 1000
        for n, word in enumerate(words):
            yield index, word, round(begin / 1000 + n * step, 3), round(begin / 1000 + (n + 0.9) * step, 3)


def bare(word):
    return word.strip(".,?").lower()


def transcription(fields):
    seconds, audio = 53, 10 * 53
    tokens = {"type": "tokens", "input_tokens": audio, "output_tokens": len(TEXT) // 4, "total_tokens": audio +
              len(TEXT) // 4, "input_token_details": {"audio_tokens": audio, "text_tokens": 0}}
    kind = fields["response_format"]
    if kind == "json":
        languages = {"languages": [{"code": "en"}]} if fields["model"] == "gpt-transcribe" else {}
        return {"text": TEXT, "usage": tokens, "logprobs": None} | languages
    if kind == "diarized_json":
        return {"task": "transcribe", "duration": SECONDS, "text": TEXT, "usage": tokens, "segments": [
            {"type": "transcript.text.segment", "id": f"seg_{n}", "speaker": "AB"[n % 2], "text": f" {text}",
             "start": begin / 1000, "end": end / 1000}
            for n, ((_, text), (begin, end)) in enumerate(zip(LINES, TIMES))]}
    return {"task": "transcribe", "language": "english", "duration": 52.88999938964844, "text": TEXT,
            "usage": {"type": "duration", "seconds": seconds},
            "words": [{"word": bare(word), "start": begin, "end": end} for _, word, begin, end in spoken()],
            "segments": [{"id": n, "seek": 0 if begin < 30000 else 2935, "start": begin / 1000, "end": end / 1000,
                          "text": f" {text}", "tokens": [50364, 2421, 11, 50564], "temperature": 0.0,
                          "avg_logprob": -0.21, "compression_ratio": 1.61, "no_speech_prob": 0.013}
                         for n, ((_, text), (begin, end)) in enumerate(zip(LINES, TIMES))]}


def scribe():
    words, before = [], None
    for index, word, begin, end in spoken():
        who = {"speaker_id": ("agent", "customer")[index % 2], "characters": None}
        if before:
            words.append({"text": " ", "start": before, "end": begin, "type": "spacing", "logprob": 0.0} | who)
        words.append({"text": word, "start": begin, "end": end, "type": "word", "logprob": -0.08} | who)
        before = end
    return {"language_code": "eng", "language_probability": 0.99, "text": TEXT, "words": words, "channel_index": None,
            "additional_formats": None, "transcription_id": name("scribe", 20), "entities": None,
            "audio_duration_secs": SECONDS}


def deepgram():
    words = [{"word": bare(word), "start": begin, "end": end, "confidence": 0.99, "speaker": index % 2,
              "speaker_confidence": 0.83, "punctuated_word": word} for index, word, begin, end in spoken()]
    lines = [index for index, *_ in spoken()]
    utterances = [{"start": begin / 1000, "end": end / 1000, "confidence": 0.98, "channel": 0, "transcript": text,
                   "words": [word for line, word in zip(lines, words) if line == n], "speaker": n % 2,
                   "id": name(["utterance", n], 32)} for n, ((_, text), (begin, end)) in enumerate(zip(LINES, TIMES))]
    heard = {"transcript": TEXT, "confidence": 0.99, "words": words}
    model = name("nova", 32)
    metadata = {"transaction_key": "deprecated", "request_id": name("deepgram", 32), "sha256": name("sound", 64),
                "created": "2026-12-01T00:00:00.000Z", "duration": SECONDS, "channels": 1, "models": [model],
                "model_info": {model: {"name": "general-nova-3", "version": "2026-08-14.0", "arch": "nova-3"}},
                "diarize_info": {"model_uuid": name("diarize", 32), "arch": "v2"}}
    return {"metadata": metadata,
            "results": {"channels": [{"alternatives": [heard], "detected_language": "en", "language_confidence": 0.99}],
                        "utterances": utterances}}


# What a transcript of AssemblyAI has beside what was asked for.
NULLS = """audio_channels audio_duration audio_end_at audio_start_from auto_highlights auto_highlights_result
boost_param chapters confidence content_safety content_safety_confidence content_safety_labels custom_spelling
domain entities entity_detection error iab_categories iab_categories_result keyterms_prompt keyterms_prompt_options
language_codes language_confidence language_confidence_threshold language_detection_options
language_detection_results metadata prompt redact_pii_audio redact_pii_audio_options redact_pii_audio_quality
redact_pii_policies redact_pii_return_unredacted redact_pii_sub remove_audio_tags sentiment_analysis
sentiment_analysis_results speaker_options speakers_expected speech_model speech_model_used speech_threshold
speech_understanding summary summary_model summary_type temperature text translated_texts unredacted_text
unredacted_utterances unredacted_words utterances webhook_auth_header_name webhook_auth_header_value
webhook_status_code webhook_url word_boost words"""


def assemblyai(request, status):
    out = dict.fromkeys(NULLS.split()) | request | {
        "id": name("transcript", 32), "status": status, "language_code": None, "punctuate": True, "format_text": True,
        "dual_channel": False, "multichannel": None, "webhook_auth": False, "filter_profanity": False,
        "redact_pii": False, "disfluencies": False, "auto_chapters": False, "summarization": False}
    if status != "completed":
        return out
    words = [(index, {"text": word, "start": round(begin * 1000), "end": round(end * 1000), "confidence": 0.99,
                      "speaker": "AB"[index % 2]}) for index, word, begin, end in spoken()]
    utterances = [{"speaker": "AB"[n % 2], "text": text, "confidence": 0.98, "start": begin, "end": end,
                   "words": [word for index, word in words if index == n]}
                  for n, ((_, text), (begin, end)) in enumerate(zip(LINES, TIMES))]
    return out | {"text": TEXT, "words": [word for _, word in words], "utterances": utterances, "confidence": 0.98,
                  "audio_duration": 53, "language_code": "en_us", "language_confidence": 0.99,
                  "speech_model_used": request["speech_models"][0]}


# Voices: half a second of MP3 that is silent.

SILENCE = (b"\xff\xfb\x90\xc4" + bytes(413)) * 20


def with_timestamps(text):
    said = text.replace("$50,000", "fifty thousand dollars")

    def alignment(characters):
        times = [round(n * 0.07, 3) for n in range(len(characters) + 1)]
        return {"characters": list(characters), "character_start_times_seconds": times[:-1],
                "character_end_times_seconds": times[1:]}

    return {"audio_base64": base64.b64encode(SILENCE).decode(), "alignment": alignment(text),
            "normalized_alignment": alignment(said)}
