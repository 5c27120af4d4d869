"""Reports in a real browser: as wide as any window, readable in the dark, and quiet.

The tests need Chromium, which `.ci/run` installs where it can; elsewhere they are skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
from html import unescape
from pathlib import Path

import pytest

from tests.tui.page.made import page, store
from tests.tui.page.reading import read
from tui.page.portfolio import portfolio_page

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason=f"no browser is installed: {', '.join(NAMES)}"),
    pytest.mark.timeout(180),
]
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--hide-scrollbars",
)  # fmt: skip
MEASURE = """
<script>
function colour(text) {
  const n = text.match(/[\\d.]+/g).map(Number);
  return {rgb: n.slice(0, 3), alpha: n.length > 3 ? n[3] : 1};
}
function light(rgb) {
  const c = rgb.map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
  return .2126 * c[0] + .7152 * c[1] + .0722 * c[2];
}
function ground(node) {
  for (; node; node = node.parentElement) {
    const found = colour(getComputedStyle(node).backgroundColor);
    if (found.alpha > 0) return found.rgb;
  }
  return [255, 255, 255];
}
function faint(body) {
  let least = [99, ''];
  for (const node of body.querySelectorAll('*')) {
    const own = [...node.childNodes].some(c => c.nodeType === 3 && c.data.trim());
    if (!own || ['STYLE', 'SCRIPT', 'title', 'desc'].includes(node.tagName)) continue;
    const style = getComputedStyle(node), drawn = node instanceof SVGElement;
    const a = light(colour(drawn ? style.fill : style.color).rgb), b = light(ground(node));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < least[0]) least = [ratio, node.tagName + ' ' + node.textContent.slice(0, 40)];
  }
  return least;
}
addEventListener('load', () => {
  const found = {
    dark: matchMedia('(prefers-color-scheme: dark)').matches, contrast: faint(document.body),
    fetched: performance.getEntriesByType('resource').map(e => e.name), wide: {},
  };
  const text = document.documentElement.outerHTML.replace(/<script[^]*<\\/script>/, '');
  const frame = document.createElement('iframe');
  const widths = [320, 600, 1200];
  frame.style.border = '0';
  frame.onload = () => {
    const inside = frame.contentDocument.documentElement;
    found.wide[frame.width] = inside.scrollWidth - frame.width;
    if (widths.length) { next(); return; }
    frame.remove();
    const told = document.createElement('pre');
    told.id = 'found';
    told.textContent = JSON.stringify(found);
    document.body.append(told);
  };
  function next() { frame.width = widths.shift(); frame.height = 800; frame.srcdoc = text; }
  next();
  document.body.append(frame);
});
</script>
"""
"""Says of the page that it stands in what a person with a ruler would."""


def browse(folder: Path, text: str, *flags: str) -> str:
    """Open a page in a browser that has never been opened before; what it writes."""
    assert CHROMIUM is not None
    file = folder / "page.html"
    file.write_text(text, "utf-8")
    own = folder / "profile"
    own.mkdir()
    done = subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={own}", *flags, file.as_uri()],
        capture_output=True, text=True, timeout=150, check=True,
        env={**os.environ, "HOME": str(own)},
    )  # fmt: skip
    return done.stdout


def pages() -> dict[str, str]:
    return {"attempt": page(), "portfolio": portfolio_page(store().attempts())}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["attempt", "portfolio"])
def test_it_fits_any_window_can_be_read_and_fetches_nothing(
    tmp_path: Path, name: str, scheme: str
) -> None:
    text = pages()[name].replace("http-equiv", "data-was").replace("</body>", f"{MEASURE}</body>")
    scheme_flag = f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}"
    root = read(browse(tmp_path, text, scheme_flag, "--virtual-time-budget=20000", "--dump-dom"))
    told = next(one for one in root.all("pre") if one.attributes.get("id") == "found")
    found = json.loads(unescape(told.text))
    assert found["dark"] == (scheme == "dark")
    assert found["fetched"] == []
    assert {int(width): over for width, over in found["wide"].items()} == {320: 0, 600: 0, 1200: 0}
    ratio, where = found["contrast"]
    assert ratio >= 4.5, where


def test_the_browser_reads_what_was_written(tmp_path: Path) -> None:
    seen, written = read(browse(tmp_path, page(), "--dump-dom")), read(page())
    for tag in ("section", "table", "svg", "data", "article"):
        assert len(list(seen.all(tag))) == len(list(written.all(tag))) > 0
    wanted, got = (" ".join(next(root.all("main")).text.split()) for root in (written, seen))
    assert got == wanted


def test_its_policy_lets_no_script_run(tmp_path: Path) -> None:
    script = "<script>document.body.setAttribute('data-ran', 'yes')</script></body>"
    assert "data-ran" in browse(tmp_path, "<body>" + script, "--dump-dom").split("<script>")[0]
    (tmp_path / "again").mkdir()
    seen = browse(tmp_path / "again", page().replace("</body>", script), "--dump-dom")
    assert "<body data-ran" not in seen


@pytest.mark.parametrize("size", [(1200, 900), (520, 900)])
def test_a_picture_of_it_can_be_taken(tmp_path: Path, size: tuple[int, int]) -> None:
    picture = tmp_path / "page.png"
    window = f"--window-size={size[0]},{size[1]}"
    browse(tmp_path, page(), window, f"--screenshot={picture}")
    data = picture.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", data[16:24]) == size
    assert len(data) > 20_000, "there is something on it"
