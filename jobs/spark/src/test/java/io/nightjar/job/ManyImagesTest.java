package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.job.options.Progress;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import io.nightjar.text.Text;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Twenty thousand images in one run take no more of the heap than their results do. */
@Tag("faults")
class ManyImagesTest {
  private static final int IMAGES = 20_000;

  /** As little work for each image as there can be. */
  private static final EmbeddingSpec SPEC =
      new EmbeddingSpec(Architecture.RESNET18, List.of(1, 2, 3), 32, 4);

  /** Path, hash, scores and map of an image, and what Java adds to objects. */
  private static final int BYTES_OF_RESULT = 4096;

  @Test
  void theHeapStaysFlat(@TempDir Path work) throws Exception {
    SparkSession spark = Sparks.local(2);
    Path data = TinyDataset.generate(work.resolve("data"));
    Path banks = work.resolve("banks");
    BackboneModel backbone =
        BackboneModel.build(SPEC, SeededWeights.of(Architecture.RESNET18, 11L));
    new BuildBanks(spark)
        .data(data.toString())
        .categories(List.of("bottle"))
        .backbone(backbone)
        .banks(banks.toString())
        .execute();
    Path images = draw(data.resolve("bottle/test/good/000.png"), work.resolve("images"));
    HeapCourse course = new HeapCourse();

    ScoreImages.Result result =
        new ScoreImages(spark)
            .bank(banks.resolve("bottle").toString())
            .data(images.toString())
            .backbone(backbone)
            .out(work.resolve("out").toString())
            .progress(course)
            .execute();

    assertThat(result.report().categories().get(0).images()).hasSize(IMAGES);
    List<HeapCourse.Sample> samples = course.end();
    assertThat(samples).hasSizeGreaterThanOrEqualTo(8);
    HeapCourse.Sample first = samples.get(0);
    assertThat(samples)
        .as(samples.toString())
        .allSatisfy(
            sample ->
                assertThat(sample.bytes() - first.bytes())
                    .isLessThan((sample.images() - first.images()) * BYTES_OF_RESULT + (16 << 20)));
  }

  /** Copies of an image, each with a line of its own. */
  private static Path draw(Path original, Path folder) throws IOException {
    Files.createDirectories(folder);
    BufferedImage image = ImageIO.read(original.toFile());
    for (int i = 0; i < IMAGES; i++) {
      for (int bit = 0; bit < 16; bit++) {
        image.setRGB(8 + bit, i % 64, ((i >> bit) & 1) == 0 ? 0x202020 : 0xd0d0d0);
      }
      ImageIO.write(image, "png", folder.resolve(Text.format("%05d.png", i)).toFile());
    }
    return folder;
  }

  /** What is left of the heap after a collection, at each tenth of the images. */
  private static final class HeapCourse implements Progress {
    record Sample(long images, long bytes) {}

    private final List<Sample> samples = new ArrayList<>();
    private final AtomicReference<LongSupplier> scored = new AtomicReference<>();
    private final Thread sampler = new Thread(this::sample, "heap");

    HeapCourse() {
      sampler.setDaemon(true);
      sampler.start();
    }

    @Override
    public void stage(String category, String stage, long total, LongSupplier done) {
      if (stage.equals("score test images") || stage.equals("score images")) {
        scored.set(done);
      }
    }

    private void sample() {
      try {
        for (int tenth : IntStream.rangeClosed(1, 10).toArray()) {
          while (images() < tenth * (IMAGES / 10) - IMAGES / 100) {
            Thread.sleep(20);
          }
          System.gc();
          System.gc();
          long bytes = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
          samples.add(new Sample(images(), bytes));
          System.out.println(samples.get(samples.size() - 1));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private long images() {
      LongSupplier done = scored.get();
      return done == null ? 0 : done.getAsLong();
    }

    List<Sample> end() throws InterruptedException {
      sampler.interrupt();
      sampler.join();
      return samples;
    }
  }
}
