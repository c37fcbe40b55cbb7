package io.nightjar.dataset.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.layout.LayoutChoice;
import io.nightjar.dataset.layout.Purpose;
import io.nightjar.dataset.ledger.PassedOver;
import io.nightjar.dataset.ledger.PassedOver.Kind;
import io.nightjar.error.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestReaderTest {
  private static final String TABLE =
      """
      uri,category,split,label,mask,group
      a/0.png,nut,train,good,,day
      a/1.png,nut,train,,,
      a/2.png,nut,test,normal,,
      a/3.png,nut,test,bent,m/3.png|m/3b.png,night
      /data/4.png,nut,test,bent,s3a://bucket/4.png,
      a/5.png,nut,test,,,
      a/6.png,nut,validation,good,,
      b/0.png,bolt,train,good,,
      b/1.png,bolt,train,rusty,m/b1.png,
      b/2.png,bolt,test,rusty,m/b2.png,
      b/2.png,bolt,test,rusty,m/b2b.png,
      """;

  @TempDir private Path folder;

  @Test
  void aCategoryThatLeadsElsewhereIsRefusedWithItsLine() {
    assertThatThrownBy(
            () -> read(TABLE.replace("a/1.png,nut", "a/1.png,../nut"), List.of(), Purpose.EVALUATE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("line 3: its category holds a slash or backslash");
  }

  @Test
  void rowsMakeCategories() throws IOException {
    Catalogue found = read(TABLE, List.of(), Purpose.EVALUATE).orElseThrow();

    assertThat(found.description()).isEqualTo("a manifest: 10 images");
    Category bolt = found.categories().get(0);
    Category nut = found.categories().get(1);
    assertThat(nut.train())
        .extracting(ImageRef::relativePath)
        .containsExactly("a/0.png", "a/1.png");
    assertThat(nut.train()).extracting(ImageRef::group).containsExactly("day", "");
    assertThat(nut.test())
        .extracting(ImageRef::relativePath)
        .containsExactly("/data/4.png", "a/2.png", "a/3.png");
    ImageRef bent = nut.test().get(2);
    assertThat(bent)
        .isEqualTo(
            new ImageRef(
                "nut",
                Split.TEST,
                "bent",
                "a/3.png",
                "file:" + folder + "/a/3.png",
                List.of("file:" + folder + "/m/3.png", "file:" + folder + "/m/3b.png"),
                "",
                "night"));
    assertThat(nut.test().get(0).uri()).isEqualTo("file:/data/4.png");
    assertThat(nut.test().get(0).maskUri()).isEqualTo("s3a://bucket/4.png");
    assertThat(nut.test().get(1).isGood()).isTrue();
    assertThat(bolt.test().get(0).maskUris()).hasSize(2);
    // 7 images and 3 masks of the nut, 3 and 3 of the bolt; the manifest is none of them.
    assertThat(found.inputs().found()).isEqualTo(16);
    assertThat(passed(found))
        .isEqualTo(Map.of(Kind.UNLABELLED, 1L, Kind.NOT_NEEDED, 2L, Kind.DEFECTIVE_TRAINING, 1L));
  }

  /** 0 and 1 are the labels of anomalib's and other frameworks' tables. */
  @Test
  void normalImagesMayBeLabelledInManyWays() throws IOException {
    String table =
        """
        uri;split;label
        a\\0.png;test;0
        a\\1.png;test;1
        a\\2.png;test;OK
        a\\3.png;test;Normal
        """;

    assertThat(read(table, List.of(), Purpose.TEST).orElseThrow().categories().get(0).test())
        .extracting(ImageRef::defect)
        .containsExactly("good", "1", "good", "good");
  }

  @Test
  void imagesOfOneItemNameIt() throws IOException {
    String table =
        """
        uri,split,label,item,group
        0.png,test,good,a,C1
        1.png,test,good,a,C2
        2.png,test,good,,C1
        """;
    Catalogue found = read(table, List.of(), Purpose.TEST).orElseThrow();

    assertThat(found.categories().get(0).test())
        .extracting(ImageRef::item)
        .containsExactly("a", "a", "");
    assertThat(found.categories().get(0).test())
        .extracting(ImageRef::group)
        .containsExactly("C1", "C2", "C1");
  }

  @Test
  void eachPurposeTakesItsPart() throws IOException {
    Catalogue learnt = read(TABLE, List.of("nut"), Purpose.LEARN).orElseThrow();
    assertThat(learnt.categories().get(0).train()).hasSize(2);
    assertThat(learnt.categories().get(0).test()).isEmpty();
    assertThat(passed(learnt)).isEqualTo(Map.of(Kind.NOT_NEEDED, 8L, Kind.NOT_SELECTED, 6L));

    Catalogue scored = read(TABLE, List.of("nut"), Purpose.SCORE).orElseThrow();
    assertThat(scored.categories().get(0).test())
        .extracting(ImageRef::relativePath)
        .containsExactly("/data/4.png", "a/2.png", "a/3.png", "a/5.png");
  }

  @Test
  void faultsAreNamedByTheirLines() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    uri,category,split,label,mask
                    a.png,nut,train,good,
                    ,nut,test,good,
                    b.png,nut,tset,good,
                    c.png,nut,test,,m.png

                    a.png,nut,test,good,
                    a.png,nut,train,good,
                    """,
                    List.of(),
                    Purpose.EVALUATE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "cannot be used: line 3: it has no uri; line 4: its split is \"tset\"; it must be"
                + " train, test or validation; line 5: it has a mask but no label; write the kind"
                + " of defect; line 7: a.png is in line 2 with another split, label, group, item"
                + " or name; line 8: a.png is in line 2 already; remove one.");
    assertThatThrownBy(() -> read("uri;label\na.png;good\n", List.of(), Purpose.EVALUATE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is a file, and no manifest");
  }

  @Test
  void excelsTablesAndOneCategoryWithoutAColumn() throws IOException {
    Path file = folder.resolve("washers.csv");
    String text = "\uFEFFsep=;\r\nURI;Split;Label\r\nä 1.png;Train;OK\r\n\"b;2.png\";test;good\r\n";
    Files.write(file, text.getBytes(StandardCharsets.UTF_16LE));

    Catalogue found = read(file, List.of(), Purpose.EVALUATE, false).orElseThrow();

    assertThat(found.categories().get(0).name()).isEqualTo("washers");
    assertThat(found.categories().get(0).train().get(0).uri())
        .isEqualTo("file:" + folder + "/ä 1.png");
    assertThat(found.categories().get(0).test().get(0).relativePath()).isEqualTo("b;2.png");
  }

  @Test
  void aListWithoutLabelsIsNoManifest() throws IOException {
    Path list = Files.writeString(folder.resolve("list.txt"), "a.png\nb, c.png\n");

    assertThat(read(list, List.of(), Purpose.LEARN, false)).isEmpty();
    assertThat(read(folder, List.of(), Purpose.LEARN, false)).isEmpty();
    assertThatThrownBy(() -> read(folder, List.of(), Purpose.LEARN, true))
        .hasMessageContaining("is no manifest: expected a CSV file");
    assertThatThrownBy(() -> read(folder.resolve("x.csv"), List.of(), Purpose.LEARN, true))
        .hasMessageContaining("There is no manifest");
  }

  @Test
  void parquetFilesWithMasksAsTextOrList() throws IOException {
    parquet(
        folder.resolve("one.parquet"),
        "message m { required binary uri (STRING); optional binary category (STRING);"
            + " required binary split (STRING); optional binary label (STRING);"
            + " optional group mask (LIST) { repeated group list {"
            + " optional binary element (STRING); } } }",
        row -> {
          row.append("uri", "a.png").append("category", "nut").append("split", "test");
          row.append("label", "bent");
          Group masks = row.addGroup("mask");
          masks.addGroup("list").append("element", "m1.png");
          masks.addGroup("list").append("element", "m2.png");
        });
    Path parts = Files.createDirectory(folder.resolve("parts"));
    Files.createFile(parts.resolve("_SUCCESS"));
    parquet(
        parts.resolve("part-0.parquet"),
        "message m { required binary uri (STRING); required binary split (STRING);"
            + " optional binary label (STRING); optional binary mask (STRING); }",
        row ->
            row.append("uri", "a.png")
                .append("split", "test")
                .append("label", "bent")
                .append("mask", "m1.png|m2.png"));

    ImageRef one =
        read(folder.resolve("one.parquet"), List.of(), Purpose.TEST, false)
            .orElseThrow()
            .categories()
            .get(0)
            .test()
            .get(0);
    Category of = read(parts, List.of(), Purpose.TEST, false).orElseThrow().categories().get(0);

    assertThat(one.maskUris())
        .containsExactly("file:" + folder + "/m1.png", "file:" + folder + "/m2.png");
    assertThat(of.name()).isEqualTo("parts");
    assertThat(of.test().get(0).maskUris()).isEqualTo(one.maskUris());

    Files.writeString(folder.resolve("bad.parquet"), "no Parquet at all");
    assertThatThrownBy(() -> read(folder.resolve("bad.parquet"), List.of(), Purpose.TEST, true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("bad.parquet cannot be read");
  }

  private interface Row {
    void fill(Group row);
  }

  private static void parquet(Path file, String schema, Row content) throws IOException {
    MessageType type = MessageTypeParser.parseMessageType(schema);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toString()))
            .withType(type)
            .build()) {
      Group row = new SimpleGroupFactory(type).newGroup();
      content.fill(row);
      writer.write(row);
    }
  }

  private Optional<Catalogue> read(String table, List<String> only, Purpose purpose)
      throws IOException {
    return read(Files.writeString(folder.resolve("data.csv"), table), only, purpose, false);
  }

  private static Optional<Catalogue> read(
      Path manifest, List<String> only, Purpose purpose, boolean required) {
    LayoutChoice.Manifests reader = new ManifestReader();
    return reader.read(manifest.toString(), only, purpose, required, new Configuration());
  }

  private static Map<Kind, Long> passed(Catalogue found) {
    return found.inputs().passedOver().stream()
        .collect(Collectors.toMap(PassedOver::kind, PassedOver::count));
  }
}
