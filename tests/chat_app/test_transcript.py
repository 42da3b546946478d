"""Speeches and articles cut into sentences, each with its kind, speaker and place."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_app.transcript import PieceKind, kind_of, read_transcript
from indexer.markup import normalise

SPEECH = """MODERATOR: Selamat pagi, hadirin sekalian. Hari ini kita membahas banjir di kota.
Siapa yang membangun tanggul itu?
DR. SITI RAHMA (BPBD): Tanggul sungai dibangun pada 1987 oleh pemerintah kota. Menurut saya tanggul itu terlalu rendah.
Terima kasih.

Bapak Budi: Air naik dua meter dalam semalam.
Benar sekali.
"""
PIECES = (
    "Ani: ",
    "ANI (ibu):",
    "Air naik. ",
    "Why? ",
    "\n",
    "\r\n",
    "\t",
    ":",
    " ",
    "<!--",
    "-->",
    "\u200b",
    "\u2028",
    "Dr. ",
)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Harga beras naik lima persen.", PieceKind.CLAIM),
        ("The bridge was built in 1998.", PieceKind.CLAIM),
        ("Kami membangun 40 sekolah tahun lalu.", PieceKind.CLAIM),
        ("We built 40 schools last year.", PieceKind.CLAIM),
        ("Apa yang terjadi kemarin adalah banjir besar.", PieceKind.CLAIM),
        ("What happened yesterday was a flood.", PieceKind.CLAIM),
        ("Apakah harga beras naik?", PieceKind.QUESTION),
        ("Bagaimana cara membuat roti", PieceKind.QUESTION),
        ("Why did prices rise?", PieceKind.QUESTION),
        ("Who built it", PieceKind.QUESTION),
        ("The mayor opened the market, didn't he?”", PieceKind.QUESTION),
        ("Selamat malam.", PieceKind.GREETING),
        ("Terima kasih atas undangannya.", PieceKind.GREETING),
        ("Para wartawan yang saya hormati, mari kita mulai.", PieceKind.GREETING),
        ("Good morning, everyone.", PieceKind.GREETING),
        ("Thank you for coming tonight.", PieceKind.GREETING),
        ("Ladies and gentlemen, let us begin.", PieceKind.GREETING),
        ("Saya yakin harga akan turun.", PieceKind.OPINION),
        ("Menurut kami jalan itu sempit.", PieceKind.OPINION),
        ("Semoga hujan segera turun.", PieceKind.OPINION),
        ("Mari kita jaga sungai ini.", PieceKind.OPINION),
        ("Kami akan membangun 40 sekolah.", PieceKind.OPINION),
        ("I think prices will fall next year.", PieceKind.OPINION),
        ("In my view the road is narrow.", PieceKind.OPINION),
        ("We should plant more trees.", PieceKind.OPINION),
        ("We will build 40 schools.", PieceKind.OPINION),
        ("Ya.", PieceKind.FRAGMENT),
        ("Benar sekali.", PieceKind.FRAGMENT),
        ("Not really.", PieceKind.FRAGMENT),
        ("", PieceKind.FRAGMENT),
        (" \n ", PieceKind.FRAGMENT),
    ],
)
def test_kinds(sentence: str, kind: PieceKind) -> None:
    """Questions, greetings, opinions and promises state nothing that documents could bear out."""
    assert kind_of(sentence) is kind


@pytest.mark.parametrize("sentence", ["Apakah harga\nberas naik?", "Harga  beras\tnaik lima persen."])
def test_a_kind_does_not_depend_on_spaces(sentence: str) -> None:
    """A line break inside a sentence changes nothing."""
    assert kind_of(sentence) is kind_of(" ".join(sentence.split()))


def test_a_speech_is_read_in_order() -> None:
    """Each sentence has its speaker, who stays until another one speaks, its line and its kind."""
    found = [(p.speaker, p.line, p.kind.value, p.text) for p in read_transcript(SPEECH).pieces]
    assert found == [
        ("MODERATOR", 1, "greeting", "Selamat pagi, hadirin sekalian."),
        ("MODERATOR", 1, "claim", "Hari ini kita membahas banjir di kota."),
        ("MODERATOR", 2, "question", "Siapa yang membangun tanggul itu?"),
        ("DR. SITI RAHMA", 3, "claim", "Tanggul sungai dibangun pada 1987 oleh pemerintah kota."),
        ("DR. SITI RAHMA", 3, "opinion", "Menurut saya tanggul itu terlalu rendah."),
        ("DR. SITI RAHMA", 4, "greeting", "Terima kasih."),
        ("Bapak Budi", 6, "claim", "Air naik dua meter dalam semalam."),
        ("Bapak Budi", 7, "fragment", "Benar sekali."),
    ]


def test_only_claims_are_checked() -> None:
    """The claims are the pieces of that kind, in order."""
    transcript = read_transcript(SPEECH)
    assert [piece.line for piece in transcript.claims] == [1, 3, 6]
    assert all(piece.kind is PieceKind.CLAIM for piece in transcript.claims)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Anna Weber: The bridge was built in 1998.", "Anna Weber"),
        ("  Anna  Weber : The bridge was built in 1998.", "Anna Weber"),
        ("ANNA WEBER (Mayor): The bridge was built in 1998.", "ANNA WEBER"),
        ("H. Ma’ruf: Jembatan itu dibangun pada 1998.", "H. Ma’ruf"),
        ("\ufeffAni: Jembatan itu dibangun pada 1998.", "Ani"),
        ("The bridge was built in 1998.", None),
        ("anna: the bridge was built in 1998.", None),
        ("Anna:the bridge was built in 1998.", None),
        ("12: the bridge was built in 1998.", None),
        ("The mayor, who opened it, said this: the bridge was built in 1998.", None),
    ],
)
def test_speakers(text: str, speaker: str | None) -> None:
    """A name with a colon at the head of a line speaks; what comes before it is nobody's."""
    (piece,) = read_transcript(text).pieces
    assert piece.speaker == speaker
    assert piece.text.endswith("in 1998.") or piece.text.endswith("pada 1998.")


