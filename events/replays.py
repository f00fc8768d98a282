"""The replay of an event as a page shows it."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Replay:
    """The parts of the page by name; each is there once, but the slides."""

    page: object
    saves_data: bool = False

    @cached_property
    def parts(self):
        parts = defaultdict(list)
        for block in self.page.replay:
            parts[block.block_type].append(block.value)
        return dict(parts)

    def first(self, name):
        return next(iter(self.parts.get(name, [])), None)

    @property
    def player(self):
        """Whether a chapter has something to play on this page."""
        recording = self.first("recording")
        return bool(self.first("sound") or (recording and recording["video"]))

    @property
    def light_size(self):
        """Of the light version: the sound and the slides."""
        sound, slides = self.first("sound"), self.first("slides")
        files = [sound and sound["audio"], slides and slides["document"]]
        return sum(one.file.size for one in files if one)
