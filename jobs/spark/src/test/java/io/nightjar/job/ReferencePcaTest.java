package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.engine.Embedder;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.dataset.layout.MvtecAdLayout;
import io.nightjar.job.embed.EncodedImage;
import io.nightjar.job.embed.LoadedImage;
import io.nightjar.pca.MllibSolver;
import io.nightjar.pca.components.ComponentRule;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.pca.covariance.CovarianceAccumulator;
import io.nightjar.pca.covariance.PartialCovariance;
import io.nightjar.testing.SharedFiles;
import io.nightjar.testing.Slice;
import io.nightjar.testing.Sparks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The principal components of real patches: against the reference values, and against MLlib's. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReferencePcaTest {
  /** The first and the second of the three stages. */
  private static final int FIRST = 256 + 512;

  private Slice slice;
  private List<float[]> patches;
  private int channels;

  @BeforeAll
  void embedTheNormalImages(@TempDir Path directory) throws IOException, UnreadableFileException {
    slice = Slice.load();
    Path data = slice.layOut(directory);
    BackboneModel backbone =
        BackboneModel.load(
            EmbeddingSpec.of(Architecture.RESNET50_V1),
            SharedFiles.resnet50V1Weights().toString(),
            Optional.empty(),
            new Configuration());
    Embedder embedder = Embedders.forTask(backbone, DeviceRequest.CPU, 2);
    channels = backbone.spec().channels();
    patches = new ArrayList<>();
    for (ImageRef image :
        MvtecAdLayout.list(data.toString(), List.of(), new Configuration()).get(0).train()) {
      LoadedImage loaded =
          EncodedImage.read(image, new Configuration()).decode(backbone.spec(), WhiteLevel.FULL);
      patches.add(embedder.embed(loaded.inputs()));
    }
  }

  @Test
  void eigenvaluesAndTheirCountAreTheReferences() {
    CovarianceAccumulator accumulator = new CovarianceAccumulator(channels);
    patches.forEach(image -> accumulator.add(image, image.length / channels));

    PrincipalComponents components = PrincipalComponents.fit(accumulator.toPartial(), 0.95);

    assertThat(components.count()).isEqualTo(slice.components());
    assertThat(components.totalVariance()).isCloseTo(slice.totalVariance(), withPercentage(0.1));
    double[] expected = slice.largestEigenvalues();
    for (int i = 0; i < expected.length; i++) {
      assertThat(components.eigenvalues()[i])
          .as("eigenvalue %d", i)
          .isCloseTo(expected[i], withPercentage(0.1));
    }
  }

  /**
   * Of two images and the first channels: MLlib decomposes a dense matrix, which takes the cube of
   * their number.
   */
  @Test
  void mllibFindsTheSameSubspace() {
    List<float[]> sample = patches.subList(0, 2).stream().map(this::firstChannels).toList();
    CovarianceAccumulator accumulator = new CovarianceAccumulator(FIRST);
    sample.forEach(image -> accumulator.add(image, image.length / FIRST));
    PartialCovariance covariance = accumulator.toPartial();
    PrincipalComponents ours = PrincipalComponents.fit(covariance, 0.95);

    SparkSession spark = Sparks.local(2);
    PrincipalComponents mllibs =
        MllibSolver.fit(
            JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(sample),
            List.of(FIRST),
            ComponentRule.of(0.95));

    assertThat(mllibs.count()).isEqualTo(ours.count());
    assertThat(largestSine(ours, mllibs)).isLessThan(1e-3);
  }

  private float[] firstChannels(float[] image) {
    float[] first = new float[image.length / channels * FIRST];
    for (int patch = 0; patch < image.length / channels; patch++) {
      System.arraycopy(image, patch * channels, first, patch * FIRST, FIRST);
    }
    return first;
  }

  /**
   * The sine of the largest principal angle is the spectral norm of the part of one basis that lies
   * outside the other's span; its Frobenius norm, computed here, is at least as large.
   */
  private static double largestSine(PrincipalComponents one, PrincipalComponents other) {
    int count = one.count();
    int channels = one.channels();
    double[] a = one.basis();
    double[] b = other.basis();
    double outside = 0;
    for (int j = 0; j < count; j++) {
      double[] residual = new double[channels];
      for (int c = 0; c < channels; c++) {
        residual[c] = b[c * count + j];
      }
      for (int i = 0; i < count; i++) {
        double product = 0;
        for (int c = 0; c < channels; c++) {
          product += a[c * count + i] * b[c * count + j];
        }
        for (int c = 0; c < channels; c++) {
          residual[c] -= product * a[c * count + i];
        }
      }
      for (double value : residual) {
        outside += value * value;
      }
    }
    return Math.sqrt(outside);
  }
}
