"""The page's one endpoint for other programs."""

from __future__ import annotations

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError


def test_gradio_client_gets_the_contracts_object(chat_server: str) -> None:
    """`/ask` returns what `tanya ask --json` prints."""
    client = Client(chat_server, verbose=False, analytics_enabled=False)
    answer = client.predict("Kapan UNOSSC dibentuk?", api_name="/ask")
    assert answer["outcome"] == "answered"
    assert {"question", "language", "answer", "confidence", "citations", "related"} <= answer.keys()
    assert {"document", "page", "start", "end", "quote"} <= answer["citations"][0].keys()


@pytest.mark.parametrize(("question", "said"), [("", "empty"), ("x" * 3000, "too long")])
def test_a_question_that_is_none_is_refused_in_words(page_server: str, question: str, said: str) -> None:
    """The caller reads why."""
    client = Client(page_server, verbose=False, analytics_enabled=False)
    with pytest.raises(AppError, match=said):
        client.predict(question, api_name="/ask")
