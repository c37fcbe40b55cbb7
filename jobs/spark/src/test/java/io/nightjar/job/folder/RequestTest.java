package io.nightjar.job.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestTest {
  private static final Instant BEGUN = Instant.parse("2026-01-02T03:00:00.500Z");

  @TempDir private Path work;

  @Test
  void theOrderOfTheFilesDoesNotMatterAndEverythingElseDoes() {
    Request first = Request.of(Map.of("data", "d"), List.of("a", "b"));

    assertThat(first.isSame(Request.of(Map.of("data", "d"), List.of("b", "a")).sha256())).isTrue();
    assertThat(first.isSame(Request.of(Map.of("data", "e"), List.of("a", "b")).sha256())).isFalse();
    assertThat(first.isSame(Request.of(Map.of("data", "d"), List.of("a")).sha256())).isFalse();
    assertThat(Request.NONE.isSame("")).isFalse();
  }

  @Test
  void theOrderInWhichThingsWereGivenDoesNotMatter() {
    Map<String, Object> position = new LinkedHashMap<>();
    position.put("factor", 0.25);
    position.put("step", 3.5);
    Map<String, Object> turned = new LinkedHashMap<>();
    turned.put("step", 3.5);
    turned.put("factor", 0.25);
    Request first = Request.of(Map.of("banks", Map.of("bottle", position)), List.of());

    assertThat(
            first.isSame(Request.of(Map.of("banks", Map.of("bottle", turned)), List.of()).sha256()))
        .isTrue();
    turned.put("factor", 0.5);
    assertThat(
            first.isSame(Request.of(Map.of("banks", Map.of("bottle", turned)), List.of()).sha256()))
        .isFalse();
  }

  @Test
  void aFileThatWasWrittenSinceOrIsGoneIsAChange() throws IOException {
    Path one = written("one/a.png", BEGUN.minusSeconds(1));
    Path other = written("other/b.png", BEGUN.minusSeconds(3600));
    written("other/not-read.png", BEGUN.plusSeconds(1));
    Request request =
        Request.of(Map.of(), List.of(one.toUri().toString(), other.toUri().toString()));

    assertThat(request.isUntouchedSince(BEGUN, new Configuration())).isTrue();

    written("other/b.png", BEGUN.plusSeconds(1));
    assertThat(request.isUntouchedSince(BEGUN, new Configuration())).isFalse();

    Files.delete(other);
    assertThat(request.isUntouchedSince(BEGUN, new Configuration())).isFalse();
    Files.delete(other.resolveSibling("not-read.png"));
    Files.delete(other.getParent());
    assertThat(request.isUntouchedSince(BEGUN, new Configuration())).isFalse();
  }

  private Path written(String name, Instant when) throws IOException {
    Path file = work.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, name);
    return Files.setLastModifiedTime(file, FileTime.from(when));
  }
}
