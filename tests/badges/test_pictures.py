"""QR pictures to send out: one for each delegate, under names that every system takes."""

from __future__ import annotations

import io
import zipfile

import pytest

from eventday.badges.pictures import Picture, picture_paths, pictures_zip, safe_name

from .reading import MADE_AT, qr_texts


def test_every_picture_lies_in_its_companys_folder_and_reads_back() -> None:
    pictures = [
        Picture("申维检测", "刘文", "HTTPS://F.EXAMPLE/B/1"),
        Picture("核工院", "曾东梅", "HTTPS://F.EXAMPLE/B/2"),
    ]
    with zipfile.ZipFile(io.BytesIO(pictures_zip("宝山对接会", pictures, made_at=MADE_AT))) as archive:
        read = {name: qr_texts(archive.read(name)) for name in archive.namelist()}
    assert read == {"申维检测/刘文.png": ["HTTPS://F.EXAMPLE/B/1"], "核工院/曾东梅.png": ["HTTPS://F.EXAMPLE/B/2"]}


def test_people_of_one_name_keep_a_picture_each() -> None:
    same = [Picture("A", "Li Wei", "1"), Picture("A", "li wei", "2"), Picture("B", "Li Wei", "3")]
    assert picture_paths(same) == ["A/Li Wei.png", "A/li wei (2).png", "B/Li Wei.png"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ('A/B:C*D?"E"<F>|G\\', "A_B_C_D__E__F__G_"),
        ("  ...  ", "_"),
        ("", "_"),
        ("CON", "_CON"),
        ("com1.txt", "_com1.txt"),
        ("名字\u202e gnp.exe", "名字_ gnp.exe"),
        ("刘\n文", "刘 文"),
        ("长" * 300, "长" * 60),
    ],
)
def test_a_name_becomes_a_safe_file_name(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_nobody_makes_an_empty_archive_rather_than_an_error() -> None:
    with zipfile.ZipFile(io.BytesIO(pictures_zip("宝山对接会", [], made_at=MADE_AT))) as archive:
        assert archive.namelist() == []


def test_the_same_pictures_make_the_same_archive() -> None:
    one = [Picture("A", "B", "C")]
    assert pictures_zip("宝山对接会", one, made_at=MADE_AT) == pictures_zip("宝山对接会", one, made_at=MADE_AT)
