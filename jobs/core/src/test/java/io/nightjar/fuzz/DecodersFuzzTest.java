package io.nightjar.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.weights.WeightFiles;
import io.nightjar.backbone.weights.WeightSeeds;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.RowFiles;
import io.nightjar.bank.store.SampleBanks;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.dataset.layout.Purpose;
import io.nightjar.dataset.list.ListedPaths;
import io.nightjar.dataset.manifest.ManifestReader;
import io.nightjar.dataset.map.MapDecoder;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.Sha256;
import io.nightjar.metric.sample.SampleSeeds;
import io.nightjar.report.SampleReports;
import io.nightjar.report.json.JsonReport;
import io.nightjar.report.published.Comparison;
import io.nightjar.report.table.ReportFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damaged files of every format that is read. The system property {@value #MUTANTS} says how many
 * in all; the first mutants of a longer run are those of a shorter one.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DecodersFuzzTest {
  private static final String MUTANTS = "nightjar.fuzz.mutants";
  private static final int ALL = Integer.getInteger(MUTANTS, 2_000);
  private static final Set<Class<? extends Exception>> UNREADABLE =
      Set.of(UnreadableFileException.class);
  private static final Set<Class<? extends Exception>> INVALID =
      Set.of(InvalidInputException.class);

  private final Configuration configuration = new Configuration();
  private final List<FuzzRun> runs = new ArrayList<>();
  private Path work;

  @BeforeAll
  void collect(@TempDir Path folder) throws IOException {
    work = folder;
    images();
    weights();
    banks();
    tables();
    reports();
    samples();
  }

  Stream<FuzzRun> formats() {
    return runs.stream();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void everyMutantIsReadOrRefusedInASentence(FuzzRun format) throws InterruptedException {
    int count = Math.max(1, ALL / runs.size());

    FuzzRun.Outcome outcome = format.run(0, count);

    assertThat(outcome.faults()).isEmpty();
    assertThat(outcome.read() + outcome.refused()).isEqualTo(count);
    // Mutants that all end alike would test nothing.
    assertThat(outcome.refused()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void theFilesThatMutantsAreMadeOfAreRead(FuzzRun format) throws Exception {
    for (byte[] seed : format.mutator().seeds()) {
      format.decoder().decode(seed);
    }
  }

  private void add(
      String name,
      List<byte[]> seeds,
      boolean text,
      FuzzRun.Decoder decoder,
      Set<Class<? extends Exception>> refusals) {
    runs.add(new FuzzRun(name, new Mutator(seeds, text), decoder, refusals));
  }

  private void images() throws IOException {
    FuzzRun.Decoder image = file -> ImageDecoder.decode(file, "x");
    add("PNG", ImageSeeds.png(), false, image, UNREADABLE);
    add(
        "PNG with checksums",
        ImageSeeds.png(),
        false,
        file -> ImageDecoder.decode(ImageSeeds.withChecksums(file), "x"),
        UNREADABLE);
    add(
        "stored samples of PNG",
        ImageSeeds.png(),
        false,
        file -> ImageDecoder.stored(ImageSeeds.withChecksums(file), "x"),
        UNREADABLE);
    add("JPEG", ImageSeeds.jpeg(), false, image, UNREADABLE);
    add("BMP", ImageSeeds.bmp(), false, image, UNREADABLE);
    add("TIFF", ImageSeeds.tiff(), false, image, UNREADABLE);
    FuzzRun.Decoder rows = file -> ImageDecoder.rows(file, "x", WhiteLevel.FULL, (y, row) -> {});
    add("rows of JPEG", ImageSeeds.jpeg(), false, rows, UNREADABLE);
    add("rows of TIFF", ImageSeeds.tiff(), false, rows, UNREADABLE);
    add(
        "stored samples of TIFF",
        ImageSeeds.tiff(),
        false,
        file -> ImageDecoder.stored(file, "x"),
        UNREADABLE);
    add(
        "map as NPY",
        ImageSeeds.npy(),
        false,
        file -> MapDecoder.decode(file, "x.npy"),
        UNREADABLE);
    add(
        "map as TIFF",
        ImageSeeds.floatTiff(),
        false,
        file -> MapDecoder.decode(file, "x.tiff"),
        UNREADABLE);
  }

  private void weights() throws IOException {
    FuzzRun.Decoder weights = file -> load(file);
    add("safetensors", List.of(WeightSeeds.safetensors()), true, weights, INVALID);
    add("torch zip", WeightSeeds.zips(), false, weights, INVALID);
    add("torch legacy", WeightSeeds.legacy(), false, weights, INVALID);
    add(
        "torch pickle",
        WeightSeeds.pickles(),
        false,
        file -> load(WeightSeeds.withPickle(file)),
        INVALID);
  }

  private void load(byte[] file) throws IOException {
    Path path = Files.write(work.resolve("weights"), file);
    WeightFiles.load(path.toString(), Optional.empty(), configuration);
  }

  private void banks() throws IOException {
    Path bank = work.resolve("bank");
    BankManifest manifest = SampleBanks.publish(bank, OptionalInt.empty());
    Path json = bank.resolve("bank.json");
    byte[] written = Files.readAllBytes(json);
    add(
        "bank.json",
        List.of(written),
        true,
        file -> {
          Files.write(json, file);
          StoredBank opened = open(bank);
          opened.requireFiles();
          opened.memoryBank();
        },
        INVALID);
    BankManifest.RowFile rows = manifest.files().get(0);
    byte[] stored = Files.readAllBytes(bank.resolve(rows.name()));
    add(
        "rows of a bank",
        List.of(stored),
        false,
        file -> {
          Files.write(bank.resolve("rows/mutant.parquet"), file);
          RowFiles.read(
              bank.toString(),
              new BankManifest.RowFile(
                  "rows/mutant.parquet", file.length, Sha256.of(file), rows.rows()),
              manifest.images().subList(0, 2),
              manifest.dimension(),
              configuration);
        },
        INVALID);
    components("components of a bank", bank, manifest);
    Path recipe = work.resolve("recipe");
    components("components of several sizes", recipe, SampleBanks.publishRecipe(recipe));
  }

  private void components(String name, Path bank, BankManifest manifest) throws IOException {
    byte[] components = Files.readAllBytes(bank.resolve(manifest.pca().file()));
    Path json = bank.resolve("bank.json");
    String text = Files.readString(json);
    add(
        name,
        List.of(components),
        false,
        file -> {
          Files.write(bank.resolve(manifest.pca().file()), file);
          Files.writeString(json, text.replace(manifest.pca().sha256(), Sha256.of(file)));
          open(bank).reduction();
        },
        INVALID);
  }

  private StoredBank open(Path bank) {
    return StoredBank.open(BankLocation.current(bank.toString()), configuration);
  }

  private void tables() {
    byte[] table =
        """
        uri,category,split,label,mask,group
        a/0.png,nut,train,good,,day
        a/1.png,nut,test,bent,m/3.png|m/3b.png,"night, late"
        s3a://bucket/4.png,bolt,train,good,,
        """
            .getBytes(StandardCharsets.UTF_8);
    add(
        "manifest",
        List.of(table),
        true,
        file -> {
          Path path = Files.write(work.resolve("manifest.csv"), file);
          new ManifestReader()
              .read(path.toString(), List.of(), Purpose.EVALUATE, true, configuration);
        },
        INVALID);
    byte[] list = "score,path\n1,\"a, b.png\"\n2,c.png\n".getBytes(StandardCharsets.UTF_8);
    add("list", List.of(list), true, file -> ListedPaths.of(file, "list.csv"), INVALID);
  }

  /** As files, and as contents with the version and the hash of an undamaged file. */
  private void samples() throws IOException {
    Path folder = Files.createDirectories(work.resolve("samples"));
    FuzzRun.Decoder sample =
        file -> {
          Files.write(folder.resolve("nut.bin"), file);
          assertThat(new ReportFiles(work.toString(), configuration).readSample("nut")).isPresent();
        };
    add("sample", SampleSeeds.files(), false, sample, INVALID);
    add(
        "content of a sample",
        SampleSeeds.contents(),
        false,
        content -> sample.decode(SampleSeeds.file(content)),
        INVALID);
  }

  private void reports() throws IOException {
    Path folder = work.resolve("report");
    var report = SampleReports.report(SampleReports.category("bottle", 0.789));
    new ReportFiles(folder.toString(), configuration)
        .write(report, Comparison.none("not asked for"), List.of());
    for (String name : List.of("run.json", "metrics.json", "curves/bottle.json")) {
      byte[] written = Files.readAllBytes(folder.resolve(name));
      add(
          name,
          List.of(written),
          true,
          file -> {
            Files.write(folder.resolve(name), file);
            try {
              new ReportFiles(folder.toString(), configuration).read();
            } finally {
              Files.write(folder.resolve(name), written);
            }
          },
          INVALID);
    }
    assertThat(JsonReport.categories(JsonReport.metrics(report))).containsExactly("bottle");
  }
}
