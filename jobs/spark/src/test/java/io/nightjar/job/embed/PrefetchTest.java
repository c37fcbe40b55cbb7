package io.nightjar.job.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.image.UnreadableFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.TaskKilledException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(900)
class PrefetchTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 3", "4, 1", "4, 3", "100, 8"})
  void resultsComeInOrderWhateverEndsFirst(int ahead, int threads) throws Exception {
    List<Callable<Integer>> work =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    (Callable<Integer>)
                        () -> {
                          Thread.sleep(i % 3 * 5L);
                          return i;
                        })
            .toList();
    List<Integer> results = new ArrayList<>();

    try (Prefetch<Integer> prefetch = prefetch(work, ahead, threads)) {
      for (int i = 0; i < 20; i++) {
        results.add(prefetch.next());
      }
      assertThatThrownBy(prefetch::next).isInstanceOf(NoSuchElementException.class);
    }

    assertThat(results).containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
  }

  @Test
  void noMoreIsBegunThanAskedFor() throws Exception {
    AtomicInteger begun = new AtomicInteger();
    List<Callable<Integer>> work =
        IntStream.range(0, 50).mapToObj(i -> (Callable<Integer>) begun::incrementAndGet).toList();

    try (Prefetch<Integer> prefetch = prefetch(work, 3, 2)) {
      for (int taken = 1; taken <= 10; taken++) {
        prefetch.next();
        assertThat(begun.get()).isLessThanOrEqualTo(taken + 3);
      }
    }
  }

  @Test
  void workIsDoneWhileNoOneWaits() throws Exception {
    CountDownLatch done = new CountDownLatch(1);

    try (Prefetch<Integer> prefetch =
        prefetch(
            List.of(
                () -> {
                  done.countDown();
                  return 7;
                }),
            1,
            1)) {
      assertThat(done.await(5, TimeUnit.MINUTES)).isTrue();
      assertThat(prefetch.next()).isEqualTo(7);
    }
  }

  @Test
  void anUnreadableFileIsReportedInItsPlaceAndTheRestGoesOn() throws Exception {
    UnreadableFileException defect = new UnreadableFileException("b.png", "It is no image.");
    List<Callable<String>> work =
        List.of(
            () -> "a",
            () -> {
              throw defect;
            },
            () -> "c");

    try (Prefetch<String> prefetch = prefetch(work, 2, 1)) {
      assertThat(prefetch.next()).isEqualTo("a");
      assertThatThrownBy(prefetch::next).isSameAs(defect);
      assertThat(prefetch.next()).isEqualTo("c");
    }
  }

  @Test
  void anythingElseThatFailsReachesTheCallerAsItIs() {
    OutOfMemoryError error = new OutOfMemoryError("none left");

    try (Prefetch<String> prefetch =
        prefetch(
            List.of(
                () -> {
                  throw error;
                }),
            1,
            1)) {
      assertThatThrownBy(prefetch::next).isSameAs(error);
    }
  }

  @Test
  void aKilledTaskWaitsForNothing() {
    AtomicBoolean killed = new AtomicBoolean();
    CountDownLatch never = new CountDownLatch(1);

    try (Prefetch<Integer> prefetch =
        new Prefetch<>(
            List.<Callable<Integer>>of(
                    () -> {
                      killed.set(true);
                      never.await();
                      return 1;
                    })
                .iterator(),
            1,
            1,
            killed::get)) {
      assertThatThrownBy(prefetch::next).isInstanceOf(TaskKilledException.class);
    }
  }

  @Test
  void anInterruptedTaskWaitsForNothing() {
    CountDownLatch never = new CountDownLatch(1);

    try (Prefetch<Integer> prefetch =
        prefetch(
            List.of(
                () -> {
                  never.await();
                  return 1;
                }),
            1,
            1)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(prefetch::next).isInstanceOf(TaskKilledException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void closingEndsTheThreadThatIsReading() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Prefetch<Integer> prefetch =
        prefetch(
            List.of(
                () -> {
                  reading.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    interrupted.countDown();
                  }
                  return 1;
                }),
            1,
            1);
    assertThat(reading.await(5, TimeUnit.MINUTES)).isTrue();

    prefetch.close();

    assertThat(interrupted.await(5, TimeUnit.MINUTES)).isTrue();
  }

  private static <T> Prefetch<T> prefetch(List<Callable<T>> work, int ahead, int threads) {
    return new Prefetch<>(work.iterator(), ahead, threads, () -> false);
  }
}
