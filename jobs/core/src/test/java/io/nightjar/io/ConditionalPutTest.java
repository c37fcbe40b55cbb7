package io.nightjar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.testing.MemoryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Creation in stores that have conditional uploads, ignore the condition, or do not have them. */
class ConditionalPutTest {
  private static final byte[] MINE = "mine".getBytes(StandardCharsets.UTF_8);
  private static final byte[] YOURS = "yours".getBytes(StandardCharsets.UTF_8);

  private final Configuration configuration = MemoryStore.configuration();

  private static Path file(String bucket) {
    return new Path("gs://" + bucket + "/" + UUID.randomUUID());
  }

  private AtomicFiles files(Path file) throws IOException {
    return AtomicFiles.of(PlainFiles.of(file, configuration), configuration);
  }

  private byte[] read(Path file) throws IOException {
    return BoundedFiles.read(PlainFiles.of(file, configuration), file, 100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"conditional", "ignoring", "last-wins", "lost"})
  void anExistingObjectIsNotReplaced(String bucket) throws IOException {
    Path file = file(bucket);
    files(file).create(file, MINE);

    assertThatThrownBy(() -> files(file).create(file, YOURS))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(read(file)).isEqualTo(MINE);
  }

  /** The other one comes between the look at the store and the upload. */
  @Test
  void ofTwoUploadsThatOverlapTheLaterOneIsRefused() throws IOException {
    Path file = file("conditional");
    FSDataOutputStream later = ConditionalPut.open(PlainFiles.of(file, configuration), file);
    files(file).create(file, MINE);
    later.write(YOURS);

    assertThatThrownBy(later::close).isInstanceOf(IOException.class);
    assertThat(read(file)).isEqualTo(MINE);
  }

  @ParameterizedTest
  @CsvSource({"conditional, mine", "ignoring, yours", "last-wins, yours"})
  void anObjectThatHasChangedIsReplacedOnlyWhereTheStoreDoesNotKnow(String bucket, String left)
      throws IOException {
    Path file = file(bucket);
    files(file).create(file, "before".getBytes(StandardCharsets.UTF_8));
    Optional<String> tag = files(file).tag(file);
    files(file).replaceUnchanged(file, tag, MINE);

    try {
      files(file).replaceUnchanged(file, tag, YOURS);
      assertThat(left).isEqualTo("yours");
    } catch (FileAlreadyExistsException e) {
      assertThat(left).isEqualTo("mine");
    }
    assertThat(read(file)).isEqualTo(left.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anObjectThatWasAbsentIsNotReplaced() throws IOException {
    Path file = file("conditional");
    Optional<String> tag = files(file).tag(file);
    files(file).create(file, MINE);

    assertThatThrownBy(() -> files(file).replaceUnchanged(file, tag, YOURS))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(read(file)).isEqualTo(MINE);
  }

  @Test
  void aClientWithoutTheOptionRefusesIt() {
    Path file = file("last-wins");

    assertThatThrownBy(() -> ConditionalPut.open(PlainFiles.of(file, configuration), file))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
