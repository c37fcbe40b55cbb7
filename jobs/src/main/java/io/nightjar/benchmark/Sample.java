package io.nightjar.benchmark;

import io.nightjar.backbone.DeviceRequest;
import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.PatchMaps;
import io.nightjar.backbone.TrunkModel;
import io.nightjar.bank.MemoryBank;
import io.nightjar.dataset.BilinearResize;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.DefectiveFileException;
import io.nightjar.dataset.FileBytes;
import io.nightjar.dataset.ImageDecoder;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.RgbImage;
import io.nightjar.error.InvalidInputException;
import io.nightjar.pca.CovarianceAccumulator;
import io.nightjar.pca.PartialCovariance;
import io.nightjar.pca.PrincipalComponents;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Some images of a category and what the steps make of them, each made when it is first asked for,
 * outside of what is timed.
 */
final class Sample {
  private static final double VARIANCE = 0.95;

  private final String category;
  private final TrunkModel trunk;
  private final Configuration configuration;
  private final List<Encoded> train;
  private final List<Encoded> test;
  private final List<ImageRef> bankImages;
  private float[][] trainPatches;
  private float[][] testPatches;
  private PartialCovariance covariance;
  private PrincipalComponents components;
  private MemoryBank bank;
  private float[] queries;

  /** An image as its file has it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Encoded(ImageRef ref, byte[] bytes) {}

  private Sample(
      String category,
      TrunkModel trunk,
      Configuration configuration,
      List<Encoded> train,
      List<Encoded> test,
      List<ImageRef> bankImages) {
    this.category = category;
    this.trunk = trunk;
    this.configuration = configuration;
    this.train = train;
    this.test = test;
    this.bankImages = bankImages;
  }

  /**
   * Reads as many images as the effort wants, or all there are, spread evenly over the category.
   *
   * @throws InvalidInputException if the category has no test images or one of the files is
   *     defective
   */
  static Sample read(
      Category category, TrunkModel trunk, Effort effort, Configuration configuration) {
    if (category.test().isEmpty()) {
      throw new InvalidInputException(
          "Category %s has no test images to measure with.".formatted(category.name()));
    }
    return new Sample(
        category.name(),
        trunk,
        configuration,
        read(spread(category.train(), effort.trainImages()), configuration),
        read(spread(category.test(), effort.testImages()), configuration),
        spread(category.train(), effort.bankImages()));
  }

  private static List<ImageRef> spread(List<ImageRef> images, int wanted) {
    int count = Math.min(wanted, images.size());
    List<ImageRef> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chosen.add(images.get((int) ((2L * i + 1) * images.size() / (2L * count))));
    }
    return chosen;
  }

  private static List<Encoded> read(List<ImageRef> images, Configuration configuration) {
    List<Encoded> encoded = new ArrayList<>();
    for (ImageRef image : images) {
      encoded.add(read(image, configuration));
    }
    return encoded;
  }

  private static Encoded read(ImageRef image, Configuration configuration) {
    try {
      return new Encoded(image, FileBytes.read(image.uri(), configuration));
    } catch (DefectiveFileException e) {
      throw unusable(e);
    }
  }

  static InvalidInputException unusable(DefectiveFileException e) {
    return new InvalidInputException(
        "The benchmark cannot use %s: %s".formatted(e.uri(), e.reason()), e);
  }

  String category() {
    return category;
  }

  TrunkModel trunk() {
    return trunk;
  }

  Configuration configuration() {
    return configuration;
  }

  List<Encoded> train() {
    return train;
  }

  List<Encoded> test() {
    return test;
  }

  /** The network's input, as the evaluation makes it. */
  RgbImage input(Encoded image) {
    int side = trunk.spec().imageSize();
    return BilinearResize.resize(decoded(image), side, side);
  }

  RgbImage decoded(Encoded image) {
    try {
      return ImageDecoder.decode(image.bytes(), image.ref().uri());
    } catch (DefectiveFileException e) {
      throw unusable(e);
    }
  }

  /** The embeddings of each shared image to learn from: {@code [patches][channels]}. */
  float[][] trainPatches() {
    if (trainPatches == null) {
      trainPatches = embed(train);
    }
    return trainPatches;
  }

  /** The same embeddings as the evaluation takes them, coarse stages not yet interpolated. */
  List<PatchMaps> trainMaps() {
    return ConcurrentTasks.run(
        ConcurrentTasks.cores(),
        train.size(),
        i ->
            Embedders.mapsForTask(trunk, DeviceRequest.CPU, 1).embed(List.of(input(train.get(i)))));
  }

  private float[][] testPatches() {
    if (testPatches == null) {
      testPatches = embed(test);
    }
    return testPatches;
  }

  private float[][] embed(List<Encoded> images) {
    return ConcurrentTasks.run(ConcurrentTasks.cores(), images.size(), i -> embed(images.get(i)))
        .toArray(float[][]::new);
  }

  private float[] embed(Encoded image) {
    return Embedders.forTask(trunk, DeviceRequest.CPU, 1).embed(List.of(input(image)));
  }

  PartialCovariance covariance() {
    if (covariance == null) {
      CovarianceAccumulator accumulator = new CovarianceAccumulator(trunk.spec().channels());
      for (float[] patches : trainPatches()) {
        accumulator.add(patches, trunk.spec().patches());
      }
      covariance = accumulator.toPartial();
    }
    return covariance;
  }

  /** Those that keep 95 % of the variance of the images whose patches are shared. */
  PrincipalComponents components() {
    if (components == null) {
      components = PrincipalComponents.fit(covariance(), VARIANCE);
    }
    return components;
  }

  /**
   * The reduced patches of the images that the effort wants in the bank, a block for each. The
   * files are read and embedded one by one: the patches of a whole category would fill gigabytes.
   */
  MemoryBank bank() {
    if (bank == null) {
      PrincipalComponents reduction = components();
      List<float[]> blocks =
          ConcurrentTasks.run(
              ConcurrentTasks.cores(),
              bankImages.size(),
              i ->
                  reduction.project(
                      embed(read(bankImages.get(i), configuration)), trunk.spec().patches()));
      bank = new MemoryBank(reduction.count(), blocks);
    }
    return bank;
  }

  /** The reduced patches of all test images, one image after the other. */
  float[] queries() {
    if (queries == null) {
      int length = trunk.spec().patches() * components().count();
      queries = new float[Math.multiplyExact(test.size(), length)];
      for (int i = 0; i < test.size(); i++) {
        float[] reduced = components().project(testPatches()[i], trunk.spec().patches());
        System.arraycopy(reduced, 0, queries, i * length, length);
      }
    }
    return queries;
  }

  int queryCount() {
    return test.size() * trunk.spec().patches();
  }

  /**
   * The first {@code count} embeddings of the images to learn from, the leading channels of each.
   */
  float[] leading(int count, int channels) {
    int patches = trunk.spec().patches();
    int all = trunk.spec().channels();
    float[] rows = new float[Math.multiplyExact(count, channels)];
    for (int row = 0; row < count; row++) {
      System.arraycopy(
          trainPatches()[row / patches], row % patches * all, rows, row * channels, channels);
    }
    return rows;
  }

  /** Patches of the images to learn from. */
  int trainRows() {
    return train.size() * trunk.spec().patches();
  }
}
