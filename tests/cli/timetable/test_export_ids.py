"""Pages of a school whose ids are anything: files, and links that lead to them."""

import re
from html import unescape
from urllib.parse import unquote, urlsplit

from scheduler.cli import main
from tests.formats.primary_school import Folder

ODD = {"G1C01": "一(1)班", "G1C02": "a'b&c?%2F+ x", "T001": "张(三)"}


def test_export_html_writes_files_and_links_for_any_id(tmp_path):
    folder = Folder(tmp_path).path
    for path in folder.glob("*.csv"):
        text = path.read_text("utf-8-sig")
        path.write_text(re.sub("|".join(ODD), lambda x: ODD[x[0]], text), "utf-8")
    out = tmp_path / "out"
    given = (folder, folder / "timetable.csv")

    arguments = ("export", *given, "--format", "html", "--out", out)
    assert main([str(x) for x in arguments]) == 0
    pages = list(out.rglob("*.html"))
    assert len(pages) > 100
    for page in pages:
        text = page.read_text("utf-8")
        for link in set(re.findall(r' href="([^"#]+)', text)):
            target = urlsplit(unescape(link))
            if not target.scheme:
                assert (page.parent / unquote(target.path)).exists(), (page, link)
