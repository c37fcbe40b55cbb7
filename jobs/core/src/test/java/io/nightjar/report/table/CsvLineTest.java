package io.nightjar.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.list.ListedPaths;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CsvLineTest {
  @Test
  void textsAreNoFormulasAndNumbersStayNumbers() {
    assertThat(CsvLine.of("=cmd|' /C'!A0", "a,\"b\"", -1.5, -2L, null, "+1,2"))
        .isEqualTo("'=cmd|' /C'!A0,\"a,\"\"b\"\"\",-1.5,-2,,\"'+1,2\"");
  }

  @Test
  void pathsAreReadBackAsTheyWere() {
    String table =
        CsvLine.of("score", "path")
            + "\n"
            + CsvLine.of(1.0, "=a,b.png")
            + "\n"
            + CsvLine.of(1.0, "'-c.png")
            + "\n";

    assertThat(ListedPaths.of(table.getBytes(StandardCharsets.UTF_8), "review.csv"))
        .containsExactly("=a,b.png", "'-c.png");
  }
}
