package io.nightjar.dataset.layout;

import static io.nightjar.testing.Drawn.black;
import static io.nightjar.testing.Drawn.marked;
import static io.nightjar.testing.Drawn.photo;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.layout.known.KnownLayouts;
import io.nightjar.dataset.ledger.PassedOver;
import io.nightjar.io.HadoopPaths;
import io.nightjar.testing.RandomTree;
import io.nightjar.testing.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data sets in S3 are read as the same files on the local disk. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListingOnS3Test {
  private static final int TREES = 10;

  private final Configuration conf = new Configuration();
  private Path work;
  private S3Server s3;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    work = folder;
    s3 = S3Server.start(folder.resolve("s3"));
    s3.hadoopProperties().forEach(conf::set);
  }

  @AfterAll
  void stop() {
    if (s3 != null) {
      s3.close();
    }
  }

  @Test
  void everyEntryOfRandomTreesIsAccountedFor() throws IOException {
    for (int seed = 0; seed < TREES; seed++) {
      Path twin = work.resolve("tree" + seed);
      new RandomTree(1000 + seed, false).write(twin);
      upload(twin);
      for (String command : LedgerPropertyTest.COMMANDS.keySet()) {
        List<String> there =
            LedgerPropertyTest.check(command, s3.uri("tree" + seed), conf, twin, seed);
        List<String> here =
            LedgerPropertyTest.check(command, twin.toString(), new Configuration(), twin, seed);
        assertThat(there).as("%s of tree %d as on the local disk", command, seed).isEqualTo(here);
      }
    }
  }

  /** Layouts that read masks, tables and JSON files when they are listed, and one that does not. */
  @ParameterizedTest
  @ValueSource(strings = {"ksdd", "visa", "real-iad", "mvtec-loco"})
  void dataSetsInOtherLayoutsAreReadAsOnTheLocalDisk(String layout) throws IOException {
    Path twin = work.resolve(layout);
    draw(layout, twin);
    upload(twin);

    for (Purpose purpose : Purpose.values()) {
      Catalogue here = list(twin.toString(), purpose, new Configuration());
      Catalogue there = list(s3.uri(layout), purpose, conf);

      assertThat(there.layout()).isEqualTo(layout);
      assertThat(there.description()).isEqualTo(here.description());
      assertThat(lines(there, s3.uri(layout))).isEqualTo(lines(here, "file:" + twin));
      assertThat(there.inputs()).isEqualTo(here.inputs());
    }
    assertThat(list(s3.uri(layout), Purpose.EVALUATE, conf).categories())
        .singleElement()
        .satisfies(
            category -> {
              assertThat(category.train()).isNotEmpty();
              assertThat(category.test()).anyMatch(image -> image.hasMask());
              assertThat(category.inputs().passedOver()).extracting(PassedOver::kind).isNotEmpty();
            });
  }

  private static Catalogue list(String location, Purpose purpose, Configuration conf) {
    return DataSets.list(location, List.of(), purpose, KnownLayouts.choose("auto"), conf);
  }

  /** A line for each image, with paths below the data set's folder. */
  private static List<String> lines(Catalogue found, String root) {
    List<String> lines = new ArrayList<>();
    found
        .categories()
        .forEach(
            category -> {
              Stream.concat(category.train().stream(), category.test().stream())
                  .forEach(image -> lines.add(image.toString().replace(root + "/", "")));
              category
                  .leftOut()
                  .forEach(image -> lines.add(image.toString().replace(root + "/", "")));
            });
    return lines;
  }

  private static void draw(String layout, Path root) throws IOException {
    switch (layout) {
      case "ksdd" -> {
        for (int item = 1; item <= 5; item++) {
          photo(root, "kos0" + item + "/Part0.jpg", "kos0" + item + "/Part1.jpg");
          black(root, "kos0" + item + "/Part0_label.bmp");
          marked(root, "kos0" + item + "/Part1_label.bmp");
        }
        Files.write(root.resolve("kos03/Part1_label.bmp"), new byte[] {0});
      }
      case "visa" -> {
        photo(
            root,
            "candle/Data/Images/Normal/0000.JPG",
            "candle/Data/Images/Normal/0001.JPG",
            "candle/Data/Images/Normal/0002.JPG",
            "candle/Data/Images/Anomaly/000.JPG");
        marked(root, "candle/Data/Masks/Anomaly/000.png");
        write(
            root.resolve("split_csv/1cls.csv"),
            "object,split,label,image,mask\n"
                + "candle,train,normal,candle/Data/Images/Normal/0000.JPG,\n"
                + "candle,test,normal,candle/Data/Images/Normal/0001.JPG,\n"
                + "candle,test,normal,candle/Data/Images/Normal/0009.JPG,\n"
                + "candle,test,anomaly,candle/Data/Images/Anomaly/000.JPG,"
                + "candle/Data/Masks/Anomaly/000.png\n");
      }
      case "real-iad" -> {
        String images = "realiad_1024/audiojack/";
        photo(root, images + "OK/S0001/0001_OK_C1.jpg", images + "OK/S0003/0003_OK_C2.jpg");
        photo(root, images + "NG/HS/S0004/0004_NG_HS_C3.jpg");
        marked(root, images + "NG/HS/S0004/0004_NG_HS_C3_mask.png");
        write(
            root.resolve("realiad_jsons/realiad_jsons/audiojack.json"),
            """
            {"meta": {"normal_class": "OK", "prefix": "audiojack/"},
             "train": [{"category": "audiojack", "anomaly_class": "OK", "mask_path": null,
                        "image_path": "OK/S0001/0001_OK_C1.jpg"}],
             "test": [{"category": "audiojack", "anomaly_class": "HS",
                       "mask_path": "NG/HS/S0004/0004_NG_HS_C3_mask.png",
                       "image_path": "NG/HS/S0004/0004_NG_HS_C3.jpg"}]}
            """);
      }
      default -> {
        photo(root, "pushpins/train/good/000.png", "pushpins/validation/good/000.png");
        photo(root, "pushpins/test/good/000.png", "pushpins/test/logical_anomalies/000.png");
        marked(
            root,
            "pushpins/ground_truth/logical_anomalies/000/000.png",
            "pushpins/ground_truth/logical_anomalies/000/001.png");
      }
    }
  }

  private static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  /** Copies a folder into the bucket, under its own name. */
  private void upload(Path twin) throws IOException {
    org.apache.hadoop.fs.Path root =
        new org.apache.hadoop.fs.Path(s3.uri(twin.getFileName().toString()));
    try (Stream<Path> files = Files.walk(twin)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        org.apache.hadoop.fs.Path target =
            HadoopPaths.child(root, twin.relativize(file).toString());
        try (FSDataOutputStream out = target.getFileSystem(conf).create(target)) {
          out.write(Files.readAllBytes(file));
        }
      }
    }
  }
}
