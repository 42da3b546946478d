"""Every fixed sentence that a user reads, in both languages.

Two choices of language meet here: the page's own texts follow the switch on the page, and what belongs to an
answer follows the language of its question. Both take their words from `PHRASES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from indexer.datatypes import Language


@dataclass(frozen=True, slots=True)
class AnswerPhrases:
    """What is said with an answer, in the language of its question."""

    not_in_sources: str
    small_talk: str
    """To a greeting, to thanks, and to "who are you?"."""
    refusal_title: str
    refusal_related: str
    refusal_nothing: str
    confidence: str
    confidence_words: tuple[str, str, str]
    """For low, fair and high."""
    quotes_in: Mapping[Language, str]
    """Said where a source speaks another language than the question, by the source's language."""
    related: str
    values_differ: str
    value_columns: tuple[str, str, str, str]
    """Value, title, publisher, date."""
    empty_question: str
    long_question: str
    """With `{length}` and `{limit}`."""
    failed: str
    failed_why: str
    """With `{reason}`."""


@dataclass(frozen=True, slots=True)
class ExportPhrases:
    """The headings of an answer written out as Markdown, in the language of its question."""

    question: str
    answer: str
    sources: str
    related: str
    place: str
    """With `{document}`, `{page}`, `{start}` and `{end}`."""
    section: str
    confidence: str
    made_by: str


@dataclass(frozen=True, slots=True)
class ClaimPhrases:
    """What is said with a checked claim, in the language of the claim."""

    verdicts: Mapping[str, str]
    """By the verdict's value."""
    stances: Mapping[str, str]
    """By the stance's value."""
    difference: str
    """With `{claim}` and `{source}`."""
    affirmed: str
    """In the place of a denial that is not there."""
    evidence: str
    related: str
    aside: Mapping[str, str]
    """Why a sentence of a speech was not checked, by its kind's value."""
    columns: tuple[str, ...]
    """Of a transcript's table: line, speaker, claim, verdict, evidence, place, what differs."""
    place: str
    """With `{document}`, `{page}`, `{start}` and `{end}`."""
    summary: str
    """With `{claims}`, `{supported}`, `{contradicted}`, `{not_in_sources}` and `{aside}`."""
    nothing: str
    long_text: str
    """With `{length}` and `{limit}`."""
    made_by: str


@dataclass(frozen=True, slots=True)
class PagePhrases:
    """The web page's own texts, in the language chosen on the page."""

    tagline: str
    ask_tab: str
    check_tab: str
    claim_label: str
    claim_hint: str
    check: str
    checking: str
    """With `{done}` and `{total}`."""
    check_placeholder: str
    download_table: str
    language_label: str
    theme: str
    placeholder_title: str
    placeholder: str
    question_label: str
    question_hint: str
    ask: str
    searching: str
    examples: str
    new_conversation: str
    copy_answer: str
    copied: str
    download: str
    sources: str
    sources_empty: str
    sources_heading: str
    related_heading: str
    related_note: str
    document: str
    document_empty: str
    library: str
    library_note: str
    library_empty: str
    open_document: str
    open_in_document: str
    section: str
    page: str
    characters: str
    page_of: str
    """With `{page}` and `{pages}`."""
    previous_page: str
    next_page: str
    part_shown: str
    """With `{start}`, `{end}` and `{total}`: a very long page is shown in part."""
    document_missing: str
    authors: str
    publisher: str
    date: str
    language: str
    rights: str
    address: str
    language_names: Mapping[Language, str]
    months: tuple[str, ...]
    unknown: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """All texts in one language."""

    answer: AnswerPhrases
    claim: ClaimPhrases
    export: ExportPhrases
    page: PagePhrases


EXAMPLES: Mapping[Language, tuple[str, ...]] = MappingProxyType(
    {
        "id": ("Kapan UNOSSC dibentuk?", "Apa saja tantangan Kerja Sama Selatan-Selatan?"),
        "en": ("When was the Group of 77 founded?", "What are the principles of South-South cooperation?"),
    }
)
"""Questions that the page offers, whatever its language: the library answers in both."""

