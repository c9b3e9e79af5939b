"""Learns the network of a language from labelled messages and writes its file. How to use it: learn/README.md."""

import argparse
import os
import pathlib

import numpy
import torch
from torch import nn
from torch.nn import functional

OUTPUTS = ["none", "reply", "urgent", "emergency"]
TOPICS = ["back-went-out", "slipped-disc", "pop-it-back", "rest-or-move", "ice-or-heat", "prevention", "breathing",
          "getting-up", "seriousness"]
ROWS, PLACES = 1 << 16, 18  # as in src/domain/matching/network
DIMENSIONS, FILTERS, WIDTHS = 64, 128, (1, 3, 5)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


class Message:
    """A labelled message and what the network is given of it."""

    def __init__(self, line):
        path, self.label, self.topic, self.text, self.phrases, gate, signs, words = line.rstrip("\n").split("\t")
        self.set = pathlib.Path(path).stem
        self.gate = gate == "true"
        self.signs = [int(row) for row in signs.split()]
        # Where no back is named the network is not asked; something has to stand there all the same.
        self.words = [word.split(" ") for word in (words or "- - 17").split("|")]


class Data:
    """Messages as numbers."""

    def __init__(self, messages, words):
        self.messages = messages
        self.words = {"-": 1} | {word: number for number, word in enumerate(words, 2)}
        for mark in ".?,0":
            self.words.setdefault(mark, len(self.words) + 1)
        self.families = {"-": 0}
        for message in messages:
            for _, family, _ in message.words:
                self.families.setdefault(family, len(self.families))
        self.rows = [
            torch.tensor([[self.words.get(word, 1), self.families[family], int(place)]
                          for word, family, place in message.words])
            for message in messages
        ]
        self.signs = [torch.tensor(message.signs, dtype=torch.long) for message in messages]
        self.decision = torch.tensor([["none", "reply", "urgent"].index(message.label) for message in messages])
        topic = [TOPICS.index(m.topic) if m.label == "reply" and m.topic in TOPICS else -1 for m in messages]
        self.topic = torch.tensor(topic)
        level = [{"!emergency": 1, "!today": 0}.get(m.phrases, -1) if m.label == "urgent" else -1 for m in messages]
        self.level = torch.tensor(level)
        self.weight = torch.tensor([weight(message) for message in messages])

    def batch(self, numbers):
        longest = max(len(self.rows[n]) for n in numbers)
        words = torch.zeros(len(numbers), longest, 3, dtype=torch.long)
        words[:, :, 2] = PLACES
        there = torch.zeros(len(numbers), longest)
        for place, number in enumerate(numbers):
            words[place, : len(self.rows[number])] = self.rows[number]
            there[place, : len(self.rows[number])] = 1
        signs = torch.cat([self.signs[n] for n in numbers])
        starts = torch.tensor([0] + [len(self.signs[n]) for n in numbers[:-1]]).cumsum(0)
        return words, there, signs, starts


def weight(message):
    """The phrases were mended on the old sets, so that what they find there says too much of what they find elsewhere."""
    return {"mixed": 0.5, "old": 0.3}.get(kind(message), 1.0)


def kind(message):
    if message.set.startswith("mixed"):
        return "mixed"
    return "new" if message.set.startswith("written") else "old"


