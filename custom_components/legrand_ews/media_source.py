"""The file space in Home Assistant's media browser: sites, folders, CSV files."""

from typing import Final, override

from homeassistant.components.media_player import BrowseError, MediaClass
from homeassistant.components.media_source import (
    BrowseMediaSource,
    MediaSource,
    MediaSourceItem,
    PlayMedia,
    Unresolvable,
)
from homeassistant.core import HomeAssistant

from .const import DOMAIN
from .errors import home_assistant_error
from .ews.errors import EwsError
from .ews.files import Entry
from .files.downloads import CSV, file_url
from .files.space import async_in_files
from .queries import running_site
from .runtime import EwsConfigEntry

NAME: Final = "Energy Web Server"
_FOLDER: Final = "directory"


async def async_get_media_source(hass: HomeAssistant) -> MediaSource:
    """Offer the files of all sites."""
    return FileSource(hass)


class FileSource(MediaSource):
    """Identifiers are ``<entry id>/<path>``."""

    name = NAME

    def __init__(self, hass: HomeAssistant) -> None:
        """Take Home Assistant."""
        super().__init__(DOMAIN)
        self._hass = hass

    @override
    async def async_resolve_media(self, item: MediaSourceItem) -> PlayMedia:
        """Return the address of a file; Home Assistant signs it for the user."""
        entry, path = self._parted(item)
        if entry is None:
            raise Unresolvable(item.identifier)
        try:
            found = await async_in_files(self._hass, entry, lambda x: x.find(path))
        except EwsError as error:
            raise Unresolvable(str(home_assistant_error(error))) from error
        if found.is_folder:
            raise Unresolvable(item.identifier)
        return PlayMedia(file_url(entry, path), CSV)

    @override
    async def async_browse_media(self, item: MediaSourceItem) -> BrowseMediaSource:
        """List the sites, or a folder of one."""
        if not item.identifier:
            return self._sites()
        entry, path = self._parted(item)
        if entry is None:
            raise BrowseError(item.identifier)
        try:
            children = await async_in_files(
                self._hass, entry, lambda tree: tree.entries(path)
            )
        except EwsError as error:
            raise BrowseError(str(home_assistant_error(error))) from error
        title = path.rsplit("/", maxsplit=1)[-1] or entry.title
        folder = _folder(item.identifier, title)
        prefix = item.identifier.rstrip("/")
        folder.children = [_item(f"{prefix}/{child.name}", child) for child in children]
        return folder

    def _sites(self) -> BrowseMediaSource:
        root = _folder("", NAME)
        root.children = [
            _folder(entry.entry_id, entry.title)
            for entry in self._hass.config_entries.async_loaded_entries(DOMAIN)
        ]
        return root

    def _parted(self, item: MediaSourceItem) -> tuple[EwsConfigEntry | None, str]:
        entry_id, _, path = item.identifier.partition("/")
        return running_site(self._hass, entry_id), path


def _item(identifier: str, entry: Entry) -> BrowseMediaSource:
    if entry.is_folder:
        return _folder(identifier, entry.name)
    return BrowseMediaSource(
        domain=DOMAIN,
        identifier=identifier,
        media_class=MediaClass.URL,
        media_content_type=CSV,
        title=entry.name,
        can_play=True,
        can_expand=False,
    )


def _folder(identifier: str, title: str) -> BrowseMediaSource:
    return BrowseMediaSource(
        domain=DOMAIN,
        identifier=identifier,
        media_class=MediaClass.DIRECTORY,
        media_content_type=_FOLDER,
        title=title,
        can_play=False,
        can_expand=True,
        children_media_class=MediaClass.DIRECTORY,
    )
