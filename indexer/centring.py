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


def language_shift(encode: Callable[[Sequence[str]], Vectors]) -> Vectors:
    """What English adds to a passage's vector and Indonesian does not, [d], as this encoder sees it."""
    count = len(PARALLEL_SENTENCES)
    windows = [[(first + i) % count for i in range(SENTENCES_PER_PASSAGE)] for first in range(count)]
    indonesian, english = (
        encode([" ".join(PARALLEL_SENTENCES[i][side] for i in window) for window in windows]) for side in (0, 1)
    )
    return np.asarray((english - indonesian).mean(axis=0), dtype=np.float32)


def language_means(vectors: Vectors, languages: Sequence[Language], shift: Vectors) -> Mapping[Language, Vectors]:
    """The middle of each language, [d], from passage vectors [n, d] and the languages' shift [d].

    A language with few passages borrows the middle of the others, moved by the shift; one with none rests on it.
    """
    half = np.asarray(shift / 2, dtype=np.float32)
    offsets: dict[Language, Vectors] = {"id": -half, "en": half}
    tags = np.array(languages, dtype=object)
    neutral = np.zeros_like(shift)
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
