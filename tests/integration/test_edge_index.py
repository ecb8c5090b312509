"""What only the embedded index must do: survive, refuse, and notice damage."""

import multiprocessing
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import anyio
import numpy as np
import pytest

from services.matcher.index.edge_collections import EdgeVectorIndexes, IndexInUseError
from services.matcher.ports import IndexDamagedError, OrganisationPoints
from shared.errors import ProblemError
from tests.support.index_points import DIMENSION, points
from tests.support.memory_folder import memory_folder

pytestmark = pytest.mark.anyio


def indexes(folder: Path, free: int = 0) -> EdgeVectorIndexes:
    return EdgeVectorIndexes(folder, minimum_free_bytes=free)


def changes() -> list[OrganisationPoints]:
    rng = np.random.default_rng(3)
    return [points(f"o{number}", rng, 10) for number in range(30)]


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    with memory_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
async def filled() -> AsyncIterator[Path]:
    """An index of 300 points, made once."""
    with memory_folder() as folder:
        opened = indexes(folder)
        await (await opened.open("c", DIMENSION)).replace_many(changes())
        await opened.close()
        yield folder


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed and broken."""
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    return tmp_path


async def test_a_second_start_finds_everything(folder: Path) -> None:
    again = indexes(folder)
    index = await again.open("c", DIMENSION)
    await index.check()
    assert await index.count() == 300
    await index.replace_many([OrganisationPoints("o1", 2, [])])
    await again.close()
    third = indexes(folder)
    assert await (await third.open("c", DIMENSION)).count() == 290
    await third.close()


def _write_and_die(folder: Path) -> None:
    async def write() -> None:
        index = await indexes(folder).open("c", DIMENSION)
        await index.replace_many(changes())
        os._exit(9)

    anyio.run(write)


async def test_what_was_written_outlives_a_killed_process(tmp_path: Path) -> None:
    child = multiprocessing.get_context("spawn").Process(target=_write_and_die, args=(tmp_path,))
    child.start()
    await anyio.to_thread.run_sync(child.join)
    assert child.exitcode == 9
    opened = indexes(tmp_path)
    index = await opened.open("c", DIMENSION)
    assert await index.count() == 300
    await opened.close()


async def test_the_directory_has_one_owner(tmp_path: Path) -> None:
    first, second = indexes(tmp_path), indexes(tmp_path)
    await first.open("c", DIMENSION)
    with pytest.raises(IndexInUseError, match="stop that matcher"):
        await second.open("c", DIMENSION)
    await first.close()
    await second.open("c", DIMENSION)
    await second.close()


async def test_opening_twice_gives_the_same_index(tmp_path: Path) -> None:
    opened = indexes(tmp_path)
    assert await opened.open("c", DIMENSION) is await opened.open("c", DIMENSION)
    await opened.close()


async def test_without_space_nothing_is_changed(folder: Path) -> None:
    full = indexes(folder, free=1 << 60)
    index = await full.open("c", DIMENSION)
    with pytest.raises(ProblemError, match="out_of_space"):
        await index.replace_many([OrganisationPoints("o1", 2, [])])
    assert await index.count() == 300
    with pytest.raises(ProblemError, match="out_of_space"):
        await full.open("another", DIMENSION)
    await full.close()


@pytest.mark.parametrize("name", ["../x", "", ".hidden", "a/b"])
async def test_a_name_cannot_leave_the_directory(tmp_path: Path, name: str) -> None:
    opened = indexes(tmp_path)
    with pytest.raises(ValueError, match="name"):
        await opened.open(name, DIMENSION)
    await opened.close()


async def test_another_dimension_is_refused(folder: Path) -> None:
    opened = indexes(folder)
    with pytest.raises(ValueError, match="dimensions"):
        await opened.open("c", DIMENSION + 1)
    await opened.close()


def files(folder: Path, pattern: str) -> list[Path]:
    found = sorted(path for path in (folder / "c").rglob(pattern) if path.is_file())
    assert found
    return found


def delete_manifest(folder: Path) -> None:
    (folder / "c" / "collection.json").unlink()


def garble_state(folder: Path) -> None:
    (folder / "c" / "state.json").write_text('{"other": 1}')


def delete_segments(folder: Path) -> None:
    shutil.rmtree(folder / "c" / "shard" / "segments")


def delete_everything_below(folder: Path) -> None:
    shutil.rmtree(folder / "c")
    (folder / "c").mkdir()


def cut_vectors(folder: Path) -> None:
    os.truncate(files(folder, "vector_storage-corrected/vectors/chunk_0.mmap")[0], 100)


def overwrite_one_byte(folder: Path) -> None:
    with files(folder, "payload_storage/page_0.dat")[0].open("r+b") as target:
        target.seek(200)
        byte = target.read(1)
        target.seek(200)
        target.write(bytes([byte[0] ^ 0xFF]))


def overwrite_vectors(folder: Path) -> None:
    path = files(folder, "vector_storage-corrected/vectors/chunk_0.mmap")[0]
    with path.open("r+b") as target:
        target.write(b"\x41" * 4096)


def garble_configuration(folder: Path) -> None:
    (folder / "c" / "shard" / "edge_config.json").write_text("{")


DAMAGES = [
    delete_manifest,
    garble_state,
    delete_segments,
    delete_everything_below,
    cut_vectors,
    overwrite_one_byte,
    overwrite_vectors,
    garble_configuration,
]


@pytest.mark.parametrize("damage", DAMAGES)
async def test_damage_is_noticed_at_start_and_a_rebuild_mends_it(
    folder: Path, damage: Callable[[Path], None]
) -> None:
    damage(folder)
    opened = indexes(folder)
    with pytest.raises(IndexDamagedError):
        await opened.open("c", DIMENSION)
    await opened.drop("c")
    index = await opened.open("c", DIMENSION)
    await index.replace_many(changes())
    assert await index.count() == 300
    await opened.close()


@pytest.mark.parametrize("damage", [delete_manifest, delete_segments, overwrite_vectors])
async def test_damage_is_noticed_while_running(
    folder: Path, damage: Callable[[Path], None]
) -> None:
    opened = indexes(folder)
    index = await opened.open("c", DIMENSION)
    await index.check()
    damage(folder)
    with pytest.raises(IndexDamagedError):
        await index.check()
    if damage is delete_segments:
        with pytest.raises(IndexDamagedError):
            await index.replace_many(changes())
    await opened.drop("c")
    assert await (await opened.open("c", DIMENSION)).count() == 0
    await opened.close()


@pytest.mark.parametrize("damage", [delete_segments, overwrite_vectors, garble_configuration])
async def test_a_damaged_index_can_still_be_closed(
    folder: Path, damage: Callable[[Path], None]
) -> None:
    opened = indexes(folder)
    await opened.open("c", DIMENSION)
    damage(folder)
    await opened.close()
    again = indexes(folder)
    with pytest.raises(IndexDamagedError):
        await again.open("c", DIMENSION)
    await again.close()
