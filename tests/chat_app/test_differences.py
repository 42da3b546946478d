"""A claim held against a text: what differs, what is unsaid, and what is the same in other words."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_app.differences import Kind, compare

FIGURES = {Kind.AMOUNT, Kind.UNIT, Kind.DATE}
PIECES = (
    "Rina Hakim ", "Maya ", "Jerman ", "Japan ", "menggugat ", "was sued by ", "oleh ", "dan ", "while ", ", ", ". ",
    "40 guru ", "52 guru ", "9 persen ", "5 percent ", "US$2 miliar ", "seperempat ", "tenfold ", "lebih dari ",
    "1998 ", "the 1990s ", "7/1 ", "12 Juli ", "not ", "tidak ", "naik ", "fell ", "sebelum ", "beras ", "sugar ",
)  # fmt: skip


def differing(claim: str, text: str) -> list[tuple[str, str, str]]:
    return [(found.kind.value, found.claim, found.source) for found in compare(claim, text).differences]


@pytest.mark.parametrize(
    ("claim", "text", "difference"),
    [
        ("Sekolah itu memiliki 40 guru.", "Sekolah itu memiliki 52 guru.", ("40 guru", "52 guru")),
        ("The school has 40 teachers.", "The school has 52 teachers.", ("40 teachers", "52 teachers")),
        ("The school has twenty teachers.", "The school has 21 teachers.", ("twenty teachers", "21 teachers")),
        ("Setengah kota itu terendam.", "Sebanyak 75 persen kota itu terendam.", ("Setengah", "75 persen")),
        ("Panen kopi naik tiga kali lipat.", "The coffee harvest has risen tenfold.", ("tiga kali lipat", "tenfold")),
        ("Kurang dari 50 kapal berlabuh.", "Sebanyak 80 kapal berlabuh.", ("Kurang dari 50 kapal", "80 kapal")),
        ("More than 50 ships docked.", "Some 30 ships docked.", ("More than 50 ships", "Some 30 ships")),
        ("More than 50 ships docked.", "As many as 500 ships docked.", ("More than 50 ships", "500 ships")),
        ("Hotel itu memiliki 80 kamar.", "Hotel itu memiliki 3 restoran dan 95 kamar.", ("80 kamar", "95 kamar")),
        ("Laba itu 7 miliar rupiah.", "Profits were 9 billion rupiah.", ("7 miliar rupiah", "9 billion rupiah")),
    ],
)
def test_a_wrong_amount(claim: str, text: str, difference: tuple[str, str]) -> None:
    """Another number of the same thing is a difference, named with what is counted."""
    assert differing(claim, text) == [("amount", *difference)]
    assert compare(claim, text).matched == 0


@pytest.mark.parametrize(
    ("claim", "text", "difference"),
    [
        ("Anggaran kota 3 triliun rupiah.", "Anggaran kota 3 miliar rupiah.", ("3 triliun rupiah", "3 miliar rupiah")),
        ("The budget is $3 billion.", "The budget is $3 million.", ("$3 billion", "$3 million")),
        ("Jalan itu sepanjang 12 meter.", "The road is 12 kilometers long.", ("12 meter", "12 kilometers")),
        ("Perang itu berlangsung 3 tahun.", "Perang itu berlangsung 3 bulan.", ("3 tahun", "3 bulan")),
        ("Kerugian mencapai 40 dolar.", "Kerugian mencapai 40 euro.", ("40 dolar", "40 euro")),
        ("Petugas menyita 30 ton gula.", "Petugas menyita 30 persen gula.", ("30 ton", "30 persen")),
    ],
)
def test_a_wrong_unit(claim: str, text: str, difference: tuple[str, str]) -> None:
    """The same figure with another unit or magnitude is a difference of its own kind."""
    assert differing(claim, text) == [("unit", *difference)]


@pytest.mark.parametrize(
    ("claim", "text", "difference"),
    [
        (
            "Harga beras naik 9 persen.",
            "Harga gula naik 9 persen, sedangkan harga beras naik 5 persen.",
            ("9 persen", "5 persen"),
        ),
        (
            "Rice prices rose 9 percent.",
            "Sugar prices rose 9 percent, while rice prices rose 5 percent.",
            ("9 percent", "5 percent"),
        ),
    ],
)
def test_the_right_number_of_the_wrong_thing(claim: str, text: str, difference: tuple[str, str]) -> None:
    """In a sentence with several amounts each belongs to the words beside it."""
    assert differing(claim, text) == [("amount", *difference)]


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Harga beras naik 5 persen.", "Harga gula naik 9 persen, sedangkan harga beras naik 5 persen."),
        ("Rice prices rose 5 percent.", "Sugar prices rose 9 percent, while rice prices rose 5 percent."),
        ("Timnya mencetak 3 gol.", "Timnya mencetak 3 gol dan menerima 12 kartu."),
    ],
)
def test_the_right_number_of_the_right_thing(claim: str, text: str) -> None:
    """One of several amounts is no difference where it belongs to the claim's words."""
    comparison = compare(claim, text)
    assert comparison.differences == ()
    assert comparison.matched == 1


