"""Bytes, text or a file; any script; nothing, and very much."""

from pathlib import Path

import pytest
import saleschecklist as sc

TALK = "Dana: How much do you lose?\nCarl: We lose 40k a month 😀.\nDana: שלום, مرحبا, naïve.\n"


def test_bytes_text_and_file_give_the_same_transcript(tmp_path: Path) -> None:
    file = tmp_path / "call.txt"
    file.write_bytes(TALK.encode())
    from_text = sc.read_transcript(TALK, rep_names=["Dana"])
    assert from_text.utterances[1].text == "We lose 40k a month 😀."
    assert from_text.utterances[2].text == "שלום, مرحبا, naïve."
    assert from_text.role_source is sc.RoleSource.GIVEN
    for data in (TALK.encode(), bytearray(TALK.encode()), memoryview(TALK.encode()), file):
        assert sc.read_transcript(data, rep_names=iter(["Dana"])) == from_text
    utf16 = sc.read_transcript(TALK.encode("utf-16"), rep_names=["Dana"])
    assert utf16.utterances == from_text.utterances


def test_a_str_is_the_text_and_not_a_file(calls: Path) -> None:
    assert sc.read_transcript(f"Dana: {calls}").utterances[0].text == str(calls)


def test_a_file_that_cannot_be_read_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        sc.analyze(tmp_path / "none.vtt")
    assert caught.value.filename == str(tmp_path / "none.vtt")
    assert not isinstance(caught.value, sc.Error)
    with pytest.raises(IsADirectoryError):
        sc.read_transcript(tmp_path)


@pytest.mark.parametrize("data", ["", b"", " \n\t", "\ufeff"])
def test_nothing_is_refused(data: bytes | str) -> None:
    with pytest.raises(sc.InvalidInput):
        sc.read_transcript(data)


def test_a_zero_byte_is_refused_in_a_file_and_kept_in_a_quote(call: sc.Transcript) -> None:
    with pytest.raises(sc.InvalidInput, match="zero byte"):
        sc.read_transcript("Dana: Hi.\nCarl: H\x00i.\n")
    (verdict,) = sc.verify(call, ["never\x00said"])
    assert verdict.evidence is None and verdict.rejected is not None
    assert verdict.rejected.quote == "never\x00said"
    rejected = sc.Response(item_id="x", rejected_evidence=(verdict.rejected,))
    assert sc.responses_from_json(sc.responses_to_json([rejected]))[0] == rejected


def test_text_of_every_script_comes_back_unchanged() -> None:
    spoken = "We lose 40k 🙂🏽 a month — שלום مرحبا 日本語 n̈aïve 𝔘𝔫𝔦"
    call = sc.read_transcript(f"Élodie: {spoken}\nDana: Why?")
    assert call.utterances[0].text == spoken
    assert sc.Transcript.from_json(call.to_json()) == call
    (verdict,) = sc.verify(call, ["a month — שלום مرحبا 日本語"])
    evidence = verdict.evidence
    assert evidence is not None
    assert spoken.encode()[evidence.begin : evidence.end].decode() == evidence.quote


def test_a_very_long_call_is_read_and_scored() -> None:
    lines = [f"{'Dana' if i % 2 else 'Carl'}: We lose {i} thousand a month." for i in range(20_000)]
    report = sc.analyze("\n".join(lines), sc.Checklist.ten_point(), rep_names=["Dana"])
    assert len(report.transcript.utterances) == 20_000
    assert report.metrics.words == 6 * 20_000
    assert len(repr(report)) < 120
