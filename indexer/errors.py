"""What can go wrong in the indexer.

    IndexerError
    ├── CorpusError        the corpus folder or its sources.toml cannot be used
    ├── LoadError          one file cannot be read; the others go on
    ├── EncoderError       the encoder cannot be made or run
    └── IndexStorageError
        ├── IndexMissing       there is no index yet
        ├── IndexDamaged       a file of the index is not what was written
        ├── IndexIncompatible  made by another encoder or another format version
        └── IndexBusy          another process is writing this index

Every message names the path or the thing, and the cure where there is one.
"""


class IndexerError(Exception):
    """The base of all of them; only the command line and the page catch it."""


class CorpusError(IndexerError):
    """The corpus folder or its sources.toml cannot be used."""


class LoadError(IndexerError):
    """One file cannot be read."""


class EncoderError(IndexerError):
    """The encoder cannot be made or run."""


class IndexStorageError(IndexerError):
    """The index on disk cannot be used or written."""


class IndexMissing(IndexStorageError):
    """There is no index at this place yet."""


class IndexDamaged(IndexStorageError):
    """A file of the index is missing or is not what was written."""


class IndexIncompatible(IndexStorageError):
    """The index was made by another encoder or another format version."""


class IndexBusy(IndexStorageError):
    """Another process is writing this index."""
