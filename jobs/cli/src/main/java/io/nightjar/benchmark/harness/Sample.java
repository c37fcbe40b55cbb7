package io.nightjar.benchmark.harness;

import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.backbone.spec.Size;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.image.BilinearResize;
import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.error.InvalidInputException;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.pca.covariance.CovarianceAccumulator;
import io.nightjar.pca.covariance.PartialCovariance;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Some images of a category and what the steps make of them, each made when it is first asked for,
 * outside of what is timed.
 */
public final class Sample {
  private static final double VARIANCE = 0.95;

  private final String category;
  private final BackboneModel backbone;
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
  public record Encoded(ImageRef ref, byte[] bytes) {}

  private Sample(
      String category,
      BackboneModel backbone,
      Configuration configuration,
      List<Encoded> train,
      List<Encoded> test,
      List<ImageRef> bankImages) {
    this.category = category;
    this.backbone = backbone;
    this.configuration = configuration;
    this.train = train;
    this.test = test;
    this.bankImages = bankImages;
  }

  /**
   * Reads as many images as the options ask for, or all there are, spread evenly over the category.
   *
   * @throws InvalidInputException if the category has no test images or one of the files is
   *     unreadable
   */
  public static Sample read(
      Category category,
      BackboneModel backbone,
      BenchmarkOptions options,
      Configuration configuration) {
    if (category.test().isEmpty()) {
      throw new InvalidInputException(
          Text.format("Category %s has no test images to measure with.", category.name()));
    }
    return new Sample(
        category.name(),
        backbone,
        configuration,
        read(spread(category.train(), options.trainImages()), configuration),
        read(spread(category.test(), options.testImages()), configuration),
        spread(category.train(), options.bankImages()));
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
    } catch (UnreadableFileException e) {
      throw unusable(e);
    }
  }

  /** The refusal of a file that the benchmark cannot use. */
  public static InvalidInputException unusable(UnreadableFileException e) {
    return new InvalidInputException(
        Text.format("The benchmark cannot use %s: %s", e.uri(), e.reason()), e);
  }

  /** The name of the category that the images are of. */
  public String category() {
    return category;
  }

  /** The network that embeds the images. */
  public BackboneModel backbone() {
    return backbone;
  }

  /** Names the file systems. */
  public Configuration configuration() {
    return configuration;
  }

  /** The shared images to learn from. */
  public List<Encoded> train() {
    return train;
  }

  /** The test images. */
  public List<Encoded> test() {
    return test;
  }

  /** The network's input, as the evaluation makes it. */
  public RgbImage input(Encoded image) {
    Size size = backbone.spec().imageSize();
    return BilinearResize.resize(decoded(image), size.width(), size.height());
  }

  /**
   * An image at its own size.
   *
   * @throws InvalidInputException if it cannot be decoded
   */
  public RgbImage decoded(Encoded image) {
    try {
      return ImageDecoder.decode(image.bytes(), image.ref().uri());
    } catch (UnreadableFileException e) {
      throw unusable(e);
    }
  }

  /** The embeddings of each shared image to learn from: {@code [patches][channels]}. */
  public float[][] trainPatches() {
    if (trainPatches == null) {
      trainPatches = embed(train);
    }
    return trainPatches;
  }

  /** The same embeddings as the evaluation takes them, coarse stages not yet interpolated. */
  public List<PatchMaps> trainMaps() {
    return ConcurrentTasks.run(
        ConcurrentTasks.cores(),
        train.size(),
        i ->
            Embedders.mapsForTask(backbone, DeviceRequest.CPU, 1)
                .embed(List.of(input(train.get(i)))));
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
    return Embedders.forTask(backbone, DeviceRequest.CPU, 1).embed(List.of(input(image)));
  }

  /** The covariance of the shared embeddings. */
  public PartialCovariance covariance() {
    if (covariance == null) {
      CovarianceAccumulator accumulator = new CovarianceAccumulator(backbone.spec().channels());
      for (float[] patches : trainPatches()) {
        accumulator.add(patches, backbone.spec().patches());
      }
      covariance = accumulator.toPartial();
    }
    return covariance;
  }

  /** Those that keep 95 % of the variance of the images whose patches are shared. */
  public PrincipalComponents components() {
    if (components == null) {
      components = PrincipalComponents.fit(covariance(), VARIANCE);
    }
    return components;
  }

  /**
   * The reduced patches of the images that the options ask for in the bank, a block for each. The
   * files are read and embedded one by one: the patches of a whole category would fill gigabytes.
   */
  public MemoryBank bank() {
    if (bank == null) {
      PrincipalComponents reduction = components();
      List<float[]> blocks =
          ConcurrentTasks.run(
              ConcurrentTasks.cores(),
              bankImages.size(),
              i ->
                  reduction.project(
                      embed(read(bankImages.get(i), configuration)), backbone.spec().patches()));
      bank = new MemoryBank(reduction.count(), blocks);
    }
    return bank;
  }

  /** The reduced patches of all test images, one image after the other. */
  public float[] queries() {
    if (queries == null) {
      int length = backbone.spec().patches() * components().count();
      queries = new float[Math.multiplyExact(test.size(), length)];
      for (int i = 0; i < test.size(); i++) {
        float[] reduced = components().project(testPatches()[i], backbone.spec().patches());
        System.arraycopy(reduced, 0, queries, i * length, length);
      }
    }
    return queries;
  }

  /** Patches of all test images. */
  public int queryCount() {
    return test.size() * backbone.spec().patches();
  }

  /**
   * The first {@code count} embeddings of the images to learn from, the leading channels of each.
   */
  public float[] leading(int count, int channels) {
    int patches = backbone.spec().patches();
    int all = backbone.spec().channels();
    float[] rows = new float[Math.multiplyExact(count, channels)];
    for (int row = 0; row < count; row++) {
      System.arraycopy(
          trainPatches()[row / patches], row % patches * all, rows, row * channels, channels);
    }
    return rows;
  }

  /** Patches of the images to learn from. */
  public int trainRows() {
    return train.size() * backbone.spec().patches();
  }
}