def test_two_amounts_exchanged() -> None:
    """Each of two amounts that have changed places is a difference."""
    claim = "Klub membeli 3 pemain dan menjual 5 pemain."
    text = "Klub membeli 5 pemain dan menjual 3 pemain."
    assert differing(claim, text) == [("amount", "3 pemain", "5 pemain"), ("amount", "5 pemain", "3 pemain")]


@pytest.mark.parametrize(
    ("claim", "text", "difference"),
    [
        ("Stadion itu dibuka pada 1962.", "Stadion itu dibuka pada 1972.", ("1962", "1972")),
        ("The bridge opened in 1998.", "Jembatan itu dibuka pada 2001.", ("1998", "2001")),
        ("It opened on 3 May 1994.", "Jembatan itu dibuka pada 4 Mei 1994.", ("3 May 1994", "4 Mei 1994")),
        ("Festival dibuka pada 12 Juli.", "It opened on 13 July 2019.", ("12 Juli", "13 July 2019")),
        ("Jembatan dibangun pada abad ke-19.", "The bridge was built in 1953.", ("abad ke-19", "1953")),
        ("The bridge was built in the 1980s.", "Jembatan itu dibangun pada 1990-an.", ("1980s", "1990-an")),
    ],
)
def test_a_wrong_date(claim: str, text: str, difference: tuple[str, str]) -> None:
    """Another day, year, decade or century is a difference."""
    assert differing(claim, text) == [("date", *difference)]


@pytest.mark.parametrize(
    ("claim", "text", "difference"),
    [
        ("Museum itu karya Ridwan Hakim.", "Museum itu karya Tatang Sury.", ("Ridwan Hakim", "Tatang Sury")),
        ("The painting is by Karl Brandt.", "The painting is by Anna Weber.", ("Karl Brandt", "Anna Weber")),
        ("The final was held in Germany.", "Final itu digelar di Jepang.", ("Germany", "Jepang")),
        ("Mereka bertanding melawan Spanyol.", "The team played against France.", ("Spanyol", "France")),
        ("Kapal itu dari Korea Utara.", "Kapal itu dari Korea Selatan.", ("Korea Utara", "Korea Selatan")),
    ],
)
def test_a_wrong_name(claim: str, text: str, difference: tuple[str, str]) -> None:
    """Another person or country is a difference, and the claim's own is unsaid."""
    kind = "name" if " " in difference[0] and "Korea" not in difference[0] else "country"
    assert differing(claim, text) == [(kind, *difference)]
    assert compare(claim, text).unsaid == {Kind.NAME: (difference[0],)}


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("The final was held in Germany.", "Final itu digelar di Jerman."),
        ("Timnas Belanda menang.", "The Netherlands won."),
        ("Kapal itu dari Selandia Baru.", "The ship came from New Zealand."),
        ("Laga di Inggris itu ramai.", "The match in Britain drew a crowd."),
    ],
)
def test_a_country_has_two_names(claim: str, text: str) -> None:
    """The same country under its name in the other language is the same."""
    comparison = compare(claim, text)
    assert comparison.differences == ()
    assert comparison.unsaid == {}


