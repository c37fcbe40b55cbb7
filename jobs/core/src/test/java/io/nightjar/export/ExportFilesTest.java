package io.nightjar.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.image.RgbImage;
import io.nightjar.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportFilesTest {
  @TempDir private Path folder;

  private ExportFiles files(String name) {
    return new ExportFiles(folder.resolve(name).toString(), new Configuration());
  }

  /** Five parts of up to 40 rows, each from a page's beginning on. */
  @Test
  void rowsInAFileOfTheirOwnGiveWhatRowsInTheModelGive() throws Exception {
    RgbImage image = ResizeSectionTest.image(50, 40, new Random(6));
    ExportFiles files = files("models/line.onnx");
    try (TinyMethod method = new TinyMethod(List.of(64), 0)) {
      for (RowPrecision precision : RowPrecision.values()) {
        BankRows rows = new BankRows(method.bank, precision, 40);
        Optional<ExternalRows> external = Optional.of(new ExternalRows(files.dataName(), rows));
        byte[] onnx = build(method, rows, external);
        byte[] whole = build(method, rows, Optional.empty());
        assertThat(onnx.length).isLessThan(whole.length);

        files.write(onnx, "card", external);

        Path data = folder.resolve("models/line.onnx.data");
        assertThat(data).hasSize(external.get().bytes());
        assertThat(external.get().offset(1)).isEqualTo(1 << 16);
        OnnxChecker.require(folder.resolve("models/line.onnx"));
        try (ExportRun apart = ExportRun.of(folder.resolve("models/line.onnx"));
            ExportRun together = ExportRun.of(whole)) {
          assertThat(ExportRun.floats(apart.outputs(image), "distances"))
              .isEqualTo(ExportRun.floats(together.outputs(image), "distances"));
        }
      }
    }
  }

  private static byte[] build(TinyMethod method, BankRows rows, Optional<ExternalRows> external) {
    return ExportedGraph.build(
        method.model,
        method.reduction,
        rows,
        ExportOptions.DEFAULT,
        Optional.empty(),
        external,
        Map.of());
  }

  @Test
  void theCardLiesNextToTheModelAndRowsOfAnEarlierExportAreRemoved() throws IOException {
    Files.writeString(folder.resolve("a.onnx.data"), "rows");

    files("a.onnx").write(new byte[] {1, 2}, "what it is", Optional.empty());
    files("b").write(new byte[] {3}, "what it is, too", Optional.empty());

    assertThat(folder.resolve("a.onnx")).hasBinaryContent(new byte[] {1, 2});
    assertThat(folder.resolve("a.card.md")).hasContent("what it is");
    assertThat(folder.resolve("a.onnx.data")).doesNotExist();
    assertThat(folder.resolve("b.card.md")).hasContent("what it is, too");
  }

  @Test
  void filesAreReplacedOnlyWhereThatIsAskedForAndFoldersNever() throws IOException {
    files("free.onnx").requireFree(false);
    Files.writeString(folder.resolve("taken.card.md"), "of a person");
    Files.createDirectories(folder.resolve("folder.onnx"));

    assertThatThrownBy(() -> files("taken.onnx").requireFree(false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("taken.card.md is there already")
        .hasMessageContaining("--overwrite");
    files("taken.onnx").requireFree(true);
    assertThatThrownBy(() -> files("folder.onnx").requireFree(true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("since it is a folder");
  }

  @Test
  void aPlaceThatCannotBeReachedIsRefused() {
    assertThatThrownBy(() -> new ExportFiles("nowhere://a/b.onnx", new Configuration()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("nowhere://a/b.onnx cannot be written");
  }
}
