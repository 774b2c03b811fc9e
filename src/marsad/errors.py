"""What can go wrong, as few kinds as a caller can act upon."""


class MarsadError(Exception):
    """Base of every error that Marsad raises on purpose; its text is fit for a user's eyes."""


class DataFileError(MarsadError):
    """A vocabulary or theatre file is wrong; the text names the file, the line and the reason."""


class InputError(MarsadError):
    """An input cannot be read as reports; the text names the input and the reason."""


class MissingError(MarsadError):
    """Nothing has the id or the name that was asked for."""


class GazetteerError(MarsadError):
    """The gazetteer is missing, damaged or could not be built."""


class StoreError(MarsadError):
    """The monitor's file cannot be opened, read or written."""


class MissingStoreError(StoreError):
    """There is no monitor where one was looked for."""


class RoadsError(MarsadError):
    """The roads are missing or damaged, or a route is asked for that they cannot tell."""
