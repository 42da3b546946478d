"""What can go wrong in the chat application.

ChatError
├── QuestionError   the question cannot be asked: empty or too long
└── CitationError   a stored slice is not what its anchor says: the index is not what it was
"""


class ChatError(Exception):
    """The base of both; only the command line and the page catch it."""


class QuestionError(ChatError):
    """The question cannot be asked as it is."""


class CitationError(ChatError):
    """A quotation does not stand where its anchor says."""