LANGUAGE_NAMES: Mapping[Language, str] = MappingProxyType({"id": "Indonesia", "en": "English"})
"""Each language by its own name, for the switch."""

_INDONESIAN = Phrases(
    answer=AnswerPhrases(
        not_in_sources="Sumber tidak menyebutkan jawabannya.",
        small_talk="Saya Tanya Selatan. Saya menjawab hanya dari dokumen di pustaka, dengan kutipannya. "
        "Silakan tanyakan sesuatu tentang isinya.",
        refusal_title="Tidak ada dalam sumber",
        refusal_related="Bagian yang paling dekat ditampilkan sebagai bacaan terkait, bukan sebagai jawaban.",
        refusal_nothing="Tidak ada bagian yang dekat dengan pertanyaan ini.",
        confidence="Keyakinan bahwa sumber menjawab",
        confidence_words=("rendah", "sedang", "tinggi"),
        quotes_in=MappingProxyType(
            {
                "id": "Kutipan ditampilkan dalam bahasa sumbernya: bahasa Indonesia.",
                "en": "Kutipan ditampilkan dalam bahasa sumbernya: bahasa Inggris.",
            }
        ),
        related="Terkait, bukan jawaban",
        values_differ="Sumber-sumber menyebut nilai yang berbeda",
        value_columns=("Nilai", "Sumber", "Penerbit", "Tanggal"),
        empty_question="Pertanyaannya masih kosong. Tulis dulu pertanyaan Anda.",
        long_question="Pertanyaan ini terlalu panjang: {length} karakter, paling banyak {limit}.",
        failed="Pertanyaan ini tidak dapat diproses. Coba lagi; rinciannya ada di catatan program.",
        failed_why="Pertanyaan ini tidak dapat diproses: {reason}",
    ),
    claim=ClaimPhrases(
        verdicts=MappingProxyType(
            {
                "supported": "Didukung sumber",
                "contradicted": "Dibantah sumber",
                "not_in_sources": "Tidak ada dalam sumber",
            }
        ),
        stances=MappingProxyType({"supports": "mendukung", "contradicts": "membantah"}),
        difference="klaim: {claim}; sumber: {source}",
        affirmed="tidak disangkal",
        evidence="Bukti",
        related="Terkait, tidak memutuskan klaim ini",
        aside=MappingProxyType(
            {
                "question": "pertanyaan",
                "greeting": "sapaan",
                "opinion": "pendapat atau janji",
                "fragment": "bukan kalimat",
            }
        ),
        columns=("Baris", "Pembicara", "Kalimat", "Putusan", "Bukti", "Letak", "Yang berbeda"),
        place="{document}, halaman {page}, karakter {start}–{end}",
        summary="{claims} klaim diperiksa: {supported} didukung, {contradicted} dibantah, {not_in_sources} tidak ada dalam sumber. "
        "{aside} kalimat lain tidak diperiksa.",
        nothing="Tidak ada klaim yang dapat diperiksa dalam teks ini.",
        long_text="Teks ini terlalu panjang: {length} karakter, paling banyak {limit}.",
        made_by="Dibuat dengan Tanya Selatan. Putusan dibuat mesin; baca kutipannya sebelum dipakai.",
    ),
    export=ExportPhrases(
        question="Pertanyaan",
        answer="Jawaban",
        sources="Sumber",
        related="Terkait, bukan jawaban",
        place="Letak: dokumen {document}, halaman {page}, karakter {start}–{end}",
        section="Bagian",
        confidence="Keyakinan bahwa sumber menjawab",
        made_by="Dibuat dengan Tanya Selatan. Setiap kutipan adalah salinan persis dari dokumennya.",
    ),
    page=PagePhrases(
        tagline="Jawaban tentang kerja sama Selatan-Selatan, dibuktikan dengan kutipan persis sumbernya.",
        ask_tab="Tanya",
        check_tab="Periksa klaim",
        claim_label="Klaim atau pidato",
        claim_hint="Tempel satu klaim, atau seluruh pidato atau artikel …",
        check="Periksa",
        checking="Memeriksa {done} dari {total} …",
        check_placeholder="Setiap klaim diperiksa terhadap dokumen di pustaka: didukung, dibantah, atau tidak ada dalam sumber, "
        "dengan kutipannya. Pertanyaan, sapaan, dan pendapat tidak diperiksa.",
        download_table="Unduh (.csv)",
        language_label="Bahasa halaman",
        theme="Terang / gelap",
        placeholder_title="Tanyakan sesuatu kepada sumber",
        placeholder="Setiap kalimat jawaban bernomor. Klik nomornya untuk melihat kutipannya di dokumen.",
        question_label="Pertanyaan",
        question_hint="Tanya dalam bahasa Indonesia atau Inggris …",
        ask="Tanya",
        searching="Mencari di dalam sumber …",
        examples="Contoh pertanyaan",
        new_conversation="Percakapan baru",
        copy_answer="Salin jawaban",
        copied="Tersalin",
        download="Unduh (.md)",
        sources="Sumber",
        sources_empty="Sumber untuk jawaban akan muncul di sini, lengkap dengan kutipan dan letaknya.",
        sources_heading="Sumber jawaban",
        related_heading="Terkait, bukan jawaban",
        related_note="Sumber tidak menjawab pertanyaan ini. Bagian berikut hanya membahas hal yang dekat.",
        document="Dokumen",
        document_empty="Pilih “Buka di dokumen” pada sebuah sumber, atau sebuah judul di Pustaka.",
        library="Pustaka",
        library_note="Semua jawaban berasal dari dokumen berikut, dan hanya dari sini.",
        library_empty="Pustaka masih kosong. Tambahkan dokumen, lalu jalankan `tanya index`.",
        open_document="Baca dokumen",
        open_in_document="Buka di dokumen",
        section="Bagian",
        page="Halaman",
        characters="karakter",
        page_of="Halaman {page} dari {pages}",
        previous_page="Sebelumnya",
        next_page="Berikutnya",
        part_shown="Halaman ini sangat panjang; yang tampil karakter {start}–{end} dari {total}.",
        document_missing="Dokumen atau halaman ini tidak ada di pustaka.",
        authors="Penulis",
        publisher="Penerbit",
        date="Tanggal",
        language="Bahasa",
        rights="Hak",
        address="Alamat",
        language_names=MappingProxyType({"id": "Indonesia", "en": "Inggris"}),
        months=(
            "Januari",
            "Februari",
            "Maret",
            "April",
            "Mei",
            "Juni",
            "Juli",
            "Agustus",
            "September",
            "Oktober",
            "November",
            "Desember",
        ),
        unknown="tidak diketahui",
    ),
)

