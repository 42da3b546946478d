"""Who did what to whom, in both voices and languages."""

from __future__ import annotations

import pytest

from chat_app.roles import roles


@pytest.mark.parametrize(
    ("claim", "text", "agree"),
    [
        ("Norwegia memberikan hibah kepada Kenya.", "Kenya memberikan hibah kepada Norwegia.", False),
        ("Hibah itu diterima Kenya dari Norwegia.", "Norwegia memberikan hibah kepada Kenya.", True),
        ("Kenya received the grant from Norway.", "Norwegia memberikan hibah kepada Kenya.", True),
        ("Norway received the grant from Kenya.", "Norwegia memberikan hibah kepada Kenya.", False),
        ("Kenya is given grants by Norway.", "Norwegia memberikan hibah kepada Kenya.", True),
        ("Laos imports power from Singapore.", "Singapura mengimpor listrik dari Laos.", False),
        ("Laos exports power to Singapore.", "Singapura mengimpor listrik dari Laos.", True),
        ("Agrinova mengakuisisi Siamo.", "Agrinova diakuisisi oleh Siamo.", False),
        ("Siamo mengakuisisi Agrinova.", "Agrinova diakuisisi oleh Siamo.", True),
        ("Perkumpulan Melati dibentuk Rina Hakim.", "Rina Hakim membentuk Perkumpulan Melati.", True),
        ("Delmas sued Solberg.", "Solberg sued Delmas over a bill.", False),
        ("Delmas and Solberg met.", "Solberg sued Delmas over a bill.", None),
        ("Rapat itu diadakan di Bogor.", "Di Bogor rapat itu diadakan.", None),
    ],
)
def test_the_parts_of_two_names(claim: str, text: str, agree: bool | None) -> None:
    """Giver and receiver, doer and sufferer; nothing where no verb joins the two."""
    found = roles(claim, text, {"Agrinova", "Siamo", "Delmas", "Solberg"})
    assert (found.agree if found else None) is agree