class Network(nn.Module):
    """A word's vector is what words.npz knows of it, seen along axes that are learnt for all words at once, so that words which
    no message holds go along with those that are alike; and what is learnt of the word alone, which is left out half the time."""

    def __init__(self, data, meanings):
        super().__init__()
        outputs = len(OUTPUTS) + len(TOPICS)
        unknown = torch.zeros(len(data.words) + 2, meanings.shape[1])
        unknown[2 : 2 + len(meanings)] = torch.tensor(meanings)
        self.register_buffer("meanings", unknown)
        self.axes = nn.Parameter(torch.eye(meanings.shape[1], DIMENSIONS) * 0.5 / meanings[:, :DIMENSIONS].std().item())
        self.words = nn.Embedding(len(data.words) + 2, DIMENSIONS, padding_idx=0)
        self.families = nn.Embedding(len(data.families), DIMENSIONS)
        self.places = nn.Embedding(PLACES + 1, DIMENSIONS)
        self.filters = nn.ModuleList(nn.Conv1d(DIMENSIONS, FILTERS, width, padding=width // 2) for width in WIDTHS)
        self.opinions = nn.Linear(FILTERS * len(WIDTHS), outputs)
        self.signs = nn.EmbeddingBag(ROWS, outputs, mode="sum")
        self.first_look = nn.Parameter(torch.zeros(3))
        with torch.no_grad():
            self.words.weight.zero_()[2 + len(meanings) :].normal_(0, 0.1)
            self.families.weight.normal_(0, 0.1)
            self.places.weight.normal_(0, 0.3)
            self.signs.weight.zero_()

    def forward(self, words, there, signs, starts):
        vectors = self.meanings[words[:, :, 0]] @ self.axes
        vectors = vectors + left_out(self.words(words[:, :, 0]), 0.5, self.training)
        # Words go missing, so that the network looks at all of them.
        vectors = left_out(vectors, 0.1, self.training)
        vectors = (vectors + self.families(words[:, :, 1]) + self.places(words[:, :, 2])) * there.unsqueeze(-1)
        vectors = functional.dropout(vectors, 0.15, self.training).transpose(1, 2)
        absent = (there - 1).unsqueeze(1) * 1e9
        found = torch.cat([functional.relu((filters(vectors) + absent).amax(2)) for filters in self.filters], 1)
        kept = (torch.rand(len(signs)) > 0.3) / 0.7 if self.training else torch.ones(len(signs))
        said = self.signs(signs, starts, kept)
        return self.opinions(functional.dropout(found, 0.4, self.training)) + said, said[:, :3] + self.first_look


def left_out(vectors, part, training):
    return vectors * (torch.rand(vectors.shape[:2]) > part).unsqueeze(-1) if training else vectors


def loss(data, told, numbers):
    outputs, first_look = told

    def part(logits, wanted, kind):
        known = wanted >= 0
        return functional.cross_entropy(logits, wanted.clamp(min=0), reduction="none", label_smoothing=0.02) * known * kind

    decided = part(outputs[:, :3], data.decision[numbers], 1.0) + part(first_look, data.decision[numbers], 0.3)
    asked = part(outputs[:, len(OUTPUTS):], data.topic[numbers], 0.5)
    level = data.level[numbers]
    urgent = functional.binary_cross_entropy_with_logits(outputs[:, 3], level.clamp(min=0).float(), reduction="none")
    return ((decided + asked + 0.3 * urgent * (level >= 0)) * data.weight[numbers]).mean()


def learn(data, meanings, numbers, rounds, seed):
    torch.manual_seed(seed)
    network = Network(data, meanings)
    others = [value for name, value in network.named_parameters() if name not in ("signs.weight", "words.weight")]
    groups = [{"params": [network.signs.weight]}, {"params": others}, {"params": [network.words.weight], "weight_decay": 0.05}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = rounds * -(-len(numbers) // 64)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, [3e-3, 2e-3, 2e-3], total_steps=steps)
    shuffled = numpy.random.RandomState(seed)
    for _ in range(rounds):
        network.train()
        order = shuffled.permutation(numbers)
        for start in range(0, len(order), 64):
            some = order[start : start + 64]
            optimiser.zero_grad()
            loss(data, network(*data.batch(some)), some).backward()
            optimiser.step()
            pace.step()
    return network.eval()


def infer(network, data, numbers, look):
    """The outputs; those of messages that a first look passes over are a certain none."""
    with torch.no_grad():
        told = [network(*data.batch(numbers[i : i + 256])) for i in range(0, len(numbers), 256)]
    outputs, first = (torch.cat([part[place] for part in told]).numpy() for place in (0, 1))
    outputs[shares(first)[:, 0] > 1 - look, 0] += 100
    return outputs


def shares(outputs):
    powers = numpy.exp(outputs - outputs.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def report(name, data, numbers, outputs, speak, urgent):
    messages = [data.messages[n] for n in numbers]
    label = numpy.array([message.label for message in messages])
    decided = shares(outputs[:, :3])
    speaks = (1 - decided[:, 0] >= speak) & numpy.array([message.gate for message in messages])
    alarms = speaks & (decided[:, 2] / (decided[:, 1] + decided[:, 2]) >= urgent)
    topics = numpy.array(TOPICS)[outputs[:, len(OUTPUTS):].argmax(1)]
    right = speaks & ~alarms & (topics == numpy.array([message.topic for message in messages]))
    columns = [("any", speaks, "reply"), ("topic", right, "reply"), ("urgent", alarms, "urgent"),
               ("alarm", alarms, "reply"), ("false", speaks, "none")]
    told = [f"{title} {100 * which[label == wanted].mean():5.1f}" for title, which, wanted in columns if (label == wanted).any()]
    print(f"{name:12} {len(numbers):5}  " + "  ".join(told), flush=True)


def quantised(values, symbols):
    """The values as symbols of the alphabet, and the step between two of them."""
    values = numpy.asarray(values, dtype=numpy.float64)
    most = 32 ** symbols * (1 if symbols == 1 else 2) - 1
    largest = numpy.abs(values).max() if symbols == 2 else numpy.quantile(numpy.abs(values), 0.9995)
    step = max(largest / most, 1e-6)
    return numpy.clip(numpy.rint(values / step), -most, most).astype(int), step


def symbols(numbers, count):
    if count == 1:
        return "".join(ALPHABET[number + 32] for number in numbers)
    return "".join(ALPHABET[(number + 2048) >> 6] + ALPHABET[(number + 2048) & 63] for number in numbers)


def write(path, phrases, network, data, chosen):
    lines = ["# Learnt by learn/learn.py from learn/messages (learn/README.md); never changed by hand.",
             phrases, f"dimensions {DIMENSIONS}", "outputs " + " ".join(OUTPUTS + TOPICS), f"look {chosen.look}", f"speak {chosen.speak}", f"urgent {chosen.urgent}"]
    # Families and places go with the words' step, so that a word is one sum.
    vectors = network.meanings @ network.axes + network.words.weight
    tables = [("place", [str(place) for place in range(PLACES)], network.places.weight[:PLACES]),
              ("family", list(data.families), network.families.weight),
              ("word", list(data.words), vectors[[*data.words.values()]])]
    for name, keys, values in tables:
        numbers, step = quantised(values.detach().numpy(), 1)
        lines.append(f"step {step:.6g}")
        lines += [f"{name} {key} {symbols(row, 1)}" for key, row in sorted(zip(keys, numbers.tolist()))]
    for width, filters in zip(WIDTHS, network.filters):
        factors = filters.weight.detach().permute(2, 1, 0).reshape(-1).numpy()
        numbers, step = quantised(numpy.concatenate([factors, filters.bias.detach().numpy()]), 2)
        written = symbols(numbers.tolist(), 2)
        lines += [f"step {step:.6g}", f"filters {width} {written[2 * len(factors):]} {written[: 2 * len(factors)]}"]
    for name, values in [("first", network.first_look), ("bias", network.opinions.bias), ("opinions", network.opinions.weight.T.reshape(-1))]:
        numbers, step = quantised(values.detach().numpy(), 2)
        lines += [f"step {step:.6g}", f"{name} {symbols(numbers.tolist(), 2)}"]
    numbers, step = quantised(network.signs.weight.detach().numpy(), 1)
    lines.append(f"step {step:.6g}")
    rows = 16 * numbers.shape[1]
    flat = symbols(numbers.reshape(-1).tolist(), 1)
    lines += ["signs " + flat[start : start + rows] for start in range(0, len(flat), rows)]
    text = "\n".join(lines) + "\n"
    pathlib.Path(path).write_text(f"{text}sum {fnv(text.encode()):08x}\n", encoding="utf-8")


def fnv(data):
    """32-bit FNV-1a, by which the bot sees whether the file is whole."""
    total = 0x811C9DC5
    for byte in data:
        total = (total ^ byte) * 0x01000193 & 0xFFFFFFFF
    return total


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("input", help="what `cargo run --example network_input` wrote")
    options.add_argument("--out", help="the file to write")
    options.add_argument("--hold-out", default="", help="sets to measure on, each a group of sets joined with +")
    options.add_argument("--rounds", type=int, default=10)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--speak", type=float, default=0.6)
    options.add_argument("--urgent", type=float, default=0.25)
    options.add_argument("--look", type=float, default=0.25, help="how likely an answer has to be for a closer look")
    chosen = options.parse_args()
    torch.set_num_threads(os.cpu_count())
    known = numpy.load(pathlib.Path(__file__).parent / "words.npz")
    meanings = (known["meanings"] * known["steps"]).astype(numpy.float32)
    with open(chosen.input, encoding="utf-8") as lines:
        phrases = next(lines).rstrip("\n")
        data = Data([Message(line) for line in lines], known["words"].tolist())
    sets = numpy.array([message.set.removeprefix("mixed-") for message in data.messages])
    mixed = numpy.array([kind(message) == "mixed" for message in data.messages])
    gate = numpy.array([message.gate for message in data.messages])
    outputs, tested = [], []
    for group in filter(None, chosen.hold_out.split(",")):
        held = numpy.isin(sets, group.split("+"))
        network = learn(data, meanings, numpy.where(~held & gate)[0], chosen.rounds, chosen.seed)
        for name in group.split("+"):
            numbers = numpy.where((sets == name) & ~mixed)[0]
            outputs.append(infer(network, data, numbers, chosen.look))
            tested.append(numbers)
            report(name, data, numbers, outputs[-1], chosen.speak, chosen.urgent)
    if outputs:
        for speak in (0.3, 0.5, 0.7, 0.8, 0.9):
            report(f"all, {speak}", data, numpy.concatenate(tested), numpy.concatenate(outputs), speak, chosen.urgent)
    if chosen.out:
        network = learn(data, meanings, numpy.where(gate)[0], chosen.rounds, chosen.seed)
        write(chosen.out, phrases, network, data, chosen)


if __name__ == "__main__":
    main()