def test_other_names_are_asked_for() -> None:
    """A name that the text says by another name of the same thing is said."""

    def other_names(text: str) -> Mapping[str, tuple[str, ...]]:
        return {"Badan Meteorologi": ("Weather Bureau",)} if "Badan Meteorologi" in text else {}

    claim, text = "Menurut Badan Meteorologi, hujan turun.", "It rained, says the Weather Bureau."
    assert compare(claim, text, other_names).unsaid == {}
    assert compare(claim, text).unsaid == {Kind.NAME: ("Badan Meteorologi",)}


@pytest.mark.parametrize(
    ("claim", "text", "difference"),
    [
        ("Pabrik itu tidak ditutup.", "Pabrik itu ditutup.", ("tidak ditutup", "ditutup")),
        ("Pabrik itu ditutup.", "The factory wasn't closed.", ("closed", "n't closed")),
        ("Panen itu melimpah.", "The harvest wasn't plentiful.", ("plentiful", "n't plentiful")),
        ("Panen itu bernas.", "The harvest wasn't plentiful.", ("", "n't")),
        ("The law allows fishing.", "The law never allows fishing.", ("allows", "never allows")),
        ("Not all of the 40 guests left.", "All 40 guests left.", ("Not guests", "guests")),
        ("Koperasi itu berjalan tanpa utang.", "Koperasi itu bukannya berjalan tanpa utang.", ("tanpa utang", "utang")),
    ],
)
def test_a_denial(claim: str, text: str, difference: tuple[str, str]) -> None:
    """What only one side denies is a difference."""
    kind = "denial" if all(difference) else "negation"
    assert differing(claim, text) == [(kind, *difference)]


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Pabrik itu tidak ditutup.", "The factory was not closed."),
        ("Not only the factory but also the shop was closed.", "Pabrik dan toko itu ditutup."),
        ("Penumpang tidak hanya bertambah.", "Penumpang bertambah."),
    ],
)
def test_no_denial(claim: str, text: str) -> None:
    """What both deny, and "not only", is no difference."""
    assert differing(claim, text) == []


