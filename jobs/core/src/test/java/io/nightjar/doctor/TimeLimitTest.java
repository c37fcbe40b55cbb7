package io.nightjar.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class TimeLimitTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  @Test
  void givesTheResultAndThrowsWhatTheWorkThrows() throws Exception {
    assertThat(TimeLimit.call(LONG, () -> 7)).isEqualTo(7);
    assertThatThrownBy(
            () ->
                TimeLimit.call(
                    LONG,
                    () -> {
                      throw new IOException("gone");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("gone");
    assertThatThrownBy(
            () ->
                TimeLimit.call(
                    LONG,
                    () -> {
                      throw new UnsatisfiedLinkError("no library");
                    }))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(UnsatisfiedLinkError.class);
  }

  @Test
  void interruptsWhatTakesTooLong() throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);

    assertThatThrownBy(
            () ->
                TimeLimit.call(
                    Duration.ofMillis(50),
                    () -> {
                      try {
                        new CountDownLatch(1).await();
                      } catch (InterruptedException e) {
                        interrupted.countDown();
                      }
                      return 0;
                    }))
        .isInstanceOf(TimeoutException.class);
    assertThat(interrupted.await(5, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void saysLimitsInWords() {
    assertThat(TimeLimit.words(Duration.ofMinutes(2))).isEqualTo("120 s");
    assertThat(TimeLimit.words(Duration.ofMillis(1500))).isEqualTo("1500 ms");
  }
}
