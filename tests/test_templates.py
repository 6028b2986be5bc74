"""Templates: no inline code or style, nothing from elsewhere, every text translated, tidy."""

import html
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.template import engines
from django.template.backends.django import DjangoTemplates

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "styrfart"
PAGES = sorted(PACKAGE.glob("*/templates/**/*.html"))
NAMES = [str(path.relative_to(PACKAGE)) for path in PAGES]

COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.S)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.S)
# Where the law sends a reader whose report was not dealt with.
ALLOWED_LINKS = {"https://www.digg.se/tdosanmalan"}


def source(path: Path) -> str:
    """The template without comments."""
    return COMMENT.sub("", path.read_text("utf-8"))


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_a_template_has_no_inline_code(path: Path) -> None:
    """The policy would stop it in the browser; here it is found before."""
    text = TAG.sub("x", source(path))
    assert re.findall(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:|\shx-on", text, re.I) == []
    scripts = re.findall(r"<script\b[^>]*>", text)
    assert [one for one in scripts if " src=" not in one and 'type="application/json"' not in one] == []
    assert [one for one in scripts if " src=" in one and " defer" not in one] == []


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_a_template_names_no_other_site(path: Path) -> None:
    found = set(re.findall(r"(?:https?:)?//[\w.-]+\.\w+[^\s\"'<]*", source(path)))
    assert {one for one in found if "www.w3.org/" not in one} - ALLOWED_LINKS == set()


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_a_form_that_changes_something_is_guarded(path: Path) -> None:
    for form in re.findall(r"<form\b.*?</form>", source(path), re.S):
        if re.search(r"<form[^>]*method=.post", form):
            assert "{% csrf_token %}" in form


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_every_text_in_a_template_is_translated(path: Path) -> None:
    """Words between tags that no reader of English could change."""
    text = source(path)
    text = re.sub(r"\{% blocktrans(?:late)?\b.*?\{% endblocktrans(?:late)? %\}", "", text, flags=re.S)
    text = re.sub(r"<(script|svg|code|pre)\b.*?</\1>", "", text, flags=re.S)
    text = re.sub(r"\{% block (layout|hero_class|body_attrs) %\}.*?\{% endblock", "", text)  # attributes
    # Not words of ours: the name, the names of languages in their own language, units.
    text = re.sub(r"<(button|a)\b[^>]*\slang=[^>]*>[^<]*</\1>", "", text)
    text = html.unescape(TAG.sub("", text))
    words = re.findall(r">([^<>]*[A-Za-zÅÄÖåäö]{2,}[^<>]*)<", text)
    assert [one.strip() for one in words if re.search(r"\w{2}", one.replace("Styrfart", ""))] == []


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_a_template_can_be_read_by_the_engine(path: Path) -> None:
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)
    name = path.relative_to(next(parent for parent in path.parents if parent.name == "templates"))
    assert engine.get_template(str(name)).template.nodelist is not None


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_a_class_that_is_used_has_a_look(path: Path) -> None:
    """A misspelt class is silent: the page is merely ugly."""
    # The stylesheet of the pages, and those of what is printed.
    css = "".join(path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.css")))
    known = {*re.findall(r"\.([a-z][\w-]*)", css), "plain"}
    # A class that is put together from a variable cannot be looked up here.
    text = re.sub(r"[\w-]*(?:\{%.*?%\}|\{\{.*?\}\})[\w-]*", " ", source(path), flags=re.S)
    used = set(" ".join(re.findall(r'class="([^"]*)"', text)).split())
    assert used - known == set()


def test_templates_are_in_order() -> None:
    """djade finds nothing to change in how tags are written."""
    run = subprocess.run(
        [str(Path(sys.executable).parent / "djade"), "--check", "--target-version", "5.2", *map(str, PAGES)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
