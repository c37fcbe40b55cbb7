package io.nightjar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.testing.S3Server;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(900)
class BoundedFilesTest {
  private static final int READS = 200;

  @TempDir private java.nio.file.Path folder;

  private static byte[] filled(int value) {
    byte[] content = new byte[320];
    Arrays.fill(content, (byte) value);
    return content;
  }

  private Path write(String name, byte[] content) throws IOException {
    java.nio.file.Path file = folder.resolve(name);
    java.nio.file.Files.write(file, content);
    return new Path(file.toUri());
  }

  @Test
  void aFileLargerThanAllowedIsRefusedBeforeItIsReadWhole() throws IOException {
    FileSystem files = FileSystem.getLocal(new Configuration());
    Path file = write("file", filled(20));

    assertThat(BoundedFiles.read(files, file, 320)).isEqualTo(filled(20));
    assertThatThrownBy(() -> BoundedFiles.read(files, file, 319))
        .isInstanceOf(IOException.class)
        .hasMessage("the file has more than the 319 bytes that such a file may have");
    assertThatThrownBy(() -> BoundedFiles.read(files, new Path(file, "none"), 320))
        .isInstanceOf(FileNotFoundException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 319, 320, 321, 1000})
  void whatAStreamSaysOfItsLengthDecidesNothing(int available) throws IOException {
    for (int most : new int[] {320, 400, 5000}) {
      assertThat(BoundedFiles.content(claiming(available), most)).isEqualTo(filled(7));
    }
    assertThatThrownBy(() -> BoundedFiles.content(claiming(available), 319))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than the 319 bytes");
  }

  private static InputStream claiming(int available) {
    return new ByteArrayInputStream(filled(7)) {
      @Override
      public synchronized int available() {
        return available;
      }
    };
  }

  /** What no attempt reads is the caller's to know of, and not asked for without end. */
  @Test
  void aFileThatIsReplacedAtEveryReadIsGivenUp() throws IOException {
    Replaced files = new Replaced(FileSystem.getLocal(new Configuration()), 100);
    Path file = write("file", filled(1));

    assertThatThrownBy(() -> BoundedFiles.read(files, file, 1000))
        .isInstanceOf(RemoteFileChangedException.class);
    assertThat(files.opened).isEqualTo(6);

    Replaced twice = new Replaced(FileSystem.getLocal(new Configuration()), 2);
    assertThat(BoundedFiles.read(twice, file, 1000)).isEqualTo(filled(1));
    assertThat(twice.opened).isEqualTo(3);
  }

  /**
   * As a claim or the state of a running command is read while its owner renews it. The contents
   * have one length: S3Proxy, unlike S3, gives the length of a file before it opens it.
   */
  @Test
  @Tag("slow")
  @Tag("smoke")
  void aFileOnS3IsReadWholeWhileItIsReplaced() throws Exception {
    Configuration configuration = new Configuration();
    try (S3Server s3 = S3Server.start(folder.resolve("s3"))) {
      s3.hadoopProperties().forEach(configuration::set);
      Path file = new Path(s3.uri("renewed.json"));
      try (FileSystem files = FileSystem.newInstance(file.toUri(), configuration)) {
        AtomicFiles atomic = AtomicFiles.of(files, configuration);
        atomic.replace(file, filled(1));
        AtomicBoolean read = new AtomicBoolean();
        ExecutorService owner = Executors.newSingleThreadExecutor();
        try {
          Future<Integer> renewals =
              owner.submit(
                  () -> {
                    int renewal = 0;
                    while (!read.get()) {
                      renewal++;
                      atomic.replace(file, filled(1 + renewal % 20));
                      Thread.sleep(400);
                    }
                    return renewal;
                  });
          for (int i = 0; i < READS; i++) {
            byte[] content = BoundedFiles.read(files, file, 1 << 20);
            assertThat(content).isEqualTo(filled(content[0]));
          }
          read.set(true);
          assertThat(renewals.get()).isPositive();
        } finally {
          read.set(true);
          owner.shutdown();
        }
      }
    }
  }

  /** Files that were replaced since they were opened, as often as said. */
  private static final class Replaced extends FilterFileSystem {
    private final int times;
    private int opened;

    Replaced(FileSystem files, int times) {
      super(files);
      this.times = times;
    }

    @Override
    public FSDataInputStream open(Path file, int bufferSize) throws IOException {
      opened++;
      if (opened <= times) {
        throw new RemoteFileChangedException(file.toString(), "open", "Change reported by S3");
      }
      return super.open(file, bufferSize);
    }
  }
}
