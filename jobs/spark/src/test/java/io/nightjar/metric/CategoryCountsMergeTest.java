package io.nightjar.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.metric.result.CategoryMetrics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.reflect.ClassTag$;

@Tag("slow")
class CategoryCountsMergeTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anyPartitioningInAnyOrderGivesTheSameBitForBit(long seed) throws Exception {
    Random random = new Random(seed);
    // Many octaves, so that bins must be joined and the groups run out of pages on their way.
    List<LabelledImage> images = new ArrayList<>(CategoryMetricsTest.images(seed, 60, 0));
    images.replaceAll(image -> stretched(image, random.nextInt(12)));
    CategoryCounts whole = CategoryMetricsTest.counts(images);

    Collections.shuffle(images, random);
    List<CategoryCounts> parts = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(6); i++) {
      parts.add(new CategoryCounts());
    }
    for (LabelledImage image : images) {
      image.count(parts.get(random.nextInt(parts.size())));
    }
    while (parts.size() > 1) {
      CategoryCounts from = parts.remove(random.nextInt(parts.size()));
      CategoryCounts into = parts.get(random.nextInt(parts.size()));
      into.merge(random.nextBoolean() ? from : javaRoundTrip(from));
      into.merge(new CategoryCounts());
    }

    assertThat(parts.get(0)).isEqualTo(whole).hasSameHashCodeAs(whole);
    assertThat(parts.get(0).metrics()).isEqualTo(whole.metrics());
    assertThat(complete(parts.get(0), images, random)).isEqualTo(complete(whole, images, random));
  }

  private static LabelledImage stretched(LabelledImage image, int octaves) {
    float[][] scores = image.scores();
    for (float[] row : scores) {
      for (int x = 0; x < row.length; x++) {
        row[x] = (float) Math.pow(row[x], octaves);
      }
    }
    return image;
  }

  private static CategoryMetrics complete(
      CategoryCounts counts, List<LabelledImage> images, Random random) {
    CoarseBins bins = counts.coarseBins();
    List<ImageCounts> each = new ArrayList<>();
    images.forEach(image -> each.add(image.count(bins)));
    Collections.shuffle(each, random);
    return counts.complete(each);
  }

  @Test
  void scoresOverAllMagnitudesInManyGroupsStayWithinThePages() {
    Random random = new Random(20);
    List<LabelledImage> images = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      float[][] scores = new float[64][64];
      boolean[][] truth = new boolean[64][64];
      for (int y = 0; y < 64; y++) {
        for (int x = 0; x < 64; x++) {
          float any = Float.intBitsToFloat(random.nextInt());
          scores[y][x] = Float.isFinite(any) ? any : 0;
          truth[y][x] = random.nextInt(3) == 0;
        }
      }
      images.add(new LabelledImage("image" + i, "defect" + i, scores, truth));
    }

    CategoryCounts counts = CategoryMetricsTest.counts(images);

    assertThat(counts.pooled().bins().pageIndexes()).hasSizeLessThanOrEqualTo(1280);
    assertThat(counts.pooled().weights().pageIndexes()).hasSizeLessThanOrEqualTo(128);
    int groupPages = 0;
    int groupWeightPages = 0;
    for (LabelledImage image : images) {
      PixelCounts group = counts.defect(image.defect());
      groupPages += group.bins().pageIndexes().length;
      groupWeightPages += group.weights().pageIndexes().length;
    }
    assertThat(groupPages).isLessThanOrEqualTo(384);
    assertThat(groupWeightPages).isLessThanOrEqualTo(128);
    CategoryMetrics metrics = counts.metrics();
    assertThat(metrics.byDefect()).hasSize(40);
    assertThat(metrics.byDefect().get("defect7").pixelAuroc().getAsDouble()).isBetween(0.4, 0.6);
  }

  @Test
  void travelsByJavaAndByKryo() throws Exception {
    CategoryCounts counts = CategoryMetricsTest.counts(CategoryMetricsTest.images(3, 30, 0));
    SerializerInstance kryo = new KryoSerializer(new SparkConf(false)).newInstance();

    CategoryCounts byKryo =
        kryo.deserialize(
            kryo.serialize(counts, ClassTag$.MODULE$.apply(CategoryCounts.class)),
            ClassTag$.MODULE$.apply(CategoryCounts.class));

    assertThat(javaRoundTrip(counts)).isEqualTo(counts);
    assertThat(byKryo).isEqualTo(counts);
  }

  static <T> T javaRoundTrip(T value) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      @SuppressWarnings("unchecked")
      T copy = (T) in.readObject();
      return copy;
    }
  }
}
