package io.nightjar.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProcessCacheTest {
  private final ProcessCache<String, Integer> cache = new ProcessCache<>(2);
  private final AtomicInteger computed = new AtomicInteger();

  private int get(String key) {
    return cache.get(key, computed::incrementAndGet);
  }

  @Test
  void onlyTheValuesUsedLastAreKept() {
    assertThat(get("a")).isEqualTo(1);
    assertThat(get("b")).isEqualTo(2);
    assertThat(get("a")).isEqualTo(1);
    assertThat(get("c")).isEqualTo(3);
    assertThat(cache.size()).isEqualTo(2);
    assertThat(get("a")).isEqualTo(1);
    assertThat(get("b")).isEqualTo(4);
  }

  @Test
  void aComputationThatFailsIsBegunAgain() {
    assertThatThrownBy(
            () ->
                cache.get(
                    "a",
                    () -> {
                      throw new IllegalStateException("no answer");
                    }))
        .hasMessage("no answer");
    assertThat(get("a")).isEqualTo(1);
  }

  @Test
  void callersWaitForOneComputation() throws InterruptedException {
    Thread[] callers = new Thread[4];
    for (int i = 0; i < callers.length; i++) {
      callers[i] =
          new Thread(
              () ->
                  cache.get(
                      "a",
                      () -> {
                        pause();
                        return computed.incrementAndGet();
                      }));
      callers[i].start();
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(computed).hasValue(1);
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
