package io.nightjar.job;

import static io.nightjar.testing.Trees.link;
import static io.nightjar.testing.Trees.touch;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.ledger.Inputs;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.dataset.ledger.PassedOver;
import io.nightjar.dataset.ledger.PassedOver.Kind;
import io.nightjar.job.options.RunOptions;
import io.nightjar.job.result.RunResult;
import io.nightjar.job.result.UpdatedBank;
import io.nightjar.json.JsonDocument;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.QuarantinedFile;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.testing.MapFiles;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the files of a run, from the listing to the results. */
@Tag("slow")
class InputLedgerTest {
  private static final RunOptions LENIENT = RunOptions.DEFAULT.withMaxQuarantined(0.5);

  private final SparkSession spark = Sparks.local(2);

  @TempDir private Path work;
  private Path data;
  private Path carpet;
  private long files;

  @BeforeEach
  void oneCategory() throws IOException {
    data = work.resolve("one");
    carpet = data.resolve("carpet");
    Files.createDirectories(data);
    Files.move(TinyDataset.generate(work.resolve("drawn")).resolve("carpet"), carpet);
    files = count(data);
  }

  @Test
  void anEvaluationReportsWhatBecameOfEveryFile() throws IOException {
    Files.write(carpet.resolve("train/good/000.png"), new byte[100]);
    link(carpet, "test/good/gone.png", "/mnt/nas/gone.png");
    touch(carpet, "ground_truth/good/orphan_mask.png", "train/good/@eaDir/000.png/THUMB.jpg");
    touch(carpet, "train/good/Thumbs.db", "license.txt");

    RunResult result =
        new EvaluateDataset(spark)
            .data(data.toString())
            .backbone(TinyDataset.backbone())
            .out(work.resolve("out").toString())
            .options(LENIENT)
            .execute();

    Inputs inputs = result.report().inputs();
    Ledger expected =
        new Ledger(
            files + 5,
            files - 1,
            2,
            List.of(
                PassedOver.of(
                    Kind.DESKTOP,
                    List.of("carpet/train/good/@eaDir", "carpet/train/good/Thumbs.db")),
                PassedOver.of(Kind.COMPANION, List.of("carpet/license.txt")),
                PassedOver.of(
                    Kind.ORPHANED_MASK, List.of("carpet/ground_truth/good/orphan_mask.png"))));
    assertThat(inputs.total()).isEqualTo(expected);
    assertThat(inputs.categories()).containsOnlyKeys("carpet");
    assertThat(result.report().categories().get(0).quarantined())
        .extracting(QuarantinedFile::path)
        .containsExactly("test/good/gone.png", "train/good/000.png");
    JsonDocument json =
        JsonDocument.parse(Files.readString(work.resolve("out/metrics.json"))).child("inputs");
    assertThat(json.number("found")).isEqualTo(OptionalDouble.of((double) files + 5));
    assertThat(json.children("passed_over")).hasSize(3);
    assertThat(new ReportFiles(work.resolve("out").toString(), new Configuration()).read().inputs())
        .isEqualTo(inputs);
    assertThat(work.resolve("out/report.html")).content().contains("2 quarantined, 4 passed over");
  }

  @Test
  void nestedFilesGiveTheFiguresOfFlatOnes() throws IOException {
    RunResult flat = measure("flat", data, draw("flat-maps"));
    Path kind = firstKind();
    for (Path part : List.of(carpet.resolve("test"), carpet.resolve("ground_truth"))) {
      Path side = Files.createDirectory(part.resolve(kind).resolve("side:a"));
      try (Stream<Path> images = Files.list(part.resolve(kind))) {
        for (Path image : images.filter(Files::isRegularFile).toList()) {
          Files.move(image, side.resolve(image.getFileName()));
        }
      }
    }

    RunResult nested = measure("nested", data, draw("nested-maps"));

    assertThat(metrics(nested).pixel()).isEqualTo(metrics(flat).pixel());
    assertThat(nested.report().inputs().total()).isEqualTo(flat.report().inputs().total());
  }

  @Test
  void namesWithColonsGiveTheSameFiguresAsOthers() throws IOException {
    RunResult plain = measure("plain", data, draw("plain-maps"));
    Path kind = firstKind();
    for (String part : List.of("test", "ground_truth")) {
      Files.move(carpet.resolve(part).resolve(kind), carpet.resolve(part).resolve("kind:2"));
    }
    Files.move(carpet.resolve("test/good/000.png"), carpet.resolve("test/good/10:30:00.png"));
    Files.move(carpet, data.resolve("carpet:1"));
    carpet = data.resolve("carpet:1");

    RunResult colons = measure("colons", data, draw("colon-maps"));

    assertThat(colons.complete()).isTrue();
    assertThat(metrics(colons).pixel()).isEqualTo(metrics(plain).pixel());
    assertThat(work.resolve("colons/curves/carpet:1.json")).isNotEmptyFile();
  }

