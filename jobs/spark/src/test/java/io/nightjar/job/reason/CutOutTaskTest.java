package io.nightjar.job.reason;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.io.Sha256;
import io.nightjar.score.PatchBox;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CutOutTaskTest {
  private static final Size GRID = new Size(2, 4);

  @TempDir private Path folder;
  private byte[] png;

  @BeforeEach
  void draw() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", bytes);
    png = bytes.toByteArray();
  }

  private CutOutTask.Found find(List<String> files, List<Integer> cells) {
    return new CutOutTask(
            "a.png",
            new ArrayList<>(files.stream().map(file -> folder.resolve(file).toString()).toList()),
            Sha256.of(png),
            new ArrayList<>(cells),
            GRID)
        .find(WhiteLevel.FULL, new Configuration());
  }

  @Test
  void theFileWithTheContentIsTaken() throws IOException {
    Files.write(folder.resolve("other.png"), new byte[] {1});
    Files.write(folder.resolve("a.png"), png);

    CutOutTask.Found found = find(List.of("gone.png", "other.png", "a.png"), List.of(0, 7));

    assertThat(found.fault()).isEmpty();
    assertThat(found.shown()).containsOnlyKeys(0, 7);
    assertThat(found.over(GRID).of(7)).isEqualTo(new PatchBox(30, 15, 10, 15));
  }

  @Test
  void withoutCellsTheSizeAloneIsRead() throws IOException {
    Files.write(folder.resolve("a.png"), png);

    CutOutTask.Found found = find(List.of("a.png"), List.of());

    assertThat(found.width()).isEqualTo(40);
    assertThat(found.height()).isEqualTo(30);
    assertThat(found.shown()).isEmpty();
  }

  @Test
  void aFileThatIsGoneOrAnotherIsAFault() throws IOException {
    Files.write(folder.resolve("other.png"), new byte[] {1});

    assertThat(find(List.of("other.png"), List.of(0)).fault())
        .isEqualTo("a.png is not shown: its file has other content by now.");
    assertThat(find(List.of("gone.png"), List.of(0)).fault())
        .isEqualTo("a.png is not shown: The file is absent.");
    assertThat(find(List.of(), List.of(0)).fault())
        .isEqualTo("a.png is not shown: its file is no longer where the bank was built from.");
  }
}
