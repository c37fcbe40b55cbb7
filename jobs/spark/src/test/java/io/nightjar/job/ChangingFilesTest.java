package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.bank.coreset.CoresetMethod;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.BankScope;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.FitOptions;
import io.nightjar.job.options.RunOptions;
import io.nightjar.job.options.TrainPatches;
import io.nightjar.job.result.BuiltBank;
import io.nightjar.job.result.RunResult;
import io.nightjar.job.result.UpdatedBank;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.QuarantinedFile;
import io.nightjar.testing.ChangingFileSystem;
import io.nightjar.testing.MapFiles;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that change or vanish while a run reads them more than once: what is made is what would
 * have been made without them.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangingFilesTest {
  private static final FitOptions TWICE =
      TinyEvaluation.FIT.withTrainPatches(TrainPatches.RECOMPUTE);

  /** A normal image is opened for its header, for the components, and for the rows. */
  private static final int FOR_ROWS = 3;

  private SparkSession spark;
  private Path work;
  private Path carpet;
  private Path victim;

  /** Evaluations without the victim, which are the same whatever happens to it. */
  private final Map<String, CategoryResult> without = new HashMap<>();

  @BeforeAll
  void start() {
    spark = Sparks.start("local[2]", ChangingFileSystem.properties());
  }

  @AfterAll
  void stop() {
    spark.stop();
  }

  @BeforeEach
  void generate(@TempDir Path directory) throws IOException {
    ChangingFileSystem.reset();
    work = directory;
    carpet = TinyDataset.generate(directory.resolve("data")).resolve("carpet");
    victim = carpet.resolve("train/good/003.bmp");
    Files.write(victim, bmp(carpet.resolve("train/good/003.png")));
    Files.delete(carpet.resolve("train/good/003.png"));
  }

  /** Images of one size have BMP files of one length, as the file had when it was looked up. */
  private static byte[] bmp(Path image) throws IOException {
    BufferedImage decoded = ImageIO.read(image.toFile());
    BufferedImage rgb =
        new BufferedImage(decoded.getWidth(), decoded.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    rgb.getRaster().setRect(decoded.getRaster());
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    assertThat(ImageIO.write(rgb, "bmp", file)).isTrue();
    return file.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"whole", "sharded", "coreset", "unified", "ivf"})
  void anEvaluationIsThatWithoutTheNormalImageThatChanged(String kind) throws IOException {
    ChangingFileSystem.change(victim, FOR_ROWS, anotherImage());

    assertIsThatWithoutTheVictim(kind, "It changed while the run read it: its SHA-256 was ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"whole", "sharded", "coreset"})
  void anEvaluationIsThatWithoutTheNormalImageThatVanished(String kind) throws IOException {
    ChangingFileSystem.vanish(victim, FOR_ROWS);

    assertIsThatWithoutTheVictim(
        kind,
        "It could be read at first, and no longer when it was read again. The file is absent.");
  }

  private void assertIsThatWithoutTheVictim(String kind, String reason) throws IOException {
    CategoryResult found = evaluate("changed", options(kind));

    assertThat(found.quarantined()).hasSize(1);
    assertThat(found.quarantined().get(0).path()).isEqualTo("train/good/003.bmp");
    assertThat(found.quarantined().get(0).reason()).startsWith(reason);
    ChangingFileSystem.reset();
    Files.deleteIfExists(victim);
    CategoryResult expected = without.computeIfAbsent(kind, it -> evaluate("without", options(it)));
    assertThat(expected.quarantined()).isEmpty();
    assertThat(found.metrics()).isEqualTo(expected.metrics());
    assertThat(found.bankRows()).isEqualTo(expected.bankRows());
    assertThat(found.trainImages()).isEqualTo(expected.trainImages());
    assertThat(found.components()).isEqualTo(expected.components());
    // The first counts the images that were listed.
    assertThat(found.notes()).hasSameSizeAs(expected.notes());
    assertThat(found.notes().subList(1, found.notes().size()))
        .isEqualTo(expected.notes().subList(1, expected.notes().size()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBankIsThatWithoutTheNormalImageThatChanged(boolean coreset) throws IOException {
    BankOptions rows = coreset ? BankOptions.DEFAULT.withCoreset(coreset()) : BankOptions.DEFAULT;
    ChangingFileSystem.change(victim, FOR_ROWS, anotherImage());

    BuiltBank found = build("changed", rows);

    assertThat(found.quarantined())
        .extracting(QuarantinedFile::path)
        .containsExactly("train/good/003.bmp");
    ChangingFileSystem.reset();
    Files.delete(victim);
    BuiltBank expected = build("without", rows);
    assertThat(found.manifest().images())
        .extracting(image -> image.path() + " " + image.sha256() + " " + image.rows())
        .isEqualTo(
            expected.manifest().images().stream()
                .map(image -> image.path() + " " + image.sha256() + " " + image.rows())
                .toList());
    assertThat(rows("changed")).containsExactly(rows("without").toArray(float[][]::new));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void anUpdateAddsNoImageThatChanged(int opening) throws IOException {
    build("banks", BankOptions.DEFAULT);
    Path added = Files.createDirectories(work.resolve("added"));
    Path test = TinyDataset.generate(work.resolve("more")).resolve("carpet/test/good");
    Files.copy(test.resolve("000.png"), added.resolve("a.png"));
    Files.write(added.resolve("b.bmp"), bmp(test.resolve("001.png")));
    // Opened for its header, its hash, the comparison with the bank, and the rows.
    ChangingFileSystem.change(added.resolve("b.bmp"), opening, anotherImage());

    UpdatedBank updated =
        new UpdateBanks(spark)
            .banks(work.resolve("banks/carpet").toString())
            .data(ChangingFileSystem.uri(added))
            .backbone(TinyDataset.backbone())
            .options(TinyEvaluation.EMBED)
            .options(TWICE)
            .options(RunOptions.DEFAULT.withMaxQuarantined(0.5))
            .guard(OptionalDouble.empty())
            .refit(io.nightjar.job.options.Refit.NEVER)
            .execute()
            .updated()
            .get(0);

    assertThat(updated.added()).containsExactly("a.png");
    assertThat(updated.quarantined()).extracting(QuarantinedFile::path).containsExactly("b.bmp");
    assertThat(updated.quarantined().get(0).reason()).contains("changed while the run read it");
    assertThat(updated.after().images()).hasSize(10);
    assertThat(updated.after().images().get(9).path()).isEqualTo("a.png");
    assertThat(updated.after().rows()).isEqualTo(10 * 64);
  }

  @Test
  void anUpdateThatFitsAgainTakesNoOldImageThatChanged() throws IOException {
    build("banks", BankOptions.DEFAULT);
    ChangingFileSystem.reset();
    // Opened for its hash, for its header, for the components, and for the rows.
    ChangingFileSystem.change(victim, 3, anotherImage());

    UpdatedBank updated =
        new UpdateBanks(spark)
            .banks(work.resolve("banks/carpet").toString())
            .remove(List.of("train/good/000.png"))
            .refit(io.nightjar.job.options.Refit.ALWAYS)
            .backbone(TinyDataset.backbone())
            .options(TinyEvaluation.EMBED)
            .options(TWICE)
            .options(RunOptions.DEFAULT.withMaxQuarantined(0.5))
            .execute()
            .updated()
            .get(0);

    assertThat(updated.quarantined())
        .extracting(QuarantinedFile::path)
        .containsExactly("train/good/003.bmp");
    assertThat(updated.after().images()).hasSize(7);
  }

  @Test
  void figuresAreThoseWithoutTheMapThatChanged() throws IOException {
    Path maps = work.resolve("maps");
    List<Path> images = testImages();
    for (int i = 0; i < images.size(); i++) {
      String name = carpet.getParent().relativize(images.get(i)).toString();
      Path map = maps.resolve(name.replace(".png", ".npy"));
      Files.createDirectories(map.getParent());
      Files.write(map, MapFiles.npy(new float[] {1, 2 + i, 3, 4 + i % 2}, 2, 2));
    }
    Path changing = maps.resolve("carpet/test/good/000.npy");
    ChangingFileSystem.change(changing, 2, MapFiles.npy(new float[] {9, 9, 9, 9}, 2, 2));

    CategoryResult found = measure(maps, "changed");

    assertThat(found.quarantined()).hasSize(1);
    assertThat(found.quarantined().get(0).path()).isEqualTo("test/good/000.png");
    assertThat(found.quarantined().get(0).reason())
        .contains("000.npy changed while the run read it");
    ChangingFileSystem.reset();
    Files.delete(carpet.resolve("test/good/000.png"));
    Files.delete(changing);
    assertThat(found.metrics()).isEqualTo(measure(maps, "without").metrics());
  }

  @Test
  void aVisualizationOfAnImageThatChangedIsLeftOutAndReported() throws IOException {
    Path image = carpet.resolve("test/good/000.png");
    // Opened for its header, its score, and its visualization.
    ChangingFileSystem.vanish(image, 3);

    CategoryResult found =
        evaluate("drawn", TinyEvaluation.options().fit(TWICE).visualizations(2).build());

    assertThat(found.quarantined()).isEmpty();
    assertThat(found.notes())
        .anyMatch(
            note ->
                note.startsWith("No visualization of test/good/000.png was drawn")
                    && note.contains("The file is absent."));
    try (Stream<Path> images = Files.list(work.resolve("drawn/pictures/carpet"))) {
      assertThat(images.map(path -> path.getFileName().toString()))
          .anyMatch(name -> name.startsWith("normal-"))
          .noneMatch(name -> name.endsWith("good-000.png"));
    }
  }

  private EvaluationOptions options(String kind) {
    EvaluationOptions.Builder options = TinyEvaluation.options().fit(TWICE).maxQuarantined(0.3);
    return switch (kind) {
      case "sharded" -> options.broadcastLimit(16 << 10).build();
      case "coreset" -> options.coreset(coreset()).build();
      case "unified" -> options.scope(BankScope.UNIFIED).build();
      case "ivf" -> options.search(new io.nightjar.bank.approximate.IvfMethod(8, 2, 1)).build();
      default -> options.build();
    };
  }

  private static CoresetOptions coreset() {
    return new CoresetOptions(0.25, CoresetMethod.GREEDY, 3);
  }

  private CategoryResult evaluate(String out, EvaluationOptions options) {
    RunResult result =
        new EvaluateDataset(spark)
            .data(ChangingFileSystem.uri(carpet.getParent()))
            .categories(List.of("carpet"))
            .backbone(TinyDataset.backbone())
            .out(work.resolve(out).toString())
            .options(options)
            .execute();
    assertThat(result.report().failed()).isEmpty();
    return result.report().categories().get(0);
  }

  private CategoryResult measure(Path maps, String out) {
    RunResult result =
        new MeasureMaps(spark)
            .maps(ChangingFileSystem.uri(maps))
            .data(carpet.getParent().toString())
            .categories(List.of("carpet"))
            .out(work.resolve(out).toString())
            .options(RunOptions.DEFAULT.withMaxQuarantined(0.5))
            .execute();
    assertThat(result.report().failed()).isEmpty();
    return result.report().categories().get(0);
  }

  private BuiltBank build(String folder, BankOptions rows) {
    BuildBanks.Result result =
        new BuildBanks(spark)
            .data(ChangingFileSystem.uri(carpet.getParent()))
            .categories(List.of("carpet"))
            .backbone(TinyDataset.backbone())
            .banks(work.resolve(folder).toString())
            .options(TinyEvaluation.EMBED)
            .options(TWICE)
            .options(RunOptions.DEFAULT.withMaxQuarantined(0.3))
            .options(rows)
            .execute();
    assertThat(result.failed()).isEmpty();
    return result.built().get(0);
  }

  private List<float[]> rows(String folder) {
    return StoredBank.open(
            BankLocation.current(work.resolve(folder).resolve("carpet").toString()),
            new Configuration())
        .memoryBank()
        .blocks();
  }

  private byte[] anotherImage() throws IOException {
    return bmp(carpet.getParent().resolve("bottle/train/good/000.png"));
  }

  private List<Path> testImages() throws IOException {
    try (Stream<Path> files = Files.walk(carpet.resolve("test"))) {
      return files.filter(file -> file.toString().endsWith(".png")).sorted().toList();
    }
  }
}
