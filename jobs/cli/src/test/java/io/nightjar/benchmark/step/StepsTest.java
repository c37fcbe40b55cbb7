package io.nightjar.benchmark.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.benchmark.harness.BenchmarkContext;
import io.nightjar.benchmark.harness.BenchmarkOptions;
import io.nightjar.benchmark.harness.Check;
import io.nightjar.benchmark.harness.Quantity;
import io.nightjar.benchmark.harness.Sample;
import io.nightjar.benchmark.harness.StepResult;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.layout.MvtecAdLayout;
import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The steps that take no Spark, on images of 64 x 64 pixels and 8 x 8 patches. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StepsTest {
  private static final BenchmarkOptions ONCE = new BenchmarkOptions(1, true);

  private Path work;
  private Category bottle;
  private BenchmarkContext context;

  @BeforeAll
  void sample(@TempDir Path directory) {
    work = directory;
    Path data = TinyDataset.generate(directory.resolve("data"));
    bottle = bottle(data);
    context = context(bottle, data);
  }

  private static Category bottle(Path data) {
    return MvtecAdLayout.list(data.toString(), List.of("bottle"), new Configuration()).get(0);
  }

  private BenchmarkContext context(Category category, Path data) {
    Sample sample = Sample.read(category, TinyDataset.backbone(), ONCE, new Configuration());
    int images = category.train().size() + category.test().size();
    return new BenchmarkContext(
        null, sample, ONCE, data.toString(), List.of(category.name()), images, work);
  }

  private static void assertAgrees(StepResult result, int checks) {
    assertThat(result.checks()).hasSize(checks);
    assertThat(result.checks())
        .allSatisfy(check -> assertThat(check.agrees()).as(detail(check)).isTrue());
  }

  private static String detail(Check check) {
    return check.name() + ": " + check.detail();
  }

  private int testImages() {
    return Math.min(4, bottle.test().size());
  }

  @Test
  void decodingTakesAsManyImagesAsTheOptionsSay() throws IOException {
    StepResult result = new DecodeStep().run(context);

    assertAgrees(result, 1);
    assertThat(result.measurements().get(0).work()).containsEntry(Quantity.IMAGES, 8.0);
    long bytes = 0;
    for (Sample.Encoded image : context.sample().train().subList(0, 8)) {
      bytes += Files.size(Path.of(URI.create(image.ref().uri())));
    }
    assertThat(result.facts())
        .containsEntry("file_bytes", bytes)
        .containsEntry("first_image_width", 64)
        .containsEntry("first_image_height", 64);
  }

  @Test
  void theEigenproblemHasTheNetworksChannels() {
    StepResult result = new EigenStep().run(context);

    assertAgrees(result, 1);
    assertThat(result.facts()).containsEntry("side", 64 + 128 + 256); // of ResNet-18's stages
  }

  @Test
  void theSearchAsksForEveryPatchOfTheTestImages() {
    StepResult result = new SearchStep().run(context);

    assertAgrees(result, 2);
    assertThat(result.facts())
        .containsEntry("bank_rows", 64 * bottle.train().size())
        .containsEntry("queries", 64 * testImages())
        .containsEntry("brute_force_queries", 196);
  }

  @Test
  void theMetricsCountEveryPixelOfTheMasks() {
    StepResult result = new MetricsStep().run(context);

    assertAgrees(result, 2);
    assertThat(result.facts())
        .containsEntry("images", testImages())
        .containsEntry("pixels", 64L * 64 * testImages());
  }

  @Test
  void anUnreadableImageIsNamed() throws IOException {
    Path data = TinyDataset.generate(work.resolve("broken"));
    Path broken = Path.of(URI.create(bottle(data).train().get(0).uri()));
    Files.write(broken, new byte[] {1, 2, 3});

    BenchmarkContext context = context(bottle(data), data);

    assertThatThrownBy(() -> new DecodeStep().run(context))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("The benchmark cannot use ")
        .hasMessageContaining("bottle/train/good/" + broken.getFileName());
  }
}
