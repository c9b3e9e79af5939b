"""Mixes labelled messages into longer ones, so that the network learns that length by itself says nothing: several messages
that want no answer still want none, and small talk around one that does changes nothing. Writes target/learn/mixed-*.tsv."""

import pathlib
import random
import re
import tomllib

HERE = pathlib.Path(__file__).parent
OUT = HERE.parent / "target" / "learn"
JOINTS = [". ", " \\n", "! "]

# What tells of an ache wants no answer by itself, but beside a fever it does: such messages are not mixed with others.
ACHING = re.compile(r"\b(ach|back ?ach|hurt|pain|sore|stiff|sciatic|herniat|bulging|bad back|back problem)", re.IGNORECASE)


def read(path):
    return [line.split("\t", 2) for line in path.read_text(encoding="utf-8").splitlines()[1:]]


def ordinary():
    path = HERE.parent / "responses" / "en" / "_ordinary.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("# ")]


def examples():
    """The topics' own examples, which have to lead where they say, and their counterexamples."""
    for path in sorted((HERE.parent / "responses" / "en").glob("[a-z]*.toml")):
        topic = tomllib.loads(path.read_text(encoding="utf-8"))
        label = "urgent" if topic["id"] == "red-flags" else "reply"
        yield from (f"{label}\t{topic['id']}\t{text}\n" for text in topic.get("examples", []))
        if topic["id"] == "back-went-out":
            yield from (f"none\t-\t{text}\n" for text in topic.get("counterexamples", []))


def main():
    chance = random.Random(5)
    chat = ordinary()
    OUT.mkdir(parents=True, exist_ok=True)
    head = "label\ttopic\ttext\n"
    (OUT / "ordinary.tsv").write_text(head + "".join(f"none\t-\t{line}\n" for line in chat), encoding="utf-8")
    (OUT / "written-examples.tsv").write_text(head + "".join(examples()), encoding="utf-8")
    for path in sorted((HERE / "messages").glob("written-*.tsv")):
        messages = read(path)
        silent = [message for message in messages if message[0] == "none" and not ACHING.search(message[2])]
        others = [message for message in messages if message[0] != "none"]
        lines = []
        for _ in range(len(silent) // 2):
            some = [chance.choice(silent)[2] for _ in range(chance.randint(2, 4))]
            lines.append("none\t-\t" + chance.choice(JOINTS).join(some))
        for _ in range(len(others) // 4):
            label, topic, text = chance.choice(others)
            both = [text, chance.choice(chat)]
            chance.shuffle(both)
            lines.append(f"{label}\t{topic}\t" + chance.choice(JOINTS).join(both))
        (OUT / f"mixed-{path.name}").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
