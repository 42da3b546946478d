"""Where the middle of the vectors lies, for each language: what is taken off before cosines are compared.

Sentence encoders place all texts in a narrow cone; taking the middle off before comparing opens it. Multilingual
ones also put a text's language into its vector, so that in a mixed library the documents in the question's language
crowd out the others; with each language's own middle taken off, from the question too, they no longer do
(README, "Measured": mixed libraries).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from indexer.datatypes import LANGUAGES, Language

Vectors = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]
"""Texts in, one vector a row out."""


PRIOR_PASSAGES = 20
"""A language's own mean counts as much as the estimate from the other languages at this many passages."""

PARALLEL_SENTENCES: tuple[tuple[str, str], ...] = (
    ("Sungai itu mengalir melalui tiga kota sebelum sampai ke laut.", "The river flows through three cities before it reaches the sea."),
    ("Ia lahir di sebuah desa kecil pada tahun 1921.", "She was born in a small village in 1921."),
    ("Pemerintah mengumumkan aturan baru tentang pajak bulan lalu.", "The government announced new rules on taxes last month."),
    ("Harga beras naik karena panen gagal.", "The price of rice rose because the harvest failed."),
    ("Jembatan tersebut dibangun kembali setelah perang berakhir.", "The bridge was rebuilt after the war had ended."),
    ("Para ilmuwan menemukan jenis ikan yang belum pernah dikenal.", "Scientists discovered a kind of fish that had never been known."),
    ("Rumah sakit itu kekurangan perawat dan obat-obatan.", "The hospital lacks nurses and medicines."),
    ("Anak-anak belajar membaca di sekolah yang sama.", "The children learn to read at the same school."),
    ("Presiden menandatangani perjanjian dengan negara tetangga.", "The president signed a treaty with the neighbouring country."),
    ("Kereta pertama berangkat pada pukul enam pagi.", "The first train leaves at six in the morning."),
    ("Musik daerah ini dipengaruhi oleh pedagang dari seberang lautan.", "The music of this region was influenced by traders from overseas."),
    ("Perusahaan itu menjual mesin kepada petani.", "The company sells machines to farmers."),
    ("Sebagian besar penduduk bekerja di bidang perikanan.", "Most of the inhabitants work in fishing."),
    ("Buku tersebut diterjemahkan ke dalam dua belas bahasa.", "The book was translated into twelve languages."),
    ("Gempa bumi merusak ratusan rumah.", "The earthquake damaged hundreds of houses."),
    ("Tim itu memenangkan pertandingan dengan dua gol.", "The team won the match by two goals."),
    ("Candi itu didirikan oleh seorang raja pada abad kesembilan.", "The temple was founded by a king in the ninth century."),
    ("Suhu di puncak gunung turun di bawah nol.", "The temperature at the top of the mountain fell below zero."),
    ("Undang-undang itu melindungi hutan dan satwa liar.", "The law protects forests and wildlife."),
    ("Banyak mahasiswa tinggal di dekat kampus.", "Many students live near the campus."),
    ("Tanaman ini membutuhkan banyak air dan sinar matahari.", "This plant needs much water and sunlight."),
    ("Film tersebut menceritakan kehidupan seorang pelaut.", "The film tells of the life of a sailor."),
    ("Bank memberikan pinjaman kepada usaha kecil.", "The bank gives loans to small businesses."),
    ("Organisasi ini bertujuan mengurangi kemiskinan.", "This organisation aims to reduce poverty."),
)  # fmt: skip
"""Everyday sentences in both languages, (Indonesian, English): they differ in nothing but their language."""

SENTENCES_PER_PASSAGE = 5
"""Sentences are joined into passages, since the shift between languages grows with a text's length: the shift of
single sentences has a cosine of 0.40 with that of Wikipedia passages, the shift of five together 0.76."""


