"""The same evaluation of one category as a script of torch, Faiss and scikit-learn, to compare with.

    python3 baseline.py --data mvtec_ad --category bottle --weights resnet50_v1.safetensors

Needs torch, faiss, scikit-learn, numpy and Pillow (Debian 12: python3-torch python3-faiss
python3-sklearn python3-pil). Prints the seconds of each step; each runs on --threads threads.
"""
import argparse
import json
import os
import struct
import time
from pathlib import Path

import faiss
import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from sklearn.metrics import average_precision_score
from torch import nn

GRID = 28
BATCH = 8


class Bottleneck(nn.Module):
    """He et al. 2015: the stride sits in the first 1x1 convolution."""

    def __init__(self, inputs, width, stride, projected):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, width, 1, stride, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, 4 * width, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(4 * width)
        self.downsample = None
        if projected:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, 4 * width, 1, stride, bias=False), nn.BatchNorm2d(4 * width)
            )

    def forward(self, x):
        shortcut = x if self.downsample is None else self.downsample(x)
        x = F.relu(self.bn1(self.conv1(x)))
        x = F.relu(self.bn2(self.conv2(x)))
        return F.relu(self.bn3(self.conv3(x)) + shortcut)


class Backbone(nn.Module):
    """ResNet-50 v1 to the end of stage 3; patch embeddings of stages 1 to 3 on one grid."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3)
        self.bn1 = nn.BatchNorm2d(64)
        self.layer1 = self._stage(64, 64, 3, 1)
        self.layer2 = self._stage(256, 128, 4, 2)
        self.layer3 = self._stage(512, 256, 6, 2)

    @staticmethod
    def _stage(inputs, width, blocks, stride):
        first = Bottleneck(inputs, width, stride, True)
        return nn.Sequential(
            first, *[Bottleneck(4 * width, width, 1, False) for _ in range(blocks - 1)]
        )

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        one = self.layer1(F.max_pool2d(x, 3, 2, 0, ceil_mode=True))
        two = self.layer2(one)
        maps = [
            F.interpolate(stage, size=(GRID, GRID), mode="bilinear", align_corners=False)
            for stage in (one, two, self.layer3(two))
        ]
        patches = torch.cat(maps, 1).flatten(2).transpose(1, 2)
        return patches.reshape(-1, patches.shape[-1])


def read_safetensors(path):
    data = Path(path).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        values = np.frombuffer(data[start:end], np.float32).reshape(entry["shape"])
        tensors[name] = torch.from_numpy(values.copy())
    return tensors


def load(path):
    image = Image.open(path).convert("RGB").resize((224, 224), Image.BILINEAR)
    pixels = torch.from_numpy(np.array(image)).permute(2, 0, 1).float() / 255
    mean = torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1)
    deviation = torch.tensor([0.229, 0.224, 0.225]).view(3, 1, 1)
    return (pixels - mean) / deviation


def embed(backbone, paths):
    batches = [paths[i : i + BATCH] for i in range(0, len(paths), BATCH)]
    return torch.cat([backbone(torch.stack([load(p) for p in b])) for b in batches]).numpy()


def reduce(patches, variance):
    mean = patches.mean(0, dtype=np.float64)
    covariance = np.zeros((patches.shape[1],) * 2)
    for start in range(0, len(patches), 16384):
        block = (patches[start : start + 16384] - mean).astype(np.float32)
        covariance += block.T @ block
    values, vectors = np.linalg.eigh(covariance / (len(patches) - 1))
    fraction = np.cumsum(values[::-1]) / values.sum()
    kept = int(np.searchsorted(fraction, variance)) + 1
    return mean.astype(np.float32), vectors[:, ::-1][:, :kept].astype(np.float32)


def truth_and_scores(category, paths, maps):
    truth, scores = [], []
    for path, patch_scores in zip(paths, maps):
        width, height = Image.open(path).size
        upsampled = F.interpolate(
            torch.from_numpy(patch_scores)[None, None],
            size=(height, width),
            mode="bilinear",
            align_corners=False,
        )
        mask = np.zeros((height, width), bool)
        if path.parent.name != "good":
            name = f"{path.stem}_mask.png"
            mask = np.array(Image.open(category / "ground_truth" / path.parent.name / name)) > 127
        truth.append(mask.ravel())
        scores.append(upsampled[0, 0].numpy().ravel())
    return np.concatenate(truth), np.concatenate(scores)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--category", required=True)
    parser.add_argument("--weights", required=True)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.set_grad_enabled(False)
    faiss.omp_set_num_threads(arguments.threads)

    backbone = Backbone().eval()
    backbone.load_state_dict(read_safetensors(arguments.weights), strict=False)
    category = arguments.data / arguments.category
    train = sorted((category / "train" / "good").glob("*.png"))
    test = sorted((category / "test").glob("*/*.png"))

    times = {}
    start = time.perf_counter()

    def lap(name):
        times[name] = time.perf_counter() - start - sum(times.values())
        print(f"{name:24} {times[name]:6.1f} s", flush=True)

    patches = embed(backbone, train)
    lap("train features")
    mean, directions = reduce(patches, 0.95)
    bank = np.ascontiguousarray((patches - mean) @ directions)
    del patches
    lap("PCA and bank")
    queries = np.ascontiguousarray((embed(backbone, test) - mean) @ directions)
    lap("test features")
    index = faiss.IndexFlatL2(bank.shape[1])
    index.add(bank)
    squared, _ = index.search(queries, 1)
    maps = np.sqrt(np.maximum(squared[:, 0], 0)).reshape(-1, GRID, GRID)
    lap("search")
    auprc = average_precision_score(*truth_and_scores(category, test, maps))
    lap("AUPRC at original size")
    print(f"{'whole':24} {sum(times.values()):6.1f} s")
    print(f"{bank.shape[1]} components, {len(bank)} rows, pixel AUPRC {auprc:.6f}")


if __name__ == "__main__":
    main()
