package io.nightjar.export;

import io.nightjar.backbone.engine.BackboneEngine;
import io.nightjar.backbone.engine.DeviceChoice;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.engine.LoadedBackbone;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.patch.GridPosition;
import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.dataset.image.BilinearResize;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.pca.components.PatchReduction;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.score.AnomalyMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A small network with a bank of random images, and its maps by plain loops from the patches on.
 */
final class TinyMethod implements AutoCloseable {
  static final int GRID = 8;
  private static final int COMPONENTS = 6;
  private static final int IMAGES = 3;

  final BackboneModel model;
  final PatchReduction reduction;
  final MemoryBank bank;
  private final LoadedBackbone backbone;

  /** A network at some sizes, with places where a cell aside counts anything. */
  TinyMethod(List<Integer> sizes, double step) {
    this(
        new EmbeddingSpec(Architecture.RESNET18, List.of(1, 2), 64, GRID).withImageSizes(sizes),
        step);
  }

  /** Networks with weights of their own. */
  TinyMethod(EmbeddingSpec spec, double step) {
    List<Weights> weights = new ArrayList<>();
    for (Architecture network : spec.architectures()) {
      weights.add(SeededWeights.of(network, 11L + weights.size()));
    }
    model = BackboneModel.build(spec, weights);
    backbone =
        LoadedBackbone.load(
            model,
            BackboneEngine.ONNX_RUNTIME,
            LoadedBackbone.Output.MAPS,
            DeviceChoice.of(DeviceRequest.CPU, List.of(), true, id -> Optional.empty()),
            1);
    Random random = new Random(4);
    List<PrincipalComponents> branches = new ArrayList<>();
    for (EmbeddingSpec branch : model.spec().branches()) {
      branches.add(components(branch.channels(), random));
    }
    reduction =
        PatchReduction.of(
            branches,
            step == 0 ? Optional.empty() : Optional.of(new GridPosition(spec.grid(), step)));
    List<float[]> blocks = new ArrayList<>();
    for (int image = 0; image < IMAGES; image++) {
      blocks.add(rows(ResizeSectionTest.image(70, 60, random)));
    }
    bank = new MemoryBank(reduction.dimension(), blocks);
  }

  private static PrincipalComponents components(int channels, Random random) {
    double[] eigenvalues = {9, 8, 7, 6, 5, 4};
    double[] basis =
        random
            .doubles((long) channels * COMPONENTS, -1, 1)
            .map(value -> value / Math.sqrt(channels))
            .toArray();
    return new PrincipalComponents(
        random.doubles(channels).toArray(),
        eigenvalues,
        basis,
        2 * Arrays.stream(eigenvalues).sum());
  }

  float[] rows(RgbImage image) {
    List<RgbImage> inputs =
        model.spec().imageSizes().stream()
            .map(size -> BilinearResize.resize(image, size.width(), size.height()))
            .toList();
    return reduction.project(
        new PatchMaps(
            model.layout(),
            1,
            backbone.embed(inputs, LoadedBackbone.Output.MAPS, Optional.empty())));
  }

  /** The distances of an image's patches from their nearest rows. */
  AnomalyMap map(RgbImage image, int neighbours) {
    float[] rows = rows(image);
    float[] distances = new float[model.spec().patches()];
    for (int patch = 0; patch < distances.length; patch++) {
      double[] all = new double[bank.rows()];
      for (int row = 0; row < all.length; row++) {
        all[row] = Math.sqrt(bank.squaredDistance(rows, patch, row));
      }
      distances[patch] =
          (float) Arrays.stream(all).sorted().limit(neighbours).average().orElseThrow();
    }
    return new AnomalyMap(distances, model.spec().grid().width(), model.spec().grid().height());
  }

  /** A model that has passed ONNX's own checker. */
  byte[] exported(ExportOptions options, Optional<Calibration> calibration) {
    byte[] onnx =
        ExportedGraph.build(
            model,
            reduction,
            new BankRows(bank, options.precision(), 100),
            options,
            calibration,
            Optional.empty(),
            Map.of("nightjar.creator", "a test"));
    OnnxChecker.require(onnx);
    return onnx;
  }

  @Override
  public void close() {
    backbone.close();
  }
}
