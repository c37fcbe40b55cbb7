package io.nightjar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StorageRetryTest {
  private static final String URI = "s3a://bucket/a.png";
  private static final StorageRetry FOUR =
      new StorageRetry(4, Duration.ofMillis(8), Duration.ofMinutes(1));

  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger retries = new AtomicInteger();

  @AfterEach
  void unwatch() {
    StorageRetry.watch(Optional.empty());
  }

  private String failing(int times) throws IOException {
    if (asked.incrementAndGet() <= times) {
      throw new SocketTimeoutException("Read timed out");
    }
    return "content";
  }

  private StorageRetry.Watch watch(boolean cancelled) {
    return new StorageRetry.Watch() {
      @Override
      public void retried() {
        retries.incrementAndGet();
      }

      @Override
      public boolean isCancelled() {
        return cancelled;
      }
    };
  }

  @Test
  void aRequestIsRepeatedUntilItIsAnswered() throws IOException {
    StorageRetry.watch(Optional.of(watch(false)));

    assertThat(FOUR.<String>call("read", URI, () -> failing(3))).isEqualTo("content");

    assertThat(asked).hasValue(4);
    assertThat(retries).hasValue(3);
  }

  @Test
  void theErrorOfALocalDiskIsAFailureOfTheStorage() throws IOException {
    assumeTrue(Files.exists(java.nio.file.Path.of("/dev/full")), "Skipped: there is no /dev/full");
    FileSystem local = FileSystem.getLocal(new Configuration()).getRawFileSystem();
    Path full = new Path("/dev/full");

    assertThatThrownBy(
            () ->
                FOUR.call(
                    "written",
                    full.toString(),
                    () -> {
                      asked.incrementAndGet();
                      try (FSDataOutputStream out = local.create(full, true)) {
                        out.write(1);
                      }
                      return full;
                    }))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith(
            "The storage did not answer when /dev/full was to be written, since a disk is full: it"
                + " was tried 4 times over ")
        .hasMessageContaining(
            "failed with: No space left on device. Free space there, or choose another place");
    assertThat(asked).hasValue(4);
  }

  @Test
  void theSentenceSaysWhatHowOftenAndForHowLong() {
    assertThatThrownBy(() -> FOUR.call("read", URI, () -> failing(9)))
        .isInstanceOf(StorageException.class)
        .hasNoCause()
        .message()
        .matches(
            "The storage did not answer when s3a://bucket/a.png was to be read: it was tried 4 times over"
                + " \\d+\\.\\d s, and at last failed with: Read timed out\\. No file was left out for"
                + " that; run it again when the storage answers\\.");
    assertThat(asked).hasValue(4);
  }

  @Test
  void pausesDoubleAndAreDrawnFromTheirUpperHalf() throws IOException {
    StorageRetry slow = new StorageRetry(4, Duration.ofMillis(40), Duration.ofMinutes(1));
    List<Long> times = new ArrayList<>();
    slow.call(
        "read",
        URI,
        () -> {
          times.add(System.nanoTime());
          return failing(3);
        });

    for (int retry = 0; retry < 3; retry++) {
      // A machine may be slow, but a pause is never shorter than half of its length.
      assertThat(times.get(retry + 1) - times.get(retry)).isGreaterThan(19_000_000L << retry);
    }
  }

  @Test
  void noAttemptBeginsAfterTheLongestTime() {
    StorageRetry brief = new StorageRetry(1000, Duration.ofMillis(200), Duration.ofMillis(300));

    assertThatThrownBy(() -> brief.call("read", URI, () -> failing(1000)))
        .isInstanceOf(StorageException.class);
    assertThat(asked.get()).isBetween(2, 4);
  }

  @Test
  void aFaultOfTheFileIsThrownAtOnce() {
    FileNotFoundException absent = new FileNotFoundException("No such file");

    assertThatThrownBy(
            () ->
                FOUR.call(
                    "read",
                    URI,
                    () -> {
                      asked.incrementAndGet();
                      throw absent;
                    }))
        .isSameAs(absent);
    assertThatThrownBy(
            () ->
                FOUR.call(
                    "read",
                    URI,
                    () -> {
                      asked.incrementAndGet();
                      throw new EOFException();
                    }))
        .isInstanceOf(EOFException.class);
    assertThat(asked).hasValue(2);
  }

  @Test
  void deniedAccessIsNotAskedForAgain() {
    assertThatThrownBy(
            () ->
                FOUR.call(
                    "read",
                    URI,
                    () -> {
                      asked.incrementAndGet();
                      throw new AccessDeniedException("403 Forbidden");
                    }))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("The storage denied access when s3a://bucket/a.png")
        .hasMessageContaining("credentials");
    assertThat(asked).hasValue(1);
  }

  @Test
  void aCancelledTaskDoesNotWait() {
    StorageRetry patient = new StorageRetry(9, Duration.ofMinutes(9), Duration.ofHours(1));
    StorageRetry.watch(Optional.of(watch(true)));

    long begun = System.nanoTime();
    assertThatThrownBy(() -> patient.call("read", URI, () -> failing(9)))
        .isInstanceOf(CancellationException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void anInterruptedThreadDoesNotWait() {
    StorageRetry patient = new StorageRetry(9, Duration.ofMinutes(9), Duration.ofHours(1));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> patient.call("read", URI, () -> failing(9)))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void theConfigurationSaysHowOften() {
    Configuration configuration = new Configuration(false);
    configuration.setInt(StorageRetry.ATTEMPTS, 3);
    configuration.setInt(StorageRetry.PAUSE, 7);

    StorageRetry retry = StorageRetry.of(configuration);

    assertThat(retry.attempts()).isEqualTo(3);
    assertThat(retry.pause()).isEqualTo(Duration.ofMillis(7));
  }
}
