package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.WeightFiles;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.dataset.demo.DemoDataset;
import io.nightjar.job.result.UpdatedBank;
import io.nightjar.testing.SharedFiles;
import io.nightjar.testing.Sparks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The guard's claim on real images: of an update's foreign images it holds back at least 90 %, of
 * the good ones at most 5 %. Each image is screened by itself against the bank as it was, so the
 * rates are the same for any share of foreign images; there are many more than 5 % of them here, so
 * that the rates mean something.
 *
 * <p>Of the category bottle, the first {@value #IN_THE_BANK} normal images are the bank, the next
 * {@value #GOOD} and every second defective image of each kind are the update, with one drawn image
 * of each category of the demonstration.
 */
@Tag("slow")
class GuardOnBottleTest {
  private static final int IN_THE_BANK = 40;
  private static final int GOOD = 40;

  @Test
  void foreignImagesAreHeldBackAndGoodOnesAreNot(@TempDir Path work) throws IOException {
    Path bottle = SharedFiles.mvtecAd().resolve("bottle");
    List<Path> good = images(bottle.resolve("train/good"));
    Path first = link(work.resolve("first"), "good", good.subList(0, IN_THE_BANK));
    Path next = link(work.resolve("next"), "good", good.subList(IN_THE_BANK, IN_THE_BANK + GOOD));
    for (Path defect : folders(bottle.resolve("test"))) {
      if (!defect.endsWith("good")) {
        link(next, "defective-" + defect.getFileName(), everySecond(images(defect)));
      }
    }
    Path drawn = work.resolve("drawn");
    DemoDataset.generate(drawn, new DemoDataset.Options(256, 1, 1, 1, 3L));
    for (Path category : folders(drawn)) {
      link(next, "other-" + category.getFileName(), images(category.resolve("train/good")));
    }
    BackboneModel backbone =
        BackboneModel.build(
            EmbeddingSpec.of(Architecture.RESNET50_V1),
            WeightFiles.load(
                SharedFiles.resnet50V1Weights().toString(), Optional.empty(), new Configuration()));

    SparkSession spark = Sparks.local(2);
    new BuildBanks(spark)
        .data(first.toString())
        .categories(List.of("bottle"))
        .backbone(backbone)
        .banks(work.resolve("banks").toString())
        .execute();
    UpdatedBank updated =
        new UpdateBanks(spark)
            .banks(work.resolve("banks/bottle").toString())
            .data(next.toString())
            .backbone(backbone)
            .execute()
            .updated()
            .get(0);

    assertThat(heldBack(updated, "defective-")).isGreaterThanOrEqualTo(0.9);
    assertThat(heldBack(updated, "other-")).isGreaterThanOrEqualTo(0.9);
    assertThat(heldBack(updated, "good-")).isLessThanOrEqualTo(0.05);
    assertThat(updated.refitted()).isFalse();
    assertThat(updated.after().images())
        .extracting(BankManifest.Image::path)
        .hasSize(IN_THE_BANK + updated.added().size());
  }

  /** The fraction of the images of a kind that was held back. */
  private static double heldBack(UpdatedBank updated, String kind) {
    long heldBack =
        updated.heldBack().stream().filter(image -> image.path().startsWith(kind)).count();
    long added = updated.added().stream().filter(path -> path.startsWith(kind)).count();
    return (double) heldBack / (heldBack + added);
  }

  private static Path link(Path folder, String kind, List<Path> images) throws IOException {
    Files.createDirectories(folder);
    for (Path image : images) {
      Files.createSymbolicLink(folder.resolve(kind + "-" + image.getFileName()), image);
    }
    return folder;
  }

  private static List<Path> everySecond(List<Path> images) {
    return IntStream.range(0, images.size()).filter(i -> i % 2 == 0).mapToObj(images::get).toList();
  }

  private static List<Path> images(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".png")).sorted().toList();
    }
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isDirectory).sorted().toList();
    }
  }
}