PARALLEL_QUESTIONS: tuple[tuple[str, str], ...] = (
    ("Berapa kota yang dilalui sungai itu?", "How many cities does the river flow through?"),
    ("Kapan ia lahir?", "When was she born?"),
    ("Apa yang diumumkan pemerintah bulan lalu?", "What did the government announce last month?"),
    ("Mengapa harga beras naik?", "Why did the price of rice rise?"),
    ("Kapan jembatan tersebut dibangun kembali?", "When was the bridge rebuilt?"),
    ("Siapa yang menemukan jenis ikan itu?", "Who discovered that kind of fish?"),
    ("Apa saja kekurangan rumah sakit itu?", "What does the hospital lack?"),
    ("Di mana anak-anak belajar membaca?", "Where do the children learn to read?"),
    ("Siapa yang menandatangani perjanjian itu?", "Who signed the treaty?"),
    ("Pukul berapa kereta pertama berangkat?", "At what time does the first train leave?"),
    ("Bagaimana musik daerah ini berkembang?", "How did the music of this region develop?"),
    ("Kepada siapa perusahaan itu menjual mesin?", "To whom does the company sell machines?"),
    ("Apa pekerjaan sebagian besar penduduk?", "What do most of the inhabitants do for a living?"),
    ("Ke dalam berapa bahasa buku tersebut diterjemahkan?", "Into how many languages was the book translated?"),
    ("Apa akibat gempa bumi itu?", "What were the consequences of the earthquake?"),
    ("Siapa yang memenangkan pertandingan itu?", "Which team won the match?"),
    ("Siapa pendiri candi itu?", "Who founded the temple?"),
    ("Berapa suhu di puncak gunung?", "What is the temperature at the top of the mountain?"),
    ("Apa yang dilindungi undang-undang itu?", "What does the law protect?"),
    ("Di kota mana kampus itu berada?", "In which city is the campus?"),
    ("Apa yang dibutuhkan tanaman ini?", "What does this plant need?"),
    ("Apa yang dimaksud dengan pelaut?", "What is meant by a sailor?"),
    ("Berapa besar pinjaman untuk usaha kecil?", "How large are the loans to small businesses?"),
    ("Apa tujuan organisasi ini?", "What is the aim of this organisation?"),
)  # fmt: skip
"""What those sentences answer, (Indonesian, English)."""

QUESTION_SHARE = 0.5
"""So much of the way from a language's passages to its questions the middle of the questions is taken to lie. In
libraries on one topic recall@1 goes from 0.75 to 0.77 (SQuAD 2.0 articles, both languages); wide ones lose up to 0.02,
with the whole way up to 0.05."""


def everyday_passages(encode_document: Encode) -> Vectors:
    """The mean vector of passages of everyday sentences in each language, [languages, d]."""
    count = len(PARALLEL_SENTENCES)
    windows = [[(first + i) % count for i in range(SENTENCES_PER_PASSAGE)] for first in range(count)]
    texts = ([" ".join(PARALLEL_SENTENCES[i][side] for i in window) for window in windows] for side in (0, 1))
    return np.stack([_mean(encode_document(side)) for side in texts])


def question_shift(passages: Vectors, encode_query: Encode) -> Vectors:
    """What a question's vector has in each language that passages' have not, [languages, d].

    `passages` [languages, d] are those of `everyday_passages`. Questions lie apart from passages; centred by the
    passages' middle alone, all of them lean to the same few passages (hubs: Radovanović et al., 2010).
    """
    questions = zip(*PARALLEL_QUESTIONS, strict=True)
    return np.stack([_mean(encode_query(side)) for side in questions]) - passages


def everyday_sentences(encode_document: Encode) -> Vectors:
    """The mean vector of everyday sentences in each language, [languages, d]: what any question is this near to.

    A question about something else is hardly nearer to the best passage than to these. Cosines themselves differ from
    encoder to encoder, what is above these less so (as cohorts normalise scores in speaker verification: Auckenthaler
    et al., 2000).
    """
    return np.stack([_mean(encode_document(side)) for side in zip(*PARALLEL_SENTENCES, strict=True)])


def _mean(vectors: Vectors) -> Vectors:
    return np.asarray(vectors.mean(axis=0), dtype=np.float32)


def language_means(vectors: Vectors, languages: Sequence[Language], passages: Vectors) -> Mapping[Language, Vectors]:
    """The middle of each language, [d], from passage vectors [n, d] and everyday passages [languages, d].

    A language with few passages borrows the middle of the others, moved by what the languages' everyday passages
    differ by; one with none rests on it.
    """
    offsets: dict[Language, Vectors] = dict(zip(LANGUAGES, passages - passages.mean(axis=0), strict=True))
    tags = np.array(languages, dtype=object)
    neutral = np.zeros_like(passages[0])
    for language in LANGUAGES:
        neutral += (vectors[tags == language] - offsets[language]).sum(axis=0)
    neutral /= max(len(vectors), 1)
    means: dict[Language, Vectors] = {}
    for language in LANGUAGES:
        own = vectors[tags == language]
        borrowed = neutral + offsets[language]
        total = own.sum(axis=0) + PRIOR_PASSAGES * borrowed
        means[language] = np.asarray(total / (len(own) + PRIOR_PASSAGES), dtype=np.float32)
    return means


def centre(vectors: Vectors, mean: Vectors) -> Vectors:
    """Unit vectors of `vectors - mean`, [n, d]; a vector equal to its mean becomes zero. `mean` is [d] or [n, d]."""
    moved = (vectors - mean).astype(np.float32)
    norms = np.linalg.norm(moved, axis=-1, keepdims=True)
    return np.asarray(moved / np.maximum(norms, 1e-9), dtype=np.float32)
