package io.nightjar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nightjar.testing.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.VersionInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** With a real S3 server, and the client of the Hadoop that this line of Spark has. */
@Tag("slow")
@Tag("smoke")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConditionalPutOnS3Test {
  private static final byte[] FIRST = "first".getBytes(StandardCharsets.UTF_8);
  private static final byte[] SECOND = "second".getBytes(StandardCharsets.UTF_8);
  private static final byte[] THIRD = "third".getBytes(StandardCharsets.UTF_8);

  /** The clients of Hadoop 3.3 and 3.4.1 do not. */
  private static final boolean OFFERED = VersionInfo.getVersion().startsWith("3.5.");

  private S3Server s3;
  private Configuration configuration;

  @BeforeAll
  void start(@TempDir java.nio.file.Path directory) throws IOException {
    s3 = S3Server.start(directory);
    configuration = new Configuration();
    s3.hadoopProperties().forEach(configuration::set);
  }

  @AfterAll
  void stop() {
    if (s3 != null) {
      s3.close();
    }
  }

  private FileSystem store(Path file) throws IOException {
    return PlainFiles.of(file, configuration);
  }

  private AtomicFiles files(Path file) throws IOException {
    return AtomicFiles.of(store(file), configuration);
  }

  private byte[] read(Path file) throws IOException {
    return BoundedFiles.read(store(file), file, 100);
  }

  @Test
  void whatExistsIsNotCreated() throws IOException {
    Path file = new Path(s3.uri("created/lock"));
    assertThat(ConditionalPut.isOffered(store(file), file)).isEqualTo(OFFERED);
    files(file).create(file, FIRST);

    assertThatThrownBy(() -> files(file).create(file, SECOND))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(read(file)).isEqualTo(FIRST);
  }

  @Test
  void ofTwoUploadsThatOverlapTheLaterOneIsRefusedWhereTheClientHasIt() throws IOException {
    assumeTrue(OFFERED);
    Path file = new Path(s3.uri("overlapping/lock"));
    FSDataOutputStream later = ConditionalPut.open(store(file), file);
    files(file).create(file, FIRST);
    later.write(SECOND);

    assertThatThrownBy(later::close).isInstanceOf(IOException.class);
    assertThat(read(file)).isEqualTo(FIRST);
  }

  @Test
  void anObjectThatHasChangedIsNotReplacedWhereTheClientHasIt() throws IOException {
    Path file = new Path(s3.uri("replaced/bank.json"));
    Optional<String> absent = files(file).tag(file);
    files(file).replaceUnchanged(file, absent, FIRST);
    Optional<String> tag = files(file).tag(file);
    assertThat(tag.isPresent()).isEqualTo(OFFERED);
    files(file).replaceUnchanged(file, tag, SECOND);
    assertThat(read(file)).isEqualTo(SECOND);
    if (!OFFERED) {
      return;
    }

    for (Optional<String> old : List.of(absent, tag)) {
      assertThatThrownBy(() -> files(file).replaceUnchanged(file, old, THIRD))
          .isInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(read(file)).isEqualTo(SECOND);
  }
}
