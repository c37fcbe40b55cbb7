package io.nightjar.report.comparison.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.metric.LabelledImage;
import io.nightjar.report.comparison.FinishedRun;
import io.nightjar.report.comparison.TestRuns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maps of a run's table, and the shapes of their images. */
class RunMapsTest {
  private static final String COLUMNS =
      "required binary category (STRING); required binary path (STRING);"
          + " required int32 height; required int32 width;"
          + " required group map (LIST) { repeated group list { required float element; } }";
  private static final RunMaps.Image TALL = new RunMaps.Image("bottle", "test/crack/000.png");
  private static final RunMaps.Image UNKNOWN = new RunMaps.Image("bottle", "test/crack/001.png");

  @TempDir private Path work;

  @Test
  void anImageHasItsOwnShapeWhereTheTableHasIt() throws IOException {
    RunMaps maps =
        read(COLUMNS + " optional int32 image_height; optional int32 image_width;", true);

    assertThat(maps.maps().get(TALL).values()).containsExactly(0, 1, 2, 3);
    assertThat(maps.shape(TALL)).isEqualTo(new RunMaps.Shape(500, 1260));
    assertThat(maps.shape(UNKNOWN)).isEqualTo(new RunMaps.Shape(2, 2));
    assertThat(maps.faults()).isEmpty();
  }

  @Test
  void aTableOfAnEarlierProgramHasTheShapeOfTheMap() throws IOException {
    RunMaps maps = read(COLUMNS, false);

    assertThat(maps.shape(TALL)).isEqualTo(new RunMaps.Shape(2, 2));
    assertThat(maps.faults()).isEmpty();
  }

  private RunMaps read(String columns, boolean shaped) throws IOException {
    List<LabelledImage> images = TestRuns.images(1, 4);
    String run =
        TestRuns.in(work.resolve("run"), "2026-11-23T01:00:00Z").category("bottle", images).write();
    MessageType schema = MessageTypeParser.parseMessageType("message maps {" + columns + "}");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(run + "/maps/part-0.parquet"))
            .withConf(new Configuration())
            .withType(schema)
            .build()) {
      writer.write(row(schema, TALL, shaped));
      writer.write(row(schema, UNKNOWN, false));
    }
    return RunMaps.read(
        FinishedRun.read(run, TestRuns.CONFIGURATION),
        Set.of(TALL, UNKNOWN),
        TestRuns.CONFIGURATION);
  }

  private static Group row(MessageType schema, RunMaps.Image image, boolean shaped) {
    SimpleGroup row = new SimpleGroup(schema);
    row.add("category", image.category());
    row.add("path", image.path());
    row.add("height", 2);
    row.add("width", 2);
    Group map = row.addGroup("map");
    for (int i = 0; i < 4; i++) {
      map.addGroup("list").add("element", (float) i);
    }
    if (shaped) {
      row.add("image_height", 1260);
      row.add("image_width", 500);
    }
    return row;
  }
}