def test_what_stands_before_the_first_speaker_is_nobodys() -> None:
    """A heading before the first name has no speaker."""
    pieces = read_transcript("Rapat warga di balai desa kemarin.\nAni: Air naik dua meter semalam.").pieces
    assert [(piece.speaker, piece.line) for piece in pieces] == [(None, 1), ("Ani", 2)]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "Ani: ", "\u200b", "<!-- Ani: halo -->"])
def test_nothing_said(text: str) -> None:
    """A text without sentences has no pieces."""
    assert read_transcript(text).pieces == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_in_any_notation(end: str) -> None:
    """Line ends of any system count once."""
    text = f"Air naik dua meter semalam.{end}{end}Pasar kota dibuka pagi ini."
    assert [piece.line for piece in read_transcript(text).pieces] == [1, 3]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_pieces_are_slices(text: str) -> None:
    """A piece is exactly what stands at its place, on its line; pieces follow each other and never overlap."""
    transcript = read_transcript(text)
    assert transcript.text == normalise(text)
    at = 0
    for piece in transcript.pieces:
        assert transcript.text[piece.start : piece.end] == piece.text
        assert piece.text.strip()
        assert piece.start >= at
        at = piece.end
        assert piece.line == transcript.text[: piece.start].count("\n") + 1
        assert piece.kind is kind_of(piece.text)
        assert piece.speaker is None or piece.speaker.strip()


@given(
    st.lists(
        st.sampled_from(("Air naik dua meter semalam.", "Why did it rain?", "The market is open today.")), max_size=6
    )
)
def test_no_sentence_is_lost(sentences: list[str]) -> None:
    """Sentences on lines of their own all come back."""
    assert [piece.text for piece in read_transcript("\n".join(sentences)).pieces] == sentences


@pytest.mark.parametrize(
    "piece", ["Ani: ", "Ani: Air naik.\n", "A", "A ", "A. ", "(", ":", "\n", " ", "Apa ", "para a ", "<!--"]
)
def test_takes_time_in_proportion(piece: str) -> None:
    """Twenty thousand characters are read at once."""
    started = time.perf_counter()
    read_transcript(piece * (20_000 // len(piece)))
    assert time.perf_counter() - started < 3