  @Test
  void masksAloneGiveTheFiguresOfTheWholeDataSet() throws IOException {
    Path maps = draw("maps");
    RunResult whole = measure("whole", data, maps);
    Path masks = work.resolve("masks");
    Files.createDirectories(masks.resolve("carpet"));
    Files.move(carpet.resolve("ground_truth"), masks.resolve("carpet/ground_truth"));

    RunResult alone = measure("alone", masks, maps);

    assertThat(metrics(alone).pixel()).isEqualTo(metrics(whole).pixel());
    assertThat(alone.report().inputs().total().passed()).isZero();
  }

  @Test
  void mapsWithoutAnImageAreReported() throws IOException {
    Path maps = draw("maps");
    RunResult whole = measure("whole", data, maps);
    Files.delete(carpet.resolve("test/good/000.png"));

    RunResult fewer = measure("fewer", data, maps);

    assertThat(whole.report().inputs().total().passedOver())
        .containsExactly(PassedOver.of(Kind.NOT_NEEDED, List.of("carpet/train/good")));
    assertThat(fewer.report().inputs().total().passedOver())
        .contains(PassedOver.of(Kind.ORPHANED_MAP, List.of("carpet/test/good/000.npy")));
  }

  @Test
  void banksRecordWhatTheirImagesWereChosenFrom() throws IOException {
    Path days = work.resolve("days");
    Path images = carpet.resolve("train/good");
    Files.createDirectories(days);
    Files.move(images, days.resolve("monday"));
    touch(days, "monday/notes.txt", "monday/#recycle/a.png");
    long normal = count(days) - 2;
    Path more = Files.createDirectories(work.resolve("more/tuesday"));
    Files.copy(days.resolve("monday/000.png"), more.resolve("again.png"));
    Files.copy(carpet.resolve("test/good/000.png"), more.resolve("new.png"));

    BuildBanks.Result built =
        new BuildBanks(spark)
            .data(days.toString())
            .categories(List.of("carpet"))
            .backbone(TinyDataset.backbone())
            .banks(work.resolve("banks").toString())
            .execute();
    UpdatedBank updated =
        new UpdateBanks(spark)
            .banks(work.resolve("banks/carpet").toString())
            .data(work.resolve("more").toString())
            .guard(OptionalDouble.empty())
            .backbone(TinyDataset.backbone())
            .execute()
            .updated()
            .get(0);

    Ledger expected =
        new Ledger(
            normal + 2,
            normal,
            0,
            List.of(
                PassedOver.of(Kind.DESKTOP, List.of("monday/#recycle")),
                PassedOver.of(Kind.COMPANION, List.of("monday/notes.txt"))));
    assertThat(built.inputs().total()).isEqualTo(expected);
    assertThat(built.built().get(0).manifest().inputs()).contains(expected);
    assertThat(updated.added()).containsExactly("tuesday/new.png");
    assertThat(updated.after().inputs())
        .contains(
            new Ledger(
                2, 1, 0, List.of(PassedOver.of(Kind.DUPLICATE, List.of("tuesday/again.png")))));
  }

  private RunResult measure(String out, Path dataSet, Path maps) {
    return new MeasureMaps(spark)
        .data(dataSet.toString())
        .maps(maps.toString())
        .out(work.resolve(out).toString())
        .options(LENIENT)
        .execute();
  }

  private static CategoryMetrics metrics(RunResult result) {
    assertThat(result.report().failed()).isEmpty();
    List<CategoryResult> categories = result.report().categories();
    assertThat(categories).hasSize(1);
    assertThat(categories.get(0).quarantined()).isEmpty();
    return categories.get(0).metrics();
  }

  /** A map for each test image, of values that depend on its size and its rank alone. */
  private Path draw(String folder) throws IOException {
    Path maps = work.resolve(folder);
    List<Path> images;
    try (Stream<Path> all = Files.walk(carpet.resolve("test"))) {
      images = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path image : images) {
      float[] values = new float[64 * 64];
      long seed = Files.size(image);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) Math.sin(0.37 * i + seed % 101);
      }
      String path = data.relativize(image).toString().replaceFirst("\\.png$", ".npy");
      Files.createDirectories(maps.resolve(path).getParent());
      Files.write(maps.resolve(path), MapFiles.npy(values, 64, 64));
    }
    return maps;
  }

  private Path firstKind() throws IOException {
    try (Stream<Path> kinds = Files.list(carpet.resolve("ground_truth"))) {
      return kinds.map(Path::getFileName).sorted().findFirst().orElseThrow();
    }
  }

  private static long count(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> !Files.isDirectory(path)).count();
    }
  }
}
