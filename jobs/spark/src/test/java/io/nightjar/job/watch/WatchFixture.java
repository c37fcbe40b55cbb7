package io.nightjar.job.watch;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.job.BuildBanks;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A bank of the tiny data set, and for each test a folder to watch and one for the rows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WatchFixture {
  SparkSession spark;
  Path work;
  Path bank;
  Path weights;
  BackboneModel network;

  /** Readable images, none like another. */
  List<Path> images;

  Path in;
  Path out;

  @BeforeAll
  void build(@TempDir Path directory) throws IOException {
    spark = Sparks.local(2);
    work = directory;
    Path data = TinyDataset.generate(directory.resolve("data"));
    weights = TinyDataset.writeWeights(directory.resolve("weights.safetensors"));
    network =
        BackboneModel.load(
            TinyDataset.backbone().spec(),
            weights.toString(),
            Optional.empty(),
            new Configuration());
    new BuildBanks(spark)
        .data(data.toString())
        .categories(List.of("bottle"))
        .backbone(network)
        .banks(directory.resolve("banks").toString())
        .execute();
    bank = directory.resolve("banks/bottle");
    try (Stream<Path> files = Files.walk(data.resolve("bottle/test"))) {
      images = files.filter(file -> file.toString().endsWith(".png")).sorted().toList();
    }
  }

  @BeforeEach
  void makeFolders(TestInfo test) throws IOException {
    String name = test.getTestMethod().orElseThrow().getName();
    in = Files.createDirectories(work.resolve(name + "-in"));
    out = work.resolve(name + "-out");
  }

  WatchImages watch() {
    return new WatchImages(spark)
        .bank(bank.toString())
        .data(in.toString())
        .out(out.toString())
        .maxQuarantined(0);
  }

  WatchImages.Result once() {
    return watch().once(true).execute();
  }

  /** Puts an image into the watched folder as a producer should. */
  Path arrive(int image, String name) throws IOException {
    Path ready = work.resolve("ready-" + System.nanoTime());
    Files.copy(images.get(image), ready);
    Path file = in.resolve(name);
    Files.createDirectories(file.getParent());
    Files.move(ready, file, StandardCopyOption.ATOMIC_MOVE);
    return file;
  }

  /** As if it were written so many seconds later. */
  static void age(Path file, int seconds) throws IOException {
    Files.setLastModifiedTime(
        file, FileTime.fromMillis(Files.getLastModifiedTime(file).toMillis() + seconds * 1000L));
  }

  List<Row> rows() {
    return spark
        .read()
        .parquet(out.resolve("scores").toString())
        .orderBy("batch", "path")
        .collectAsList();
  }

  /** Paths of the rows by their order. */
  List<String> paths() {
    List<String> paths = new ArrayList<>();
    rows().forEach(row -> paths.add(row.getAs("path")));
    return paths;
  }

  /** What is said of files without a row: outcome and path. */
  List<String> leftOut() {
    if (!Files.exists(out.resolve("left-out"))) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    spark
        .read()
        .option("header", true)
        .csv(out.resolve("left-out").toString())
        .orderBy("batch", "path")
        .collectAsList()
        .forEach(row -> found.add(row.getAs("outcome") + " " + row.getAs("path")));
    return found;
  }
}