_ENGLISH = Phrases(
    answer=AnswerPhrases(
        not_in_sources="The sources do not say.",
        small_talk="I am Tanya Selatan. I answer from the documents in the library only, with their quotations. "
        "Ask me something about what they say.",
        refusal_title="Not in the sources",
        refusal_related="The nearest passages are shown as related reading, not as an answer.",
        refusal_nothing="No passage comes close to this question.",
        confidence="Confidence that the sources answer this",
        confidence_words=("low", "fair", "high"),
        quotes_in=MappingProxyType(
            {
                "id": "Quotations are shown in the language of their source: Indonesian.",
                "en": "Quotations are shown in the language of their source: English.",
            }
        ),
        related="Related, not an answer",
        values_differ="The sources give different values",
        value_columns=("Value", "Source", "Publisher", "Date"),
        empty_question="The question is still empty. Write your question first.",
        long_question="This question is too long: {length} characters, the most is {limit}.",
        failed="This question could not be processed. Try again; the program's log has the details.",
        failed_why="This question could not be processed: {reason}",
    ),
    claim=ClaimPhrases(
        verdicts=MappingProxyType(
            {
                "supported": "Supported by the sources",
                "contradicted": "Contradicted by the sources",
                "not_in_sources": "Not in the sources",
            }
        ),
        stances=MappingProxyType({"supports": "supports", "contradicts": "contradicts"}),
        difference="claim: {claim}; source: {source}",
        affirmed="not denied",
        evidence="Evidence",
        related="Related, does not decide this claim",
        aside=MappingProxyType(
            {
                "question": "question",
                "greeting": "greeting",
                "opinion": "opinion or promise",
                "fragment": "no sentence",
            }
        ),
        columns=("Line", "Speaker", "Sentence", "Verdict", "Evidence", "Place", "What differs"),
        place="{document}, page {page}, characters {start}–{end}",
        summary="{claims} claims checked: {supported} supported, {contradicted} contradicted, {not_in_sources} not in the sources. "
        "{aside} other sentences were not checked.",
        nothing="There is no claim in this text that can be checked.",
        long_text="This text is too long: {length} characters, the most is {limit}.",
        made_by="Made with Tanya Selatan. Verdicts are a machine's; read the quotation before you use it.",
    ),
    export=ExportPhrases(
        question="Question",
        answer="Answer",
        sources="Sources",
        related="Related, not an answer",
        place="Place: document {document}, page {page}, characters {start}–{end}",
        section="Section",
        confidence="Confidence that the sources answer this",
        made_by="Made with Tanya Selatan. Each quotation is an exact copy from its document.",
    ),
    page=PagePhrases(
        tagline="Answers about South-South cooperation, proved by exact quotations from their sources.",
        ask_tab="Ask",
        check_tab="Check claims",
        claim_label="Claim or speech",
        claim_hint="Paste a claim, or a whole speech or article …",
        check="Check",
        checking="Checking {done} of {total} …",
        check_placeholder="Each claim is held against the documents of the library: supported, contradicted or not in the "
        "sources, with the quotation. Questions, greetings and opinions are not checked.",
        download_table="Download (.csv)",
        language_label="Language of the page",
        theme="Light / dark",
        placeholder_title="Ask the sources",
        placeholder="Each sentence of an answer has a number. Click it to see the quotation in its document.",
        question_label="Question",
        question_hint="Ask in Indonesian or English …",
        ask="Ask",
        searching="Searching the sources …",
        examples="Example questions",
        new_conversation="New conversation",
        copy_answer="Copy answer",
        copied="Copied",
        download="Download (.md)",
        sources="Sources",
        sources_empty="The sources of an answer appear here, each with its quotation and its place.",
        sources_heading="Sources of the answer",
        related_heading="Related, not an answer",
        related_note="The sources do not answer this question. These passages only come close to it.",
        document="Document",
        document_empty="Choose “Open in document” at a source, or a title in the library.",
        library="Library",
        library_note="Every answer comes from these documents, and from nowhere else.",
        library_empty="The library is still empty. Add documents, then run `tanya index`.",
        open_document="Read document",
        open_in_document="Open in document",
        section="Section",
        page="Page",
        characters="characters",
        page_of="Page {page} of {pages}",
        previous_page="Previous",
        next_page="Next",
        part_shown="This page is very long; shown are characters {start}–{end} of {total}.",
        document_missing="This document or page is not in the library.",
        authors="Authors",
        publisher="Publisher",
        date="Date",
        language="Language",
        rights="Rights",
        address="Address",
        language_names=MappingProxyType({"id": "Indonesian", "en": "English"}),
        months=(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
        unknown="unknown",
    ),
)

PHRASES: Mapping[Language, Phrases] = MappingProxyType({"id": _INDONESIAN, "en": _ENGLISH})
"""All fixed texts, by language."""
