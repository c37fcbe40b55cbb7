"""Steps of the evaluation in Pillow, torch and Faiss, to be run in turns with Nightjar's.

PythonBenchmark starts this and names a step a line on standard input; for each it answers with
wall seconds, processor seconds and a number that both sides must agree on. Needs what baseline.py
needs. The network's weights are random: they do not change its cost.
"""
import argparse
import copy
import sys
import time
from pathlib import Path

import faiss
import numpy as np
import torch
from PIL import Image

from baseline import Backbone


def decoding(folder, count):
    paths = sorted(folder.glob("*.png"))[:count]

    def run():
        total = 0
        for path in paths:
            image = Image.open(path).convert("RGB").resize((224, 224), Image.BILINEAR)
            total += int(np.asarray(image, np.uint64).sum())
        return total

    return run


def networks(batch):
    images = torch.rand(batch, 3, 224, 224)
    last = images.to(memory_format=torch.channels_last)
    plain = Backbone().eval()
    channels_last = copy.deepcopy(plain).to(memory_format=torch.channels_last)

    def frozen(backbone, example):
        traced = torch.jit.freeze(torch.jit.trace(backbone, example))
        return torch.jit.optimize_for_inference(traced)

    variants = {
        "eager": (plain, images),
        "eager-channels-last": (channels_last, last),
        "torchscript-fused": (frozen(copy.deepcopy(plain), images), images),
        "torchscript-fused-channels-last": (frozen(copy.deepcopy(channels_last), last), last),
    }

    def runner(backbone, example):
        def run():
            return float(backbone(example).shape[0])

        return run

    return {name: runner(*variant) for name, variant in variants.items()}


def searching(bank, queries, dimension):
    index = faiss.IndexFlatL2(dimension)
    index.add(np.fromfile(bank, np.float32).reshape(-1, dimension))
    rows = np.fromfile(queries, np.float32).reshape(-1, dimension)

    def run():
        squared, _ = index.search(rows, 1)
        return float(np.sqrt(np.maximum(squared, 0)).astype(np.float64).sum())

    return run


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--images", required=True, type=Path)
    parser.add_argument("--count", required=True, type=int)
    parser.add_argument("--batch", required=True, type=int)
    parser.add_argument("--bank", required=True)
    parser.add_argument("--queries", required=True)
    parser.add_argument("--dimension", required=True, type=int)
    parser.add_argument("--threads", required=True, type=int)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.set_grad_enabled(False)
    faiss.omp_set_num_threads(arguments.threads)
    steps = networks(arguments.batch)
    steps["decode"] = decoding(arguments.images, arguments.count)
    steps["search"] = searching(arguments.bank, arguments.queries, arguments.dimension)
    print(f"torch {torch.__version__}, Faiss {faiss.__version__}, Pillow {Image.__version__}", flush=True)
    for line in sys.stdin:
        step = steps[line.strip()]
        wall = time.perf_counter()
        processor = time.process_time()
        result = step()
        print(
            time.perf_counter() - wall, time.process_time() - processor, repr(result), flush=True
        )


if __name__ == "__main__":
    main()