@pytest.mark.parametrize(
    ("claim", "text", "difference"),
    [
        ("Harga cabai naik minggu ini.", "Harga cabai turun minggu ini.", ("naik", "turun")),
        ("Chili prices rose this week.", "Chili prices fell this week.", ("rose", "fell")),
        ("Chili prices rose this week.", "Harga cabai turun minggu ini.", ("rose", "turun")),
        ("Stasiun dibangun sebelum pelabuhan.", "Stasiun dibangun setelah pelabuhan.", ("sebelum", "setelah")),
        ("It rained before the game.", "It rained after the game.", ("before", "after")),
    ],
)
def test_a_wrong_direction(claim: str, text: str, difference: tuple[str, str]) -> None:
    """More for less, and before for after, are differences."""
    assert differing(claim, text) == [("direction", *difference)]


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Anna Weber sued Karl Brandt over the house.", "Karl Brandt sued Anna Weber over the house."),
        ("Karl Brandt was sued by Anna Weber.", "Karl Brandt sued Anna Weber."),
        ("Menurut polisi, Rudi menipu Hasan.", "Menurut polisi, Hasan menipu Rudi."),
        ("Rina Hakim mengundang Maya Putri.", "Maya Putri mengundang Rina Hakim."),
        ("Rina Hakim diundang oleh Maya Putri.", "Rina Hakim mengundang Maya Putri."),
    ],
)
def test_swapped_roles(claim: str, text: str) -> None:
    """Who did it and to whom it was done are told apart, in the active and in the passive."""
    assert [found.kind for found in compare(claim, text).differences] == [Kind.ROLES]


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Karl Brandt was sued by Anna Weber.", "Anna Weber sued Karl Brandt."),
        ("Rina Hakim diundang oleh Maya Putri.", "Maya Putri mengundang Rina Hakim."),
        ("Menurut polisi, Rudi ditipu oleh Hasan.", "Menurut polisi, Hasan menipu Rudi."),
        ("Rina Hakim dan Maya Putri menang.", "Maya Putri dan Rina Hakim menang."),
        ("Yesterday Anna Weber and Karl Brandt won.", "Yesterday Karl Brandt and Anna Weber won."),
    ],
)
def test_the_same_roles(claim: str, text: str) -> None:
    """The passive of what the text says in the active swaps nothing, nor does another order of a list."""
    assert differing(claim, text) == []


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Jalan itu sepanjang 12 km.", "The road is 12,000 meters long."),
        ("Sekitar seperempat warga pindah ke kota.", "About 25 percent of residents moved to the city."),
        ("Dua pertiga pemilih datang.", "Some 66 percent of voters came."),
        ("Ekspor kopi naik sepuluh kali lipat.", "Coffee exports rose tenfold."),
        ("Biaya sekolah naik dua kali lipat.", "School fees doubled."),
        ("Laba bank itu 1,7 triliun rupiah.", "The bank earned 1.7 trillion rupiah."),
        ("Laba naik menjadi 2,5 miliar dolar pada 2021.", "In 2021 profits rose to 2.5 billion dollars."),
        ("About 50 ships docked.", "Tercatat 52 kapal berlabuh."),
        ("Dua puluh lima sekolah rusak.", "25 sekolah rusak akibat banjir."),
        ("Tiket terjual 1.500 lembar.", "Some 1,500 tickets were sold."),
        ("A dozen players were injured.", "Sebanyak 12 pemain cedera."),
        ("Danau itu seluas 400 km persegi.", "The lake covers 400 square kilometers."),
        ("Perang itu berlangsung dua dekade.", "The war lasted twenty years."),
        ("The bridge opened in the 1990s.", "Jembatan itu dibuka pada 1994."),
        ("Jembatan dibangun pada abad ke-19.", "The bridge was built in 1853."),
        ("Gempa melanda pada 7 Januari.", "Gempa melanda Minggu (7/1)."),
        ("Festival dibuka pada 2019-07-12.", "The festival opened on July 12, 2019."),
    ],
)
def test_the_same_in_other_words(claim: str, text: str) -> None:
    """Another notation, unit, language or order of words is no difference of amount, unit or date."""
    for mine, other in ((claim, text), (text, claim)):
        comparison = compare(mine, other)
        assert not FIGURES & {found.kind for found in comparison.differences}
        assert not FIGURES & comparison.unsaid.keys()
        assert comparison.matched >= 1


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Lebih dari 50 kapal berlabuh.", "Tercatat 53 kapal berlabuh."),
        ("More than 50 ships docked.", "As many as 90 ships docked."),
        ("Kurang dari 50 kapal berlabuh.", "Tercatat 48 kapal berlabuh."),
        ("Up to 50 ships docked.", "Some 40 ships docked."),
        ("Setidaknya 50 kapal berlabuh.", "Over 50 ships docked."),
    ],
)
def test_an_amount_within_its_bound(claim: str, text: str) -> None:
    """A least and a most are true of what lies within them."""
    comparison = compare(claim, text)
    assert comparison.differences == ()
    assert comparison.matched == 1


def test_what_the_text_does_not_say() -> None:
    """An amount, a date and a name of which the text says nothing are unsaid, no difference."""
    comparison = compare(
        "Menurut Rina, taman itu dibuka pada 1999 dengan 70 pohon.", "Wali kota meresmikan pasar baru."
    )
    assert comparison.differences == ()
    assert comparison.unsaid == {Kind.AMOUNT: ("70",), Kind.DATE: ("1999",), Kind.NAME: ("Rina",)}
    assert comparison.matched == 0


def test_another_thing_counted_is_unsaid() -> None:
    """The number of restaurants says nothing of the number of rooms."""
    comparison = compare("Hotel itu memiliki 80 kamar.", "Hotel itu memiliki 3 restoran.")
    assert comparison.differences == ()
    assert comparison.unsaid == {Kind.AMOUNT: ("80",)}


