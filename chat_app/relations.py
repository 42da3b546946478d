"""What is asked of a thing, where it is one of a closed set: when it ended, who joined, who chairs it, who won.

A question about something that the library knows well, but does not say this of, is the hardest to refuse: names,
words and kinds all fit. So a sentence that answers one of these has to speak of it, in the words of either language.
The words by which a text may tell it (beginnings of words) are many more than those that ask.
"""

from __future__ import annotations

import re

_SPAN = r"|\d[^()\n]{0,30}[–-][^()\n]{0,30}\d{3,4}\b"
"""From a year to a year, which tells a beginning and an end."""
_NAMED_WITH_THEIR_CLASS = (
    "fakultas|faculty", "jurusan|department|program studi", "universitas|university", "partai|party", "jalan|street",
    "kementerian|ministry|departemen", "pasal|article",
    "bandara|airport", "stasiun|station", "rumah sakit|hospital",
)  # fmt: skip
"""What is seldom named without saying what it is: Fakultas Hukum, Jalan Sudirman."""
_RELATIONS = tuple(
    (re.compile(rf"\b(?:{asked})\b", re.IGNORECASE), re.compile(rf"\b(?:{asked}|{told})", re.IGNORECASE))
    for asked, told in (
        (  # to end
            r"berakhir(?:nya)?|diakhiri|mengakhiri|dihentikan|bubar|(?:di|mem)bubarkan|ditutup|dicabut|"
            r"(?<!the )(?<!what )end(?:s|ed)?(?! (?:of|up)\b)|dissolv\w+|abolish\w*|terminat\w+|expired?|ceased?|"
            r"shut down",
            r"akhir|henti|selesai|usai|tamat|tutup|cabut|hapus|hingga|sampai|end|dissol|until|till|finish|conclu|clos|"
            r"stop" + _SPAN,
        ),
        (  # to leave
            r"keluar dari|meninggalkan|hengkang|mengundurkan diri|mundur dari|lengser|"
            r"leaves?(?! (?:out|open|from|\w+ (?:out|open|untouched))\b)|quit|withdr[ae]w|"
            r"resign(?:ed)?|step(?:ped)? down|pull(?:ed)? out",
            r"keluar|tinggal|mundur|undur|henti|lepas|ganti|leav|left|quit|withdr|exit|resign|depart|out|replac|succe|end",
        ),
        (  # to join
            r"bergabung(?:nya)?|gabung|(?:men)?jadi anggota|join(?:ed|s)?(?! in\b)|accede[sd]?|"
            r"bec[ao]me (?:a |the )?(?:\w+ )?member",
            r"ber?gabung|tergabung|masuk|ikut|menjadi anggota|keanggotaan|mulai|join|acce[ds]|admi(?:t|ss)|membership|"
            r"since",
        ),
        (  # to win
            r"(?:me)?menang(?:kan|i)?|pemenang(?:nya)?|juara(?:nya)?|w[io]n|wins|winner|victor",
            r"menang|kemenangan|pemenang|kalah|unggul|juara|raih|meraih|anugerah|w[io]n|winn|victor|beat|defeat|terpilih|"
            r"elected|peringkat|medal|menjuarai|dinobat|diraih|award|prais|puji|dipuji",
        ),
        (  # to be born
            r"lahir(?:nya)?|dilahirkan|born|birth(?:day|place)?",
            r"kelahiran|lahir|bentuk|membentuk|dibentuk|pembentukan|didirikan|berdiri|mendirikan|mula|bermula|muncul|"
            r"asal|birth|found|establish|creat|form|began|begin|start|origin|emerg|nati|terlahir|baptis" + _SPAN,
        ),
        (  # to die
            r"meninggal|wafat|tewas|mati|die[sd]?|death|killed",
            r"kematian|menutup mata|mendiang|almarhum|gugur|bunuh|dibunuh|terbunuh|dead|dying|late|kill|assassin|"
            r"murder|execut|fatal|perish|makam|dimakam|jenazah|tenggelam|bur(?:y|ied)|menewas|korban|drown|succumb|claimed|"
            r"carried off|lives" + _SPAN,
        ),
        (  # to study
            r"kuliah(?:nya)?|lulusan (?:mana|apa|universitas)|bersekolah|graduated?|alma mater|academic degrees?|"
            r"(?:where|which \w+|what) (?:did|does|has|have) [^?]{0,40}\bstud(?:y|ied)(?: at| in)?\?",
            r"universit|institut|pendidikan|sekolah|kampus|sarjana|doktor|magister|belajar|educat|campus|school|college|"
            r"degree|graduat|stud|ph\.?d|bachelor|master",
        ),
        (  # to marry
            r"menikah(?:i)?|istri(?:nya)?|suami(?:nya)?|married|marry|wife|husband|spouse",
            r"nikah|pernikahan|pasangan|kawin|wedding|marri|widow|janda|bride",
        ),
        (  # how old
            r"umur(?:nya)?|usia(?:nya)?|berusia|berumur|how old",
            r"tahun|usia|umur|year|old|aged|lahir|born|sejak|since",
        ),
        (  # how many live there
            r"(?:jumlah|banyaknya|berapa|total) penduduk(?:nya)?|penduduk(?:nya)? (?:\w+ ){0,3}berapa|populasi(?:nya)?|"
            r"population of|how many inhabitants",
            r"jiwa|orang|warga|people|resident|person|popula|inhabit",
        ),
        (  # in what money
            r"mata uang (?:apa|mana)|(?:what|which) currency",
            r"rupiah|dolar|dollar|us\$|usd|rp|idr|euro|yen|yuan|pound|ringgit|baht|won\b",
        ),
        (  # what it earns
            r"gaji(?:nya)?|salary|salaries|wages",
            r"upah|honor|pendapatan|tunjangan|wage|income|salar|earn|paid",
        ),
        (  # what its members pay
            r"iuran(?:nya)?|(?:membership |annual )?dues|membership fees?",
            r"iuran|dues|fees?|bayar|membayar|dibayar|pay|paid|kontribusi|contribut|rp|rupiah|us\$|usd|dolar|dollar",
        ),
        (  # how to reach it
            r"nomor telepon(?:nya)?|alamat (?:email|surel|situs)|telephone number|phone number|e-?mail address",
            r"\S+@|telp|tel\b|telepon|phone|email|e-mail|surel|www|http|situs|hubungi|contact|hp\b",
        ),
        (  # what opened it
            r"(?:kapan|siapa|when|who)\b[^?]{0,60}\b(?:(?:mem|di)buka|opened|inaugurated)|inaugurat\w+|(?:me|di)resmikan",
            r"buka|dibuka|membuka|pembuka|open|inaugur|resmi|diresmi|meresmi",
        ),
        (  # where its seat is
            r"kantor pusat(?:nya)?|markas(?: besar)?(?:nya)?|bermarkas|headquarter(?:s|ed)?|based in",
            r"markas|pusat|berpusat|berkantor|kantornya|berbasis|berkedudukan|terletak|berada di|headquart|based|"
            r"located|seat",
        ),
        (  # who wrote it out
            r"(?:menyu|disu|penyu)sun(?:nya)?|(?:me|di)rumuskan|perumus|draft(?:ed|s)?|drafter|drew up",
            r"rancang|susun|rumus|tulis|ditulis|menulis|penulis|draft|writ|wrote|author|prepar|buat|dibuat|membuat|publi|"
            r"made|make|merancang|dirancang|perancang|design|architect|arsitek|plans",
        ),
        (  # who leads
            r"(?:men|siapa )?ketua(?:nya|i)?|mengetuai|diketuai|chair(?:man|woman|person|s|ed|ing)?|"
            r"(?:who|that) heads|heads the|"
            r"headed by|presid(?:es|ed) over",
            r"ketua|mengetuai|diketuai|chair|pimpinan|pemimpin (?:sidang|kelompok|organisasi)|memimpin|dipimpin|kepala|"
            r"headed|head of|led by|leader of|presid|bawah kepemimpinan|under",
        ),
        (r"sekjen(?:nya)?|sekretaris jenderal|secretary[- ]general", r"sekretaris|secretar"),
        (r"menteri(?:nya)?|menlu|menkeu|minister", r"menteri|kementerian|men(?:lu|keu|dag|han)|minist|secretary of"),
        (
            r"wapres(?:nya)?|cawapres(?:nya)?|wakil (?:presiden|ketua)(?:nya)?|vice[- ]president|running mate|deputy",
            r"wakil|wapres|cawapres|vice|mate|deputy|mendampingi|pasangan",
        ),
        (r"gubernur(?:nya)?|governor", r"gubernur|governor|provinsi"),
        (r"direktur(?:nya)?|director", r"direktur|direksi|director|pimpin|pemimpin|memimpin|dipimpin|head|led|ceo"),
        (r"juru bicara(?:nya)?|jubir|spokes(?:person|man|woman)", r"bicara|jubir|spokes|speak"),
        (
            r"moderator(?:nya)?|moderat(?:ed?|es|ing)|(?:me|di)pandu",
            r"moderat|dipandu|memandu|pemandu|host|wartawa|journalist",
        ),
        (r"duta besar(?:nya)?|dubes|ambassador", r"duta|dubes|ambassador|envoy|utusan|diplomat"),
        (  # who signed it
            r"menandatangani|ditandatangani|penanda ?tangan(?:an)?(?:nya)?|signator(?:y|ies)|"
            r"signed(?! (?:up|in favou?r)\b)|did [^?]{0,40}\bsign(?! (?:up|in favou?r)\b)",
            r"tanda ?tangan|menanda|ditanda|penanda|teken|diteken|meneken|paraf|sepakat|disepakat|kesepakat|bersepakat|"
            r"menyepakat|perjanji|ratif|merat|dirat|sign|agree|conclu|treat|pact|accord|initial",
        ),
        (  # who voted, and how
            r"(?:me)?mungut suara|pemungutan suara|memilih menolak|abstain(?:ed)?|"
            r"vot(?:e|es|ed|ing) (?:against|for|in favou?r|down|on)",
            r"suara|memilih|menolak|tolak|setuju|menyetujui|menentang|mendukung|abstain|vot|ballot|against|favou?r|approv|"
            r"reject|support|oppos",
        ),
        (  # who brought it forward
            r"(?:meng|di)usulkan|pengusul(?:nya)?|penggagas(?:nya)?|pencetus(?:nya)?|pemrakarsa(?:nya)?|(?:meng|di)gagas|"
            r"tabled|(?<!the )proposed|initiator|brainchild",
            r"usul|diusul|mengusul|pengusul|prakarsa|pemrakarsa|diprakarsa|memprakarsa|gagas|digagas|menggagas|penggagas|"
            r"cetus|mencetus|dicetus|pencetus|aju|diaju|mengaju|tawar|menawar|ditawar|inisia|ide\b|idea|propos|tabl|"
            r"submit|suggest|initiat|brainchild|put forward|rancang|dirancang|merancang|perancang|saran|menyaran|"
            r"disaran|anjur|mengimbau|rekomend|merekomend|recommend|urge|advocat|conceiv|offer|author|lahir|dilahir|"
            r"menamai|dinamai|coin",
        ),
        (  # in which house
            r"(?:what|which) venue|gedung (?:apa|mana)",
            r"venue|gedung|aula|balai|hall|hotel|stadi|cent(?:er|re)|pusat|istana|palace|museum|teater|theat|auditori|"
            r"kampus|campus|kantor|rumah|arena|convention|room|ruang|club",
        ),
        *((rf"(?:{one}) (?:apa|mana)|(?:what|which) (?:\w+ )?(?:{one})", one) for one in _NAMED_WITH_THEIR_CLASS),
    )
)


SPELT_OUT = re.compile(
    r"\b(?:kepanjangan(?:nya)?|singkatan(?:nya)?|akronim|stands? for|abbreviat\w+|acronym|full (?:name|form))\b",
    re.IGNORECASE,
)
"""What asks for the words of an abbreviation."""


def tells(question: str, text: str) -> bool:
    """Whether a text speaks of all that a question asks of a thing, as far as it is among the closed set."""
    return all(told.search(text) for asked, told in _RELATIONS if asked.search(question))
