"""What a question measures or counts, and whether a sentence gives it: dollars, per cent, people, countries."""

from __future__ import annotations

import re

from chat_app.facts import MAGNITUDE, TIMES, UNIT, amounts, dates, unit_of

_HOW_MANY = (
    r"(?<!tahun )(?<!bulan )(?<!tanggal )(?<!abad )\b(?:berapa|how (?:many|much))"
    r"(?:\s(?:besar|banyak|rata-rata|persisnya|jumlah|total))?"
)
_UNIT_ASKED = re.compile(
    rf"{_HOW_MANY}(?:\s(?:{MAGNITUDE})s?)?\s(?:us\s)?(?P<unit>{UNIT})(?!\w)(?!\s(?:lalu|silam|ago))", re.IGNORECASE
)
_COUNTED = {
    "person": "orang people persons jiwa penduduk inhabitants peserta participants delegasi delegates tamu guests "
    "warga karyawan pegawai staf staff employees pekerja workers siswa students mahasiswa guru teachers",
    "country": "negara countries nations bangsa states",
    "thing": "anggota members kota cities provinsi provinces proyek projects program programs programmes kegiatan "
    "perusahaan companies organisasi organisations organizations lembaga institutions prinsip principles tujuan goals "
    "aims faktor factors tantangan challenges kursi seats pulau islands desa villages sekolah schools bab chapters "
    "halaman pages pasal articles pilar pillars jenis macam types kinds buah unit units kapal ships rumah houses",
}
"""What is counted, in both languages; people are no countries, and a thing may be either."""
_CLASS = {word: name for name, words in _COUNTED.items() for word in words.split()}
_COUNT_ASKED = re.compile(rf"{_HOW_MANY}\s(?P<noun>{'|'.join(_CLASS)})(?!\w)", re.IGNORECASE)


_THINGS_ASKED = re.compile(r"\b(?:how many|berapa (?:banyak|jumlah))\s(?!of\b|more\b|kali\b)[^\W\d_]", re.IGNORECASE)


def gives_measure(question: str, text: str) -> bool:
    """Whether a text has an amount of the kind that a question asks for; true where it asks for none in particular.

    "Berapa dolar …?" needs dollars, any unit of time is as good as another; "how many people …?" needs a bare count,
    and one that does not count countries.
    """
    if asked := _UNIT_ASKED.search(question):
        unit = unit_of(asked["unit"])
        if unit in TIMES and len(dates(text)) > 1:
            return True  # from 1509 to 1602
        return any(amount.unit == unit or {amount.unit, unit} <= TIMES for amount in amounts(text))
    if asked := _COUNT_ASKED.search(question):
        counted = _CLASS[asked["noun"].casefold()]
        bare = [_CLASS.get(amount.noun) for amount in amounts(text) if amount.unit is None]
        return any("thing" in (counted, found) or found in (None, counted) for found in bare)
    if _THINGS_ASKED.search(question):
        return any(amount.unit in (None, "percent") for amount in amounts(text))
    return True
