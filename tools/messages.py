"""Texts and their translation: collect, compile and check, without GNU gettext.

    python tools/messages.py extract [room …]   bring the .po files up to date with the sources
    python tools/messages.py compile            write the .mo files that Django reads
    python tools/messages.py check [room …]     exit 1 and name what is missing, empty, doubtful or wrong

Sources are Swedish, the translation is English; each room has its own catalogue. The files are sorted and
carry neither line numbers nor dates, so that two people who add texts seldom meet in the same lines.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.template.base import DebugLexer, Token, TokenType
from django.utils.text import smart_split
from django.utils.translation import trim_whitespace

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "styrfart"
LANGUAGE = "en"
DOMAIN = "django"

# Rooms that are no Django apps, so that Django would not read their catalogue -> whose they are kept in.
GUESTS = {"config": "shared"}

# Function -> which arguments are context, singular and plural.
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
CONSTANT = re.compile(r"""_\((?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\)""")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


@dataclass(frozen=True, order=True)
class Text:
    """One text to be translated."""

    text: str
    plural: str = ""
    context: str = ""


class CannotRead(Exception):
    """A source holds a text that cannot be collected."""


# --- Python -----------------------------------------------------------------------------------------
def constant(node: ast.expr, where: str) -> str:
    """The text of a literal argument."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise CannotRead(f"{where}:{node.lineno}: a text to translate must be a plain literal")


def in_python(source: str, where: str) -> Iterator[Text]:
    """Texts in a Python module; functions may be imported under another name."""
    tree = ast.parse(source, where)
    names = dict.fromkeys(FUNCTIONS, "")
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {
                alias.asname or alias.name: alias.name for alias in node.names if alias.name in FUNCTIONS
            }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else None
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            called = node.func.attr if node.func.value.id == "translation" else None
        if called is None or called not in names or not node.args:
            continue
        context, singular, plural = FUNCTIONS[names[called] or called]
        yield Text(
            text=constant(node.args[singular], where),
            plural="" if plural is None else constant(node.args[plural], where),
            context="" if context is None else constant(node.args[context], where),
        )


# --- Templates --------------------------------------------------------------------------------------
def literal(word: str) -> str | None:
    """The text of a quoted word in a tag, before its filters; None if it is a variable."""
    match = re.match(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""", word)
    return str(ast.literal_eval(match[1])) if match else None


def doubled(text: str) -> str:
    """Template text as Django looks it up: a percent sign is no placeholder."""
    return text.replace("%", "%%")


def option(words: list[str], name: str) -> str:
    """The literal after `name` in a tag."""
    if name not in words:
        return ""
    return literal(words[words.index(name) + 1]) or ""


def block_text(tokens: list[Token], *, is_trimmed: bool) -> str:
    """What stands between two tags, with variables as placeholders, as Django looks it up."""
    pieces = [
        doubled(token.contents) if token.token_type == TokenType.TEXT else f"%({token.contents})s"
        for token in tokens
    ]
    text = "".join(pieces)
    return trim_whitespace(text) if is_trimmed else text


def in_template(source: str, where: str) -> Iterator[Text]:
    """Texts in a template: translate, blocktranslate, and _("…") in any tag or variable."""
    tokens = iter(DebugLexer(source).tokenize())
    for token in tokens:
        if token.token_type not in {TokenType.BLOCK, TokenType.VAR}:
            continue
        for match in CONSTANT.finditer(token.contents):
            yield Text(doubled(ast.literal_eval(match["text"])))
        words = list(smart_split(token.contents))
        if token.token_type == TokenType.VAR or not words:
            continue
        if words[0] == "comment":
            while next(tokens).contents != "endcomment":
                pass
        elif words[0] in {"trans", "translate"}:
            text = literal(words[1])
            if text is None:
                raise CannotRead(f"{where}:{token.lineno}: translate a literal, not a variable")
            yield Text(doubled(text), context=option(words, "context"))
        elif words[0] in {"blocktrans", "blocktranslate"}:
            yield in_block(words, tokens, where, token.lineno or 0)


def in_block(words: list[str], tokens: Iterator[Token], where: str, line: int) -> Text:
    """The text of one blocktranslate, whose first tag has been read."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        first = token.contents.split()[0] if token.token_type == TokenType.BLOCK and token.contents else ""
        if first in {"endblocktrans", "endblocktranslate"}:
            break
        if first == "plural":
            parts.append([])
        elif token.token_type == TokenType.BLOCK:
            raise CannotRead(f"{where}:{line}: blocktranslate holds the tag {first}")
        elif token.token_type != TokenType.COMMENT:
            parts[-1].append(token)
    is_trimmed = "trimmed" in words
    texts = [block_text(part, is_trimmed=is_trimmed) for part in parts]
    return Text(texts[0], plural=texts[1] if len(texts) > 1 else "", context=option(words, "context"))


# --- Catalogues -------------------------------------------------------------------------------------
def rooms() -> list[str]:
    """Every room that has texts."""
    return sorted(
        path.name
        for path in PACKAGE.iterdir()
        if path.is_dir()
        and path.name not in {"__pycache__", *GUESTS}
        and (catalogue_path(path.name).exists() or texts_of(path.name))
    )


def texts_of(room: str) -> set[Text]:
    """Every text in a room's sources; a text with a plural also stands for the same text without."""
    found: set[Text] = set()
    folders = [room, *(guest for guest, host in GUESTS.items() if host == room)]
    for path in sorted(path for folder in folders for path in (PACKAGE / folder).rglob("*")):
        where = str(path.relative_to(PACKAGE.parent.parent))
        if "migrations" in path.parts or not path.is_file():
            continue
        if path.suffix == ".py":
            found |= set(in_python(path.read_text("utf-8"), where))
        elif "templates" in path.parts and path.suffix in {".html", ".txt"}:
            found |= set(in_template(path.read_text("utf-8"), where))
    plurals = {(text.text, text.context) for text in found if text.plural}
    return {text for text in found if text.text and (text.plural or (text.text, text.context) not in plurals)}


def catalogue_path(room: str) -> Path:
    """Where a room's translation lies."""
    return PACKAGE / room / "locale" / LANGUAGE / "LC_MESSAGES" / f"{DOMAIN}.po"


def load(room: str) -> Catalog:
    """A room's translation as it is; empty if there is none."""
    path = catalogue_path(room)
    if not path.exists():
        return Catalog(locale=LANGUAGE, domain=DOMAIN)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, domain=DOMAIN)


def known(catalogue: Catalog, text: Text) -> Message | None:
    """The entry of `text`, also when it had or lacked a plural before."""
    return catalogue.get(text.text, text.context or None)


def merged(room: str) -> Catalog:
    """The room's catalogue with every text of the sources and nothing else; translations are kept."""
    old = load(room)
    new = Catalog(locale=LANGUAGE, domain=DOMAIN, header_comment="", fuzzy=False)
    for text in sorted(texts_of(room)):
        entry = known(old, text)
        # A translation that was for one form does not do for two.
        fits = entry is not None and entry.pluralizable == bool(text.plural)
        forms = forms_of(entry) if entry is not None and fits else ["", ""]
        new.add(
            (text.text, text.plural) if text.plural else text.text,
            tuple(forms) if text.plural else forms[0],
            flags=["fuzzy"] if entry is not None and entry.fuzzy else [],
            user_comments=entry.user_comments if entry is not None else [],
            context=text.context or None,
        )
    return new


HEADER = f"""msgid ""
msgstr ""
"Language: {LANGUAGE}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def written(catalogue: Catalog) -> bytes:
    """The .po file of a catalogue."""
    buffer = BytesIO()
    write_po(buffer, catalogue, omit_header=True, width=110, sort_output=False)
    return HEADER.encode() + buffer.getvalue().strip() + b"\n"


def extract(chosen: list[str]) -> int:
    """Bring the .po files up to date."""
    for room in chosen:
        path = catalogue_path(room)
        catalogue = merged(room)
        if not len(catalogue):
            path.unlink(missing_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(catalogue))
        missing = sum(1 for entry in catalogue if entry.id and not is_translated(entry))
        say(f"{room}: {len(catalogue)} texts, {missing} to translate")
    return 0


def compile_all() -> int:
    """Write the .mo files."""
    for room in rooms():
        path = catalogue_path(room)
        if path.exists():
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, load(room))
    return 0


def forms_of(entry: Message) -> list[str]:
    """The translation as a list: one form, or singular and plural."""
    forms = list(entry.string) if isinstance(entry.string, list | tuple) else [entry.string]
    return [str(form or "") for form in forms]


# --- Check ------------------------------------------------------------------------------------------
def is_translated(entry: Message) -> bool:
    """Whether every form of the entry has a translation."""
    forms = forms_of(entry)
    return all(forms) and len(forms) == (2 if entry.pluralizable else 1)


def placeholders(text: str) -> list[str]:
    """The placeholders of a text, sorted."""
    return sorted(match[0] for match in PLACEHOLDER.finditer(text))


def faults(room: str) -> list[str]:
    """What is wrong with a room's translation, one line for each text."""
    found: list[str] = []
    catalogue = load(room)
    wanted = {(text.text, text.context): text for text in texts_of(room)}
    for (text, context), source in sorted(wanted.items()):
        entry = catalogue.get(text, context or None)
        name = f"{room}: {text!r}"
        if entry is None or entry.pluralizable != bool(source.plural):
            found.append(f"{name} is missing: run extract")
        elif entry.fuzzy:
            found.append(f"{name} is marked as doubtful (fuzzy)")
        elif not is_translated(entry):
            found.append(f"{name} has no translation")
        else:
            found += wrong_placeholders(name, entry, source)
    kept = {
        (entry.id[0] if entry.pluralizable else entry.id, entry.context or "")
        for entry in catalogue
        if entry.id
    }
    found += [
        f"{room}: {text!r} is no longer used: run extract" for text, _context in sorted(kept - set(wanted))
    ]
    return found


def wrong_placeholders(name: str, entry: Message, source: Text) -> list[str]:
    """Placeholders that went or came in translation. A singular may leave its number out."""
    wanted = placeholders(source.plural or source.text)
    found = []
    for number, form in enumerate(forms_of(entry)):
        has = placeholders(form)
        is_subset = source.plural and number == 0 and set(has) <= set(wanted)
        if has != wanted and not is_subset:
            found.append(f"{name}: placeholders {has} instead of {wanted}")
    return found


def contradictions() -> list[str]:
    """Texts that two rooms translate differently: Django would show one of the two everywhere."""
    said: dict[tuple[str, str], dict[str, str]] = {}
    for room in rooms():
        for entry in load(room):
            if entry.id and is_translated(entry):
                text = entry.id[0] if entry.pluralizable else str(entry.id)
                said.setdefault((str(text), entry.context or ""), {}).setdefault(forms_of(entry)[0], room)
    return [
        f"{text!r} is translated in different ways: "
        + ", ".join(f"{room} {form!r}" for form, room in ways.items())
        for (text, _context), ways in sorted(said.items())
        if len(ways) > 1
    ]


def check(chosen: list[str]) -> int:
    """Say what is wrong; 1 if anything is."""
    found = [fault for room in chosen for fault in faults(room)] + contradictions()
    for fault in found:
        say(fault)
    return 1 if found else 0


def say(line: str) -> None:
    """Write a line."""
    sys.stdout.write(line + "\n")


def main(arguments: list[str]) -> int:
    """Do what the command line asks."""
    command, *chosen = arguments or [""]
    if unknown := [room for room in chosen if not (PACKAGE / room).is_dir()]:
        say(f"No such room: {', '.join(unknown)}")
        return 2
    if command == "extract":
        return extract(chosen or rooms())
    if command == "compile":
        return compile_all()
    if command == "check":
        return check(chosen or rooms())
    say(__doc__ or "")
    return 2


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except CannotRead as error:
        say(str(error))
        sys.exit(1)