def test_several_differences_are_all_named() -> None:
    """An amount, a date and a direction that differ are three differences."""
    claim = "Harga gabah naik 9 persen pada 2019."
    text = "Harga gabah turun 4 persen pada 2020."
    assert differing(claim, text) == [
        ("amount", "9 persen", "4 persen"),
        ("date", "2019", "2020"),
        ("direction", "naik", "turun"),
    ]


@given(
    st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=12).map("".join)),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)
def test_what_is_named_is_said(claim: str, text: str) -> None:
    """Any two texts can be compared; each difference is in the words of its side."""
    comparison = compare(claim, text)
    for found in comparison.differences:
        if found.kind not in (Kind.NEGATION, Kind.DENIAL, Kind.ROLES, Kind.RANKING):
            assert found.claim in claim
            assert found.source in text
        assert found.claim or found.source
    assert all(comparison.unsaid.values())
    assert comparison.matched >= 0


@pytest.mark.parametrize(
    "claim",
    [
        "Harga gula naik 9 persen, sedangkan harga beras naik 5 persen pada 2019.",
        "Rina Hakim tidak menggugat Maya Putri di Jerman pada 12 Juli.",
        "The harvest has risen tenfold to 3 million tonnes since the 1990s.",
    ],
)
def test_a_claim_does_not_differ_from_itself(claim: str) -> None:
    """The same words say the same, whatever they hold."""
    comparison = compare(claim, claim)
    assert comparison.differences == ()
    assert comparison.unsaid == {}


@pytest.mark.parametrize(
    "piece", ["lima ", "puluh ", "juta ", "Rp", "%", "kilometer ", "tidak ", "naik ", "of ", "(", " ", "\n"]
)
def test_takes_time_in_proportion(piece: str) -> None:
    """Twenty thousand characters without amounts or names are compared at once."""
    text = piece * (20_000 // len(piece))
    started = time.perf_counter()
    compare(text, text)
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    ("claim", "text", "kinds"),
    [
        (
            "The vote of 2024 took place on 14 February 2024.",
            "The vote of 2024 took place on Sunday (7/1).",
            {Kind.DATE},
        ),
        ("The vote took place on 7 January 2024.", "The vote of 2024 took place on Sunday (7/1).", set()),
        ("Pasar itu dibuka pada September 1974.", "Pasar itu dibuka pada 15 September 1974.", set()),
        ("Pasar itu dibuka pada 20 September 1974.", "Pasar itu dibuka pada 15 September 1974.", {Kind.DATE}),
    ],
)
def test_a_day_agrees_with_a_day(claim: str, text: str, kinds: set[Kind]) -> None:
    """A year beside it that both say does not make two days one."""
    assert {difference.kind for difference in compare(claim, text).differences} == kinds


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Gedung itu berdiri sebelum 1975.", "Gedung itu dibangun pada 15 September 1974."),
        ("The trial ended in 2015.", "Uji coba itu dimulai pada 2011 dan berakhir empat tahun kemudian."),
        ("Renovasi tiga tahun mendahului pembukaan itu.", "Museum dibuka setelah renovasi tiga tahun."),
        ("Museum dibuka bagi umum setelah renovasi.", "Butuh renovasi sebelum museum dibuka bagi umum."),
        ("No landing will be attempted until it has orbited the moon.", "It orbits the moon before landing."),
        ("Tak ada novel yang mengungguli karya Laila.", "Novel terbaik adalah karya Laila."),
        ("Usulan itu tidak disetujui.", "Dewan menolak usulan itu."),
        ("Qatar memulangkan pekerja Nepal.", "Pekerja asal Nepal dipulangkan dari Qatar."),
    ],
)
def test_a_rewording_differs_in_nothing(claim: str, text: str) -> None:
    """Bounds, spans that are counted, before turned into after, denials of the opposite."""
    assert differing(claim, text) == []
