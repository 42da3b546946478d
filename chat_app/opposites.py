"""Words that mean the opposite of each other, in both languages: who pays and who receives, what helps and what harms.

A closed set of common ones, by the beginnings of their words. A claim that has one of them where a text about the same
has the other says the reverse.
"""

from __future__ import annotations

import re

_PAIRS = (
    (r"(?:me|di|ter)?kuat|menguat|memperkuat|strong|strengthen", r"(?:me|di)?lemah|melemah|memperlemah|weak"),
    (r"kaya(?! akan)|wealthy|rich(?!ard)", r"miskin|poor(?!ly)|impoverish"),
    (r"pemberi|donor|provider|giver", r"penerima|recipient|receiver|beneficiar"),
    (r"mendukung|didukung|dukungan|support|backs|backed|back(?:ing)?", r"menentang|ditentang|penentang|oppos|against"),
    (
        r"setuju|menyetujui|disetujui|sepakat|disepakati|adopsi|mengadopsi|diadopsi|adopt|approv|agree|endors",
        r"tolak|menolak|ditolak|penolakan|tidak setuju|reject|refus|veto|disagree",
    ),
    (
        r"menguntungkan|untung|benefit|bermanfaat|manfaat|profit",
        r"merugikan|rugi|kerugian|harm|hurt|loss(?:es)?\b|damag",
    ),
    (r"berhasil|sukses|keberhasilan|succe", r"gagal|kegagalan|fail"),
    (r"wajib|diwajibkan|mewajibkan|mandatory|compulsory|obligat", r"sukarela|voluntar|opsional|optional"),
    (
        r"diizinkan|mengizinkan|diperbolehkan|dibolehkan|legal\b|permit|allow",
        r"dilarang|melarang|larangan|ilegal|ban(?:s|ned)\b|prohibit|forb[ia]d|illegal",
    ),
    (r"impor|mengimpor|diimpor|import(?!an)", r"ekspor|mengekspor|diekspor|export"),
    (
        r"terbesar|tertinggi|terbanyak|largest|biggest|highest|most populous",
        r"terkecil|terendah|tersedikit|smallest|lowest|least",
    ),
    (r"tertua|oldest", r"termuda|youngest|newest"),
    (r"terpanjang|longest", r"terpendek|shortest"),
    (r"tercepat|fastest", r"terlambat\b|slowest"),
    (r"pertama kali|first time", r"terakhir kali|last time"),
    (r"menang|memenangkan|kemenangan|w[io]n\b|victor", r"kalah|kekalahan|lost\b|loses\b|defeated"),
    (r"publik|negeri\b|state-owned|public", r"swasta|privat|private"),
    (r"optimis|optimism", r"pesimis|pessimis"),
    (r"meningkatkan ketergantungan|dependen(?:t|ce) on", r"kemandirian|mandiri|self-relian|independen"),
    (r"mudah|easy|easier|easily", r"sulit|sukar|difficult|hard(?:er)? to"),
    (r"aman\b|safe\b|safer", r"berbahaya|bahaya|danger|unsafe"),
    (r"dibuka|membuka|opened|opens\b|reopen", r"ditutup|menutup|closed|closes\b|shut"),
    (r"masuk|inflow|incoming|entering", r"keluar|outflow|outgoing|leaving"),
    (r"membeli|dibeli|pembeli|b(?:uy|ought)", r"menjual|dijual|penjual|s(?:ell|old)\b|seller"),
    (
        r"didirikan|dibentuk|membentuk|mendirikan|found(?:ed|ing)\b|establish|set up",
        r"dibubarkan|bubar|membubarkan|dissolv|disband|abolish",
    ),
    (r"menciptakan|menyebabkan|memicu|creat|caus(?:e|ing)|trigger", r"mencegah|menghilangkan|prevent|eliminat"),
    (r"mempercepat|accelerat|speed(?:s|ed)? up|hasten", r"memperlambat|menghambat|slow(?:s|ed)? down|hinder|imped"),
    (r"mengancam|ancaman|threat", r"melindungi|perlindungan|protect(?!ioni)|safeguard"),
    (r"perang\b|war\b|wars\b", r"damai|perdamaian|peace"),
    (r"bilateral", r"multilateral"),
)
_PATTERNS = tuple(tuple(re.compile(rf"\b(?:{side})\w*", re.IGNORECASE) for side in pair) for pair in _PAIRS)


def reversed_word(claim: str, text: str) -> tuple[str, str] | None:
    """A word of the claim and its opposite in the text, where neither has the other's; None where there is none."""
    for pair in _PATTERNS:
        mine, theirs = ([side.search(part) for side in pair] for part in (claim, text))
        for n in (0, 1):
            own, other = mine[n], theirs[1 - n]
            if own and other and not mine[1 - n] and not theirs[n]:
                return own[0], other[0]
    return None


def means(word: str) -> int | None:
    """A number that words of one meaning share, in either language; None for a word outside the set."""
    for number, pair in enumerate(_PATTERNS):
        for side, pattern in enumerate(pair):
            if pattern.fullmatch(word):
                return 2 * number + side
    return None
